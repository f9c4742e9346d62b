"""Articles as rows: what tells one from another, and how they are written and read."""

from __future__ import annotations

import functools
import hashlib
import json
import math
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, ParamSpec, TypeVar

from newsclust.articles import Article, Boilerplate
from newsclust.similarity.near_duplicates import fingerprint
from newsclust.stories import Kind, Mentions, Relation
from newsclust.text.display import REPLACEMENT, encodable
from newsclust.text.segmenting import segmented

_P = ParamSpec("_P")
_R = TypeVar("_R")

BY_OTHERS = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, AttributeError, zlib.error)
"""What reading made-up bytes, JSON and dates ends in."""


class Unreadable(sqlite3.DatabaseError):
    """A damaged row; `file` makes a StoreError of it as of SQLite's own errors."""


def unreadable(what: str, error: Exception) -> Unreadable:
    """What is said of `what` when reading it ended in one of BY_OTHERS."""
    return Unreadable(f"{what} cannot be read: {type(error).__name__}: {error}")


def decoding(what: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Name `what` a function reads out of the store where it cannot be read."""

    def named(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def decoded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return function(*args, **kwargs)
            except BY_OTHERS as error:
                raise unreadable(what, error) from error

        return decoded

    return named


@decoding("a list of names")
def names_in(text: str) -> list[str]:
    """A list of strings, kept as JSON."""
    names = json.loads(text)
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise TypeError(f"{text[:60]!r} is no list of strings")
    return names


@decoding("a headline")
def headlines_in(text: str) -> dict[str, str]:
    """Headlines by language, kept as JSON."""
    headlines = json.loads(text)
    if not (isinstance(headlines, dict) and all(isinstance(line, str) for line in headlines.values())):
        raise TypeError(f"{text[:60]!r} are no headlines")
    return headlines


def mentions_out(mentions: Mentions) -> str:
    """What a story names, as JSON in its order."""
    kinds = {"countries": mentions.countries, "places": mentions.places, "people": mentions.people}
    return json.dumps({kind: dict(counts) for kind, counts in kinds.items()})


@decoding("what a story names")
def mentions_in(text: str) -> Mentions:
    """Countries, places and people with counts, kept as JSON."""
    kinds = json.loads(text)
    counts = [kinds.get(kind, {}) for kind in ("countries", "places", "people")]
    if not all(isinstance(some, dict) and all(isinstance(count, int) for count in some.values()) for some in counts):
        raise TypeError(f"{text[:60]!r} is not what a story names")
    return Mentions(*counts)


@decoding("what an article is")
def kind_in(value: str) -> Kind:
    """A kind of article by its name."""
    return Kind(value)


@decoding("how an article is a version of another")
def relation_in(value: str | None) -> Relation:
    """A relation by its name; stores that were made before relations were told hold copies alone."""
    return Relation.COPY if value is None else Relation(value)


@decoding("a probability")
def share_in(value: Any) -> float:
    """A number between 0 and 1."""
    if not (isinstance(value, float | int) and math.isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"{value!r} is not between 0 and 1")
    return float(value)


_HASH_BYTES = 16
SECONDS_PER_DAY = 86400.0
COLUMNS = "number, id, title, path, language, published, url, source"
"""What `as_article` reads of the table of articles."""
BODY = "t.text, t.whole, t.other, t.checksum"
"""And of the table of texts, as `t`."""


def content_hash(article: Article) -> bytes:
    """What changes when the article must be read again: everything but the path it was read from."""
    parts = (article.title, article.text, article.url, article.source, _written(article.published), article.language)
    return _digest(json.dumps(parts))


def print_of(article: Article) -> bytes:
    """What two word-for-word copies share."""
    return fingerprint(article)[:_HASH_BYTES]


def day_of(article: Article) -> float | None:
    """When the article was published, in days since 1970."""
    return article.published.timestamp() / SECONDS_PER_DAY if article.published else None


def insert_article(
    connection: sqlite3.Connection,
    article: Article,
    content: bytes,
    *,
    run: int,
    added: float,
    lead: int | None,
    whole: Article | None = None,
) -> int:
    """Write the article and its text; the number it got. `whole` is the article before passages were set aside."""
    values = (
        *(article.id, content, print_of(article), lead, _plain(article.title), encodable(article.path)),
        *(article.language, _written(article.published), day_of(article), _plain(article.url), _plain(article.source)),
        *(added, run),
    )
    cursor = connection.execute(
        "INSERT INTO articles"
        " (id, content, print, lead, title, path, language, published, day, url, source, added, run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    number = cursor.lastrowid
    assert number is not None  # noqa: S101 - an insert gives one
    text = encodable(article.text), _whole(article, whole or article), _other(article)
    connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (number, *text, _text_sum(*text)))
    connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (number, *_searched(article)))
    return number


def forget_searched(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take articles out of the index of words. It keeps no text: what is taken out must be said to it."""
    for number, article in articles_by_number(connection, numbers, texts=True).items():
        values = (number, *_searched(article))
        connection.execute("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", values)


def _searched(article: Article) -> tuple[str, str]:
    return segmented(article.title or ""), segmented(article.text)


def as_article(row: Sequence[Any], body: Sequence[Any] = ()) -> Article:
    """The article of a row of COLUMNS, with its text where `body` is given: a row of BODY."""
    try:
        return _as_article(row, body)
    except BY_OTHERS as error:
        raise unreadable(f"article {row[1]!r}", error) from error


def _as_article(row: Sequence[Any], body: Sequence[Any]) -> Article:
    _, id_, title, path, language, published, url, source = row[:8]
    extra: dict[str, Any] = {}
    boilerplate: list[list[Any]] = []
    if body and body[0] is not None:
        *text, total = body
        if total != _text_sum(*text):
            raise ValueError("its text is not what was written")
        extra, boilerplate = json.loads(body[2])
    return Article(
        id=id_,
        text=(body[0] or "") if body else "",
        title=title,
        path=path,
        language=language,
        published=datetime.fromisoformat(published) if published else None,
        url=url,
        source=source,
        extra=extra,
        boilerplate=tuple(Boilerplate(*passage) for passage in boilerplate),
    )


def articles_by_number(
    connection: sqlite3.Connection, numbers: Iterable[int], *, texts: bool = False
) -> dict[int, Article]:
    """The articles of these numbers."""
    body, join = (f", {BODY}", " JOIN texts t ON t.article = number") if texts else ("", "")
    query = f"SELECT {COLUMNS}{body} FROM articles{join} WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = connection.execute(query, (listed(numbers),))
    return {row[0]: as_article(row, row[8:]) for row in rows}


def articles_whole(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Article]:
    """The articles of these numbers as they were before passages were set aside."""
    query = (
        f"SELECT {COLUMNS}, {BODY} FROM articles JOIN texts t ON t.article = number"  # noqa: S608
        " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"
    )
    articles = {}
    for row in connection.execute(query, (listed(numbers),)):
        article = as_article(row, row[8:])
        known = tuple(passage for passage in article.boilerplate if passage.reason == "wording")
        text = article.text if row[9] is None else row[9]
        articles[row[0]] = replace(article, title=article.title_as_read, text=text, boilerplate=known)
    return articles


class Known(NamedTuple):
    """An article's number, its content hash, and when it was added, in seconds since 1970."""

    number: int
    content: bytes
    added: float


def known_contents(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Known]:
    """What is known of those of the ids that the store holds."""
    query = "SELECT id, number, content, added FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    return {id_: Known(*row) for id_, *row in connection.execute(query, (listed(ids),))}


def listed(values: Iterable[Any]) -> str:
    """A list as SQLite's json_each takes it: any number of values in one parameter."""
    return json.dumps(list(values))


def with_storable_id(article: Article) -> Article:
    """The article with an id that SQLite can hold and find again."""
    return article if storable(article.id) == article.id else replace(article, id=storable(article.id))


def storable(text: str) -> str:
    """Text that SQLite can hold and find again: a lone surrogate, and a NUL, where json_each stops, become U+FFFD."""
    return encodable(text).replace("\0", REPLACEMENT)


def _whole(article: Article, whole: Article) -> str | None:
    """The text before passages were set aside, where any were."""
    return _plain(whole.text) if whole.text != article.text else None


def _other(article: Article) -> str:
    """What else there is of an article, as JSON: other fields, and boilerplate."""
    passages = [(passage.text, passage.reason) for passage in article.boilerplate]
    return json.dumps([_plain_values(article.extra), passages])


def _text_sum(text: str, whole: str | None, other: str) -> int:
    return zlib.crc32("\0".join((text, whole or "", other)).encode())


def _plain_values(extra: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(extra), default=str))
    return plain


def _plain(text: str | None) -> str | None:
    return None if text is None else encodable(text)


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_HASH_BYTES]
