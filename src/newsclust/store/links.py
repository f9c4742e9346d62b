"""What people said of stored articles, as pairs that any grouping must honour."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from newsclust.store.rows import names_in


@dataclass(frozen=True, eq=False, slots=True)
class StoredLinks:
    """Pairs of articles (numbers) of one story, and of two: each (m, 2). `apart` follows from both, see `read_links`.

    `broken` holds pairs that are of one story and of two: there is none in a store.
    """

    together: NDArray[np.int64]
    apart: NDArray[np.int64]
    broken: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(len(self.together) or len(self.apart))


def read_links(connection: sqlite3.Connection) -> StoredLinks:
    """What the corrections that stand say, and what follows: who is apart from one is apart from all of its story.

    An exact copy goes where the article goes that it repeats.
    """
    rows = connection.execute(
        "SELECT verb, articles, others FROM corrections WHERE undone IS NULL AND verb <> 'rename' ORDER BY number"
    ).fetchall()
    if not rows:
        return StoredLinks(_pairs([]), _pairs([]))
    lead = dict(connection.execute("SELECT id, ifnull(lead, number) FROM articles").fetchall())
    groups: dict[int, set[int]] = {}
    said: set[tuple[int, int]] = set()
    for verb, some, others in rows:
        ours, theirs = ({lead[id_] for id_ in names_in(side) if id_ in lead} for side in (some, others))
        if verb == "join":
            _unite(groups, ours | theirs)
        else:
            said |= set(product(ours, theirs))
    apart, broken = set(), []
    for one, other in sorted(said):
        if one in groups.get(other, {other}):
            broken.append((one, other))
        apart |= {tuple(sorted(pair)) for pair in product(groups.get(one, {one}), groups.get(other, {other}))}
    of_one = {tuple(sorted(group)) for group in groups.values()}
    together = [pair for group in sorted(of_one) for pair in pairwise(group)]
    return StoredLinks(_pairs(together), _pairs(sorted(apart)), tuple(broken))


def _unite(groups: dict[int, set[int]], members: set[int]) -> None:
    """Bring all that are of one story with any of the members into one group."""
    group = set(members).union(*(groups.get(member, ()) for member in members))
    groups |= dict.fromkeys(group, group)


def _pairs(pairs: list[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)
