"""What is known between articles or clusters, as square matrices."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.similarity.score import Pairs

Weights: TypeAlias = "sparse.csr_matrix[np.float64]"
"""Probabilities between articles, or sums of them between clusters: square, symmetric, CSR."""


def weight_matrix(pairs: Pairs, weights: NDArray[np.float64], articles: int) -> Weights:
    """What `average_link` takes: the weight of each pair, both ways, as a CSR matrix (articles, articles)."""
    return sparse.csr_matrix((np.concatenate((weights, weights)), pairs.both_ways()), shape=(articles, articles))
