"""Articles that are near several reports which are unlike each other: the first sign of a round-up.

Scored pairs tell them, so that no other article is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_matrix

from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Indices, Pairs, probability, score_pairs
from newsclust.similarity.weights import weight_matrix

SHARING = 0.12
"""TF-IDF cosine from which a page may quote a report: of three headlines in a list each has about .2."""
SPANNED = 0.06
"""Sum of the squares of two such cosines. It is the share of a page that two unlike reports span."""
NEARER = 0.5
"""Cosine of the two with each other, as a share of the smaller of these, up to which they share next to nothing."""
APART = 0.5
"""Probability of one story up to which two quoted reports are two things: what is quoted is sure, so two fires are."""
UNLIKE = 0.12
"""Probability of one story below which two reports are about two things."""
PARTNER, ONE_OF_THREE = 0.6, 0.28
"""Probability of one story from which two reports are near enough to a page to make it a suspect, and three reports,
each unlike the two others: one of three things takes a third of a page. At .5 twice as many pages are suspects."""
NEAREST, MOST_PARTNERS = 5, 12
"""Reports near a page among which unlike ones are looked for, and those that it is compared with."""

_ROWS_AT_ONCE = 4096

Floats = NDArray[np.float64]
Score = Callable[[Indices, Indices], Pairs]


@dataclass(frozen=True, eq=False, slots=True)
class Nearest:
    """The best partners of each row, best first, -1 for none, and what their pairs are worth, 0 to 1: (rows, n)."""

    partners: Indices
    worth: Floats

    @classmethod
    def of(cls, pairs: Pairs, worth: Floats, rows: int, most: int = MOST_PARTNERS) -> Nearest:
        """The `most` partners of each of so many rows whose pairs are worth most, of equals the first."""
        known = weight_matrix(pairs, worth, rows)
        nearest = cls(np.full((rows, most), -1, np.intp), np.zeros((rows, most)))
        for start in range(0, rows, _ROWS_AT_ONCE):
            some = known[start : start + _ROWS_AT_ONCE]
            counts = np.diff(some.indptr)
            ours = np.repeat(np.arange(len(counts)), counts)
            order = np.argsort(ours - some.data / 2, kind="stable")  # one key, as two take three times as long
            rank = np.arange(len(ours)) - np.repeat(some.indptr[:-1], counts)
            best = rank < most
            at = ours[best] + start, rank[best]
            nearest.partners[at] = some.indices[order][best]
            nearest.worth[at] = some.data[order][best]
        return nearest

    def of_row(self, row: int) -> Indices:
        """The partners of a row."""
        partners: Indices = self.partners[row]
        return partners[partners >= 0]


def sharing(pairs: Pairs, rows: int) -> Nearest:
    """The partners of each row that share words with it."""
    some = pairs.only(pairs.words >= SHARING)
    return Nearest.of(some, some.words, rows)


def may_quote(pairs: Pairs, nearest: Nearest, score: Score | None = None) -> Indices:
    """The rows that share words with two reports which share next to none with each other, sorted.

    `nearest` are those that are `sharing`. `score` is asked for pairs that are not known; without it they count as
    unlike.
    """
    rows = len(nearest.partners)
    known = _Known.of(pairs, rows, score)
    best, squares = nearest.partners[:, 0], nearest.worth**2
    asked = np.zeros(rows, bool)
    for other in range(1, NEAREST):
        some = np.flatnonzero((squares[:, 0] + squares[:, other] >= SPANNED) & (squares[:, other] > 0) & ~asked)
        words, story = known.between(best[some], nearest.partners[some, other])
        asked[some] = (words <= NEARER * nearest.worth[some, other]) & (story < APART)
    return np.flatnonzero(asked)


def likely(pairs: Pairs, rows: int, least: float = ONE_OF_THREE) -> Nearest:
    """The partners of each row that are one story with it at `least` with that probability."""
    some = pairs.only(probability(pairs.story) >= least)
    return Nearest.of(some, probability(some.story), rows)


def near_unlike(pairs: Pairs, nearest: Nearest, score: Score | None = None) -> Indices:
    """The rows near two reports, or three, that are unlike each other, sorted.

    `nearest` are those that are `likely`; `score` as in `may_quote`.
    """
    rows = len(nearest.partners)
    known = _Known.of(pairs, rows, score)
    unlike = np.zeros((NEAREST, NEAREST, rows), bool)
    asked = np.zeros(rows, bool)
    for one, other in combinations(range(NEAREST), 2):
        three = nearest.worth[:, max(other, 2)] > 0
        if one:
            three &= unlike[0, one] & unlike[0, other]
        two = nearest.worth[:, other] >= PARTNER
        some = np.flatnonzero(two | three)
        story = known.between(nearest.partners[some, one], nearest.partners[some, other])[1]
        unlike[one, other, some] = story < UNLIKE
        asked |= unlike[one, other] & (two | (three & (one > 0)))
    return np.flatnonzero(asked)


def alike(features: ArticleFeatures, groups: Sequence[Indices], least: float) -> list[NDArray[np.bool_]]:
    """Which reports of a group are one story with each other, at `least` with that probability: square, symmetric.

    The pairs of all groups are scored in one go: of thousands of small groups each call takes longer than its pairs.
    """
    ends = [np.triu_indices(len(rows), 1) for rows in groups]
    inside = [np.sort(rows[np.stack(pairs)], axis=0) for rows, pairs in zip(groups, ends, strict=True)]
    low, high = np.concatenate([np.zeros((2, 0), np.intp), *inside], axis=1)
    found = probability(score_pairs(features, low, high).story) >= least
    squares = []
    for rows, (first, second) in zip(groups, ends, strict=True):
        square = np.eye(len(rows), dtype=bool)
        square[first, second] = square[second, first] = found[: len(first)]
        found = found[len(first) :]
        squares.append(square)
    return squares


def things_among(alike: NDArray[np.bool_]) -> Indices:
    """The number of the thing that each is about, from 0: those that hang together, directly or by others."""
    return np.asarray(csgraph.connected_components(csr_matrix(alike.astype(np.int8)), directed=False)[1], np.intp)


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """Sorted pairs that can be asked for, and what scores others."""

    pairs: Pairs
    keys: Indices
    rows: int
    score: Score | None

    @classmethod
    def of(cls, pairs: Pairs, rows: int, score: Score | None) -> _Known:
        return cls(pairs, pairs.first * rows + pairs.second, rows, score)

    def between(self, some: Indices, others: Indices) -> tuple[Floats, Floats]:
        """The TF-IDF cosine and the probability of one story of pairs."""
        first, second = np.minimum(some, others), np.maximum(some, others)
        wanted = first * self.rows + second
        at = np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))
        known = self.keys[at] == wanted if len(self.keys) else np.zeros(len(wanted), bool)
        words, story = np.zeros(len(wanted)), np.zeros(len(wanted))
        words[known], story[known] = self.pairs.words[at[known]], probability(self.pairs.story[at[known]])
        if self.score is not None and not known.all():
            scored = self.score(first[~known], second[~known])
            words[~known], story[~known] = scored.words, probability(scored.story)
        return words, story
