"""Coefficients that turn what a pair shares into log odds: plain numbers in `data/calibration.json`, by tier.

`benchmarks/fit_calibration.py` fits them, and holds the alternatives tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

FILE = "calibration.json"

GUESSED_SLOPE = 8.0
GUESSED_MIDDLE = 0.28
"""Log odds by the cosine of a model that nothing was fitted for, less what is usual: 0 at GUESSED_MIDDLE, and
GUESSED_SLOPE more for 1.

Half of that counts, so no cosine adds more than 2. Texts that share no word or name then stay apart, also where a
model's vectors all lie close together and a few articles do not tell their middle.
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients of one level of one tier.

    The log odds are the weighted sum of the features, by `within` for a pair in one language and by `across` for a pair
    in two; "constant" is the weight of 1. No likeness weighs less than 0. `apart` is what the log odds lose when two
    known dates lie far apart, `sigma` (days) how soon. The brief coefficients are those of a headline alone; where
    there are none, it is judged as a text is.
    """

    within: Mapping[str, float]
    across: Mapping[str, float]
    apart: float
    sigma: float
    brief_within: Mapping[str, float] = field(default_factory=dict)
    brief_across: Mapping[str, float] = field(default_factory=dict)

    def sides(self) -> Iterator[tuple[Mapping[str, float], Mapping[str, float]]]:
        """The coefficients of a text and of a headline alone, within a language and then across."""
        yield self.within, self.brief_within or self.within
        yield self.across, self.brief_across or self.across


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of one tier: for reporting one event, and for belonging to one story."""

    event: Weights
    story: Weights


@lru_cache(maxsize=1)
def load_calibrations() -> Mapping[str, Calibration]:
    """The shipped coefficients by tier: "static" without, "dense" with the built-in model's vectors."""
    text = files("newsclust").joinpath("data", FILE).read_text(encoding="utf-8")
    return {
        tier: Calibration(**{level: Weights(**weights) for level, weights in levels.items()})
        for tier, levels in json.loads(text)["tiers"].items()
    }


@lru_cache(maxsize=1)
def uncalibrated() -> Calibration:
    """The coefficients for vectors of a model that none were fitted for.

    Two opinions, of which the mean log odds are taken (a logarithmic opinion pool): that of the tier without a
    transformer, which is fitted and knows nothing of the model, and a guess by the cosine of centred vectors.
    """
    static = load_calibrations()["static"]
    return Calibration(*(_pooled(level) for level in (static.event, static.story)))


def _pooled(static: Weights) -> Weights:
    return replace(static, within=_half_guessed(static.within), across=_half_guessed(static.across))


def _half_guessed(static: Mapping[str, float]) -> dict[str, float]:
    halved = {name: weight / 2 for name, weight in static.items()}
    return halved | {
        "dense": GUESSED_SLOPE / 2,
        "constant": halved.get("constant", 0.0) - GUESSED_SLOPE * GUESSED_MIDDLE / 2,
    }
