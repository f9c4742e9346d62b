"""What a store answers as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsclust.reading.limits import in_words
from newsclust.rendering.terminal import print_table
from newsclust.store.checking import Health
from newsclust.store.forgetting import Forgotten
from newsclust.store.library import Change
from newsclust.store.searching import Found
from newsclust.stories import ClusterResult, Story
from newsclust.text.counting import count_of
from newsclust.text.display import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text


def print_stories(stories: Sequence[Story], console: Console) -> None:
    """Print a line a story."""
    if not stories:
        console.print(_text("No stories."))
        return
    grid = _grid("id", "title", "languages", "last seen", "articles")
    grid.columns[0].no_wrap = grid.columns[3].no_wrap = True
    grid.columns[4].justify = "right"
    for story in stories:
        languages = " ".join(f"{code} {count}" for code, count in story.languages.items())
        seen = story.last_seen.date().isoformat() if story.last_seen else ""
        grid.add_row(*map(_text, (story.id, story.title, languages, seen, str(len(story.members)))))
    console.print(grid)


def print_story(
    result: ClusterResult, aliases: Sequence[str], history: Sequence[tuple[float, Change]], console: Console
) -> None:
    """Print the one story of the result, its other ids, and what happened to it."""
    print_table(result, console)
    if aliases:
        console.print()
        console.print(_text(f"Also known as {', '.join(aliases)}"))
    if history:
        console.print()
        grid = _grid("when (UTC)", "story", "what", "articles")
        for at, change in history:
            others = f" {' '.join((*change.merged, *change.into))}"
            moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
            what = (", ".join(change.kinds) + others).strip()
            grid.add_row(*map(_text, (moment, change.story, what, str(len(change.added) or len(change.left) or ""))))
        console.print(grid)


def print_found(found: Found, console: Console) -> None:
    """Print a line a hit, best first."""
    if not found.hits:
        console.print(_text("Nothing found."))
        return
    grid = _grid("score", "", "article", "story")
    for hit in found.hits:
        story = f"{hit.story_title} ({hit.story})" if hit.story else ""
        cells = (f"{hit.score:.2f}", hit.article.language, f"{hit.article.headline} [{hit.article.id}]", story)
        grid.add_row(*map(_text, cells))
    console.print(grid)


def print_forgotten(forgotten: Forgotten, console: Console) -> None:
    """Print how much was forgotten."""
    articles = count_of(len(forgotten.articles), "article", "articles")
    stories = count_of(len(forgotten.stories), "story", "stories")
    console.print(_text(f"Forgot {articles}; {stories} dissolved."))


def print_health(health: Health, console: Console) -> None:
    """Print what a check found."""
    grid = _grid("", "")
    facts = {
        "state": "whole" if not health.problems else count_of(len(health.problems), "problem", "problems"),
        "articles": str(health.articles),
        "stories": f"{health.stories} ({count_of(health.events, 'event', 'events')}, {health.aliases} other ids)",
        "unclustered": str(health.unclustered),
        "runs": f"{health.runs}, {health.unfinished_runs} of them not ended",
        "size": f"{in_words(health.bytes)}, {in_words(health.text_bytes)} of it compressed text",
        "model": health.model or "none yet",
        "settings": ", ".join(f"{name} {value}" for name, value in (health.settings or {}).items()),
        "store version": str(health.version),
    }
    for name, value in facts.items():
        grid.add_row(_text(name), _text(value))
    console.print(grid)
    for problem in health.problems:
        console.print(_text(f"problem: {problem}"))


def _grid(*headings: str) -> Table:
    from rich.table import Table

    grid = Table(box=None, pad_edge=False, show_header=any(headings), header_style="bold")
    for heading in headings:
        grid.add_column(heading, overflow="fold")
    return grid


def _text(content: str) -> Text:
    from rich.text import Text

    return Text(printable(content))
