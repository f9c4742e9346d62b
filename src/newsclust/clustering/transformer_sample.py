"""Which articles the transformer reads, and whose vector stands for each of the others.

Words, names and static vectors group the articles first. The transformer reads the two most central of each group; then
all of a group that lies near the cut to another one, and all of one whose two readings disagree: there one more vector
can change a decision. Every other article takes the vector of the member that it is most surely one event with, beside
words and names of its own.

How this was chosen, and what else was tried: docs/decisions/transformer-sample.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclust.clustering.linkage import CUT, Labels, average_link, mean_weights, weight_matrix
from newsclust.similarity.score import Pairs, probability

READ_ALL_UP_TO = 2_000
"""Distinct texts up to which all are read: it takes a minute, and no story changes because unrelated articles came."""
FIRST_READ = 2
"""Members of each group that are read at first. With one there is nothing that could disagree: it costs .005 to .03."""
UNSURE = (0.4, 0.6)
"""Mean probability between two groups at which more vectors may change on which side of the cut they lie. Reading one
more of each there instead of all costs .007 on `ntrex_core23`; 0.45 to 0.55 costs .005, 0.3 to 0.7 gains nothing."""

_DECIMALS = 9
"""Sums are compared to this many decimals: those of one set of numbers in two orders differ by less."""

Mask = NDArray[np.bool_]


def first_groups(pairs: Pairs, articles: int, granularity: float = 0.0) -> Labels:
    """Groups of articles that their pairs already call one event: labels from 0, shape (articles,).

    Without dense cores: those are never taken apart again, and cheap features are sure of too much (.005 on
    `flores_wikinews_core`).
    """
    return average_link(weight_matrix(pairs, probability(pairs.event - granularity), articles), np.arange(articles))


def first_read(pairs: Pairs, groups: Labels) -> Mask:
    """The FIRST_READ members of each group with the greatest sum of probabilities to the others: shape (n,)."""
    inside = groups[pairs.first] == groups[pairs.second]
    chances = probability(pairs.event[inside])
    sums = np.zeros(len(groups))
    for ends in (pairs.first, pairs.second):
        sums += np.bincount(ends[inside], weights=chances, minlength=len(groups))
    order = np.lexsort((np.arange(len(groups)), -np.round(sums, _DECIMALS), groups))
    ranked = groups[order]
    read = np.zeros(len(groups), bool)
    read[order] = np.arange(len(groups)) - np.searchsorted(ranked, ranked) < FIRST_READ
    return read


def then_read(pairs: Pairs, groups: Labels, read: Mask) -> Mask:
    """What is to be read in all, once `pairs` are scored with the vectors of those that are `read`: shape (n,)."""
    unsettled = np.zeros(int(groups.max(initial=-1)) + 1, bool)
    for odds in (pairs.event, pairs.story):
        group, means = mean_weights(pairs, probability(odds), groups)
        unsettled[group[(means >= UNSURE[0]) & (means <= UNSURE[1])]] = True
    inside = read[pairs.first] & read[pairs.second] & (groups[pairs.first] == groups[pairs.second])
    unsettled[groups[pairs.first[inside & (probability(pairs.event) < CUT)]]] = True
    return read | unsettled[groups]


def stand_ins(pairs: Pairs, groups: Labels, read: Mask) -> NDArray[np.intp]:
    """The row whose vector each article takes: its own where it is read, else that of a member of its group: (n,).

    At least one member of every group is read.
    """
    readers = np.flatnonzero(read)
    leader = np.full(int(groups.max(initial=-1)) + 1, -1, np.intp)
    leader[groups[readers[::-1]]] = readers[::-1]  # the first of each group is written last
    found = np.where(read, np.arange(len(groups)), leader[groups])
    rows, others = pairs.both_ways()
    asking = ~read[rows] & read[others] & (groups[rows] == groups[others])
    rows, others, _ = pairs.best_partners(asking, np.round(pairs.event, _DECIMALS))
    found[rows] = others
    return found
