"""Texts that stand where no text is: "Comments", "This article is for subscribers only", a consent wall.

Reading knows them by their wording (`text.notices`); here they are told by repetition, in any language: one text under
headlines of which it says nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

from newsclust.articles import Article, Boilerplate
from newsclust.text.notices import is_notice, tells

LONGEST = 200
"""Characters up to which a repeated text is a stub when its headlines have no word in common; the text of a flash may
tell little of its headline."""
FEWEST = 3
"""Articles under headlines of nothing in common that repeat a stub. Two may be one flash under two headlines."""

_WORD = re.compile(r"\w{4,}")
_NUMBER = re.compile(r"\d+")


def stubs_of(articles: Iterable[Article]) -> frozenset[bytes]:
    """The prints of texts that several articles repeat word for word, numbers aside, though they tell no headline."""
    titles: defaultdict[bytes, set[str]] = defaultdict(set)
    texts: dict[bytes, str] = {}
    for article in articles:
        if article.title and article.text:
            key = _print(article.text)
            titles[key].add(article.title.casefold().strip())
            texts.setdefault(key, article.text)
    repeated = (key for key, headlines in titles.items() if len(headlines) >= FEWEST)
    return frozenset(key for key in repeated if _is_stub(texts[key], titles[key]))


def without_stub(article: Article, stubs: frozenset[bytes]) -> Article:
    """The article without its text where that is a stub; its lines go to `boilerplate`.

    Another text that came with the article (`Article.short_texts`) takes the place, if there is one.
    """
    if not article.title or not article.text or _print(article.text) not in stubs:
        return article
    others = (text for text in article.short_texts if not is_notice(text) and _print(text) not in stubs)
    lines = tuple(Boilerplate(line.strip(), "shared") for line in article.text.split("\n") if line.strip())
    return dataclasses.replace(article, text=next(others, ""), boilerplate=article.boilerplate + lines)


def _is_stub(text: str, titles: set[str]) -> bool:
    """Whether a text says nothing of what its headlines say."""
    if len(text) <= LONGEST and not set.intersection(*(set(_WORD.findall(title)) for title in titles)):
        return True
    return not any(tells(text, title) for title in titles)


def _print(text: str) -> bytes:
    plain = _NUMBER.sub("0", " ".join(text.casefold().split()))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).digest()
