"""Rebuilds src/newsclust/data/calibration.json, the coefficients of the same-story score.

    python benchmarks/fit_calibration.py

A logistic regression for each tier: "dense" with the transformer's vectors, "static" without. Fitted on the candidate
pairs of the labelled sets (a story's pairs against the rest) and on the judged pairs (their likeness as a soft target).
Each set counts alike, and so do its pairs of one story and, OTHERS times as much, its other pairs. Each set is
described by statistics that have not seen it (`held_out.py`). The dense tier has coefficients for texts and others for
headlines: each labelled set takes part whole, and once more with its headlines alone.

`reliability.py` measures how well this does on sets that were held out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
from build_background import Vectors
from gold_sets import LABELLED, PAIRS, TRANSLATIONS, GoldArticles, headlines_of, load_pairs, load_set
from held_out import Spaces, described_by, items, spaces_of
from numpy.typing import NDArray
from pair_examples import features_of, judged_examples, labelled_examples

from newsclust.calibrating.examples import OTHERS, Examples, weighted
from newsclust.calibrating.fit import OF_EVENTS
from newsclust.calibrating.regression import non_negative_logistic
from newsclust.similarity.calibration import FILE, Calibration, Weights
from newsclust.similarity.features import ArticleFeatures

TARGET = Path(__file__).parent.parent / "src" / "newsclust" / "data" / FILE

DENSE = ("dense", "words", "names", "phonetic")
STATIC = ("static", "words", "names", "phonetic")
"""The likenesses of each tier. Beside `dense`, `static` weighs nothing; nor do whether the scripts differ, the cosine
before whitening, or that of the headlines alone."""
BRIEF = "brief "
"""Before the name of a feature, as it counts for headlines."""
TWINS = 2.0
"""For one story: how much more the twins of ECB+ count (two earthquakes, two trials), which are two stories."""
COUNTS = {"event": 1.0, "story": 0.2}
"""How much a set of translations counts: they are so alike that they hide what independent reports are like."""
JUDGED = {"event": 0.15, "story": 1.0}
"""How much the judged pairs count: they grade likeness of topic, place and people."""
CUT = {
    ("dense", "event"): (0.0, 0.2),
    ("dense", "story"): (1.6, 1.1),
    ("static", "event"): (-0.1, 0.3),
    ("static", "story"): (0.2, 0.0),
}
"""Added to the constants, within a language and across: a pair of candidates is not a pair at random."""
HEADLINE_CUT = (0.2, 0.65)
"""The same for headlines, for one event and one story alike: fitted by themselves the log odds of one story were below
those of one event, as few headlines of one story are of two events."""
SCANT = -5.0
"""What a text that says next to nothing takes from the log odds: section names, single words, scores."""
DATES = {"event": (4.0, 8.0), "story": (1.5, 60.0)}
"""What far apart dates take from the log odds, and the days (sigma) that count as near. 4 is the least that parts
rounds of talks six weeks apart, and some to spare. Of judged pairs of news that the texts alone call one event at .8,
those two days apart and more are one event three times in ten, those of one day eight times. By log loss 3 to 5 days
fit them best (.310; 8 days .312, 14 days .316). But `ecbplus` labels affairs of weeks as one event, and `zh_accidents`
reports of four days: 14 days score .896 and .890 there, 8 days .895 and .895, 4 days .884 and .877."""
NOTHING = -2.0
"""What a pair across languages that shares no name, number or word loses in the log odds of one story. Where
vectors are as alike as those of a story now and then are (.05 to .2 above what is usual), no pair of one story of
`real_hour`, `real_day` and `flores_wikinews_core` shares nothing (of 294), and 33 % to 21 % of the other pairs of
the last, whose texts are short. For one event it gains nothing, and parts two reports of `real_hour`."""

Judged = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Material:
    """What the score is fitted on: every set by name, whole and as headlines alone, with its features as shipped.

    `judged` are the judged pairs, `parallel` vectors of the parallel items by language. `spaces` keeps what some of the
    sets, by their names, say of the vector spaces: each is asked for several times.
    """

    sets: Mapping[str, GoldArticles]
    features: Mapping[str, ArticleFeatures]
    headlines: Mapping[str, GoldArticles]
    headline_features: Mapping[str, ArticleFeatures]
    judged: Judged
    parallel: Mapping[str, Vectors]
    spaces: dict[frozenset[str], Spaces] = field(default_factory=dict)

    def without(self, name: str) -> Material:
        """Return the same with one set left out."""
        return replace(self, sets={other: gold for other, gold in self.sets.items() if other != name})

    def described(self, gold: GoldArticles, known: ArticleFeatures) -> ArticleFeatures:
        """Return the features of a set, by statistics of the sets that are not of its name."""
        others = {name: other for name, other in self.sets.items() if name != gold.name}
        names = frozenset(others)
        if names not in self.spaces:
            self.spaces[names] = spaces_of(list(others.values()), self.features, self.parallel)
        return described_by(self.spaces[names], gold, known)

    def texts(self) -> list[Examples]:
        """Return the pairs of each set, as statistics of the other sets describe them."""
        described = ((gold, self.described(gold, self.features[name])) for name, gold in self.sets.items())
        return [
            judged_examples(articles, *self.judged) if gold.name == PAIRS else labelled_examples(gold, articles)
            for gold, articles in described
        ]

    def alone(self) -> list[Examples]:
        """Return the pairs of each labelled set's headlines, described likewise."""
        return [
            labelled_examples(gold, self.described(gold, self.headline_features[name]))
            for name, gold in self.headlines.items()
            if name in self.sets
        ]


def main() -> None:
    material = load_material()
    tiers = fitted(material)
    TARGET.write_text(
        json.dumps({"tiers": {t: asdict(c) for t, c in tiers.items()}}, indent=1) + "\n", encoding="utf-8"
    )
    for tier, calibration in tiers.items():
        print(tier, json.dumps(asdict(calibration)))


def load_material() -> Material:
    """Read every set."""
    documents, first, second, overall = load_pairs()
    labelled = {name: load_set(name) for name in LABELLED}
    headlines = {name: headlines_of(gold) for name, gold in labelled.items()}
    sets = {**labelled, PAIRS: documents}
    features, alone = ({name: features_of(gold) for name, gold in some.items()} for some in (sets, headlines))
    return Material(sets, features, headlines, alone, (first, second, overall), items())


def likeness(overall: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    """What people judged as a share: 1 up to 1.75, 0 from 2.75 on for one event; 1 up to 2, 0 from 3.4 for a story."""
    return np.clip(2.75 - overall if level == "event" else (3.4 - overall) / 1.4, 0, 1)


def fitted(material: Material) -> dict[str, Calibration]:
    """Coefficients of both tiers from the pairs of the sets."""
    texts, headlines = material.texts(), material.alone()
    event, story = (two_regressions(level, [*texts, *headlines]) for level in ("event", "story"))
    story = replace(story, brief_within=event.brief_within, brief_across=event.brief_across)
    return {
        "dense": Calibration(event, story),
        "static": Calibration(*(one_regression(level, texts) for level in ("event", "story"))),
    }


def one_regression(level: str, examples: Sequence[Examples]) -> Weights:
    """Coefficients of one level without vectors, within a language and across."""
    names = features_of_level(level, STATIC)
    sides = [regression(level, examples, names, across) for across in (False, True)]
    within, between = (raised(side, cut) for side, cut in zip(sides, CUT["static", level], strict=True))
    return Weights(within, between, *DATES[level])


def two_regressions(level: str, examples: Sequence[Examples]) -> Weights:
    """Coefficients of one level with vectors, of texts and of headlines: fitted together, each pair by its brevity."""
    parted = [by_brevity(example) for example in examples]
    names = features_of_level(level, DENSE)
    brief = [BRIEF + name for name in (*names, "constant")]
    sides = []
    for across in (False, True):
        found = regression(level, parted, (*names, *brief), across)
        sides.append({name: found[name] for name in (*names, "constant", "scant")})
        sides.append({name.removeprefix(BRIEF): found[name] for name in (*brief, "scant")})
    within, between = (raised(side, cut) for side, cut in zip(sides[::2], CUT["dense", level], strict=True))
    headlines = [raised(side, cut) for side, cut in zip(sides[1::2], HEADLINE_CUT, strict=True)]
    if level == "story":
        between["nothing"] = NOTHING
    return Weights(within, between, *DATES[level], *headlines)


def features_of_level(level: str, likenesses: Sequence[str]) -> tuple[str, ...]:
    """The features of one event, or of one story, without the constant."""
    return (*likenesses, *OF_EVENTS) if level == "event" else tuple(likenesses)


def by_brevity(example: Examples) -> Examples:
    """Return the same pairs with two features for each: as one of texts, and as one of headlines."""
    brevity = example.features["brevity"]
    texts = {name: values * (1 - brevity) for name, values in example.features.items()}
    return replace(example, features=texts | {BRIEF + name: v * brevity for name, v in example.features.items()})


def regression(level: str, examples: Sequence[Examples], names: Sequence[str], across: bool) -> dict[str, float]:
    """Coefficients of the named features and of the constant."""
    parts = [part for example in examples if (part := _part(example, level, names, across)) is not None]
    table, target, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    columns = (*names, "constant")
    bounded = ["constant" not in name for name in columns]
    found = non_negative_logistic(table, target, weight / weight.sum() * 2000, bounded)
    return dict(zip(columns, map(float, found), strict=True)) | {"scant": SCANT}


def raised(side: Mapping[str, float], cut: float) -> dict[str, float]:
    """Return the coefficients, rounded, the constant with the cut."""
    return {name: round(value + cut * (name == "constant"), 4) for name, value in side.items()}


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
