"""Pairs with log odds to events and stories; it knows no article.

Events are found by average link over the probability of one event, cut at 0.5. Average link is computed by merging all
pairs of reciprocal nearest neighbours at once, which gives the same tree as merging the best pair first (Sumengen et
al. 2021, "Scaling Hierarchical Agglomerative Clustering to Billion-sized Datasets") and needs memory for the pairs
alone. It begins from dense cores, where a hundred articles or more are sure of each other (`cores`). What undated
articles hold together that dates part is parted after it (`dates`), and so are two reports that are likely one event,
no more, and that no third one confirms (`confirmed`).

Not every pair is a candidate: each article brings its best partners. Where two clusters would join by the pairs that
are known, and would not if the others counted as 0, the others are scored. So what joins depends on what the articles
say, and not on how many came along.

Stories join events in the same way by the probability of one story, each event counting once: a brief development (a
phone call that two papers report) belongs to an affair although most articles are about another day of it. Against
counting articles this gained .018 on the stories of ECB+ and lost nothing elsewhere. A story in which no two reports
tell one event is joined once more, by a higher mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.clustering.confirmed import distinct_reports, reports_in, unconfirmed, without_unsure_pairs
from newsclust.clustering.cores import dense_cores
from newsclust.clustering.dates import parted_by_dates
from newsclust.clustering.measure import Floats, Labels, Level, MeanProbability, Score, probabilities
from newsclust.similarity.score import Pairs, probability
from newsclust.similarity.weights import Weights, inside, weight_matrix
from newsclust.stories import LIKELY, SURE

_DECIMALS = 9
"""Means are compared to this many decimals: sums of one set of numbers in two orders differ by less."""
_LEAST = 1e-12
"""A mean that is stored is never 0, which a sparse matrix would drop."""
_WANTED, _FORBIDDEN = 1e9, 1e12
"""Weights of a pair that a person linked or parted: a mean over 30,000 times 30,000 pairs still decides."""

Measure = Callable[[Labels, Labels, Labels], Floats]
"""The mean weight of all pairs between two clusters: of the labels, and the two clusters of each case."""


@dataclass(frozen=True, eq=False, slots=True)
class Labelling:
    """The event and the story of each article: labels from 0, shape (n,). An article alone has labels of its own."""

    events: Labels
    stories: Labels


class Clustering(Protocol):
    """A clustering method: groups articles, numbered from 0, by their scored pairs."""

    def __call__(self, pairs: Pairs, articles: int, granularity: float, score: Score, /) -> Labelling:
        """Group `articles` articles; `granularity` is what joining has to overcome besides, in log odds.

        `score` gives pairs that are not among `pairs`.
        """
        ...


@dataclass(frozen=True, eq=False, slots=True)
class Links:
    """What a person said of pairs of articles: indices of one story, and of two; each of shape (m, 2), first < second.

    `apart` must hold for each article of one story with another: whoever is apart from one is apart from all of them.
    """

    together: Labels
    apart: Labels

    def weights(self, articles: int, *, together: bool) -> Weights:
        """What they add to the sums that average link compares: enough to decide, whatever the articles say."""
        wanted = self.together if together else self.together[:0]
        ends = np.concatenate((wanted, self.apart))
        values = np.repeat((_WANTED, -_FORBIDDEN), (len(wanted), len(self.apart)))
        return _symmetric(ends[:, 0], ends[:, 1], values, articles)

    def honoured(self, stories: Labels) -> bool:
        """Whether every pair of one story is in one."""
        return bool((stories[self.together[:, 0]] == stories[self.together[:, 1]]).all())


NO_LINKS = Links(np.zeros((0, 2), np.intp), np.zeros((0, 2), np.intp))


def cluster(
    pairs: Pairs,
    articles: int,
    granularity: float = 0.0,
    score: Score | None = None,
    links: Links = NO_LINKS,
    start: Labelling | None = None,
) -> Labelling:
    """Group `articles` articles by their pairs. `granularity` is taken from the log odds of both levels.

    `score` gives pairs that are no candidates, where they decide; without it they count as 0. `links` hold in any case.
    Events and stories of `start` stay whole.
    """
    alone = np.arange(articles)
    start = start or Labelling(alone, alone)
    reports = distinct_reports(pairs, articles)

    def known(level: Level, *, together: bool) -> tuple[Weights, Callable[[Labels], Measure | None]]:
        """The weights between articles, and what gives a measure of the others for units that articles make."""
        weights = weight_matrix(pairs, probability(getattr(pairs, level) - granularity), articles)
        of_pairs = probabilities(score, level, granularity, weights) if score else None
        if links is not NO_LINKS:
            weights = weights + links.weights(articles, together=together)
        return weights, lambda units: MeanProbability(of_pairs, units) if of_pairs else None

    def events_of(*, in_one_event: bool) -> Labels:
        weights, measure = known("event", together=in_one_event)
        join = partial(average_link, measure=measure(alone))
        if in_one_event:
            events = join(weights, start.events)
        else:
            events = join(weights, _coarsest(start.events, dense_cores(weights, LIKELY)))
            events = parted_by_dates(pairs, weights, events, lambda some: join(some, alone))
        return _numbered(_coarsest(without_unsure_pairs(weights, events, reports), start.events))

    def stories_of(events: Labels) -> Labels:
        weights, measure = known("story", together=True)
        # Each two events by all of their pairs; from here on an event counts once.
        means = _Between.of(weights, events).settled(events, LIKELY, measure(alone)).means()
        of_event = _coarsest(events, start.stories)[np.unique(events, return_index=True)[1]]
        stories = average_link(means, of_event, measure=measure(events))
        again = unconfirmed(stories, reports_in(events, reports))
        start_again = _numbered(np.where(again, len(stories) + of_event, stories))
        return average_link(inside(means, stories, again), start_again, SURE, measure=measure(events))[events]

    def clustered(*, in_one_event: bool) -> Labelling:
        events = events_of(in_one_event=in_one_event)
        return Labelling(events, stories_of(events))

    labelling = clustered(in_one_event=False)
    # Two events that must be of one story may hold articles that must not: what is of one story begins as one event.
    return labelling if links.honoured(labelling.stories) else clustered(in_one_event=True)


def average_link(weights: Weights, start: Labels, cut: float = LIKELY, *, measure: Measure | None = None) -> Labels:
    """Join clusters while the mean weight between two is at least `cut`.

    `weights` is a symmetric CSR matrix (n, n) without a diagonal; `start` holds the clusters to begin from. Absent
    pairs weigh 0 where `measure` does not tell better. Returns labels numbered by first appearance.
    """
    labels = _numbered(start)
    between = _Between.of(weights, labels).settled(labels, cut, measure)
    # Which cluster each row of `between` is. A mean of means below the cut stays below it, so clusters that are near no
    # other are finished and leave; what is left shrinks from round to round.
    clusters = np.arange(len(between.sizes))
    while True:
        near = between.near(cut)
        if not near.any():
            return _numbered(labels)
        between, clusters = between.at(near), clusters[near]
        joined = between.reciprocal(cut)
        heads = np.arange(labels.max() + 1)
        kept = clusters[np.unique(joined, return_index=True)[1]]
        heads[clusters] = kept[joined]
        labels = heads[labels]
        clusters = kept
        between = between.joined(joined).settled(labels, cut, measure, clusters)


@dataclass(frozen=True, eq=False, slots=True)
class _Between:
    """What is known between clusters.

    `sums` and `known` hold the summed weight of known pairs and their number: two symmetric CSR matrices of the same
    entries. `sizes` are the members of each cluster.
    """

    sums: Weights
    known: Weights
    sizes: Floats

    @classmethod
    def of(cls, weights: Weights, labels: Labels) -> _Between:
        known = _merged(_ones(weights), labels)  # the ones are gone before the sums are made
        return cls(_merged(weights, labels), known, np.asarray(np.bincount(labels), np.float64))

    def joined(self, labels: Labels) -> _Between:
        """The same with the clusters joined that share a label."""
        sizes = np.asarray(np.bincount(labels, weights=self.sizes), np.float64)
        return _Between(_merged(self.sums, labels), _merged(self.known, labels), sizes)

    def at(self, kept: NDArray[np.bool_]) -> _Between:
        """Some of the clusters."""
        return _Between(self.sums[kept][:, kept], self.known[kept][:, kept], self.sizes[kept])

    def pairs(self) -> tuple[Labels, Labels, Floats]:
        """Each two clusters that share a pair, once and in order of their indices, with their mean."""
        rows = self._rows()
        once = rows < self.sums.indices  # not both ways: sums in two orders may be rounded to two numbers
        first, second = rows[once], self.sums.indices[once].astype(np.intp)
        return first, second, np.round(self.sums.data[once] / (self.sizes[first] * self.sizes[second]), _DECIMALS)

    def means(self) -> Weights:
        """The mean weight between each two clusters, as a CSR matrix."""
        means = self.sums.copy()
        means.data = means.data / (self.sizes[self._rows()] * self.sizes[means.indices])
        return means

    def settled(self, labels: Labels, cut: float, measure: Measure | None, names: Labels | None = None) -> _Between:
        """The same with the mean measured of each two clusters that absent pairs keep apart.

        `names` are the labels of the clusters here, where those are not all.
        """
        if measure is None:
            return self
        first, second, means = self.pairs()
        known = self.known.data[self._rows() < self.known.indices]
        every = self.sizes[first] * self.sizes[second]
        open_ = (means < cut) & (known < every) & (means * every >= cut * known)
        if not open_.any():
            return self
        first, second = first[open_], second[open_]
        every, known, means = every[open_], known[open_], means[open_]
        names = np.arange(len(self.sizes)) if names is None else names
        measured = np.maximum(measure(labels, names[first], names[second]), _LEAST)
        return replace(
            self,
            sums=self.sums + _symmetric(first, second, (measured - means) * every, len(self.sizes)),
            known=self.known + _symmetric(first, second, every - known, len(self.sizes)),
        )

    def near(self, cut: float) -> NDArray[np.bool_]:
        """Which clusters have another at a mean weight of at least `cut`."""
        first, second, means = self.pairs()
        near = np.zeros(len(self.sizes), bool)
        near[first[means >= cut]] = near[second[means >= cut]] = True
        return near

    def reciprocal(self, cut: float) -> Labels:
        """New labels with reciprocal nearest neighbours joined, each cluster with one other.

        Among equal means the pair named first joins, and then every pair that is still whole: joining one of them a
        round would take as many rounds as there are copies of one text.
        """
        first, second, means = self.pairs()
        best = np.zeros(len(self.sizes))
        np.maximum.at(best, first, means)
        np.maximum.at(best, second, means)
        chosen = (means >= cut) & (means == best[first]) & (means == best[second])
        labels = list(range(len(self.sizes)))
        alone = [True] * len(self.sizes)
        for one, other in zip(first[chosen].tolist(), second[chosen].tolist(), strict=True):
            if alone[one] and alone[other]:
                alone[one] = alone[other] = False
                labels[other] = one
        return _numbered(np.array(labels, np.intp))

    def _rows(self) -> Labels:
        return np.repeat(np.arange(len(self.sizes)), np.diff(self.sums.indptr))


def _symmetric(first: Labels, second: Labels, values: Floats, size: int) -> Weights:
    ends = np.concatenate((first, second)), np.concatenate((second, first))
    return sparse.csr_matrix((np.concatenate((values, values)), ends), shape=(size, size))


def _ones(weights: Weights) -> Weights:
    return sparse.csr_matrix((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape)


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


def _coarsest(one: Labels, other: Labels) -> Labels:
    """Labels under which those that share a label in either are together."""
    shift = int(one.max(initial=-1)) + 1
    size = shift + int(other.max(initial=-1)) + 1
    graph = sparse.csr_matrix((np.ones(len(one)), (one, other + shift)), shape=(size, size))
    labels: Labels = csgraph.connected_components(graph, directed=False)[1][one].astype(np.intp)
    return labels


def _numbered(labels: Labels) -> Labels:
    """The same clusters, numbered from 0 by first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
