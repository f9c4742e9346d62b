"""Writing down what joining found: who is in which event and story now, under which ids, and what changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from newsclust.articles import Article
from newsclust.similarity.score import best_of_each, probability
from newsclust.store.features import take_from_means
from newsclust.store.ids import Succession, give_back, make_alias, new_id, succession
from newsclust.store.pairs import hand_over_pairs, write_pairs
from newsclust.store.regroup import Regrouped
from newsclust.store.rows import articles_by_number, forget_searched, listed
from newsclust.stories import Kind

Group = list[int]

_UNDESCRIBED = "place = 0, confidence = NULL, duplicate_of = NULL, relation = NULL"
"""What an article was in a story that it is no longer in says nothing of another: `describing` takes it for new."""


@dataclass(frozen=True, slots=True)
class Membership:
    """Where an article was: the numbers of its event and of its story."""

    event: int
    story: int


@dataclass(slots=True)
class _Levels:
    """The groups of both levels: stories, each with its events, all as numbers of articles."""

    stories: list[Group] = field(default_factory=list)
    events: list[Group] = field(default_factory=list)
    event_story: list[int] = field(default_factory=list)


def write_groups(
    connection: sqlite3.Connection,
    regrouped: Regrouped,
    fresh: Sequence[int],
    earlier: Mapping[int, Membership],
    run: int,
    free: Mapping[str, Iterable[int]] | None = None,
) -> list[int]:
    """Write the groups; the numbers of the stories that changed and must be described again.

    `fresh` are the new articles, copies included; `earlier` says where those of them were that were read again. An id
    that is `free` goes to the story that has most of the articles that it stood for, where no other lives on in it.
    """
    write_pairs(connection, regrouped.new_pairs)
    levels = _levels(connection, regrouped)
    everyone = _with_copies(connection, regrouped.numbers.tolist())
    before = _memberships(connection, [*everyone, *fresh]) | dict(earlier)
    was = {number: membership.story for number, membership in before.items()}
    stories, given_back = _with_free_ids(was, levels.stories, free or {})
    events = succession({number: membership.event for number, membership in before.items()}, levels.events)
    changed = _changed(levels, before, events, set(fresh))
    numbers = _write_stories(connection, levels, stories, given_back)
    _write_events(connection, levels, events, numbers)
    _write_lone(connection, everyone, levels)
    _note_kinds(connection, regrouped)
    _retire(connection, "event", {membership.event for membership in before.values()}, events)
    _note_changes(connection, run, levels.stories, stories, was, numbers)
    _retire(connection, "story", set(was.values()), stories)
    _note_nearest(connection, regrouped, levels)
    return [numbers[index] for index in sorted(changed)]


def _levels(connection: sqlite3.Connection, regrouped: Regrouped) -> _Levels:
    """Every story of two articles or more, exact copies counted."""
    copies = _copies(connection, regrouped.numbers.tolist())
    members: dict[int, dict[int, Group]] = {}
    for number, event, story in zip(
        regrouped.numbers.tolist(), regrouped.events.tolist(), regrouped.stories.tolist(), strict=True
    ):
        if number in regrouped.round_ups:
            continue  # nor do its copies make a story
        members.setdefault(story, {}).setdefault(event, []).extend([number, *copies.get(number, ())])
    levels = _Levels()
    for events in sorted(members.values(), key=lambda groups: min(map(min, groups.values()))):
        together = sorted(number for group in events.values() for number in group)
        if len(together) < 2:
            continue
        for group in sorted(events.values(), key=min):
            levels.events.append(sorted(group))
            levels.event_story.append(len(levels.stories))
        levels.stories.append(together)
    return levels


def _changed(levels: _Levels, before: Mapping[int, Membership], events: Succession, fresh: set[int]) -> set[int]:
    """The indices of the stories that are not, event by event and article by article, what they were."""
    old: dict[int, set[int]] = {}
    for number, membership in before.items():
        old.setdefault(membership.event, set()).add(number)
    homes: dict[int, set[int]] = {}
    for membership in before.values():
        homes.setdefault(membership.story, set()).add(membership.event)
    changed: set[int] = set()
    parts: dict[int, set[int]] = {}
    for group, story, claims in zip(levels.events, levels.event_story, events.claims, strict=True):
        if len(claims) != 1 or old[claims[0]] != set(group) or not fresh.isdisjoint(group):
            changed.add(story)
        else:
            parts.setdefault(story, set()).add(claims[0])
    same = [set(known) for known in homes.values()]
    return changed | {story for story, known in parts.items() if story not in changed and known not in same}


def _with_free_ids(
    was: Mapping[int, int], groups: Sequence[Group], free: Mapping[str, Iterable[int]]
) -> tuple[Succession, dict[int, str]]:
    """The succession of stories, as if those of free ids were there too; and the indices of new ones that get them."""
    names = dict(enumerate(sorted(free), start=max(was.values(), default=0) + 1))
    stood = {member: number for number, id_ in names.items() for member in free[id_]}
    after = succession({**was, **stood}, groups)
    given_back = {index: names[claims[0]] for index, claims in enumerate(after.claims) if claims and claims[0] in names}
    claims = tuple(tuple(number for number in some if number not in names) for some in after.claims)
    return Succession(claims, {old: index for old, index in after.heirs.items() if old not in names}), given_back


def _write_stories(
    connection: sqlite3.Connection, levels: _Levels, stories: Succession, given_back: Mapping[int, str]
) -> list[int]:
    """The number of each story; new ones are opened."""
    numbers = []
    for index, (group, claims) in enumerate(zip(levels.stories, stories.claims, strict=True)):
        if claims:
            numbers.append(claims[0])
            continue
        if (id_ := given_back.get(index)) is None:
            id_ = new_id(connection, "story", _articles(connection, group))
        else:
            give_back(connection, id_)
        numbers.append(open_story(connection, id_))
    return numbers


def open_story(connection: sqlite3.Connection, id_: str) -> int:
    """Open a story that is not described yet; its number."""
    cursor = connection.execute(
        "INSERT INTO stories (id, title, headlines, keywords, cohesion) VALUES (?, '', '{}', '[]', 0)", (id_,)
    )
    return int(cursor.lastrowid or 0)


def open_event(connection: sqlite3.Connection, id_: str, story: int) -> int:
    """Open an event of the story of that number; its number."""
    cursor = connection.execute("INSERT INTO events (id, story, title) VALUES (?, ?, '')", (id_, story))
    return int(cursor.lastrowid or 0)


def _write_events(
    connection: sqlite3.Connection, levels: _Levels, events: Succession, story_numbers: Sequence[int]
) -> None:
    for group, index, claims in zip(levels.events, levels.event_story, events.claims, strict=True):
        story = story_numbers[index]
        if claims:
            number = claims[0]
            moving = "UPDATE events SET story = ?2 WHERE number = ?1 AND story <> ?2"
            if connection.execute(moving, (number, story)).rowcount:
                connection.execute(f"UPDATE articles SET {_UNDESCRIBED} WHERE event = ?", (number,))  # noqa: S608
        else:
            number = open_event(connection, new_id(connection, "event", _articles(connection, group)), story)
        connection.execute(
            f"UPDATE articles SET event = ?, nearest = NULL, probability = NULL, {_UNDESCRIBED}"  # noqa: S608
            " WHERE number IN (SELECT value FROM json_each(?)) AND event IS NOT ?",
            (number, listed(group), number),
        )


def _write_lone(connection: sqlite3.Connection, everyone: Iterable[int], levels: _Levels) -> None:
    clustered = {number for group in levels.stories for number in group}
    lone = [number for number in everyone if number not in clustered]
    connection.execute(
        f"UPDATE articles SET event = NULL, probability = 0, {_UNDESCRIBED}"  # noqa: S608
        " WHERE number IN (SELECT value FROM json_each(?)) AND event IS NOT NULL",
        (listed(lone),),
    )


def _note_kinds(connection: sqlite3.Connection, regrouped: Regrouped) -> None:
    """Write which of the articles that were judged are round-ups."""
    for kind, numbers in ((Kind.ARTICLE, regrouped.judged - regrouped.round_ups), (Kind.ROUND_UP, regrouped.round_ups)):
        connection.execute(
            "UPDATE articles SET kind = ?1 WHERE kind != ?1"
            " AND (number IN (SELECT value FROM json_each(?2)) OR lead IN (SELECT value FROM json_each(?2)))",
            (kind.value, listed(numbers)),
        )


def _retire(connection: sqlite3.Connection, kind: str, old: Iterable[int], after: Succession) -> None:
    """Take away the groups that no longer carry their id; the id answers as that of the group it lives on in."""
    table = "stories" if kind == "story" else "events"
    for number in sorted(old):
        heir = after.heirs.get(number)
        keeper = after.claims[heir][0] if heir is not None else None
        if keeper == number:
            continue
        query = f"SELECT id FROM {table} WHERE number = ?"  # noqa: S608 - one of two names
        row = connection.execute(query, (number,)).fetchone()
        if row is None:
            continue
        if keeper is not None:
            make_alias(connection, row[0], connection.execute(query, (keeper,)).fetchone()[0])
        connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608


def _note_changes(
    connection: sqlite3.Connection,
    run: int,
    groups: Sequence[Group],
    after: Succession,
    was: Mapping[int, int],
    numbers: Sequence[int],
) -> None:
    """Record stories that are new, grown, merged, split or dissolved, while the old ones can still be looked up."""
    ids = _ids(connection, [*numbers, *was.values()])
    where = {member: index for index, group in enumerate(groups) for member in group}
    names = {number: article.id for number, article in articles_by_number(connection, {*was, *where}).items()}
    for index, (group, claims) in enumerate(zip(groups, after.claims, strict=True)):
        id_ = ids[numbers[index]]
        added = [names[m] for m in group if was.get(m) is None or was[m] not in claims]
        if not claims:
            note(connection, run, id_, "new", added)
        elif added:
            note(connection, run, id_, "grown", added)
        if len(claims) > 1:
            note(connection, run, id_, "merged", [], [ids[number] for number in claims[1:]])
    left: dict[int, list[int]] = {}
    for member, old in was.items():
        if where.get(member, -1) != after.heirs.get(old, -2):
            left.setdefault(old, []).append(member)
    for old, members in sorted(left.items()):
        if old not in ids:
            continue
        moved = [names[member] for member in members if member in names]
        indices = sorted({where[member] for member in members if member in where})
        kind = "split" if old in after.heirs else "dissolved"
        note(connection, run, ids[old], kind, moved, [ids[numbers[index]] for index in indices])


def note(
    connection: sqlite3.Connection, run: int, id_: str, kind: str, articles: Iterable[str], stories: Iterable[str] = ()
) -> None:
    """Record what happened to a story in a run: the ids of articles and of other stories that it is about."""
    connection.execute(
        "INSERT INTO changes (run, story, kind, articles, stories) VALUES (?, ?, ?, ?, ?)",
        (run, id_, kind, json.dumps(sorted(articles)), json.dumps(sorted(stories))),
    )


def _note_nearest(connection: sqlite3.Connection, regrouped: Regrouped, levels: _Levels) -> None:
    """Keep for each article that is in no story the one that most likely tells the same, if likelier than before."""
    clustered = {number for group in levels.stories for number in group}
    pairs = regrouped.pairs.joined(regrouped.new_pairs)
    ours, theirs = np.concatenate((pairs.first, pairs.second)), np.concatenate((pairs.second, pairs.first))
    likely = np.concatenate((pairs.story, pairs.story))
    here = ~np.isin(ours, np.array(sorted(clustered), np.int64))
    ours, theirs, likely = ours[here], theirs[here], np.round(probability(likely[here]), 6)
    connection.executemany(
        "UPDATE articles SET nearest = ?1, probability = ?2 WHERE number = ?3 AND event IS NULL"
        " AND (nearest IS NULL OR probability < ?2)",
        [(int(theirs[k]), float(likely[k]), int(ours[k])) for k in best_of_each(ours, theirs, likely)],
    )


def _copies(connection: sqlite3.Connection, leads: Iterable[int]) -> dict[int, list[int]]:
    by_lead: dict[int, list[int]] = {}
    rows = connection.execute(
        "SELECT lead, number FROM articles WHERE lead IN (SELECT value FROM json_each(?)) ORDER BY number",
        (listed(leads),),
    )
    for lead, number in rows:
        by_lead.setdefault(lead, []).append(number)
    return by_lead


def _with_copies(connection: sqlite3.Connection, leads: Sequence[int]) -> list[int]:
    return [*leads, *(number for copies in _copies(connection, leads).values() for number in copies)]


def _memberships(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Membership]:
    rows = connection.execute(
        "SELECT a.number, e.number, e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.number IN (SELECT value FROM json_each(?))",
        (listed(numbers),),
    )
    return {number: Membership(event, story) for number, event, story in rows}


def _articles(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Article]:
    return list(articles_by_number(connection, numbers).values())


def _ids(connection: sqlite3.Connection, stories: Iterable[int]) -> dict[int, str]:
    rows = connection.execute(
        "SELECT number, id FROM stories WHERE number IN (SELECT value FROM json_each(?))", (listed(set(stories)),)
    )
    return dict(rows.fetchall())


def remove_articles(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Delete articles with their texts and features. Events and stories are left for the caller to look at.

    Where an article goes whose exact copies stay, the first of these takes over its features.
    """
    going = sorted(set(numbers))
    _hand_over(connection, going)
    take_from_means(connection, going)
    forget_searched(connection, going)
    connection.execute("DELETE FROM articles WHERE number IN (SELECT value FROM json_each(?))", (listed(going),))


def _hand_over(connection: sqlite3.Connection, going: Sequence[int]) -> None:
    rows = connection.execute(
        "SELECT lead, min(number) FROM articles WHERE lead IN (SELECT value FROM json_each(?1))"
        " AND number NOT IN (SELECT value FROM json_each(?1)) GROUP BY lead",
        (listed(going),),
    ).fetchall()
    for lead, heir in rows:
        for table in ("vectors", "words"):
            connection.execute(f"UPDATE {table} SET article = ? WHERE article = ?", (heir, lead))  # noqa: S608
        hand_over_pairs(connection, lead, heir)
        connection.execute("UPDATE articles SET lead = NULL WHERE number = ?", (heir,))
        connection.execute("UPDATE articles SET lead = ? WHERE lead = ? AND number <> ?", (heir, lead, heir))
    # Copies that go together with their lead must not hold it back.
    connection.execute(
        "UPDATE articles SET lead = NULL WHERE lead IN (SELECT value FROM json_each(?1))"
        " AND number IN (SELECT value FROM json_each(?1))",
        (listed(going),),
    )
