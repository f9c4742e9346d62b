"""Labels to stories: who belongs, in what order, how surely, under which title and id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.building.confidence import MOST_COMPARED, mean_probabilities
from newsclust.building.keywords import chosen_keywords, story_terms
from newsclust.building.titles import headlines, story_title
from newsclust.cache.known import NOTHING, Known
from newsclust.clustering.linkage import Labelling
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_duplicates import Versions
from newsclust.similarity.round_ups import RoundUp
from newsclust.similarity.score import Pairs, probability, score_pairs
from newsclust.stories import Event, Kind, Member, Nearest, Story, Unclustered, Version

ID_DIGITS = 10
"""Hex digits of an id: two of 10,000 stories share one in 1 of 22,000 runs."""

_ROWS_AT_ONCE = 256
_ROUNDING = 1e-5
_CLOSEST = 64
"""Of thousands that are as near, as all are to a text that no model can read, the first are looked at."""


@dataclass(frozen=True, eq=False, slots=True)
class Grouping:
    """What story building needs to know.

    `rows` holds each article's row among the distinct texts, which `features`, `pairs`, `labels` and `round_ups` are
    about, of shape (articles,); `versions` what each article is a version of. A round-up is in no pair and no story.
    """

    articles: Sequence[Article]
    rows: NDArray[np.intp]
    features: ArticleFeatures
    pairs: Pairs
    labels: Labelling
    versions: Versions
    round_ups: Mapping[int, RoundUp] = field(default_factory=dict)


def build_stories(
    grouping: Grouping,
    label_language: str | None = None,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> tuple[tuple[Story, ...], tuple[Unclustered, ...]]:
    """The stories, largest first, then by id; and the articles that joined none, by id, each with its nearest.

    Titles of stories and events are in `label_language` where a member has it.
    """
    members: dict[int, list[int]] = {}
    stories_of = grouping.labels.stories[grouping.rows].tolist()
    for index, (row, story) in enumerate(zip(grouping.rows.tolist(), stories_of, strict=True)):
        # Copies of one round-up make no story.
        members.setdefault(-1 - index if row in grouping.round_ups else story, []).append(index)
    groups = [np.array(indices, np.intp) for indices in members.values() if len(indices) > 1]
    alone = [indices[0] for indices in members.values() if len(indices) == 1]
    means = mean_probabilities(grouping.features, grouping.rows, grouping.versions.copied, groups, executor)
    ranked = [_ranked(grouping, indices, some) for indices, some in zip(groups, means, strict=True)]
    told, unnamed = [], []
    # Story by story, so that workers look for terms while titles and events are found here.
    terms_by_story = story_terms(
        [[grouping.articles[index] for index in one.indices] for one in ranked], label_language, executor, known
    )
    for one, some in zip(ranked, terms_by_story, strict=True):
        told.append(some)
        unnamed.append(_story(grouping, one, label_language))
    keywords = chosen_keywords([some.terms for some in told])
    stories = [
        replace(story, keywords=words, mentions=some.mentions)
        for story, words, some in zip(unnamed, keywords, told, strict=True)
    ]
    stories.sort(key=lambda story: (-len(story.members), story.id))
    unclustered = _unclustered(grouping, alone, stories)
    return tuple(stories), tuple(sorted(unclustered, key=lambda entry: entry.article.id))


def seed_id(kind: str, articles: Sequence[Article]) -> str:
    """An id that lasts while the earliest article stays: a hash of its id. `kind` is "story" or "event"."""
    seed = min(articles, key=lambda article: (_moment(article), article.id))
    digest = hashlib.sha256(f"{kind}\0{seed.id}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind[0]}-{digest[:ID_DIGITS]}"


@dataclass(frozen=True, eq=False, slots=True)
class _Ranked:
    """The indices of a story's articles, most central first, and each one's mean probability with the others."""

    indices: list[int]
    confidence: list[float]


def _ranked(grouping: Grouping, indices: NDArray[np.intp], means: list[float]) -> _Ranked:
    repeats = grouping.versions.originals[indices] != indices
    ids = [grouping.articles[index].id for index in indices.tolist()]
    order = sorted(range(len(indices)), key=lambda k: (bool(repeats[k]), -means[k], ids[k]))
    return _Ranked([int(indices[k]) for k in order], [means[k] for k in order])


def _story(grouping: Grouping, ranked: _Ranked, label_language: str | None) -> Story:
    """A story without its keywords, which depend on the other stories, and its mentions."""
    members = [grouping.articles[index] for index in ranked.indices]
    events = _events(grouping, ranked.indices, label_language)
    event_of = {article: event.id for event in events for article in event.articles}
    return Story(
        id=seed_id("story", members),
        title=story_title(members, label_language=label_language),
        headlines=headlines(members),
        keywords=(),
        events=events,
        members=tuple(
            Member(article, event_of[article.id], confidence, _version(grouping, index))
            for article, index, confidence in zip(members, ranked.indices, ranked.confidence, strict=True)
        ),
        cohesion=round(float(np.mean(ranked.confidence)), 6),
    )


def _events(grouping: Grouping, indices: Sequence[int], label_language: str | None) -> tuple[Event, ...]:
    """The events of a story by their first known date, undated ones by size; each one's articles most central first."""
    by_event: dict[int, list[Article]] = {}
    for index in indices:
        by_event.setdefault(int(grouping.labels.events[grouping.rows[index]]), []).append(grouping.articles[index])
    events = [
        (
            min(map(_moment, members)),
            Event(
                seed_id("event", members),
                story_title(members, label_language=label_language),
                tuple(a.id for a in members),
            ),
        )
        for members in by_event.values()
    ]
    return tuple(
        event for _, event in sorted(events, key=lambda entry: (entry[0], -len(entry[1].articles), entry[1].id))
    )


def _version(grouping: Grouping, index: int) -> Version | None:
    relation = grouping.versions.relations[index]
    if relation is None:
        return None
    return Version(grouping.articles[int(grouping.versions.originals[index])].id, relation)


def _unclustered(grouping: Grouping, alone: Sequence[int], stories: Sequence[Story]) -> list[Unclustered]:
    """The articles that joined no story, each with the article most likely to tell the same one."""
    story_of = {member.article.id: story for story in stories for member in story.members}
    row_of = {article.id: row for article, row in zip(grouping.articles, grouping.rows.tolist(), strict=True)}
    rows = grouping.rows[np.array(alone, np.intp)].tolist()
    best = _best_pairs(grouping.pairs, rows)
    best |= _nearest_by_vector(grouping.features, sorted(set(rows) - best.keys()))
    some_article = np.unique(grouping.rows, return_index=True)[1]
    near_story = {
        row: story
        for row, (other, _) in best.items()
        if other >= 0 and (story := story_of.get(grouping.articles[some_article[other]].id))
    }
    central = [[row_of[id_] for id_ in _central(story)] for story in near_story.values()]
    means = dict(zip(near_story, _mean_probabilities(grouping.features, list(near_story), central), strict=True))
    unclustered = []
    for index, row in zip(alone, rows, strict=True):
        other, p = best[row]
        nearest = None
        if other >= 0:
            near = grouping.articles[some_article[other]].id
            story = near_story.get(row)
            nearest = Nearest(near, round(p, 6), story.id if story else None, means.get(row))
        round_up = grouping.round_ups.get(row)
        told = (
            story_of.get(grouping.articles[some_article[one]].id) for one in (round_up.mentions if round_up else ())
        )
        mentions = tuple(dict.fromkeys(story.id for story in told if story))
        kind = Kind.ROUND_UP if round_up else Kind.ARTICLE
        unclustered.append(Unclustered(grouping.articles[index], nearest, _version(grouping, index), kind, mentions))
    return unclustered


def _central(story: Story) -> list[str]:
    return [member.article.id for member in story.members[:MOST_COMPARED]]


def _mean_probabilities(features: ArticleFeatures, rows: Sequence[int], others: Sequence[Sequence[int]]) -> list[float]:
    """For each of `rows` the mean probability that it tells one story with each of its `others`."""
    means: list[float] = []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = others[start : start + _ROWS_AT_ONCE]
        sizes = [len(one) for one in some]
        ours = np.repeat(np.array(rows[start : start + _ROWS_AT_ONCE], np.intp), sizes)
        theirs = np.concatenate([np.array(one, np.intp) for one in some])
        probabilities = probability(score_pairs(features, np.minimum(ours, theirs), np.maximum(ours, theirs)).story)
        means += [round(float(part.mean()), 6) for part in np.split(probabilities, np.cumsum(sizes)[:-1])]
    return means


def _best_pairs(pairs: Pairs, wanted: Sequence[int]) -> dict[int, tuple[int, float]]:
    """The most probable partner of each row that is wanted and has any, and the probability of one story with it."""
    asking = np.isin(pairs.both_ways()[0], wanted)
    best = (values.tolist() for values in pairs.best_partners(asking, probability(pairs.story)))
    return {row: (other, p) for row, other, p in zip(*best, strict=True)}


def _nearest_by_vector(features: ArticleFeatures, rows: Sequence[int]) -> dict[int, tuple[int, float]]:
    """For articles in no candidate pair: the row of the nearest vector, and the probability; -1 when alone."""
    if len(features) < 2:
        return dict.fromkeys(rows, (-1, 0.0))
    ours = np.array(rows, np.intp)
    others = nearest_rows(features, ours)
    probabilities = probability(score_pairs(features, np.minimum(ours, others), np.maximum(ours, others)).story)
    return {row: (int(other), float(p)) for row, other, p in zip(rows, others, probabilities, strict=True)}


def nearest_rows(features: ArticleFeatures, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each of `rows` the other row with the nearest vector, however far; of two articles at least."""
    vectors = features.static if features.dense is None else features.dense
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    nearest = [_nearest(vectors, rows[start : start + _ROWS_AT_ONCE]) for start in starts]
    return np.concatenate(nearest) if nearest else np.zeros(0, np.intp)


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
