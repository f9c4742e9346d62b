"""Labels to stories: who belongs, in what order, how surely, under which title and id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.building.confidence import mean_probabilities
from newsclust.building.keywords import chosen_keywords, story_terms
from newsclust.building.titles import headlines, story_title
from newsclust.clustering.linkage import Labelling
from newsclust.execution.executor import IN_PROCESS, Work
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Pairs, probability, score_pairs
from newsclust.stories import Event, Member, Nearest, Story, Unclustered

ID_DIGITS = 10
"""Hex digits of an id: two of 10,000 stories share one in 1 of 22,000 runs."""

_ROWS_AT_ONCE = 256
_ROUNDING = 1e-5
_CLOSEST = 64
"""Of thousands that are as near, as all are to a text that no model can read, the first are looked at."""


@dataclass(frozen=True, eq=False, slots=True)
class Grouping:
    """What story building needs to know.

    `rows` holds each article's row among the distinct texts, which `features`, `pairs` and `labels` are about;
    `originals` the place of the article that each one repeats (its own for an original). Both of shape (articles,).
    """

    articles: Sequence[Article]
    rows: NDArray[np.intp]
    features: ArticleFeatures
    pairs: Pairs
    labels: Labelling
    originals: NDArray[np.intp]


def build_stories(
    grouping: Grouping, label_language: str | None = None, work: Work = IN_PROCESS
) -> tuple[tuple[Story, ...], tuple[Unclustered, ...]]:
    """The stories, largest first, then by id; and the articles that joined none, by id, each with its nearest.

    Titles of stories and events are in `label_language` where a member has it.
    """
    members: dict[int, list[int]] = {}
    for place, story in enumerate(grouping.labels.stories[grouping.rows].tolist()):
        members.setdefault(story, []).append(place)
    groups = [np.array(places, np.intp) for places in members.values() if len(places) > 1]
    alone = [places[0] for places in members.values() if len(places) == 1]
    means = mean_probabilities(grouping.features, grouping.rows, grouping.originals, groups, work)
    ranked = [_ranked(grouping, places, some) for places, some in zip(groups, means, strict=True)]
    terms, unnamed = [], []
    # Story by story, so that workers look for terms while titles and events are found here.
    found = story_terms([[grouping.articles[p] for p in one.places] for one in ranked], work)
    for one, some in zip(ranked, found, strict=True):
        terms.append(some)
        unnamed.append(_story(grouping, one, label_language))
    keywords = chosen_keywords(terms)
    stories = [replace(story, keywords=words) for story, words in zip(unnamed, keywords, strict=True)]
    stories.sort(key=lambda story: (-len(story.members), story.id))
    unclustered = _unclustered(grouping, alone)
    return tuple(stories), tuple(sorted(unclustered, key=lambda entry: entry.article.id))


def seed_id(kind: str, articles: Sequence[Article]) -> str:
    """An id that lasts while the earliest article stays: a hash of its id. `kind` is "story" or "event"."""
    seed = min(articles, key=lambda article: (_moment(article), article.id))
    digest = hashlib.sha256(f"{kind}\0{seed.id}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind[0]}-{digest[:ID_DIGITS]}"


@dataclass(frozen=True, eq=False, slots=True)
class _Ranked:
    """A story's places, most central first, and each one's mean probability with the others."""

    places: list[int]
    confidence: list[float]


def _ranked(grouping: Grouping, places: NDArray[np.intp], means: list[float]) -> _Ranked:
    repeats = grouping.originals[places] != places
    ids = [grouping.articles[place].id for place in places.tolist()]
    order = sorted(range(len(places)), key=lambda k: (bool(repeats[k]), -means[k], ids[k]))
    return _Ranked([int(places[k]) for k in order], [means[k] for k in order])


def _story(grouping: Grouping, ranked: _Ranked, label_language: str | None) -> Story:
    """A story that still lacks its keywords, which depend on the other stories."""
    members = [grouping.articles[place] for place in ranked.places]
    events = _events(grouping, ranked.places, label_language)
    event_of = {article: event.id for event in events for article in event.articles}
    return Story(
        id=seed_id("story", members),
        title=story_title(members, label_language=label_language),
        headlines=headlines(members),
        keywords=(),
        events=events,
        members=tuple(
            Member(article, event_of[article.id], confidence, _repeated(grouping, place))
            for article, place, confidence in zip(members, ranked.places, ranked.confidence, strict=True)
        ),
        cohesion=round(float(np.mean(ranked.confidence)), 6),
    )


def _events(grouping: Grouping, places: Sequence[int], label_language: str | None) -> tuple[Event, ...]:
    """The events of a story by their first known date, then by id; each one's articles most central first."""
    found: dict[int, list[Article]] = {}
    for place in places:
        found.setdefault(int(grouping.labels.events[grouping.rows[place]]), []).append(grouping.articles[place])
    events = [
        (
            min(map(_moment, members)),
            Event(
                seed_id("event", members),
                story_title(members, label_language=label_language),
                tuple(a.id for a in members),
            ),
        )
        for members in found.values()
    ]
    return tuple(event for _, event in sorted(events, key=lambda entry: (entry[0], entry[1].id)))


def _repeated(grouping: Grouping, place: int) -> str | None:
    original = int(grouping.originals[place])
    return None if original == place else grouping.articles[original].id


def _unclustered(grouping: Grouping, alone: Sequence[int]) -> list[Unclustered]:
    """The articles that joined no story, each with the article most likely to tell the same one."""
    rows = grouping.rows[np.array(alone, np.intp)].tolist()
    best = _best_pairs(grouping.pairs, rows)
    best |= _nearest_by_vector(grouping.features, sorted(set(rows) - best.keys()))
    some_article = np.unique(grouping.rows, return_index=True)[1]
    found = []
    for place, row in zip(alone, rows, strict=True):
        other, chance = best[row]
        nearest = None if other < 0 else Nearest(grouping.articles[some_article[other]].id, round(chance, 6))
        found.append(Unclustered(grouping.articles[place], nearest))
    return found


def _best_pairs(pairs: Pairs, wanted: Sequence[int]) -> dict[int, tuple[int, float]]:
    """The most probable partner of each row that is wanted and has any, and the probability of one story with it."""
    asking = np.isin(pairs.both_ways()[0], wanted)
    best = (found.tolist() for found in pairs.best_partners(asking, probability(pairs.story)))
    return {row: (other, chance) for row, other, chance in zip(*best, strict=True)}


def _nearest_by_vector(features: ArticleFeatures, rows: Sequence[int]) -> dict[int, tuple[int, float]]:
    """For articles in no candidate pair: the row of the nearest vector, and the probability; -1 when alone."""
    if len(features) < 2:
        return dict.fromkeys(rows, (-1, 0.0))
    ours = np.array(rows, np.intp)
    others = nearest_rows(features, ours)
    chances = probability(score_pairs(features, np.minimum(ours, others), np.maximum(ours, others)).story)
    return {row: (int(other), float(chance)) for row, other, chance in zip(rows, others, chances, strict=True)}


def nearest_rows(features: ArticleFeatures, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each of `rows` the other row with the nearest vector, however far; of two articles at least."""
    vectors = features.static if features.dense is None else features.dense
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    found = [_nearest(vectors, rows[start : start + _ROWS_AT_ONCE]) for start in starts]
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def _nearest(vectors: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """The other row whose vector is nearest to each of `rows`, the first of equals."""
    cosines = vectors[rows] @ vectors.T
    cosines[np.arange(len(rows)), rows] = -np.inf
    close = cosines >= cosines.max(axis=1, keepdims=True) - _ROUNDING
    nearest = []
    for row, near in zip(rows.tolist(), close, strict=True):
        others = np.flatnonzero(near)[:_CLOSEST]
        # A matrix product rounds a pair differently in other company.
        nearest.append(others[(vectors[others] * vectors[row]).sum(axis=1).argmax()])
    return np.array(nearest, np.intp)


def _moment(article: Article) -> float:
    return article.published.timestamp() if article.published else float("inf")
