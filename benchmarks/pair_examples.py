"""Pairs of articles with their features and whether they tell one story: what the score is fitted and judged on."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from gold_sets import GOLD, GoldArticles, load_pairs, load_set, tokenizer
from numpy.typing import NDArray

from newsclust.encoders.base import Embeddings
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.similarity.background import load_background
from newsclust.similarity.candidates import KEPT_PIECES, candidate_pairs, heaviest
from newsclust.similarity.features import ArticleFeatures, describe, with_embeddings
from newsclust.similarity.score import pair_features

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


def features_of(gold: GoldArticles) -> ArticleFeatures:
    articles = describe(gold.articles, tokenizer(), load_background())
    return with_embeddings(articles, Embeddings(gold.vectors, MODEL_ID), gold.languages)


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


def in_blocks(
    articles: ArticleFeatures, first: NDArray[np.intp], second: NDArray[np.intp]
) -> dict[str, NDArray[np.float64]]:
    step = 1 << 15
    blocks = [pair_features(articles, first[s : s + step], second[s : s + step]) for s in range(0, len(first), step)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def bcubed_by_article(gold: NDArray[np.intp], found: NDArray[np.intp]) -> NDArray[np.float64]:
    from scipy import sparse

    table = sparse.csr_matrix((np.ones(len(gold)), (gold, found)))
    both = np.asarray(table[gold, found]).ravel()
    return np.stack((both / np.bincount(found)[found], both / np.bincount(gold)[gold]), axis=1)


def part_of(articles: ArticleFeatures, chosen: NDArray[np.bool_]) -> ArticleFeatures:
    """Some of the articles."""
    values: dict[str, Any] = {name: getattr(articles, name) for name in articles.__slots__}
    kept: dict[str, Any] = {name: None if value is None else value[chosen] for name, value in values.items()}
    return replace(articles, **kept)
