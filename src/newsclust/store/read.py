"""Reading stories back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newsclust.articles import Article, Skipped
from newsclust.settings import Settings
from newsclust.store.features import stored_settings
from newsclust.store.ids import named_story
from newsclust.store.rows import (
    BODY,
    COLUMNS,
    SECONDS_PER_DAY,
    articles_by_number,
    as_article,
    headlines_in,
    kind_in,
    listed,
    mentions_in,
    names_in,
    relation_in,
    share_in,
    storable,
)
from newsclust.stories import ClusterResult, Event, Member, Nearest, Story, Unclustered, Version

KINDS = ("new", "grown", "merged", "split", "dissolved")
"""What can happen to a story, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one story.

    `kinds` are some of KINDS. `added` are ids of articles that joined, `left` of articles that went; `merged` are ids
    of stories that this one took in, `into` of stories that took what split off.
    """

    story: str
    kinds: tuple[str, ...]
    added: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories to list: seen since a moment (seconds since 1970), with a language, of a size; and their order."""

    since: float | None = None
    language: str | None = None
    min_size: int = 2
    by_recency: bool = False


def load_stories(connection: sqlite3.Connection, numbers: Iterable[int], *, texts: bool = False) -> list[Story]:
    """The stories of these numbers, largest first, then by id. Articles come without their texts, unless `texts`."""
    wanted = listed(numbers)
    members = _members(connection, wanted, texts=texts)
    rows = connection.execute(
        "SELECT number, id, title, headlines, keywords, mentions, cohesion FROM stories"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    stories = []
    for number, id_, title, headlines, keywords, mentions, cohesion in rows:
        titled = members.get(number, [])
        stories.append(
            Story(
                id=id_,
                title=title,
                headlines=headlines_in(headlines),
                keywords=tuple(names_in(keywords)),
                events=_events(titled),
                members=tuple(member for member, _ in titled),
                cohesion=share_in(cohesion),
                mentions=mentions_in(mentions),
            )
        )
    return sorted(stories, key=lambda story: (-len(story.members), story.id))


def _members(connection: sqlite3.Connection, stories: str, *, texts: bool) -> dict[int, list[tuple[Member, str]]]:
    """Each story's members in order, with the titles of their events."""
    untitled = "" if texts else " AND (a.title IS NULL OR trim(a.title) = '')"
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    query = (
        f"SELECT {columns}, e.story, e.id, e.title, a.confidence, d.id, a.relation, {BODY} FROM articles a"  # noqa: S608
        " JOIN events e ON e.number = a.event LEFT JOIN articles d ON d.number = a.duplicate_of"
        f" LEFT JOIN texts t ON t.article = a.number{untitled}"
        " WHERE e.story IN (SELECT value FROM json_each(?)) ORDER BY e.story, a.place, a.id"
    )
    by_story: dict[int, list[tuple[Member, str]]] = {}
    for row in connection.execute(query, (stories,)):
        story, event, title, confidence, original, relation, *body = row[8:]
        version = Version(original, relation_in(relation)) if original else None
        member = Member(as_article(row, body), event, share_in(confidence or 0.0), version)
        by_story.setdefault(story, []).append((member, title))
    return by_story


def _events(members: Sequence[tuple[Member, str]]) -> tuple[Event, ...]:
    """The events by their first known date, undated ones by size, then by id."""
    groups: dict[str, list[Member]] = {}
    titles: dict[str, str] = {}
    for member, title in members:
        groups.setdefault(member.event, []).append(member)
        titles[member.event] = title

    def order(event: str) -> tuple[float, int, str]:
        first = min(_moment(member.article.published) for member in groups[event])
        return first, -len(groups[event]), event

    return tuple(
        Event(event, titles[event], tuple(member.article.id for member in groups[event]))
        for event in sorted(groups, key=order)
    )


def load_unclustered(connection: sqlite3.Connection, articles: Iterable[str] | None = None) -> list[Unclustered]:
    """The articles that are in no story, by id: all of them, or those with one of the ids."""
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    query = (
        f"SELECT {columns}, {BODY}, n.id, a.probability, a.kind, s.id FROM articles a"  # noqa: S608
        " JOIN texts t ON t.article = a.number LEFT JOIN articles n ON n.number = a.nearest"
        " LEFT JOIN events e ON e.number = n.event LEFT JOIN stories s ON s.number = e.story WHERE a.event IS NULL"
    )
    chosen: tuple[str, ...] = ()
    if articles is not None:
        query += " AND a.id IN (SELECT value FROM json_each(?))"
        chosen = (listed(articles),)
    unclustered = []
    for row in connection.execute(query + " ORDER BY a.id", chosen):
        *body, nearest, probability, kind, story = row[8:]
        near = Nearest(nearest, share_in(probability), story) if nearest else None
        unclustered.append(Unclustered(as_article(row, body), near, kind=kind_in(kind)))
    return unclustered


def result_of(
    connection: sqlite3.Connection,
    settings: Settings,
    skipped: tuple[Skipped, ...],
    *,
    articles: Sequence[str] | None,
    changes: Sequence[Change] = (),
    texts: bool = False,
) -> ClusterResult:
    """The whole stories that these articles are in, and those of them that are in none; or the stories that changed.

    Members come with their texts only where `texts` says so.
    """
    unclustered: list[Unclustered] = []
    if articles is None:
        numbers = _numbers_of(connection, [change.story for change in changes])
    else:
        numbers = [
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT e.story FROM articles a JOIN events e ON e.number = a.event"
                " WHERE a.id IN (SELECT value FROM json_each(?))",
                (listed(articles),),
            )
        ]
        unclustered = load_unclustered(connection, articles)
    model = stored_settings(connection).get("model", settings.model)
    stories = tuple(load_stories(connection, numbers, texts=texts))
    return ClusterResult(stories, tuple(unclustered), skipped, settings, model)


def whole_result(connection: sqlite3.Connection, settings: Settings) -> ClusterResult:
    """Everything the store holds, as one result."""
    numbers = [row[0] for row in connection.execute("SELECT number FROM stories")]
    model = stored_settings(connection).get("model", settings.model)
    stories = tuple(load_stories(connection, numbers))
    return ClusterResult(stories, tuple(load_unclustered(connection)), (), settings, model)


def with_texts(connection: sqlite3.Connection, result: ClusterResult) -> ClusterResult:
    """The same stories, their articles with their texts."""
    numbers = _numbers_of(connection, [story.id for story in result.stories])
    stories = {story.id: story for story in load_stories(connection, numbers, texts=True)}
    return replace(result, stories=tuple(stories[story.id] for story in result.stories))


def list_stories(connection: sqlite3.Connection, wanted: Wanted) -> list[Story]:
    """The stories asked for, without reading the others."""
    rows = connection.execute(
        "SELECT e.story, count(*) AS size, coalesce(max(a.day) * ?1, max(a.added)) AS seen FROM articles a"
        " JOIN events e ON e.number = a.event GROUP BY e.story"
        " HAVING size >= ?2 AND (?3 IS NULL OR seen >= ?3) AND (?4 IS NULL OR sum(a.language = ?4) > 0)",
        (SECONDS_PER_DAY, wanted.min_size, wanted.since, wanted.language),
    ).fetchall()
    stories = load_stories(connection, [row[0] for row in rows])
    if wanted.by_recency:
        seen = {row[0]: row[2] for row in rows}
        number = dict(connection.execute("SELECT id, number FROM stories").fetchall())
        stories.sort(key=lambda story: (-seen[number[story.id]], story.id))
    return stories


def find_story(connection: sqlite3.Connection, id_: str) -> Story | None:
    """The story that an id, or the start of one, answers as (see `named_story`); None where there is none now."""
    today = named_story(connection, id_)
    return next(iter(load_stories(connection, _numbers_of(connection, [today] if today else []))), None)


def articles_named(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """The articles with these ids, with their texts."""
    wanted = listed(map(storable, ids))
    rows = connection.execute("SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    articles = articles_by_number(connection, [number for (number,) in rows], texts=True)
    return {article.id: article for article in articles.values()}


def history(connection: sqlite3.Connection, id_: str) -> list[tuple[float, Change]]:
    """What happened to a story and to those merged into it: moments (seconds since 1970) and changes, oldest first."""
    rows = connection.execute(
        "SELECT r.started, c.story, c.kind, c.articles, c.stories FROM changes c JOIN runs r ON r.number = c.run"
        " WHERE c.story = ?1 OR c.story IN (SELECT id FROM ids WHERE heir = ?1) ORDER BY c.number",
        (id_,),
    )
    return [(row[0], _together(row[1], [_noted(row[1:])])) for row in rows]


def run_changes(connection: sqlite3.Connection, run: int | None = None) -> tuple[Change, ...]:
    """What changed in the runs that did not end yet, or in one, an entry a story: who ends tells those that died."""
    rows = connection.execute(
        "SELECT c.story, c.kind, c.articles, c.stories, coalesce(i.heir, i.id) FROM changes c"
        " JOIN ids i ON i.id = c.story"
        " WHERE CASE WHEN ?1 THEN c.run = ?1 ELSE c.run IN (SELECT number FROM runs WHERE finished IS NULL) END"
        " ORDER BY c.number",
        (run,),
    ).fetchall()
    noted = [(row[4], _noted(row[:4])) for row in rows]
    opened = {change.story for _, change in noted if "new" in change.kinds}
    # A story that was opened within these runs is told as it is now, whatever left it, or was taken in, on the way.
    left = {(change.story, id_) for _, change in noted if change.story in opened for id_ in change.left}
    by_story: dict[str, list[Change]] = {}
    for today, change in noted:
        if "split" not in change.kinds or change.story not in opened:
            added = tuple(id_ for id_ in change.added if (change.story, id_) not in left)
            merged = tuple(id_ for id_ in change.merged if id_ not in opened)
            kinds = change.kinds if change.story == today or change.kinds != ("new",) else ("grown",)
            by_story.setdefault(today, []).append(replace(change, kinds=kinds, added=added, merged=merged))
    alive = {row[0] for row in connection.execute("SELECT id FROM stories")}
    changes = [_together(story, some) for story, some in by_story.items() if story in alive or story not in opened]
    return tuple(sorted((change for change in changes if change.kinds), key=lambda change: change.story))


def _noted(row: Sequence[Any]) -> Change:
    """A row of the table of changes: story, kind, articles and stories."""
    story, kind, articles, stories = row[0], row[1], tuple(names_in(row[2])), tuple(names_in(row[3]))
    if kind in ("new", "grown"):
        return Change(story, (kind,), added=articles)
    if kind == "merged":
        return Change(story, (kind,), merged=stories)
    return Change(story, (kind,), left=articles, into=stories)


def _together(story: str, changes: Sequence[Change]) -> Change:
    """One entry for all that happened to a story: what came of nothing is left out."""
    lists = {
        name: sorted({id_ for c in changes for id_ in getattr(c, name)}) for name in ("added", "left", "merged", "into")
    }
    kinds = {kind for c in changes if c.added or c.left or c.merged or c.into for kind in c.kinds}
    told = (kind for kind in KINDS if kind in kinds and not (kind == "grown" and "new" in kinds))
    return Change(story, tuple(told), **{name: tuple(ids) for name, ids in lists.items()})


def _numbers_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    rows = connection.execute("SELECT number FROM stories WHERE id IN (SELECT value FROM json_each(?))", (listed(ids),))
    return [row[0] for row in rows]


def _moment(published: datetime | None) -> float:
    return published.timestamp() if published else float("inf")
