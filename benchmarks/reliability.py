"""Does a probability mean what it says? Writes docs/reliability.svg and prints the tables of docs/quality.md.

    python benchmarks/reliability.py

The stories of the labelled sets and the judged pairs are dealt into five folds. For each, the whitening and the
coefficients are fitted on the other folds; the pairs of the fold (by their first article's story) are scored with them.
Then each set is grouped with a whitening and coefficients fitted on the other sets alone.
What stays as shipped is learnt without labels: language means, their reliability, weights of words and names.

For each level ten bins of probability are compared with the share of pairs that belong together: in the labelled sets
those of one labelled story, among the judged pairs those judged 1 to 2 on the scale of 1 (same story) to 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_calibration import fitted
from gold_sets import LABELLED
from held_out import FOLDS, Floats, Folds, by_first, cross_fitted, dealt, whitened, whitening_without
from numpy.typing import NDArray
from pair_examples import Examples, bcubed_by_article, judged_examples, labelled_examples, part_of

from newsclust.clustering.linkage import cluster
from newsclust.similarity.calibration import Calibration, Weights
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import contributions, date_effect, is_across, probability, score_pairs

BINS = 10
SAME_STORY = 2.0
"""Judgement up to which a judged pair counts as one story."""
LEVELS = ("event", "story")
PICTURE = Path(__file__).parent.parent / "docs" / "reliability.svg"
COLOURS = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7b4fa3")
THREE_LANGUAGES = ("id", "de", "en")
"""ntrex_iddeen is ntrex_core23 in these."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One set at one level: per bin the pairs, their mean probability and the share that belongs together."""

    counts: NDArray[np.intp]
    predicted: Floats
    observed: Floats

    @property
    def error(self) -> float:
        """Expected calibration error: the mean distance between the two, by pairs."""
        filled = self.counts > 0
        gaps = np.abs(self.predicted - self.observed)[filled]
        return float((gaps * self.counts[filled]).sum() / self.counts.sum())


def main() -> None:
    labelled = [labelled_examples(name) for name in LABELLED]
    judged = judged_examples()
    everything = [*labelled, judged]
    folds = dealt(everything)
    odds = {(example.name, level): np.zeros(len(example.first)) for example in everything for level in LEVELS}
    agreement: dict[tuple[str, str], Floats] = {}
    for held in range(FOLDS):
        calibration = fitted_without(cross_fitted(labelled, judged, folds, {held}), folds, held)
        whitening = whitening_without(labelled, folds, {held})
        for example in (whitened(example, whitening) for example in everything):
            here = by_first(example, folds) == held
            for level, values in held_out_odds(example, calibration, here).items():
                odds[example.name, level][here] = values
            if example.name != judged.name:
                count_agreement(agreement, example, calibration, folds[example.name][example.gold.stories] == held)
    for (name, level), values in agreement.items():
        print(f"{name} {level}, held out:", described(values))
    for level in LEVELS:
        chances = probability(odds[judged.name, level])
        print(f"{judged.name} {level}, held out: Pearson {np.corrcoef(chances, -judged.target)[0, 1]:.3f}")
    for example in labelled:
        left_out(example, labelled, judged)
    curves = {
        (example.name, level): curve(probability(odds[example.name, level]), together(example))
        for example in everything
        for level in LEVELS
    }
    for level in LEVELS:
        print(table(level, curves))
    PICTURE.write_text(picture(curves), encoding="utf-8")


def count_agreement(
    agreement: dict[tuple[str, str], Floats], example: Examples, calibration: Calibration, here: NDArray[np.bool_]
) -> None:
    """Group a set, and one of three languages within it, and note precision and recall of the articles held out."""
    for name, chosen in parts(example):
        for level, labels in grouped(part_of(example.articles, chosen), calibration):
            found = agreement.setdefault((name, level), np.zeros((int(chosen.sum()), 2)))
            of_part = here[chosen]
            found[of_part] = bcubed_by_article(example.gold.stories[chosen], labels)[of_part]


def parts(example: Examples) -> list[tuple[str, NDArray[np.bool_]]]:
    """The set, and the articles of ntrex_iddeen where it holds them."""
    whole = (example.name, np.ones(len(example.articles), bool))
    three = ("ntrex_iddeen", np.isin(np.array(example.gold.languages), THREE_LANGUAGES))
    return [whole, three] if example.name == "ntrex_core23" else [whole]


def grouped(articles: ArticleFeatures, calibration: Calibration) -> list[tuple[str, NDArray[np.intp]]]:
    found = cluster(score_pairs(articles, *candidate_pairs(articles), calibration), len(articles))
    return [("event", found.events), ("story", found.stories)]


def described(agreement: Floats) -> str:
    """Precision, recall and F1."""
    precision, recall = agreement.mean(axis=0)
    return f"B-cubed {precision:.3f} {recall:.3f} {2 * precision * recall / (precision + recall):.4f}"


def left_out(example: Examples, labelled: Sequence[Examples], judged: Examples) -> None:
    """Print B-cubed of a set that neither the whitening nor the coefficients have seen."""
    others = [other for other in labelled if other is not example]
    folds = dealt(others)
    *theirs, pairs = cross_fitted(others, judged, folds)
    calibration = fitted("dense", theirs, pairs)
    ours = whitened(example, whitening_without(others, folds, ()))
    for name, chosen in parts(ours):
        for level, labels in grouped(part_of(ours.articles, chosen), calibration):
            print(f"{name} {level}, set held out:", described(bcubed_by_article(ours.gold.stories[chosen], labels)))


def together(example: Examples) -> Floats:
    """Which pairs belong together."""
    judged = example.gold.stories.max() < 0
    return (example.target <= SAME_STORY).astype(np.float64) if judged else example.target


def fitted_without(examples: Sequence[Examples], folds: Folds, held: int) -> Calibration:
    """Coefficients of pairs without any article of a held-out story, and without the judged pairs held out."""
    *labelled, judged = examples
    keep = {}
    for example in labelled:
        of_article = folds[example.name][example.gold.stories]
        keep[example.name] = (of_article[example.first] != held) & (of_article[example.second] != held)
    left = folds[judged.name] != held
    part = replace(
        judged,
        first=judged.first[left],
        second=judged.second[left],
        features={name: values[left] for name, values in judged.features.items()},
        target=judged.target[left],
        twins=judged.twins[left],
    )
    return fitted("dense", labelled, part, keep)


def held_out_odds(example: Examples, calibration: Calibration, here: NDArray[np.bool_]) -> dict[str, Floats]:
    """The log odds of the pairs chosen, by level."""
    features = {name: values[here] for name, values in example.features.items()}
    first, second = example.first[here], example.second[here]
    across = is_across(example.articles, first, second)
    found = {}
    for level in LEVELS:
        weights: Weights = getattr(calibration, level)
        added = np.sum(list(contributions(features, across, weights).values()), axis=0)
        found[level] = added + date_effect(example.articles, first, second, weights)
    return found


def curve(predicted: Floats, observed: Floats) -> Curve:
    bins = np.minimum((predicted * BINS).astype(int), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    some = np.maximum(counts, 1)
    return Curve(
        counts,
        np.bincount(bins, weights=predicted, minlength=BINS) / some,
        np.bincount(bins, weights=observed, minlength=BINS) / some,
    )


def table(level: str, curves: Mapping[tuple[str, str], Curve]) -> str:
    """A Markdown table: a row a bin, a column a set."""
    names = [name for name, of in curves if of == level]
    lines = [f"| P ({level}) | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for place in range(BINS):
        found = [curves[name, level] for name in names]
        cells = [f"{c.observed[place]:.2f} ({c.counts[place]:,})" if c.counts[place] else "–" for c in found]
        lines.append(f"| {place / BINS:.1f}–{(place + 1) / BINS:.1f} | " + " | ".join(cells) + " |")
    lines.append("| mean distance | " + " | ".join(f"{curves[name, level].error:.3f}" for name in names) + " |")
    return "\n".join(lines)


def picture(curves: Mapping[tuple[str, str], Curve]) -> str:
    """Both levels side by side: predicted probability to the right, share that belongs together upwards."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 400" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        "<title>Predicted probability and observed share of pairs that belong together, held out</title>",
        '<rect width="760" height="400" fill="#ffffff"/>',
    ]
    for panel, level in enumerate(LEVELS):
        parts += _panel(50 + 370 * panel, level, {name: c for (name, of), c in curves.items() if of == level})
    for place, name in enumerate(dict.fromkeys(name for name, _ in curves)):
        x = 50 + 175 * place
        parts.append(f'<rect x="{x}" y="378" width="12" height="12" fill="{COLOURS[place]}"/>')
        parts.append(f'<text x="{x + 18}" y="388">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, level: str, curves: Mapping[str, Curve]) -> list[str]:
    side, top = 300, 30
    parts = [
        f'<text x="{left}" y="{top - 12}" font-weight="600">P(one {level})</text>',
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#bbbbbb"/>',
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="#bbbbbb" stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{left + tick * side:.0f}" y="{top + side + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 6}" y="{top + side * (1 - tick) + 4:.0f}" text-anchor="end">{tick:g}</text>')
    for found, colour in zip(curves.values(), COLOURS, strict=True):
        filled = found.counts > 0
        places = [
            (left + p * side, top + (1 - o) * side)
            for p, o in zip(found.predicted[filled], found.observed[filled], strict=True)
        ]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    return parts


if __name__ == "__main__":
    main()
