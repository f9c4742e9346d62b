"""Which stored articles are worth comparing with new ones: a scan of the store, block by block."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.article_features import ArticleFeatures
from newsclust.candidates import NEAR_DENSE, NEAR_STATIC, NEAR_WORDS
from newsclust.similarity import Indices
from newsclust.store.packing import pack_heavy
from newsclust.store.spaces import HEAVY, Layout, Means, heaviest, split_vectors

_ROWS_AT_ONCE = 4096
_THRESHOLDS = {"static": NEAR_STATIC, "dense": NEAR_DENSE}


@dataclass(frozen=True, eq=False, slots=True)
class Near:
    """Pairs of a new article (its place among the new ones) and a stored one (its number), each once."""

    fresh: Indices
    stored: NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some stored articles: their numbers, days (NaN: unknown), languages, vectors by space, heaviest pieces."""

    numbers: NDArray[np.int64]
    days: NDArray[np.float64]
    languages: list[str]
    vectors: dict[str, NDArray[np.float32]]
    heavy: Any


def blocks(
    connection: sqlite3.Connection,
    layout: Layout,
    means: Means | None,
    *,
    before: int | None = None,
    days: tuple[float, float] | None = None,
) -> Any:
    """Give every stored article that has features, in blocks; those numbered below `before` and dated within `days`.

    An article without a date is always given.
    """
    low, high = days or (-np.inf, np.inf)
    cursor = connection.execute(
        "SELECT number, day, language, vectors, heavy FROM vectors JOIN articles ON number = article"
        " WHERE article < ? AND (day IS NULL OR day BETWEEN ? AND ?) ORDER BY article",
        (before or 1 << 62, low, high),
    )
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        numbers, dates, languages, vectors, heavy = zip(*rows, strict=True)
        yield Block(
            np.array(numbers, np.int64),
            np.array([np.nan if day is None else day for day in dates], np.float64),
            list(languages),
            split_vectors(vectors, layout, languages, means),
            heaviest(heavy, layout),
        )


def nearby(
    connection: sqlite3.Connection,
    fresh: ArticleFeatures,
    layout: Layout,
    means: Means | None,
    *,
    before: int,
    window: float | None,
) -> Near:
    """The stored articles near the new ones in any of the spaces, as `candidate_pairs` would find them.

    `window` in days leaves out pairs whose known dates lie further apart. Each new article also gets the one article
    nearest by vector, however far.
    """
    found_fresh: list[Indices] = []
    found_stored: list[NDArray[np.int64]] = []
    closest = np.full(len(fresh), -np.inf)
    closest_to = np.full(len(fresh), -1, np.int64)
    heavy = heaviest(pack_heavy(fresh.words, HEAVY), layout)
    for block in blocks(connection, layout, means, before=before, days=_bounds(fresh.days, window)):
        near, cosines = _compared(fresh, heavy, block)
        if window is not None:
            apart = np.abs(fresh.days[:, None] - block.days[None, :]) > window  # False where a date is unknown
            near &= ~apart
            cosines = np.where(apart, -np.inf, cosines)
        ours, theirs = np.nonzero(near)
        found_fresh.append(ours)
        found_stored.append(block.numbers[theirs])
        best = cosines.argmax(axis=1)
        value = cosines[np.arange(len(fresh)), best]
        better = value > closest
        closest[better], closest_to[better] = value[better], block.numbers[best[better]]
    reached = np.flatnonzero(closest_to >= 0)
    return _distinct([*found_fresh, reached], [*found_stored, closest_to[reached]])


def _compared(fresh: ArticleFeatures, heavy: Any, block: Block) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    near = np.zeros((len(fresh), len(block.numbers)), bool)
    for name, vectors in block.vectors.items():
        cosines = getattr(fresh, name) @ vectors.T
        near |= cosines >= _THRESHOLDS.get(name, NEAR_STATIC)
        if name == ("static" if fresh.dense is None else "dense"):
            decisive = cosines
    products = (heavy @ block.heavy.T).tocoo()
    shared = products.data >= NEAR_WORDS
    near[products.row[shared], products.col[shared]] = True
    return near, decisive


def _bounds(days: NDArray[np.float64], window: float | None) -> tuple[float, float] | None:
    # A new article without a date is compared with all.
    if window is None or not len(days) or np.isnan(days).any():
        return None
    return float(days.min()) - window, float(days.max()) + window


def _distinct(fresh: Sequence[Indices], stored: Sequence[NDArray[np.int64]]) -> Near:
    pairs = np.stack([np.concatenate(fresh).astype(np.int64), np.concatenate(stored)], axis=1)
    pairs = np.unique(pairs, axis=0)
    return Near(pairs[:, 0].astype(np.intp), pairs[:, 1])
