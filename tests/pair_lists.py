"""Pairs with chosen probabilities, for tests of what comes after the score."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from newsclust.similarity.score import Pairs

Chances = Mapping[tuple[int, int], float]


def pairs_of(
    event: Chances, story: Chances | None = None, dates: Mapping[tuple[int, int], float] | None = None
) -> Pairs:
    """Pairs with the probabilities given; of one story as of one event unless told apart."""
    story = story or event
    ends = sorted({*event, *story})
    first, second = (np.array([pair[side] for pair in ends], np.intp) for side in (0, 1))
    taken = np.array([(dates or {}).get(pair, 0.0) for pair in ends], np.float64)
    return Pairs(first, second, _log_odds(event, ends), _log_odds(story, ends), taken, np.zeros(len(first)))


def _log_odds(probabilities: Chances, ends: list[tuple[int, int]]) -> NDArray[np.float64]:
    values = np.array([probabilities.get(pair, 1e-9) for pair in ends], np.float64)
    odds: NDArray[np.float64] = np.log(values / (1 - values))
    return odds
