"""Is a store whole: SQLite's own checks, and what newsclust relies on beside them."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from newsclust.errors import StoreError
from newsclust.execution.executor import in_chunks
from newsclust.store.describe import describe_stories, find_nearest_again
from newsclust.store.features import Space, load_rows, read_space
from newsclust.store.file import transaction, writing
from newsclust.store.ids import aliases_of, named_story
from newsclust.store.links import read_links
from newsclust.store.pairs import load_pairs
from newsclust.store.read import load_stories
from newsclust.store.rows import SECONDS_PER_DAY, Unreadable, articles_by_number, listed, names_in, storable
from newsclust.store.schema import newest
from newsclust.store.write import remove_articles

_MOST_NAMED = 20
_READ_AT_ONCE = 500
_TEXT_BYTES = "SELECT ifnull(sum(length(CAST(text || ifnull(whole, '') AS BLOB))), 0) FROM texts"
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
    "probabilities that are none": "SELECT count(*) FROM articles WHERE probability NOT BETWEEN 0 AND 1",
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
        problems += _dishonoured(connection)
    space = None
    try:
        space = read_space(connection)
    except Unreadable as error:
        problems.append(str(error))
    else:
        problems += islice(_unreadable(connection, space), _MOST_NAMED)
    return Health(
        version=newest(),
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
        text_bytes=_count(connection, _TEXT_BYTES),
        problems=tuple(problems[:_MOST_NAMED]),
    )


def _dishonoured(connection: sqlite3.Connection) -> list[str]:
    """What is said of corrections that the stories contradict."""
    links = read_links(connection)
    rows = connection.execute("SELECT a.number, e.story FROM articles a JOIN events e ON e.number = a.event").fetchall()
    story = dict(rows)
    split = sum(story.get(one) is None or story[one] != story.get(other) for one, other in links.together.tolist())
    mixed = sum(story.get(one) is not None and story[one] == story.get(other) for one, other in links.apart.tolist())
    return [
        f"{count} pairs {what}"
        for count, what in ((split, "joined and apart"), (mixed, "parted and together"))
        if count
    ]


def _unreadable(connection: sqlite3.Connection, space: Space | None) -> Iterator[str]:
    """What every row of every kind says when it is read."""

    def words(numbers: Sequence[int]) -> None:
        if space:
            load_rows(connection, numbers, space)
            load_pairs(connection, numbers)

    readers: list[tuple[str, Callable[[Sequence[int]], object]]] = [
        ("SELECT number FROM articles", lambda numbers: articles_by_number(connection, numbers, texts=True)),
        ("SELECT article FROM vectors", words),
        ("SELECT number FROM stories", lambda numbers: load_stories(connection, numbers)),
    ]
    for query, read in readers:
        numbers = [number for (number,) in connection.execute(query)]
        for part in in_chunks(numbers, _READ_AT_ONCE):
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


_TOGETHER = 2000


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The ids of the articles that go, and of the stories (and their aliases) that go with them.

    `oldest` and `newest` are the first and the last moment (seconds since 1970) that they were published, or else
    added; `undated` are those without a date of their own, `left` the number of articles that stay.
    """

    articles: tuple[str, ...]
    stories: tuple[str, ...]
    oldest: float | None
    newest: float | None
    undated: int
    left: int


def forget(path: Path, ids: Sequence[str] = (), *, before: float | None = None, wait: float = 0.0) -> Forgotten:
    """Remove articles by their id or their story's, and those published (or else added) before a moment.

    `before` is in seconds since 1970. A story that keeps fewer than two articles is dissolved. Raises StoreError for an
    id that the store does not hold; nothing is removed then.
    """
    with writing(path, wait=wait) as connection:
        with transaction(connection):
            gone = would_forget(connection, ids, before=before)
            numbers = _chosen(connection, ids, before)
            stories = _stories_with(connection, numbers)
            for start in range(0, len(numbers), _TOGETHER):
                remove_articles(connection, numbers[start : start + _TOGETHER])
            _tidy(connection, stories)
            _strike_from_changes(connection, set(gone.articles))
            connection.execute("INSERT INTO search (search) VALUES ('optimize')")  # or words of what is gone stay in it
        _shrink(connection, path)
    return gone


def would_forget(connection: sqlite3.Connection, ids: Sequence[str] = (), *, before: float | None = None) -> Forgotten:
    """What `forget` would remove; nothing is changed. Raises StoreError as it does."""
    numbers = listed(_chosen(connection, ids, before))
    rows = connection.execute(
        "SELECT id, coalesce(day * ?, added), day IS NULL FROM articles"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id",
        (SECONDS_PER_DAY, numbers),
    ).fetchall()
    articles, moments, undated = zip(*rows, strict=True) if rows else [()] * 3
    dissolved = connection.execute(
        "SELECT s.id FROM stories s JOIN events e ON e.story = s.number JOIN articles a ON a.event = e.number"
        " GROUP BY s.number HAVING sum(a.number IN (SELECT value FROM json_each(?1))) > 0"
        " AND sum(a.number NOT IN (SELECT value FROM json_each(?1))) < 2",
        (numbers,),
    ).fetchall()
    stories = sorted(id_ for (story,) in dissolved for id_ in (story, *aliases_of(connection, story)))
    left = _count(connection, "SELECT count(*) FROM articles") - len(articles)
    oldest, newest = min(moments, default=None), max(moments, default=None)
    return Forgotten(articles, tuple(stories), oldest, newest, sum(undated), left)


def _chosen(connection: sqlite3.Connection, ids: Sequence[str], before: float | None) -> list[int]:
    numbers: set[int] = set()
    for id_ in ids:
        numbers |= _named(connection, id_)
    if before is not None:
        rows = connection.execute(
            "SELECT number FROM articles WHERE coalesce(day * ?, added) < ?", (SECONDS_PER_DAY, before)
        )
        numbers |= {number for (number,) in rows}
    return sorted(numbers)


def _named(connection: sqlite3.Connection, id_: str) -> set[int]:
    """The article of this id, or all articles of the story of this id."""
    numbers = {number for (number,) in connection.execute("SELECT number FROM articles WHERE id = ?", (storable(id_),))}
    rows = connection.execute(
        "SELECT a.number FROM articles a JOIN events e ON e.number = a.event JOIN stories s ON s.number = e.story"
        " WHERE s.id = ?",
        (named_story(connection, id_),),
    )
    numbers = numbers or {number for (number,) in rows}
    if not numbers:
        raise StoreError(f"the store holds no article or story {id_!r}; nothing was forgotten")
    return numbers


def _stories_with(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.number IN (SELECT value FROM json_each(?)) ORDER BY e.story",
        (listed(numbers),),
    )
    return [story for (story,) in rows]


def _tidy(connection: sqlite3.Connection, stories: Sequence[int]) -> None:
    """Describe what is left of the stories without the words of what is gone; dissolve those with nothing left."""
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
        " probability = 0 WHERE event IN"
        " (SELECT number FROM events WHERE story IN (SELECT value FROM json_each(?)))",
        (listed(small),),
    )
    connection.execute(
        "DELETE FROM events WHERE story IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM articles WHERE event = events.number)",
        (chosen,),
    )
    connection.execute("DELETE FROM stories WHERE number IN (SELECT value FROM json_each(?))", (listed(small),))
    kept = [story for story in stories if story not in set(small)]
    connection.execute(
        "UPDATE stories SET described = 0 WHERE number IN (SELECT value FROM json_each(?))", (listed(kept),)
    )
    space = read_space(connection)
    if space is not None:
        describe_stories(connection, kept, space)
        find_nearest_again(connection, space)


def _strike_from_changes(connection: sqlite3.Connection, gone: set[str]) -> None:
    """Leave no id of what is gone in changes and corrections; a correction without a side says nothing."""
    for table, column in (("changes", "articles"), ("corrections", "articles"), ("corrections", "others")):
        query = f"SELECT number, {column} FROM {table}"  # noqa: S608 - three pairs of names
        for number, text in connection.execute(query).fetchall():
            articles = names_in(text)
            if not gone.isdisjoint(articles):
                left = json.dumps([id_ for id_ in articles if id_ not in gone])
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE number = ?", (left, number))  # noqa: S608
    connection.execute("DELETE FROM corrections WHERE verb <> 'rename' AND '[]' IN (articles, others)")


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
