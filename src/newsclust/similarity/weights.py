"""What is known between articles or clusters, as square matrices."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.similarity.score import Indices, Pairs

Weights: TypeAlias = "sparse.csr_matrix[np.float64]"
"""Probabilities between articles, or sums of them between clusters: square, symmetric, CSR."""


def weight_matrix(pairs: Pairs, weights: NDArray[np.float64], articles: int) -> Weights:
    """What `average_link` takes: the weight of each pair, both ways, as a CSR matrix (articles, articles)."""
    # The pairs are sorted, so one way needs no sorting, which would take three times the memory of the result.
    ends = np.searchsorted(pairs.first, np.arange(articles + 1)).astype(np.int32)
    one_way = sparse.csr_matrix((weights, pairs.second.astype(np.int32), ends), shape=(articles, articles))
    return (one_way + one_way.T.tocsr()).tocsr()


def inside(weights: Weights, groups: Indices, chosen: NDArray[np.bool_]) -> Weights:
    """The weights inside groups of which all are `chosen`, shape (n, n)."""
    only = sparse.diags_array(chosen.astype(np.float64), format="csr")
    some = (only @ weights @ only).tocoo()
    kept = groups[some.row] == groups[some.col]
    return sparse.csr_matrix((some.data[kept], (some.row[kept], some.col[kept])), shape=weights.shape)
