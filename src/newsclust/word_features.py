"""Articles as bags of weighted words: word pieces of the whole text, and the names and numbers in it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

NAME_SLOTS = 1 << 17
"""Names share this many hash slots: two of the 100 names of an article fall together once in 26 articles."""

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 2


def piece_vectors(ids: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> Any:
    """TF-IDF over word pieces: a CSR matrix (n, vocabulary) of unit rows, term frequency 1 + log(count)."""
    return _weighted(ids, weights)


def name_vectors(names: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> Any:
    """IDF-weighted names and numbers: a CSR matrix (n, NAME_SLOTS) of unit rows; `names` as `names_of` gives them."""
    return _weighted([np.unique(slots) for slots in names], weights)


def names_of(texts: Iterable[str]) -> list[NDArray[np.int32]]:
    """The hash slots of each text's names and numbers.

    A name is a word of at least three letters that begins with a capital; a number has at least two digits. Both
    survive translation: accents and case are dropped, digits of any script count. Scripts without capitals give
    numbers only.
    """
    known: dict[str, int] = {}
    return [np.array([slot for slot in _slots(text, known) if slot >= 0], np.int32) for text in texts]


def _slots(text: str, known: dict[str, int]) -> Iterable[int]:
    for word in _WORD.findall(text):
        slot = known.get(word)
        if slot is None:
            slot = known[word] = _slot(word)
        yield slot


def _slot(word: str) -> int:
    """The hash slot of a name or number, -1 for any other word."""
    if word.isdecimal():
        if len(word) < _SHORTEST_NUMBER:
            return -1
        form = "".join(str(unicodedata.decimal(digit)) for digit in word).lstrip("0")
    elif word[0].isupper() and len(word) >= _SHORTEST_NAME:
        form = folded(word)
    else:
        return -1
    return zlib.crc32(form.encode("utf-8", "surrogatepass")) % NAME_SLOTS


def folded(word: str) -> str:
    """A word without accents and case: "İstanbul" and "ISTANBUL" alike."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _weighted(rows: Sequence[NDArray[np.int32]], weights: NDArray[np.float32]) -> Any:
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
