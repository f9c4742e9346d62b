"""A store while it is written: its space, and the features of its articles by number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.errors import StoreError
from newsclust.settings import Effort, Settings
from newsclust.similarity.features import ArticleFeatures
from newsclust.store.records import articles_by_number, listed
from newsclust.store.spaces import Layout, Means, Packed, count_in_means, read_means, split_vectors, unpack
from newsclust.store.unreadable import decoding


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
