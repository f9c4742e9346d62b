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
from itertools import combinations

from newsclust.articles import Article, Boilerplate
from newsclust.text.notices import is_notice, stems, tells

LONGEST = 200
"""Characters up to which a repeated text is a stub when its headlines have no word in common; the text of a flash may
tell little of its headline."""
FEWEST = 3
"""Articles under headlines of nothing in common that repeat a stub."""
LONGEST_OF_TWO = 600
"""Characters of a stub that two articles show to be one. Of one text under two headlines in four sets of real news each
tells most of one of them at least."""
HARDLY = 0.15
"""Share of its words up to which a headline has nothing to do with a text or with another headline."""
FEWEST_WORDS = 5
"""Words of two headlines that tell so much, and two of each."""

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
    several = {key: headlines for key, headlines in titles.items() if len(headlines) > 1}
    return frozenset(
        key
        for key, headlines in several.items()
        if (len(headlines) >= FEWEST and _is_stub(texts[key], headlines)) or _is_of_none(texts[key], headlines)
    )


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


def _is_of_none(text: str, titles: set[str]) -> bool:
    """Whether two of the headlines, or more, are of unlike things and a text says hardly a word of any of them."""
    words = [set(stems(title)) for title in sorted(titles)]
    if len(text) > LONGEST_OF_TWO or min(map(len, words)) < 2 or sum(map(len, words)) < FEWEST_WORDS:
        return False
    if any(len(one & other) > HARDLY * min(len(one), len(other)) for one, other in combinations(words[:FEWEST], 2)):
        return False
    return not any(tells(text, title, HARDLY) for title in titles)


def _print(text: str) -> bytes:
    plain = _NUMBER.sub("0", " ".join(text.casefold().split()))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).digest()
