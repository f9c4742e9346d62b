"""Articles for tests: the sample, and short unrelated items in many languages."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsclust.article_features import ArticleFeatures, describe
from newsclust.articles import Article
from newsclust.background import load_background
from newsclust.pipeline import prepared
from newsclust.reading import read_articles
from newsclust.wordpieces import load_tokenizer

DATA = Path(__file__).parents[1] / "data"


def described(articles: Sequence[Article]) -> ArticleFeatures:
    """What the score knows of the articles without a transformer. Needs the built-in model's vocabulary."""
    return describe(articles, load_tokenizer(), load_background())


@cache
def sample() -> tuple[Article, ...]:
    """The sample articles, cleaned, with their languages."""
    return prepared(read_articles([str(DATA / "articles")]).articles)


@cache
def sample_stories() -> dict[str, str]:
    """The story of each sample article by id; "" for one that belongs to none."""
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["story"] for row in csv.DictReader(lines)}
