"""Articles that a program hands over, instead of paths to read them from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from newsclust.articles import Article, ReadResult, Skipped
from newsclust.reading.dates import in_utc
from newsclust.reading.fields import Unusable, check_met, checked_mapping, holds, to_article, without_notice
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.records import Record
from newsclust.reading.rows.identity import made_id, settled


def take_articles(
    items: Iterable[Article | Mapping[str, Any]],
    *,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ReadResult:
    """The items as articles, in their order.

    A mapping is understood as an object of a JSON file is: by the usual names of fields, or those that `mapping` gives.
    Where it has no id, its address, else its source, title and date give one, else "#3" is the id of the third item;
    where ids are equal, "~2" follows the second. An item without title and text, or with a longer text than `limits`
    allows, is skipped.

    Raises:
        TypeError: an item is neither an Article nor a mapping.
        UsageError: a mapping to no field, or from a name that no item has.
    """
    names = checked_mapping(mapping)
    articles: list[tuple[Article, str]] = []
    skipped: list[Skipped] = []
    absent = {name for _, name in names}
    met: dict[str, None] = {}
    for number, item in enumerate(items, 1):
        if absent and isinstance(item, Mapping):
            absent -= {name for name in absent if holds(item, name)}
            met.update((str(key), None) for key in item)
        try:
            article = _ready(item, number, limits) if isinstance(item, Article) else _made(item, number, names, limits)
        except Unusable as verdict:
            skipped.append(Skipped(f"#{number}", str(verdict)))
            continue
        articles.append((article, ""))
    check_met(names, absent, tuple(met))
    return ReadResult(settled(articles, keep_all=True)[0], tuple(skipped))  # an article for each item given


def _made(item: Mapping[str, Any], number: int, names: tuple[tuple[str, str], ...], limits: Limits) -> Article:
    if not isinstance(item, Mapping):
        raise TypeError(f"item {number} is of type {type(item).__name__}: give paths, or Articles and mappings")
    values = {str(key): value.isoformat() if isinstance(value, date) else value for key, value in item.items()}
    return to_article(Record(values, f"#{number}"), "", names, limits)


def _ready(article: Article, number: int, limits: Limits) -> Article:
    if not article.body.strip():
        raise Unusable("no title and no text")
    if len(article.text) > limits.article_characters:
        raise Unusable(f"{len(article.text):,} characters of text are over the limit of {limits.article_characters:,}")
    published = in_utc(article.published) if article.published else None
    made = article.id or made_id(article.title or "", article.text, article.url, article.source, published)
    return without_notice(dataclasses.replace(article, id=made or f"#{number}", published=published))
