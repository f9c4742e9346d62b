"""What a report shows beside the result: how probable each pair of a story is, and which stories are near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import unit_rows
from newsclust.execution.threads import one_blas_thread
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import probability, score_pairs
from newsclust.stories import ClusterResult, Story

MOST_COMPARED = 60
"""Members in a story's matrix: the most central. More rows can be neither told apart on a screen nor read out."""


MOST_NEAR = 4
NEAR_FROM = 0.25
"""Cosine of two stories' means that counts as near: 1 % of the pairs of 218 stories of one hour reach it."""


@dataclass(frozen=True, eq=False, slots=True)
class PairMatrix:
    """`probabilities` (m, m): the same-story probability of each pair of `members`, article ids, most central first.

    Symmetric, 1 on the diagonal and for copies of one text.
    """

    members: tuple[str, ...]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Evidence:
    """By story id its matrix, and the ids of the stories most like it, nearest first."""

    matrices: Mapping[str, PairMatrix]
    near: Mapping[str, tuple[str, ...]]


@one_blas_thread
def gather_evidence(result: ClusterResult, features: ArticleFeatures, rows: Mapping[str, int]) -> Evidence:
    """The evidence for a result, from what `find_stories_with_features` gave beside it."""
    return Evidence(
        matrices={story.id: pair_matrix(story, features, rows) for story in result.stories},
        near=near_stories(result.stories, features, rows),
    )


def near_stories(
    stories: Sequence[Story], features: ArticleFeatures, rows: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """By story id the ids of at most MOST_NEAR others whose mean vector is near its own, nearest first, then by id."""
    vectors = features.static if features.dense is None else features.dense
    means = [vectors[[rows[m.article.id] for m in story.members]].mean(axis=0) for story in stories]
    centres = unit_rows(np.array(means, np.float32).reshape(len(stories), vectors.shape[1]))
    near = {}
    for number, story in enumerate(stories):
        likeness = np.round(centres @ centres[number], 6)
        likeness[number] = -1.0
        close = np.flatnonzero(likeness >= NEAR_FROM)
        ranked = sorted(close.tolist(), key=lambda other: (-likeness[other], stories[other].id))
        near[story.id] = tuple(stories[other].id for other in ranked[:MOST_NEAR])
    return near


def pair_matrix(story: Story, features: ArticleFeatures, rows: Mapping[str, int]) -> PairMatrix:
    """The same-story probability of each pair of the story's most central members."""
    members = story.members[:MOST_COMPARED]
    member_rows = np.array([rows[m.article.id] for m in members], np.intp)
    original = np.array([m.copied or m.article.id for m in members])
    first, second = np.triu_indices(len(members), 1)
    ends = np.sort(np.stack((member_rows[first], member_rows[second])), axis=0)
    probabilities = np.asarray(probability(score_pairs(features, ends[0], ends[1]).story), np.float64)
    probabilities[(ends[0] == ends[1]) | (original[first] == original[second])] = 1.0
    matrix = np.eye(len(members))
    matrix[first, second] = matrix[second, first] = probabilities
    return PairMatrix(tuple(m.article.id for m in members), matrix)
