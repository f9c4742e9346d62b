"""Rebuilds src/newsclust/data/calibration.json, the coefficients of the same-story score.

    python benchmarks/fit_calibration.py [--report]

A logistic regression for each tier: "dense" with the transformer's vectors, "static" without. Fitted on the candidate
pairs of the labelled sets (a story's pairs against the rest) and on the judged pairs (3 levels of likeness as weights).
Each set counts alike, and so do its pairs of one story and, OTHERS times as much, its other pairs.

--report prints B-cubed for each set under the shipped coefficients, under story-wise cross-validation (no story is
scored by coefficients or a whitening fitted on it), and with the whole set left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from gold_sets import LABELLED, GoldArticles, load_pairs, load_set, tokenizer
from numpy.typing import NDArray

from newsclust.article_features import SAME_SPACE, ArticleFeatures, dense_vectors, describe
from newsclust.background import load_background
from newsclust.candidates import candidate_pairs
from newsclust.clustering import cluster
from newsclust.embedding import Embeddings
from newsclust.similarity import FILE, Calibration, is_across, pair_features, probability, score_pairs

TARGET = Path(__file__).parent.parent / "src" / "newsclust" / "data" / FILE

SHARED = ("words", "names", "static")
LIKENESS = {"dense": ("dense", *SHARED), "static": SHARED}
OTHERS = 3.0
PRIOR = {"dense": -0.7, "static": -0.2}
RIDGE = 0.5
"""Weight of the squared coefficients (of features scaled to deviation 1) against 2,000 pairs."""
RANDOM_PAIRS = 20_000
DATES = {"apart": 1.5, "sigma": 3.0, "story_apart": 0.5, "story_sigma": 10.0}
STORY = 1.0


@dataclass(frozen=True, eq=False)
class Examples:
    """Pairs with features, how much each counts, and whether (or how far) they tell one story."""

    name: str
    articles: ArticleFeatures
    gold: GoldArticles
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    features: dict[str, NDArray[np.float64]]
    target: NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--report", action="store_true")
    arguments = parser.parse_args()
    examples = [labelled_examples(name) for name in LABELLED]
    judged = judged_examples()
    tiers = {tier: fitted(tier, examples, judged) for tier in LIKENESS}
    TARGET.write_text(
        json.dumps({"tiers": {t: asdict(c) for t, c in tiers.items()}}, indent=1) + "\n", encoding="utf-8"
    )
    for tier, calibration in tiers.items():
        print(tier, json.dumps(asdict(calibration)))
        if arguments.report:
            report(tier, calibration, examples, judged)


def features_of(gold: GoldArticles) -> ArticleFeatures:
    background = load_background()
    articles = describe(gold.articles, tokenizer(), background)
    return articles.with_dense(dense_vectors(Embeddings(gold.vectors, SAME_SPACE), gold.languages, background))


def labelled_examples(name: str) -> Examples:
    gold = load_set(name)
    articles = features_of(gold)
    first, second = candidate_pairs(articles)
    other = np.sort(np.random.default_rng(0).integers(0, len(articles), (RANDOM_PAIRS, 2)), axis=1)
    other = other[other[:, 0] < other[:, 1]]
    first, second = np.concatenate((first, other[:, 0])), np.concatenate((second, other[:, 1]))
    target = (gold.stories[first] == gold.stories[second]).astype(np.float64)
    print(f"{name}: {len(first)} pairs, {target.sum():.0f} of one story")
    return Examples(name, articles, gold, first, second, in_blocks(articles, first, second), target)


def judged_examples() -> Examples:
    gold, first, second, overall = load_pairs()
    articles = features_of(gold)
    likeness = np.clip((4 - overall) / 3, 0, 1)
    return Examples("news_pairs", articles, gold, first, second, in_blocks(articles, first, second), likeness)


def in_blocks(
    articles: ArticleFeatures, first: NDArray[np.intp], second: NDArray[np.intp]
) -> dict[str, NDArray[np.float64]]:
    step = 1 << 15
    blocks = [pair_features(articles, first[s : s + step], second[s : s + step]) for s in range(0, len(first), step)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def fitted(
    tier: str,
    examples: Sequence[Examples],
    judged: Examples | None,
    keep: dict[str, NDArray[np.bool_]] | None = None,
) -> Calibration:
    """Coefficients from the pairs of the sets; `keep` picks pairs by set."""
    likeness = LIKENESS[tier]
    names = [*likeness, "constant", *likeness, "length", "constant"]
    rows, targets, weights = [], [], []
    for example in [*examples, *([judged] if judged else [])]:
        kept = (keep or {}).get(example.name, np.ones(len(example.target), bool))
        across = is_across(example.articles, example.first, example.second)[kept].astype(np.float64)
        within = 1 - across
        sides = [within] * (len(likeness) + 1) + [across] * (len(likeness) + 2)
        rows.append(np.stack([example.features[n][kept] * s for n, s in zip(names, sides, strict=True)], axis=1))
        target = example.target[kept]
        targets.append(target)
        if example is judged:
            weights.append(np.full(len(target), (1 + OTHERS) / len(target)))
        else:
            one = target > 0.5
            weights.append(np.where(one, 1 / max(one.sum(), 1), OTHERS / max((~one).sum(), 1)))
    table, target, weight = np.concatenate(rows), np.concatenate(targets), np.concatenate(weights)
    found = non_negative_logistic(table, target, weight / weight.sum() * 2000, [name in likeness for name in names])
    values = [round(float(value), 4) for value in found]
    within_part, across_part = names[: len(likeness) + 1], names[len(likeness) + 1 :]
    within_weights = dict(zip(within_part, values[: len(within_part)], strict=True))
    across_weights = dict(zip(across_part, values[len(within_part) :], strict=True))
    for part in (within_weights, across_weights):
        part["constant"] = round(part["constant"] + PRIOR[tier], 4)
    return Calibration(within_weights, across_weights, **DATES, story=STORY)


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


def report(tier: str, calibration: Calibration, examples: Sequence[Examples], judged: Examples) -> None:
    for example in examples:
        show(example, calibration, tier, "shipped")
        others = [other for other in examples if other.name != example.name]
        show(example, fitted(tier, others, judged), tier, "set left out")
        cross_validated(example, examples, judged, tier)
    for name, found in (("shipped", calibration), ("sets alone", fitted(tier, examples, None))):
        pairs = score_pairs(tier_features(judged.articles, tier), judged.first, judged.second, found)
        across = is_across(judged.articles, judged.first, judged.second)
        values = [
            round(float(np.corrcoef(score[part], judged.target[part])[0, 1]), 3)
            for score in (probability(pairs.event), pairs.event, probability(pairs.story))
            for part in (across | True, across, ~across)
        ]
        print(f"  {tier} news_pairs {name}: Pearson of P (all, across, within), of log odds, of P(story): {values}")


def tier_features(articles: ArticleFeatures, tier: str) -> ArticleFeatures:
    return articles if tier == "dense" else articles.with_dense(None)


def show(example: Examples, calibration: Calibration, tier: str, name: str) -> None:
    articles = tier_features(example.articles, tier)
    found = cluster(score_pairs(articles, *candidate_pairs(articles), calibration), len(articles))
    print(
        f"  {tier} {example.name} {name}: event",
        *bcubed(example.gold.stories, found.events),
        "story",
        *bcubed(example.gold.stories, found.stories),
    )
    if example.name == "ntrex_core23":
        chosen = np.isin(np.array(example.gold.languages), ["id", "de", "en"])
        part = subset(articles, chosen)
        found = cluster(score_pairs(part, *candidate_pairs(part), calibration), len(part))
        stories = example.gold.stories[chosen]
        print(
            f"  {tier} ntrex_iddeen {name}: event",
            *bcubed(stories, found.events),
            "story",
            *bcubed(stories, found.stories),
        )


def cross_validated(
    example: Examples, examples: Sequence[Examples], judged: Examples, tier: str, folds: int = 5
) -> None:
    """B-cubed of each story's articles when its pairs fitted nothing."""
    articles = tier_features(example.articles, tier)
    stories = example.gold.stories
    fold = np.random.default_rng(1).permutation(stories.max() + 1) % folds
    results = np.zeros((len(stories), 2))
    for held in range(folds):
        kept = (fold[stories[example.first]] != held) & (fold[stories[example.second]] != held)
        calibration = fitted(tier, examples, judged, {example.name: kept})
        found = cluster(score_pairs(articles, *candidate_pairs(articles), calibration), len(articles))
        here = fold[stories] == held
        results[here] = bcubed_by_article(stories, found.events)[here]
    precision, recall = results.mean(axis=0)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"  {tier} {example.name} cross-validated: event {precision:.3f} {recall:.3f} {f1:.3f}")


def subset(articles: ArticleFeatures, chosen: NDArray[np.bool_]) -> ArticleFeatures:
    values: dict[str, Any] = {name: getattr(articles, name) for name in articles.__slots__}
    kept: dict[str, Any] = {name: None if value is None else value[chosen] for name, value in values.items()}
    return replace(articles, **kept)


def bcubed_by_article(gold: NDArray[np.intp], found: NDArray[np.intp]) -> NDArray[np.float64]:
    from scipy import sparse

    table = sparse.csr_matrix((np.ones(len(gold)), (gold, found)))
    both = np.asarray(table[gold, found]).ravel()
    return np.stack((both / np.bincount(found)[found], both / np.bincount(gold)[gold]), axis=1)


def bcubed(gold: NDArray[np.intp], found: NDArray[np.intp]) -> tuple[str, str, str]:
    precision, recall = bcubed_by_article(gold, found).mean(axis=0)
    return f"{precision:.3f}", f"{recall:.3f}", f"{2 * precision * recall / (precision + recall):.4f}"


if __name__ == "__main__":
    main()
