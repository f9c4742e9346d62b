"""How new articles meet known ones: what they are near to is scored and kept, and what hangs together grouped anew.

Two articles come into one story only along pairs that are likelier one story than not. So what no such pair leads to
cannot change, and what they lead to is grouped as a run over all articles would, from the pairs that are kept. In a
large archive they may lead nearly everywhere: there events and stories stay whole, and what is new joins them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.building.build import nearest_rows
from newsclust.clustering.linkage import NO_LINKS, Labelling, Labels, Links, cluster
from newsclust.execution.threads import one_blas_thread
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.near_reports import (
    NEAREST,
    ONE_OF_THREE,
    SHARING,
    likely,
    may_quote,
    near_unlike,
    sharing,
)
from newsclust.similarity.round_ups import FAINT
from newsclust.similarity.score import Indices, Pairs, probability
from newsclust.store.features import Space, scan
from newsclust.store.links import read_links
from newsclust.store.pairs import KnownPairs, Numbers, load_pairs
from newsclust.store.rows import listed
from newsclust.store.scoring import Scorer

ANEW = 1500
"""Articles that likely pairs connect, up to which they are grouped anew; their pairs are scored in about a second."""
ANEW_TOGETHER = 4000
"""Articles that one batch groups anew at most, the smallest of those that hang together first. Of 41,000 articles of
`real_pile` 37,500 hang together: to group them takes 135 s of one core, most of it for pairs that were no
candidates."""
_ROUNDING = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Regrouped:
    """Articles that were looked at (by number), with the event and the story that each is in now, as labels.

    `pairs` are pairs between them, `new_pairs` those that were not known. Of the articles `judged`, those that are
    `round_ups` are in no story.
    """

    numbers: Numbers
    events: Labels
    stories: Labels
    pairs: KnownPairs
    new_pairs: KnownPairs
    judged: frozenset[int]
    round_ups: frozenset[int]


@dataclass(frozen=True, eq=False, slots=True)
class Request:
    """New articles (numbers), stored ones to look at again, and the `window` in days that pairs must lie in.

    `anew` lets the stories of those to look at again come apart, however many articles hang together with them.
    """

    fresh: Numbers
    again: Numbers
    window: float | None = None
    anew: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """Every article that is no exact copy, by id: number, event and story, which are -number where it is in none.

    Of those that are looked at (`here`), some are grouped `anew`; the others keep their events and stories.
    """

    numbers: Numbers
    event: Numbers
    story: Numbers
    anew: NDArray[np.bool_]
    here: NDArray[np.bool_]

    @property
    def start(self) -> Labelling:
        """The labels that those here begin with."""
        alone, anew = -self.numbers[self.here], self.anew[self.here]
        events, stories = (np.where(anew, alone, level[self.here]) for level in (self.event, self.story))
        return Labelling(*(np.unique(level, return_inverse=True)[1].astype(np.intp) for level in (events, stories)))


@one_blas_thread
def regroup(connection: sqlite3.Connection, request: Request, space: Space) -> Regrouped:
    """Group the new articles with what the store holds. Nothing is written."""
    known = load_pairs(connection)
    scorer = Scorer(connection, space, request.window)
    new_pairs = pairs_of_new(connection, request.fresh, space, scorer)
    pairs = known.joined(new_pairs)
    judged, judged_so = _round_ups(connection, request, pairs, scorer)
    links = read_links(connection)
    of_a_story = set(links.together.ravel().tolist())  # what a person took into a story is in it, whatever it is
    round_ups = (judged_so | (_known_round_ups(connection) - judged)) - of_a_story
    is_new = np.arange(len(pairs)) >= len(known)
    told = ~np.logical_or(*pairs.ends_in(round_ups))
    pairs, is_new = pairs.only(told), is_new[told]
    region = _region(connection, request, pairs, is_new, links.together, space.settings.penalty)
    numbers = region.numbers[region.here]
    anew = region.numbers[region.anew]
    pairs = pairs.only(is_new | np.logical_or(*pairs.ends_in(anew)))
    inside = pairs.among(numbers)

    def score(first: Indices, second: Indices) -> Pairs:
        return scorer.asked(numbers[first], numbers[second])

    here = (
        Links(_indices_of_pairs(links.together, numbers), _indices_of_pairs(links.apart, numbers))
        if links
        else NO_LINKS
    )
    labels = cluster(inside, len(numbers), space.settings.penalty, score, here, region.start)
    kept = KnownPairs.of(inside, numbers[inside.first], numbers[inside.second])
    return Regrouped(numbers, labels.events, labels.stories, kept, new_pairs, judged, round_ups)


def _region(
    connection: sqlite3.Connection,
    request: Request,
    pairs: KnownPairs,
    is_new: NDArray[np.bool_],
    together: NDArray[np.int64],
    penalty: float,
) -> _Known:
    """What likely pairs, stories and what a person said connect with what was asked for."""
    rows = connection.execute(
        "SELECT a.number, ifnull(a.event, -a.number), ifnull(e.story, -a.number) FROM articles a"
        " LEFT JOIN events e ON e.number = a.event WHERE a.lead IS NULL ORDER BY a.id"
    ).fetchall()
    numbers, event, story = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    likely = np.maximum(pairs.event, pairs.story) >= penalty - _ROUNDING
    first, second = (_indices_of(end[likely], numbers) for end in (pairs.first, pairs.second))
    said = _indices_of_pairs(together, numbers)
    homes = len(numbers) + np.unique(story, return_inverse=True)[1]
    ends = np.concatenate((first, np.arange(len(numbers)), said[:, 0])), np.concatenate((second, homes, said[:, 1]))
    graph = sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(2 * len(numbers), 2 * len(numbers)))
    component = csgraph.connected_components(graph, directed=False)[1][: len(numbers)]
    asked = np.isin(numbers, np.concatenate((request.fresh, request.again)))
    sizes = np.bincount(component)
    reached = np.unique(component[asked])
    reached = reached[np.lexsort((reached, sizes[reached]))]
    small = reached[(sizes[reached] <= ANEW) & (np.cumsum(sizes[reached]) <= ANEW_TOGETHER)]
    anew = np.isin(component, small)
    if request.anew:
        anew |= np.isin(story, story[np.isin(numbers, request.again)])
    met = is_new[likely]
    touched = np.concatenate((story[first[met]], story[second[met]], story[asked]))
    return _Known(numbers, event, story, anew, anew | np.isin(story, touched))


def pairs_of_new(
    connection: sqlite3.Connection, fresh: Numbers, space: Space, scorer: Scorer | None = None
) -> KnownPairs:
    """The pairs of new articles (numbers) with their best partners, or at least the nearest by vector, scored.

    What the window of the scorer parts is left out.
    """
    scorer = scorer or Scorer(connection, space)
    window = scorer.window
    rows = scan(connection, space, _bounds(connection, fresh, window)) if len(fresh) else None
    if rows is None or len(rows.numbers) < 2:
        none = np.zeros(0, np.int64)
        return KnownPairs(none, none, *np.zeros((4, 0)))
    order = _by_id(connection, rows.numbers)
    numbers, features = rows.numbers[order], rows.features.at(order)
    asking = np.flatnonzero(np.isin(numbers, fresh))
    first, second = candidate_pairs(features, asking=asking)
    alone = np.setdiff1d(asking, np.concatenate((first, second)))
    more = np.unique(np.sort(np.stack((alone, nearest_rows(features, alone)), axis=1), axis=1), axis=0)
    first, second = np.concatenate((first, more[:, 0])), np.concatenate((second, more[:, 1]))
    if window is not None:
        kept = ~(np.abs(features.days[first] - features.days[second]) > window)
        first, second = first[kept], second[kept]
    return scorer.pairs(numbers[first], numbers[second])


def _by_id(connection: sqlite3.Connection, numbers: Numbers) -> Indices:
    """The order of articles by their ids: what breaks ties in a run over all of them."""
    rank = {number: k for k, (number,) in enumerate(connection.execute("SELECT number FROM articles ORDER BY id"))}
    return np.argsort([rank[number] for number in numbers.tolist()])


def _bounds(connection: sqlite3.Connection, fresh: Numbers, window: float | None) -> tuple[float, float] | None:
    """The days that new articles are compared with; None for all, as those without a date are."""
    if window is None:
        return None
    query = "SELECT min(day), max(day), sum(day IS NULL) FROM articles WHERE number IN (SELECT value FROM json_each(?))"
    low, high, undated = connection.execute(query, (listed(fresh.tolist()),)).fetchone()
    return None if undated or low is None else (low - window, high + window)


def _round_ups(
    connection: sqlite3.Connection, request: Request, pairs: KnownPairs, scorer: Scorer
) -> tuple[frozenset[int], frozenset[int]]:
    """The articles that new pairs may have shown to be round-ups, or to be none; and those of them that are."""
    judged = np.union1d(request.fresh, _suspected(connection, request.fresh, pairs))
    if not len(judged):
        return frozenset(), frozenset()
    near = pairs.only(np.logical_or(*pairs.ends_in(judged)))
    here = np.unique(np.concatenate((near.first, near.second, judged)))
    asked, among = np.searchsorted(here, judged), near.among(here)
    partners = [nearest.partners[asked] for nearest in (likely(among, len(here), FAINT), sharing(among, len(here)))]
    everyone = np.union1d(judged, here[np.concatenate([some[some >= 0] for some in partners])])
    round_ups = scorer.round_ups(everyone[_by_id(connection, everyone)], pairs)
    judged_so = frozenset(judged.tolist())
    return judged_so, judged_so.intersection(round_ups.tolist())


def _suspected(connection: sqlite3.Connection, fresh: Numbers, pairs: KnownPairs) -> Numbers:
    """The articles that new ones may have shown to be round-ups, or to be none: these are among the nearest to them."""
    pairs = pairs.only((pairs.words >= SHARING) | (probability(pairs.story) >= ONE_OF_THREE))
    here = np.unique(np.concatenate((pairs.first, pairs.second)))
    among = pairs.among(here)
    were = np.isin(here, np.fromiter(_known_round_ups(connection), np.int64))
    told = np.zeros(len(here), bool)
    for nearest, suspects in ((sharing, may_quote), (likely, near_unlike)):
        partners = nearest(among, len(here))
        may_be = were.copy()
        may_be[suspects(among, partners)] = True
        some = partners.partners[:, :NEAREST]
        met = (some >= 0) & np.isin(here[some], fresh)
        told |= may_be & met.any(axis=1)
    return here[told]


def _known_round_ups(connection: sqlite3.Connection) -> frozenset[int]:
    rows = connection.execute("SELECT number FROM articles WHERE kind = 'round-up' AND lead IS NULL")
    return frozenset(number for (number,) in rows)


def _indices_of(numbers: Numbers, among: Numbers) -> Indices:
    """The index of each number in a list that holds them all."""
    index_of = np.zeros(int(among.max(initial=0)) + 1, np.intp)
    index_of[among] = np.arange(len(among))
    return index_of[numbers]


def _indices_of_pairs(pairs: NDArray[np.int64], numbers: Numbers) -> NDArray[np.intp]:
    """The indices of pairs of numbers (m, 2) among the numbers, first < second; without those that are not there."""
    return np.sort(_indices_of(pairs[np.isin(pairs, numbers).all(axis=1)], numbers), axis=1)
