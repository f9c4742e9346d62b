"""The pairs that were ever scored: what any later run groups by, without reading a text or a vector again.

Each article keeps its pairs with those that came before it, or with it, as one BLOB. What an article was compared with
and forgotten since is passed over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsclust.similarity.score import Pairs
from newsclust.store.features import check_sums, checksum
from newsclust.store.rows import decoding, listed

Numbers = NDArray[np.int64]

_PAIR = np.dtype([("other", "<i8"), ("event", "<f4"), ("story", "<f4"), ("dates", "<f4"), ("words", "<f4")])


_COLUMNS = ("first", "second", "event", "story", "dates", "words")


@dataclass(frozen=True, eq=False, slots=True)
class KnownPairs:
    """Pairs of articles by their numbers, each once, with what `Pairs` has of them: each of shape (m,)."""

    first: Numbers
    second: Numbers
    event: NDArray[np.float64]
    story: NDArray[np.float64]
    dates: NDArray[np.float64]
    words: NDArray[np.float64]

    @classmethod
    def of(cls, pairs: Pairs, first: Numbers, second: Numbers) -> KnownPairs:
        """The same pairs between articles of these numbers."""
        return cls(first, second, *(getattr(pairs, name) for name in _COLUMNS[2:]))

    def __len__(self) -> int:
        return len(self.first)

    def only(self, which: NDArray[np.bool_]) -> KnownPairs:
        """Some of the pairs."""
        return KnownPairs(*(getattr(self, name)[which] for name in _COLUMNS))

    def ends_in(self, numbers: Iterable[int]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Of which pairs the first article is one of these numbers, and of which the second is."""
        most = max(self.first.max(initial=0), self.second.max(initial=0))
        wanted = np.fromiter(numbers, np.int64)
        there = np.zeros(most + 1, bool)
        there[wanted[wanted <= most]] = True
        return there[self.first], there[self.second]

    def joined(self, other: KnownPairs) -> KnownPairs:
        """These pairs and others."""
        return KnownPairs(*(np.concatenate((getattr(self, name), getattr(other, name))) for name in _COLUMNS))

    def among(self, numbers: Numbers) -> Pairs:
        """The pairs between articles of these numbers, by their indices among them, in order."""
        most = int(max(numbers.max(initial=0), self.first.max(initial=0), self.second.max(initial=0)))
        index_of = np.full(most + 1, -1, np.intp)
        index_of[numbers] = np.arange(len(numbers))
        ends = index_of[self.first], index_of[self.second]
        inside = (ends[0] >= 0) & (ends[1] >= 0)
        first, second = np.minimum(*ends)[inside], np.maximum(*ends)[inside]
        sort = np.lexsort((second, first))
        return Pairs(first[sort], second[sort], *(getattr(self, name)[inside][sort] for name in _COLUMNS[2:]))


def write_pairs(connection: sqlite3.Connection, pairs: KnownPairs) -> None:
    """Keep new pairs, each with its later article, which has none yet."""
    later, earlier = np.maximum(pairs.first, pairs.second), np.minimum(pairs.first, pairs.second)
    order = np.lexsort((earlier, later))
    rows = np.empty(len(pairs), _PAIR)
    rows["other"] = earlier[order]
    for name in _COLUMNS[2:]:
        rows[name] = getattr(pairs, name)[order]
    articles, starts = np.unique(later[order], return_index=True)
    blobs = [part.tobytes() for part in np.split(rows, starts[1:])]
    connection.executemany(
        "INSERT INTO pairs VALUES (?, ?, ?)",
        [(article, blob, checksum(blob)) for article, blob in zip(articles.tolist(), blobs, strict=False)],
    )


def load_pairs(connection: sqlite3.Connection, articles: Iterable[int] | None = None) -> KnownPairs:
    """Every pair of articles that are both still there, or those that some articles keep."""
    rows = connection.execute(
        "SELECT article, pairs, checksum FROM pairs WHERE ?1 IS NULL OR article IN (SELECT value FROM json_each(?1))"
        " ORDER BY article",
        (None if articles is None else listed(articles),),
    ).fetchall()
    own, blobs, sums = zip(*rows, strict=True) if rows else [()] * 3
    check_sums(sums, blobs)
    pairs = _unpacked(own, blobs)
    alive = connection.execute("SELECT number FROM articles WHERE lead IS NULL ORDER BY number")
    numbers = np.array([number for (number,) in alive], np.int64)
    return pairs.only(pairs.ends_in(numbers)[1])


@decoding("pairs")
def _unpacked(articles: Sequence[int], blobs: Sequence[bytes]) -> KnownPairs:
    rows = np.frombuffer(b"".join(blobs), _PAIR)
    counts = [len(blob) // _PAIR.itemsize for blob in blobs]
    known = [rows[name].astype(np.float64) for name in _COLUMNS[2:]]
    if not all(np.isfinite(one).all() for one in known):
        raise ValueError("they hold what is no number")
    return KnownPairs(np.repeat(np.array(articles, np.int64), counts), rows["other"].astype(np.int64), *known)


def hand_over_pairs(connection: sqlite3.Connection, lead: int, heir: int) -> None:
    """Let the pairs of an article be those of the one that takes its place."""
    connection.execute("UPDATE pairs SET article = ? WHERE article = ?", (heir, lead))
    for article, blob in connection.execute("SELECT article, pairs FROM pairs").fetchall():
        rows = np.frombuffer(blob, _PAIR)
        if (rows["other"] == lead).any():
            rows = rows.copy()
            rows["other"][rows["other"] == lead] = heir
            changed = rows.tobytes()
            connection.execute(
                "UPDATE pairs SET pairs = ?, checksum = ? WHERE article = ?", (changed, checksum(changed), article)
            )
