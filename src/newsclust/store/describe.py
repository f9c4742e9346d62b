"""What a stored story is called and how surely its members belong, written whenever it changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from newsclust.building.build import Grouping, build_stories, nearest_rows
from newsclust.clustering.linkage import Labelling
from newsclust.execution.threads import one_blas_thread
from newsclust.similarity.near_duplicates import related, versions
from newsclust.similarity.score import probability, score_pairs
from newsclust.store.features import Space, load_rows, scan
from newsclust.store.pairs import load_pairs
from newsclust.store.rows import articles_by_number, headlines_in, listed, mentions_out
from newsclust.stories import Member, Story

LARGE = 100
"""Articles above which a story is described anew only when it has grown, or shrunk, by GROWTH since it last was: its
pairs grow as the square, and in an archive a new article comes to stories of thousands."""
GROWTH = 1.25
COMPARED = 24
"""Most central members that a newcomer to a large story is compared with until then."""
_TOGETHER = 1200
"""Articles whose stories are described at once."""


def describe_stories(connection: sqlite3.Connection, stories: Sequence[int], space: Space) -> None:
    """Write titles, headlines, keywords, cohesion, and the members' order and confidence of these stories."""
    sizes = connection.execute(
        "SELECT e.story, count(*), s.described FROM stories s JOIN events e ON e.story = s.number"
        " JOIN articles a ON a.event = e.number WHERE s.number IN (SELECT value FROM json_each(?)) GROUP BY s.number",
        (listed(stories),),
    ).fetchall()
    batch: list[int] = []
    waiting = 0
    for story, size, described in sizes:
        if size > LARGE and size < described * GROWTH and described < size * GROWTH:
            _grow(connection, story, space)
            continue
        batch.append(story)
        waiting += size
        if waiting >= _TOGETHER:
            _describe(connection, batch, space)
            batch, waiting = [], 0
    if batch:
        _describe(connection, batch, space)


class _Row(NamedTuple):
    """An article of a story; `lead` is the article whose text it has: its own number, where it is no exact copy."""

    number: int
    lead: int
    event: int
    story: int


def _rows(connection: sqlite3.Connection, stories: Sequence[int]) -> list[_Row]:
    """The articles of the stories, by id."""
    rows = connection.execute(
        "SELECT a.number, ifnull(a.lead, a.number), e.number, e.story FROM articles a"
        " JOIN events e ON e.number = a.event"
        " WHERE e.story IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (listed(stories),),
    )
    return [_Row(*row) for row in rows]


def _describe(connection: sqlite3.Connection, stories: Sequence[int], space: Space) -> None:
    rows = _rows(connection, stories)
    grouping = _grouping(connection, rows, space)
    row_of = {article.id: row for article, row in zip(grouping.articles, rows, strict=True)}
    for story in build_stories(grouping, space.settings.label_language)[0]:
        _write(connection, story, row_of)


def _grouping(connection: sqlite3.Connection, rows: Sequence[_Row], space: Space) -> Grouping:
    """The stories' articles as story building takes them."""
    by_number = articles_by_number(connection, [row.number for row in rows], texts=True)
    articles = [by_number[row.number] for row in rows]
    # Rows count distinct texts by first appearance among the articles.
    first = {row.lead: row for row in reversed(rows)}
    order = {lead: k for k, lead in enumerate(dict.fromkeys(row.lead for row in rows))}
    distinct = np.array([order[row.lead] for row in rows], np.intp)
    leads = load_rows(connection, order, space)
    features = leads.features.at(leads.rows_of(np.array(list(order), np.int64)))
    labels = Labelling(*(np.array([getattr(first[lead], name) for lead in order]) for name in ("event", "story")))
    pairs = load_pairs(connection, order).among(np.array(list(order), np.int64))
    texts = [articles[index] for index in np.unique(distinct, return_index=True)[1]]
    known = versions(articles, distinct, pairs, related(texts, features, pairs))
    return Grouping(articles, distinct, features, pairs, labels, known)


_GIVEN = (
    "SELECT c.title FROM corrections c JOIN ids i ON i.id = c.story JOIN stories s ON s.id = coalesce(i.heir, i.id)"
    " WHERE s.number = ? AND c.verb = 'rename' AND c.undone IS NULL ORDER BY c.number DESC LIMIT 1"
)
"""The title that a person gave a story last, or one that was merged into it."""


def _write(connection: sqlite3.Connection, story: Story, row_of: Mapping[str, _Row]) -> None:
    """Write down what a story is called, and its members in their order."""
    number = row_of[story.members[0].article.id].story
    given = connection.execute(_GIVEN, (number,)).fetchone()
    words = json.dumps(dict(story.headlines)), json.dumps(list(story.keywords)), mentions_out(story.mentions)
    connection.execute(
        "UPDATE stories SET title = ?, headlines = ?, keywords = ?, mentions = ?, cohesion = ?, described = ?"
        " WHERE number = ?",
        (given[0] if given else story.title, *words, story.cohesion, len(story.members), number),
    )
    connection.executemany(
        "UPDATE events SET title = ? WHERE number = ?",
        [(event.title, row_of[event.articles[0]].event) for event in story.events],
    )
    connection.executemany(
        "UPDATE articles SET place = ?, confidence = ?, duplicate_of = ?, relation = ? WHERE number = ?",
        [
            (position, member.confidence, *_version(member, row_of), row_of[member.article.id].number)
            for position, member in enumerate(story.members)
        ],
    )


def _version(member: Member, row_of: Mapping[str, _Row]) -> tuple[int | None, str | None]:
    """The number of the article that a member is a version of, and how."""
    if member.version is None:
        return None, None
    return row_of[member.version.article].number, member.version.relation.value


def _grow(connection: sqlite3.Connection, story: int, space: Space) -> None:
    """Put the newcomers (those without a confidence) behind the members of a large story."""
    rows = connection.execute(
        "SELECT a.number, ifnull(a.lead, a.number), a.language, e.number, e.title, a.confidence FROM articles a"
        " JOIN events e ON e.number = a.event WHERE e.story = ? ORDER BY a.confidence IS NULL, a.place, a.id",
        (story,),
    ).fetchall()
    known = [row for row in rows if row[5] is not None]
    newcomers = rows[len(known) :]
    central, leads = ([row[1] for row in some] for some in (known[:COMPARED], newcomers))
    features = load_rows(connection, {*central, *leads}, space)
    ours, theirs = (features.rows_of(np.array(some, np.int64)) for some in (leads, central))
    first, second = np.repeat(ours, len(central)), np.tile(theirs, len(leads))
    odds = score_pairs(features.features, np.minimum(first, second), np.maximum(first, second)).story
    means = np.where(first == second, 1.0, probability(odds)).reshape(len(leads), -1).mean(axis=1)
    connection.executemany(
        "UPDATE articles SET place = ?, confidence = ?, duplicate_of = ?, relation = ? WHERE number = ?",
        [
            (position, round(float(mean), 6), *((lead, "copy") if lead != number else (None, None)), number)
            for position, (mean, (number, lead, *_)) in enumerate(zip(means, newcomers, strict=True), start=len(known))
        ],
    )
    untitled = {row[3]: row[0] for row in reversed(rows) if not row[4]}
    articles = articles_by_number(connection, [*untitled.values(), *(row[0] for row in newcomers)], texts=True)
    connection.executemany(
        "UPDATE events SET title = ? WHERE number = ?", [(articles[n].headline, e) for e, n in untitled.items()]
    )
    (told,) = connection.execute("SELECT headlines FROM stories WHERE number = ?", (story,)).fetchone()
    spoken = {row[2] for row in rows}
    headlines = {row[2]: articles[row[0]].headline for row in reversed(newcomers)} | headlines_in(told)
    kept = json.dumps({language: line for language, line in headlines.items() if language in spoken})
    connection.execute("UPDATE stories SET headlines = ? WHERE number = ?", (kept, story))


_WAITING = "event IS NULL AND nearest IS NULL AND probability IS NOT NULL"
"""SQLite takes the nearest away with the article that it is, and leaves the probability."""


@one_blas_thread
def find_nearest_again(connection: sqlite3.Connection, space: Space) -> None:
    """Write down for each of them the article nearest by vector, and the probability of one story with it."""
    waiting = [number for (number,) in connection.execute(f"SELECT number FROM articles WHERE {_WAITING}")]  # noqa: S608
    if not waiting:
        return
    connection.execute(f"UPDATE articles SET probability = NULL WHERE {_WAITING}")  # noqa: S608 - of the last article
    every = scan(connection, space)
    if len(every.numbers) < 2:
        return
    leads = connection.execute(
        "SELECT number, ifnull(lead, number) FROM articles WHERE number IN (SELECT value FROM json_each(?))",
        (listed(waiting),),
    ).fetchall()
    own, lead = (np.array(column, np.int64) for column in zip(*leads, strict=True))
    others = every.numbers[nearest_rows(every.features, every.rows_of(lead))]
    rows = load_rows(connection, np.unique(np.concatenate((lead, others))).tolist(), space)
    ours, theirs = rows.rows_of(lead), rows.rows_of(others)
    odds = score_pairs(rows.features, np.minimum(ours, theirs), np.maximum(ours, theirs)).story
    connection.executemany(
        "UPDATE articles SET nearest = ?, probability = ? WHERE number = ?",
        list(zip(others.tolist(), np.round(probability(odds), 6).tolist(), own.tolist(), strict=True)),
    )
