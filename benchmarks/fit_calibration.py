"""Rebuilds src/newsclust/data/calibration.json, the coefficients of the same-story score.

    python benchmarks/fit_calibration.py

A logistic regression for each tier: "dense" with the transformer's vectors, "static" without. Fitted on the candidate
pairs of the labelled sets (a story's pairs against the rest) and on the judged pairs (their likeness as a soft target).
Each set counts alike, and so do its pairs of one story and, OTHERS times as much, its other pairs. Each set is
described by statistics that have not seen it (`held_out.py`).

`reliability.py` measures how well this does on sets that were held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from build_background import Vectors
from gold_sets import LABELLED, PAIRS, TRANSLATIONS, GoldArticles, load_pairs, load_set
from held_out import described_by, items
from numpy.typing import NDArray
from pair_examples import features_of, judged_examples, labelled_examples

from newsclust.calibrating.examples import OTHERS, Examples, weighted
from newsclust.calibrating.regression import non_negative_logistic
from newsclust.similarity.calibration import FILE, Calibration, Weights
from newsclust.similarity.features import ArticleFeatures

TARGET = Path(__file__).parent.parent / "src" / "newsclust" / "data" / FILE

TIERS = {"dense": ("dense", "words", "names", "phonetic"), "static": ("static", "words", "names", "phonetic")}
"""The likenesses of each tier. Beside `dense`, `static` weighs nothing; nor do the length of a text, whether the
scripts differ, the cosine before whitening, or that of the headlines alone."""
TWINS = 2.0
"""For one story: how much more the twins of ECB+ count (two earthquakes, two trials), which are two stories."""
COUNTS = {"event": 1.0, "story": 0.2}
"""How much a set of translations counts: they are so alike that they hide what independent reports are like."""
JUDGED = {"event": 0.15, "story": 1.0}
"""How much the judged pairs count: they grade likeness of topic, place and people."""
CUT = {
    ("dense", "event"): (-0.2, 0.0),
    ("dense", "story"): (1.77, 1.1),
    ("static", "event"): (-0.4, -0.2),
    ("static", "story"): (0.1, -0.2),
}
"""Added to the constants (within a language, across): a pair of candidates is not a pair at random."""
DATES = {"event": (3.0, 14.0), "story": (1.5, 60.0)}
"""What far apart dates take from the log odds, and the days (sigma) that count as near. The least that parts rounds of
talks six weeks apart. In `ecbplus` some labels hold reports on an affair months apart: with (2.5, 6) it scores .912,
with (3, 14) .895, with (4, 8) .887."""
NOTHING = -2.0
"""What a pair across languages that shares no name, number or word loses in the log odds of one story. Where
vectors are as alike as those of a story now and then are (.05 to .2 above what is usual), no pair of one story of
`real_hour`, `real_day` and `flores_wikinews_core` shares nothing (of 294), and 33 % to 21 % of the other pairs of
the last, whose texts are short. For one event it gains nothing, and parts two reports of `real_hour`."""
Judged = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]


def main() -> None:
    sets, judged = load_sets()
    features = {name: features_of(gold) for name, gold in sets.items()}
    parallel = items()
    examples = [examples_of(name, sets, features, judged, parallel) for name in sets]
    tiers = {tier: fitted(tier, examples) for tier in TIERS}
    TARGET.write_text(
        json.dumps({"tiers": {t: asdict(c) for t, c in tiers.items()}}, indent=1) + "\n", encoding="utf-8"
    )
    for tier, calibration in tiers.items():
        print(tier, json.dumps(asdict(calibration)))


def load_sets() -> tuple[dict[str, GoldArticles], Judged]:
    """Every set by name, and the judged pairs."""
    documents, first, second, overall = load_pairs()
    return {**{name: load_set(name) for name in LABELLED}, PAIRS: documents}, (first, second, overall)


def examples_of(
    name: str,
    sets: Mapping[str, GoldArticles],
    features: Mapping[str, ArticleFeatures],
    judged: Judged,
    parallel: Mapping[str, Vectors],
) -> Examples:
    """The pairs of one set, as statistics of the other `sets` describe it."""
    others = [gold for other, gold in sets.items() if other != name]
    articles = described_by(others, sets[name], features, parallel)
    found = judged_examples(articles, *judged) if name == PAIRS else labelled_examples(sets[name], articles)
    print(f"{name}: {len(found.first)} pairs", flush=True)
    return found


def likeness(overall: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    """What people judged as a share: 1 up to 1.75, 0 from 2.75 on for one event; 1 up to 2, 0 from 3.4 for a story."""
    return np.clip(2.75 - overall if level == "event" else (3.4 - overall) / 1.4, 0, 1)


def fitted(tier: str, examples: Sequence[Examples]) -> Calibration:
    """Coefficients from the pairs of the sets."""
    return Calibration(*(weights_of(tier, level, examples) for level in ("event", "story")))


def weights_of(tier: str, level: str, examples: Sequence[Examples]) -> Weights:
    """Coefficients of one level: a regression of its own within a language, and one across languages."""
    sides = []
    for across, cut in zip((False, True), CUT[tier, level], strict=True):
        parts = [part for example in examples if (part := _part(example, level, TIERS[tier], across)) is not None]
        table, target, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        bounded = [*(True for _ in TIERS[tier]), False]
        found = non_negative_logistic(table, target, weight / weight.sum() * 2000, bounded)
        found[-1] += cut
        sides.append(
            {name: round(float(value), 4) for name, value in zip((*TIERS[tier], "constant"), found, strict=True)}
        )
    if (tier, level) == ("dense", "story"):
        sides[1]["nothing"] = NOTHING
    return Weights(sides[0], sides[1], *DATES[level])


def _part(
    example: Examples, level: str, names: Sequence[str], across: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]] | None:
    """Features, targets and weights of a set's pairs within a language or across; None where they tell nothing."""
    if example.name == PAIRS:
        here = example.across == across
        table = np.stack([example.features[name][here] for name in (*names, "constant")], axis=1)
        count = JUDGED[level] * (1 + OTHERS) / here.sum()
        return table, likeness(example.target[here], level), np.full(here.sum(), count)
    found = weighted(example, names, across)
    if found is None:
        return None
    table, target, weight = found
    twins = example.twins[example.across == across]
    if level == "story" and twins.any():
        weight = weight + np.where(twins, TWINS / twins.sum(), 0)
    share = COUNTS[level] if example.name in TRANSLATIONS else 1.0
    return table, target, share * weight


if __name__ == "__main__":
    main()
