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
from build_background import within_class_whitening
from fit_calibration import (
    Examples,
    bcubed_by_article,
    fitted,
    judged_examples,
    labelled_examples,
    show,
)
from gold_sets import LABELLED
from numpy.typing import NDArray

from newsclust.background import load_background
from newsclust.candidates import candidate_pairs
from newsclust.clustering import cluster
from newsclust.embedding import unit_rows
from newsclust.similarity import (
    Calibration,
    Weights,
    contributions,
    date_effect,
    is_across,
    probability,
    score_pairs,
)

FOLDS = 5
BINS = 10
SAME_STORY = 2.0
"""Judgement up to which a judged pair counts as one story."""
LEVELS = ("event", "story")
PICTURE = Path(__file__).parent.parent / "docs" / "reliability.svg"
COLOURS = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7b4fa3")

Floats = NDArray[np.float64]
_AT_ONCE = 1 << 15


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
    fold = {example.name: dealt(example) for example in everything}
    odds = {(example.name, level): np.zeros(len(example.first)) for example in everything for level in LEVELS}
    agreement = {
        (example.name, level): np.zeros((len(example.articles), 2)) for example in labelled for level in LEVELS
    }
    for held in range(FOLDS):
        refitted = with_whitening(everything, whitening_without(labelled, fold, held))
        calibration = fitted_without(refitted[:-1], refitted[-1], fold, held)
        for example in refitted:
            here = by_first(example, fold) == held
            for level, values in held_out_odds(example, calibration, here).items():
                odds[example.name, level][here] = values
        for example in refitted[:-1]:
            found = cluster(
                score_pairs(example.articles, *candidate_pairs(example.articles), calibration), len(example.articles)
            )
            of_fold = fold[example.name][example.gold.stories] == held
            for level, labels in (("event", found.events), ("story", found.stories)):
                agreement[example.name, level][of_fold] = bcubed_by_article(example.gold.stories, labels)[of_fold]
    for (name, level), values in agreement.items():
        precision, recall = values.mean(axis=0)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name} {level}, held out: B-cubed {precision:.3f} {recall:.3f} {f1:.4f}")
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


def left_out(example: Examples, labelled: Sequence[Examples], judged: Examples) -> None:
    """Print B-cubed of a set that neither the whitening nor the coefficients have seen."""
    others = [other for other in labelled if other is not example]
    centred = load_background().dense.centred
    whitening = within_class_whitening(
        [(centred(other.gold.vectors, other.gold.languages), other.gold.stories) for other in others]
    )
    ours, *theirs, pairs = with_whitening([example, *others, judged], whitening)
    show(ours, fitted("dense", theirs, pairs), "dense", "set left out of whitening and coefficients")


def dealt(example: Examples) -> NDArray[np.intp]:
    """The fold of each story; of each pair where there are no stories."""
    groups = example.gold.stories.max() + 1 or len(example.first)
    return np.asarray(np.random.default_rng(1).permutation(groups) % FOLDS, np.intp)


def by_first(example: Examples, fold: Mapping[str, NDArray[np.intp]]) -> NDArray[np.intp]:
    """The fold of each pair: its first article's story's."""
    stories = example.gold.stories
    return fold[example.name] if stories.max() < 0 else fold[example.name][stories[example.first]]


def together(example: Examples) -> Floats:
    """Which pairs belong together."""
    judged = example.gold.stories.max() < 0
    return (example.target <= SAME_STORY).astype(np.float64) if judged else example.target


def whitening_without(
    labelled: Sequence[Examples], fold: Mapping[str, NDArray[np.intp]], held: int
) -> NDArray[np.float32]:
    """The whitening, fitted on the stories of the other folds."""
    centred = load_background().dense.centred
    sets = []
    for example in labelled:
        stories = example.gold.stories
        sets.append(
            (
                centred(example.gold.vectors, example.gold.languages),
                np.where(fold[example.name][stories] == held, -1, stories),
            )
        )
    return within_class_whitening(sets)


def with_whitening(examples: Sequence[Examples], whitening: NDArray[np.float32]) -> list[Examples]:
    """The same examples with their vectors whitened anew."""
    space = load_background().dense
    changed = []
    for example in examples:
        centred = space.centred(example.gold.vectors, example.gold.languages)
        articles = example.articles.with_dense(unit_rows(centred @ whitening.astype(np.float16).astype(np.float32)))
        features = {**example.features, "dense": dense_cosines(replace(example, articles=articles))}
        changed.append(replace(example, articles=articles, features=features))
    return changed


def dense_cosines(example: Examples) -> Floats:
    """The score's cosine of the transformer's vectors, over the languages' reliability across languages."""
    articles = example.articles
    assert articles.dense is not None
    parts = []
    for start in range(0, len(example.first), _AT_ONCE):
        first, second = example.first[start : start + _AT_ONCE], example.second[start : start + _AT_ONCE]
        reliability = articles.dense_reliability[first] * articles.dense_reliability[second]
        cosines = (articles.dense[first] * articles.dense[second]).sum(axis=1)
        parts.append(cosines / np.where(is_across(articles, first, second), reliability, 1.0))
    return np.concatenate(parts).astype(np.float64)


def fitted_without(
    labelled: Sequence[Examples], judged: Examples, fold: Mapping[str, NDArray[np.intp]], held: int
) -> Calibration:
    """Coefficients of pairs without any article of a held-out story, and without the judged pairs held out."""
    keep = {}
    for example in labelled:
        of_article = fold[example.name][example.gold.stories]
        keep[example.name] = (of_article[example.first] != held) & (of_article[example.second] != held)
    left = fold[judged.name] != held
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
