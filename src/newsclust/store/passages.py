"""Passages that articles share across batches: a store keeps the hashes, so that batches give what one run gives.

`lookups` holds, for what is not known to be boilerplate, which articles have it; `boilerplate` what is known to be. An
article whose passage turns out to be shared later is read again without it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from newsclust.articles import Article
from newsclust.cleaning.boilerplate import without_passages
from newsclust.cleaning.passage_reading import sampled
from newsclust.cleaning.shared_passages import shared_passages
from newsclust.store.rows import articles_by_number, articles_whole, listed
from newsclust.text.letter_shingles import Hashes, among, distinct


@dataclass(frozen=True, eq=False, slots=True)
class SetAside:
    """Articles less what is boilerplate: those of a batch, and stored ones (by number) that lose more than they had.

    `whole` are the articles of both, by id, with all that they had; `new_passages` the boilerplate that was not known.
    """

    batch: tuple[Article, ...]
    again: dict[int, Article]
    whole: dict[str, Article]
    new_passages: Hashes


def set_aside(connection: sqlite3.Connection, batch: Sequence[Article]) -> SetAside:
    """Find what a batch shares in itself and with stored articles. Nothing is written."""
    known = _known(connection)
    mine = {article.id for article in batch}
    near = articles_whole(connection, _holders(connection, np.concatenate([_NONE, *map(_lookups, batch)])))
    neighbours = [article for article in near.values() if article.id not in mine]
    passages = distinct(np.concatenate((known, shared_passages([*batch, *neighbours], new=len(batch)))))
    new_passages = passages[~among(passages, known)]
    stored = articles_whole(connection, _holders(connection, new_passages))
    again = {
        number: without_passages(article, passages) for number, article in stored.items() if article.id not in mine
    }
    were = articles_by_number(connection, again, texts=True)
    again = {number: article for number, article in again.items() if _said(article) != _said(were[number])}
    whole = {article.id: article for article in [*batch, *(stored[number] for number in again)]}
    return SetAside(tuple(without_passages(article, passages) for article in batch), again, whole, new_passages)


def as_they_are(articles: Sequence[Article]) -> SetAside:
    """Articles that come from a store, of which nothing more is set aside."""
    return SetAside(tuple(articles), {}, {article.id: article for article in articles}, _NONE)


def remember(
    connection: sqlite3.Connection, aside: SetAside, numbers: Iterable[int], articles: Iterable[Article]
) -> None:
    """Write down what was found, and what of the articles, stored under these numbers, may prove to be shared."""
    connection.executemany(
        "INSERT OR IGNORE INTO boilerplate VALUES (?)", ((hash_,) for hash_ in _signed(aside.new_passages))
    )
    connection.execute("DELETE FROM lookups WHERE hash IN (SELECT hash FROM boilerplate)")
    known = _known(connection)
    for number, article in zip(numbers, articles, strict=True):
        hashes = _lookups(aside.whole[article.id])
        rows = ((hash_, number) for hash_ in _signed(hashes[~among(hashes, known)]))
        connection.executemany("INSERT OR IGNORE INTO lookups VALUES (?, ?)", rows)


def _said(article: Article) -> tuple[str | None, str]:
    return article.title, article.text


_NONE = np.zeros(0, np.uint64)


def _lookups(article: Article) -> Hashes:
    return np.concatenate(sampled(article.title, article.text))


def _known(connection: sqlite3.Connection) -> Hashes:
    rows = connection.execute("SELECT hash FROM boilerplate").fetchall()
    return np.sort(np.array([hash_ for (hash_,) in rows], np.int64).view(np.uint64))


def _holders(connection: sqlite3.Connection, hashes: Hashes) -> list[int]:
    """The numbers of the stored articles that have any of what is looked up."""
    rows = connection.execute(
        "SELECT DISTINCT article FROM lookups JOIN articles ON number = article"
        " WHERE hash IN (SELECT value FROM json_each(?))",
        (listed(_signed(hashes)),),
    )
    return sorted(number for (number,) in rows)


def _signed(hashes: Hashes) -> list[int]:
    """The hashes as SQLite holds integers: with a sign."""
    signed: list[int] = distinct(hashes).view(np.int64).tolist()
    return signed
