"""How well a same-story probability follows human judgements of pairs of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_PAIRS = 3
"""A correlation of fewer pairs than this says nothing and is None."""
CLIP = 1e-6
"""Probabilities are kept this far from 0 and 1 before the logit."""


@dataclass(frozen=True, slots=True)
class Correlations:
    """Correlations with similarity, in [-1, 1]; None for too few pairs, or where either side is constant.

    `pearson` is of the probability, `pearson_logit` of its logit, `spearman` of the ranks.
    """

    pairs: int
    pearson: float | None
    pearson_logit: float | None
    spearman: float | None


@dataclass(frozen=True, slots=True)
class PairScores:
    """Correlations over all pairs, and for each unordered pair of languages in order of their codes."""

    everything: Correlations
    by_languages: tuple[tuple[tuple[str, str], Correlations], ...]


def pair_scores(
    probabilities: Sequence[float], overall: Sequence[float], languages: Sequence[tuple[str, str]]
) -> PairScores:
    """Correlate P(same story) of each pair with -`overall`, where `overall` grows from 1 (same) to 4 (different).

    All three have one entry a pair. Raises ValueError where their lengths differ or a value is no number.
    """
    import numpy as np

    probability = np.asarray(probabilities, dtype=np.float64)
    similarity = -np.asarray(overall, dtype=np.float64)
    if not len(probability) == len(similarity) == len(languages):
        raise ValueError(
            f"{len(probability)} probabilities, {len(similarity)} judgements and {len(languages)} language pairs"
        )
    if not (np.isfinite(probability).all() and np.isfinite(similarity).all()):
        raise ValueError("a probability or a judgement is not a finite number")
    positions: dict[tuple[str, str], list[int]] = {}
    for position, (first, second) in enumerate(languages):
        positions.setdefault((min(first, second), max(first, second)), []).append(position)
    return PairScores(
        everything=_correlations(probability, similarity),
        by_languages=tuple(
            (pair, _correlations(probability[positions[pair]], similarity[positions[pair]]))
            for pair in sorted(positions)
        ),
    )


def _correlations(probability: NDArray[np.float64], similarity: NDArray[np.float64]) -> Correlations:
    import numpy as np
    from scipy.stats import rankdata

    clipped = np.clip(probability, CLIP, 1 - CLIP)
    return Correlations(
        pairs=len(probability),
        pearson=_pearson(probability, similarity),
        pearson_logit=_pearson(np.log(clipped) - np.log1p(-clipped), similarity),
        spearman=_pearson(rankdata(probability), rankdata(similarity)),
    )


def _pearson(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    import numpy as np

    # Equal values have no correlation; nor have those whose variance is too small for a double.
    if len(first) < FEWEST_PAIRS or min(np.ptp(first), np.ptp(second)) == 0:
        return None
    if min(np.var(first), np.var(second)) < np.finfo(np.float64).tiny:
        return None
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1.0, 1.0))
