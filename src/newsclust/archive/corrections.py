"""Corrections: a person says which stories are one and which articles are not of a story, and it stays so."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from newsclust.errors import StoreError, UsageError
from newsclust.store.describe import describe_stories, find_nearest_again
from newsclust.store.features import read_space
from newsclust.store.file import transaction, writing
from newsclust.store.ids import named_story, resolved
from newsclust.store.links import read_links
from newsclust.store.read import Change, load_stories, run_changes
from newsclust.store.regroup import Request, regroup
from newsclust.store.rows import known_contents, listed, names_in, storable
from newsclust.store.update import begin_run
from newsclust.store.write import write_groups
from newsclust.stories import Story

VERBS = ("join", "part", "rename")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said: `verb` is "join", "part" or "rename".

    "join": the `articles` and the `others` are one story. "part": none of the `articles` is of one story with any of
    the `others`. "rename": the story is called `title`. `at` and `undone` are in seconds since 1970; one that was
    undone says nothing any more.
    """

    number: int
    at: float
    verb: str
    story: str
    title: str | None
    articles: tuple[str, ...]
    others: tuple[str, ...]
    reason: str | None
    undone: float | None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of articles that it labels."""
        return list(product(self.articles, self.others))


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made, or undone; the stories of its articles as they are now, and what changed."""

    correction: Correction
    stories: tuple[Story, ...]
    changes: tuple[Change, ...]


def join(path: Path, one: str, other: str, *, reason: str | None = None, wait: float = 0.0) -> Corrected:
    """Make two stories one, or take an article into a story: each is named by an id of its own, or the start of one.

    Raises StoreError where there is none of that name, or what was parted would come together.
    """
    with _correcting(path, wait) as (connection, run):
        ours, theirs = (_members(connection, name) for name in (one, other))
        if set(ours) & set(theirs):
            raise StoreError(f"{path}: {one} and {other} are one story already")
        story = named_story(connection, one) or named_story(connection, other) or ""
        return _made(connection, run, "join", story, ours, theirs, reason=reason)


def part(path: Path, story: str, articles: Sequence[str], *, reason: str | None = None, wait: float = 0.0) -> Corrected:
    """Take articles out of a story: none of them is of one story with the rest of it again.

    Exact copies of an article go with it. Raises StoreError where one is not in the story, all are, or what was joined
    would come apart.
    """
    with _correcting(path, wait) as (connection, run):
        members = _members(connection, story)
        strange = sorted(set(map(storable, articles)) - set(members))
        if strange:
            raise StoreError(f"{path}: story {story} has no article {strange[0]!r}; nothing was changed")
        ours = _with_copies(connection, articles)
        theirs = [id_ for id_ in members if id_ not in set(ours)]
        if not theirs:
            raise StoreError(f"{path}: these are all articles of story {story}; nothing was changed")
        return _made(connection, run, "part", named_story(connection, story) or "", ours, theirs, reason=reason)


def rename(path: Path, story: str, title: str, *, reason: str | None = None, wait: float = 0.0) -> Corrected:
    """Give a story a title that stays. Raises StoreError where there is no such story."""
    title = " ".join(storable(title).split())
    if not title:
        raise UsageError("a title is wanted, for example newsclust rename s-558e426ab3 'Talks in Istanbul'")
    with _correcting(path, wait) as (connection, run):
        id_ = named_story(connection, story)
        if id_ is None:
            raise StoreError(f"{path}: there is no story {story!r}; newsclust stories --store {path} lists them")
        return _made(connection, run, "rename", id_, (), (), title=title, reason=reason)


def undo(path: Path, number: int | None = None, *, wait: float = 0.0) -> Corrected:
    """Take back the last correction that stands, or that of a number: what it said is left to the articles again.

    Raises StoreError where there is none.
    """
    with _correcting(path, wait) as (connection, run):
        standing = [one for one in corrections(connection) if one.undone is None]
        matching = [one for one in standing if number in (None, one.number)]
        if not matching:
            what = "no correction" if number is None else f"no correction {number}"
            raise StoreError(f"{path}: {what} that stands; newsclust corrections --store {path} lists them")
        connection.execute("UPDATE corrections SET undone = ? WHERE number = ?", (run, matching[-1].number))
        return _applied(connection, run, matching[-1].number, free=_taken_in(connection, matching[-1]))


def corrections(connection: sqlite3.Connection) -> list[Correction]:
    """Every correction, in the order in which they were made."""
    rows = connection.execute(
        "SELECT c.number, r.started, c.verb, c.story, c.title, c.articles, c.others, c.reason, u.started"
        " FROM corrections c JOIN runs r ON r.number = c.run LEFT JOIN runs u ON u.number = c.undone ORDER BY c.number"
    )
    return [
        Correction(number, at, verb, story, title, tuple(names_in(some)), tuple(names_in(others)), reason, undone)
        for number, at, verb, story, title, some, others, reason, undone in rows
    ]


@contextmanager
def _correcting(path: Path, wait: float) -> Iterator[tuple[sqlite3.Connection, int]]:
    """A run that is written whole or not at all."""
    with writing(path, wait=wait) as connection, transaction(connection):
        run = begin_run(connection)
        yield connection, run
        connection.execute("UPDATE runs SET finished = ? WHERE number = ?", (time.time(), run))


def _made(
    connection: sqlite3.Connection,
    run: int,
    verb: str,
    story: str,
    articles: Sequence[str],
    others: Sequence[str],
    *,
    title: str | None = None,
    reason: str | None = None,
) -> Corrected:
    values = (run, verb, story, title, json.dumps(articles), json.dumps(others), reason and storable(reason))
    cursor = connection.execute(
        "INSERT INTO corrections (run, verb, story, title, articles, others, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    if read_links(connection).broken:
        raise StoreError(
            "an earlier correction says the opposite; newsclust corrections lists them, newsclust undo NUMBER takes "
            "one back; nothing was changed"
        )
    return _applied(connection, run, int(cursor.lastrowid or 0))


def _taken_in(connection: sqlite3.Connection, correction: Correction) -> dict[str, list[int]]:
    """The ids that a join made aliases, with the articles (numbers) that each stood for; none of another verb."""
    rows = connection.execute(
        "SELECT value FROM corrections k JOIN changes c ON c.run = k.run AND c.kind = 'merged', json_each(c.stories)"
        " JOIN ids i ON i.id = value AND i.heir IS NOT NULL WHERE k.number = ? AND k.verb = 'join'",
        (correction.number,),
    )
    sides = {id_: correction.articles if id_ == correction.story else correction.others for (id_,) in rows}
    return {id_: sorted(row.number for row in known_contents(connection, some).values()) for id_, some in sides.items()}


def _applied(
    connection: sqlite3.Connection, run: int, number: int, *, free: Mapping[str, Sequence[int]] | None = None
) -> Corrected:
    """Group what a correction is about again, and describe it."""
    (correction,) = (one for one in corrections(connection) if one.number == number)
    space = read_space(connection)
    named = [*correction.articles, *correction.others]
    if space is not None and named:
        rows = connection.execute(
            "SELECT DISTINCT ifnull(lead, number) FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (listed(named),),
        )
        again = np.array([row[0] for row in rows], np.int64)
        regrouped = regroup(connection, Request(np.zeros(0, np.int64), again, anew=True), space)
        describe_stories(connection, write_groups(connection, regrouped, (), {}, run, free or {}), space)
        find_nearest_again(connection, space)
    if space is not None and correction.verb == "rename":
        story = resolved(connection, correction.story)
        connection.execute("UPDATE stories SET described = 0 WHERE id = ?", (story,))
        rows = connection.execute("SELECT number FROM stories WHERE id = ?", (story,))
        describe_stories(connection, [row[0] for row in rows], space)
    stories = connection.execute(
        "SELECT DISTINCT e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.id IN (SELECT value FROM json_each(?))"
        " UNION SELECT number FROM stories WHERE id = ?",
        (listed(named), resolved(connection, correction.story)),
    ).fetchall()
    return Corrected(
        correction, tuple(load_stories(connection, [row[0] for row in stories])), run_changes(connection, run)
    )


def _members(connection: sqlite3.Connection, name: str) -> list[str]:
    """The ids of the articles of a story, or of the one article, of this name."""
    story = named_story(connection, name)
    if story is None:
        rows = connection.execute("SELECT id FROM articles WHERE id = ?", (storable(name),)).fetchall()
    else:
        rows = connection.execute(
            "SELECT a.id FROM articles a JOIN events e ON e.number = a.event JOIN stories s ON s.number = e.story"
            " WHERE s.id = ? ORDER BY a.id",
            (story,),
        ).fetchall()
    if not rows:
        raise StoreError(f"the store holds no story or article {name!r}; nothing was changed")
    return [id_ for (id_,) in rows]


def _with_copies(connection: sqlite3.Connection, articles: Sequence[str]) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM articles WHERE ifnull(lead, number) IN (SELECT ifnull(lead, number) FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?))) ORDER BY id",
        (listed(map(storable, articles)),),
    )
    return [id_ for (id_,) in rows]
