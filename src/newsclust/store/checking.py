"""Is a store whole: SQLite's own checks, and what newsclust relies on beside them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from newsclust.execution.executor import in_pieces
from newsclust.store.library import load_stories
from newsclust.store.memory import Space, load_rows, read_space
from newsclust.store.records import articles_by_number
from newsclust.store.schema import MIGRATIONS
from newsclust.store.unreadable import Unreadable

_MOST_NAMED = 20
_READ_AT_ONCE = 500
_LAWS = {
    "articles without a text": "SELECT count(*) FROM articles WHERE number NOT IN (SELECT article FROM texts)",
    "articles without vectors": (
        "SELECT count(*) FROM articles WHERE lead IS NULL AND number NOT IN (SELECT article FROM vectors)"
    ),
    "articles without words": (
        "SELECT count(*) FROM articles WHERE lead IS NULL AND number NOT IN (SELECT article FROM words)"
    ),
    "copies of a copy": (
        "SELECT count(*) FROM articles a JOIN articles l ON l.number = a.lead WHERE l.lead IS NOT NULL"
    ),
    "copies elsewhere than what they repeat": (
        "SELECT count(*) FROM articles a JOIN articles l ON l.number = a.lead WHERE a.event IS NOT l.event"
    ),
    "events without an article": (
        "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM articles WHERE event = e.number)"
    ),
    "stories of fewer than two articles": (
        "SELECT count(*) FROM stories s WHERE (SELECT count(*) FROM events e JOIN articles a ON a.event = e.number"
        " WHERE e.story = s.number) < 2"
    ),
    "stories without a title": "SELECT count(*) FROM stories WHERE title = ''",
    "members without a confidence": "SELECT count(*) FROM articles WHERE event IS NOT NULL AND confidence IS NULL",
    "probabilities that are none": "SELECT count(*) FROM articles WHERE chance NOT BETWEEN 0 AND 1",
    "changes that cannot be read": (
        "SELECT count(*) FROM changes WHERE NOT (json_valid(articles) AND json_valid(stories))"
    ),
    "aliases of an alias": "SELECT count(*) FROM ids i JOIN ids h ON h.id = i.heir WHERE h.heir IS NOT NULL",
    "living stories that are aliases": "SELECT count(*) FROM stories JOIN ids USING (id) WHERE heir IS NOT NULL",
}
"""What must count 0, by what is said when it does not."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: counts, size in bytes, and every problem in one line; none for a whole store."""

    version: int
    model: str | None
    settings: dict[str, object] | None
    articles: int
    stories: int
    events: int
    unclustered: int
    aliases: int
    runs: int
    unfinished_runs: int
    bytes: int
    text_bytes: int
    problems: tuple[str, ...]


def check(connection: sqlite3.Connection, path: Path) -> Health:
    """Look at every page and row; nothing is changed."""
    problems = [line for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST_NAMED})") if line != "ok"]
    if not problems:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        problems += [f"{table}: row {row} points to nothing in {parent}" for table, row, parent, _ in broken]
        problems += [f"{count} {law}" for law, query in _LAWS.items() if (count := _count(connection, query))]
    space = None
    try:
        space = read_space(connection)
    except Unreadable as error:
        problems.append(str(error))
    else:
        problems += islice(_unreadable(connection, space), _MOST_NAMED)
    return Health(
        version=len(MIGRATIONS),
        model=space.model_id if space else None,
        settings=space.settings.as_dict() if space else None,
        articles=_count(connection, "SELECT count(*) FROM articles"),
        stories=_count(connection, "SELECT count(*) FROM stories"),
        events=_count(connection, "SELECT count(*) FROM events"),
        unclustered=_count(connection, "SELECT count(*) FROM articles WHERE event IS NULL"),
        aliases=_count(connection, "SELECT count(*) FROM ids WHERE heir IS NOT NULL AND kind = 'story'"),
        runs=_count(connection, "SELECT count(*) FROM runs"),
        unfinished_runs=_count(connection, "SELECT count(*) FROM runs WHERE finished IS NULL"),
        bytes=sum(os.path.getsize(file) for file in _files(path)),
        text_bytes=_count(connection, "SELECT coalesce(sum(length(body)), 0) FROM texts"),
        problems=tuple(problems[:_MOST_NAMED]),
    )


def _unreadable(connection: sqlite3.Connection, space: Space | None) -> Iterator[str]:
    """What every row of every kind says when it is read."""

    def words(numbers: Sequence[int]) -> object:
        return load_rows(connection, numbers, space) if space else None

    readers: list[tuple[str, Callable[[Sequence[int]], object]]] = [
        ("SELECT number FROM articles", lambda numbers: articles_by_number(connection, numbers, texts=True)),
        ("SELECT article FROM vectors", words),
        ("SELECT number FROM stories", lambda numbers: load_stories(connection, numbers)),
    ]
    for query, read in readers:
        numbers = [number for (number,) in connection.execute(query)]
        for part in in_pieces(numbers, _READ_AT_ONCE):
            yield from _problems(read, part)


def _problems(read: Callable[[Sequence[int]], object], numbers: Sequence[int]) -> Iterator[str]:
    """What cannot be read of these rows, each by itself where one of them cannot."""
    try:
        read(numbers)
    except Unreadable as error:
        if len(numbers) == 1:
            yield str(error)
            return
        for number in numbers:
            yield from _problems(read, [number])


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _files(path: Path) -> list[Path]:
    files = [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))]
    return [file for file in files if file.exists()]
