"""Reading stories back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsclust.articles import Skipped
from newsclust.settings import Settings
from newsclust.store.features import stored_settings
from newsclust.store.ids import resolved
from newsclust.store.rows import COLUMNS, as_article, headlines_in, listed, names_in, share_in
from newsclust.stories import ClusterResult, Event, Member, Nearest, Story, Unclustered

_SECONDS_PER_DAY = 86400.0
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


def load_stories(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Story]:
    """The stories of these numbers, largest first, then by id. Articles come without their texts."""
    wanted = listed(numbers)
    members = _members(connection, wanted)
    rows = connection.execute(
        "SELECT number, id, title, headlines, keywords, cohesion FROM stories"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    stories = []
    for number, id_, title, headlines, keywords, cohesion in rows:
        found = members.get(number, [])
        stories.append(
            Story(
                id=id_,
                title=title,
                headlines=headlines_in(headlines),
                keywords=tuple(names_in(keywords)),
                events=_events(found),
                members=tuple(member for member, _ in found),
                cohesion=share_in(cohesion),
            )
        )
    return sorted(stories, key=lambda story: (-len(story.members), story.id))


def _members(connection: sqlite3.Connection, stories: str) -> dict[int, list[tuple[Member, str]]]:
    """Each story's members in order, with the titles of their events."""
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    query = (
        f"SELECT {columns}, e.story, e.id, e.title, a.confidence, d.id, t.body FROM articles a"  # noqa: S608
        " JOIN events e ON e.number = a.event LEFT JOIN articles d ON d.number = a.duplicate_of"
        " LEFT JOIN texts t ON t.article = a.number AND (a.title IS NULL OR trim(a.title) = '')"
        " WHERE e.story IN (SELECT value FROM json_each(?)) ORDER BY e.story, a.place, a.id"
    )
    found: dict[int, list[tuple[Member, str]]] = {}
    for row in connection.execute(query, (stories,)):
        story, event, title, confidence, original, body = row[8:]
        member = Member(as_article(row, body), event, share_in(confidence or 0.0), original)
        found.setdefault(story, []).append((member, title))
    return found


def _events(members: Sequence[tuple[Member, str]]) -> tuple[Event, ...]:
    """The events by their first known date, then by id."""
    groups: dict[str, list[Member]] = {}
    titles: dict[str, str] = {}
    for member, title in members:
        groups.setdefault(member.event, []).append(member)
        titles[member.event] = title

    def order(event: str) -> tuple[float, str]:
        return min(_moment(member.article.published) for member in groups[event]), event

    return tuple(
        Event(event, titles[event], tuple(member.article.id for member in groups[event]))
        for event in sorted(groups, key=order)
    )


def load_unclustered(connection: sqlite3.Connection, articles: Iterable[str] | None = None) -> list[Unclustered]:
    """The articles that are in no story, by id: all of them, or those with one of the ids."""
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    query = (
        f"SELECT {columns}, t.body, n.id, a.chance FROM articles a JOIN texts t ON t.article = a.number"  # noqa: S608
        " LEFT JOIN articles n ON n.number = a.nearest WHERE a.event IS NULL"
    )
    chosen: tuple[str, ...] = ()
    if articles is not None:
        query += " AND a.id IN (SELECT value FROM json_each(?))"
        chosen = (listed(articles),)
    found = []
    for row in connection.execute(query + " ORDER BY a.id", chosen):
        body, nearest, chance = row[8:]
        found.append(Unclustered(as_article(row, body), Nearest(nearest, share_in(chance)) if nearest else None))
    return found


def result_of(
    connection: sqlite3.Connection,
    settings: Settings,
    skipped: tuple[Skipped, ...],
    *,
    articles: Sequence[str] | None,
    changes: Sequence[Change] = (),
) -> ClusterResult:
    """The whole stories that these articles are in, and those of them that are in none; or the stories that changed."""
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
    return ClusterResult(tuple(load_stories(connection, numbers)), tuple(unclustered), skipped, settings, model)


def whole_result(connection: sqlite3.Connection, settings: Settings) -> ClusterResult:
    """Everything the store holds, as one result."""
    numbers = [row[0] for row in connection.execute("SELECT number FROM stories")]
    model = stored_settings(connection).get("model", settings.model)
    stories = tuple(load_stories(connection, numbers))
    return ClusterResult(stories, tuple(load_unclustered(connection)), (), settings, model)


def list_stories(connection: sqlite3.Connection, wanted: Wanted) -> list[Story]:
    """The stories asked for, without reading the others."""
    rows = connection.execute(
        "SELECT e.story, count(*) AS size, coalesce(max(a.day) * ?1, max(a.added)) AS seen FROM articles a"
        " JOIN events e ON e.number = a.event GROUP BY e.story"
        " HAVING size >= ?2 AND (?3 IS NULL OR seen >= ?3) AND (?4 IS NULL OR sum(a.language = ?4) > 0)",
        (_SECONDS_PER_DAY, wanted.min_size, wanted.since, wanted.language),
    ).fetchall()
    stories = load_stories(connection, [row[0] for row in rows])
    if wanted.by_recency:
        seen = {row[0]: row[2] for row in rows}
        number = dict(connection.execute("SELECT id, number FROM stories").fetchall())
        stories.sort(key=lambda story: (-seen[number[story.id]], story.id))
    return stories


def find_story(connection: sqlite3.Connection, id_: str) -> Story | None:
    """The story that an id answers as, or that its event is in, through any merges; None where there is none now."""
    today = resolved(connection, id_)
    numbers = _numbers_of(connection, [today] if today else [])
    events = connection.execute("SELECT story FROM events WHERE id = ?", (today,))
    return next(iter(load_stories(connection, numbers or [story for (story,) in events])), None)


def history(connection: sqlite3.Connection, id_: str) -> list[tuple[float, Change]]:
    """What happened to a story and to those merged into it: moments (seconds since 1970) and changes, oldest first."""
    rows = connection.execute(
        "SELECT r.started, c.story, c.kind, c.articles, c.stories FROM changes c JOIN runs r ON r.number = c.run"
        " WHERE c.story = ?1 OR c.story IN (SELECT id FROM ids WHERE heir = ?1) ORDER BY c.number",
        (id_,),
    )
    return [(row[0], _change(row[1], [row[2:]])) for row in rows]


def run_changes(connection: sqlite3.Connection) -> tuple[Change, ...]:
    """What changed since the last run that ended, one entry a story; runs that died are told by the one that ends."""
    (last,) = connection.execute("SELECT ifnull(max(number), 0) FROM runs WHERE finished IS NOT NULL").fetchone()
    rows = connection.execute(
        "SELECT coalesce(i.heir, i.id), c.kind, c.articles, c.stories, c.story FROM changes c"
        " JOIN ids i ON i.id = c.story WHERE c.run > ? ORDER BY c.number",
        (last,),
    ).fetchall()
    opened = {row[4] for row in rows if row[1] == "new"}
    # A story that was opened within these runs is told as it is now, whatever left it on the way.
    left = {(row[4], id_) for row in rows if row[1] == "split" and row[4] in opened for id_ in names_in(row[2])}
    by_story: dict[str, list[Sequence[Any]]] = {}
    for story, kind, articles, stories, first in rows:
        # A story that was opened and taken in by another within these runs is news only as what it added.
        if kind == "split" and first in opened:
            continue
        kind = "grown" if kind == "new" and story != first else kind
        articles = json.dumps([id_ for id_ in names_in(articles) if (first, id_) not in left])
        others = [id_ for id_ in names_in(stories) if kind != "merged" or id_ not in opened]
        by_story.setdefault(story, []).append((kind, articles, json.dumps(others)))
    found = [_change(story, entries) for story, entries in by_story.items()]
    alive = {row[0] for row in connection.execute("SELECT id FROM stories")}
    kept = [change for change in found if change.story in alive or change.story not in opened]
    return tuple(sorted((change for change in kept if change.kinds), key=lambda change: change.story))


def _change(story: str, entries: Sequence[Sequence[Any]]) -> Change:
    lists: dict[str, list[str]] = {"added": [], "left": [], "merged": [], "into": []}
    kinds = set()
    for kind, articles, stories in entries:
        articles, stories = names_in(articles), names_in(stories)
        lists["added" if kind in ("new", "grown") else "left"] += articles
        lists["merged" if kind == "merged" else "into"] += stories
        if articles or stories:
            kinds.add(kind)
    if "new" in kinds:
        kinds -= {"grown"}
    return Change(
        story,
        tuple(kind for kind in KINDS if kind in kinds),
        **{name: tuple(sorted(set(values))) for name, values in lists.items()},
    )


def _numbers_of(connection: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    rows = connection.execute("SELECT number FROM stories WHERE id IN (SELECT value FROM json_each(?))", (listed(ids),))
    return [row[0] for row in rows]


def _moment(published: datetime | None) -> float:
    return published.timestamp() if published else float("inf")
