"""How surely each member belongs to its story: its mean probability of one story with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsclust.execution.executor import IN_PROCESS, Work
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import probability, score_pairs

MOST_COMPARED = 400
"""Members of a story that are compared with each other; in a larger one each member is compared with the first 400."""

_ROWS_AT_ONCE = 256
_PAIRS_AT_ONCE = 1 << 18
"""Pairs of several stories that are scored in one go: most stories have a dozen, and a call costs a millisecond."""

Indices = NDArray[np.intp]


def mean_probabilities(
    features: ArticleFeatures, rows: Indices, originals: Indices, groups: Sequence[Indices], work: Work = IN_PROCESS
) -> list[list[float]]:
    """For each group of places (at least two) each member's mean probability of one story with the others.

    `rows` holds the row in `features` of each place, `originals` the place that each one repeats. Members that repeat
    one article are certain to tell one story.
    """
    found: list[list[float]] = [[] for _ in groups]
    for blocks in _batches(_blocks(rows, groups)):
        ends = np.concatenate([np.stack((block.first, block.second)) for block in blocks], axis=1)
        chances = probability(score_pairs(features, ends[0], ends[1], work=work).story)
        for block, some in zip(blocks, np.split(chances, np.cumsum([len(b.first) for b in blocks])[:-1]), strict=True):
            found[block.group] += block.means(some, originals)
    return found


@dataclass(frozen=True, eq=False, slots=True)
class _Block:
    """The members `some` of a group, which are compared with its members `others`.

    Each two texts are scored once (of a million copies of one there is nothing to score): `ours` and `theirs` are the
    rows of their distinct texts, `our_place` and `their_place` the text of each member, and `first` < `second` the rows
    of the pairs, which stand at (`at_ours`, `at_theirs`).
    """

    group: int
    some: Indices
    others: Indices
    ours: Indices
    theirs: Indices
    our_place: Indices
    their_place: Indices
    at_ours: Indices
    at_theirs: Indices

    @property
    def first(self) -> Indices:
        return np.minimum(self.ours[self.at_ours], self.theirs[self.at_theirs])

    @property
    def second(self) -> Indices:
        return np.maximum(self.ours[self.at_ours], self.theirs[self.at_theirs])

    def means(self, chances: NDArray[np.float64], originals: Indices) -> list[float]:
        """The mean for each of `some`, from the probability of each pair."""
        table = np.zeros((len(self.ours), len(self.theirs)))
        table[self.at_ours, self.at_theirs] = chances
        shared = np.intersect1d(self.ours, self.theirs)
        square = np.ix_(np.searchsorted(self.ours, shared), np.searchsorted(self.theirs, shared))
        table[square] += table[square].T
        rows, columns = np.nonzero(self.some[:, None] != self.others)
        values = table[self.our_place[rows], self.their_place[columns]]
        values[originals[self.some[rows]] == originals[self.others[columns]]] = 1.0
        sums = np.bincount(rows, weights=values, minlength=len(self.some))
        counts = np.bincount(rows, minlength=len(self.some))
        return [round(float(value), 6) for value in sums / counts]


def _blocks(rows: Indices, groups: Sequence[Indices]) -> Iterator[_Block]:
    """Each group in blocks of bounded size."""
    for number, places in enumerate(groups):
        for start in range(0, len(places), _ROWS_AT_ONCE):
            yield _block(rows, number, places[start : start + _ROWS_AT_ONCE], places[:MOST_COMPARED])


def _block(rows: Indices, group: int, some: Indices, others: Indices) -> _Block:
    ours, our_place = np.unique(rows[some], return_inverse=True)
    theirs, their_place = np.unique(rows[others], return_inverse=True)
    twice = np.isin(ours, theirs)[:, None] & np.isin(theirs, ours)
    at_ours, at_theirs = np.nonzero(np.where(twice, ours[:, None] < theirs, ours[:, None] != theirs))
    return _Block(group, some, others, ours, theirs, our_place, their_place, at_ours, at_theirs)


def _batches(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Blocks with at most so many pairs together, but at least one."""
    waiting: list[_Block] = []
    pairs = 0
    for block in blocks:
        if waiting and pairs + len(block.at_ours) > _PAIRS_AT_ONCE:
            yield waiting
            waiting, pairs = [], 0
        waiting.append(block)
        pairs += len(block.at_ours)
    if waiting:
        yield waiting
