"""Rebuilds src/newsclust/data/calibration.json, the coefficients of the same-story score.

    python benchmarks/fit_calibration.py

A logistic regression for each tier: "dense" with the transformer's vectors, "static" without. Fitted on the candidate
pairs of the labelled sets (a story's pairs against the rest) and on the judged pairs (their likeness as a soft target).
Each set counts alike, and so do its pairs of one story and, OTHERS times as much, its other pairs. The cosine of a
labelled pair is taken under a whitening that has not seen its story (`held_out.py`).

`reliability.py` measures how well this does on stories and sets that were held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from gold_sets import LABELLED
from held_out import cross_fitted, dealt
from numpy.typing import NDArray
from pair_examples import Examples, judged_examples, labelled_examples

from newsclust.similarity.calibration import FILE, Calibration, Weights
from newsclust.similarity.score import is_across

TARGET = Path(__file__).parent.parent / "src" / "newsclust" / "data" / FILE

SHARED = ("words", "names", "sounds", "static")
LIKENESS = {"dense": ("dense", *SHARED), "static": SHARED}
OTHERS = 3.0
"""How much the pairs that do not belong together count, against those that do. 1.5 and 10 were no better."""
TWINS = 2.0
"""For one story: how much more the twins of ECB+ count (two earthquakes, two trials), which are two stories."""
TRANSLATIONS = {"event": 1.0, "story": 0.2}
"""How much the sets of translations count: they are so alike that they hide what independent reports are like."""
CUT = {
    ("dense", "event"): (-0.6, -0.2),
    ("dense", "story"): (0.55, 0.48),
    ("static", "event"): (-0.2, -0.2),
    ("static", "story"): (0.0, -0.6),
}
"""Added to the constants (within a language, across): a pair of candidates is not a pair at random."""
DATES = {"event": (2.5, 6.0), "story": (1.5, 60.0)}
"""What far apart dates take from the log odds, and the days (sigma) that count as near. On ecbplus (270 dated articles)
events score .9257 with (1.5, 3), .9243 with (2.5, 3), .9208 with (3, 3), .9264 with (2.5, 6)."""
JUDGED = {"event": (0.15, 1.0), "story": (1.0, 1.0)}
"""How much the judged pairs count against a set (within a language, across). They grade likeness of topic, place and
people, which for one event takes weight from names: ecbplus has .896 on held-out stories at 1 and .906 at 0.15 (.915 at
0.1 for both). Across languages they are all there is of independent reports; below 1 the sample's come apart."""
RIDGE = 0.5
"""Weight of the squared coefficients (of features scaled to deviation 1) against 2,000 pairs."""


def main() -> None:
    labelled = [labelled_examples(name) for name in LABELLED]
    judged = judged_examples()
    *examples, judged = cross_fitted(labelled, judged, dealt(labelled))
    tiers = {tier: fitted(tier, examples, judged) for tier in LIKENESS}
    TARGET.write_text(
        json.dumps({"tiers": {t: asdict(c) for t, c in tiers.items()}}, indent=1) + "\n", encoding="utf-8"
    )
    for tier, calibration in tiers.items():
        print(tier, json.dumps(asdict(calibration)))


def likeness(overall: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    """What people judged as a share: 1 up to 1.75, 0 from 2.75 on for one event; 1 up to 2, 0 from 3.4 for a story."""
    return np.clip(2.75 - overall if level == "event" else (3.4 - overall) / 1.4, 0, 1)


def fitted(
    tier: str,
    examples: Sequence[Examples],
    judged: Examples | None,
    keep: dict[str, NDArray[np.bool_]] | None = None,
) -> Calibration:
    """Coefficients from the pairs of the sets; `keep` picks pairs by set."""
    return Calibration(*(weights_of(tier, level, examples, judged, keep or {}) for level in ("event", "story")))


def weights_of(
    tier: str,
    level: str,
    examples: Sequence[Examples],
    judged: Examples | None,
    keep: Mapping[str, NDArray[np.bool_]],
) -> Weights:
    """Coefficients of one level: a regression of its own within a language, and one across languages."""
    within = [*LIKENESS[tier], "constant"]
    across = [*LIKENESS[tier], "length", "script", "constant"]
    rows, targets, weights = [], [], []
    for example in [*examples, *([judged] if judged else [])]:
        kept = keep.get(example.name, np.ones(len(example.target), bool))
        crossing = is_across(example.articles, example.first, example.second)[kept].astype(np.float64)
        sides = [(name, 1 - crossing) for name in within] + [(name, crossing) for name in across]
        rows.append(np.stack([example.features[name][kept] * side for name, side in sides], axis=1))
        if example is judged:
            targets.append(likeness(example.target, level))
            share = np.where(crossing > 0, JUDGED[level][1], JUDGED[level][0])
            weights.append(share * (1 + OTHERS) / len(example.target))
        else:
            targets.append(example.target[kept])
            weights.append(counts(example, kept, level))
    table, target, weight = np.concatenate(rows), np.concatenate(targets), np.concatenate(weights)
    bounded = [name in (*LIKENESS[tier], "script") for name in (*within, *across)]
    found = non_negative_logistic(table, target, weight / weight.sum() * 2000, bounded)
    parts = [
        {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
        for names, values in ((within, found[: len(within)]), (across, found[len(within) :]))
    ]
    for part, cut in zip(parts, CUT[tier, level], strict=True):
        part["constant"] = round(part["constant"] + cut, 4)
    return Weights(parts[0], parts[1], *DATES[level])


def counts(example: Examples, kept: NDArray[np.bool_], level: str) -> NDArray[np.float64]:
    """How much each pair of a labelled set counts."""
    one, twins = example.target[kept] > 0.5, example.twins[kept]
    weight = np.where(one, 1 / max(one.sum(), 1), OTHERS / max((~one).sum(), 1))
    if level == "story" and twins.any():
        weight = weight + np.where(twins, TWINS / twins.sum(), 0)
    found: NDArray[np.float64] = weight if example.name == "ecbplus" else weight * TRANSLATIONS[level]
    return found


def non_negative_logistic(
    table: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64], bounded: Sequence[bool]
) -> NDArray[np.float64]:
    """Logistic regression with soft targets, a ridge, and no `bounded` coefficient below 0."""
    from scipy.optimize import minimize
    from scipy.special import expit

    scale = np.maximum(table.std(axis=0), 1e-9)
    scaled = table / scale

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = scaled @ values
        missed = weight * (expit(odds) - target)
        total = (weight * (np.logaddexp(0, odds) - target * odds)).sum() + 0.5 * RIDGE * (values**2).sum()
        return float(total), scaled.T @ missed + RIDGE * values

    bounds = [(0, None) if low else (None, None) for low in bounded]
    result = minimize(
        loss, np.zeros(table.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}
    )
    found: NDArray[np.float64] = result.x / scale
    return found


if __name__ == "__main__":
    main()
