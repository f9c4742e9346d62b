"""The name of the site behind a title: "Ferry runs aground | Coast Times", "... - World - BBC News"."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from newsclust.text.urls import host_of

EXTRA_WORDS = 2
"""Words that a site's name may have more or fewer behind a title than in its source: "CBC News" of "CBC"."""

# Marks that stand between words in some scripts, and such that need blanks around them.
_MARK = re.compile(r"\s*[|｜ㅣ│：]\s*|\s+(?:[-–—·•»/]|::)\s+")
_SECTION = re.compile(r"\s*[-–|/]\s*(?P<part>[^\W\d_][^\W\d_ ]{1,20})$")
_DAY = re.compile(r"[\d\s./:年月日-]{4,24}$")
_WORD = re.compile(r"\w+")


def without_site(title: str, source: str | None, url: str | None, sections: Collection[str]) -> tuple[str, str | None]:
    """The title without the name of its site behind it, and what went; (title, None) where there is none.

    A day behind the name goes with it, and so does the name of a section in front of it, one of `sections` (without
    case). A name counts that is written as source or host are, but for one or two words at one end.
    """
    names = _names(source, url)
    head = title
    for _ in range(2):  # "| Coast Times | 27.02.2025"
        marks = list(_MARK.finditer(head))
        if not marks or not marks[-1].start():
            return title, None
        part, head = head[marks[-1].end() :], head[: marks[-1].start()]
        if any(_is_name(part, name) for name in names):
            section = _SECTION.search(head)
            if section and section.start() and section["part"].casefold() in sections:
                head = head[: section.start()]
            return head.strip(), title[len(head) :].strip(" |-–—·•»:/：｜ㅣ│")
        if not _DAY.match(part):
            return title, None
    return title, None


@lru_cache(maxsize=4096)
def _names(source: str | None, url: str | None) -> tuple[tuple[str, ...], ...]:
    """The words of each name that the site has: its source, its host, and each label of that."""
    host = host_of(url)
    labels = host.split(".")[:-1]
    names = (tuple(_WORD.findall(name.casefold())) for name in (source or "", host, *labels))
    return tuple(dict.fromkeys(words for words in names if words and len("".join(words)) > 1))


def _is_name(part: str, name: tuple[str, ...]) -> bool:
    """Whether a part of a title is a name of the site, whole or but for some words at one end."""
    words = tuple(_WORD.findall(part.casefold()))
    if not words:
        return False
    if "".join(words) == "".join(name):
        return True
    if abs(len(words) - len(name)) > EXTRA_WORDS:
        return False
    if len(words) > len(name):  # "CBC News" of "CBC"; "hard times" is none of "Times"
        return words[: len(name)] == name and all(_is_written_as_name(word) for word in part.split())
    return len("".join(words)) > 1 and words in (name[: len(words)], name[-len(words) :])


def _is_written_as_name(word: str) -> bool:
    return word[0].isupper() or not word[0].islower()
