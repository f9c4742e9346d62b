"""The result as one HTML page that needs nothing else: no network, no server, no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsclust.articles import Article
from newsclust.languages.names import language_name
from newsclust.rendering import html_data as report_data
from newsclust.rendering.reasons import version_note, why_alone
from newsclust.stories import ClusterResult, Member, Story
from newsclust.text.display import count_of, encodable, printable

if TYPE_CHECKING:
    from jinja2 import Environment

    from newsclust.explaining.evidence import Evidence

FOLDER = "rendering/report"
LIBRARIES = ("vendor/d3.min.js", "vendor/plot.min.js")
"""The charting library and what it stands on, as published; see docs/decisions/report.md."""
SCRIPTS = ("charts.js", "map.js", "story.js", "filters.js", "dialog.js", "start.js")
"""The page's own scripts, run in this order as one."""

CHART_CLASS = "chart-drawing"
_CHART_STYLE = """:where(.{name}) {{
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}}
:where(.{name} text),
:where(.{name} tspan) {{
  white-space: pre;
}}"""
"""The style element that the charting library puts into each drawing. The page's policy must know its hash."""


@dataclass(frozen=True, slots=True)
class _Folded:
    """A member of a story with the copies of its text."""

    number: int
    member: Member
    copies: tuple[tuple[int, Member], ...]


@dataclass(frozen=True, slots=True)
class _EventBlock:
    """An event as the page lists it."""

    title: str
    span: str
    size: int
    members: tuple[_Folded, ...]


def to_html(result: ClusterResult, evidence: Evidence | None = None) -> str:
    """Return the result as a self-contained page; without `evidence` it has no map and no heat maps.

    Every text from outside is escaped by the template or, for the scripts, written as JSON that cannot end its
    element. The page's policy runs the scripts that are part of it by their hashes, and loads nothing.
    """
    data = report_data.as_script(report_data.page_data(result, evidence))
    style, scripts = _asset("style.css"), [*map(_asset, LIBRARIES), _own_script()]
    page = _environment().get_template("page.html")
    text = page.render(
        result=result,
        evidence=evidence,
        data=data,
        style=style,
        scripts=scripts,
        policy=_policy(scripts, [style, _CHART_STYLE.format(name=CHART_CLASS)]),
        version=version("newsclust"),
        span=report_data.whole_span(result),
        numbers={article.id: number for number, article in enumerate(result.articles)},
        headlines={article.id: printable(article.headline) for article in result.articles},
        undated=sum(article.published is None for article in result.articles),
    )
    return encodable(text)


def event_blocks(story: Story, numbers: dict[str, int]) -> list[_EventBlock]:
    """The events of a story in order, with their members, copies folded under what they repeat."""
    members = {member.article.id: member for member in story.members}
    copies: dict[str, list[tuple[int, Member]]] = {}
    for member in story.members:
        if member.duplicate_of in members:
            copies.setdefault(member.duplicate_of or "", []).append((numbers[member.article.id], member))
    blocks = []
    for event in story.events:
        present = [members[id_] for id_ in event.articles if id_ in members]
        shown = [m for m in present if m.duplicate_of not in members]
        folded = tuple(_Folded(numbers[m.article.id], m, tuple(copies.get(m.article.id, ()))) for m in shown)
        blocks.append(_EventBlock(printable(event.title), _span(m.article for m in present), len(present), folded))
    return blocks


def _span(articles: Iterable[Article]) -> str:
    dates = [article.published for article in articles if article.published]
    return report_data.span_text(min(dates, default=None), max(dates, default=None))


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content-Security-Policy that allows the page's own scripts and styles by hash, and nothing from outside."""
    allowed = {"script-src": map(_hash, scripts), "style-src": map(_hash, styles)}
    parts = ["default-src 'none'", *(f"{name} {' '.join(hashes)}" for name, hashes in allowed.items())]
    return "; ".join([*parts, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own_script() -> str:
    parts = "\n".join(_asset(f"scripts/{name}") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@lru_cache
def _asset(name: str) -> str:
    return files("newsclust").joinpath(FOLDER, name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = _clean
    environment.filters["count_of"] = count_of
    environment.globals.update(
        {
            "event_blocks": event_blocks,
            "day_text": report_data.day_text,
            "span_text": report_data.span_text,
            "language_name": language_name,
            "origin": report_data.origin,
            "story_days": report_data.story_days,
            "web_link": report_data.web_link,
            "why_alone": why_alone,
            "version_note": version_note,
        }
    )
    return environment


def _clean(value: Any) -> str:
    return printable(str(value))
