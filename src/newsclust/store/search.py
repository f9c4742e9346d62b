"""Searching a store: a question in one language, answers in all."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import UNDETERMINED, Article
from newsclust.encoders.base import Encoder, Say
from newsclust.errors import UsageError
from newsclust.execution.threads import one_blas_thread
from newsclust.languages.codes import language_code
from newsclust.languages.detect import detect
from newsclust.similarity.features import ArticleFeatures
from newsclust.store.features import Space, heaviest_of, pack, read_space, unpack
from newsclust.store.nearby import Block, blocks
from newsclust.store.rows import articles_by_number, listed
from newsclust.store.update import check_fit, described

WORD_SHARE = {"dense": 0.3, "static": 0.5}
"""Weight of shared words beside the cosine of the vectors. A short question that names a thing finds it by its name;
what is said in another language is found by the vectors alone. Set by looking at the answers to five questions, in
English, German and Indonesian, over the sample articles, with 0.3, 0.5 and 0.7: the transformer's vectors lose hits in
other languages from 0.5 on, the static ones put strangers first at 0.3."""
GUESSES = 4
"""Languages that a question too short to tell its language is tried in: the most frequent of the store. Each language
has its own mean in the vectors, and a question that keeps it lies near nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers: its score (at most 1; higher is nearer), and its story, if it is in one."""

    article: Article
    score: float
    story: str | None
    story_title: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The language the question was taken to be in, and the hits, best first."""

    query: str
    language: str
    hits: tuple[Hit, ...]


@one_blas_thread
def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    limit: int = 10,
    language: str | None = None,
    encoder: Encoder | None = None,
    say: Say | None = None,
) -> Found:
    """The `limit` articles nearest to the question, in any language; every stored vector is compared.

    `language` is the question's, where it is known. Raises UsageError for an empty question, ModelError where the
    store's model is missing.
    """
    if not any(character.isalnum() for character in query):
        raise UsageError("nothing to search for: give words, for example newsclust search 'embassy talks'")
    space = read_space(connection)
    code = language_code(language) if language else detect(query)
    if space is None or limit < 1:
        return Found(query, code, ())
    codes = [code] if code != UNDETERMINED else [code, *_frequent(connection)]
    question = _described(query, codes, space, encoder, say)
    numbers, scores = _scores(connection, question, space)
    order = np.lexsort((numbers, -scores))[:limit]
    return Found(query, code, _hits(connection, numbers[order].tolist(), scores[order].tolist()))


def _frequent(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT language FROM articles WHERE language <> ? GROUP BY language ORDER BY count(*) DESC, language LIMIT ?",
        (UNDETERMINED, GUESSES),
    )
    return [code for (code,) in rows]


def _described(
    query: str, languages: list[str], space: Space, encoder: Encoder | None, say: Say | None
) -> ArticleFeatures:
    """The question as if it were an article stored in each of the languages."""
    articles = [Article(id="", text=query, language=language) for language in languages]
    features, _, model_id = described(articles, space.settings, encoder, say=say)
    check_fit(space, features, model_id)
    return unpack(pack(features, space.layout), space.layout, languages, [None] * len(languages), space.means, model_id)


def _scores(
    connection: sqlite3.Connection, question: ArticleFeatures, space: Space
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    heavy = heaviest_of(question, space.layout)
    numbers, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
    for block in blocks(connection, space.layout, space.means):
        numbers.append(block.numbers)
        scores.append(_block_scores(question, heavy, block))
    return np.concatenate(numbers), np.concatenate(scores)


def _block_scores(question: ArticleFeatures, heavy: Any, block: Block) -> NDArray[np.float64]:
    name = "static" if question.dense is None else "dense"
    cosines = (block.vectors[name] @ getattr(question, name).T).max(axis=1).astype(float)
    words = np.sqrt(np.clip((block.heavy @ heavy.T).toarray().max(axis=1), 0, 1))
    total: NDArray[np.float64] = (1 - WORD_SHARE[name]) * cosines + WORD_SHARE[name] * words
    return total


def _hits(connection: sqlite3.Connection, numbers: list[int], scores: list[float]) -> tuple[Hit, ...]:
    articles = articles_by_number(connection, numbers, texts=True)
    rows = connection.execute(
        "SELECT a.number, s.id, s.title FROM articles a JOIN events e ON e.number = a.event"
        " JOIN stories s ON s.number = e.story WHERE a.number IN (SELECT value FROM json_each(?))",
        (listed(numbers),),
    )
    stories = {number: (id_, title) for number, id_, title in rows}
    return tuple(
        Hit(articles[number], round(score, 6), *stories.get(number, (None, None)))
        for number, score in zip(numbers, scores, strict=True)
    )
