"""Pairs of articles with their features and whether they tell one story: what the score is fitted and judged on."""

from __future__ import annotations

import gzip
import json

import numpy as np
from gold_sets import GOLD, PAIRS, GoldArticles, tokenizer
from numpy.typing import NDArray
from scipy import sparse

from newsclust.calibrating import examples
from newsclust.calibrating.examples import Examples, Floats, Indices, in_blocks
from newsclust.encoders.base import Embeddings
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.similarity.background import load_background
from newsclust.similarity.features import ArticleFeatures, describe, with_embeddings
from newsclust.similarity.score import is_across


def features_of(gold: GoldArticles) -> ArticleFeatures:
    """The features of a set's articles by the shipped statistics."""
    articles = describe(gold.articles, tokenizer(), load_background())
    return with_embeddings(articles, Embeddings(gold.vectors, MODEL_ID), gold.languages)


def labelled_examples(gold: GoldArticles, articles: ArticleFeatures) -> Examples:
    """The pairs of a labelled set (`newsclust.calibrating.examples`)."""
    return examples.labelled_examples(gold.name, articles, gold.stories, read_topics(gold))


def judged_examples(articles: ArticleFeatures, first: Indices, second: Indices, overall: Floats) -> Examples:
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


def bcubed_by_article(gold: Indices, found: Indices) -> Floats:
    """B-cubed precision and recall of each article: shape (n, 2)."""
    table = sparse.csr_matrix((np.ones(len(gold)), (gold, found)))
    both = np.asarray(table[gold, found]).ravel()
    return np.stack((both / np.bincount(found)[found], both / np.bincount(gold)[gold]), axis=1)
