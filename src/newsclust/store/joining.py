"""How new articles meet known ones.

A new article pulls the stories and lone articles it may belong with into its neighbourhood. A neighbourhood of ordinary
size is thawed: all its articles are scored and grouped again, as if they had come at once. What grouping at once would
do to a closed neighbourhood it does here too, and what is in none is not even read. In a larger one the known events
and stories stay as they are, and new articles and whole stories are joined to them by the same mean probability.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.building.build import nearest_rows
from newsclust.clustering.linkage import Labelling, Labels, cluster
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_duplicates import near_copies
from newsclust.similarity.score import Indices, Pairs, certain, probability, score_pairs
from newsclust.store.frozen import Known, join_frozen
from newsclust.store.memory import Rows, Space, StoredArticles, load_rows
from newsclust.store.nearby import FEW, Near, nearby, thinned
from newsclust.store.records import listed

PULL = 0.2
"""Probability of one story with a new article from which a stored one, and its story, enters the neighbourhood."""
THAWED = 1500
"""Articles of a neighbourhood up to which it is grouped again; the pairs of 1,500 take about a second."""
THAWED_TOGETHER = 4000
"""Articles that one batch groups again at most, the smallest neighbourhoods first."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Regrouped:
    """Articles that were looked at (by number), with the event and the story that each is in now, as labels.

    `pairs` are all that were scored, their ends being numbers of articles.
    """

    numbers: Numbers
    events: Labels
    stories: Labels
    first: Numbers
    second: Numbers
    chances: NDArray[np.float64]


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


def regroup(connection: sqlite3.Connection, request: Request, space: Space) -> Regrouped:
    """Group the new articles with what the store holds. Nothing is written."""
    near = _scored_with_stored(connection, request, space)
    story_of = _stories_of(connection, [*near.numbers.tolist(), *request.again.tolist()])
    thaw, freeze = _neighbourhoods(connection, request, near, story_of)
    story_of |= _stories_of(connection, thaw)
    thawed = _thawed(connection, request, space, thaw, near, story_of)
    known = _known(connection, freeze)
    events, stories = join_frozen(connection, known, (near.first, near.second), near.pairs, near.shares, space)
    labels = thawed.labels
    return Regrouped(
        np.concatenate((thawed.numbers, known.numbers)),
        np.concatenate((labels.events, events + labels.events.max(initial=-1) + 1)),
        np.concatenate((labels.stories, stories + labels.stories.max(initial=-1) + 1)),
        np.concatenate((near.first, thawed.first)),
        np.concatenate((near.second, thawed.second)),
        np.concatenate((probability(near.pairs.story), thawed.chances)),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Near:
    """New articles and what lies near them: `numbers` of all, and pairs with the numbers of their ends.

    `shares` says how many pairs each stands for.
    """

    numbers: Numbers
    first: Numbers
    second: Numbers
    pairs: Pairs
    shares: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class _Thawed:
    numbers: Numbers
    labels: Labelling
    first: Numbers
    second: Numbers
    chances: NDArray[np.float64]


def _scored_with_stored(connection: sqlite3.Connection, request: Request, space: Space) -> _Near:
    """The new articles' pairs with stored ones and with each other; granularity is taken from the log odds."""
    fresh = load_rows(connection, request.fresh.tolist(), space)
    found = nearby(connection, fresh.features, space.layout, space.means, before=request.before, window=request.window)
    found = _thinned(connection, found)
    mates = _with_nearest(fresh.features, *candidate_pairs(fresh.features))
    one = np.concatenate((fresh.numbers[found.fresh], fresh.numbers[mates[0]]))
    other = np.concatenate((found.stored, fresh.numbers[mates[1]]))
    shares = np.concatenate((found.shares, np.ones(len(mates[0]), np.float32)))
    rows = load_rows(connection, np.unique(np.concatenate((request.fresh, one, other))).tolist(), space)
    ours, theirs = rows.places(one), rows.places(other)
    shares = shares[np.lexsort((np.maximum(ours, theirs), np.minimum(ours, theirs)))]  # the order of _scored
    first, second, pairs = _scored(connection, rows, ours, theirs, request.granularity)
    if request.window is not None:
        kept = ~_far_apart(rows, pairs, request.window)
        first, second, pairs, shares = first[kept], second[kept], _chosen(pairs, kept), shares[kept]
    return _Near(rows.numbers, first, second, pairs, shares)


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
    stored = np.unique(near.stored)
    keys = _keys(stored, _stories_of(connection, stored.tolist()))
    sizes = dict(
        connection.execute(
            "SELECT -e.story, count(*) FROM events e JOIN articles a ON a.event = e.number WHERE a.lead IS NULL"
            " GROUP BY e.story"
        ).fetchall()
    )
    size = np.array([sizes.get(key, 1) for key in keys.tolist()], np.float64)
    place = np.searchsorted(stored, near.stored)
    return thinned(near, keys[place], size[place])


def _scored(
    connection: sqlite3.Connection, rows: Rows, one: Indices, other: Indices, granularity: float
) -> tuple[Numbers, Numbers, Pairs]:
    first, second = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    pairs = _granular(rows, first, second, granularity)
    copies = near_copies(StoredArticles(connection, rows.numbers.tolist()), rows.features, pairs)
    return rows.numbers[first], rows.numbers[second], certain(pairs, copies)


def _granular(rows: Rows, first: Indices, second: Indices, granularity: float) -> Pairs:
    pairs = score_pairs(rows.features, first, second)
    return replace(pairs, event=pairs.event - granularity, story=pairs.story - granularity)


def _far_apart(rows: Rows, pairs: Pairs, window: float) -> NDArray[np.bool_]:
    days = rows.features.days
    apart: NDArray[np.bool_] = np.abs(days[pairs.first] - days[pairs.second]) > window  # False for an unknown date
    return apart


def _chosen(pairs: Pairs, kept: NDArray[np.bool_]) -> Pairs:
    return Pairs(pairs.first[kept], pairs.second[kept], pairs.event[kept], pairs.story[kept])


def _keys(numbers: Numbers, story_of: dict[int, int]) -> Numbers:
    """What an article moves with: its story (negative), or itself."""
    return np.array([-story_of[number] if number in story_of else number for number in numbers.tolist()], np.int64)


def _strong(near: _Near, story_of: dict[int, int]) -> tuple[Numbers, Numbers]:
    """The ends, as keys, of the pairs that pull: each once."""
    strong = probability(near.pairs.story) >= PULL
    ends = np.stack((_keys(near.first[strong], story_of), _keys(near.second[strong], story_of)), axis=1)
    ends = np.unique(np.concatenate((ends, ends[:, ::-1])), axis=0)
    return ends[:, 0], ends[:, 1]


def _neighbourhoods(
    connection: sqlite3.Connection, request: Request, near: _Near, story_of: dict[int, int]
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


def _thawed(
    connection: sqlite3.Connection,
    request: Request,
    space: Space,
    numbers: Sequence[int],
    near: _Near,
    story_of: dict[int, int],
) -> _Thawed:
    rows = load_rows(connection, numbers, space)
    first, second, pairs = _scored(connection, rows, *candidate_pairs(rows.features), request.granularity)
    if request.window is not None:
        kept = ~_far_apart(rows, pairs, request.window) | _may_meet(request, first, second, near, story_of)
        first, second, pairs = first[kept], second[kept], _chosen(pairs, kept)
    # What the window parts counts as 0, whether it was scored or not.
    score = partial(_granular, rows, granularity=request.granularity) if request.window is None else None
    labels = cluster(pairs, len(rows.numbers), score=score)
    return _Thawed(rows.numbers, labels, first, second, probability(pairs.story))


def _may_meet(
    request: Request, first: Numbers, second: Numbers, near: _Near, story_of: dict[int, int]
) -> NDArray[np.bool_]:
    """Pairs that the window does not part: two stored articles, or a new one and a story that pulled it."""
    is_new = first >= request.before, second >= request.before
    one, other = _strong(near, story_of)
    pulled = set(zip(one.tolist(), other.tolist(), strict=True))
    ends = zip(_keys(first, story_of).tolist(), _keys(second, story_of).tolist(), strict=True)
    met = np.array([pair in pulled for pair in ends], bool)
    may: NDArray[np.bool_] = ~is_new[0] & ~is_new[1] | (is_new[0] != is_new[1]) & met
    return may


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


def _known(connection: sqlite3.Connection, numbers: Iterable[int]) -> Known:
    rows = connection.execute(
        "SELECT a.number, ifnull(a.event, -1), ifnull(e.story, -1) FROM articles a LEFT JOIN events e"
        " ON e.number = a.event WHERE a.number IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (listed(numbers),),
    ).fetchall()
    columns = np.array(rows, np.int64).reshape(-1, 3)
    return Known(columns[:, 0], columns[:, 1], columns[:, 2])
