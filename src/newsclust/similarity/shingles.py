"""Texts as sets of shingles (Broder 1997): runs of words, or of characters where a script writes no spaces.

Words are told and hashed by their characters, all of a text at once: a few arrays instead of a string for each word.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from newsclust.text.letter_shingles import by_character, codes_of, distinct, hashed_runs, values_of

WORDS = 5
"""Words of a shingle. One changed word breaks five: a copy with a new dateline, lead and one rewritten sentence keeps
about 0.7 of them, an independent report of one event under 0.05."""
CHARACTERS = 10
"""Characters of a shingle where a script writes no spaces: about five words of Chinese or Thai."""

LINKED, LINKED_CHARACTERS = 2, 4
"""The same of the shortest runs that two texts of one frame share, of which one changed word breaks two."""

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Tibetan}\p{Myanmar}\p{Khmer}]")
_SENTENCE_ENDS = ".!?…:;।؟۔。！？\n"
_JOINTS = ".,:"
"""What may stand inside a number, as in 1,250.5 and 20:15."""

_UNSEEN, _SPACED, _SYLLABLE, _MARK, _UPPER, _LOWER, _DECIMAL, _NUMBER, _JOINT, _END = (1 << bit for bit in range(10))
_CODES = 0x110000

_JOINED = np.uint64(0x632BE59BD9B4E019)
_NUMBER_GAP, _NAME_GAP = np.uint64(1), np.uint64(2)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio, odd (Knuth)
_DROPPED_BITS = np.uint64(32)

Hashes = NDArray[np.uint32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """The words and numbers of a text in order, each character of a script without spaces as one; all shape (n,).

    `hashes` are those of the words without case, `kinds` say what the first character of each is, and `opens` which
    stand at the beginning of a sentence.
    """

    hashes: Hashes
    kinds: NDArray[np.uint16]
    opens: Flags

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def count(self) -> float:
        """How many words there are, a character of a script without spaces being a part of one."""
        parts = np.count_nonzero(self.kinds & _SYLLABLE)
        return float(len(self) - parts + parts * WORDS / CHARACTERS)

    @property
    def cased(self) -> bool:
        """Whether most are in letters that have capitals."""
        return bool(2 * np.count_nonzero(self.kinds & (_UPPER | _LOWER)) >= len(self))

    @property
    def numbers(self) -> Hashes:
        """The distinct numbers, sorted."""
        return distinct(self.hashes[(self.kinds & _DECIMAL) > 0])

    @property
    def facts(self) -> Hashes:
        """The distinct numbers and capitalised words, and every word in letters without capitals, sorted."""
        return distinct(self.hashes[(self.kinds & _LOWER) == 0])

    def frame(self, words: int = WORDS, characters: int = CHARACTERS) -> Shingles:
        """The shingles of what a template leaves of a text: numbers and capitalised words are gaps."""
        codes = np.where(self.kinds & _UPPER, _NAME_GAP, self.hashes.astype(np.uint64))
        return _shingles(np.where(self.kinds & _DECIMAL, _NUMBER_GAP, codes), self.kinds, words, characters)

    def shingles(self) -> Shingles:
        """The shingles of the text."""
        return _shingles(self.hashes.astype(np.uint64), self.kinds)

    def facts_outside(self, common: Hashes) -> set[int]:
        """The numbers and names, by their hashes, that no shingle among `common` covers."""
        known = self.shingles()
        covered = known.covered(np.isin(known.hashes, common), len(self))
        name = ((self.kinds & _LOWER) == 0) & ~(((self.kinds & _UPPER) > 0) & self.opens)
        return set(self.hashes[~covered & name].tolist())


@dataclass(frozen=True, eq=False, slots=True)
class Shingles:
    """The shingles of a text in order: what each hashes to, where it begins, how many words it holds."""

    hashes: Hashes
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]

    @property
    def distinct(self) -> Hashes:
        """Each hash once, sorted: 4 bytes each, 2 KB for an article of 500 words."""
        return distinct(self.hashes)

    def covered(self, some: Flags | NDArray[np.intp], words: int) -> Flags:
        """Which of the text's words, of which there are so many, some of them cover."""
        edges = np.zeros(words + 1, np.intp)
        np.add.at(edges, self.starts[some], 1)
        np.add.at(edges, self.starts[some] + self.sizes[some], -1)
        return np.cumsum(edges[:-1]) > 0

    def share(self, some: NDArray[np.intp]) -> float:
        """The share of the words in any shingle that are in some of them."""
        return float(self.covered(some, int((self.starts + self.sizes).max())).mean())


def words_of(text: str) -> Words:
    """The words and numbers of a text; marks belong to the letter that they stand behind.

    A number is one also where a letter without capitals stands before it, as an Arabic or Hebrew preposition does, or
    behind it, as what is counted does in Korean.
    """
    codes = codes_of(text)
    kinds = _kinds(codes)
    joint = _between_numbers(kinds)
    inside = ((kinds & _SPACED) > 0) | joint
    begins = inside & ~_before(inside) & ((kinds & _MARK) == 0)
    uncased = ((kinds & _SPACED) > 0) & ((kinds & (_UPPER | _LOWER | _NUMBER)) == 0)
    number = (kinds & _NUMBER) > 0
    begins |= (number & _before(uncased)) | (uncased & _before(number) & ((kinds & _MARK) == 0))
    starts = np.flatnonzero(begins | ((kinds & _SYLLABLE) > 0))
    values = np.where(joint, _JOINED, values_of(codes))
    hashes = hashed_runs(values, starts, np.append(starts[1:], len(codes))) >> _DROPPED_BITS
    ends = np.cumsum(((kinds & _END) > 0) & ~joint)
    passed = ends[starts]
    return Words(hashes.astype(np.uint32), kinds[starts], passed != np.concatenate(([-1], passed[:-1]))[: len(starts)])


def shared(ours: Hashes, theirs: Hashes) -> Hashes:
    """The shingles that two texts share."""
    return np.intersect1d(ours, theirs, assume_unique=True)


def in_order(ours: Shingles, theirs: Shingles) -> float:
    """The share of each text, the smaller one, in shingles that both have in the same order."""
    _, first, second = np.intersect1d(ours.hashes, theirs.hashes, return_indices=True)
    order = np.argsort(first)
    rising = order[_longest_rise(second[order].tolist())]
    return min(ours.share(first[rising]), theirs.share(second[rising])) if len(rising) else 0.0


def _longest_rise(places: list[int]) -> list[int]:
    """The indices of the longest row of places of which each is behind the one before (Schensted 1961)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        ends[length : length + 1], last[length : length + 1] = [place], [index]
        before.append(last[length - 1] if length else -1)
    row = last[-1:]
    while row and before[row[-1]] >= 0:
        row.append(before[row[-1]])
    return row[::-1]


def _shingles(
    codes: NDArray[np.uint64], kinds: NDArray[np.uint16], words: int = WORDS, characters: int = CHARACTERS
) -> Shingles:
    sizes = np.where(kinds & _SYLLABLE, characters, words)
    starts = np.flatnonzero(np.arange(len(codes)) + sizes <= len(codes))
    hashes = np.zeros(len(codes), np.uint32)
    for size in np.unique(sizes).tolist():
        rolled = _rolled(codes, size)
        here = np.flatnonzero(sizes[: len(rolled)] == size)
        hashes[here] = rolled[here]
    return Shingles(hashes[starts], starts, sizes[starts])


def _rolled(codes: NDArray[np.uint64], size: int) -> Hashes:
    """A polynomial hash of each `size` codes in a row; what overflows is meant to."""
    count = max(len(codes) - size + 1, 0)
    total = np.zeros(count, np.uint64)
    for offset in range(size):
        total = (total + codes[offset : offset + count]) * _FACTOR
    return (total >> _DROPPED_BITS).astype(np.uint32)


def _between_numbers(kinds: NDArray[np.uint16]) -> Flags:
    """Which characters join a number to what stands before it."""
    joining = (kinds & _JOINT) > 0
    joining[1:] &= (kinds[:-1] & _SPACED) > 0
    joining[:-1] &= (kinds[1:] & _NUMBER) > 0
    joining[:1] = joining[-1:] = False
    return joining


def _before(flags: Flags) -> Flags:
    """For each character, whether it holds for the one before."""
    return np.concatenate((np.zeros(min(len(flags), 1), bool), flags[:-1]))


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """What each character is, as bits; 0 for what stands in no word."""
    return by_character(codes, _table(), np.uint16(_UNSEEN), _kind)


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint16]:
    return np.full(_CODES, _UNSEEN, np.uint16)


def _kind(character: str) -> int:
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return (_JOINT if character in _JOINTS else 0) | (_END if character in _SENTENCE_ENDS else 0)
    if _UNSPACED.match(character):
        return _SYLLABLE if category[0] == "L" else 0
    case = _UPPER if character.isupper() else _LOWER if character.islower() else 0
    mark = _MARK if category[0] == "M" else 0
    number = _NUMBER if category[0] == "N" else 0
    return _SPACED | case | mark | number | (_DECIMAL if character.isdecimal() else 0)
