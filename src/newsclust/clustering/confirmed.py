"""Which groups rest on too little: two reports that no third one confirms, and stories in which no two tell one event.

Of thousands of articles each has a nearest one, and some of those look alike by chance. Where reports confirm each
other chance has no say, and an even chance is enough. Where nothing does, a group has to be SURE.

Left out, 20 of 26 pairs of `real_hour` that were events by themselves below .8 were wrong, and 55 of 59 stories of two
articles; of 16 larger groups below .8, 11 were right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.similarity.score import CERTAIN, Indices, Pairs
from newsclust.similarity.weights import Weights, inside
from newsclust.stories import SURE

_DECIMALS = 9


def distinct_reports(pairs: Pairs, articles: int) -> Indices:
    """The report that each article is a copy of, as labels of shape (articles,): copies confirm nothing."""
    copies = pairs.only(pairs.event >= CERTAIN)
    graph = sparse.csr_matrix((np.ones(len(copies)), (copies.first, copies.second)), shape=(articles, articles))
    labels: Indices = csgraph.connected_components(graph, directed=False)[1].astype(np.intp)
    return labels


def reports_in(groups: Indices, reports: Indices) -> Indices:
    """How many distinct reports each group holds, by label."""
    both = np.unique(groups * len(groups) + reports)
    counts: Indices = np.bincount(both // max(len(groups), 1), minlength=groups.max(initial=-1) + 1)
    return counts


def without_unsure_pairs(weights: Weights, groups: Indices, reports: Indices) -> Indices:
    """The groups as labels, shape (n,), those of two reports parted that are less than SURE.

    `weights` (n, n) hold the probability of each pair that is known.
    """
    of_two = reports_in(groups, reports) == 2
    known = inside(weights, groups, of_two[groups]).tocoo()
    between = reports[known.row] != reports[known.col]
    group = groups[known.row[between]]
    sums = np.bincount(group, weights=known.data[between], minlength=len(of_two))
    means = np.round(sums / np.maximum(np.bincount(group, minlength=len(of_two)), 1), _DECIMALS)
    unsure = of_two & (means < SURE)
    parted: Indices = np.where(unsure[groups], len(of_two) + reports, groups)
    return parted


def unconfirmed(stories: Indices, reports_of_event: Indices) -> NDArray[np.bool_]:
    """Which events are in a story of several, none of which has two reports; both by event."""
    confirmed = np.bincount(stories, weights=reports_of_event > 1) > 0
    several = np.bincount(stories) > 1
    which: NDArray[np.bool_] = (several & ~confirmed)[stories]
    return which
