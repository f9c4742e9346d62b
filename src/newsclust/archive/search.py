"""Searching a store: by meaning, in every language, and by words, in every script.

Vectors find what is said in other words and languages, words find names and what a question says exactly. Both lists
are joined by rank (reciprocal rank fusion, Cormack et al. 2009), as a cosine and BM25 have no common scale.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import UNDETERMINED, Article
from newsclust.encoders.base import Encoder, Say
from newsclust.errors import UsageError
from newsclust.execution.threads import one_blas_thread
from newsclust.languages.detect import detect
from newsclust.similarity.features import ArticleFeatures
from newsclust.store.features import Space, check_fit, pack, read_space, scan, unpack
from newsclust.store.rows import SECONDS_PER_DAY, articles_by_number, listed
from newsclust.store.update import described
from newsclust.text.segmenting import terms

NEAR = {"dense": 0.3, "static": 0.2}
"""Cosine from which an article answers by its meaning."""
COVERED = 0.5
"""Share of what a question's words weigh (their IDF) that an article must have to answer by its words."""
FUSION = 60
"""Ranks behind which a list says little: the constant of the paper."""
TITLE = 3.0
"""Weight of a word in a title; in a text it is 1."""
STEM = 4
"""Letters from which a word also finds longer ones that begin with it: cases and plurals end otherwise."""
DEEPEST = 200
"""Best articles of each list that are joined."""
GUESSES = 4
"""Languages that a question too short to tell its language is tried in: the most frequent of the store. Each language
has its own mean in the vectors, and a question that keeps it lies near nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers, and its story, if it is in one.

    `score` joins both ranks: 1 for the first by both. `cosine` is that of the vectors, None where it is too low to
    count; `covered` the share of the question's words that it has, None likewise.
    """

    article: Article
    score: float
    cosine: float | None
    covered: float | None
    story: str | None
    story_title: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The language the question was taken to be in, and the hits, best first."""

    query: str
    language: str
    hits: tuple[Hit, ...]

    @property
    def by_story(self) -> list[tuple[Hit, ...]]:
        """The hits of each story together, and those of no story by themselves: where the best of each stands."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.story or f"\0{hit.article.id}", []).append(hit)
        return [tuple(group) for group in groups.values()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What may answer: articles in a `language`, or published (or else added) `since` a moment (seconds since 1970).

    At most `limit` of them, found by `vectors`, by `words`, or both.
    """

    limit: int = 10
    since: float | None = None
    language: str | None = None
    vectors: bool = True
    words: bool = True


@one_blas_thread
def search(
    connection: sqlite3.Connection,
    query: str,
    sought: Sought | None = None,
    *,
    encoder: Encoder | None = None,
    say: Say | None = None,
) -> Found:
    """The articles that answer the question, best first, in any language.

    Raises UsageError for an empty question, ModelError where the store's model is missing.
    """
    sought = sought or Sought()
    if not any(character.isalnum() for character in query):
        raise UsageError("nothing to search for: give words, for example newsclust search 'embassy talks'")
    space = read_space(connection)
    code = detect(query)
    if space is None or sought.limit < 1:
        return Found(query, code, ())
    codes = [code] if code != UNDETERMINED else [code, *_frequent(connection)]
    allowed = _allowed(connection, sought)
    question = _described(query, codes, space, encoder, say) if sought.vectors else None
    near = _near(connection, question, space, allowed) if question is not None else {}
    covered = _covered(connection, query, allowed) if sought.words else {}
    scores: dict[int, float] = {}
    for ranked in (near, covered):
        for rank, number in enumerate(ranked, start=1):
            scores[number] = scores.get(number, 0.0) + (FUSION + 1) / (FUSION + rank) / 2
    best = sorted(scores, key=lambda number: (-scores[number], number))[: sought.limit]
    return Found(query, code, _hits(connection, best, scores, near, covered))


def _frequent(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT language FROM articles WHERE language <> ? GROUP BY language ORDER BY count(*) DESC, language LIMIT ?",
        (UNDETERMINED, GUESSES),
    )
    return [code for (code,) in rows]


def _allowed(connection: sqlite3.Connection, sought: Sought) -> frozenset[int]:
    """The articles that may answer; of exact copies the first stands for all."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE lead IS NULL AND (?1 IS NULL OR language = ?1)"
        " AND (?2 IS NULL OR coalesce(day * ?3, added) >= ?2)",
        (sought.language, sought.since, SECONDS_PER_DAY),
    )
    return frozenset(number for (number,) in rows)


def _described(
    query: str, languages: list[str], space: Space, encoder: Encoder | None, say: Say | None
) -> ArticleFeatures:
    """The question as if it were an article stored in each of the languages."""
    articles = [Article(id="", text=query, language=language) for language in languages]
    features, _, model_id = described(articles, space.settings, encoder, say=say)
    check_fit(space, features, model_id)
    vectors, _, numbers, rows = zip(*pack(features, space.layout), strict=True)
    return unpack(vectors, numbers, rows, space, languages, [None] * len(languages))


def _near(
    connection: sqlite3.Connection, question: ArticleFeatures, space: Space, allowed: frozenset[int]
) -> dict[int, float]:
    """The cosine of the nearest articles, nearest first."""
    name = "static" if question.dense is None else "dense"
    rows = scan(connection, space)
    cosines: NDArray[np.float64] = (getattr(rows.features, name) @ getattr(question, name).T).max(axis=1).astype(float)
    order = np.lexsort((rows.numbers, -cosines))
    near = ((int(rows.numbers[k]), round(float(cosines[k]), 6)) for k in order if cosines[k] >= NEAR[name])
    return dict([pair for pair in near if pair[0] in allowed][:DEEPEST])


def _covered(connection: sqlite3.Connection, query: str, allowed: frozenset[int]) -> dict[int, float]:
    """The share of the question's words that the best articles have, best by BM25 first."""
    asked = [_asked(term) for term in terms(query)]
    best = _best_by_words(connection, " OR ".join(asked), allowed)
    weights, shares = 0.0, dict.fromkeys(best, 0.0)
    (every,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    for term in asked:
        having = {number for (number,) in connection.execute(_HAVING, (term,))}
        weight = math.log(1 + every / (1 + len(having)))
        weights += weight
        for number in having.intersection(shares):
            shares[number] += weight
    covered = {number: round(share / weights, 6) for number, share in shares.items()} if weights else {}
    return {number: share for number, share in covered.items() if share >= COVERED}


_HAVING = "SELECT rowid FROM search WHERE search MATCH ?"


def _best_by_words(connection: sqlite3.Connection, question: str, allowed: frozenset[int]) -> list[int]:
    if not question:
        return []
    ranked = connection.execute(f"{_HAVING} ORDER BY bm25(search, ?, 1), rowid", (question, TITLE))
    return list(islice((number for (number,) in ranked if number in allowed), DEEPEST))


def _asked(term: Sequence[str]) -> str:
    """A term as FTS5 takes it."""
    begins = len(term) == 1 and len(term[0]) >= STEM
    return f'"{" ".join(term)}"{"*" if begins else ""}'


def _hits(
    connection: sqlite3.Connection,
    numbers: list[int],
    scores: dict[int, float],
    near: dict[int, float],
    covered: dict[int, float],
) -> tuple[Hit, ...]:
    articles = articles_by_number(connection, numbers, texts=True)
    rows = connection.execute(
        "SELECT a.number, s.id, s.title FROM articles a JOIN events e ON e.number = a.event"
        " JOIN stories s ON s.number = e.story WHERE a.number IN (SELECT value FROM json_each(?))",
        (listed(numbers),),
    )
    stories = {number: (id_, title) for number, id_, title in rows}
    return tuple(
        Hit(articles[n], round(scores[n], 6), near.get(n), covered.get(n), *stories.get(n, (None, None)))
        for n in numbers
    )
