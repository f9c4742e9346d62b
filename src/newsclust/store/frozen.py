"""Joining new articles to known events and stories that stay as they are."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.clustering.linkage import Labels, average_link
from newsclust.similarity.score import Indices, Pairs, probability, score_pairs
from newsclust.store.memory import Space, load_rows

HINT = 0.4
"""Mean probability with one new article from which two known groups are compared with each other."""
NEAREST = 3
"""Known groups near a new article that are compared with each other, the nearest of them."""
SAMPLED = 8
"""Members of each of two known groups that are compared: 64 pairs give their mean to about 0.05."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Articles by number, in a fixed order, with the number of their event and story; -1 for a lone or a new one."""

    numbers: Numbers
    events: Numbers
    stories: Numbers


def join_frozen(
    connection: sqlite3.Connection,
    known: Known,
    ends: tuple[Numbers, Numbers],
    pairs: Pairs,
    shares: NDArray[np.float32],
    space: Space,
) -> tuple[Labels, Labels]:
    """Event and story labels of the articles: known groups stay whole, and join by their mean probabilities.

    `ends` are the numbers of the articles of each pair, `shares` says how many pairs it stands for; pairs with others
    are left out. Granularity is already taken from the log odds.
    """
    size = len(known.numbers)
    if not size:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    order = np.argsort(known.numbers)
    inside = np.isin(ends[0], known.numbers) & np.isin(ends[1], known.numbers)
    first, second = (order[np.searchsorted(known.numbers, end[inside], sorter=order)] for end in ends)
    events = _start(known.events)
    weights = _weights(first, second, probability(pairs.event[inside]) * shares[inside], size)
    weights = weights + _links(connection, known, weights, events, known.events, space, "event")
    events = average_link(weights, events)
    stories = _coarsest(events, _start(known.stories))
    weights = _weights(first, second, probability(pairs.story[inside]) * shares[inside], size)
    weights = weights + _links(connection, known, weights, stories, known.stories, space, "story")
    return events, average_link(weights, stories)


def _start(groups: Numbers) -> Labels:
    """Labels that keep the known groups and leave every other article alone."""
    own = -1 - np.arange(len(groups))
    labels: Labels = np.unique(np.where(groups < 0, own, groups), return_inverse=True)[1].astype(np.intp)
    return labels


def _coarsest(one: Labels, other: Labels) -> Labels:
    """Labels under which articles that share a label in either are together."""
    size = len(one)
    edges = sparse.coo_matrix((np.ones(size), (one, other + one.max(initial=-1) + 1)))
    side = int(one.max(initial=-1) + other.max(initial=-1) + 2)
    square = sparse.csr_matrix((edges.data, (edges.row, edges.col)), shape=(side, side))
    labels: Labels = csgraph.connected_components(square, directed=False)[1][one].astype(np.intp)
    return labels


def _weights(first: Indices, second: Indices, chances: NDArray[np.float64], size: int) -> Any:
    ends = np.concatenate((first, second)), np.concatenate((second, first))
    return sparse.csr_matrix((np.concatenate((chances, chances)), ends), shape=(size, size))


def _links(
    connection: sqlite3.Connection,
    known: Known,
    weights: Any,
    labels: Labels,
    groups: Numbers,
    space: Space,
    level: str,
) -> Any:
    """Between known groups that one new article is near to: the sum of the probabilities of their pairs, estimated.

    It stands at the pair of their first members; average link only sums.
    """
    size = len(labels)
    met = _met(weights, labels, groups)
    if not len(met):
        return sparse.csr_matrix((size, size))
    members = _members_of(labels, np.unique(met))
    sampled = {label: found[_spread(len(found))] for label, found in members.items()}
    one, other = _all_pairs(met, sampled)
    rows = load_rows(connection, known.numbers[np.unique(np.concatenate((one, other)))].tolist(), space)
    ours, theirs = rows.places(known.numbers[one]), rows.places(known.numbers[other])
    scored = score_pairs(rows.features, np.minimum(ours, theirs), np.maximum(ours, theirs))
    chances = probability(scored.event if level == "event" else scored.story)
    counts = [len(sampled[a]) * len(sampled[b]) for a, b in met.tolist()]
    means = np.add.reduceat(chances, np.concatenate(([0], np.cumsum(counts)[:-1]))) / counts
    sums = np.array(
        [mean * len(members[a]) * len(members[b]) for mean, (a, b) in zip(means, met.tolist(), strict=True)]
    )
    heads = np.array([[members[a][0], members[b][0]] for a, b in met.tolist()], np.intp)
    return _weights(heads[:, 0], heads[:, 1], sums, size)


def _met(weights: Any, labels: Labels, groups: Numbers) -> NDArray[np.intp]:
    """Pairs of labels of known groups that one other article is near to: shape (m, 2), sorted."""
    count = int(labels.max(initial=-1)) + 1
    size = len(labels)
    member = sparse.csr_matrix((np.ones(size), (np.arange(size), labels)), shape=(size, count))
    alone = np.flatnonzero(groups < 0)
    sums = (weights[alone] @ member).tocsr()
    sizes = np.bincount(labels, minlength=count)
    is_known = np.zeros(count, bool)
    is_known[labels[groups >= 0]] = True
    means = np.where(is_known[sums.indices], sums.data / sizes[sums.indices], 0.0)
    rows = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
    best = np.lexsort((sums.indices, -means, rows))
    rank = np.empty(len(best), np.intp)
    rank[best] = np.arange(len(best)) - np.repeat(sums.indptr[:-1], np.diff(sums.indptr))
    near = (means >= HINT) & (rank < NEAREST)
    hits = sparse.csr_matrix((near.astype(np.int32), sums.indices, sums.indptr), shape=sums.shape, copy=True)
    hits.eliminate_zeros()
    both = sparse.triu(hits.T @ hits, k=1).tocoo()
    found: NDArray[np.intp] = np.unique(np.stack((both.row, both.col), axis=1).astype(np.intp), axis=0)
    return found


def _members_of(labels: Labels, wanted: NDArray[np.intp]) -> dict[int, NDArray[np.intp]]:
    places = np.flatnonzero(np.isin(labels, wanted))
    order = places[np.argsort(labels[places], kind="stable")]
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    return {int(labels[part[0]]): part for part in np.split(order, cuts)}


def _spread(count: int) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, count - 1, min(count, SAMPLED)).round().astype(np.intp))


def _all_pairs(
    met: NDArray[np.intp], sampled: dict[int, NDArray[np.intp]]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    one = [np.repeat(sampled[a], len(sampled[b])) for a, b in met.tolist()]
    other = [np.tile(sampled[b], len(sampled[a])) for a, b in met.tolist()]
    return np.concatenate(one), np.concatenate(other)
