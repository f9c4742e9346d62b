"""Which stored articles are worth comparing with new ones: a scan of the store, block by block."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.execution.threads import one_blas_thread
from newsclust.similarity.candidates import NEAR_DENSE, NEAR_STATIC, NEAR_WORDS
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Indices
from newsclust.store.features import Layout, Means, check_sums, heaviest, heaviest_of, split_vectors

FEW = 400
"""Candidates of a new article up to which all are scored; 1,000 new ones then take some seconds at most."""
STORIES = 8
LONE = 64
SAMPLED = 16
"""Beyond that: the stories and the lone articles nearest to it, and the articles of one story that are scored. The mean
of 16 probabilities is within 0.12 of the story's, and a story of many articles is rarely that near the cut."""
MOST_A_BLOCK = 64
"""Candidates in one block of 4,096 stored articles that are kept for a new article that has FEW already."""

_ROWS_AT_ONCE = 4096
_THRESHOLDS = {"static": NEAR_STATIC, "dense": NEAR_DENSE}


@dataclass(frozen=True, eq=False, slots=True)
class Near:
    """Pairs of a new article (its place among the new ones) and a stored one (its number), each once.

    `cosines` is the greater of the vectors' cosines. `shares` says how many pairs a pair stands for: 1, or more where
    only some of a new article's pairs with a story were kept.
    """

    fresh: Indices
    stored: NDArray[np.int64]
    cosines: NDArray[np.float32]
    shares: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """Some stored articles: their numbers, days (NaN: unknown), languages, vectors by space, heaviest tokens."""

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
        "SELECT number, day, language, vectors, heavy, checksum FROM vectors JOIN articles ON number = article"
        " WHERE article < ? AND (day IS NULL OR day BETWEEN ? AND ?) ORDER BY article",
        (before or 1 << 62, low, high),
    )
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        numbers, dates, languages, vectors, heavy, sums = zip(*rows, strict=True)
        check_sums(sums, vectors, heavy)
        yield Block(
            np.array(numbers, np.int64),
            np.array([np.nan if day is None else day for day in dates], np.float64),
            list(languages),
            split_vectors(vectors, layout, languages, means),
            heaviest(heavy, layout),
        )


def keep_nearest(
    cosines: NDArray[np.float32],
    numbers: NDArray[np.int64],
    closest: NDArray[np.float32],
    closest_to: NDArray[np.int64],
) -> None:
    """Write the article of a block nearest to each row, and its cosine, where it is nearer than those before."""
    best = cosines.argmax(axis=1)
    value = cosines[np.arange(len(best)), best]
    better = value > closest
    closest[better], closest_to[better] = value[better], numbers[best[better]]


@one_blas_thread
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
    found: list[tuple[Indices, NDArray[np.int64], NDArray[np.float32]]] = []
    closest = np.full(len(fresh), -np.inf, np.float32)
    closest_to = np.full(len(fresh), -1, np.int64)
    so_far = np.zeros(len(fresh), np.intp)
    heavy = heaviest_of(fresh, layout)
    for block in blocks(connection, layout, means, before=before, days=_bounds(fresh.days, window)):
        near, cosines = _compared(fresh, heavy, block)
        if window is not None:
            apart = np.abs(fresh.days[:, None] - block.days[None, :]) > window  # False where a date is unknown
            near &= ~apart
            cosines = np.where(apart, np.float32(-np.inf), cosines)
        _thin_block(near, cosines, so_far > FEW)
        so_far += near.sum(axis=1)
        ours, theirs = np.nonzero(near)
        found.append((ours, block.numbers[theirs], cosines[ours, theirs]))
        keep_nearest(cosines, block.numbers, closest, closest_to)
    reached = np.flatnonzero(closest_to >= 0)
    return _distinct([*found, (reached, closest_to[reached], closest[reached])])


def _compared(fresh: ArticleFeatures, heavy: Any, block: Block) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    near = np.zeros((len(fresh), len(block.numbers)), bool)
    nearest = np.full(near.shape, -np.inf, np.float32)
    for name, vectors in block.vectors.items():
        cosines = getattr(fresh, name) @ vectors.T
        near |= cosines >= _THRESHOLDS.get(name, NEAR_STATIC)
        np.maximum(nearest, cosines, out=nearest)
    products = (heavy @ block.heavy.T).tocoo()
    shared = products.data >= NEAR_WORDS
    near[products.row[shared], products.col[shared]] = True
    return near, nearest


def _thin_block(near: NDArray[np.bool_], cosines: NDArray[np.float32], enough: NDArray[np.bool_]) -> None:
    """For the new articles that have enough candidates already, keep only the nearest of this block."""
    crowded = np.flatnonzero(enough & (near.sum(axis=1) > MOST_A_BLOCK))
    if len(crowded):
        found = np.where(near[crowded], cosines[crowded], -np.inf)
        least = np.partition(found, -MOST_A_BLOCK, axis=1)[:, -MOST_A_BLOCK]
        near[crowded] &= found >= least[:, None]


def _bounds(days: NDArray[np.float64], window: float | None) -> tuple[float, float] | None:
    # A new article without a date is compared with all.
    if window is None or not len(days) or np.isnan(days).any():
        return None
    return float(days.min()) - window, float(days.max()) + window


def _distinct(found: Sequence[tuple[Indices, NDArray[np.int64], NDArray[np.float32]]]) -> Near:
    fresh, stored, cosines = (np.concatenate(parts) for parts in zip(*found, strict=True))
    # One number a pair: finding equal rows of two columns takes ten times as long.
    _, first = np.unique(fresh * (stored.max(initial=0) + 1) + stored, return_index=True)
    return Near(fresh[first], stored[first], cosines[first], np.ones(len(first), np.float32))


def thinned(near: Near, stories: NDArray[np.int64], sizes: NDArray[np.float64]) -> Near:
    """The same pairs where a new article has few; where it has many, those with the stories and articles nearest to it.

    `stories` holds for each pair what the stored article moves with (its story, or itself), `sizes` how many articles
    that has. Of a new article's pairs with one story only some are kept, which stand for all of them.
    """
    many = np.bincount(near.fresh, minlength=1)[near.fresh] > FEW
    if not many.any():
        return near
    kinds = np.unique(stories, return_inverse=True)[1]
    _, start, group, counts = np.unique(
        near.fresh * (kinds.max() + 1) + kinds, return_index=True, return_inverse=True, return_counts=True
    )
    is_story = sizes[start] > 1
    likeness = np.bincount(group, weights=near.cosines) / sizes[start]
    nearest = rank_within(near.fresh[start] * 2 + is_story, -likeness) < np.where(is_story, STORIES, LONE)
    # Evenly spread over the story's articles, which are in the order they came in.
    rank, count = rank_within(group, np.arange(len(group))), counts[group]
    kept = np.minimum(count, SAMPLED)
    sampled = rank * kept // count != (rank - 1) * kept // count
    keep = ~many | sampled & nearest[group]
    shares = np.where(many, count / kept, 1.0).astype(np.float32)
    return Near(near.fresh[keep], near.stored[keep], near.cosines[keep], shares[keep])


def rank_within(groups: NDArray[Any], order: NDArray[Any]) -> NDArray[np.intp]:
    """The rank of each element within its group, by `order` and then by its place: shape (n,)."""
    by_group = np.lexsort((order, groups))
    starts = np.flatnonzero(np.diff(groups[by_group], prepend=groups[by_group[:1]] - 1))
    rank = np.empty(len(groups), np.intp)
    rank[by_group] = np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))
    return rank
