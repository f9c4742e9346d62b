"""Why an article joined no story, and what it is a version of, in words."""

from __future__ import annotations

from collections.abc import Mapping

from newsclust.articles import Reason
from newsclust.stories import Kind, Relation, Unclustered, Version
from newsclust.text.display import count_of, printable

LIKELY = 0.5
"""Probability from which two articles by themselves would be one story."""

TAKEN_OUT: dict[Reason, str] = {
    "wording": "by its wording",
    "shared": "as articles unlike it hold it too",
    "headline": "as articles unlike it have this headline too",
}

VERSIONS = {
    Relation.COPY: "copy",
    Relation.SHORTENED: "shortened",
    Relation.EXTENDED: "extended",
    Relation.UPDATED: "update",
}


def why_alone(entry: Unclustered, headlines: Mapping[str, str]) -> str:
    """Why an article joined no story; `headlines` by article id."""
    near = entry.nearest
    if entry.kind is Kind.ROUND_UP:
        told = count_of(len(entry.mentions), "story", "stories") if entry.mentions else "several stories"
        return f"round-up: tells {told}{' listed here' if entry.mentions else ''}"
    if near is None:
        return "There was nothing to compare it with."
    headline = headlines.get(near.article, printable(near.article))
    if near.mean is not None and near.mean < LIKELY <= near.probability:
        return f"near one member of a story ({near.probability:.2f}), on average {near.mean:.2f}: {headline}"
    return f"nearest: {headline}"


def version_note(version: Version | None, headlines: Mapping[str, str]) -> str:
    """What an article is a version of, as a note behind its headline; "" for none."""
    if version is None:
        return ""
    return f"({VERSIONS[version.relation]} of: {headlines.get(version.article, version.article)})"
