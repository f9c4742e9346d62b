"""Does a probability mean what it says? Writes docs/reliability.svg and prints the tables of docs/quality.md.

    python benchmarks/reliability.py [SET...]

Each set (or each SET named, without the picture) is left out in turn: statistics and coefficients are fitted on the
others, each of those described by statistics that have seen neither it nor the set left out. Then the set is grouped,
and its pairs are scored.
What stays as shipped is learnt without labels: weights of words and names, and static vectors.

For each level ten bins of probability are compared with the share of pairs that belong together: in the labelled sets
those of one labelled story, among the judged pairs those judged 1 to 2 on the scale of 1 (same story) to 4.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_calibration import fitted, load_material
from gold_sets import PAIRS, GoldArticles
from numpy.typing import NDArray
from pair_examples import bcubed_by_article, judged_examples, labelled_examples

from newsclust.calibrating.examples import Examples, Floats
from newsclust.clustering.linkage import cluster
from newsclust.pipeline import compare
from newsclust.similarity.calibration import Calibration, Weights
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import contributions, date_effect, probability

BINS = 10
SAME_STORY = 2.0
"""Judgement up to which a judged pair counts as one story."""
LEVELS = ("event", "story")
PICTURE = Path(__file__).parent.parent / "docs" / "reliability.svg"
COLOURS = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7b4fa3")
SHOWN = ("real_hour", "real_day", "ecbplus", PAIRS)
"""The sets in the picture."""


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
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", metavar="SET")
    chosen = parser.parse_args().sets
    material = load_material()
    curves: dict[tuple[str, str], Curve] = {}
    for name in chosen or material.sets:
        others, gold = material.without(name), material.sets[name]
        fits = fitted(others)
        articles = others.described(gold, material.features[name])
        if name == PAIRS:
            ours = judged_examples(articles, *material.judged)
            probabilities = probability(odds_of(ours, articles, fits["dense"], "story"))
            print(
                f"{name} story, set held out: Pearson {np.corrcoef(probabilities, -ours.target)[0, 1]:.3f}", flush=True
            )
        else:
            ours = labelled_examples(gold, articles)
            for tier, calibration in fits.items():
                left_out(gold, articles if tier == "dense" else replace(articles, dense=None), calibration)
            headlines = material.headlines[name]
            print("headlines alone, ", end="")
            left_out(headlines, others.described(headlines, material.headline_features[name]), fits["dense"])
        for level in LEVELS:
            curves[name, level] = curve(probability(odds_of(ours, articles, fits["dense"], level)), together(ours))
    for level in LEVELS:
        print(table(level, curves))
    if not chosen:
        PICTURE.write_text(picture({key: found for key, found in curves.items() if key[0] in SHOWN}), encoding="utf-8")


def left_out(gold: GoldArticles, articles: ArticleFeatures, calibration: Calibration) -> None:
    """Print how a set is grouped that neither the statistics nor the coefficients have seen."""
    compared = compare(gold.articles, articles, calibration)
    found = cluster(compared.pairs, len(articles), score=compared.score)
    tier = "static" if articles.dense is None else "dense"
    for level, labels in (("event", found.events), ("story", found.stories)):
        print(f"{gold.name} {tier} {level}, set held out: {described(gold, labels)}", flush=True)


def described(gold: GoldArticles, labels: NDArray[np.intp]) -> str:
    """B-cubed of all judged articles and of stories of two and more; precision and recall of pairs."""
    judged = gold.stories >= 0
    stories, found, languages = gold.stories[judged], labels[judged], np.array(gold.languages)[judged]
    agreement = bcubed_by_article(stories, found)
    several = np.bincount(stories)[stories] > 1
    parts = [f"B-cubed F1 {f1(agreement):.3f}, of stories of two and more {f1(agreement[several]):.3f}"]
    first, second = np.triu_indices(len(stories), 1)
    one, joined = stories[first] == stories[second], found[first] == found[second]
    across = languages[first] != languages[second]
    for name, here in (("within", ~across), ("across", across)):
        right = (one & joined & here).sum()
        shares = right / max((joined & here).sum(), 1), right / max((one & here).sum(), 1)
        parts.append(f"{name} P {shares[0]:.2f} R {shares[1]:.2f}")
    return ", ".join(parts)


def f1(agreement: Floats) -> float:
    """Of the mean precision and recall."""
    precision, recall = agreement.mean(axis=0)
    return float(2 * precision * recall / (precision + recall))


def together(example: Examples) -> Floats:
    """Which pairs belong together."""
    return (example.target <= SAME_STORY).astype(np.float64) if example.name == PAIRS else example.target


def odds_of(example: Examples, articles: ArticleFeatures, calibration: Calibration, level: str) -> Floats:
    """The log odds of the pairs."""
    weights: Weights = getattr(calibration, level)
    added = np.sum(list(contributions(example.features, example.across, weights).values()), axis=0)
    odds: Floats = added + date_effect(articles, example.first, example.second, weights)
    return odds


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
