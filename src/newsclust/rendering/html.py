"""The result as one HTML page that needs nothing else: no network, no server, no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsclust.languages.names import language_name
from newsclust.rendering import html_data, html_story
from newsclust.rendering.reasons import version_note, why_alone
from newsclust.stories import ClusterResult, Unclustered
from newsclust.text.display import count_of, encodable, printable

if TYPE_CHECKING:
    from jinja2 import Environment

    from newsclust.explaining.evidence import Evidence
    from newsclust.store.read import Change

FOLDER = "rendering/report"
LIBRARIES = ("vendor/d3.min.js",)
"""Scales and formats of time, as published; see docs/decisions/report.md."""
SCRIPTS = (
    *("page.js", "search.js", "marks.js", "headlines.js", "lanes.js", "story.js"),
    *("export.js", "dialog.js", "facets.js", "view.js", "start.js"),
)
"""The page's own scripts, run in this order as one."""

FACETS = {
    "change": "Since the last run",
    "language": "Languages",
    "source": "Sources",
    "country": "Countries",
    "person": "People",
    "place": "Places",
    "keyword": "Keywords",
}
"""What stories are filtered by with a click, in the order in which the page lists it; one without values is hidden."""


def to_html(
    result: ClusterResult,
    evidence: Evidence | None = None,
    *,
    title: str | None = None,
    changes: Sequence[Change] | None = None,
) -> str:
    """Return the result as a self-contained page; without `evidence` it has no heat maps and names no near stories.

    `title` is the page's own. `changes` mark what is new and what has grown since a store's last run. Every text from
    outside is escaped by the template or, for the scripts, written as JSON that cannot end its element. The page's
    policy runs the scripts that are part of it by their hashes, and loads nothing.
    """
    articles = html_data.shown_articles(result)
    style, scripts = _asset("style.css"), [*map(_asset, LIBRARIES), _own_script()]
    page = _environment().get_template("page.html")
    text = page.render(
        result=result,
        evidence=evidence,
        title=printable(title or ""),
        facets=FACETS,
        changed=None if changes is None else {change.story: change for change in changes},
        unclustered=sorted(result.unclustered, key=_by_nearness),
        data=html_data.as_script(html_data.page_data(result, evidence)),
        texts=html_data.packed_texts(articles),
        style=style,
        scripts=scripts,
        policy=_policy(scripts, [style]),
        version=version("newsclust"),
        span=html_data.whole_span(result),
        numbers={article.id: number for number, article in enumerate(articles)},
        headlines={article.id: printable(article.headline) for article in result.articles},
        undated=sum(article.published is None for article in result.articles),
    )
    return encodable(text)


def _by_nearness(entry: Unclustered) -> tuple[float, str]:
    return (-entry.nearest.probability if entry.nearest else 1.0, entry.article.id)


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
            "event_blocks": html_story.event_blocks,
            "told_in": html_story.told_in,
            "chips_of": html_story.chips_of,
            "sources_of": html_story.sources_of,
            "day_text": html_data.day_text,
            "span_text": html_data.span_text,
            "moment_text": html_data.moment_text,
            "language_name": language_name,
            "origin": html_data.origin,
            "web_link": html_data.web_link,
            "why_alone": why_alone,
            "version_note": version_note,
        }
    )
    return environment


def _clean(value: Any) -> str:
    return printable(str(value))
