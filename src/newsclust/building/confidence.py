"""How surely each member belongs to its story: its mean probability of one story with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import probability, score_pairs

MOST_COMPARED = 400
"""Members of a story that are compared with each other; in a larger one each member is compared with the first 400."""

_ROWS_AT_ONCE = 256
_PAIRS_AT_ONCE = 1 << 18
"""Pairs of several stories that are scored in one go: most stories have a dozen, and a call costs a millisecond."""
_ONE_TEXT = -1

Indices = NDArray[np.intp]


def mean_probabilities(
    features: ArticleFeatures,
    rows: Indices,
    originals: Indices,
    groups: Sequence[Indices],
    executor: Executor = IN_PROCESS,
) -> list[list[float]]:
    """For each group of articles (at least two) each member's mean probability of one story with the others.

    `rows` holds the row in `features` of each article, `originals` the index of the one it repeats. Members that repeat
    one article are certain to tell one story.
    """
    means: list[list[float]] = [[] for _ in groups]
    for blocks in _batches(_blocks(rows, groups)):
        ends = np.concatenate([np.stack((block.first, block.second)) for block in blocks], axis=1)
        probabilities = probability(score_pairs(features, ends[0], ends[1], executor=executor).story)
        for block, some in zip(
            blocks, np.split(probabilities, np.cumsum([len(b.first) for b in blocks])[:-1]), strict=True
        ):
            means[block.group] += block.means(some, originals)
    return means


@dataclass(frozen=True, eq=False, slots=True)
class _Block:
    """The members `some` of a group, which are compared with its members `others`.

    Each two texts are scored once (of a million copies of one there is nothing to score): `first` < `second` are the
    rows of these pairs, `our_text` and `their_text` number the text of each member, and `at` (our texts, their texts)
    is the index of their pair, -1 for one text.
    """

    group: int
    some: Indices
    others: Indices
    our_text: Indices
    their_text: Indices
    first: Indices
    second: Indices
    at: Indices

    def means(self, probabilities: NDArray[np.float64], originals: Indices) -> list[float]:
        """The mean for each of `some`, from the probability of each pair."""
        values = np.append(probabilities, 1.0)[self.at][np.ix_(self.our_text, self.their_text)]
        values[np.equal.outer(originals[self.some], originals[self.others])] = 1.0
        apart = np.not_equal.outer(self.some, self.others)
        means = np.where(apart, values, 0.0).sum(axis=1) / apart.sum(axis=1)
        return [round(float(value), 6) for value in means]


def _blocks(rows: Indices, groups: Sequence[Indices]) -> Iterator[_Block]:
    """Each group in blocks of bounded size."""
    for number, members in enumerate(groups):
        for start in range(0, len(members), _ROWS_AT_ONCE):
            yield _block(rows, number, members[start : start + _ROWS_AT_ONCE], members[:MOST_COMPARED])


def _block(rows: Indices, group: int, some: Indices, others: Indices) -> _Block:
    ours, our_text = np.unique(rows[some], return_inverse=True)
    theirs, their_text = np.unique(rows[others], return_inverse=True)
    # A number for each pair of texts; none where both are one text.
    span = int(max(ours[-1], theirs[-1])) + 1
    numbers = np.minimum.outer(ours, theirs) * span + np.maximum.outer(ours, theirs)
    pairs, at = np.unique(np.where(np.equal.outer(ours, theirs), _ONE_TEXT, numbers), return_inverse=True)
    first, second = np.divmod(pairs[pairs != _ONE_TEXT], span)
    at = at.reshape(numbers.shape) - np.count_nonzero(pairs == _ONE_TEXT)
    return _Block(group, some, others, our_text, their_text, first, second, at)


def _batches(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    """Blocks with at most so many pairs together, but at least one."""
    waiting: list[_Block] = []
    pairs = 0
    for block in blocks:
        if waiting and pairs + len(block.first) > _PAIRS_AT_ONCE:
            yield waiting
            waiting, pairs = [], 0
        waiting.append(block)
        pairs += len(block.first)
    if waiting:
        yield waiting
