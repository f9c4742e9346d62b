"""Texts as sets of shingles (Broder 1997): runs of words, or of characters where a script writes no spaces."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

WORDS = 5
"""Words of a shingle. One changed word breaks five: a copy with a new dateline, lead and one rewritten sentence keeps
about 0.7 of them, an independent report of one event under 0.05."""
CHARACTERS = 10
"""Characters of a shingle where a script writes no spaces: about five words of Chinese or Thai."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Tibetan}\p{Myanmar}\p{Khmer}"
_TOKEN = regex.compile(
    rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]++(?:[.,:]\p{{N}}+)*+|[\p{{L}}&&[{_UNSPACED}]]\p{{M}}*+", regex.V1
)
_UNSPACED_START = regex.compile(rf"[{_UNSPACED}]")
_SENTENCE_END = regex.compile(r"[.!?…:;।؟۔。！？\n]")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, odd (Knuth)
_DROPPED_BITS = np.uint64(32)
_FACT_BITS = np.uint64(32)

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number as it is written; `opens` says whether it opens a sentence."""

    text: str
    opens: bool

    @property
    def is_fact(self) -> bool:
        """Whether it is a number or may be a name, as any word may where letters have no capitals."""
        first = self.text[0]
        if first.isupper():
            return not self.opens
        return not first.islower()


@dataclass(frozen=True, eq=False, slots=True)
class Shingled:
    """The words of a text, and its shingles in order: what each hashes to, where it begins, how many words it holds."""

    tokens: Sequence[Token]
    hashes: Hashes
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]

    def facts_outside(self, common: Hashes) -> set[str]:
        """The numbers and names that no shingle among `common` covers, case aside."""
        covered = np.zeros(len(self.tokens) + 1, np.intp)
        found = np.isin(self.hashes, common)
        np.add.at(covered, self.starts[found], 1)
        np.add.at(covered, self.starts[found] + self.sizes[found], -1)
        outside = np.flatnonzero(np.cumsum(covered[:-1]) == 0)
        return {self.tokens[place].text.casefold() for place in outside.tolist() if self.tokens[place].is_fact}


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in order; each character of a script without spaces is one."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append(Token(match[0], not found or _SENTENCE_END.search(text, end, match.start()) is not None))
        end = match.end()
    return found


def words_of(text: str) -> list[str]:
    """The words and numbers of a text as they are written; each character of a script without spaces is one."""
    found: list[str] = _TOKEN.findall(text)
    return found


def count_of(words: Sequence[str]) -> float:
    """How many words those of `words_of` are, a character of a script without spaces being a part of one."""
    if not _UNSPACED_START.search("".join(words)):
        return len(words)
    parts = sum(_UNSPACED_START.match(word) is not None for word in words)
    return len(words) - parts + parts * WORDS / CHARACTERS


def shingled(text: str) -> Shingled:
    """A text with its shingles in order."""
    words = tokens(text)
    return Shingled(words, *_hashed([word.text.casefold() for word in words]))


def shingles(text: str) -> Hashes:
    """The distinct shingles of a text, sorted: 4 bytes each, 2 KB for an article of 500 words."""
    return np.unique(_hashed(words_of(text.casefold()))[0])


def frame_and_facts(words: Sequence[str]) -> tuple[Hashes, Hashes]:
    """What a template leaves of a text, and what fills it: the distinct shingles and the distinct words, sorted.

    Numbers and capitalised words are gaps of the frame; where letters have no capitals only numbers are. Facts are
    these words, and every word in letters without capitals.
    """
    codes = np.fromiter(map(_gap_and_fact, words), np.uint64, len(words))
    facts = codes.astype(np.uint32)
    return np.unique(_rolled_up(words, codes >> _FACT_BITS)[0]), np.unique(facts[facts > 0])


@lru_cache(maxsize=1 << 17)
def _gap_and_fact(word: str) -> int:
    """The hash of a word, or of the gap in its place; and in the lower 32 bits its hash as a fact, 0 for none."""
    folded = word.casefold()
    if word[0].islower():
        return _hash(folded) << 32
    gap = "0" if word[0].isdecimal() else "A" if word[0].isupper() else folded
    return _hash(gap) << 32 | _hash(folded)


def hashed(words: Sequence[str]) -> Hashes:
    """A hash of each word."""
    return np.fromiter(map(_hash, words), np.uint32, len(words))


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))  # hash() differs from run to run


def _hashed(folded: Sequence[str]) -> tuple[Hashes, NDArray[np.intp], NDArray[np.intp]]:
    """The hash of each shingle of these words, where it begins, and how many words it holds."""
    return _rolled_up(folded, hashed(folded))


def _rolled_up(
    words: Sequence[str], hashes_of_words: NDArray[Any]
) -> tuple[Hashes, NDArray[np.intp], NDArray[np.intp]]:
    codes = hashes_of_words.astype(np.uint64)
    sizes = np.full(len(words), WORDS, np.intp)
    if _UNSPACED_START.search("".join(words)):
        sizes[[_UNSPACED_START.match(word) is not None for word in words]] = CHARACTERS
    starts = np.flatnonzero(np.arange(len(words)) + sizes <= len(words))
    hashes = np.zeros(len(words), np.uint32)
    for size in np.unique(sizes).tolist():
        rolled = _rolled(codes, size)
        here = np.flatnonzero(sizes[: len(rolled)] == size)
        hashes[here] = rolled[here]
    return hashes[starts], starts, sizes[starts]


def shared(ours: Hashes, theirs: Hashes) -> Hashes:
    """The shingles that two texts share."""
    return np.intersect1d(ours, theirs, assume_unique=True)


def _rolled(codes: NDArray[np.uint64], size: int) -> Hashes:
    """A polynomial hash of each `size` codes in a row; what overflows is meant to."""
    count = max(len(codes) - size + 1, 0)
    total = np.zeros(count, np.uint64)
    for offset in range(size):
        total = (total + codes[offset : offset + count]) * _FACTOR
    return (total >> _DROPPED_BITS).astype(np.uint32)
