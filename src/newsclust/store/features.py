"""The feature space of a store: articles into BLOBs, BLOBs into the features that pairs are scored by.

Every field of `ArticleFeatures` is kept, whatever its name: sparse rows, vectors, and one number an article. Which ones
there are, and how wide, is written into the store with its first article; a run that would add others is refused.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.articles import Article
from newsclust.encoders.base import unit_rows
from newsclust.errors import StoreError
from newsclust.settings import Effort, Settings
from newsclust.similarity.background import FILE
from newsclust.similarity.features import SAME_SPACE, ArticleFeatures, numbered
from newsclust.store.rows import articles_by_number, decoding, listed

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
        """The place of each number among the rows."""
        order = np.argsort(self.numbers)
        return order[np.searchsorted(self.numbers, numbers, sorter=order)]


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
    return Space(Settings(**values), found["model"], layout, means)


def check_settings(connection: sqlite3.Connection, settings: Settings) -> None:
    """Raise StoreError where the store was made with other settings."""
    found = stored_settings(connection)
    if "settings" not in found:
        return
    kept, asked = _settings_in(found["settings"]), settings.as_dict()
    other = [
        f"--{name.replace('_', '-')} {kept[name]}, not {asked.get(name)}"
        for name in kept
        if kept[name] != asked.get(name)
    ]
    if other:
        raise StoreError(
            f"this store was made with {'; '.join(other)}: its articles cannot be compared with ones made otherwise; "
            "give the same options, or name another store"
        )


@decoding("what the store was made with")
def _settings_in(text: str) -> dict[str, object]:
    return dict(json.loads(text))


def load_rows(connection: sqlite3.Connection, numbers: Iterable[int], space: Space) -> Rows:
    """The features of the articles of these numbers, ordered by article id."""
    found = connection.execute(
        "SELECT number, language, day, vectors, heavy, numbers, rows FROM articles"
        " JOIN vectors ON vectors.article = number JOIN words ON words.article = number"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed(numbers),),
    ).fetchall()
    packed = [Packed(*row[3:7]) for row in found]
    features = unpack(packed, space.layout, [row[1] for row in found], [row[2] for row in found], space.means)
    return Rows(np.array([row[0] for row in found], np.int64), features)


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


class StoredArticles(Sequence[Article]):
    """The articles of these numbers with their texts, each read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
        self._connection, self._numbers = connection, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | Sequence[Article]:
        """Read one article, or several."""
        if isinstance(place, slice):
            return [self[k] for k in range(*place.indices(len(self)))]
        number = int(self._numbers[place])
        return articles_by_number(self._connection, [number], texts=True)[number]

    def __iter__(self) -> Iterator[Article]:
        return (self[place] for place in range(len(self)))
