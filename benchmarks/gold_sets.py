"""The gold sets as the pipeline sees them: articles cleaned, languages detected, labels beside them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.cleaning.boilerplate import clean
from newsclust.encoders.articles import encode_articles
from newsclust.encoders.builtin.encoder import BuiltinEncoder
from newsclust.encoders.builtin.tokenizer import Tokenizer, load_tokenizer
from newsclust.evaluation.gold import in_articles, read_gold, read_pairs
from newsclust.languages.detect import detect_languages
from newsclust.reading.reader import read_articles

GOLD = Path(os.environ.get("NEWSCLUST_GOLD", Path(__file__).parents[2] / "shared" / "gold"))
REAL = ("real_hour", "real_day", "zh_accidents", "ecbplus")
"""Independent reports."""
TRANSLATIONS = ("ntrex_core23", "flores_wikinews_core")
LABELLED = (*REAL, *TRANSLATIONS)
PAIRS = "news_pairs"
PILE = "real_pile"
"""Unlabelled news in languages that the other sets lack."""
OF_A_LANGUAGE = 150
"""Articles of the pile read of each of its languages."""


@dataclass(frozen=True, eq=False)
class GoldArticles:
    """One set: articles, their vectors as the transformer gives them, and the stories numbered (-1: not judged).

    `tokens` and `headlines` are the tokens of texts and headlines, `headline_vectors` those of headlines alone.
    """

    name: str
    articles: tuple[Article, ...]
    vectors: NDArray[np.float32]
    tokens: list[NDArray[np.int32]]
    headlines: list[NDArray[np.int32]]
    headline_vectors: NDArray[np.float32]
    stories: NDArray[np.intp]

    @property
    def languages(self) -> list[str]:
        return [article.language for article in self.articles]

    def part(self, chosen: NDArray[np.bool_]) -> GoldArticles:
        """Some of the articles."""
        places = np.flatnonzero(chosen)
        return GoldArticles(
            self.name,
            tuple(self.articles[place] for place in places),
            self.vectors[places],
            [self.tokens[place] for place in places],
            [self.headlines[place] for place in places],
            self.headline_vectors[places],
            self.stories[places],
        )


def load_set(name: str, max_tokens: int = 128) -> GoldArticles:
    """One labelled set."""
    gold = read_gold(str(GOLD / f"{name}.jsonl.gz"))
    articles = detect_languages(clean(sorted(gold.articles, key=lambda article: article.id)))
    labels = [gold.stories[article.id] for article in articles]
    numbers = {label: number for number, label in enumerate(sorted({label for label in labels if label}))}
    stories = np.array([numbers[label] if label else -1 for label in labels], np.intp)
    return _described(name, articles, stories, max_tokens)


def headlines_of(gold: GoldArticles) -> GoldArticles:
    """The same set with nothing left of each article but its headline."""
    alone = detect_languages(clean(_headlines_alone(gold.articles)))
    return _described(gold.name, alone, gold.stories, 128)


def _headlines_alone(articles: Sequence[Article]) -> list[Article]:
    return [replace(article, title=None, text=article.headline) for article in articles]


def load_pile() -> GoldArticles:
    """Articles of the pile in thirteen African languages, nothing of them judged."""
    chosen: list[Article] = []
    counts: Counter[str] = Counter()
    for article in read_articles([str(GOLD.parent / "scale" / f"{PILE}.jsonl.gz")]).articles:
        set_, _, rest = article.id.partition(":")
        language = rest[:3]
        if set_ == "mas" and language not in ("eng", "fra", "pcm") and counts[language] < OF_A_LANGUAGE:
            counts[language] += 1
            chosen.append(article)
    articles = detect_languages(clean(sorted(chosen, key=lambda article: article.id)))
    return _described(PILE, articles, np.full(len(articles), -1, np.intp), 128)


def load_pairs(max_tokens: int = 128) -> tuple[GoldArticles, NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """The judged pairs: their articles, the places of both, and how different people found them (1 to 4)."""
    articles = detect_languages(clean(read_articles([str(GOLD / f"{PAIRS}_docs.jsonl.gz")]).articles))
    pairs, _ = in_articles(articles, read_pairs(str(GOLD / f"{PAIRS}.jsonl.gz")))
    place = {article.id: row for row, article in enumerate(articles)}
    first = np.array([place[pair.first] for pair in pairs], np.intp)
    second = np.array([place[pair.second] for pair in pairs], np.intp)
    judged = _described(PAIRS, articles, np.full(len(articles), -1, np.intp), max_tokens)
    return judged, first, second, np.array([pair.overall for pair in pairs])


def encoder(max_tokens: int = 128) -> BuiltinEncoder:
    return BuiltinEncoder(max_tokens)


def tokenizer() -> Tokenizer:
    return load_tokenizer()


def encoded(articles: Sequence[Article], max_tokens: int = 128) -> NDArray[np.float32]:
    """Vectors by the built-in model, from the vector cache where it has them."""
    return encode_articles(encoder(max_tokens), articles).vectors


def _described(name: str, articles: tuple[Article, ...], stories: NDArray[np.intp], max_tokens: int) -> GoldArticles:
    tokens, headlines = (
        tokenizer().token_ids(texts) for texts in ([a.body for a in articles], [a.headline for a in articles])
    )
    vectors, alone = encoded(articles, max_tokens), encoded(_headlines_alone(articles), max_tokens)
    return GoldArticles(name, articles, vectors, tokens, headlines, alone, stories)
