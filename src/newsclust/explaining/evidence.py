"""What a report shows beside the result: how probable each pair of a story is, and where articles lie on a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsclust.execution.threads import one_blas_thread
from newsclust.explaining.map_layout import lay_out
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import probability, score_pairs
from newsclust.stories import ClusterResult, Story

MOST_COMPARED = 60
"""Members in a story's matrix: the most central. More rows can be neither told apart on a screen nor read out."""


@dataclass(frozen=True, eq=False, slots=True)
class PairMatrix:
    """`probabilities` (m, m): the same-story probability of each pair of `members`, article ids, most central first.

    Symmetric, 1 on the diagonal and for copies of one text.
    """

    members: tuple[str, ...]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """By story id its matrix; by article id its place (x, y) in [-1, 1]; `spacing` between neighbours there."""

    matrices: Mapping[str, PairMatrix]
    positions: Mapping[str, tuple[float, float]]
    spacing: float


@one_blas_thread
def gather_evidence(result: ClusterResult, features: ArticleFeatures, rows: Mapping[str, int]) -> Evidence:
    """The evidence for a result, from what `find_stories_with_features` gave beside it."""
    articles = result.articles
    groups = [number for number, story in enumerate(result.stories) for _ in story.members]
    groups += range(len(result.stories), len(result.stories) + len(result.unclustered))
    places = np.array([rows[article.id] for article in articles], np.intp)
    vectors = features.static if features.dense is None else features.dense
    layout = lay_out(vectors[places], np.array(groups, np.intp))
    return Evidence(
        matrices={story.id: pair_matrix(story, features, rows) for story in result.stories},
        positions={a.id: (float(x), float(y)) for a, (x, y) in zip(articles, layout.positions, strict=True)},
        spacing=layout.spacing,
    )


def pair_matrix(story: Story, features: ArticleFeatures, rows: Mapping[str, int]) -> PairMatrix:
    """The same-story probability of each pair of the story's most central members."""
    members = story.members[:MOST_COMPARED]
    places = np.array([rows[m.article.id] for m in members], np.intp)
    original = np.array([m.copied or m.article.id for m in members])
    first, second = np.triu_indices(len(members), 1)
    ends = np.sort(np.stack((places[first], places[second])), axis=0)
    probabilities = np.asarray(probability(score_pairs(features, ends[0], ends[1]).story), np.float64)
    probabilities[(ends[0] == ends[1]) | (original[first] == original[second])] = 1.0
    matrix = np.eye(len(members))
    matrix[first, second] = matrix[second, first] = probabilities
    return PairMatrix(tuple(m.article.id for m in members), matrix)
