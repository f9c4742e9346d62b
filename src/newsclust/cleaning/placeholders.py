"""Texts that stand where no text is: "Comments", "This article is for subscribers only"."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable

from newsclust.articles import Article

LONGEST = 200
"""Characters of a stub at most; equal texts that are longer are copies of a report."""
FEWEST = 3
"""Articles under headlines of nothing in common that repeat a stub. Two may be one flash under two headlines."""

_WORD = re.compile(r"\w{4,}")


def stubs_of(articles: Iterable[Article]) -> frozenset[str]:
    """The short texts that several articles repeat word for word though no word is in all of their headlines."""
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        if article.title and article.text and len(article.text) <= LONGEST:
            titles[_key(article.text)].add(article.title.casefold().strip())
    return frozenset(text for text, found in titles.items() if len(found) >= FEWEST and not _in_all(found))


def without_stub(article: Article, stubs: frozenset[str]) -> Article:
    """The article without its text where that is a stub; its lines go to `furniture`."""
    if not article.title or len(article.text) > LONGEST or _key(article.text) not in stubs:
        return article
    lines = tuple(line.strip() for line in article.text.split("\n") if line.strip())
    return dataclasses.replace(article, text="", furniture=article.furniture + lines)


def _in_all(titles: set[str]) -> set[str]:
    return set.intersection(*(set(_WORD.findall(title)) for title in titles))


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
