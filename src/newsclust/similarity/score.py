"""The same-story score: what a pair of articles shares, and the calibrated probability that follows from it.

Each pair gets a few similarities; a logistic regression turns them into log odds of reporting one event, and of
belonging to one story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.similarity.calibration import Calibration, Weights, load_calibrations
from newsclust.similarity.features import ArticleFeatures, brevity_of
from newsclust.similarity.profiles import coefficients_of

CERTAIN = 12.0
"""Log odds of a pair of copies: a probability of 0.999994."""

UNSEEN = 2.0
"""Names that a text is taken to have beside its own, where two languages are compared: that two names of a few sound
alike says little. On `real_hour`, left out, the recall of pairs across languages rises from .76 to .79. In one language
one unseen name costs `zh_accidents` .037 and `real_hour` .006 of stories of two and more."""

UNFAMILIAR = {"words": (0.24, 0.0), "static": (0.5, 0.28), "dense": (0.21, 0.13)}
"""How much more alike two unrelated texts are than others, where nothing is known of their language, or of either of
two: function words count as rare, and a language's mean vector is a guess. Means over thirteen African languages."""

APART = -3.0
"""Log odds of bulletins with other facts, at most: a probability of 0.05."""

OF_NUMBERS, OF_NUMBERS_ACROSS = 0.12, 0.06
"""Numbers as a share of a text's distinct tokens from which it is made of them, as closing prices and quarterly results
are: of two in one language, and of two in two."""
FEWEST_NUMBERS, NUMBERS_IN_COMMON = 3, 0.2
"""How many at least, and the share in common up to which two such texts report two things. Of pairs of one event none
has so few in common: of 64 in one language at .1 and more, of 1,780 in two, most of them translations, at .06. Of 142
in one language at .08 seven have."""

SCANT = 6.0
"""Tokens below which a text hardly says anything: section names, single words, scores."""

_PAIRS_AT_ONCE = 1 << 14
_PARTNERS = 16
"""Partners of a row from which it is spread out for them."""

Indices = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Pairs of articles, each once with `first` < `second`, sorted; their log odds of one event and of one story.

    `dates` is what their dates take from the log odds of one event, 0 where one has none; `words` is the TF-IDF cosine
    over tokens of each.
    """

    first: Indices
    second: Indices
    event: Floats
    story: Floats
    dates: Floats
    words: Floats

    def __len__(self) -> int:
        return len(self.first)

    def only(self, which: NDArray[np.bool_]) -> Pairs:
        """Some of the pairs, in the same order."""
        return Pairs(*(getattr(self, column.name)[which] for column in fields(self)))

    def both_ways(self) -> tuple[Indices, Indices]:
        """Each pair twice, from either end: two arrays of shape (2 len(self),)."""
        return np.concatenate((self.first, self.second)), np.concatenate((self.second, self.first))

    def best_partners(self, asking: NDArray[np.bool_], worth: Floats) -> tuple[Indices, Indices, Floats]:
        """Each row that is asked for, in order, its best partner, the first of equals, and what that pair is worth.

        `asking` says which of `both_ways` count, shape (2 len(self),); `worth` is of the pairs, shape (len(self),).
        """
        rows, others = (ends[asking] for ends in self.both_ways())
        both = np.concatenate((worth, worth))[asking]
        best = best_of_each(rows, others, both)
        return rows[best], others[best], both[best]


def best_of_each(rows: Indices, others: Indices, worth: Floats) -> Indices:
    """Where the pair of each row that is worth most stands, the rows in order; of equals the one named first."""
    order = np.lexsort((others, -worth, rows))
    first: Indices = order[np.diff(rows[order], prepend=-1) != 0]
    return first


def pair_features(articles: ArticleFeatures, first: Indices, second: Indices) -> dict[str, Floats]:
    """Every feature of the pairs by name: float64, shape (m,).

    `words` is the root of the TF-IDF cosine over tokens, `names` of that over names and numbers, `phonetic` of that
    over phonetic keys, the latter two less in two languages where there are few; `nothing` is 1 where a pair shares
    none of these, and `other_numbers` is -1 where both tell numbers and share none. `static` and `dense` are cosines of
    the vectors less the mean of the densities about both: how much more alike the two are than is usual there. Where
    little is known of the languages `words`, `static` and `dense` are held against what is usual in such languages;
    `tokens` is the cosine over tokens as it is. `brevity` is that of the shorter text, `scant` from 1 for one without a
    token to 0 for one of SCANT.
    """
    across = is_across(articles, first, second)
    tokens = _sparse_cosines(articles.words, first, second)
    features = {
        "constant": np.ones(len(first)),
        "tokens": tokens,
        "words": np.sqrt(tokens),
        "names": np.sqrt(_name_cosines(articles.names, first, second, across)),
        "phonetic": np.sqrt(_name_cosines(articles.phonetic, first, second, across)),
    }
    features["other_numbers"] = -1.0 * _tell_other_numbers(articles.numbers, first, second)
    features["nothing"] = 1.0 - np.sign(features["words"] + features["names"] + features["phonetic"])
    for space in ("static",) if articles.dense is None else ("static", "dense"):
        vectors, density = articles.space(space)
        # A product row by row: a matrix product would round a pair differently in other company.
        cosines = (vectors[first] * vectors[second]).sum(axis=1).astype(np.float64)
        features[space] = cosines - (density[first] + density[second]) / 2
    unfamiliar = np.sqrt(articles.unfamiliar[first] * articles.unfamiliar[second])
    for name in ("words", "static") if articles.dense is None or _is_foreign(articles) else UNFAMILIAR:
        within, between = UNFAMILIAR[name]
        features[name] = features[name] - np.where(across, between, within) * unfamiliar
    features["words"] = np.maximum(features["words"], 0.0)
    counts = np.diff(articles.words.indptr)
    shorter = np.minimum(counts[first], counts[second])
    features["scant"] = np.clip(1 - shorter / SCANT, 0.0, 1.0)
    features["brevity"] = brevity_of(shorter).astype(np.float64)
    return features


def _is_foreign(articles: ArticleFeatures) -> bool:
    """Whether the vectors come from a model whose languages are centred otherwise than the built-in model's."""
    return fitting_calibration(articles) != load_calibrations()["dense"]


def is_across(articles: ArticleFeatures, first: Indices, second: Indices) -> NDArray[np.bool_]:
    """Which pairs are in two languages."""
    across: NDArray[np.bool_] = articles.languages[first] != articles.languages[second]
    return across


def contributions(features: Mapping[str, Floats], across: NDArray[np.bool_], weights: Weights) -> dict[str, Floats]:
    """What each feature adds to the log odds; they sum to the log odds, dates apart."""
    by_name = coefficients(features, across, weights)
    return {name: values * by_name[name] for name, values in features.items() if name in by_name}


def coefficients(features: Mapping[str, Floats], across: NDArray[np.bool_], weights: Weights) -> dict[str, Floats]:
    """The coefficient of each feature for each pair: between that of texts and that of headlines, by brevity."""
    (within, brief_within), (between, brief_between) = weights.sides()

    def of(name: str) -> Floats:
        texts = np.where(across, between.get(name, 0.0), within.get(name, 0.0))
        headlines = np.where(across, brief_between.get(name, 0.0), brief_within.get(name, 0.0))
        between_both: Floats = texts + features["brevity"] * (headlines - texts)
        return between_both

    return {name: of(name) for name in sorted({*within, *between, *brief_within, *brief_between})}


def score_pairs(
    articles: ArticleFeatures,
    first: Indices,
    second: Indices,
    calibration: Calibration | None = None,
    executor: Executor = IN_PROCESS,
) -> Pairs:
    """The log odds of each pair; memory stays bounded however many there are.

    `calibration` defaults to the shipped one that fits the features.
    """
    calibration = calibration or fitting_calibration(articles)
    columns = np.empty((4, len(first)), np.float64)
    parts = [slice(start, start + _PAIRS_AT_ONCE) for start in range(0, len(first), _PAIRS_AT_ONCE)]
    ends = ((first[part], second[part]) for part in parts)
    for part, odds in zip(parts, executor.map(_log_odds, ends, articles, calibration), strict=True):
        columns[:, part] = odds
    return Pairs(first, second, *columns)


def _log_odds(ends: tuple[Indices, Indices], articles: ArticleFeatures, calibration: Calibration) -> list[Floats]:
    """The columns of `Pairs` for each pair of `ends`."""
    features, across = pair_features(articles, *ends), is_across(articles, *ends)
    levels = calibration.event, calibration.story
    dates = [date_effect(articles, *ends, weights) for weights in levels]
    # One after the other: numpy's sum over a list rounds a single pair differently than many.
    odds = [
        sum(contributions(features, across, weights).values(), np.zeros(len(across))) + effect
        for weights, effect in zip(levels, dates, strict=True)
    ]
    most = np.where(give_other_figures(articles, *ends), APART, np.inf)
    return [*(np.minimum(some, most) for some in odds), dates[0], features["tokens"]]


def fitting_calibration(articles: ArticleFeatures) -> Calibration:
    """The coefficients for what is known of the articles: without vectors, or with those of a model."""
    if articles.dense is None:
        return load_calibrations()["static"]
    return articles.calibration or coefficients_of(articles.model_id)


def date_effect(articles: ArticleFeatures, first: Indices, second: Indices, weights: Weights) -> Floats:
    """What the dates take from the log odds: 0 for one moment or an unknown date, -`apart` for dates far apart."""
    days = articles.days[first] - articles.days[second]
    nearness = np.exp(-0.5 * (np.where(np.isnan(days), 0.0, days) / weights.sigma) ** 2)
    effect: Floats = -weights.apart * (1 - nearness)
    return effect


def certain(pairs: Pairs, which: NDArray[np.bool_]) -> Pairs:
    """The same pairs, `which` of them as good as certain: copies of one text."""
    return replace(
        pairs,
        event=np.where(which, np.maximum(pairs.event, CERTAIN), pairs.event),
        story=np.where(which, np.maximum(pairs.story, CERTAIN), pairs.story),
    )


def probability(log_odds: Any) -> Any:
    """The probability that log odds stand for, in (0, 1); an array of the same shape."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))


def _name_cosines(rows: Any, first: Indices, second: Indices, across: NDArray[np.bool_]) -> Floats:
    """Cosines of names; across languages as if each text had UNSEEN names that the other lacks."""
    cosines = _sparse_cosines(rows, first, second)
    counts = (rows.indptr[ends[across] + 1] - rows.indptr[ends[across]] for ends in (first, second))
    ours, theirs = (count / (count + UNSEEN) for count in counts)
    cosines[across] *= np.sqrt(ours * theirs)
    return cosines


def _tell_other_numbers(numbers: Any, first: Indices, second: Indices) -> NDArray[np.bool_]:
    """Which pairs both tell numbers and share none."""
    some = np.diff(numbers.indptr) > 0
    others: NDArray[np.bool_] = some[first] & some[second]
    others[others] = _sparse_cosines(numbers, first[others], second[others]) == 0
    return others


def give_other_figures(articles: ArticleFeatures, first: Indices, second: Indices) -> NDArray[np.bool_]:
    """Which pairs are bulletins with other figures: both made of numbers, few of them in common."""
    counts = np.diff(articles.numbers.indptr)
    shares = counts / np.maximum(np.diff(articles.words.indptr), 1)
    least = np.where(is_across(articles, first, second), OF_NUMBERS_ACROSS, OF_NUMBERS)
    fewer = np.minimum(counts[first], counts[second])
    which = (np.minimum(shares[first], shares[second]) >= least) & (fewer >= FEWEST_NUMBERS)
    of_cosine = np.sqrt(counts[first[which]] * counts[second[which]])
    common = np.round(_sparse_cosines(articles.numbers, first[which], second[which]) * of_cosine)
    which[which] = common <= NUMBERS_IN_COMMON * fewer[which]
    return which


def _sparse_cosines(rows: Any, first: Indices, second: Indices) -> Floats:
    """The products of pairs of rows (CSR)."""
    own, counts = np.unique(first, return_counts=True)
    ways = _spread_out if len(first) >= _PARTNERS * len(own) else _side_by_side
    return np.clip(ways(rows, first, second, own, counts), 0.0, 1.0)


def _side_by_side(rows: Any, first: Indices, second: Indices, *_: Indices) -> Floats:
    products = rows[first].multiply(rows[second]).sum(axis=1)
    return np.asarray(products, np.float64).ravel()


def _spread_out(rows: Any, first: Indices, second: Indices, own: Indices, counts: Indices) -> Floats:
    """To the last bit the same, in half the time: a first row is spread out once, and its partners look it up."""
    order = np.argsort(first, kind="stable")
    products = rows[second[order]]
    ends = products.indptr[np.concatenate(([0], np.cumsum(counts)))].tolist()
    spread = np.zeros(rows.shape[1], rows.dtype)
    for row, start, end in zip(own.tolist(), ends[:-1], ends[1:], strict=True):
        part = slice(rows.indptr[row], rows.indptr[row + 1])
        spread[rows.indices[part]] = rows.data[part]
        products.data[start:end] *= spread[products.indices[start:end]]
        spread[rows.indices[part]] = 0
    products.eliminate_zeros()
    cosines = np.empty(len(order))
    cosines[order] = np.asarray(products.sum(axis=1), np.float64).ravel()
    return cosines
