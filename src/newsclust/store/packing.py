"""Rows of features as small BLOBs, and back.

Vectors are kept in 16 bits (cosines move by less than 0.001), weights of words in 8 with a scale per row. What a run
computes passes through the same rounding before it is compared, so a pair scores alike however it is met.
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
_HEAVY = np.dtype([("piece", "<i4"), ("weight", "<f2")])  # six bytes, unpadded


def pack_vectors(vectors: NDArray[np.float32]) -> list[bytes]:
    """Each row (n, d) as 16-bit floats."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpack_vectors(blobs: Sequence[bytes], width: int) -> NDArray[np.float32]:
    """Rows of `width` numbers each: float32 (n, width)."""
    return np.frombuffer(b"".join(blobs), "<f2").astype(np.float32).reshape(len(blobs), width)


def pack_sparse(matrices: Sequence[Any]) -> list[bytes]:
    """Row by row the CSR matrices, all of the same height, as one compressed BLOB a row."""
    sources = [_sorted(matrix) for matrix in matrices]
    height = sources[0].shape[0] if sources else 0
    return [zlib.compress(b"".join(_packed_row(source, row) for source in sources), _LEVEL) for row in range(height)]


def unpack_sparse(blobs: Sequence[bytes], widths: Sequence[int]) -> list[Any]:
    """The CSR matrices that `pack_sparse` took, of `widths` columns."""
    indices: list[list[NDArray[np.int32]]] = [[] for _ in widths]
    values: list[list[NDArray[np.float32]]] = [[] for _ in widths]
    for blob in blobs:
        data, at = zlib.decompress(blob), 0
        for which in range(len(widths)):
            found, weights, at = _unpacked_row(data, at)
            indices[which].append(found)
            values[which].append(weights)
    return [_matrix(indices[k], values[k], width) for k, width in enumerate(widths)]


def pack_heavy(words: Any, kept: int) -> list[bytes]:
    """The `kept` heaviest weights of each row, uncompressed: what a scan of the whole store reads."""
    matrix = _sorted(words)
    blobs = []
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        indices, data = matrix.indices[part], matrix.data[part]
        best = np.sort(np.lexsort((indices, -data))[:kept])
        entries = np.empty(len(best), _HEAVY)
        entries["piece"], entries["weight"] = indices[best], data[best]
        blobs.append(entries.tobytes())
    return blobs


def unpack_heavy(blobs: Sequence[bytes], width: int) -> Any:
    """The heaviest weights as a CSR matrix (n, width)."""
    entries = np.frombuffer(b"".join(blobs), _HEAVY)
    ends = np.concatenate(([0], np.cumsum([len(blob) // _HEAVY.itemsize for blob in blobs], dtype=np.int64)))
    weights = entries["weight"].astype(np.float32)
    return sparse.csr_matrix((weights, entries["piece"].astype(np.int32), ends), shape=(len(blobs), width))


def _packed_row(matrix: Any, row: int) -> bytes:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    indices, data = matrix.indices[part].astype("<i4"), matrix.data[part].astype(np.float32)
    top = float(data.max(initial=0.0))
    steps = np.rint(data / top * _STEPS).astype(np.uint8) if top > 0 else np.zeros(len(data), np.uint8)
    # Byte planes of the gaps: the upper ones are nearly all zero, which compresses away.
    planes = np.diff(indices, prepend=np.int32(0)).astype("<i4").view(np.uint8).reshape(-1, 4).T
    head = np.array([len(indices)], "<i4").tobytes() + np.array([top], "<f4").tobytes()
    return bytes(head + planes.tobytes() + steps.tobytes())


def _unpacked_row(data: bytes, at: int) -> tuple[NDArray[np.int32], NDArray[np.float32], int]:
    count = int(np.frombuffer(data, "<i4", 1, at)[0])
    top = np.frombuffer(data, "<f4", 1, at + 4)[0]
    planes = np.frombuffer(data, np.uint8, 4 * count, at + 8).reshape(4, count)
    gaps = np.ascontiguousarray(planes.T).view("<i4").ravel()
    steps = np.frombuffer(data, np.uint8, count, at + 8 + 4 * count)
    return np.cumsum(gaps, dtype=np.int32), steps.astype(np.float32) * (top / _STEPS), at + 8 + 5 * count


def _sorted(matrix: Any) -> Any:
    matrix = matrix.tocsr()
    if not matrix.has_sorted_indices:
        matrix = matrix.sorted_indices()
    return matrix


def _matrix(indices: Sequence[NDArray[Any]], values: Sequence[NDArray[Any]], width: int) -> Any:
    ends = np.concatenate(([0], np.cumsum([len(row) for row in indices], dtype=np.int64)))
    columns = np.concatenate(indices) if indices else np.zeros(0, np.int32)
    data = np.concatenate(values).astype(np.float32) if values else np.zeros(0, np.float32)
    return sparse.csr_matrix((data, columns, ends), shape=(len(indices), width))
