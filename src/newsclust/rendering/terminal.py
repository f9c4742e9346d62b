"""The result as a table for people: stories with their events and members, then what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsclust.articles import Article
from newsclust.rendering.cells import LANGUAGE, META, TITLE, WEAK, cell, layout_grid, one_line
from newsclust.rendering.reasons import VERSIONS, version_note, why_alone, why_not_together
from newsclust.rendering.spark import spark_line
from newsclust.stories import ClusterResult, Event, Kind, Member, Story, Unclustered, count_languages
from newsclust.text.display import count_of, printable

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

_NEAR = 0.05
"""Probability from which an unclustered article's nearest one is worth a line; JSON names it always."""

# Days shown as bars: a week at least, six weeks at most.
_SHORTEST_LINE, _LONGEST_LINE = 7, 42


SCREENFUL = 20
"""Stories that a terminal shows unless more are asked for."""
LEGEND = "cohesion, and the number behind an article: mean probability of one story"
MARKED = "▸ begins an event"

_LANGUAGES = 12
"""Languages of a whole run that are named."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How much a table shows: a line for each event, the unclustered articles, and at most so many stories."""

    tree: bool = False
    unclustered: bool = False
    most: int | None = None


WHOLE = Shown()


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns every block of one table shows, so that they stand in the same place throughout.

    `origin` and `path` are the columns' widths: what the longest one needs, within reason, and 0 where none is shown.
    """

    width: int
    tree: bool
    dates: bool
    origin: int
    path: int
    headlines: Mapping[str, str]


def print_table(result: ClusterResult, console: Console, shown: Shown = WHOLE) -> None:
    """Print the result on `console`, fitted to its width.

    In a story of several events a mark stands before the first member of each; with `shown.tree` each event has a line
    of its own above its members. A copy stands below the article that it repeats.

    Every string from outside is printed as text, never as markup, and without control characters.
    """
    layout = _layout(result, console.width, shown)
    console.print(cell(_summary(result), WEAK))
    stories = result.stories[: shown.most]
    for number, story in enumerate(stories, start=1):
        console.print()
        _print_story(number, story, layout, console)
    notes = [*_left_out(result, len(stories)), *_legend(stories, layout)]
    if result.unclustered and not shown.unclustered:
        notes.insert(0, f"{_joined_none(len(result.unclustered))} (--unclustered lists them)")
    elif result.unclustered:
        console.print()
        console.print(cell(f"Unclustered ({len(result.unclustered)})", TITLE))
        console.print(_unclustered(result.unclustered, layout))
    if result.skipped:
        console.print()
        console.print(cell(f"Skipped ({len(result.skipped)})", TITLE))
        console.print(_skipped(result))
    if notes:
        console.print()
        for note in notes:
            console.print(cell(note, WEAK))


def _joined_none(count: int) -> str:
    return f"{count_of(count, 'article', 'articles')} joined no story"


def _left_out(result: ClusterResult, shown: int) -> Iterator[str]:
    """Say how many stories are not in the table, and how to see them."""
    if more := len(result.stories) - shown:
        smaller = count_of(more, "smaller story", "smaller stories")
        yield f"{smaller} not shown: --top {len(result.stories)} lists all, -o report.html makes a page of them"
    if result.left_out:
        yield f"{count_of(len(result.left_out), 'story', 'stories')} left out by --top or --min-size"


def _legend(stories: Sequence[Story], layout: _Layout) -> Iterator[str]:
    if stories:
        marked = not layout.tree and any(len(story.events) > 1 for story in stories)
        yield LEGEND
        if marked:
            yield MARKED


def _layout(result: ClusterResult, width: int, shown: Shown) -> _Layout:
    listed = [member.article for story in result.stories[: shown.most] for member in story.members]
    listed += [entry.article for entry in result.unclustered if shown.unclustered]
    wide = width >= _WIDE
    return _Layout(
        width=width,
        tree=shown.tree,
        # The days of a story stand above its articles: a column says more only where they differ.
        dates=width >= _MEDIUM and len({_day(article.published) for article in listed}) > 1,
        origin=_widest((_origin(article, wide) for article in listed), width // 5 + 2) if width >= _MEDIUM else 0,
        path=_widest((article.path for article in listed), width // 4) if wide else 0,
        headlines={article.id: article.headline for article in result.articles},
    )


def _widest(texts: Iterable[str], most: int) -> int:
    from rich.cells import cell_len

    return min(most, max((cell_len(printable(text)) for text in texts), default=0))


def _summary(result: ClusterResult) -> str:
    stories = count_of(len(result.stories) + len(result.left_out), "story", "stories")
    articles = count_of(len(result.articles), "article", "articles")
    languages = _mix(result.languages)
    more = [f"{len(languages) - _LANGUAGES} more languages"] if len(languages) > _LANGUAGES + 1 else []
    return " · ".join([f"{stories} from {articles}", *(languages[:_LANGUAGES] if more else languages), *more])


def _print_story(number: int, story: Story, layout: _Layout, console: Console) -> None:
    console.print(_heading(number, story))
    console.print(_indented(_facts(story, layout.width)))
    if story.keywords:
        console.print(_indented(cell(", ".join(story.keywords), WEAK)))
    members = {member.article.id: member for member in story.members}
    events = [
        (event, _copies_last([members[id_] for id_ in event.articles if id_ in members])) for event in story.events
    ]
    if layout.tree and len(events) > 1:
        _print_tree(events, layout, console)
        return
    rows = [(_mark(events, index), member) for _, some in events for index, member in enumerate(some)]
    console.print(_members(rows, layout))


def _mark(events: Sequence[tuple[Event, list[Member]]], index: int) -> str:
    return "▸" if len(events) > 1 and not index else ""


def _print_tree(events: Sequence[tuple[Event, list[Member]]], layout: _Layout, console: Console) -> None:
    """Print each event with its members below it; an event of one member is that member."""
    for number, (event, members) in enumerate(events, start=1):
        branch, below = ("└─", "  ") if number == len(events) else ("├─", "│ ")
        if len(members) == 1:
            console.print(_members([(branch, members[0])], layout))
            continue
        console.print(_event_heading(branch, event, members))
        console.print(_members([(below, member) for member in members], layout, below=event.title))


def _copies_last(members: Iterable[Member]) -> list[Member]:
    """The members in their order, each with its copies right behind it."""
    members = list(members)
    present = {member.article.id for member in members}
    copies: dict[str, list[Member]] = {}
    for member in members:
        if member.duplicate_of in present:
            copies.setdefault(member.duplicate_of or "", []).append(member)
    originals = [member for member in members if member.duplicate_of not in present]
    return [one for member in originals for one in (member, *copies.get(member.article.id, ()))]


def _heading(number: int, story: Story) -> Table:
    grid = layout_grid()
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    size = count_of(len(story.members), "article", "articles")
    grid.add_row(cell(f"{number}.", TITLE), cell(_shortened(story.title), TITLE), cell(size, META))
    return grid


def _facts(story: Story, width: int) -> Text:
    moments = [member.article.published for member in story.members if member.article.published]
    span = _span(story.first_seen, story.last_seen)
    facts = [*_mix(story.languages), *([span] if span else []), f"cohesion {story.cohesion:.2f}", story.id]
    left = width - len(" · ".join(facts)) - 4
    if days := spark_line(moments, min(max(left, _SHORTEST_LINE), _LONGEST_LINE)):
        facts[facts.index(span)] = f"{span} {days}"
    return cell(" · ".join(facts), META)


def _event_heading(branch: str, event: Event, members: Sequence[Member]) -> Table:
    dates = [member.article.published for member in members if member.article.published]
    facts = [
        *_mix(count_languages(m.article for m in members)),
        _span(min(dates, default=None), max(dates, default=None)),
    ]
    grid = layout_grid()
    grid.add_column(width=2, no_wrap=True)
    grid.add_column(ratio=1, no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(cell(branch, META), one_line(event.title, TITLE), cell(" · ".join(filter(None, facts)), META))
    return grid


def _members(rows: Iterable[tuple[str, Member]], layout: _Layout, *, below: str = "") -> Table:
    """A line for each member behind its mark; `below` is the headline that stands above them already."""
    grid = _article_grid(layout)
    grid.add_column(justify="right", no_wrap=True)
    previous: set[str] = set()
    for mark, member in rows:
        lead = note = ""
        if member.version and member.duplicate_of in previous:
            lead = f"↳ {VERSIONS[member.version.relation]}: "
        else:
            note = version_note(member.version, layout.headlines)
        weak = member.article.headline == below
        cells = _article_cells(member.article, layout, note, separator=" ", lead=lead, weak=weak)
        grid.add_row(cell(mark, META), *cells, cell(f"{member.confidence:.2f}", META))
        previous.add(member.article.id)
    return grid


def _unclustered(articles: Iterable[Unclustered], layout: _Layout) -> Table:
    grid = _article_grid(layout)
    for unclustered in sorted(articles, key=lambda entry: -_nearness(entry)):
        grid.add_row("", *_article_cells(unclustered.article, layout, _note(unclustered, layout), separator="\n"))
    return grid


def _note(unclustered: Unclustered, layout: _Layout) -> str:
    """Why an article is alone, where there is more to say than that nothing is near."""
    if unclustered.kind is Kind.ROUND_UP:
        return why_alone(unclustered, layout.headlines)
    near = unclustered.nearest
    if near is None or near.probability < _NEAR:
        return ""
    nearest = f"nearest {near.probability:.2f}: {layout.headlines.get(near.article, near.article)}"
    return why_not_together(near, layout.headlines) or nearest


def _nearness(unclustered: Unclustered) -> float:
    near = unclustered.nearest
    return near.probability if near and near.probability >= _NEAR else 0.0


def _skipped(result: ClusterResult) -> Table:
    grid = layout_grid()
    grid.add_column(width=1)
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    for skipped in result.skipped:
        grid.add_row("", cell(skipped.where), cell(skipped.reason, WEAK))
    return grid


def _article_grid(layout: _Layout) -> Table:
    grid = layout_grid()
    grid.add_column(width=2 if layout.tree else 1, no_wrap=True)
    grid.add_column(width=3, no_wrap=True)
    if layout.dates:
        grid.add_column(width=10, no_wrap=True)
    grid.add_column(ratio=1, no_wrap=True)
    for width in filter(None, (layout.origin, layout.path)):
        grid.add_column(width=width, no_wrap=True)
    return grid


def _article_cells(
    article: Article, layout: _Layout, note: str, separator: str, *, lead: str = "", weak: bool = False
) -> Iterator[Text]:
    yield cell(article.language, LANGUAGE)
    if layout.dates:
        yield cell(_day(article.published), META)
    headline = one_line("")
    headline.append(lead, style=WEAK)
    headline.append(printable(article.headline), style=WEAK if weak or lead else "")
    headline.append(note and separator + printable(note), style=WEAK)
    yield headline
    if layout.origin:
        yield one_line(_fitted(_origin(article, layout.path > 0), layout.origin), WEAK)
    if layout.path:
        yield one_line(_fitted(article.path, layout.path), WEAK)


def _origin(article: Article, path_shown: bool) -> str:
    """The outlet; where none is named, the file is what tells two articles apart."""
    return article.outlet or ("" if path_shown else article.path.rsplit("/", 1)[-1])


def _fitted(path: str, width: int) -> str:
    """A path that keeps the row where it is too long: "sem15…#812"."""
    file, mark, row = path.partition("#")
    room = width - len(mark + row)
    return f"{file[: room - 1]}…{mark}{row}" if mark and 1 < room < len(file) else path


def _indented(text: Text) -> Table:
    grid = layout_grid()
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row("", text)
    return grid


def _mix(languages: Mapping[str, int]) -> list[str]:
    return [f"{language} {count}" for language, count in languages.items()]


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _span(first: datetime | None, last: datetime | None) -> str:
    """Both days, the second without a year that is the first's: "2025-02-27 – 03-18"."""
    start, end = _day(first), _day(last)
    if start == end:
        return start
    return f"{start} – {end[5:] if end[:5] == start[:5] else end}"


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
