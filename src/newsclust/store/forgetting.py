"""Forgetting articles: their texts, vectors and names leave the file; no id is given again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsclust.errors import StoreError
from newsclust.store.describing import describe_stories
from newsclust.store.identity import aliases_of, resolved
from newsclust.store.memory import read_space
from newsclust.store.opening import transaction, writing
from newsclust.store.orphans import find_nearest_again
from newsclust.store.records import listed, storable
from newsclust.store.removing import remove_articles
from newsclust.store.unreadable import names_in

_SECONDS_PER_DAY = 86400.0
_TOGETHER = 2000


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The ids of the articles that are gone, and of the stories that went with them."""

    articles: tuple[str, ...]
    stories: tuple[str, ...]


def forget(path: Path, ids: Sequence[str] = (), *, before: float | None = None, wait: float = 0.0) -> Forgotten:
    """Remove articles by their id or their story's, and those published (or else added) before a moment.

    `before` is in seconds since 1970. A story that keeps fewer than two articles is dissolved. Raises StoreError for an
    id that the store does not hold; nothing is removed then.
    """
    with writing(path, wait=wait) as connection:
        with transaction(connection):
            numbers = _chosen(connection, ids, before)
            gone = _ids(connection, "articles", numbers)
            stories = _stories_with(connection, numbers)
            for start in range(0, len(numbers), _TOGETHER):
                remove_articles(connection, numbers[start : start + _TOGETHER])
            dissolved = _tidied(connection, stories)
            _strike_from_changes(connection, set(gone))
        _shrink(connection, path)
    return Forgotten(tuple(sorted(gone)), tuple(sorted(dissolved)))


def _chosen(connection: sqlite3.Connection, ids: Sequence[str], before: float | None) -> list[int]:
    numbers: set[int] = set()
    for id_ in ids:
        numbers |= _named(connection, id_)
    if before is not None:
        rows = connection.execute(
            "SELECT number FROM articles WHERE coalesce(day * ?, added) < ?", (_SECONDS_PER_DAY, before)
        )
        numbers |= {number for (number,) in rows}
    return sorted(numbers)


def _named(connection: sqlite3.Connection, id_: str) -> set[int]:
    """The article of this id, or all articles of the story of this id."""
    found = {number for (number,) in connection.execute("SELECT number FROM articles WHERE id = ?", (storable(id_),))}
    rows = connection.execute(
        "SELECT a.number FROM articles a JOIN events e ON e.number = a.event JOIN stories s ON s.number = e.story"
        " WHERE s.id = ?",
        (resolved(connection, id_) or storable(id_),),
    )
    found = found or {number for (number,) in rows}
    if not found:
        raise StoreError(f"the store holds no article or story {id_!r}; nothing was forgotten")
    return found


def _stories_with(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.number IN (SELECT value FROM json_each(?)) ORDER BY e.story",
        (listed(numbers),),
    )
    return [story for (story,) in rows]


def _tidied(connection: sqlite3.Connection, stories: Sequence[int]) -> list[str]:
    """Describe what is left of the stories without the words of what is gone; the ids of those that dissolved."""
    chosen = listed(stories)
    sizes = dict(
        connection.execute(
            "SELECT e.story, count(a.number) FROM events e LEFT JOIN articles a ON a.event = e.number"
            " WHERE e.story IN (SELECT value FROM json_each(?)) GROUP BY e.story",
            (chosen,),
        ).fetchall()
    )
    small = [story for story in stories if sizes.get(story, 0) < 2]
    connection.execute(
        "UPDATE articles SET event = NULL, place = 0, confidence = NULL, duplicate_of = NULL, relation = NULL,"
        " chance = 0 WHERE event IN"
        " (SELECT number FROM events WHERE story IN (SELECT value FROM json_each(?)))",
        (listed(small),),
    )
    connection.execute(
        "DELETE FROM events WHERE story IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM articles WHERE event = events.number)",
        (chosen,),
    )
    gone = _ids(connection, "stories", small)
    connection.execute("DELETE FROM stories WHERE number IN (SELECT value FROM json_each(?))", (listed(small),))
    kept = [story for story in stories if story not in set(small)]
    connection.execute(
        "UPDATE stories SET labelled = 0 WHERE number IN (SELECT value FROM json_each(?))", (listed(kept),)
    )
    space = read_space(connection)
    if space is not None:
        describe_stories(connection, kept, space)
        find_nearest_again(connection, space)
    return [id_ for story in gone for id_ in (story, *aliases_of(connection, story))]


def _strike_from_changes(connection: sqlite3.Connection, gone: set[str]) -> None:
    for number, text in connection.execute("SELECT number, articles FROM changes").fetchall():
        articles = names_in(text)
        if not gone.isdisjoint(articles):
            left = json.dumps([id_ for id_ in articles if id_ not in gone])
            connection.execute("UPDATE changes SET articles = ? WHERE number = ?", (left, number))


def _ids(connection: sqlite3.Connection, table: str, numbers: Iterable[int]) -> list[str]:
    query = f"SELECT id FROM {table} WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608 - one of two names
    return [id_ for (id_,) in connection.execute(query, (listed(numbers),))]


def _shrink(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew without its free pages, and empty the log: what was in them is gone from the disk's files.

    Raises StoreError where a reader kept the log from being emptied.
    """
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError(
            f"{path}: forgotten, but another program was reading the store, so that the old pages are still in its "
            "file; the next run that writes to the store overwrites them"
        )
