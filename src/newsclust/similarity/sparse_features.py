"""Articles as bags of weighted words: tokens of the whole text, and the names and numbers in it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import regex
from numpy.typing import NDArray
from scipy import sparse

from newsclust.text.folding import fold_marks
from newsclust.text.phonetic import phonetic_key

SparseRows: TypeAlias = "sparse.csr_matrix[np.float32]"
"""Weighted words of articles: a row an article, CSR."""

NAME_SLOTS = 1 << 17
"""Names share this many hash slots: two of the 100 names of an article fall together once in 26 articles."""

_WORD = regex.compile(r"\d+(?:[.,٫٬]\d+)*|\p{L}[\p{L}\p{M}]*")
"""A number with its separators, or a run of letters and their marks: "90天" is a number and a word, and a Hindi word
does not end at its first vowel sign."""
_COMPOUND = regex.compile(
    r"(?<![\p{L}\p{M}'’ʼʻ-])(?:"
    r"\p{Lu}['’ʼʻ]\p{Lu}\p{Ll}{2,}"
    r"|\p{Lu}\p{Ll}{1,2}['’ʼʻ]\p{Ll}{3,}"
    r"|\p{Lu}\p{Ll}+-\p{Ll}{2,}"
    r"|\p{Lu}\p{Ll} \p{Lu}\p{Ll}{1,3}|\p{Lu}\p{Ll}{1,3} \p{Lu}\p{Ll}"
    r")(?![\p{L}\p{M}-])"
)
"""A name of parts: O'Brien; Ba'asyir; Hang-seo; and of two short words, which too few letters would leave out: Hà Nội,
Sơn La. Another language writes it as one word: Hanoi, Baasyir."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]{3,}")
_KANJI_OR_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 2


def token_vectors(ids: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> SparseRows:
    """TF-IDF over tokens: a CSR matrix (n, vocabulary) of unit rows, term frequency 1 + log(count)."""
    return _weighted(ids, weights)


def name_vectors(names: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> SparseRows:
    """IDF-weighted names, numbers or phonetic keys of `names_of`: a CSR matrix (n, NAME_SLOTS) of unit rows."""
    return _weighted([np.unique(slots) for slots in names], weights)


def number_vectors(numbers: Sequence[NDArray[np.int32]]) -> SparseRows:
    """Numbers of `names_of`, each counting alike: a CSR matrix (n, NAME_SLOTS) of unit rows."""
    return name_vectors(numbers, np.ones(NAME_SLOTS, np.float32))


@dataclass(frozen=True, slots=True)
class Names:
    """The hash slots of each text's names and numbers, of the phonetic keys of its names, and of all its numbers."""

    names: list[NDArray[np.int32]]
    phonetic: list[NDArray[np.int32]]
    numbers: list[NDArray[np.int32]]


def names_of(texts: Iterable[str]) -> Names:
    """What survives translation in each text.

    A name is a word of at least three letters that begins with a capital, or one of parts (`compound_names`); a number
    among names has at least two digits. Accents and case are dropped, digits of any script count. In scripts without
    capitals every word (in Japanese every run of katakana) may be a name, and counts by its phonetic key alone.
    """
    names, phonetic, numbers = [], [], []
    for text in texts:
        slots = list(map(_slots, (*_WORD.findall(text), *map(_in_one_word, compound_names(text)))))
        names.append(np.array([name for name, _, _ in slots if name >= 0], np.int32))
        phonetic.append(np.array([key for _, keys, _ in slots for key in keys], np.int32))
        numbers.append(np.array([number for _, _, number in slots if number >= 0], np.int32))
    return Names(names, phonetic, numbers)


def compound_names(text: str) -> list[str]:
    """Names of parts, as they are written: with an apostrophe, a hyphen, or in two short words."""
    return _COMPOUND.findall(text)


def _in_one_word(name: str) -> str:
    return "".join(filter(str.isalpha, name))


class _Slots(NamedTuple):
    """The slot of a word as a name or number, those of the phonetic keys of the names in it, and that of a number.

    -1 where it is none.
    """

    name: int = -1
    phonetic: tuple[int, ...] = ()
    number: int = -1


@lru_cache(maxsize=1 << 17)
def _slots(word: str) -> _Slots:
    if word[0].isdecimal():
        # Without separators: 10,000 and 10.000, 6.2 and 6,2 are one number in two countries.
        digits = "".join(str(unicodedata.decimal(digit)) for digit in word if digit.isdecimal()).lstrip("0")
        slot = _slot(digits)
        return _Slots(slot, (slot,), slot) if len(digits) >= _SHORTEST_NUMBER else _Slots(number=slot)
    if len(word) < _SHORTEST_NAME or word[0].islower():
        return _Slots()
    if word[0].isupper():
        return _Slots(_slot(fold_marks(word)), _sound_slots([word]))
    return _Slots(phonetic=_sound_slots(_KATAKANA.findall(word) if _KANJI_OR_KANA.search(word) else [word]))


def _sound_slots(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(_slot("~" + key) for word in words if (key := phonetic_key(word)))


def _slot(form: str) -> int:
    return zlib.crc32(form.encode("utf-8", "surrogatepass")) % NAME_SLOTS


def _weighted(rows: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> SparseRows:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.concatenate(rows) if len(rows) else np.zeros(0, np.int32)
    shape = (len(rows), len(weights))
    matrix = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=shape)
    matrix.sum_duplicates()
    matrix.data = (1 + np.log(matrix.data)) * weights[matrix.indices]
    matrix.eliminate_zeros()
    row_of = np.repeat(np.arange(len(rows)), np.diff(matrix.indptr))
    # Each row is summed on its own: differences of running sums would round a text differently in other company.
    lengths = np.sqrt(np.bincount(row_of, weights=matrix.data.astype(np.float64) ** 2, minlength=len(rows)))
    matrix.data /= lengths[row_of].astype(np.float32)
    return matrix
