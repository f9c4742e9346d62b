"""When a page was published, as it writes it: what is declared first, what stands in the text last."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from newsclust.reading.dates import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BESIDE = 60
"""Elements behind the heading, and half as many in front, in which a date is the page's own. Set by judgement."""

SHORT = 80
"""Longest piece of text that may hold it, in characters: a sentence with a date tells of something else."""

MOST_TRIED = 6
"""Dates tried there; a name of a month takes 10 ms."""

_LETTERS = re.compile(r"[^a-z]+")
# Names of <meta> without what parts their words: "article:published_time", "article:published:time".
_PUBLISHED = ("articlepublishedtime", "ogpublishedtime", "ogarticlepublishedtime", "datepublished", "publisheddate",
              "parselypubdate", "sailthrudate", "cxenseparserecspublishtime", "vrpublishedtime", "pubdate",
              "publishdate", "publicationdate", "prismpublicationdate", "dcdateissued", "dctermsissued",
              "dctermscreated", "citationonlinedate")  # fmt: skip
_DATED = ("date", "dcdate", "dctermsdate", "datecreated")  # some systems write the day of the last change here
_MODIFIED = ("articlemodifiedtime", "ogupdatedtime", "datemodified")
# Parts that date something else: the site's clock, other articles, comments.
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
_HOLDERS = ("nav", "aside", "footer", "header", "div", "section", "ul", "ol", "li", "p", "time", "span", "td")
_OTHERS = re.compile(
    r"comment|related|recommend|most-?read|teaser|sidebar|widget|footer|today|current-?date|clock", re.I
)
_MONTH, _YEAR = r"[^\W\d_]{3,12}\.?", r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|{_YEAR} ?[年년] ?\d{{1,2}} ?[月월] ?\d{{1,2}} ?[日일]|\d{{1,2}}\.? (?:de |d')?{_MONTH},? (?:de )?{_YEAR}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})(?!\d)"
)
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/_.-])")
# The page is dated by its content alone: without a fixed end htmldate takes the day of the run.
_LAST_DAY = "2199-12-31"


def published(
    tree: HtmlElement, meta: Mapping[str, str], linked: Mapping[str, str], url: str | None, *, searched: bool
) -> str | None:
    """The first of the page's dates that can be read; where none can, the first there is.

    A page that is not `searched` has only the dates that its head declares.
    """
    unread = None
    for told in _told(tree, meta, linked, url, searched):
        if parse_date(told) is not None:
            return told
        unread = unread or told
    return unread


def _told(
    tree: HtmlElement, meta: Mapping[str, str], linked: Mapping[str, str], url: str | None, searched: bool
) -> Iterator[str]:
    """The dates of a page, the surest first; what costs more comes later."""
    plain: dict[str, str] = {}
    for name, content in meta.items():
        plain.setdefault(_LETTERS.sub("", name), content)
    declared = (linked.get("datePublished"), *(plain.get(name) for name in _PUBLISHED), linked.get("dateCreated"))
    yield from (date for date in declared if date)
    own = _without_other_dates(tree) if searched else None
    times: list[str] = []
    if own is not None:
        marked, times = _marked(own)
        yield from (*marked, *_beside_heading(own), *_in_address(url))
    yield from (date for name in _DATED if (date := plain.get(name)))
    yield from times[:1]
    if own is not None:
        yield from _by_htmldate(own, url, extensive=False)
    modified = (linked.get("dateModified"), *(plain.get(name) for name in _MODIFIED))
    yield from (date for date in modified if date)
    if own is not None:
        yield from _by_htmldate(own, url, extensive=True)


def _without_other_dates(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without what dates anything but the article: the clock of the site, lists, comments."""
    own = deepcopy(tree)
    headed = {above for heading in own.iter("h1") for above in (heading, *heading.iterancestors())}
    for element in list(own.iter(*_HOLDERS)):
        if element in headed or element.getparent() is None:
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in _ELSEWHERE or _OTHERS.search(named) or _is_site_header(element):
            element.drop_tree()
    return own


def _is_site_header(element: HtmlElement) -> bool:
    return element.tag == "header" and next(element.iterancestors("article", "main"), None) is None


def _marked(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """The dates of elements marked as the day of publication, and of the other <time> but those of a change."""
    marked: list[str] = []
    times: list[str] = []
    for element in tree.iter("*"):
        kind = str(element.get("itemprop") or "").lower()
        value = element.get("datetime") or element.get("content") if kind or element.tag == "time" else None
        if not value:
            continue
        if kind in ("datepublished", "datecreated") or element.get("pubdate") is not None:
            marked.append(str(value))
        elif element.tag == "time" and kind != "datemodified":
            times.append(str(value))
    return marked, times


def _beside_heading(tree: HtmlElement) -> Iterator[str]:
    """The dates in short pieces of text right behind the heading, then right in front of it, the nearest first."""
    elements = list(tree.iter("*"))
    at = next((index for index, element in enumerate(elements) if element.tag == "h1"), None)
    if at is None:
        return
    tried = 0
    for element in (*elements[at + 1 : at + BESIDE], *reversed(elements[max(0, at - BESIDE // 2) : at])):
        for piece in (element.text, element.tail):
            if piece and len(text := " ".join(piece.split())) <= SHORT and (date := _DATE.search(text)):
                if (moment := parse_date(date[0])) is not None:
                    yield moment.date().isoformat()
                tried += 1
                if tried == MOST_TRIED:
                    return


def _in_address(url: str | None) -> list[str]:
    """The day in the page's address: ".../2025/02/27/..."."""
    day = _ADDRESS_DAY.search(url or "")
    return ["-".join(day.groups())] if day else []


def _by_htmldate(tree: HtmlElement, url: str | None, *, extensive: bool) -> Iterator[str]:
    """The day that htmldate finds in address, markup and text."""
    from htmldate import find_date

    try:
        with warnings.catch_warnings(action="ignore"):  # dateutil warns of every time zone that it does not know
            day = find_date(tree, extensive_search=extensive, original_date=True, url=url, max_date=_LAST_DAY)
    except Exception:
        return  # a third-party parser on a page of any kind: the page is read without its day
    if day is not None and not day.endswith("-01"):  # that is what it makes of a month or a year
        yield day
