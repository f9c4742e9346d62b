"""Which pairs of articles are worth scoring."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from newsclust.article_features import ArticleFeatures
from newsclust.similarity import Indices

NEAR_DENSE = 0.2
NEAR_STATIC = 0.25
NEAR_WORDS = 0.1
"""Cosines from which a pair is scored."""
KEPT_PIECES = 48
"""Heaviest word pieces of an article that look for candidates."""

_ROWS_AT_ONCE = 512


def candidate_pairs(articles: ArticleFeatures) -> tuple[Indices, Indices]:
    """Pairs near in any of the spaces, each once with first < second, sorted. Two arrays of shape (m,)."""
    heavy = _heaviest(articles.words, KEPT_PIECES)
    found = [_near_rows(articles, heavy, start) for start in range(0, len(articles), _ROWS_AT_ONCE)]
    if not found:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    return np.concatenate([first for first, _ in found]), np.concatenate([second for _, second in found])


def _near_rows(articles: ArticleFeatures, heavy: Any, start: int) -> tuple[Indices, Indices]:
    """The candidates whose first article lies in one block of rows; only columns from `start` on are looked at."""
    rows = slice(start, start + _ROWS_AT_ONCE)
    near = articles.static[rows] @ articles.static[start:].T >= NEAR_STATIC
    if articles.dense is not None:
        near |= articles.dense[rows] @ articles.dense[start:].T >= NEAR_DENSE
    products = (heavy[rows] @ heavy[start:].T).tocoo()
    shared = products.data >= NEAR_WORDS
    near[products.row[shared], products.col[shared]] = True
    first, second = np.nonzero(near)
    upper = first < second
    return first[upper] + start, second[upper] + start


def _heaviest(words: Any, kept: int) -> Any:
    """The `kept` greatest weights of each row."""
    data, indices, ends = words.data, words.indices, words.indptr
    counts = np.diff(ends)
    rows = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((indices, -data, rows))
    rank = np.arange(len(data)) - ends[:-1][rows]
    chosen = order[rank < kept]
    return sparse.csr_matrix((data[chosen], (rows[chosen], indices[chosen])), shape=words.shape)
