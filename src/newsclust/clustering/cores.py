"""Dense cores, by HDBSCAN: what average link begins from. The only importer of hdbscan.

Many reports of one event, each as good as sure of several others, are one core at once, where average link would take
a round for each doubling. Only pairs as sure as CORE_DISTANCE take part, so a core depends on its own articles alone,
whoever came along; and where no hundred articles are that sure of each other, hdbscan is not even imported.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

CORES_FROM = 100
"""Articles connected by sure pairs from which HDBSCAN looks for cores among them: loading it takes a second or more."""
CORES_UP_TO = 4000
"""Such articles up to which it does: its distances are n × n (128 MB at 4,000). Above, average link does without."""
CORE_DISTANCE = 0.005
"""Articles nearer than this (probability of one event above 0.995), as their second neighbour is, form a core. On
`ntrex_core23` 0.02 costs .005, as a core is never taken apart again; 0.01, 0.005 and 0.002 lie within .002 of each
other on every set, and of no cores at all."""

Labels = NDArray[np.intp]


def dense_cores(weights: Any, least: float) -> Labels:
    """The dense cores of articles that are sure of each other; every other article alone. Labels, shape (n,).

    `weights` is a symmetric CSR matrix (n, n) of probabilities of one event. A member is near its whole core by at
    least `least` on average: HDBSCAN cuts a tree of single links, and a chain of neighbours is no core.
    """
    cores = np.arange(weights.shape[0])
    sure = weights.copy()
    sure.data = (weights.data >= 1 - CORE_DISTANCE).astype(np.float64)
    sure.eliminate_zeros()
    _, components = sparse.csgraph.connected_components(sure, directed=False)
    sizes = np.bincount(components)
    for component in np.flatnonzero((sizes >= CORES_FROM) & (sizes <= CORES_UP_TO)):
        members = np.flatnonzero(components == component)
        inside = weights[members][:, members].toarray()
        core_of = _cores_of(inside)
        for core in range(core_of.max() + 1):
            here = np.flatnonzero(core_of == core)
            here = here[inside[here][:, here].sum(axis=1) >= least * (len(here) - 1)]
            cores[members[here]] = members[here[:1]]
    return cores


def _cores_of(weights: NDArray[np.float64]) -> Labels:
    import hdbscan

    distances = 1.0 - weights
    np.fill_diagonal(distances, 0.0)
    model = hdbscan.HDBSCAN(metric="precomputed", min_samples=2)  # of which the tree alone is used
    labels: Labels = model.fit(distances).single_linkage_tree_.get_clusters(CORE_DISTANCE, min_cluster_size=2)
    return labels
