"""Articles that are in no story and whose nearest article went: another one is looked for."""

from __future__ import annotations

import sqlite3

import numpy as np

from newsclust.execution.threads import steady
from newsclust.similarity.score import probability, score_pairs
from newsclust.store.memory import Rows, Space, load_rows
from newsclust.store.nearby import blocks, keep_nearest

_WAITING = "event IS NULL AND nearest IS NULL AND chance IS NOT NULL"
"""SQLite takes the nearest away with the article that it is, and leaves the chance."""


@steady
def find_nearest_again(connection: sqlite3.Connection, space: Space) -> None:
    """Write down for each of them the article nearest by vector, and the probability of one story with it."""
    from newsclust.pipeline import GRANULARITY_STEP  # what only lists a store need not load

    waiting = [number for (number,) in connection.execute(f"SELECT number FROM articles WHERE {_WAITING}")]  # noqa: S608
    if not waiting:
        return
    asked = load_rows(connection, waiting, space)
    others = _nearest(connection, asked, space)
    connection.execute(f"UPDATE articles SET chance = NULL WHERE {_WAITING}")  # noqa: S608 - where there is no other
    met = others >= 0
    ends = asked.numbers[met], others[met]
    rows = load_rows(connection, np.unique(np.concatenate(ends)).tolist(), space)
    ours, theirs = rows.places(ends[0]), rows.places(ends[1])
    odds = score_pairs(rows.features, np.minimum(ours, theirs), np.maximum(ours, theirs)).story
    chances = np.round(probability(odds - space.settings.granularity * GRANULARITY_STEP), 6)
    connection.executemany(
        "UPDATE articles SET nearest = ?, chance = ? WHERE number = ?",
        [(int(other), float(chance), int(own)) for own, other, chance in zip(*ends, chances, strict=True)],
    )


def _nearest(connection: sqlite3.Connection, asked: Rows, space: Space) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The number of the stored article nearest to each of those asked for, -1 where there is no other."""
    best = np.full(len(asked.numbers), -np.inf, np.float32)
    found = np.full(len(asked.numbers), -1, np.int64)
    name = "static" if asked.features.dense is None else "dense"
    for block in blocks(connection, space.layout, space.means):
        cosines = getattr(asked.features, name) @ block.vectors[name].T
        cosines[asked.numbers[:, None] == block.numbers[None, :]] = -np.inf
        keep_nearest(cosines, block.numbers, best, found)
    return found
