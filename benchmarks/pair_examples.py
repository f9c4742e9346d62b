"""Pairs of articles with their features and whether they tell one story: what the score is fitted and judged on."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

import numpy as np
from gold_sets import GOLD, PAIRS, GoldArticles, tokenizer
from numpy.typing import NDArray
from scipy import sparse

from newsclust.encoders.base import Embeddings
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.similarity.background import load_background
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures, describe, with_embeddings
from newsclust.similarity.score import is_across, pair_features

MOST = 100_000
"""Pairs of two stories, and of one story, that a set is fitted on; of more a sample stands for all."""
CLOSE = {"dense": -0.05, "static": 0.0, "words": 0.35}
"""Features from which a candidate takes part in the fit: with all of them most pairs of two stories would be easy."""

Places = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Examples:
    """Pairs with features, how many pairs each stands for, and whether (or how far) they tell one story."""

    name: str
    first: Places
    second: Places
    features: dict[str, Floats]
    across: NDArray[np.bool_]
    counts: Floats
    target: Floats
    twins: NDArray[np.bool_]


def features_of(gold: GoldArticles) -> ArticleFeatures:
    """The features of a set's articles by the shipped statistics."""
    articles = describe(gold.articles, tokenizer(), load_background())
    return with_embeddings(articles, Embeddings(gold.vectors, MODEL_ID), gold.languages)


def labelled_examples(gold: GoldArticles, articles: ArticleFeatures) -> Examples:
    """Candidates that are close in meaning or words, both articles judged, and every pair of one story."""
    first, second = with_stories(candidate_pairs(articles), gold.stories)
    judged = (gold.stories[first] >= 0) & (gold.stories[second] >= 0)
    first, second = first[judged], second[judged]
    features = in_blocks(articles, first, second)
    one = gold.stories[first] == gold.stories[second]
    near = np.any([features[name] >= least for name, least in CLOSE.items()], axis=0)
    kept, counts = [], []
    random = np.random.default_rng(0)
    for part in (np.flatnonzero(one), np.flatnonzero(~one & near)):
        some = np.sort(random.permutation(part)[:MOST])
        kept.append(some)
        counts.append(np.full(len(some), len(part) / max(len(some), 1)))
    places = np.concatenate(kept)
    first, second = first[places], second[places]
    topics = read_topics(gold)
    return Examples(
        gold.name,
        first,
        second,
        {name: values[places] for name, values in features.items()},
        is_across(articles, first, second),
        np.concatenate(counts),
        one[places].astype(np.float64),
        (topics[first] == topics[second]) & ~one[places] & (topics[first] != ""),
    )


def with_stories(pairs: tuple[Places, Places], stories: Places) -> tuple[Places, Places]:
    """The pairs, and all pairs of one story, each once."""
    judged = np.flatnonzero(stories >= 0)
    member = sparse.csr_matrix(
        (np.ones(len(judged)), (judged, stories[judged])), shape=(len(stories), stories.max() + 2)
    )
    same = sparse.triu(member @ member.T, k=1).tocoo()
    keys = np.concatenate((pairs[0] * len(stories) + pairs[1], same.row.astype(np.intp) * len(stories) + same.col))
    found = np.unique(keys)
    return found // len(stories), found % len(stories)


def judged_examples(articles: ArticleFeatures, first: Places, second: Places, overall: Floats) -> Examples:
    """The judged pairs; their target is how different people found them (1 to 4)."""
    none = np.zeros(len(first), bool)
    across = is_across(articles, first, second)
    return Examples(
        PAIRS, first, second, in_blocks(articles, first, second), across, np.ones(len(first)), overall, none
    )


def read_topics(gold: GoldArticles) -> NDArray[np.str_]:
    """The coarse topic of each article where the set has one, else empty."""
    with gzip.open(GOLD / f"{gold.name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        topics = {row["id"]: str(row.get("topic") or "") for row in map(json.loads, lines)}
    return np.array([topics[article.id] for article in gold.articles])


def in_blocks(articles: ArticleFeatures, first: Places, second: Places) -> dict[str, Floats]:
    """The features of many pairs."""
    step = 1 << 15
    blocks = [pair_features(articles, first[s : s + step], second[s : s + step]) for s in range(0, len(first), step)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def bcubed_by_article(gold: Places, found: Places) -> Floats:
    """B-cubed precision and recall of each article: shape (n, 2)."""
    table = sparse.csr_matrix((np.ones(len(gold)), (gold, found)))
    both = np.asarray(table[gold, found]).ravel()
    return np.stack((both / np.bincount(found)[found], both / np.bincount(gold)[gold]), axis=1)
