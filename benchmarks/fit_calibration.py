"""Rebuilds src/newsclust/data/calibration.json, the coefficients of the same-story score.

    python benchmarks/fit_calibration.py [--report]

A logistic regression for each tier: "dense" with the transformer's vectors, "static" without. Fitted on the candidate
pairs of the labelled sets (a story's pairs against the rest) and on the judged pairs (3 levels of likeness as weights).
Each set counts alike, and so do its pairs of one story and, OTHERS times as much, its other pairs.

--report prints B-cubed for each set under the shipped coefficients, under story-wise cross-validation (no story is
scored by coefficients fitted on it), and with the whole set left out of the coefficients. The whitening stays as
shipped; `reliability.py` fits it anew as well.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from gold_sets import GOLD, LABELLED, GoldArticles, load_pairs, load_set, tokenizer
from numpy.typing import NDArray

from newsclust.article_features import SAME_SPACE, ArticleFeatures, dense_vectors, describe
from newsclust.background import load_background
from newsclust.candidates import KEPT_PIECES, candidate_pairs, heaviest
from newsclust.clustering import cluster
from newsclust.embedding import Embeddings
from newsclust.similarity import FILE, Calibration, Weights, is_across, pair_features, probability, score_pairs

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
    ("dense", "event"): (-0.7, -0.35),
    ("dense", "story"): (0.75, 0.48),
    ("static", "event"): (-0.2, -0.2),
    ("static", "story"): (0.0, -0.6),
}
"""Added to the constants (within a language, across): a pair of candidates is not a pair at random."""
DATES = {"event": (1.5, 3.0), "story": (1.5, 60.0)}
"""What far apart dates take from the log odds, and the days (sigma) that count as near."""
RIDGE = 0.5
"""Weight of the squared coefficients (of features scaled to deviation 1) against 2,000 pairs."""
RANDOM_PAIRS = 20_000
CLOSE = {"dense": 0.2, "static": 0.25, "words": 0.1}
"""Cosines from which a candidate takes part in the fit. With all candidates, down to 0.15 and by names alone, the cut
moved towards joining: ecbplus .907 and ntrex_iddeen .944 for .926 and .966, flores .998 for .985."""


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
    twins: NDArray[np.bool_]


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
    first, second = close_pairs(articles)
    other = np.sort(np.random.default_rng(0).integers(0, len(articles), (RANDOM_PAIRS, 2)), axis=1)
    other = other[other[:, 0] < other[:, 1]]
    first, second = np.concatenate((first, other[:, 0])), np.concatenate((second, other[:, 1]))
    target = (gold.stories[first] == gold.stories[second]).astype(np.float64)
    print(f"{name}: {len(first)} pairs, {target.sum():.0f} of one story")
    topics = read_topics(name, gold)
    twins = (topics[first] == topics[second]) & (target == 0) & (topics[first] != "")
    return Examples(name, articles, gold, first, second, in_blocks(articles, first, second), target, twins)


def close_pairs(articles: ArticleFeatures) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The candidates near in meaning or words: with those that share names alone, most others would be easy."""
    first, second = candidate_pairs(articles)
    heavy = heaviest(articles.words, KEPT_PIECES)
    assert articles.dense is not None
    near = np.zeros(len(first), bool)
    for start in range(0, len(first), 1 << 15):
        ours, theirs = first[start : start + (1 << 15)], second[start : start + (1 << 15)]
        near[start : start + (1 << 15)] = (
            ((articles.static[ours] * articles.static[theirs]).sum(axis=1) >= CLOSE["static"])
            | ((articles.dense[ours] * articles.dense[theirs]).sum(axis=1) >= CLOSE["dense"])
            | (np.asarray(heavy[ours].multiply(heavy[theirs]).sum(axis=1)).ravel() >= CLOSE["words"])
        )
    return first[near], second[near]


def read_topics(name: str, gold: GoldArticles) -> NDArray[np.str_]:
    """The coarse topic of each article where the set has one, else empty."""
    with gzip.open(GOLD / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        topics = {row["id"]: str(row.get("topic") or "") for row in map(json.loads, lines)}
    return np.array([topics[article.id] for article in gold.articles])


def judged_examples() -> Examples:
    gold, first, second, overall = load_pairs()
    articles = features_of(gold)
    none = np.zeros(len(first), bool)
    return Examples("news_pairs", articles, gold, first, second, in_blocks(articles, first, second), overall, none)


def likeness(overall: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    """What people judged as a share: 1 to 4 evenly for one event; for one story 1 up to 2, 0 from 3.4 on."""
    return np.clip((4 - overall) / 3 if level == "event" else (3.4 - overall) / 1.4, 0, 1)


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
            weights.append(np.full(len(example.target), (1 + OTHERS) / len(example.target)))
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
            round(float(np.corrcoef(score[part], -judged.target[part])[0, 1]), 3)
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
