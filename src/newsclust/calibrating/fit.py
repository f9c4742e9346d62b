"""Fits a profile on labelled news, and measures on stories that it has not seen what that reaches.

Stories are dealt into FOLDS. Statistics make the reports of stories they were fitted on more alike than others; so each
fold is described by statistics of the other folds (cross-fitting, as in stacked generalisation, Wolpert 1992). Where a
fold is judged, neither statistics nor coefficients have seen it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.calibrating.examples import Examples, labelled_examples, weighted
from newsclust.calibrating.regression import non_negative_logistic
from newsclust.calibrating.statistics import language_means, stacked_means, topics, within_class_whitening
from newsclust.clustering.linkage import cluster
from newsclust.encoders.base import Embeddings, unit_rows
from newsclust.errors import InputError
from newsclust.evaluation.scoring import Measure, PairCounts, score
from newsclust.similarity.background import Space
from newsclust.similarity.calibration import Calibration, Weights, load_calibrations
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures, by_profile, with_embeddings
from newsclust.similarity.profiles import EncoderProfile
from newsclust.similarity.score import probability, score_pairs

FOLDS = 3
FEATURES = ("dense", "static", "words", "names", "phonetic")
"""Static vectors too: they are those of the built-in vocabulary, and beside another model's an opinion of their own."""
OF_EVENTS = ("other_numbers",)
"""What counts for one event alone: numbers change as a story goes on. For stories too, the shipped probability of the
judged pairs falls from a Pearson correlation of .766 to .758."""
FEWEST_PAIRS = 30
"""Pairs of one story, within a language or across, below which coefficients are those of the score without vectors."""
LOOSER = 1.5
"""What the log odds of one story are above those of one event, where labels tell only one of the two: what shipped
coefficients give a pair at the cut."""
PAIRS_COUNT = 2000
BINS = 10


@dataclass(frozen=True, eq=False)
class Labelled:
    """A labelled set: articles, what is known of them without a model, their vectors, and numbers of their labels.

    `stories` and `events` are -1 where an article is not judged; equal arrays where the labels have one level.
    """

    name: str
    articles: tuple[Article, ...]
    features: ArticleFeatures
    vectors: NDArray[np.float32]
    stories: NDArray[np.intp]
    events: NDArray[np.intp]

    @property
    def languages(self) -> list[str]:
        """The language of each article."""
        return [article.language for article in self.articles]

    def at(self, rows: NDArray[np.intp]) -> Labelled:
        """Some of the articles."""
        articles = tuple(self.articles[row] for row in rows)
        return Labelled(
            self.name, articles, self.features.at(rows), self.vectors[rows], self.stories[rows], self.events[rows]
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """What held-out stories were grouped like: B-cubed of events, of those of two and more, pairs, and calibration.

    `error` is the expected calibration error: the mean distance between probability and share of one event, by pairs.
    """

    articles: int
    bcubed: Measure
    of_two: Measure
    within: PairCounts
    across: PairCounts
    error: float


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """A profile, the pairs of one event that it was fitted on, and what it reaches on stories that it has not seen.

    `without` is what the same stories are grouped like without it: with the shipped profile of the model, or none.
    """

    profile: EncoderProfile
    pairs_within: int
    pairs_across: int
    reached: Reached
    without: Reached

    @property
    def by_words(self) -> tuple[str, ...]:
        """Where too few pairs were labelled to fit coefficients."""
        counts = {"within a language": self.pairs_within, "across languages": self.pairs_across}
        return tuple(name for name, count in counts.items() if count < FEWEST_PAIRS)


def fit_profile(sets: Sequence[Labelled], model_id: str) -> Fit:
    """Fit a profile of the model that gave the vectors.

    Raises:
        InputError: too few stories of two articles and more.
    """
    folds = [[_fold(part, number) for part in sets] for number in range(FOLDS)]
    if any(not _has_pairs(fold) for fold in folds):
        raise InputError(
            f"too few labels: each of {FOLDS} parts needs stories of two articles and more, best a hundred in all"
        )
    spaces = {
        frozenset(left_out): _space(_others(folds, left_out), model_id)
        for left_out in [(), *((k,) for k in range(FOLDS)), *((k, m) for k in range(FOLDS) for m in range(k))]
    }

    def described(number: int, left_out: Collection[int]) -> list[ArticleFeatures]:
        return [_described(part, spaces[frozenset({number, *left_out})]) for part in folds[number]]

    def fitted(left_out: Collection[int]) -> tuple[Calibration, list[Examples]]:
        kept = [k for k in range(FOLDS) if k not in left_out]
        return _coefficients([(folds[k], described(k, left_out)) for k in kept])

    judged, plain = [], []
    for number in range(FOLDS):
        calibration, _ = fitted((number,))
        for part, known in zip(folds[number], described(number, ()), strict=True):
            judged.append(_judged(part, replace(known, calibration=calibration)))
            plain.append(_judged(part, _without_profile(part, model_id)))
    calibration, examples = fitted(())
    pairs = [sum(int(example.target[example.across == side].sum()) for example in examples) for side in (False, True)]
    profile = replace(spaces[frozenset()], coefficients=calibration)
    return Fit(profile, pairs[0], pairs[1], _reached(judged), _reached(plain))


def _fold(part: Labelled, number: int) -> Labelled:
    """The articles of a fold."""
    return part.at(np.flatnonzero(dealt(part.stories) == number))


def dealt(stories: NDArray[np.intp]) -> NDArray[np.intp]:
    """The fold of each article, shape (n,): whole stories, dealt at random, and unjudged articles one by one."""
    alone = np.arange(len(stories)) + stories.max(initial=-1) + 1
    _, groups = np.unique(np.where(stories >= 0, stories, alone), return_inverse=True)
    folds: NDArray[np.intp] = np.random.default_rng(0).permutation(groups.max(initial=-1) + 1)[groups] % FOLDS
    return folds


def _has_pairs(parts: Sequence[Labelled]) -> bool:
    return any((np.bincount(part.events[part.events >= 0]) > 1).any() for part in parts if len(part.events))


def _others(folds: Sequence[Sequence[Labelled]], left_out: Collection[int]) -> list[Labelled]:
    return [part for number, fold in enumerate(folds) if number not in left_out for part in fold]


def _space(parts: Sequence[Labelled], model_id: str) -> EncoderProfile:
    """Means, whitening and topics of the sets; coefficients are not known yet."""
    means = language_means([(np.concatenate([p.vectors for p in parts]), [c for p in parts for c in p.languages])])
    if not means:  # few articles of many languages
        means = {"und": np.concatenate([part.vectors for part in parts]).mean(axis=0)}
    languages, stacked = stacked_means(means)
    stacked = stacked.astype(np.float16).astype(np.float32)  # as a file holds it
    plain = Space(languages, stacked, np.zeros((0, stacked.shape[1]), np.float32))
    centred = [plain.centred(part.vectors, part.languages, part.features.brevity) for part in parts]
    several = [(rows, part.events) for rows, part in zip(centred, parts, strict=True) if _has_pairs([part])]
    whitening = within_class_whitening(several, [float((events >= 0).sum()) for _, events in several])
    news = unit_rows(np.concatenate(centred) @ whitening)
    space = replace(plain, topics=topics(news))
    return EncoderProfile(frozenset({model_id}), space, whitening, load_calibrations()["static"])


def _described(part: Labelled, profile: EncoderProfile) -> ArticleFeatures:
    (model_id,) = profile.models
    return by_profile(part.features, Embeddings(part.vectors, model_id), part.languages, profile)


def _without_profile(part: Labelled, model_id: str) -> ArticleFeatures:
    return with_embeddings(part.features, Embeddings(part.vectors, model_id), part.languages)


def _coefficients(
    described: Sequence[tuple[Sequence[Labelled], Sequence[ArticleFeatures]]],
) -> tuple[Calibration, list[Examples]]:
    """Coefficients of both levels, and the pairs that those of events were fitted on."""
    pairs = [pair for fold in described for pair in zip(*fold, strict=True)]
    events = [labelled_examples(part.name, known, part.events, unjudged=True) for part, known in pairs]
    shipped = load_calibrations()["static"]
    event = _weights(events, shipped.event, (*FEATURES, *OF_EVENTS))
    if all(np.array_equal(part.stories, part.events) for part, _ in pairs):
        story = replace(
            event,
            within=_raised(event.within, LOOSER),
            across=_raised(event.across, LOOSER),
            apart=shipped.story.apart,
            sigma=shipped.story.sigma,
        )
    else:
        stories = [labelled_examples(part.name, known, part.stories, unjudged=True) for part, known in pairs]
        story = _weights(stories, shipped.story, FEATURES)
    return Calibration(event, story), events


def _weights(examples: Sequence[Examples], without_vectors: Weights, names: Sequence[str]) -> Weights:
    """Coefficients of one level; what far apart dates take is not fitted."""
    sides = []
    for across, fallback in ((False, without_vectors.within), (True, without_vectors.across)):
        weighed = [weighted(example, names, across, natural=True) for example in examples]
        parts = [part for part in weighed if part is not None]
        if sum((target > 0.5).sum() for _, target, _ in parts) < FEWEST_PAIRS:
            sides.append(dict(fallback))
            continue
        table, target, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        bounded = [*(True for _ in names), False]
        coefficients = non_negative_logistic(table, target, weight / weight.sum() * PAIRS_COUNT, bounded)
        sides.append({name: round(float(v), 4) for name, v in zip((*names, "constant"), coefficients, strict=True)})
    return replace(without_vectors, within=sides[0], across=sides[1])


def _raised(weights: Mapping[str, float], by: float) -> dict[str, float]:
    return {**weights, "constant": round(weights.get("constant", 0.0) + by, 4)}


@dataclass(frozen=True, eq=False)
class _Judged:
    """A held-out part as it was grouped: labels and languages by article; probability and truth of its pairs."""

    gold: dict[str, str | None]
    clusters: dict[str, str | None]
    languages: dict[str, str]
    predicted: NDArray[np.float64]
    observed: NDArray[np.float64]


def _judged(part: Labelled, articles: ArticleFeatures) -> _Judged:
    among = partial(score_pairs, articles)
    labels = cluster(among(*candidate_pairs(articles)), len(articles), score=among).events
    example = labelled_examples(part.name, articles, part.events)
    odds = among(example.first, example.second).event
    keys = [f"{part.name}/{article.id}" for article in part.articles]
    return _Judged(
        gold={key: f"{part.name}/{n}" if n >= 0 else None for key, n in zip(keys, part.events, strict=True)},
        clusters={key: f"{keys[0]}/{n}" if n >= 0 else None for key, n in zip(keys, labels, strict=True)},
        languages=dict(zip(keys, part.languages, strict=True)),
        predicted=np.asarray(probability(odds)),
        observed=example.target,
    )


def _reached(judged: Sequence[_Judged]) -> Reached:
    gold, clusters, languages = (
        {key: value for some in judged for key, value in getattr(some, name).items()}
        for name in ("gold", "clusters", "languages")
    )
    scores = score(gold, clusters, languages)
    predicted = np.concatenate([some.predicted for some in judged])
    observed = np.concatenate([some.observed for some in judged])
    return Reached(
        articles=scores.everything.articles,
        bcubed=scores.everything.bcubed,
        of_two=scores.without_singletons.bcubed,
        within=scores.within,
        across=scores.across,
        error=calibration_error(predicted, observed),
    )


def calibration_error(predicted: NDArray[np.float64], observed: NDArray[np.float64]) -> float:
    """The mean distance between predicted probability and observed share over ten bins, each by its pairs."""
    bins = np.minimum((predicted * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=predicted - observed, minlength=BINS)
    return float(np.abs(gaps).sum() / max(len(predicted), 1))
