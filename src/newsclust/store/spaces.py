"""The feature space of a store: articles into BLOBs, BLOBs into the features that pairs are scored by.

Every field of `ArticleFeatures` is kept, whatever its name: sparse rows, vectors, and one number an article. Which ones
there are, and how wide, is written into the store with its first article; a run that would add others is refused.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import unit_rows
from newsclust.similarity.background import FILE
from newsclust.similarity.features import SAME_SPACE, ArticleFeatures, numbered
from newsclust.store.packing import (
    pack_heavy,
    pack_sparse,
    pack_vectors,
    unpack_heavy,
    unpack_sparse,
    unpack_vectors,
)
from newsclust.store.unreadable import decoding

HEAVY = 48
"""Word pieces of an article that look for candidates, as in `candidates.KEPT_PIECES`."""
_FEW = 20.0
"""As in `article_features`: articles at which half of a mean is subtracted, for models without statistics."""
_NOT_KEPT = ("languages", "days")  # they follow from the article itself

Layout = dict[str, list[list[Any]]]


@dataclass(frozen=True, eq=False, slots=True)
class Packed:
    """The BLOBs of one article's row."""

    vectors: bytes
    heavy: bytes
    numbers: bytes
    rows: bytes


@dataclass(frozen=True, eq=False, slots=True)
class Means:
    """What is taken from the vectors of a model without statistics: the sums of the store's vectors by language."""

    counts: dict[str, int]
    totals: dict[str, NDArray[np.float64]]

    def centred(self, vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
        """The vectors (n, d) less the means of their languages, drawn towards the mean of all: unit rows."""
        everything = sum(self.counts.values())
        shift = np.sum(list(self.totals.values()), axis=0) / (everything + _FEW)
        moved = vectors.astype(np.float64)
        codes = np.array(languages)
        for language in sorted(set(languages)):
            count = self.counts.get(language, 0)
            share = count / (count + _FEW)
            mean = self.totals[language] / count if count else shift
            moved[codes == language] -= share * mean + (1 - share) * shift
        return unit_rows(moved.astype(np.float32))


def layout_of(features: ArticleFeatures) -> Layout:
    """The fields by kind, each with its width."""
    layout: Layout = {"sparse": [], "vectors": [], "numbers": []}
    for name in (field.name for field in fields(features) if field.name not in _NOT_KEPT):
        value = getattr(features, name)
        if value is None:
            continue
        if not isinstance(value, np.ndarray):
            layout["sparse"].append([name, value.shape[1]])
        elif value.ndim == 2:
            layout["vectors"].append([name, value.shape[1]])
        else:
            layout["numbers"].append([name, 1])
    return layout


def pack(features: ArticleFeatures, layout: Layout) -> list[Packed]:
    """Each article's row as it is kept."""
    every = [pack_vectors(getattr(features, name)) for name, _ in layout["vectors"]]
    vectors = [b"".join(parts) for parts in zip(*every, strict=True)]
    numbers = np.stack([getattr(features, name) for name, _ in layout["numbers"]], axis=1).astype("<f8")
    rows = pack_sparse([getattr(features, name) for name, _ in layout["sparse"]])
    heavy = pack_heavy(features.words, HEAVY)
    return [Packed(vectors[row], heavy[row], numbers[row].tobytes(), rows[row]) for row in range(len(features))]


@decoding("vectors and words")
def unpack(
    packed: Sequence[Packed],
    layout: Layout,
    languages: Sequence[str],
    days: Sequence[float | None],
    means: Means | None,
) -> ArticleFeatures:
    """The features of the rows; `means` for a model without statistics of its own."""
    found: dict[str, Any] = {"dense": None}
    found |= split_vectors([row.vectors for row in packed], layout, languages, means)
    widths = [width for _, width in layout["sparse"]]
    matrices = unpack_sparse([row.rows for row in packed], widths)
    found |= {name: matrix for (name, _), matrix in zip(layout["sparse"], matrices, strict=True)}
    numbers = np.frombuffer(b"".join(row.numbers for row in packed), "<f8").reshape(len(packed), len(layout["numbers"]))
    found |= {name: numbers[:, k].astype(np.float32) for k, (name, _) in enumerate(layout["numbers"])}
    return ArticleFeatures(
        **found,
        languages=numbered(languages),
        days=np.array([np.nan if day is None else day for day in days], np.float64),
    )


def split_vectors(
    blobs: Sequence[bytes], layout: Layout, languages: Sequence[str], means: Means | None
) -> dict[str, NDArray[np.float32]]:
    """The vectors by the name of their space, each (n, d)."""
    together, found, at = _finite_vectors(blobs, sum(width for _, width in layout["vectors"])), {}, 0
    for name, width in layout["vectors"]:
        part = together[:, at : at + width]
        found[name] = means.centred(part, languages) if means and name == "dense" else np.ascontiguousarray(part)
        at += width
    return found


@decoding("vectors")
def _finite_vectors(blobs: Sequence[bytes], width: int) -> NDArray[np.float32]:
    vectors = unpack_vectors(blobs, width)
    if not np.isfinite(vectors).all():
        raise ValueError("they hold what is no number")
    return vectors


@decoding("words")
def heaviest(blobs: Sequence[bytes], layout: Layout) -> Any:
    """The heaviest word pieces of each row: CSR (n, vocabulary)."""
    return unpack_heavy(blobs, next(width for name, width in layout["sparse"] if name == "words"))


def needs_means(model_id: str, layout: Layout) -> bool:
    """Whether the vectors are kept as the model gave them, because no statistics describe its space."""
    return SAME_SPACE not in model_id and any(name == "dense" for name, _ in layout["vectors"])


def read_means(connection: sqlite3.Connection) -> Means | None:
    """The sums of the store's vectors by language; None where there are none yet."""
    rows = connection.execute("SELECT language, articles, total FROM language_sums").fetchall()
    if not rows:
        return None
    return Means(
        {language: count for language, count, _ in rows},
        {language: np.frombuffer(total, "<f8") for language, _, total in rows},
    )


def count_in_means(
    connection: sqlite3.Connection, vectors: NDArray[np.float32], languages: Sequence[str], *, times: int = 1
) -> None:
    """Count the vectors (n, d) of articles in, or with `times` -1 out again: as they are kept, in 16 bits."""
    before = read_means(connection) or Means({}, {})
    codes = np.array(languages)
    for language in sorted(set(languages)):
        here = vectors[codes == language].astype("<f2").astype(np.float64)
        count = times * len(here) + before.counts.get(language, 0)
        total = times * here.sum(axis=0) + before.totals.get(language, 0.0)
        connection.execute(
            "INSERT OR REPLACE INTO language_sums VALUES (?, ?, ?)", (language, count, total.astype("<f8").tobytes())
        )
    connection.execute("DELETE FROM language_sums WHERE articles <= 0")


def layout_text(layout: Layout) -> str:
    """The layout as the store keeps it."""
    return json.dumps(layout, sort_keys=True)


@lru_cache(maxsize=1)
def statistics_id() -> str:
    """What names the shipped statistics: features made with others cannot be compared."""
    return f"{zlib.crc32(files('newsclust').joinpath('data', FILE).read_bytes()):08x}"
