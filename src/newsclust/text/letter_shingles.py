"""Shingles: hashes of every run of so many letters of a text, whatever its script, spacing and punctuation.

The hash of a run is a polynomial over its letters, modulo 2**64 (Karp and Rabin 1987): all runs of a text come from one
running sum. Which of them are looked up is decided by the hash itself, so two texts choose the same of what they share
(sampling modulo p, Broder 1997).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

LENGTH = 24
"""Letters of a shingle: four or five words. Shorter runs recur by chance ("the president of the United States")."""
DENSE_LENGTH = 10
"""The same in scripts whose characters stand for a syllable or a word."""
SAMPLED = 8
"""One shingle in so many is looked up. A shared passage of 60 letters has none of them once in 140 times, one of 100
letters once in 29,000 times."""

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Indices = NDArray[np.intp]
T = TypeVar("T", np.uint16, np.uint64)
H = TypeVar("H", np.int64, np.uint32, np.uint64)

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_CODES = 0x110000
_NO_LETTER = np.uint64(0)
_UNSEEN = np.uint64(1)
_DENSE = ((0x1100, 0x11FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@dataclass(frozen=True, eq=False, slots=True)
class Letters:
    """The letters and digits of a text without case: their positions in it and, as running sums, their hashes.

    `at` and `codes`, their code points, have shape (n,); `sums` (n + 1,) begins with 0; `dense` (n,) says which stand
    for a syllable or a word.
    """

    at: Indices
    codes: Codes
    sums: Hashes
    dense: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.at)

    @property
    def weights(self) -> NDArray[np.float32]:
        """How many letters each letter counts for: one that stands for a syllable or a word says more than one."""
        return np.where(self.dense, np.float32(LENGTH / DENSE_LENGTH), np.float32(1))

    def shingles(self) -> Hashes:
        """The hash of the shingle that begins at each letter, as far as one fits: shape (at most n,)."""
        lengths = self.lengths()
        starts = np.arange(len(lengths))
        return self.between(starts, starts + lengths)

    def lengths(self) -> Indices:
        """How many letters the shingle has that begins at each letter: shape (at most n,)."""
        lengths = np.where(self.dense, DENSE_LENGTH, LENGTH)
        fits = np.arange(len(self)) + lengths <= len(self)
        # The first that does not fit ends it: behind it only shorter ones of another script would.
        return lengths[: len(lengths) if fits.all() else int(np.argmin(fits))]

    def between(self, starts: Indices, ends: Indices) -> Hashes:
        """The hashes of the runs from letter `starts` to before letter `ends`."""
        return _between(self.sums, starts, ends)

    def only(self, which: NDArray[np.bool_], codes: Codes) -> Letters:
        """Some of the letters, `codes` (n,) in the place of their own."""
        some = codes[which]
        return Letters(self.at[which], some, _sums(values_of(some)), self.dense[which])


def letters_of(text: str) -> Letters:
    """The letters of a text; marks count as letters, as a Hindi vowel sign tells two words apart."""
    codes = codes_of(text)
    values = values_of(codes)
    at = np.flatnonzero(values)
    return Letters(at, codes[at], _sums(values[at]), is_dense(codes[at]))


def codes_of(text: str) -> Codes:
    """The code point of each character: shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def hashed_runs(values: Hashes, starts: Indices, ends: Indices) -> Hashes:
    """The hashes of runs of characters from `starts` to before `ends`; what has the value 0 counts only behind others.

    A run of `values` (n,) hashes to the same wherever it stands, and whether zeros follow it or not.
    """
    return _between(_sums(values), starts, ends)


def _sums(values: Hashes) -> Hashes:
    """Running sums of a polynomial over the values: shape (n + 1,), from 0."""
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * _powers(_BASE, len(values) + 1)[: len(values)], out=sums[1:])
    return sums


def _between(sums: Hashes, starts: Indices, ends: Indices) -> Hashes:
    return _mixed((sums[ends] - sums[starts]) * _powers(_INVERSE, len(sums))[starts])


def sample(shingles: Hashes) -> Hashes:
    """Those of the shingles that are looked up, each once, sorted."""
    return distinct(shingles[shingles % np.uint64(SAMPLED) == 0])


def distinct(hashes: NDArray[H]) -> NDArray[H]:
    """Each hash once, sorted. By sorting: numpy 2.4's unique hashes them, which takes five times as long."""
    ordered = np.sort(hashes)
    kept: NDArray[H] = ordered[np.concatenate((np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1]))]
    return kept


def among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are among the `known` ones, which are sorted: shape (len(hashes),)."""
    if not len(known):
        return np.zeros(len(hashes), bool)
    indices = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    are_known: NDArray[np.bool_] = known[indices] == hashes
    return are_known


def is_dense(codes: Codes) -> NDArray[np.bool_]:
    """Which characters stand for a syllable or a word: Han, kana, Hangul."""
    dense = np.zeros(len(codes), bool)
    if len(codes) and codes.max() >= _DENSE[0][0]:
        for first, last in _DENSE:
            dense |= (codes >= first) & (codes <= last)
    return dense


def values_of(codes: Codes) -> Hashes:
    """A random-looking number for each letter, the same for both cases, and 0 for what is none."""
    return by_character(codes, _table(), _UNSEEN, _value)


def by_character(codes: Codes, table: NDArray[T], unseen: T, of: Callable[[str], T | int]) -> NDArray[T]:
    """What a table holds of each character; where it holds `unseen`, what is found `of` it is noted first."""
    values = table[codes]
    if (values == unseen).any():
        for code in np.unique(codes[values == unseen]).tolist():
            table[code] = of(chr(code))
        values = table[codes]
    return values


def _value(character: str) -> np.uint64:
    if not character.isalnum() and not unicodedata.category(character).startswith("M"):
        return _NO_LETTER
    digit = unicodedata.decimal(character, None)  # ٣ and ३ are 3
    plain = unicodedata.normalize("NFKC", character).casefold() or character if digit is None else str(digit)
    return np.uint64(_mixed(np.array([ord(plain[0])], np.uint64))[0] | np.uint64(2))  # none of the two marks


@lru_cache(maxsize=1)
def _table() -> Hashes:
    return np.full(_CODES, _UNSEEN, np.uint64)


_known_powers: dict[int, Hashes] = {}


def _powers(base: int, count: int) -> Hashes:
    """The first powers of a number modulo 2**64, at least `count` of them."""
    known = _known_powers.get(base)
    if known is None or len(known) < count:
        known = np.full(max(1 << 14, 2 * count), base, np.uint64)
        known[0] = 1
        known = _known_powers[base] = np.cumprod(known, dtype=np.uint64)
    return known


def _mixed(values: Hashes) -> Hashes:
    """Each number spread over all 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed
