"""Whitening fitted without the stories that it is judged on.

A whitening makes reports of the stories it was fitted on more alike than reports of others. Coefficients fitted on
those cosines would trust the vectors too much and names too little. So each pair takes part in the fit with a whitening
that has not seen its story (cross-fitting, as in stacked generalisation, Wolpert 1992).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from build_background import within_class_whitening
from numpy.typing import NDArray
from pair_examples import Examples

from newsclust.encoders.base import unit_rows
from newsclust.similarity.background import load_background
from newsclust.similarity.score import is_across

FOLDS = 5

Folds = Mapping[str, NDArray[np.intp]]
"""The fold of each story by set; of each pair where a set has no stories."""
Floats = NDArray[np.float64]
Whitening = NDArray[np.float32]
_AT_ONCE = 1 << 15


def dealt(examples: Sequence[Examples]) -> Folds:
    """Stories and judged pairs dealt into folds at random, the same each time."""
    return {
        example.name: np.asarray(np.random.default_rng(1).permutation(_groups(example)) % FOLDS, np.intp)
        for example in examples
    }


def by_first(example: Examples, folds: Folds) -> NDArray[np.intp]:
    """The fold of each pair: its first article's story's."""
    fold = folds[example.name]
    return fold[example.gold.stories[example.first]] if _has_stories(example) else fold


def whitening_without(labelled: Sequence[Examples], folds: Folds, held: Collection[int]) -> Whitening:
    """The whitening, fitted on the stories of the other folds."""
    centred = load_background().dense.centred
    sets = []
    for example in labelled:
        stories = example.gold.stories
        unseen = np.isin(folds[example.name][stories], list(held))
        sets.append((centred(example.gold.vectors, example.gold.languages), np.where(unseen, -1, stories)))
    return within_class_whitening(sets).astype(np.float16).astype(np.float32)


def whitened(example: Examples, whitening: Whitening) -> Examples:
    """The same example with its vectors whitened anew."""
    changed = _with_vectors(example, whitening)
    everything = np.ones(len(example.first), bool)
    return replace(changed, features={**example.features, "dense": dense_cosines(changed, everything)})


def cross_fitted(
    labelled: Sequence[Examples], judged: Examples, folds: Folds, held: Collection[int] = ()
) -> list[Examples]:
    """The examples, judged pairs last, each labelled pair whitened without its fold and without those `held`."""
    found = []
    by_fold = {fold: whitening_without(labelled, folds, {fold, *held}) for fold in range(FOLDS)}
    for example in labelled:
        cosines = np.zeros(len(example.first))
        for fold, whitening in by_fold.items():
            here = by_first(example, folds) == fold
            cosines[here] = dense_cosines(_with_vectors(example, whitening), here)
        found.append(replace(example, features={**example.features, "dense": cosines}))
    return [*found, whitened(judged, whitening_without(labelled, folds, held))]


def dense_cosines(example: Examples, chosen: NDArray[np.bool_]) -> Floats:
    """The score's cosine of the transformer's vectors, over the languages' reliability across languages."""
    articles = example.articles
    assert articles.dense is not None
    pairs_first, pairs_second = example.first[chosen], example.second[chosen]
    cosines = np.zeros(len(pairs_first))
    for start in range(0, len(pairs_first), _AT_ONCE):
        first, second = pairs_first[start : start + _AT_ONCE], pairs_second[start : start + _AT_ONCE]
        reliability = articles.dense_reliability[first] * articles.dense_reliability[second]
        products = (articles.dense[first] * articles.dense[second]).sum(axis=1)
        cosines[start : start + _AT_ONCE] = products / np.where(is_across(articles, first, second), reliability, 1.0)
    return cosines


def _with_vectors(example: Examples, whitening: Whitening) -> Examples:
    centred = load_background().dense.centred(example.gold.vectors, example.gold.languages)
    dense, known = unit_rows(centred @ whitening), example.articles
    return replace(example, articles=known.with_dense(dense, known.model_id))


def _has_stories(example: Examples) -> bool:
    return bool(example.gold.stories.max() >= 0)


def _groups(example: Examples) -> int:
    return int(example.gold.stories.max()) + 1 if _has_stories(example) else len(example.first)
