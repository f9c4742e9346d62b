"""Which new group carries on which old one, and the ids that follow.

An old group lives on in the new group that took the largest part of its members. Where several old ones live on in one,
it carries the id that was opened first, and the others answer as its aliases. No id is given twice, also not after
its articles were forgotten.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsclust.articles import Article
from newsclust.building.build import ID_DIGITS, seed_id
from newsclust.errors import StoreError
from newsclust.store.rows import storable

_LONGEST = 64
SHORTEST = 4
"""Characters of an id that stand for it where no other begins so, with its "s-" or "e-"."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of old groups (by their numbers) in new ones (by their indices).

    `claims` holds for each new group the old ones that live on in it, first opened first. `heirs` holds for each old
    group the new one it lives on in; one that is missing has dissolved.
    """

    claims: tuple[tuple[int, ...], ...]
    heirs: Mapping[int, int]


def succession(before: Mapping[int, int], groups: Sequence[Sequence[int]]) -> Succession:
    """Match the old groups that articles were in (`before`: article to group) with the new `groups` of articles."""
    shared: Counter[tuple[int, int]] = Counter()
    for index, members in enumerate(groups):
        for member in members:
            if member in before:
                shared[before[member], index] += 1
    heirs: dict[int, int] = {}
    # The largest part; of equal ones the larger group, then the one with the oldest article.
    for (old, index), _ in sorted(
        shared.items(), key=lambda item: (-item[1], -len(groups[item[0][1]]), min(groups[item[0][1]]))
    ):
        heirs.setdefault(old, index)
    claims: list[list[int]] = [[] for _ in groups]
    for old in sorted(heirs):
        claims[heirs[old]].append(old)
    return Succession(tuple(tuple(claim) for claim in claims), heirs)


def new_id(connection: sqlite3.Connection, kind: str, members: Sequence[Article]) -> str:
    """Give a group an id that no group ever had, and write it down."""
    id_ = seed_id(kind, members)
    digest = hashlib.sha256(id_.encode()).hexdigest()
    digits, turn = ID_DIGITS, 0
    while connection.execute("SELECT 1 FROM ids WHERE id = ?", (id_,)).fetchone():
        turn += 1
        digest = hashlib.sha256(f"{digest}\0{turn}".encode()).hexdigest()
        id_ = f"{kind[0]}-{digest[:digits]}"
        digits = min(digits + (turn % 8 == 0), _LONGEST)
    connection.execute("INSERT INTO ids (id, kind) VALUES (?, ?)", (id_, kind))
    return id_


def make_alias(connection: sqlite3.Connection, id_: str, heir: str) -> None:
    """Let `id_`, and all that answered through it, answer as `heir`."""
    connection.execute("UPDATE ids SET heir = ? WHERE id = ? OR heir = ?", (heir, id_, id_))


def give_back(connection: sqlite3.Connection, id_: str) -> None:
    """Let an alias be an id of its own again, and what had become an alias of it before, one again."""
    connection.execute(
        "WITH RECURSIVE earlier (id) AS (SELECT ?1 UNION SELECT value FROM earlier"
        " JOIN changes c ON c.story = earlier.id AND c.kind = 'merged', json_each(c.stories))"
        " UPDATE ids SET heir = nullif(?1, id) WHERE id IN earlier AND heir = (SELECT heir FROM ids WHERE id = ?1)",
        (id_,),
    )


def resolved(connection: sqlite3.Connection, id_: str) -> str | None:
    """The id that `id_` answers as today (itself for one that lives), or None for one that was never given."""
    row = connection.execute("SELECT coalesce(heir, id) FROM ids WHERE id = ?", (storable(id_),)).fetchone()
    return None if row is None else str(row[0])


def named_story(connection: sqlite3.Connection, name: str) -> str | None:
    """The id of the story that an id, or the start of one, answers as: its own, one that it had, or an event's in it.

    Raises StoreError where it is the start of ids of several stories.
    """
    exactly = resolved(connection, name)
    start = storable(name)
    if exactly is None and len(start) < SHORTEST:
        return None
    rows = connection.execute(
        "SELECT DISTINCT s.id FROM ids i LEFT JOIN events e ON e.id = coalesce(i.heir, i.id)"
        " JOIN stories s ON s.id = coalesce(i.heir, i.id) OR s.number = e.story"
        " WHERE i.id = ?1 OR (?2 AND substr(i.id, 1, length(?1)) = ?1) ORDER BY s.id",
        (start, exactly is None),
    ).fetchall()
    if len(rows) > 1:
        several = ", ".join(id_ for (id_,) in rows[:5])
        raise StoreError(f"{name!r} is the start of ids of several stories: {several}; give more of it")
    return str(rows[0][0]) if rows else None


def aliases_of(connection: sqlite3.Connection, id_: str) -> tuple[str, ...]:
    """Every other id that answers as this one."""
    rows = connection.execute("SELECT id FROM ids WHERE heir = ? ORDER BY id", (id_,))
    return tuple(row[0] for row in rows)
