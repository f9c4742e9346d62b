"""Pairs with log odds to events and stories; the only importer of hdbscan, and it knows no article.

Events are found by average link over the probability of one event, cut at 0.5; pairs that were not candidates count
as 0. Average link is computed by merging all pairs of reciprocal nearest neighbours at once, which gives the same tree
as merging the best pair first (Sumengen et al. 2021, "Scaling Hierarchical Agglomerative Clustering to Billion-sized
Datasets") and needs memory for the pairs alone. In a large component HDBSCAN finds the dense cores first, and average
link goes on from them; a member must be near its whole core on average, so a chain of neighbours is none.

Stories join events in the same way by the probability of one story, each event counting once: a brief development (a
phone call that two papers report) belongs to an affair although most articles are about another day of it. Against
counting articles this gained .018 on the stories of ECB+ and lost nothing elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.similarity.score import Pairs, probability

CUT = 0.5
"""Mean probability at which clusters join: the point where joining is as likely right as wrong."""
CORES_FROM = 300
"""Articles in a component from which HDBSCAN looks for dense cores first."""
CORES_UP_TO = 4000
"""Articles in a component up to which it does: its distances are n × n (128 MB at 4,000)."""
CORE_DISTANCE = 0.005
"""Articles nearer than this (probability of one event above 0.995), as their second neighbour is, form a core. On
`ntrex_core23` 0.02 costs .005 and on `flores_wikinews_core` with `fast` .018, as such a core is never taken apart
again; 0.01, 0.005 and 0.002 lie within .002 of each other on every set, and of no cores at all."""

_DECIMALS = 9
"""Means are compared to this many decimals: sums of one set of numbers in two orders differ by less."""

Labels = NDArray[np.intp]
Weights: TypeAlias = "sparse.csr_matrix[np.float64]"
"""Log odds between articles, or sums of them between clusters: square, symmetric, CSR."""


@dataclass(frozen=True, eq=False, slots=True)
class Labelling:
    """The event and the story of each article: labels from 0, shape (n,). An article alone has labels of its own."""

    events: Labels
    stories: Labels


class Clustering(Protocol):
    """A clustering method: groups articles, numbered from 0, by their scored pairs."""

    def __call__(self, pairs: Pairs, articles: int, granularity: float, /) -> Labelling:
        """Group `articles` articles; `granularity` is what joining has to overcome besides, in log odds."""
        ...


def cluster(pairs: Pairs, articles: int, granularity: float = 0.0) -> Labelling:
    """Group `articles` articles by their pairs. `granularity` is taken from the log odds of both levels."""
    weights = weight_matrix(pairs, probability(pairs.event - granularity), articles)
    events = average_link(weights, dense_cores(weights))
    between = _means(weight_matrix(pairs, probability(pairs.story - granularity), articles), events)
    return Labelling(events, average_link(between, np.arange(between.shape[0]))[events])


def mean_weights(pairs: Pairs, weights: NDArray[np.float64], labels: Labels) -> tuple[Labels, NDArray[np.float64]]:
    """The mean weight between any two clusters that share a pair: one of the two (each pair both ways), and the mean.

    `weights` are those of the pairs; members that are no pair weigh 0.
    """
    return _mean_weights(
        _merged(weight_matrix(pairs, weights, len(labels)), labels), np.asarray(np.bincount(labels), np.float64)
    )


def average_link(weights: Weights, start: Labels, cut: float = CUT) -> Labels:
    """Join clusters while the mean weight between two is at least `cut`.

    `weights` is a symmetric CSR matrix (n, n) without a diagonal, absent pairs weigh 0; `start` holds the clusters to
    begin from. Returns labels numbered by first appearance.
    """
    labels = _numbered(start)
    between = _merged(weights, labels)
    sizes = np.asarray(np.bincount(labels), np.float64)
    # Which cluster each row of `between` is. A mean of means below the cut stays below it, so clusters that are near no
    # other are finished and leave; what is left shrinks from round to round.
    clusters = np.arange(len(sizes))
    while True:
        near = _near(between, sizes, cut)
        if not near.any():
            return _numbered(labels)
        between, sizes, clusters = between[near][:, near], sizes[near], clusters[near]
        joined = _reciprocal(between, sizes, cut)
        heads = np.arange(labels.max() + 1)
        kept = clusters[np.unique(joined, return_index=True)[1]]
        heads[clusters] = kept[joined]
        labels = heads[labels]
        clusters = kept
        between = _merged(between, joined)
        sizes = np.asarray(np.bincount(joined, weights=sizes), np.float64)


def dense_cores(weights: Weights) -> Labels:
    """The dense cores of each large component, by HDBSCAN; every other article alone. Labels from 0, shape (n,)."""
    cores = np.arange(weights.shape[0])
    _, components = sparse.csgraph.connected_components(weights, directed=False)
    sizes = np.bincount(components)
    for component in np.flatnonzero((sizes >= CORES_FROM) & (sizes <= CORES_UP_TO)):
        members = np.flatnonzero(components == component)
        inside = weights[members][:, members].toarray()
        found = _cores_of(inside)
        for core in range(found.max() + 1):
            here = np.flatnonzero(found == core)
            # HDBSCAN cuts a tree of single links: what is near two members only, and far from the core, is left out.
            here = here[inside[here][:, here].sum(axis=1) >= CUT * (len(here) - 1)]
            cores[members[here]] = members[here[:1]]
    return _numbered(cores)


def _cores_of(weights: NDArray[np.float64]) -> Labels:
    import hdbscan

    distances = 1.0 - weights
    np.fill_diagonal(distances, 0.0)
    model = hdbscan.HDBSCAN(metric="precomputed", min_samples=2)  # of which the tree alone is used
    labels: Labels = model.fit(distances).single_linkage_tree_.get_clusters(CORE_DISTANCE, min_cluster_size=2)
    return labels


def weight_matrix(pairs: Pairs, weights: NDArray[np.float64], articles: int) -> Weights:
    """What `average_link` takes: the weight of each pair, both ways, as a CSR matrix (articles, articles)."""
    return sparse.csr_matrix((np.concatenate((weights, weights)), pairs.both_ways()), shape=(articles, articles))


def _merged(weights: Weights, labels: Labels) -> Weights:
    """The summed weights between the clusters that `labels` make."""
    size = weights.shape[0]
    if np.array_equal(labels, np.arange(size)):
        return weights  # everything alone, as a rule at the start: nothing to sum
    member = sparse.csr_matrix((np.ones(size), (np.arange(size), labels)), shape=(size, labels.max(initial=-1) + 1))
    merged = (member.T @ weights @ member).tocsr()
    merged.setdiag(0)
    merged.eliminate_zeros()
    merged.sort_indices()
    return merged


def _means(weights: Weights, labels: Labels) -> Weights:
    """The mean weight between each two of the clusters that `labels` make."""
    means = _merged(weights, labels)
    means.data = _mean_weights(means, np.asarray(np.bincount(labels), np.float64))[1]
    return means


def _mean_weights(between: Weights, sizes: NDArray[np.float64]) -> tuple[Labels, NDArray[np.float64]]:
    """The row of each stored weight, and the mean that it stands for."""
    rows = np.repeat(np.arange(len(sizes)), np.diff(between.indptr))
    return rows, between.data / (sizes[rows] * sizes[between.indices])


def _pair_means(
    between: Weights, sizes: NDArray[np.float64]
) -> tuple[Labels, NDArray[np.signedinteger[Any]], NDArray[np.float64]]:
    """Each two clusters that share a weight, once and in order of their places, with their mean."""
    rows, means = _mean_weights(between, sizes)
    once = rows < between.indices  # not both ways: sums in two orders may be rounded to two numbers
    return rows[once], between.indices[once], np.round(means[once], _DECIMALS)


def _near(between: Weights, sizes: NDArray[np.float64], cut: float) -> NDArray[np.bool_]:
    """Which clusters have another at a mean weight of at least `cut`."""
    first, second, means = _pair_means(between, sizes)
    near = np.zeros(len(sizes), bool)
    near[first[means >= cut]] = near[second[means >= cut]] = True
    return near


def _reciprocal(between: Weights, sizes: NDArray[np.float64], cut: float) -> Labels:
    """New labels with reciprocal nearest neighbours joined, each cluster with one other.

    Among equal means the pair named first joins, and then every pair that is still whole: joining one of them a round
    would take as many rounds as there are copies of one text.
    """
    first, second, means = _pair_means(between, sizes)
    best = np.zeros(len(sizes))
    np.maximum.at(best, first, means)
    np.maximum.at(best, second, means)
    chosen = (means >= cut) & (means == best[first]) & (means == best[second])
    labels = list(range(len(sizes)))
    alone = [True] * len(sizes)
    for one, other in zip(first[chosen].tolist(), second[chosen].tolist(), strict=True):
        if alone[one] and alone[other]:
            alone[one] = alone[other] = False
            labels[other] = one
    return _numbered(np.array(labels, np.intp))


def _numbered(labels: Labels) -> Labels:
    """The same clusters, numbered from 0 by first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
