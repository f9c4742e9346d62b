"""What a store answers: as JSON, schema `newsclust-store/1`, and as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsclust.archive.corrections import Corrected, Correction
from newsclust.archive.maintain import Forgotten, Health
from newsclust.archive.search import Found
from newsclust.archive.transfer import Imported
from newsclust.rendering.cells import cell, listing, one_line
from newsclust.rendering.contract import article_fields, as_contract, rfc3339, rounded
from newsclust.rendering.terminal import print_table
from newsclust.settings import DEFAULTS
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of, size_in_words
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA_NAME = "newsclust-store/1"

_LANGUAGES = 3
"""Languages of a story that its line names."""

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


def found_to_json(result: Found) -> str:
    """Return the hits of a search, best first."""
    hits = [
        {
            "score": rounded(hit.score),
            "cosine": hit.cosine and rounded(hit.cosine),
            "covered": hit.covered and rounded(hit.covered),
            "article": article_fields(hit.article),
            "story": hit.story and {"id": hit.story, "title": hit.story_title},
        }
        for hit in result.hits
    ]
    return _document({"query": result.query, "language": result.language, "hits": hits})


def forgotten_to_json(forgotten: Forgotten, *, dry_run: bool = False) -> str:
    """Return the ids of the articles that are gone, or would be, and of the stories that are dissolved."""
    ids = {"articles": list(forgotten.articles), "stories": list(forgotten.stories)}
    return _document({"dry_run": dry_run, **ids, "left": forgotten.left})


def forgotten_in_words(forgotten: Forgotten, before: float | None) -> str:
    """Return what would go, and from when it is counted."""
    counted = "" if before is None else f"published, or else added, before {_minute(before)} UTC: "
    text = counted + count_of(len(forgotten.articles), "article", "articles")
    if forgotten.oldest is not None and forgotten.newest is not None:
        text += f" of {_minute(forgotten.oldest)} to {_minute(forgotten.newest)}"
    if forgotten.undated:
        text += f", {forgotten.undated} of them without a date, by when they were added"
    stories = count_of(len(forgotten.stories), "story", "stories")
    return f"{text}; {stories} dissolved, {count_of(forgotten.left, 'article', 'articles')} left"


def imported_to_json(imported: Imported) -> str:
    """Return what an import brought."""
    return _document(asdict(imported))


def correction_to_dict(correction: Correction) -> _Json:
    """A correction as plain values."""
    return {
        **{"number": correction.number, "at": _moment(correction.at), "verb": correction.verb},
        **{"story": correction.story, "title": correction.title, "reason": correction.reason},
        **{"articles": list(correction.articles), "others": list(correction.others)},
        "undone": correction.undone and _moment(correction.undone),
    }


def corrected_to_json(corrected: Corrected) -> str:
    """Return a correction that was made or undone, the stories that it is about, and what it changed."""
    result = ClusterResult(corrected.stories, (), (), DEFAULTS, "")
    return _document(
        {
            "correction": correction_to_dict(corrected.correction),
            "stories": [_in_short(story) for story in as_contract(result)["stories"]],
            "changes": [change_to_dict(change) for change in corrected.changes],
        }
    )


def corrections_to_json(corrections: Sequence[Correction]) -> str:
    """Return every correction, and the pairs of articles that those which stand label."""
    pairs = [
        {"first": first, "second": second, "same_story": one.verb == "join", "correction": one.number}
        for one in corrections
        if one.undone is None
        for first, second in one.pairs
    ]
    return _document({"corrections": [correction_to_dict(one) for one in corrections], "pairs": pairs})


def print_corrected(corrected: Corrected, console: Console) -> None:
    """Print a correction that was made or undone, and the stories that it is about."""
    print_corrections([corrected.correction], console)
    console.print()
    print_stories(corrected.stories, console)


def print_corrections(corrections: Sequence[Correction], console: Console) -> None:
    """Print a line a correction."""
    if not corrections:
        console.print(cell("No corrections."))
        return
    grid = listing("", "when (UTC)", "what", "story", "articles", "reason")
    for one in corrections:
        what = f"{one.verb}, undone" if one.undone else one.verb
        about = one.title or f"{len(one.articles)} and {len(one.others)}"
        cells = (str(one.number), _minute(one.at), what, one.story, about, one.reason or "")
        grid.add_row(*map(cell, cells))
    console.print(grid)


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
    """Print a line a story: its title is cut where the line ends."""
    if not stories:
        console.print(cell("No stories."))
        return
    grid = listing("id", "title", "languages", "last seen", "articles")
    grid.expand, grid.columns[1].ratio = True, 1
    for column in grid.columns:
        column.no_wrap = True
    grid.columns[4].justify = "right"
    for story in stories:
        seen = story.last_seen.date().isoformat() if story.last_seen else ""
        facts = map(cell, (_languages(story), seen, str(len(story.members))))
        grid.add_row(cell(story.id), one_line(story.title), *facts)
    console.print(grid)


def _languages(story: Story) -> str:
    """The languages of most articles: "fr 4 en 3 el 2 +8"."""
    told = [f"{code} {count}" for code, count in story.languages.items()]
    more = [f"+{len(told) - _LANGUAGES}"] if len(told) > _LANGUAGES + 1 else []
    return " ".join(told[:_LANGUAGES] + more if more else told)


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
            what = (", ".join(change.kinds) + others).strip()
            grid.add_row(
                *map(cell, (_minute(at), change.story, what, str(len(change.added) or len(change.left) or "")))
            )
        console.print(grid)


def print_found(result: Found, console: Console) -> None:
    """Print the stories with the best hits first, and a line a hit below each."""
    if not result.hits:
        console.print(cell("Nothing found."))
        return
    grid = listing("score", "date", "", "source", "article")
    grid.columns[1].no_wrap = True
    for hits in result.by_story:
        if hits[0].story:
            grid.add_row("", "", "", "", cell(f"{hits[0].story_title} ({hits[0].story})"))
        for hit in hits:
            date = hit.article.published.date().isoformat() if hit.article.published else ""
            title = f"{'  ' if hit.story else ''}{hit.article.headline} [{hit.article.id}]"
            cells = (f"{hit.score:.2f}", date, hit.article.language, hit.article.source or "", title)
            grid.add_row(*map(cell, cells))
    console.print(grid)


def print_forgotten(forgotten: Forgotten, console: Console, *, dry_run: bool = False) -> None:
    """Print how much was forgotten, or would be."""
    articles = count_of(len(forgotten.articles), "article", "articles")
    stories = count_of(len(forgotten.stories), "story", "stories")
    console.print(cell(f"{'Would forget' if dry_run else 'Forgot'} {articles}; {stories} dissolved."))


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


def _minute(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _moment(seconds: float) -> str | None:
    return rfc3339(datetime.fromtimestamp(round(seconds), UTC))


def _document(values: _Json) -> str:
    return json_document({"schema": SCHEMA_NAME, **values})
