"""The feature space of a store: articles into BLOBs, BLOBs into the features that pairs are scored by.

Every field of `ArticleFeatures` is kept, whatever its name: sparse rows, vectors, and one number an article. Which ones
there are, and how wide, is written into the store with its first article; a run that would add others is refused.

Vectors are kept in 16 bits (cosines move by less than 0.001). What a run computes passes through the same rounding
before it is compared, so a pair scores alike however it is met.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import unit_rows
from newsclust.errors import StoreError, UsageError
from newsclust.settings import Effort, Settings
from newsclust.similarity.background import FILE
from newsclust.similarity.candidates import KEPT_PIECES
from newsclust.similarity.features import FEW, ArticleFeatures, joined, numbered
from newsclust.similarity.profiles import EncoderProfile, profile_of
from newsclust.similarity.templates import Sketch
from newsclust.store.file import reading
from newsclust.store.packing import (
    pack_heavy,
    pack_sparse,
    pack_vectors,
    unpack_heavy,
    unpack_sketches,
    unpack_sparse,
    unpack_vectors,
)
from newsclust.store.rows import Unreadable, decoding, listed

_NOT_KEPT = ("languages", "days", "model_id", "calibration")  # they follow from the article itself, and from the store

_WIDEST = 1 << 24

Layout = dict[str, list[list[Any]]]


class Packed(NamedTuple):
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
    vectors: Sequence[bytes],
    numbers: Sequence[bytes],
    words: Sequence[bytes],
    space: Space,
    languages: Sequence[str],
    days: Sequence[float | None],
    *,
    whole: bool = True,
) -> ArticleFeatures:
    """The features of rows. Where `words` are not `whole` but the heaviest, the other sparse features are empty."""
    widths = widths_of(space.layout, "sparse")
    features: dict[str, Any] = {"dense": None, "dense_density": None}
    if whole:
        features |= zip(widths, unpack_sparse(words, list(widths.values())), strict=True)
    else:
        nothing = [b""] * len(words)
        features |= {name: unpack_heavy(words if name == "words" else nothing, width) for name, width in widths.items()}
    features |= split_vectors(vectors, space.layout, languages, space.means)
    single = unpack_vectors(numbers, len(space.layout["numbers"]), "<f8")
    features |= {name: single[:, k] for k, (name, _) in enumerate(space.layout["numbers"])}
    return ArticleFeatures(
        **features,
        languages=numbered(languages),
        days=np.array([np.nan if day is None else day for day in days], np.float64),
        model_id=space.model_id,
        calibration=space.profile.coefficients if space.profile else None,
    )


@decoding("vectors")
def split_vectors(
    blobs: Sequence[bytes], layout: Layout, languages: Sequence[str], means: Means | None
) -> dict[str, NDArray[np.float32]]:
    """The vectors by the name of their space, each (n, d)."""
    together, by_space, at = unpack_vectors(blobs, sum(width for _, width in layout["vectors"])), {}, 0
    for name, width in layout["vectors"]:
        part = together[:, at : at + width]
        by_space[name] = means.centred(part, languages) if means and name == "dense" else np.ascontiguousarray(part)
        at += width
    return by_space


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

    @property
    def profile(self) -> EncoderProfile | None:
        """The profile of the model that gave the vectors; None where it has none, or nothing read the texts."""
        has_vectors = any(name == "dense" for name, _ in self.layout["vectors"])
        return profile_of(self.model_id, self.settings.profile) if has_vectors else None

    @property
    def needs_means(self) -> bool:
        """Whether the vectors are kept as the model gave them, because no statistics describe its space."""
        return self.profile is None and any(name == "dense" for name, _ in self.layout["vectors"])


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Stored articles: their numbers, features, languages, and sketches where these were read too."""

    numbers: NDArray[np.int64]
    features: ArticleFeatures
    languages: Sequence[str]
    sketches: Sequence[Sketch] = ()

    def joined(self, others: Rows) -> Rows:
        """These articles, then others."""
        languages = [*self.languages, *others.languages]
        features = joined((self.features, others.features), languages)
        numbers = np.concatenate((self.numbers, others.numbers))
        return Rows(numbers, features, languages, [*self.sketches, *others.sketches])

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """The row of each number. Raises Unreadable where one has no row."""
        order = np.argsort(self.numbers)
        rows = order[np.searchsorted(self.numbers[order[:-1]], numbers)] if len(order) else np.zeros(0, np.intp)
        if not np.array_equal(self.numbers[rows], numbers):
            raise Unreadable("articles without vectors and words")
        return rows


def stored_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """What the first run wrote down: settings, model id and layout; nothing in a new store."""
    return dict(connection.execute("SELECT name, value FROM settings").fetchall())


def read_space(connection: sqlite3.Connection) -> Space | None:
    """The store's space, None while it holds nothing."""
    stored = stored_settings(connection)
    if "layout" not in stored:
        return None
    return _space(stored, read_means(connection))


@decoding("what the store was made with")
def _space(stored: dict[str, str], means: Means | None) -> Space:
    values = json.loads(stored["settings"])
    values["effort"] = Effort(values["effort"])
    layout: Layout = json.loads(stored["layout"])
    if layout.keys() != {"sparse", "vectors", "numbers"}:
        raise ValueError(f"a layout of {sorted(layout)}")
    if not all(isinstance(width, int) and 0 < width < _WIDEST for kind in layout.values() for _, width in kind):
        raise ValueError("a layout of impossible width")
    if means and {len(total) for total in means.totals.values()} != {widths_of(layout, "vectors")["dense"]}:
        raise ValueError("sums of another width than the vectors")
    try:
        return Space(Settings(**values), stored["model"], layout, means)
    except UsageError as error:
        raise ValueError(str(error)) from error


def load_rows(connection: sqlite3.Connection, numbers: Iterable[int], space: Space) -> Rows:
    """The features of the articles of these numbers, ordered by article id."""
    rows = connection.execute(
        "SELECT number, language, day, v.checksum, w.checksum, vectors, heavy, numbers, rows, ifnull(sketch, x'')"
        " FROM articles JOIN vectors v ON v.article = number JOIN words w ON w.article = number"
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id",
        (listed(numbers),),
    ).fetchall()
    own, languages, days, sums, word_sums, *blobs, words, told = zip(*rows, strict=True) if rows else [()] * 10
    check_sums(sums, *blobs)
    check_sums(word_sums, words, told)
    features = unpack(blobs[0], blobs[2], words, space, languages, days)
    return Rows(np.array(own, np.int64), features, languages, unpack_sketches(told))


def scan(connection: sqlite3.Connection, space: Space, days: tuple[float, float] | None = None) -> Rows:
    """What is compared first of every article, or of those dated within `days` or not at all, by their numbers.

    The vectors are whole; of the words there are the heaviest, and of names and how they sound nothing.
    """
    low, high = days or (-np.inf, np.inf)
    rows = connection.execute(
        "SELECT number, language, day, checksum, vectors, heavy, numbers FROM vectors JOIN articles ON number = article"
        " WHERE day IS NULL OR day BETWEEN ? AND ? ORDER BY article",
        (low, high),
    ).fetchall()
    own, languages, dates, sums, vectors, heavy, numbers = zip(*rows, strict=True) if rows else [()] * 7
    check_sums(sums, vectors, heavy, numbers)
    features = unpack(vectors, numbers, heavy, space, languages, dates, whole=False)
    return Rows(np.array(own, np.int64), features, languages)


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


def space_for(connection: sqlite3.Connection, settings: Settings, features: ArticleFeatures, model_id: str) -> Space:
    """The store's space; a new store takes on that of its first articles."""
    layout = layout_of(features)
    space = read_space(connection)
    if space is None:
        values = {"settings": json.dumps(settings.as_dict()), "model": model_id, "layout": layout_text(layout)}
        values["statistics"] = statistics_id()
        connection.executemany("INSERT INTO settings VALUES (?, ?)", list(values.items()))
        return Space(settings, model_id, layout, None)
    check_fit(space, features, model_id)
    if stored_settings(connection).get("statistics") != statistics_id():
        raise _misfit(space, model_id)
    return space


def layout_text(layout: Layout) -> str:
    """The layout as the store keeps it."""
    return json.dumps(layout, sort_keys=True)


@lru_cache(maxsize=1)
def statistics_id() -> str:
    """What names the shipped statistics: features made with others cannot be compared."""
    return f"{zlib.crc32(files('newsclust').joinpath('data', FILE).read_bytes()):08x}"


def check_fit(space: Space, features: ArticleFeatures, model_id: str) -> None:
    """Raise StoreError where features of this model cannot be compared with those of the store."""
    if space.model_id != model_id or layout_text(space.layout) != layout_text(layout_of(features)):
        raise _misfit(space, model_id)


def _misfit(space: Space, model_id: str) -> StoreError:
    return StoreError(
        f"this store holds vectors of {space.model_id}, which cannot be compared with those of {model_id} as this "
        "version makes them; newsclust export its articles and import them into a new store"
    )


def settings_of(path: Path) -> Settings | None:
    """What the store at `path` was made with; None where there is none, or it is empty."""
    if not path.exists():
        return None
    with reading(path) as connection:
        space = read_space(connection)
    return space.settings if space else None


def check_settings(connection: sqlite3.Connection, settings: Settings) -> None:
    """Raise StoreError where the store was made with other settings."""
    stored = stored_settings(connection)
    if "settings" not in stored:
        return
    kept, asked = _settings_in(stored["settings"]), settings.as_dict()
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
