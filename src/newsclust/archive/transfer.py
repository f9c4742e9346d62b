"""Stores as JSON lines, an article a line, and back."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from newsclust.archive.corrections import VERBS, corrections
from newsclust.articles import REASONS, UNDETERMINED, Article, Boilerplate
from newsclust.encoders.base import Encoder, Say
from newsclust.errors import InputError
from newsclust.execution.executor import in_chunks
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import one_blas_thread
from newsclust.settings import DEFAULTS, Settings
from newsclust.store.describe import describe_stories
from newsclust.store.features import check_settings, read_space, space_for
from newsclust.store.file import transaction, writing
from newsclust.store.ids import aliases_of, resolved
from newsclust.store.links import read_links
from newsclust.store.pairs import write_pairs
from newsclust.store.passages import as_they_are, remember
from newsclust.store.regroup import pairs_of_new
from newsclust.store.rows import BODY, COLUMNS, as_article, content_hash, known_contents, listed, storable
from newsclust.store.update import (
    BATCH,
    Options,
    Work,
    begin_run,
    described,
    insert_articles,
)
from newsclust.store.write import note, open_event, open_story


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """An article as it was exported: with the ids of its story and event, and those that lead to the story."""

    article: Article
    content: bytes
    story: str | None
    event: str | None
    aliases: tuple[str, ...]
    added: float | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What an export holds beside articles: ids that must not be given again, and corrections as rows."""

    retired: list[str] = field(default_factory=list)
    corrections: list[tuple[str | None, ...]] = field(default_factory=list)


def read_lines(lines: Iterable[str], name: str, beside: Beside) -> Iterator[ExportedLine]:
    """The articles of `lines`; what stands beside them goes to `beside`. `name` is the input's, for messages.

    Raises InputError for a line that is not an exported article.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise TypeError(f"a JSON object is wanted, not {type(value).__name__}")
            beside.retired.extend(_texts(value, "retired"))
            beside.corrections.extend(map(_correction, _checked(value.get("corrections") or [], list, "corrections")))
            yield _line(value)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise InputError(
                f"{name}:{number}: not an article of newsclust export ({type(error).__name__}: {error}); raw articles "
                "are read by newsclust group"
            ) from error


def _line(value: Mapping[str, Any]) -> ExportedLine:
    article = Article(
        id=storable(_checked(value["id"], str, "id")),
        title=_text(value, "title"),
        text=storable(_checked(value["text"], str, "text")),
        path=_text(value, "path") or "",
        language=_text(value, "language") or UNDETERMINED,
        published=_moment(value, "published"),
        url=_text(value, "url"),
        source=_text(value, "source"),
        extra=_extra(value),
        boilerplate=_boilerplate(value),
    )
    added = _moment(value, "added")
    return ExportedLine(
        article,
        bytes.fromhex(content) if (content := _text(value, "hash")) else content_hash(article),
        _text(value, "story"),
        _text(value, "event"),
        tuple(_texts(value, "aliases")),
        added.timestamp() if added else None,
    )


def _text(value: Mapping[str, Any], key: str) -> str | None:
    return storable(_checked(value[key], str, key)) if value.get(key) is not None else None


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    return [storable(_checked(item, str, key)) for item in _checked(value.get(key) or [], list, key)]


def _correction(value: Any) -> tuple[str | None, ...]:
    said = _checked(value, dict, "corrections")
    if said.get("verb") not in VERBS:
        raise ValueError(f"verb {said.get('verb')!r} is none of {', '.join(VERBS)}")
    sides = (json.dumps(_texts(said, side)) for side in ("articles", "others"))
    return said["verb"], _text(said, "story") or "", _text(said, "title"), *sides, _text(said, "reason")


def _boilerplate(value: Mapping[str, Any]) -> tuple[Boilerplate, ...]:
    by_reason = _checked(value.get("boilerplate") or {}, dict, "boilerplate")
    return tuple(Boilerplate(text, reason) for reason in REASONS for text in _texts(by_reason, reason))


def _extra(value: Mapping[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = _checked(value.get("extra") or {}, dict, "extra")
    json.dumps(extra, allow_nan=False)  # ValueError for what JSON cannot write again: NaN, 1e999
    return extra


def _moment(value: Mapping[str, Any], key: str) -> datetime | None:
    text = _text(value, key)
    moment = datetime.fromisoformat(text) if text else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"{key} {text!r} has no time zone")
    return moment.astimezone(UTC) if moment else None  # OverflowError where that is no year of the calendar


def _checked(value: Any, kind: type, key: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{key!r} is {type(value).__name__}, not {kind.__name__}")
    return value


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles were new, how many were known (and left as they were), and how many stories there are now."""

    added: int
    known: int
    stories: int


@dataclass(frozen=True, slots=True)
class _Home:
    """Where an imported article belongs."""

    article: str
    story: str
    event: str
    aliases: tuple[str, ...]


def exported(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Each article as a dict of plain values, by id; the first also lists the ids that must not be given again."""
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    query = (
        f"SELECT {columns}, {BODY}, a.content, a.added, s.id, e.id FROM articles a"  # noqa: S608
        " JOIN texts t ON t.article = a.number LEFT JOIN events e ON e.number = a.event"
        " LEFT JOIN stories s ON s.number = e.story ORDER BY a.id"
    )
    retired = _retired(connection)
    said = [
        {name: getattr(one, name) for name in ("verb", "story", "title", "articles", "others", "reason")}
        for one in corrections(connection)
        if one.undone is None
    ]
    told: set[str] = set()  # stories whose aliases stand in a line: in each they would be articles times aliases
    for row in connection.execute(query):
        article = as_article(row, row[8:12])
        content, added, story, event = row[12:]
        aliases = list(aliases_of(connection, story)) if story and story not in told else []
        told.add(story)
        yield {
            **{"id": article.id, "title": article.title, "text": article.text, "language": article.language},
            "published": article.published.isoformat() if article.published else None,
            **{"url": article.url, "source": article.source, "path": article.path},
            **{
                "extra": dict(article.extra),
                "boilerplate": article.boilerplate_by_reason,
                "hash": content.hex(),
            },
            "added": datetime.fromtimestamp(added, UTC).isoformat(),
            **{"story": story, "event": event, "aliases": aliases},
            **({"retired": retired} if retired else {}),
            **({"corrections": said} if said else {}),
        }
        retired, said = [], []


def _retired(connection: sqlite3.Connection) -> list[str]:
    """The ids that answer no more, or only as an event's, and must not be given again."""
    rows = connection.execute(
        "SELECT id FROM ids WHERE id NOT IN (SELECT id FROM stories) AND id NOT IN (SELECT id FROM events)"
        " AND (heir IS NULL OR kind = 'event') ORDER BY id"
    )
    return [id_ for (id_,) in rows]


def import_lines(
    path: Path,
    lines: Iterable[str],
    settings: Settings = DEFAULTS,
    *,
    name: str = "input",
    wait: float = 0.0,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> Imported:
    """Bring exported articles into a store, each in the story it was in; the store is made where there is none.

    Articles that the store knows stay as they are. One that comes back finishes what an import that died began. Raises
    InputError for a line that is not an exported article; the batches before it are kept.
    """
    homes: list[_Home] = []
    beside = Beside()
    added = known = 0
    with writing(path, wait=wait, create=True) as connection:
        check_settings(connection, settings)
        work = Work(connection, begin_run(connection), settings, Options(), encoder, progress, say)
        read = read_lines(lines, name, beside)
        for part in iter(lambda: list(islice(read, BATCH)), []):
            homes += [_Home(x.article.id, x.story, x.event, x.aliases) for x in part if x.story and x.event]
            there = known_contents(connection, [line.article.id for line in part])
            fresh = [*{line.article.id: line for line in reversed(part) if line.article.id not in there}.values()][::-1]
            _insert(work, fresh)
            added, known = added + len(fresh), known + len(part) - len(fresh)
        with transaction(connection):
            try:
                _take_corrections(work, beside)
                _settle(work, homes, beside.retired)
            except sqlite3.IntegrityError as error:
                raise InputError(
                    f"{name}: its stories and events contradict each other, or the store ({error})"
                ) from error
            connection.execute(
                "UPDATE runs SET finished = ?, added = ?, known = ? WHERE number = ?",
                (time.time(), added, known, work.run),
            )
        (stories,) = connection.execute("SELECT count(*) FROM stories").fetchone()
    return Imported(added, known, stories)


def _insert(work: Work, lines: Sequence[ExportedLine]) -> None:
    """Write articles as they are: they were cleaned when they were first read, and their language is known."""
    if not lines:
        return
    articles = [line.article for line in lines]
    features, vectors, model_id = described(articles, work.settings, work.encoder, work.progress, work.say)
    with transaction(work.connection):
        space = space_for(work.connection, work.settings, features, model_id)
        contents = {line.article.id: line.content for line in lines}
        added = {line.article.id: line.added for line in lines if line.added is not None}
        numbers, leads = insert_articles(work, articles, contents, features, vectors, space, added=added)
        remember(work.connection, as_they_are(articles), numbers, articles)
        fresh = np.array(sorted(set(leads) & set(numbers)), np.int64)
        space = read_space(work.connection) or space
        write_pairs(work.connection, one_blas_thread(pairs_of_new)(work.connection, fresh, space))


def _take_corrections(work: Work, beside: Beside) -> None:
    """Write down the corrections that are not there yet. Raises IntegrityError where they contradict others."""
    columns = "verb, story, title, articles, others, reason"
    query = f"SELECT {columns} FROM corrections WHERE undone IS NULL"  # noqa: S608
    there = set(work.connection.execute(query).fetchall())
    work.connection.executemany(
        f"INSERT INTO corrections (run, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [(work.run, *said) for said in dict.fromkeys(beside.corrections) if said not in there],
    )
    if read_links(work.connection).broken:
        raise sqlite3.IntegrityError("corrections say the opposite of each other")


def _settle(work: Work, homes: Sequence[_Home], retired: Sequence[str]) -> None:
    """Put the imported articles that are in no story into theirs, and describe the stories.

    An exact copy goes where the article that it repeats is: both have one home.
    """
    connection = work.connection
    connection.execute(
        "UPDATE articles SET event = (SELECT event FROM articles l WHERE l.number = articles.lead)"
        " WHERE lead IS NOT NULL AND event IS NOT (SELECT event FROM articles l WHERE l.number = articles.lead)"
    )
    lone = _lone(connection)
    groups: dict[str, list[_Home]] = {}
    for home in homes:
        if home.article in lone:
            groups.setdefault(resolved(connection, home.story) or home.story, []).append(home)
    touched = []
    placed: set[int] = set()
    for story, members in groups.items():
        waiting = [member for member in members if placed.isdisjoint(lone[member.article])]  # its copy may have a home
        together = {number for member in waiting for number in lone[member.article]}
        row = connection.execute("SELECT number FROM stories WHERE id = ?", (story,)).fetchone()
        if not together or (row is None and len(together) < 2):
            continue
        number = row[0] if row else _opened(connection, story)
        touched.append(number)
        _put(connection, number, waiting, lone)
        _keep_ids(connection, "story", {alias for member in waiting for alias in member.aliases}, story)
        note(connection, work.run, story, "grown" if row else "new", (member.article for member in waiting))
        placed |= together
    _keep_ids(connection, "story", [id_ for id_ in retired if not id_.startswith("e-")], None)
    _keep_ids(connection, "event", [id_ for id_ in retired if id_.startswith("e-")], None)
    contradicted = connection.execute("SELECT id FROM stories JOIN ids USING (id) WHERE heir IS NOT NULL").fetchone()
    if contradicted:
        raise sqlite3.IntegrityError(f"story {contradicted[0]!r} is an alias of another")
    space = read_space(connection)
    if space is not None:
        for part in in_chunks(sorted(touched), BATCH):
            describe_stories(connection, part, space)


def _lone(connection: sqlite3.Connection) -> dict[str, frozenset[int]]:
    """The articles that are in no story, by id: the numbers of each and of its exact copies."""
    rows = connection.execute(
        "SELECT id, number, ifnull(lead, number) FROM articles WHERE event IS NULL ORDER BY number"
    ).fetchall()
    copies: dict[int, set[int]] = {}
    for _, number, lead in rows:
        copies.setdefault(lead, set()).add(number)
    return {id_: frozenset(copies[lead]) for id_, _, lead in rows}


def _opened(connection: sqlite3.Connection, story: str) -> int:
    _keep_ids(connection, "story", [story], None)
    return open_story(connection, story)


def _put(
    connection: sqlite3.Connection, story: int, members: Sequence[_Home], lone: Mapping[str, frozenset[int]]
) -> None:
    by_event: dict[str, set[int]] = {}
    placed: set[int] = set()
    for member in members:
        if placed.isdisjoint(lone[member.article]):
            by_event.setdefault(member.event, set()).update(lone[member.article])
            placed |= lone[member.article]
    for event, numbers in by_event.items():
        _keep_ids(connection, "event", [event], None)
        row = connection.execute("SELECT number FROM events WHERE id = ? AND story = ?", (event, story)).fetchone()
        number = row[0] if row else open_event(connection, event, story)
        connection.execute(
            "UPDATE articles SET event = ?, nearest = NULL, probability = NULL"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (number, listed(numbers)),
        )


def _keep_ids(connection: sqlite3.Connection, kind: str, ids: Iterable[str], heir: str | None) -> None:
    connection.executemany(
        "INSERT INTO ids (id, kind, heir) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(id_, kind, heir) for id_ in sorted(ids)],
    )
