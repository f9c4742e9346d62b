"""What the report's charts, filters and dialog read: the JSON inside the page, and values its templates show."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclust.articles import Article
from newsclust.languages.names import language_name
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import printable

if TYPE_CHECKING:
    from newsclust.explaining.evidence import Evidence

LEAD_LENGTH = 280
"""Characters of an article's text in the page: enough to see what it is about; 2,000 take 1 MB in any script."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEB_LINK = re.compile(r"https?://[^\s/?#][^\s]*", re.IGNORECASE)
# What could end the script element that holds the JSON, open a comment in it, or break a line of JavaScript.
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_PERCENT = 100


def page_data(result: ClusterResult, evidence: Evidence | None) -> dict[str, Any]:
    """The numbers and texts that scripts need; articles stand in the order of `result.articles`.

    An article is [title, language, day, moment in ms, origin, link, story or -1, x, y, lead, confidence, place of the
    article it repeats or -1, event]. A story holds its events' titles, and its matrix as two digits a pair.
    """
    numbers = {article.id: number for number, article in enumerate(result.articles)}
    articles: list[list[Any]] = []
    for number, story in enumerate(result.stories):
        events = {event.id: place for place, event in enumerate(story.events)}
        for m in story.members:
            told = [round(m.confidence, 2), numbers.get(m.duplicate_of or "", -1), events.get(m.event, 0)]
            articles.append(_article(m.article, number, told, evidence))
    articles += [_article(entry.article, -1, [None, -1, 0], evidence) for entry in result.unclustered]
    return {
        "articles": articles,
        "stories": [_story(story, evidence, numbers) for story in result.stories],
        "languages": {code: language_name(code) for code in result.languages},
        "spacing": evidence.spacing if evidence else None,
    }


def as_script(data: Mapping[str, Any]) -> str:
    """The data as JSON that can stand inside a script element whatever texts it holds."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPED)


def web_link(url: str | None) -> str | None:
    """The address where it leads to the web, else None: no javascript:, no data:, no path of this machine."""
    stripped = (url or "").strip()
    return stripped if _WEB_LINK.fullmatch(stripped) and printable(stripped) == stripped else None


def origin(article: Article) -> str:
    """Who published it, or where it was read from."""
    return printable(article.source or article.path or article.id)


def day_text(moment: datetime | None) -> str:
    """A day for people: "27 Feb 2025"; nothing for an unknown one."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}" if moment else ""


def span_text(first: datetime | None, last: datetime | None) -> str:
    """The days from first to last for people: "27 Feb – 3 Mar 2025", "23–24 Apr 2025"."""
    if first is None or last is None:
        return ""
    start, end = day_text(first), day_text(last)
    if start == end:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{start.removesuffix(f' {last.year}')} – {end}"


def story_days(story: Story) -> tuple[str, str]:
    """The first and last day of a story as ISO dates, empty where no date is known."""
    days = sorted(m.article.published.date().isoformat() for m in story.members if m.article.published)
    return (days[0], days[-1]) if days else ("", "")


def whole_span(result: ClusterResult) -> str:
    """The days of all articles for people."""
    dates = [article.published for article in result.articles if article.published]
    return span_text(min(dates, default=None), max(dates, default=None))


def _article(article: Article, story: int, told: Sequence[Any], evidence: Evidence | None) -> list[Any]:
    moment = article.published
    x, y = evidence.positions[article.id] if evidence else (None, None)
    return [
        printable(article.headline),
        article.language,
        moment.date().isoformat() if moment else None,
        round(_utc(moment).timestamp() * 1000) if moment else None,
        origin(article),
        web_link(article.url),
        story,
        x,
        y,
        _lead(article),
        *told,
    ]


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _lead(article: Article) -> str:
    text = printable(article.text[: 4 * LEAD_LENGTH])
    headline = printable(article.headline)
    if text.startswith(headline):
        text = text[len(headline) :].lstrip(" .–-")
    if len(text) <= LEAD_LENGTH:
        return text
    cut = text.rfind(" ", LEAD_LENGTH // 2, LEAD_LENGTH)
    return text[: cut if cut > 0 else LEAD_LENGTH].rstrip() + "…"


def _story(story: Story, evidence: Evidence | None, numbers: Mapping[str, int]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": story.id, "events": [printable(event.title) for event in story.events]}
    matrix = evidence.matrices.get(story.id) if evidence else None
    if matrix is not None:
        first, second = np.triu_indices(len(matrix.members), 1)
        # Two digits a pair: 99 also stands for 1.
        digits = np.minimum(np.floor(matrix.probabilities[first, second] * _PERCENT), _PERCENT - 1).astype(int)
        data["matrix"] = "".join(f"{value:02d}" for value in digits.tolist())
        data["rows"] = [numbers[member] for member in matrix.members]
    return data
