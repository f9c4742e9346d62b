"""Rows of `ArticleFeatures` without a transformer's vectors as bytes, and back to the last bit.

So they come from workers and from the cache. A store keeps them in fewer bits (`store.packing`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.articles import Article
from newsclust.similarity.features import SPARSE, ArticleFeatures, days_of, numbered

_HEAD = struct.Struct(f"<{2 * len(SPARSE) + 1}I")
"""How many columns each sparse row has, how wide their matrices are, and how wide static vectors."""
_NUMBERS = 2
_BYTES = 4
"""Of every number: columns, weights, coordinates."""


def pack(features: ArticleFeatures) -> list[bytes]:
    """Each row by itself; languages and days follow from its article."""
    matrices = [getattr(features, name) for name in SPARSE]
    ends = [matrix.indptr.tolist() for matrix in matrices]
    columns = [matrix.indices.astype("<i4", copy=False) for matrix in matrices]
    weights = [matrix.data.astype("<f4", copy=False) for matrix in matrices]
    widths = (*(matrix.shape[1] for matrix in matrices), features.static.shape[1])
    numbers = np.stack((features.static_density, features.unfamiliar), axis=1)
    dense = np.concatenate((features.static, numbers), axis=1).astype("<f4", copy=False)
    rows = []
    for row in range(len(features)):
        parts = [slice(some[row], some[row + 1]) for some in ends]
        head = _HEAD.pack(*(part.stop - part.start for part in parts), *widths)
        arrays = [array[part] for part, *both in zip(parts, columns, weights, strict=True) for array in both]
        rows.append(b"".join([head, *(array.tobytes() for array in (*arrays, dense[row]))]))
    return rows


def checked(row: bytes) -> bytes:
    """The row, where it is as long as its head says. Raises ValueError where it is not."""
    if len(row) < _HEAD.size or len(row) != _ends(row)[-1]:
        raise ValueError(f"{len(row)} bytes are no row")
    return row


def unpack(rows: Sequence[bytes], articles: Sequence[Article]) -> ArticleFeatures:
    """The features of the articles that these (at least one) are the rows of.

    Raises ValueError for what native code must not see: rows of several widths, columns that are in none.
    """
    widths = {_HEAD.unpack_from(row)[len(SPARSE) :] for row in rows}
    if len(widths) != 1:
        raise ValueError("rows of several widths")
    ((*sparse_widths, static_width),) = widths
    ends = [_ends(row) for row in rows]

    def part(number: int, kind: str) -> NDArray[Any]:
        # Of a bytearray, so that the array can be written to.
        pieces = [row[some[number] : some[number + 1]] for row, some in zip(rows, ends, strict=True)]
        return np.frombuffer(bytearray().join(pieces), kind)

    lengths = np.array([_HEAD.unpack_from(row)[: len(SPARSE)] for row in rows], np.int64)
    matrices = {
        name: _matrix(part(2 * k, "<i4"), part(2 * k + 1, "<f4"), lengths[:, k], width)
        for k, (name, width) in enumerate(zip(SPARSE, sparse_widths, strict=True))
    }
    static, numbers = part(2 * len(SPARSE), "<f4"), part(2 * len(SPARSE) + 1, "<f4")
    static_density, unfamiliar = numbers.reshape(len(rows), -1).T.copy()
    return ArticleFeatures(
        **matrices,
        static=static.reshape(len(rows), static_width),
        dense=None,
        languages=numbered([article.language for article in articles]),
        static_density=static_density,
        dense_density=None,
        unfamiliar=unfamiliar,
        days=days_of(articles),
    )


def _ends(row: bytes) -> list[int]:
    """Where each part begins, and the last one ends."""
    *heads, width = _HEAD.unpack_from(row)
    ends = [_HEAD.size]
    for size in (*(size for size in heads[: len(SPARSE)] for _ in range(2)), width, _NUMBERS):
        ends.append(ends[-1] + size * _BYTES)
    return ends


def _matrix(columns: NDArray[np.int32], weights: NDArray[np.float32], lengths: NDArray[np.int64], width: int) -> Any:
    if columns.min(initial=0) < 0 or columns.max(initial=-1) >= width:
        raise ValueError(f"a row has columns outside of {width}")
    ends = np.concatenate(([0], np.cumsum(lengths)))
    return sparse.csr_matrix((weights, columns, ends), shape=(len(lengths), width))
