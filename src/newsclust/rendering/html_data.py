"""What the page's scripts read beside the page itself: numbers as JSON, whole texts packed; and values it shows."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclust.articles import Article
from newsclust.languages.names import language_name
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import encodable, harmless, printable

if TYPE_CHECKING:
    from newsclust.explaining.evidence import Evidence

TEXT_BYTES = 5_000_000
"""UTF-8 bytes of articles' texts in a page: 2,000 whole ones of real news. Packed they take half of it."""
TEXT_LENGTHS = (8000, 4000, 2000, 1000, 500)
"""Characters of each article in a page where there is more, the longest that fits."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEB_LINK = re.compile(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)
# What could end the script element that holds the JSON, open a comment in it, or break a line of JavaScript.
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class PackedTexts:
    """Texts as a gzipped JSON list in base64, each cut to `length` characters, None where all are whole."""

    content: str
    length: int | None


def shown_articles(result: ClusterResult) -> tuple[Article, ...]:
    """The articles in the order of the page: the members of each story that is shown, then those in none."""
    members = (member.article for story in result.stories for member in story.members)
    return (*members, *(entry.article for entry in result.unclustered))


def page_data(result: ClusterResult, evidence: Evidence | None) -> dict[str, Any]:
    """The numbers that scripts need; articles stand in the order of `shown_articles`.

    An article is [language, minutes since 1970, story or -1, confidence, index of the article it repeats or -1, event].
    A story holds its events' titles, the indices of near stories, and its matrix as two digits a pair. What else there
    is to know the scripts read in the page.
    """
    numbers = {article.id: number for number, article in enumerate(shown_articles(result))}
    index_of = {story.id: index for index, story in enumerate(result.stories)}
    articles: list[list[Any]] = []
    for index, story in enumerate(result.stories):
        events = {event.id: n for n, event in enumerate(story.events)}
        for m in story.members:
            copied = numbers.get(m.duplicate_of or "", -1)
            articles.append([*_facts(m.article), index, round(m.confidence, 2), copied, events.get(m.event, 0)])
    articles += [[*_facts(entry.article), -1, None, -1, 0] for entry in result.unclustered]
    return {
        "articles": articles,
        "stories": [_story(story, evidence, numbers, index_of) for story in result.stories],
        "languages": {code: language_name(code) for code in result.languages},
    }


def as_script(data: Mapping[str, Any]) -> str:
    """The data as JSON that can stand inside a script element whatever texts it holds."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPED)


def packed_texts(articles: Sequence[Article]) -> PackedTexts:
    """The texts of the articles for the search, whole where TEXT_BYTES hold them, else their beginnings."""
    texts = [encodable(_without_headline(harmless(article.text), article.headline)) for article in articles]
    length = _length_that_fits(texts)
    content = json.dumps([text[:length] for text in texts], ensure_ascii=False, separators=(",", ":")).encode()
    return PackedTexts(base64.b64encode(gzip.compress(content, mtime=0)).decode(), length)


def web_link(url: str | None) -> str | None:
    """The address where it leads to the web, else None: no javascript:, no data:, no path of this machine."""
    stripped = (url or "").strip()
    return stripped if _WEB_LINK.fullmatch(stripped) and printable(stripped) == stripped else None


def origin(article: Article) -> str:
    """Who published it, or where it was read from."""
    return printable(article.outlet or article.path or article.id)


def utc(moment: datetime) -> datetime:
    """The moment in UTC, which one without a zone is taken to be in."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_text(moment: datetime | None) -> str:
    """A day in UTC for people: "27 Feb 2025"; nothing for an unknown one."""
    return f"{utc(moment).day} {_MONTHS[utc(moment).month - 1]} {utc(moment).year}" if moment else ""


def moment_text(moment: datetime) -> str:
    """A day in UTC and, where it is no midnight, the time: "27 Feb 2025, 09:30"."""
    return day_text(moment) + ("" if utc(moment).time() == time() else f", {utc(moment):%H:%M}")


def span_text(first: datetime | None, last: datetime | None) -> str:
    """The days from first to last for people: "27 Feb – 3 Mar 2025", "23–24 Apr 2025"."""
    if first is None or last is None:
        return ""
    first, last = utc(first), utc(last)
    start, end = day_text(first), day_text(last)
    if start == end:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{start.removesuffix(f' {last.year}')} – {end}"


def whole_span(result: ClusterResult) -> str:
    """The days of all articles for people."""
    dates = [utc(article.published) for article in result.articles if article.published]
    return span_text(min(dates, default=None), max(dates, default=None))


def _facts(article: Article) -> tuple[str, int | None]:
    moment = article.published
    return article.language, int(utc(moment).timestamp() // 60) if moment else None


def _without_headline(text: str, headline: str) -> str:
    return text[len(headline) :].lstrip(" .–-\n") if text.startswith(headline) else text


def _length_that_fits(texts: Sequence[str]) -> int | None:
    for length in (None, *TEXT_LENGTHS):
        if sum(len(text[:length].encode()) for text in texts) <= TEXT_BYTES:
            return length
    return TEXT_LENGTHS[-1]


def _story(
    story: Story, evidence: Evidence | None, numbers: Mapping[str, int], index_of: Mapping[str, int]
) -> dict[str, Any]:
    data: dict[str, Any] = {"events": [printable(event.title) for event in story.events]}
    if evidence is None:
        return data
    data["near"] = [index_of[id_] for id_ in evidence.near.get(story.id, ()) if id_ in index_of]
    matrix = evidence.matrices.get(story.id)
    if matrix is not None:
        first, second = np.triu_indices(len(matrix.members), 1)
        # Two digits a pair: 99 also stands for 1.
        digits = np.minimum(np.floor(matrix.probabilities[first, second] * _PERCENT), _PERCENT - 1).astype(int)
        data["matrix"] = "".join(f"{value:02d}" for value in digits.tolist())
        data["rows"] = [numbers[member] for member in matrix.members]
    return data
