"""Events that undated articles hold together, parted where their dates say two things.

A report without a date is as likely to belong to the first round of talks as to the second, and so joins both. Between
reports whose dates are known and far apart the mean probability decides by itself; the others of their event go where
they are most likely to belong.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from newsclust.similarity.score import Indices, Pairs
from newsclust.similarity.weights import Weights, weight_matrix

FAR_APART = -3.0
"""What dates take from the log odds of a pair, from which they contradict one event: those of two weeks."""
UNLIKELY = 1e-5
"""A pair's least probability here: of pairs that are not known, and of those that are certain what is missing."""

Join = Callable[[Weights], Indices]
"""Clusters all articles by some of the weights between them."""


def parted_by_dates(pairs: Pairs, weights: Weights, events: Indices, join: Join) -> Indices:
    """Part events of which some articles are dated far apart and do not join without the others: labels, shape (n,).

    `weights` (n, n) hold the probability of one event of each pair.
    """
    inside = events[pairs.first] == events[pairs.second]
    against = inside & (pairs.dates <= FAR_APART)
    if not against.any():
        return events
    dated = np.zeros(len(events), bool)
    dated[pairs.first[against]] = dated[pairs.second[against]] = True
    parts = join(_among(weights, pairs, inside & dated[pairs.first] & dated[pairs.second]))
    return _with_the_others(events, dated, parts, weights)


def _among(weights: Weights, pairs: Pairs, chosen: NDArray[np.bool_]) -> Weights:
    """The weights of the `chosen` pairs alone."""
    kept = weight_matrix(pairs.only(chosen), np.ones(np.count_nonzero(chosen)), weights.shape[0])
    return weights.multiply(kept).tocsr()


def _with_the_others(events: Indices, dated: NDArray[np.bool_], parts: Indices, weights: Weights) -> Indices:
    """The parts of the dated articles with the others of their events.

    Each goes where its mean log odds are largest, and the more dated articles a part has, the likelier it is.
    """
    labels = events + parts.max(initial=0) + 1
    labels[dated] = parts[dated]
    for event in np.unique(events[dated]).tolist():
        here = events == event
        homes, part = np.unique(parts[here & dated], return_inverse=True)
        others = np.flatnonzero(here & ~dated)
        known = np.clip(weights[others][:, np.flatnonzero(here & dated)].toarray(), UNLIKELY, 1 - UNLIKELY)
        odds = np.log(known / (1 - known))
        likely = [odds[:, part == home].mean(axis=1) + np.log((part == home).sum()) for home in range(len(homes))]
        labels[others] = homes[np.argmax(likely, axis=0)]
    renumbered: Indices = np.unique(labels, return_inverse=True)[1]
    return renumbered
