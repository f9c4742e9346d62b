"""Why articles are, or are not, one story: the score taken apart again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.encoders.base import Encoder, Say
from newsclust.encoders.vocabulary import load_vocabulary
from newsclust.errors import UsageError
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import one_blas_thread
from newsclust.explaining.passages import best_pairs, passages_of
from newsclust.explaining.results import Estimate, Link, Matrix, PairExplanation, Part, Passages
from newsclust.explaining.shared_terms import shared_terms
from newsclust.pipeline import encoder_for, features_of, find_stories_with_features, prepared
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.similarity.calibration import Calibration
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_duplicates import copies_among, related, same_text
from newsclust.similarity.profiles import profile_of
from newsclust.similarity.score import (
    APART,
    CERTAIN,
    Pairs,
    certain,
    coefficients,
    contributions,
    date_effect,
    fitting_calibration,
    give_other_figures,
    is_across,
    pair_features,
    probability,
    score_pairs,
)
from newsclust.similarity.templates import bulletins, parting_bulletins
from newsclust.stories import Relation, Story

MOST_COMPARED = 200
"""Articles in one matrix: 19,900 pairs, and more than anyone looks at."""
PASSAGE_PAIRS = 3
PASSAGES_EACH = 12
"""Passages of an article that are embedded: those with the nearest static vectors in the other text. A transformer
takes some 0.2 s for both texts' passages."""

_FIRST, _SECOND = np.array([0], np.intp), np.array([1], np.intp)


@one_blas_thread
def explain_pair(
    articles: Sequence[Article],
    first: str,
    second: str,
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> PairExplanation:
    """What made the probability of the articles with the ids `first` and `second`.

    The other `articles` are what was read with them: they tell cleaning what is boilerplate, and a model without
    statistics of its own where its vectors' middle lies. Raises ModelError where a model is missing or damaged.
    """
    ready = prepared(articles, progress)
    encoder = encoder or encoder_for(settings, progress, say)
    pair = next(a for a in ready if a.id == first), next(a for a in ready if a.id == second)
    features, model_id = _features(ready, pair, settings, encoder, progress, say)
    parts, relation = _parts(pair, features)
    across = bool(is_across(features, _FIRST, _SECOND)[0])
    with progress.stage("Comparing"):
        shared = shared_terms(pair, features, load_vocabulary())
        passages = _nearest_passages(pair, settings, encoder)
    event, story = (_estimate(getattr(part, level) for part in parts) for level in ("event", "story"))
    return PairExplanation(*pair, across, relation, parts, event, story, shared, passages, settings, model_id)


@one_blas_thread
def explain_articles(
    articles: Sequence[Article],
    ids: Sequence[str] | None = None,
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> Matrix:
    """How likely any two of the articles tell one story: of those named by `ids`, or of all, by id.

    Raises UsageError for more than MOST_COMPARED, ModelError where a model is missing or damaged.
    """
    ready = prepared(articles, progress)
    by_id = {article.id: article for article in ready}
    chosen = ready if ids is None else tuple(by_id[id_] for id_ in dict.fromkeys(ids))
    if len(chosen) > MOST_COMPARED:
        raise UsageError(
            f"{len(chosen)} articles are too many to compare each with each (at most {MOST_COMPARED}): name fewer, or "
            "group them with newsclust group and explain one story with --story ID"
        )
    encoder = encoder or encoder_for(settings, progress, say)
    features, model_id = _features(ready, chosen, settings, encoder, progress, say)
    return _matrix(chosen, features, settings, model_id)


@one_blas_thread
def explain_story(
    read: ReadResult,
    story_id: str,
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> Matrix:
    """How likely any two members of a story tell it, after grouping what was read; members event by event.

    Raises UsageError for an id that no story or event has, ModelError where a model is missing or damaged.
    """
    result, features, rows = find_stories_with_features(read, settings, encoder=encoder, progress=progress, say=say)
    story = _story(result.stories, story_id)
    members = {member.article.id: member for member in story.members}
    order = [members[id_] for event in story.events for id_ in event.articles][:MOST_COMPARED]
    chosen = tuple(member.article for member in order)
    here = features.at(np.array([rows[article.id] for article in chosen], np.intp))
    return replace(
        _matrix(chosen, here, settings, result.model_id),
        id=story.id,
        title=story.title,
        events=tuple(member.event for member in order),
        left_out=len(story.members) - len(order),
    )


def _story(stories: Sequence[Story], story_id: str) -> Story:
    for story in stories:
        if story_id in {story.id, *(event.id for event in story.events)}:
            return story
    known = ", ".join(story.id for story in stories[:3]) or "none"
    raise UsageError(
        f"no story or event has the id {story_id!r}; these articles make {len(stories)} stories ({known}"
        f"{' ...' if len(stories) > 3 else ''}): give the articles and settings that newsclust group had"
    )


def _features(
    ready: Sequence[Article],
    chosen: Sequence[Article],
    settings: Settings,
    encoder: Encoder | None,
    progress: Progress,
    say: Say | None,
) -> tuple[ArticleFeatures, str]:
    """The features of the chosen articles as they are among all."""
    if encoder is None or profile_of(encoder.model_id, settings.profile) is not None:
        return features_of(chosen, settings, encoder=encoder, progress=progress, say=say)
    features, model_id = features_of(ready, settings, encoder=encoder, progress=progress, say=say)
    rows = {article.id: row for row, article in enumerate(ready)}
    return features.at(np.array([rows[article.id] for article in chosen], np.intp)), model_id


def _parts(pair: tuple[Article, Article], features: ArticleFeatures) -> tuple[tuple[Part, ...], Relation | None]:
    """What each feature adds, and how the second text is a version of the first."""
    calibration = fitting_calibration(features)
    values = pair_features(features, _FIRST, _SECOND)
    across = is_across(features, _FIRST, _SECOND)
    story, event = (
        {name: float(amount[0]) for name, amount in contributions(values, across, weights).items()}
        for weights in (calibration.story, calibration.event)
    )
    story_weights, event_weights = (
        {name: float(weight[0]) for name, weight in coefficients(values, across, weights).items()}
        for weights in (calibration.story, calibration.event)
    )
    parts = [
        Part(
            name,
            float(value[0]),
            story_weights.get(name, 0.0),
            event_weights.get(name, 0.0),
            story.get(name, 0.0),
            event.get(name, 0.0),
        )
        for name, value in values.items()
        if name in story_weights or name in event_weights
    ]
    parts.append(_dates(features, calibration))
    relation = _relation(pair, features)
    if relation is Relation.COPY:
        missing = (max(CERTAIN - math.fsum(getattr(p, level) for p in parts), 0.0) for level in ("story", "event"))
        parts.append(Part("copy", 1.0, None, None, *missing))
    elif give_other_figures(features, _FIRST, _SECOND)[0] or bulletins(pair, score_pairs(features, _FIRST, _SECOND))[0]:
        excess = (min(APART - math.fsum(getattr(p, level) for p in parts), 0.0) for level in ("story", "event"))
        parts.append(Part("frame", 1.0, None, None, *excess))
    return tuple(parts), relation


def _dates(features: ArticleFeatures, calibration: Calibration) -> Part:
    apart = abs(float(features.days[0] - features.days[1]))
    # Adding zero turns -0.0 into 0.0.
    story, event = (
        float(date_effect(features, _FIRST, _SECOND, weights)[0]) + 0.0
        for weights in (calibration.story, calibration.event)
    )
    return Part("dates", None if math.isnan(apart) else apart, None, None, story, event)


def _relation(pair: tuple[Article, Article], features: ArticleFeatures) -> Relation | None:
    """How the second text is a version of the first."""
    rows = same_text(pair)
    if rows[0] == rows[1]:
        return Relation.COPY
    relation = related(pair, features, score_pairs(features, _FIRST, _SECOND)).get(0)
    longer = len(pair[1].text) > len(pair[0].text)
    return Relation.EXTENDED if relation is Relation.SHORTENED and longer else relation


def _estimate(amounts: Iterable[float]) -> Estimate:
    log_odds = math.fsum(amounts)
    return Estimate(log_odds, float(probability(log_odds)))


def _nearest_passages(
    pair: tuple[Article, Article], settings: Settings, encoder: Encoder | None
) -> tuple[Passages, ...]:
    """The passages of both texts with the closest vectors; the transformer reads the likeliest of each text."""
    first, second = (_as_articles(article) for article in pair)
    if not (first and second):
        return ()
    cosines = _cosines(first, second, replace(settings, effort=Effort.FAST), None)
    if encoder is not None:
        first, second = _likeliest(first, cosines.max(axis=1)), _likeliest(second, cosines.max(axis=0))
        cosines = _cosines(first, second, settings, encoder)
    return tuple(
        Passages(first[row].text, second[column].text, float(cosines[row, column]))
        for row, column in best_pairs(cosines, PASSAGE_PAIRS)
    )


def _as_articles(article: Article) -> list[Article]:
    return [
        Article(id=f"{article.id}\0{number:04d}", text=text, language=article.language)
        for number, text in enumerate(passages_of(article))
    ]


def _likeliest(passages: list[Article], cosines: NDArray[np.float32]) -> list[Article]:
    best = np.argsort(-cosines, kind="stable")[:PASSAGES_EACH]
    return [passages[row] for row in sorted(best.tolist())]


def _cosines(
    first: Sequence[Article], second: Sequence[Article], settings: Settings, encoder: Encoder | None
) -> NDArray[np.float32]:
    """The cosines of all passages of one text with all of the other: (len(first), len(second))."""
    features, _ = features_of([*first, *second], settings, encoder=encoder)
    vectors = features.static if features.dense is None else features.dense
    cosines: NDArray[np.float32] = np.clip(vectors[: len(first)] @ vectors[len(first) :].T, -1.0, 1.0)
    return cosines


def _matrix(articles: tuple[Article, ...], features: ArticleFeatures, settings: Settings, model_id: str) -> Matrix:
    size = len(articles)
    ends = np.array(list(combinations(range(size), 2)), np.intp).reshape(-1, 2)
    pairs = score_pairs(features, ends[:, 0], ends[:, 1])
    texts = same_text(articles)
    copies = copies_among(related(articles, features, pairs), len(pairs))
    pairs = parting_bulletins(articles)(pairs)
    pairs = certain(pairs, copies | (texts[pairs.first] == texts[pairs.second]))
    story, event = (_square(size, pairs, probability(odds)) for odds in (pairs.story, pairs.event))
    return Matrix(
        articles,
        story,
        event,
        tuple(_link(row, index, strongest=True) for index, row in enumerate(story)),
        tuple(_link(row, index, strongest=False) for index, row in enumerate(story)),
        settings,
        model_id,
    )


def _square(size: int, pairs: Pairs, probabilities: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    square = np.eye(size)
    square[pairs.first, pairs.second] = square[pairs.second, pairs.first] = probabilities
    return tuple(map(tuple, square.tolist()))


def _link(row: Sequence[float], index: int, *, strongest: bool) -> Link | None:
    """The best or worst of a row, the first of several; the article itself aside."""
    others = [
        (-probability if strongest else probability, other) for other, probability in enumerate(row) if other != index
    ]
    if not others:
        return None
    other = min(others)[1]
    return Link(other, row[other])
