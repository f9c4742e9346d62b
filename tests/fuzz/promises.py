"""What must hold of anything that is read, whatever the bytes were; a broken promise raises `BrokenError`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from newsclust.articles import Article, ReadResult
from newsclust.cleaning.boilerplate import clean


class BrokenError(AssertionError):
    """A promise that an input broke."""


def hold(promise: object, what: str) -> None:
    """Raise `BrokenError` unless the promise is true."""
    if not promise:
        raise BrokenError(what)


def check_articles(articles: Sequence[Article]) -> None:
    """Ids are unique, no article is empty, and every field can be written as UTF-8 and JSON."""
    hold(len({article.id for article in articles}) == len(articles), "two articles share an id")
    for article in articles:
        hold(article.text.strip() or article.title, f"{article.path!r} is empty")
        hold(article.title is None or len(article.title.splitlines()) == 1, f"the title of {article.path!r} is no line")
        hold(article.published is None or article.published.tzinfo is not None, "a date without a time zone")
        fields: list[object] = [
            article.id,
            article.text,
            article.title,
            article.path,
            article.language,
            article.url,
            article.source,
        ]
        fields += [dict(article.extra), article.boilerplate_by_reason]
        json.dumps(fields, allow_nan=False, ensure_ascii=False).encode()


def check_read(result: ReadResult, names: Iterable[str]) -> None:
    """Every input gave an article, an entry or a remark, and what was said of it is one line."""
    check_articles(result.articles)
    told = [*result.skipped, *result.notes]
    for entry in told:
        hold(entry.reason.strip() and len(entry.reason.splitlines()) == 1, f"said of {entry.where!r}: {entry.reason!r}")
        entry.reason.encode()
        entry.where.encode()
    for name in names:
        places = [article.path for article in result.articles] + [entry.where for entry in told]
        hold(any(place.startswith(name) for place in places), f"nothing is known of {name}")


def check_cleaning(articles: Sequence[Article]) -> None:
    """Cleaning keeps every article and every word of it, and leaves a text or a title of each."""
    cleaned = clean(articles)
    hold([article.id for article in cleaned] == [article.id for article in articles], "articles got lost in cleaning")
    for before, after in zip(articles, cleaned, strict=True):
        hold(after.text.strip() or after.title, f"cleaning emptied {before.id!r}")
        hold(all_signs(after) == all_signs(before), "words got lost")


def all_signs(article: Article) -> list[str]:
    """The signs of an article's title and text, and of what was taken out of it."""
    return signs(" ".join([article.title or "", article.text, *(passage.text for passage in article.boilerplate)]))


def signs(text: str) -> list[str]:
    """The letters and digits of a text, sorted: what must not get lost, wherever it goes."""
    return sorted(filter(str.isalnum, text))
