"""What a store answers: as JSON, schema `newsclust-store/1`, and as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsclust.rendering.cells import cell, listing
from newsclust.rendering.contract import article_fields, as_contract, rfc3339, rounded
from newsclust.rendering.terminal import print_table
from newsclust.store.maintain import Forgotten, Health
from newsclust.store.read import Change
from newsclust.store.search import Found
from newsclust.store.transfer import Imported
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of, size_in_words
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA_NAME = "newsclust-store/1"

_Json = dict[str, Any]


def stories_to_json(result: ClusterResult) -> str:
    """Return the result's stories in their order, without their articles."""
    full = as_contract(result)["stories"]
    return _document({"stories": [_in_short(story) for story in full]})


def story_to_json(
    asked: str,
    result: ClusterResult,
    aliases: Sequence[str],
    history: Sequence[tuple[float, Change]],
) -> str:
    """Return the one story of the result as the contract has it, its other ids, and what happened to it."""
    return _document(
        {
            "asked": asked,
            "story": as_contract(result)["stories"][0],
            "aliases": list(aliases),
            "history": [{"at": _moment(at), **change_to_dict(change)} for at, change in history],
        }
    )


def found_to_json(found: Found) -> str:
    """Return the hits of a search, best first."""
    hits = [
        {
            "score": rounded(hit.score),
            "article": article_fields(hit.article),
            "story": hit.story and {"id": hit.story, "title": hit.story_title},
        }
        for hit in found.hits
    ]
    return _document({"query": found.query, "language": found.language, "hits": hits})


def forgotten_to_json(forgotten: Forgotten) -> str:
    """Return the ids of the articles that are gone and of the stories that were dissolved."""
    return _document({"articles": list(forgotten.articles), "stories": list(forgotten.stories)})


def imported_to_json(imported: Imported) -> str:
    """Return what an import brought."""
    return _document(asdict(imported))


def health_to_json(health: Health) -> str:
    """Return what a check found."""
    values = asdict(health)
    return _document({"ok": not health.problems, **values, "problems": list(health.problems)})


def change_to_dict(change: Change) -> _Json:
    """What happened to one story, as plain values."""
    return {
        "story": change.story,
        "kinds": list(change.kinds),
        **{name: list(getattr(change, name)) for name in ("added", "left", "merged", "into")},
    }


def print_stories(stories: Sequence[Story], console: Console) -> None:
    """Print a line a story."""
    if not stories:
        console.print(cell("No stories."))
        return
    grid = listing("id", "title", "languages", "last seen", "articles")
    grid.columns[0].no_wrap = grid.columns[3].no_wrap = True
    grid.columns[4].justify = "right"
    for story in stories:
        languages = " ".join(f"{code} {count}" for code, count in story.languages.items())
        seen = story.last_seen.date().isoformat() if story.last_seen else ""
        grid.add_row(*map(cell, (story.id, story.title, languages, seen, str(len(story.members)))))
    console.print(grid)


def print_story(
    result: ClusterResult, aliases: Sequence[str], history: Sequence[tuple[float, Change]], console: Console
) -> None:
    """Print the one story of the result, its other ids, and what happened to it."""
    print_table(result, console)
    if aliases:
        console.print()
        console.print(cell(f"Also known as {', '.join(aliases)}"))
    if history:
        console.print()
        grid = listing("when (UTC)", "story", "what", "articles")
        for at, change in history:
            others = f" {' '.join((*change.merged, *change.into))}"
            moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
            what = (", ".join(change.kinds) + others).strip()
            grid.add_row(*map(cell, (moment, change.story, what, str(len(change.added) or len(change.left) or ""))))
        console.print(grid)


def print_found(found: Found, console: Console) -> None:
    """Print a line a hit, best first."""
    if not found.hits:
        console.print(cell("Nothing found."))
        return
    grid = listing("score", "", "article", "story")
    for hit in found.hits:
        story = f"{hit.story_title} ({hit.story})" if hit.story else ""
        cells = (f"{hit.score:.2f}", hit.article.language, f"{hit.article.headline} [{hit.article.id}]", story)
        grid.add_row(*map(cell, cells))
    console.print(grid)


def print_forgotten(forgotten: Forgotten, console: Console) -> None:
    """Print how much was forgotten."""
    articles = count_of(len(forgotten.articles), "article", "articles")
    stories = count_of(len(forgotten.stories), "story", "stories")
    console.print(cell(f"Forgot {articles}; {stories} dissolved."))


def print_health(health: Health, console: Console) -> None:
    """Print what a check found."""
    grid = listing("", "")
    facts = {
        "state": "whole" if not health.problems else count_of(len(health.problems), "problem", "problems"),
        "articles": str(health.articles),
        "stories": f"{health.stories} ({count_of(health.events, 'event', 'events')}, {health.aliases} other ids)",
        "unclustered": str(health.unclustered),
        "runs": f"{health.runs}, {health.unfinished_runs} of them not ended",
        "size": f"{size_in_words(health.bytes)}, {size_in_words(health.text_bytes)} of it compressed text",
        "model": health.model or "none yet",
        "settings": ", ".join(f"{name} {value}" for name, value in (health.settings or {}).items()),
        "store version": str(health.version),
    }
    for name, value in facts.items():
        grid.add_row(cell(name), cell(value))
    console.print(grid)
    for problem in health.problems:
        console.print(cell(f"problem: {problem}"))


def _in_short(story: _Json) -> _Json:
    kept = ("id", "title", "headlines", "keywords", "languages", "first_seen", "last_seen", "cohesion")
    return {
        **{name: story[name] for name in kept},
        "articles": len(story["articles"]),
        "events": [{"id": e["id"], "title": e["title"], "articles": len(e["articles"])} for e in story["events"]],
    }


def _moment(seconds: float) -> str | None:
    return rfc3339(datetime.fromtimestamp(round(seconds), UTC))


def _document(values: _Json) -> str:
    return json_document({"schema": SCHEMA_NAME, **values})
