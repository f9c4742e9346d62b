"""How new articles meet known ones.

A new article pulls the stories and lone articles it may belong with into its neighbourhood. A neighbourhood of ordinary
size is thawed: all its articles are scored and grouped again, as if they had come at once. What grouping at once would
do to a closed neighbourhood it does here too, and what is in none is not even read. In a larger one the known events
and stories stay as they are, and new articles and whole stories are joined to them by the same mean probability.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.building.build import nearest_rows
from newsclust.clustering.linkage import Labelling, Labels, average_link, cluster
from newsclust.pipeline import describe_chunk
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_duplicates import copies_among, related
from newsclust.similarity.round_ups import apart, find_round_ups
from newsclust.similarity.score import Indices, Pairs, certain, probability, score_pairs
from newsclust.similarity.templates import parting_bulletins
from newsclust.store.features import Rows, Space, load_rows
from newsclust.store.nearby import FEW, Near, nearby, rank_within, thinned
from newsclust.store.rows import StoredArticles, articles_by_number, listed

PULL = 0.2
"""Probability of one story with a new article from which a stored one, and its story, enters the neighbourhood."""
THAWED = 1500
"""Articles of a neighbourhood up to which it is grouped again; the pairs of 1,500 take about a second."""
THAWED_TOGETHER = 4000
"""Articles that one batch groups again at most, the smallest neighbourhoods first."""
HINT = 0.4
"""Mean probability with one new article from which two known groups are compared with each other."""
NEAREST = 3
"""Known groups near a new article that are compared with each other, the nearest of them."""
SAMPLED = 8
"""Members of each of two known groups that are compared: 64 pairs give their mean to about 0.05."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Regrouped:
    """Articles that were looked at (by number), with the event and the story that each is in now, as labels.

    `first` and `second` are the ends (numbers) of all pairs that were scored, `probabilities` their probabilities.
    `round_ups` are in no story.
    """

    numbers: Numbers
    events: Labels
    stories: Labels
    first: Numbers
    second: Numbers
    probabilities: NDArray[np.float64]
    round_ups: frozenset[int]


@dataclass(frozen=True, eq=False, slots=True)
class Request:
    """New articles (numbers), stored articles to look at again, and the bounds.

    `before` is the first number of a new article, `window` in days, `granularity` is taken from the log odds.
    """

    fresh: Numbers
    again: Numbers
    before: int
    window: float | None
    granularity: float


@dataclass(frozen=True, eq=False, slots=True)
class _Scored:
    """Pairs of articles: the numbers of their ends, their log odds less granularity, and what is known of each.

    `shares` says how many pairs it stands for, `apart` whether the window parts it. `round_ups` are the numbers of the
    articles that tell several stories: none with another.
    """

    first: Numbers
    second: Numbers
    pairs: Pairs
    shares: NDArray[np.float32]
    apart: NDArray[np.bool_]
    round_ups: frozenset[int]

    def only(self, which: NDArray[np.bool_]) -> _Scored:
        """The pairs that are asked for."""
        pairs = self.pairs
        pairs = pairs.only(which)
        return _Scored(
            self.first[which], self.second[which], pairs, self.shares[which], self.apart[which], self.round_ups
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """Articles by number, by id, with the number of their event and story; -1 for a lone or a new one."""

    numbers: Numbers
    event: Numbers
    story: Numbers


def regroup(connection: sqlite3.Connection, request: Request, space: Space) -> Regrouped:
    """Group the new articles with what the store holds. Nothing is written."""
    near = _near_the_new(connection, request, space)
    story_of = _stories_of(connection, np.unique(np.concatenate((near.first, near.second, request.again))).tolist())
    thaw, freeze = _neighbourhoods(connection, request, near, story_of)
    story_of |= _stories_of(connection, thaw)
    rows = load_rows(connection, thaw, space)
    thawed = _thawed(connection, request, rows, near, story_of)
    # What the window parts counts as 0, whether it was scored or not.
    score = partial(_asked, connection, request, rows) if request.window is None else None
    labels = cluster(thawed.pairs, len(rows.numbers), score=score)
    known = _known(connection, freeze)
    joined = _join(connection, known, near, space)
    return Regrouped(
        np.concatenate((rows.numbers, known.numbers)),
        np.concatenate((labels.events, joined.events + labels.events.max(initial=-1) + 1)),
        np.concatenate((labels.stories, joined.stories + labels.stories.max(initial=-1) + 1)),
        np.concatenate((near.first, thawed.first)),
        np.concatenate((near.second, thawed.second)),
        probability(np.concatenate((near.pairs.story, thawed.pairs.story))),
        near.round_ups | thawed.round_ups,
    )


def _near_the_new(connection: sqlite3.Connection, request: Request, space: Space) -> _Scored:
    """The new articles' pairs with stored ones and with each other that the window does not part."""
    fresh = load_rows(connection, request.fresh.tolist(), space)
    found = nearby(connection, fresh.features, space.layout, space.means, before=request.before, window=request.window)
    found = _thinned(connection, found)
    mates = _with_nearest(fresh.features, *candidate_pairs(fresh.features))
    one = np.concatenate((fresh.numbers[found.fresh], fresh.numbers[mates[0]]))
    other = np.concatenate((found.stored, fresh.numbers[mates[1]]))
    shares = np.concatenate((found.shares, np.ones(len(mates[0]), np.float32)))
    rows = load_rows(connection, np.unique(np.concatenate((request.fresh, one, other))).tolist(), space)
    scored = _scored(connection, request, rows, (rows.places(one), rows.places(other)), shares)
    return scored.only(~scored.apart)


def _with_nearest(features: ArticleFeatures, first: Indices, second: Indices) -> tuple[Indices, Indices]:
    """The pairs of new articles, and for one that is in none the pair with the nearest of them."""
    alone = np.setdiff1d(np.arange(len(features)), np.concatenate((first, second)))
    if len(features) < 2 or not len(alone):
        return first, second
    others = nearest_rows(features, alone)
    more = np.unique(np.sort(np.stack((alone, others), axis=1), axis=1), axis=0)
    return np.concatenate((first, more[:, 0])), np.concatenate((second, more[:, 1]))


def _thinned(connection: sqlite3.Connection, near: Near) -> Near:
    if not len(near.stored) or np.bincount(near.fresh).max() <= FEW:
        return near
    stored, place = np.unique(near.stored, return_inverse=True)
    keys = _keys(stored, _stories_of(connection, stored.tolist()))
    sizes = dict(
        connection.execute(
            "SELECT -e.story, count(*) FROM events e JOIN articles a ON a.event = e.number WHERE a.lead IS NULL"
            " GROUP BY e.story"
        ).fetchall()
    )
    size = np.array([sizes.get(key, 1) for key in keys.tolist()], np.float64)
    return thinned(near, keys[place], size[place])


def _scored(
    connection: sqlite3.Connection,
    request: Request,
    rows: Rows,
    ends: tuple[Indices, Indices],
    shares: NDArray[np.float32],
) -> _Scored:
    """The pairs between places among the rows, sorted; copies of one text are certain."""
    first, second = np.minimum(*ends), np.maximum(*ends)
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    pairs = score_pairs(rows.features, first, second)
    numbers = rows.numbers.tolist()
    known, texts = articles_by_number(connection, numbers), StoredArticles(connection, numbers)
    titles = [known[number].title for number in numbers]
    round_ups = find_round_ups(texts, rows.features, pairs, describe_chunk, titles)
    copies = copies_among(related(texts, rows.features, pairs), len(pairs))
    pairs = _granular(request, parting_bulletins(texts)(pairs))
    days = np.abs(rows.features.days[first] - rows.features.days[second])
    return _Scored(
        rows.numbers[first],
        rows.numbers[second],
        apart(certain(pairs, copies), round_ups),
        shares[order],
        days > (np.inf if request.window is None else request.window),  # False for an unknown date
        frozenset(numbers[row] for row in round_ups),
    )


def _keys(numbers: Numbers, story_of: dict[int, int]) -> Numbers:
    """What an article moves with: its story (negative), or itself."""
    return np.array([-story_of[number] if number in story_of else number for number in numbers.tolist()], np.int64)


def _strong(near: _Scored, story_of: dict[int, int]) -> tuple[Numbers, Numbers]:
    """The ends, as keys, of the pairs that pull: each once."""
    strong = probability(near.pairs.story) >= PULL
    ends = np.stack((_keys(near.first[strong], story_of), _keys(near.second[strong], story_of)), axis=1)
    ends = np.unique(np.concatenate((ends, ends[:, ::-1])), axis=0)
    return ends[:, 0], ends[:, 1]


def _neighbourhoods(
    connection: sqlite3.Connection, request: Request, near: _Scored, story_of: dict[int, int]
) -> tuple[list[int], list[int]]:
    """The articles that are grouped again, and those of the neighbourhoods that are too large for it."""
    one, other = _strong(near, story_of)
    keys = np.unique(np.concatenate((request.fresh, _keys(request.again, story_of), one, other)))
    edges = (np.ones(len(one)), (np.searchsorted(keys, one), np.searchsorted(keys, other)))
    graph = sparse.csr_matrix(edges, shape=(len(keys), len(keys)))
    _, components = csgraph.connected_components(graph, directed=False)
    members: dict[int, list[int]] = {}
    leads = _leads_of(connection, (-keys[keys < 0]).tolist())
    for key, component in zip(keys.tolist(), components.tolist(), strict=True):
        members.setdefault(component, []).extend(leads[-key] if key < 0 else [key])
    thaw: list[int] = []
    freeze: list[int] = []
    for numbers in sorted(members.values(), key=lambda found: (len(found), min(found))):
        small = len(numbers) <= THAWED and len(thaw) + len(numbers) <= THAWED_TOGETHER
        (thaw if small else freeze).extend(numbers)
    return thaw, freeze


def _asked(connection: sqlite3.Connection, request: Request, rows: Rows, first: Indices, second: Indices) -> Pairs:
    """Pairs of rows that were no candidates, as those are scored."""
    texts = StoredArticles(connection, rows.numbers.tolist())
    pairs = score_pairs(rows.features, first, second)
    return _granular(request, parting_bulletins(texts)(pairs))


def _granular(request: Request, pairs: Pairs) -> Pairs:
    return replace(pairs, event=pairs.event - request.granularity, story=pairs.story - request.granularity)


def _thawed(
    connection: sqlite3.Connection, request: Request, rows: Rows, near: _Scored, story_of: dict[int, int]
) -> _Scored:
    """The pairs of the articles that are grouped again, save new ones that the window parts from what they are near."""
    ends = candidate_pairs(rows.features)
    scored = _scored(connection, request, rows, ends, np.ones(len(ends[0]), np.float32))
    if not scored.apart.any():
        return scored
    is_new = scored.first >= request.before, scored.second >= request.before
    # What a story drew in by one of its articles may meet all of them.
    pulled = set(zip(*(keys.tolist() for keys in _strong(near, story_of)), strict=True))
    keys = (_keys(scored.first, story_of).tolist(), _keys(scored.second, story_of).tolist())
    met = np.array([pair in pulled for pair in zip(*keys, strict=True)], bool)
    return scored.only(~scored.apart | ~is_new[0] & ~is_new[1] | (is_new[0] != is_new[1]) & met)


def _join(connection: sqlite3.Connection, known: _Known, near: _Scored, space: Space) -> Labelling:
    """Events and stories of the articles: known groups stay whole, and join by their mean probabilities."""
    if not len(known.numbers):
        return Labelling(np.zeros(0, np.intp), np.zeros(0, np.intp))
    inside = near.only(np.isin(near.first, known.numbers) & np.isin(near.second, known.numbers))
    events = _joined(connection, known, inside, "event", _start(known.event), space)
    stories = _coarsest(events, _start(known.story))
    return Labelling(events, _joined(connection, known, inside, "story", stories, space))


def _start(groups: Numbers) -> Labels:
    """Labels that keep the known groups and leave every other article alone."""
    own = -1 - np.arange(len(groups))
    labels: Labels = np.unique(np.where(groups < 0, own, groups), return_inverse=True)[1].astype(np.intp)
    return labels


def _coarsest(one: Labels, other: Labels) -> Labels:
    """Labels under which articles that share a label in either are together."""
    edges = (np.ones(len(one)), (one, other + one.max() + 1))
    side = int(one.max() + other.max() + 2)
    graph = sparse.csr_matrix(edges, shape=(side, side))
    labels: Labels = csgraph.connected_components(graph, directed=False)[1][one].astype(np.intp)
    return labels


_Level = Literal["event", "story"]


def _joined(
    connection: sqlite3.Connection, known: _Known, near: _Scored, level: _Level, labels: Labels, space: Space
) -> Labels:
    """The labels of one level after average link; granularity is already taken from the log odds."""
    order = np.argsort(known.numbers)
    ends = [order[np.searchsorted(known.numbers, end, sorter=order)] for end in (near.first, near.second)]
    sums = probability(getattr(near.pairs, level)) * near.shares
    weights = _both_ways(ends[0], ends[1], sums, len(labels))
    met = _met(weights, labels, getattr(known, level) >= 0)
    if len(met):
        weights = weights + _links(connection, known, labels, met, level, space)
    return average_link(weights, labels)


def _both_ways(first: Indices, second: Indices, sums: NDArray[np.float64], size: int) -> Any:
    ends = np.concatenate((first, second)), np.concatenate((second, first))
    return sparse.csr_matrix((np.concatenate((sums, sums)), ends), shape=(size, size))


def _links(
    connection: sqlite3.Connection, known: _Known, labels: Labels, met: NDArray[np.intp], level: _Level, space: Space
) -> Any:
    """Between known groups that one new article is near to: the sum of the probabilities of their pairs, estimated.

    It stands at the pair of their first members; average link only sums.
    """
    members = {label: np.flatnonzero(labels == label) for label in np.unique(met).tolist()}
    groups = [(members[one], members[other]) for one, other in met.tolist()]
    sampled = [(one[_spread(len(one))], other[_spread(len(other))]) for one, other in groups]
    ours = known.numbers[np.concatenate([np.repeat(one, len(other)) for one, other in sampled])]
    theirs = known.numbers[np.concatenate([np.tile(other, len(one)) for one, other in sampled])]
    rows = load_rows(connection, np.unique(np.concatenate((ours, theirs))).tolist(), space)
    probabilities = probability(getattr(rows.scored(ours, theirs), level))
    counts = np.array([len(one) * len(other) for one, other in sampled])
    means = np.add.reduceat(probabilities, np.cumsum(counts) - counts) / counts
    sums = means * [len(one) * len(other) for one, other in groups]
    heads = np.array([(one[0], other[0]) for one, other in groups], np.intp)
    return _both_ways(heads[:, 0], heads[:, 1], sums, len(labels))


def _met(weights: Any, labels: Labels, is_known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Pairs of labels of known groups that one other article is near to: shape (m, 2), sorted."""
    sizes = np.bincount(labels)
    member = sparse.csr_matrix((np.ones(len(labels)), (np.arange(len(labels)), labels)))
    sums = (weights[np.flatnonzero(~is_known)] @ member).tocsr()
    sums.sort_indices()
    of_known = np.bincount(labels, weights=is_known) > 0
    means = np.where(of_known[sums.indices], sums.data / sizes[sums.indices], 0.0)
    rows = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
    near = (means >= HINT) & (rank_within(rows, -means) < NEAREST)
    hits = sparse.csr_matrix((near.astype(np.int32), sums.indices, sums.indptr), shape=sums.shape, copy=True)
    hits.eliminate_zeros()
    both = sparse.triu(hits.T @ hits, k=1).tocoo()
    found: NDArray[np.intp] = np.unique(np.stack((both.row, both.col), axis=1).astype(np.intp), axis=0)
    return found


def _spread(count: int) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, count - 1, min(count, SAMPLED)).round().astype(np.intp))


def _stories_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, int]:
    rows = connection.execute(
        "SELECT a.number, e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.number IN (SELECT value FROM json_each(?))",
        (listed(numbers),),
    )
    return dict(rows.fetchall())


def _leads_of(connection: sqlite3.Connection, stories: Iterable[int]) -> dict[int, list[int]]:
    """The articles of each story that are no exact copy of another."""
    found: dict[int, list[int]] = {}
    rows = connection.execute(
        "SELECT e.story, a.number FROM events e JOIN articles a ON a.event = e.number"
        " WHERE e.story IN (SELECT value FROM json_each(?)) AND a.lead IS NULL ORDER BY a.number",
        (listed(stories),),
    )
    for story, number in rows:
        found.setdefault(story, []).append(number)
    return found


def _known(connection: sqlite3.Connection, numbers: Iterable[int]) -> _Known:
    rows = connection.execute(
        "SELECT a.number, ifnull(a.event, -1), ifnull(e.story, -1) FROM articles a LEFT JOIN events e"
        " ON e.number = a.event WHERE a.number IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (listed(numbers),),
    ).fetchall()
    columns = np.array(rows, np.int64).reshape(-1, 3)
    return _Known(columns[:, 0], columns[:, 1], columns[:, 2])
