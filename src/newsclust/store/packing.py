"""Numbers into BLOBs and back: vectors in 16 bits, weights of words in 8 with a scale per row.

What is read is checked for its shape before native code sees it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_STEPS = 255
_LEVEL = 6
_HEAVY = np.dtype([("token", "<i4"), ("weight", "<f2")])  # six bytes, unpadded

_Row = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Columns and weights."""


def pack_vectors(vectors: NDArray[np.float32]) -> list[bytes]:
    """Each row (n, d) as 16-bit floats."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpack_vectors(blobs: Sequence[bytes], width: int, kind: str = "<f2") -> NDArray[np.float32]:
    """Rows of `width` numbers each, of the type they are kept in: float32 (n, width)."""
    values = np.frombuffer(b"".join(blobs), kind)
    if any(len(blob) != width * values.itemsize for blob in blobs):
        raise ValueError(f"a row does not hold {width} numbers")
    with np.errstate(over="ignore"):
        rows = values.astype(np.float32).reshape(len(blobs), width)
    if not np.isfinite(rows).all():
        raise ValueError("they hold what is no number")
    return rows


def pack_sketch(sketch: NDArray[np.uint32]) -> bytes:
    """The hashes of a sketch."""
    return sketch.astype("<u4").tobytes()


def unpack_sketches(blobs: Sequence[bytes]) -> list[NDArray[np.uint32]]:
    """The sketches that `pack_sketch` took."""
    return [np.frombuffer(blob, "<u4") for blob in blobs]


def pack_sparse(matrices: Sequence[Any]) -> list[bytes]:
    """Row by row the CSR matrices, all of the same height, as one compressed BLOB a row."""
    sources = [_sorted(matrix) for matrix in matrices]
    height = sources[0].shape[0] if sources else 0
    return [zlib.compress(b"".join(_packed_row(source, row) for source in sources), _LEVEL) for row in range(height)]


def unpack_sparse(blobs: Sequence[bytes], widths: Sequence[int]) -> list[Any]:
    """The CSR matrices that `pack_sparse` took, of `widths` columns."""
    rows = [_unpacked(zlib.decompress(blob), len(widths)) for blob in blobs]
    return [_matrix([row[k] for row in rows], width) for k, width in enumerate(widths)]


def pack_heavy(words: Any, kept: int) -> list[bytes]:
    """The `kept` heaviest weights of each row, uncompressed: what a scan of the whole store reads."""
    matrix = _sorted(words)
    blobs = []
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        indices, data = matrix.indices[part], matrix.data[part]
        best = np.sort(np.lexsort((indices, -data))[:kept])
        entries = np.empty(len(best), _HEAVY)
        entries["token"], entries["weight"] = indices[best], data[best]
        blobs.append(entries.tobytes())
    return blobs


def unpack_heavy(blobs: Sequence[bytes], width: int) -> Any:
    """The heaviest weights as a CSR matrix (n, width)."""
    rows = [np.frombuffer(blob, _HEAVY) for blob in blobs]
    return _matrix([(row["token"], row["weight"]) for row in rows], width)


def _packed_row(matrix: Any, row: int) -> bytes:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    indices, data = matrix.indices[part].astype("<i4"), matrix.data[part].astype(np.float32)
    top = float(data.max(initial=0.0))
    steps = np.rint(data / top * _STEPS).astype(np.uint8) if top > 0 else np.zeros(len(data), np.uint8)
    # Byte planes of the gaps: the upper ones are nearly all zero, which compresses away.
    planes = np.diff(indices, prepend=np.int32(0)).astype("<i4").view(np.uint8).reshape(-1, 4).T
    head = np.array([len(indices)], "<i4").tobytes() + np.array([top], "<f4").tobytes()
    return bytes(head + planes.tobytes() + steps.tobytes())


def _unpacked(data: bytes, count: int) -> list[_Row]:
    """The row of each of `count` matrices."""
    rows, at = [], 0
    for _ in range(count):
        length, top = (np.frombuffer(data, kind, 1, at + start)[0] for kind, start in (("<i4", 0), ("<f4", 4)))
        if length < 0:
            raise ValueError(f"a row of {length} weights")
        planes = np.frombuffer(data, np.uint8, 5 * int(length), at + 8).reshape(5, -1)
        gaps = np.ascontiguousarray(planes[:4].T).view("<i4").ravel()
        rows.append((np.cumsum(gaps, dtype=np.int32), planes[4].astype(np.float32) * (top / _STEPS)))
        at += 8 + planes.size
    return rows


def _sorted(matrix: Any) -> Any:
    matrix = matrix.tocsr()
    if not matrix.has_sorted_indices:
        matrix = matrix.sorted_indices()
    return matrix


def _matrix(rows: Sequence[_Row], width: int) -> Any:
    """The rows as a CSR matrix (n, width), whose columns native code can look up unseen."""
    ends = np.concatenate(([0], np.cumsum([len(columns) for columns, _ in rows], dtype=np.int64)))
    columns = np.concatenate([np.zeros(0, np.int32), *(columns for columns, _ in rows)])
    weights = np.concatenate([np.zeros(0, np.float32), *(weights for _, weights in rows)])
    if columns.min(initial=0) < 0 or columns.max(initial=-1) >= width or not np.isfinite(weights).all():
        raise ValueError(f"a row holds what is no weight of {width} words")
    return sparse.csr_matrix((weights, columns, ends), shape=(len(rows), width))
