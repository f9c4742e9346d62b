"""Why an article joined no story, and what it is a version of, in words."""

from __future__ import annotations

from collections.abc import Mapping

from newsclust.articles import Reason
from newsclust.stories import LIKELY, SURE, Kind, Nearest, Relation, Unclustered, Version
from newsclust.text.display import count_of, printable

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


def judged(probability: float) -> str:
    """What the probability of one story says of two articles."""
    if probability >= SURE:
        return "One story"
    return "One story if other reports confirm it" if probability >= LIKELY else "Not one story"


def why_alone(entry: Unclustered, headlines: Mapping[str, str]) -> str:
    """Why an article joined no story; `headlines` by article id."""
    near = entry.nearest
    if entry.kind is Kind.ROUND_UP:
        told = count_of(len(entry.mentions), "story", "stories") if entry.mentions else "several stories"
        return f"round-up: tells {told}{' listed here' if entry.mentions else ''}"
    if near is None:
        return "There was nothing to compare it with."
    return why_not_together(near, headlines) or f"nearest: {headlines.get(near.article, printable(near.article))}"


def why_not_together(near: Nearest, headlines: Mapping[str, str]) -> str | None:
    """Why two articles that are likely one story are not; None where they are not likely one, or that is not known."""
    headline = headlines.get(near.article, printable(near.article))
    if near.probability < LIKELY:
        return None
    if near.story is None and near.probability < SURE:
        return f"likely ({near.probability:.2f}), but no third report confirms it: {headline}"
    if near.mean is None:  # a person or the granularity parted the two, or it is not kept, as in a store
        return None
    if near.mean < LIKELY:
        return f"near one member of a story ({near.probability:.2f}), on average {near.mean:.2f}: {headline}"
    return f"likely ({near.probability:.2f}, on average {near.mean:.2f}), but not sure enough: {headline}"


def version_note(version: Version | None, headlines: Mapping[str, str]) -> str:
    """What an article is a version of, as a note behind its headline; "" for none."""
    if version is None:
        return ""
    return f"({VERSIONS[version.relation]} of: {headlines.get(version.article, version.article)})"
