"""The result as a table for people: stories with their events and members, then what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsclust.articles import Article
from newsclust.printable import printable
from newsclust.stories import ClusterResult, Event, Member, Story, Unclustered
from newsclust.wording import count_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

LONGEST_TITLE = 240
"""Longest story title shown, in characters: three lines of a narrow terminal. Members are cut at the line's end."""

# Below MEDIUM columns a member's line holds language, headline and confidence only; from WIDE on it also says where
# the article was read.
_MEDIUM = 72
_WIDE = 120

_TITLE, _META, _LANGUAGE, _WEAK = "bold", "cyan", "green", "dim"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns every block of one table shows, so that they stand in the same place throughout."""

    dates: bool
    origins: bool
    paths: bool
    headlines: Mapping[str, str]


def print_table(result: ClusterResult, console: Console) -> None:
    """Print the result on `console`, fitted to its width.

    Every string from outside is printed as text, never as markup, and without control characters.
    """
    layout = _layout(result, console.width)
    console.print(_text(_summary(result), _WEAK))
    for number, story in enumerate(result.stories, start=1):
        console.print()
        _print_story(number, story, layout, console)
    if result.unclustered:
        console.print()
        console.print(_text(f"Unclustered ({len(result.unclustered)})", _TITLE))
        console.print(_unclustered(result.unclustered, layout))
    if result.skipped:
        console.print()
        console.print(_text(f"Skipped ({len(result.skipped)})", _TITLE))
        console.print(_skipped(result))


def _layout(result: ClusterResult, width: int) -> _Layout:
    articles = result.articles
    return _Layout(
        dates=width >= _MEDIUM and any(article.published for article in articles),
        origins=width >= _MEDIUM,
        paths=width >= _WIDE,
        headlines={article.id: article.headline for article in articles},
    )


def _summary(result: ClusterResult) -> str:
    stories = count_of(len(result.stories), "story", "stories")
    articles = count_of(len(result.articles), "article", "articles")
    return " · ".join([f"{stories} from {articles}", *_mix(result.languages)])


def _print_story(number: int, story: Story, layout: _Layout, console: Console) -> None:
    console.print(_heading(number, story))
    console.print(_indented(_facts(story)))
    if story.keywords:
        console.print(_indented(_text(", ".join(story.keywords), _WEAK)))
    members = {member.article.id: member for member in story.members}
    for event in story.events:
        present = [members[id_] for id_ in event.articles if id_ in members]
        if len(story.events) > 1:
            console.print(_indented(_event_heading(event, present)))
        console.print(_members(present, layout))


def _heading(number: int, story: Story) -> Table:
    grid = _grid()
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    size = count_of(len(story.members), "article", "articles")
    grid.add_row(_text(f"{number}.", _TITLE), _text(_shortened(story.title), _TITLE), _text(size, _META))
    return grid


def _facts(story: Story) -> Text:
    facts = [*_mix(story.languages)]
    if span := _span(story.first_seen, story.last_seen):
        facts.append(span)
    facts += [f"cohesion {story.cohesion:.2f}", f"id {story.id}"]
    return _text(" · ".join(facts), _META)


def _event_heading(event: Event, members: Iterable[Member]) -> Text:
    dates = [member.article.published for member in members if member.article.published]
    span = _span(min(dates, default=None), max(dates, default=None))
    return _text(f"▸ {_shortened(event.title)}" + (f" ({span})" if span else ""), _TITLE)


def _members(members: Iterable[Member], layout: _Layout) -> Table:
    grid = _article_grid(layout)
    grid.add_column(justify="right", no_wrap=True)
    for member in members:
        copied = layout.headlines.get(member.duplicate_of or "", member.duplicate_of)
        note = f"(copy of: {copied})" if copied else ""
        confidence = _text(f"{member.confidence:.2f}", _META)
        grid.add_row("", *_article_cells(member.article, layout, note, separator=" "), confidence)
    return grid


def _unclustered(articles: Iterable[Unclustered], layout: _Layout) -> Table:
    grid = _article_grid(layout)
    for unclustered in articles:
        near = unclustered.nearest
        note = f"nearest {near.probability:.2f}: {layout.headlines.get(near.article, near.article)}" if near else ""
        grid.add_row("", *_article_cells(unclustered.article, layout, note, separator="\n"))
    return grid


def _skipped(result: ClusterResult) -> Table:
    grid = _grid()
    grid.add_column(width=1)
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    for skipped in result.skipped:
        grid.add_row("", _text(skipped.where), _text(skipped.reason, _WEAK))
    return grid


def _article_grid(layout: _Layout) -> Table:
    grid = _grid()
    grid.add_column(width=1)
    grid.add_column(width=3, no_wrap=True)
    if layout.dates:
        grid.add_column(width=10, no_wrap=True)
    grid.add_column(ratio=7, no_wrap=True)
    if layout.origins:
        grid.add_column(ratio=2, no_wrap=True)
    if layout.paths:
        grid.add_column(ratio=4, no_wrap=True)
    return grid


def _article_cells(article: Article, layout: _Layout, note: str, separator: str) -> Iterator[Text]:
    yield _text(article.language, _LANGUAGE)
    if layout.dates:
        yield _text(_day(article.published), _META)
    headline = _one_line(article.headline)
    headline.append(note and separator + printable(note), style=_WEAK)
    yield headline
    if layout.origins:
        # Where no outlet is named, the file is what tells two articles apart.
        yield _one_line(article.source or ("" if layout.paths else article.path.rsplit("/", 1)[-1]), _WEAK)
    if layout.paths:
        yield _one_line(article.path, _WEAK)


def _grid() -> Table:
    from rich.table import Table

    return Table.grid(padding=(0, 1, 0, 0), expand=True)


def _indented(text: Text) -> Table:
    grid = _grid()
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row("", text)
    return grid


def _text(content: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(printable(content), style=style)


def _one_line(content: str, style: str = "") -> Text:
    text = _text(content, style)
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _mix(languages: Mapping[str, int]) -> list[str]:
    return [f"{language} {count}" for language, count in languages.items()]


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _span(first: datetime | None, last: datetime | None) -> str:
    days = dict.fromkeys(_day(moment) for moment in (first, last) if moment)
    return " – ".join(days)


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
