"""The title of a page: the headline alone, whole, and not the name of the site."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newsclust.reading.formats.markup import text_of_tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEHIND = re.compile(r"\s*[|｜ㅣ│»*·•:：–—\-]\s*\S")
_IN_FRONT = re.compile(r"\S\s*[|｜ㅣ│»]\s*$")
# One for one, so that positions stay the same.
_ALIKE = str.maketrans("‘’‚‛`´“”„‟«»\xa0\u202f–—", "''''''\"\"\"\"\"\"  --")
_QUOTES = "\"'"
_FEWEST = 8
"""Characters of a headline that may be the beginning of a title; "Live" is none."""


def headings(tree: HtmlElement) -> list[str]:
    """The texts of the page's <h1>, in order."""
    return [text for heading in tree.iter("h1") if (text := _line(text_of_tree(heading)))]


def title_of(
    tree: HtmlElement, meta: Mapping[str, str], headline: str | None, sites: Iterable[str | None]
) -> str | None:
    """The page's title: the first of og:title, JSON-LD, twitter:title, <h1> and <title> that is not the site's name.

    A title that an unescaped quote has cut is taken whole from another. One that goes on behind the page's <h1> or
    headline and a separator ends there.
    """
    heads = [head for head in (*headings(tree)[:1], _line(headline)) if head]
    told = [_line(meta.get("og:title")), _line(headline), _line(meta.get("twitter:title")), *heads[:1]]
    told.append(_line(tree.findtext(".//title")))
    names = {_folded(site).strip() for site in sites if site}
    known = [title for title in told if title and _folded(title).strip() not in names]
    if not known:
        return None
    title = _whole(known[0], known)
    return next((short for head in heads if (short := _ended(title, head))), title)


def _whole(title: str, others: Iterable[str]) -> str:
    """The title, or the one that goes on where a quote in it was taken for the end of an attribute."""
    folded = _folded(title)
    for other in others:
        rest = _folded(other)[len(folded) :].lstrip()
        if _folded(other).startswith(folded) and rest[:1] and rest[0] in _QUOTES:
            return other
    return title


def _ended(title: str, head: str) -> str | None:
    """The part of a title that is the headline, where it stands at one end of it with a separator."""
    folded, wanted = _folded(title), _folded(head)
    if len(wanted) < _FEWEST or len(wanted) >= len(folded):
        return None
    if folded.startswith(wanted) and len(wanted) > len(folded) - len(wanted) and _BEHIND.match(title[len(wanted) :]):
        return title[: len(wanted)].strip()
    if folded.endswith(wanted) and _IN_FRONT.search(title[: -len(wanted)]):
        return title[-len(wanted) :].strip()
    return None


def _folded(text: str) -> str:
    """A text to compare by, as long as it is."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_ALIKE)


def _line(text: str | None) -> str:
    return " ".join(html.unescape(text or "").split())
