"""The feature space of a store: articles into BLOBs, BLOBs into the features that pairs are scored by.

Every field of `ArticleFeatures` is kept, whatever its name: sparse rows, vectors, and one number an article. Which ones
there are, and how wide, is written into the store with its first article; a run that would add others is refused.

Vectors are kept in 16 bits (cosines move by less than 0.001), weights of words in 8 with a scale per row. What a run
computes passes through the same rounding before it is compared, so a pair scores alike however it is met. What is read
is checked for its shape before native code sees it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.encoders.base import unit_rows
from newsclust.errors import UsageError
from newsclust.settings import Effort, Settings
from newsclust.similarity.candidates import KEPT_PIECES
from newsclust.similarity.features import FEW, ArticleFeatures, numbered
from newsclust.similarity.profiles import profile_of
from newsclust.store.rows import Unreadable, decoding, listed

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


_NOT_KEPT = ("languages", "days", "model_id")  # they follow from the article itself, and from the store

_WIDEST = 1 << 24

Layout = dict[str, list[list[Any]]]


@dataclass(frozen=True, eq=False, slots=True)
class Packed:
    """The BLOBs of one article, as the tables `vectors` (the first three) and `words` hold them."""

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
        shift = np.sum(list(self.totals.values()), axis=0) / (everything + FEW)
        moved = vectors.astype(np.float64)
        codes = np.array(languages)
        for language in sorted(set(languages)):
            count = self.counts.get(language, 0)
            share = count / (count + FEW)
            mean = self.totals[language] / count if count else shift
            moved[codes == language] -= share * mean + (1 - share) * shift
        return unit_rows(moved.astype(np.float32))


def checksum(*blobs: bytes) -> int:
    """What tells BLOBs that were altered since they were written: their CRC-32."""
    total = 0
    for blob in blobs:
        total = zlib.crc32(blob, total)
    return total


@decoding("vectors and words")
def check_sums(sums: Sequence[int], *columns: Sequence[bytes]) -> None:
    """Raise Unreadable where the BLOBs of a row are not those that its checksum was made of."""
    for total, *blobs in zip(sums, *columns, strict=True):
        if total != checksum(*blobs):
            raise ValueError("their checksum is another")


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


def widths_of(layout: Layout, kind: str) -> dict[str, Any]:
    """The width of each field of a kind."""
    return {name: width for name, width in layout[kind]}


def pack(features: ArticleFeatures, layout: Layout) -> list[Packed]:
    """Each article's row as it is kept."""
    every = [pack_vectors(getattr(features, name)) for name, _ in layout["vectors"]]
    vectors = [b"".join(parts) for parts in zip(*every, strict=True)]
    numbers = np.stack([getattr(features, name) for name, _ in layout["numbers"]], axis=1).astype("<f8")
    rows = pack_sparse([getattr(features, name) for name, _ in layout["sparse"]])
    heavy = pack_heavy(features.words, KEPT_PIECES)
    return [Packed(vectors[row], heavy[row], numbers[row].tobytes(), rows[row]) for row in range(len(features))]


@decoding("vectors and words")
def unpack(
    packed: Sequence[Packed],
    space: Space,
    languages: Sequence[str],
    days: Sequence[float | None],
) -> ArticleFeatures:
    """The features of the rows."""
    widths = [width for _, width in space.layout["sparse"]]
    matrices = unpack_sparse([row.rows for row in packed], widths)
    named = {name: matrix for (name, _), matrix in zip(space.layout["sparse"], matrices, strict=True)}
    vectors, numbers = [row.vectors for row in packed], [row.numbers for row in packed]
    return _features(vectors, numbers, named, space, languages, days)


def _features(
    vectors: Sequence[bytes],
    numbers: Sequence[bytes],
    matrices: dict[str, Any],
    space: Space,
    languages: Sequence[str],
    days: Sequence[float | None],
) -> ArticleFeatures:
    found: dict[str, Any] = {"dense": None, "dense_density": None} | matrices
    found |= split_vectors(vectors, space.layout, languages, space.means)
    single = unpack_vectors(numbers, len(space.layout["numbers"]), "<f8")
    found |= {name: single[:, k] for k, (name, _) in enumerate(space.layout["numbers"])}
    return ArticleFeatures(
        **found,
        languages=numbered(languages),
        days=np.array([np.nan if day is None else day for day in days], np.float64),
        model_id=space.model_id,
    )


@decoding("vectors")
def split_vectors(
    blobs: Sequence[bytes], layout: Layout, languages: Sequence[str], means: Means | None
) -> dict[str, NDArray[np.float32]]:
    """The vectors by the name of their space, each (n, d)."""
    together, found, at = unpack_vectors(blobs, sum(width for _, width in layout["vectors"])), {}, 0
    for name, width in layout["vectors"]:
        part = together[:, at : at + width]
        found[name] = means.centred(part, languages) if means and name == "dense" else np.ascontiguousarray(part)
        at += width
    return found


def needs_means(model_id: str, layout: Layout) -> bool:
    """Whether the vectors are kept as the model gave them, because no statistics describe its space."""
    return profile_of(model_id) is None and any(name == "dense" for name, _ in layout["vectors"])


@decoding("sums of vectors")
def read_means(connection: sqlite3.Connection) -> Means | None:
    """The sums of the store's vectors by language; None where there are none yet."""
    rows = connection.execute("SELECT language, articles, total FROM language_sums").fetchall()
    if not rows:
        return None
    totals = {language: np.frombuffer(total, "<f8") for language, _, total in rows}
    if not np.isfinite(np.stack(list(totals.values()))).all() or min(count for _, count, _ in rows) < 1:
        raise ValueError("they hold what is no number")
    return Means({language: count for language, count, _ in rows}, totals)


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


@dataclass(frozen=True, eq=False, slots=True)
class Space:
    """What features a store holds, of which model, and by what settings its articles are grouped."""

    settings: Settings
    model_id: str
    layout: Layout
    means: Means | None


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Articles by id: their numbers, days (NaN: unknown) and features, all of one length."""

    numbers: NDArray[np.int64]
    features: ArticleFeatures

    def places(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """The place of each number among the rows. Raises Unreadable where one has no row."""
        order = np.argsort(self.numbers)
        places = order[np.searchsorted(self.numbers[order[:-1]], numbers)] if len(order) else np.zeros(0, np.intp)
        if not np.array_equal(self.numbers[places], numbers):
            raise Unreadable("articles without vectors and words")
        return places


def stored_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """What the first run wrote down: settings, model id and layout; nothing in a new store."""
    return dict(connection.execute("SELECT name, value FROM settings").fetchall())


def read_space(connection: sqlite3.Connection) -> Space | None:
    """The store's space, None while it holds nothing."""
    found = stored_settings(connection)
    if "layout" not in found:
        return None
    return _space(found, read_means(connection))


@decoding("what the store was made with")
def _space(found: dict[str, str], means: Means | None) -> Space:
    values = json.loads(found["settings"])
    values["effort"] = Effort(values["effort"])
    layout: Layout = json.loads(found["layout"])
    if layout.keys() != {"sparse", "vectors", "numbers"}:
        raise ValueError(f"a layout of {sorted(layout)}")
    if not all(isinstance(width, int) and 0 < width < _WIDEST for kind in layout.values() for _, width in kind):
        raise ValueError("a layout of impossible width")
    if means and {len(total) for total in means.totals.values()} != {widths_of(layout, "vectors")["dense"]}:
        raise ValueError("sums of another width than the vectors")
    try:
        return Space(Settings(**values), found["model"], layout, means)
    except UsageError as error:
        raise ValueError(str(error)) from error


def load_rows(connection: sqlite3.Connection, numbers: Iterable[int], space: Space) -> Rows:
    """The features of the articles of these numbers, ordered by article id."""
    found = connection.execute(
        "SELECT number, language, day, v.checksum, w.checksum, vectors, heavy, numbers, rows FROM articles"
        " JOIN vectors v ON v.article = number JOIN words w ON w.article = number"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed(numbers),),
    ).fetchall()
    own, languages, days, sums, word_sums, *blobs = zip(*found, strict=True) if found else [()] * 9
    check_sums(sums, *blobs[:3])
    check_sums(word_sums, blobs[3])
    return Rows(np.array(own, np.int64), unpack(list(map(Packed, *blobs)), space, languages, days))


def scan(connection: sqlite3.Connection, space: Space, days: tuple[float, float] | None = None) -> Rows:
    """What is compared first of every article, or of those dated within `days` or not at all, by their numbers.

    The vectors are whole; of the words there are the heaviest, and of names and how they sound nothing.
    """
    low, high = days or (-np.inf, np.inf)
    found = connection.execute(
        "SELECT number, language, day, checksum, vectors, heavy, numbers FROM vectors JOIN articles ON number = article"
        " WHERE day IS NULL OR day BETWEEN ? AND ? ORDER BY article",
        (low, high),
    ).fetchall()
    own, languages, dates, sums, vectors, heavy, numbers = zip(*found, strict=True) if found else [()] * 7
    check_sums(sums, vectors, heavy, numbers)
    return Rows(np.array(own, np.int64), _scanned(vectors, heavy, numbers, space, languages, dates))


@decoding("vectors and words")
def _scanned(
    vectors: Sequence[bytes],
    heavy: Sequence[bytes],
    numbers: Sequence[bytes],
    space: Space,
    languages: Sequence[str],
    days: Sequence[float | None],
) -> ArticleFeatures:
    widths = widths_of(space.layout, "sparse")
    matrices = {name: sparse.csr_matrix((len(vectors), width), dtype=np.float32) for name, width in widths.items()}
    matrices["words"] = unpack_heavy(heavy, widths["words"])
    return _features(vectors, numbers, matrices, space, languages, days)


def take_from_means(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take the vectors of articles that go out of the sums of their languages."""
    space = read_space(connection)
    if space is None or space.means is None:
        return
    rows = connection.execute(
        "SELECT language, vectors FROM vectors JOIN articles ON number = article"
        " WHERE article IN (SELECT value FROM json_each(?)) ORDER BY article",
        (listed(numbers),),
    ).fetchall()
    if rows:
        languages = [language for language, _ in rows]
        kept = split_vectors([vectors for _, vectors in rows], space.layout, languages, None)
        count_in_means(connection, kept["dense"], languages, times=-1)
