"""A result as plain records and as a data frame: a row an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from newsclust.articles import Article
from newsclust.errors import UsageError
from newsclust.stories import ClusterResult, Story

LIBRARIES = ("pandas", "polars")


def to_records(result: ClusterResult, order: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Give a mapping an article: what a CSV line holds, typed, and the unknown fields of the input.

    In the order of `order` (ids of articles), else story by story and then the unclustered. `published` is a datetime,
    names are lists. Unknown fields do not hide others.
    """
    rows = {}
    for number, story in enumerate((*result.stories, *result.left_out)):
        for member in story.members:
            told = {"event": member.event, "confidence": member.confidence, "duplicate_of": member.duplicate_of}
            rows[member.article.id] = _row(member.article, number, story, told)
    for entry in result.unclustered:
        rows[entry.article.id] = _row(entry.article, -1, None, {"duplicate_of": entry.duplicate_of})
    return [rows[id_] for id_ in order if id_ in rows] if order else list(rows.values())


def to_frame(records: Sequence[Mapping[str, Any]], library: str | None = None) -> Any:
    """Make a data frame of records, by the library named or else the first one that is installed.

    Raises UsageError where neither pandas nor Polars is installed, or the library is none of them.
    """
    if library not in (None, *LIBRARIES):
        raise UsageError(f"library {library!r} is none of {', '.join(LIBRARIES)}")
    installed = [name for name in ([library] if library else LIBRARIES) if find_spec(name)]
    if not installed:
        raise UsageError(f"{library or ' and '.join(LIBRARIES)} cannot be imported: install it, or use to_records()")
    make = import_module(installed[0]).DataFrame
    if installed[0] == "polars":
        return make(list(records), infer_schema_length=None, strict=False)
    return make(list(records))


def _row(article: Article, label: int, story: Story | None, told: Mapping[str, Any]) -> dict[str, Any]:
    row = {
        "id": article.id,
        "label": label,
        "story": story.id if story else None,
        "story_title": story.title if story else None,
        "event": told.get("event"),
        "confidence": told.get("confidence"),
        "duplicate_of": told.get("duplicate_of"),
        "title": article.headline,
        "text": article.text,
        "language": article.language,
        "published": article.published,
        "url": article.url,
        "source": article.source,
        "path": article.path,
        "keywords": list(story.keywords) if story else [],
        "countries": list(story.countries) if story else [],
        "places": list(story.places) if story else [],
        "people": list(story.people) if story else [],
    }
    return {**{name: value for name, value in article.extra.items() if name not in row}, **row}
