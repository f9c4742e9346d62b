"""Explanations for people: the score of a pair taken apart, and a heat map of many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newsclust.articles import Article
from newsclust.explaining.results import KINDS, Link, Matrix, PairExplanation, Part, SharedTerm
from newsclust.languages.names import language_name
from newsclust.text.counting import count_of
from newsclust.text.display import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

DECIMALS = 3
"""Decimals of a contribution: enough that their printed sum gives the printed probability."""

WHAT = {
    "constant": "start, before anything is compared",
    "dense": "meaning, title and lead (transformer)",
    "static": "meaning, all words of the text",
    "names": "same names and numbers",
    "sounds": "names that sound alike",
    "words": "same words and parts of words",
    "dates": "days between them",
    "copy": "one repeats the other's text",
}
"""What each part of the score is, for people, in the order of printing; a part not listed here goes by its own name."""

_KIND_HEADINGS = {"name": "names", "sound": "sound alike", "number": "numbers", "word": "words"}

_SIDE_BY_SIDE = 72
"""Columns from which passages stand beside each other, and values and weights are shown."""
_DATED = 100
"""Columns from which a member's line also holds its date and source."""
_CELL = 5
_HEAD = 6
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Viridis (matplotlib), which colour-blind readers can tell apart too, with the text colour that reads on each.
_SHADES = (
    (0.9, "black on #fde725"),
    (0.7, "black on #5ec962"),
    (0.5, "white on #21808c"),
    (0.2, "white on #3b528b"),
    (0.0, "white on #440154"),
)
_TITLE, _META, _WEAK = "bold", "cyan", "dim"


def print_pair(pair: PairExplanation, console: Console) -> None:
    """Print what made the probability of a pair, fitted to the width of `console`."""
    for name, article in zip("AB", (pair.first, pair.second), strict=True):
        console.print(_article(name, article))
    console.print()
    console.print(_verdict(pair))
    console.print(_parts(pair, measured=console.width >= _SIDE_BY_SIDE))
    if pair.shared:
        console.print(_text("In both texts", _TITLE))
        console.print(_shared(pair.shared))
        console.print()
    if pair.passages:
        console.print(_text("Nearest passages, with the cosine of their vectors", _TITLE))
        for table in _passages(pair, side_by_side=console.width >= _SIDE_BY_SIDE):
            console.print(table)


def print_matrix(matrix: Matrix, console: Console) -> None:
    """Print the probabilities of one story as a heat map, then each article's strongest and weakest link."""
    labels = _labels(len(matrix.articles))
    if matrix.title is not None:
        console.print(_text(matrix.title, _TITLE))
    console.print(_text(_facts(matrix), _META))
    if len(labels) > 1:
        console.print()
        _print_heat_map(matrix, labels, console)
    console.print(_members(matrix, labels, console.width))
    if matrix.left_out:
        console.print(_text(f"{count_of(matrix.left_out, 'more member is', 'more members are')} left out", _WEAK))


def adding_up(amounts: Sequence[float], decimals: int) -> list[float]:
    """The amounts rounded so that they sum to their rounded sum (largest remainder); each moves by less than one step.

    Rounded one by one, seven numbers may miss their sum by three steps, and a reader who adds them up is misled.
    """
    step = 10**decimals
    floors = [math.floor(amount * step) for amount in amounts]
    missing = round(math.fsum(amounts) * step) - sum(floors)
    order = sorted(range(len(amounts)), key=lambda place: (floors[place] - amounts[place] * step, place))
    for place in order[:missing]:
        floors[place] += 1
    return [floor / step for floor in floors]


def ordered(parts: Iterable[Part]) -> list[Part]:
    """The parts in the order of printing."""
    places = {name: place for place, name in enumerate(WHAT)}
    return sorted(parts, key=lambda part: (places.get(part.name, len(places)), part.name))


def _article(name: str, article: Article) -> Table:
    grid = _grid()
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row(_text(name, _TITLE), _text(article.headline, _TITLE))
    day = article.published.date().isoformat() if article.published else "no date"
    facts = [language_name(article.language), day, article.source or "", article.path or article.id]
    grid.add_row("", _text(" · ".join(fact for fact in facts if fact), _META))
    return grid


def _verdict(pair: PairExplanation) -> Text:
    likely = "One story" if pair.story.probability >= 0.5 else "Not one story"
    text = _text(f"{likely}: probability {pair.story.probability:.3f}", _TITLE)
    languages = "two languages" if pair.across else "one language"
    text.append(f" · one event: {pair.event.probability:.3f} · weights for {languages}", style=_META)
    return text


def _parts(pair: PairExplanation, *, measured: bool) -> Table:
    from rich import box
    from rich.table import Table

    parts = [part for part in ordered(pair.parts) if part.story or part.event or part.name == "dates"]
    events = adding_up([part.event for part in parts], DECIMALS)
    stories = adding_up([part.story for part in parts], DECIMALS)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("what made it")
    for heading in (*(("value", "weight") if measured else ()), "story", "event"):
        table.add_column(heading, justify="right", no_wrap=True)
    for part, event, story in zip(parts, events, stories, strict=True):
        values = _measured(part) if measured else ()
        table.add_row(_text(WHAT.get(part.name, part.name)), *values, _signed(story), _signed(event))
    table.add_section()
    blank = ("", "") if measured else ()
    table.add_row("sum: log odds", *blank, _signed(math.fsum(stories)), _signed(math.fsum(events)))
    table.add_row(
        "probability: 1 / (1 + exp(-sum))",
        *(*blank, f"{pair.story.probability:.3f}", f"{pair.event.probability:.3f}"),
        style=_TITLE,
    )
    return table


def _measured(part: Part) -> tuple[str, str]:
    if part.name in {"constant", "copy"}:
        return "", ""
    value = "unknown" if part.value is None else f"{part.value:.1f}" if part.name == "dates" else f"{part.value:.3f}"
    return value, "" if part.story_weight is None else f"{part.story_weight:.3f}"


def _signed(amount: float) -> str:
    return f"{amount:+.{DECIMALS}f}" if amount else f"{0:.{DECIMALS}f}"


def _shared(terms: Sequence[SharedTerm]) -> Table:
    grid = _grid()
    grid.add_column(width=max(map(len, _KIND_HEADINGS.values())), no_wrap=True)
    grid.add_column(ratio=1)
    for kind in KINDS:
        some = [term for term in terms if term.kind == kind]
        if some:
            grid.add_row(_text(_KIND_HEADINGS[kind], _META), _text(" · ".join(map(_both, some))))
    return grid


def _both(term: SharedTerm) -> str:
    return term.first if term.first.casefold() == term.second.casefold() else f"{term.first} = {term.second}"


def _passages(pair: PairExplanation, *, side_by_side: bool) -> Iterator[Table]:
    if side_by_side:
        grid = _grid(padding=2)
        grid.add_column(width=4)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row("", *(_text(f"{n} {language_name(a.language)}", _META) for n, a in _sides(pair)))
        for place, passages in enumerate(pair.passages):
            if place:
                grid.add_row("", "", "")
            grid.add_row(f"{passages.cosine:.2f}", _text(passages.first), _text(passages.second))
        yield grid
        return
    for passages in pair.passages:
        grid = _grid()
        grid.add_column(width=4)
        grid.add_column(ratio=1)
        grid.add_row(f"{passages.cosine:.2f}", _text(f"A: {printable(passages.first)}"))
        grid.add_row("", _text(f"B: {printable(passages.second)}"))
        yield grid


def _sides(pair: PairExplanation) -> Iterator[tuple[str, Article]]:
    return zip("AB", (pair.first, pair.second), strict=True)


def _facts(matrix: Matrix) -> str:
    languages: dict[str, int] = {}
    for article in matrix.articles:
        languages[article.language] = languages.get(article.language, 0) + 1
    mix = sorted(languages.items(), key=lambda item: (-item[1], item[0]))
    facts = [count_of(len(matrix.articles), "article", "articles")]
    facts.append(", ".join(f"{count} {language_name(code)}" for code, count in mix))
    if matrix.cohesion is not None:
        facts.append(f"mean probability {matrix.cohesion:.2f}")
    if matrix.id is not None:
        facts.append(matrix.id)
    return " · ".join(facts)


def _labels(size: int) -> list[str]:
    return list(_LETTERS[:size]) if size <= len(_LETTERS) else [str(number) for number in range(1, size + 1)]


def _print_heat_map(matrix: Matrix, labels: Sequence[str], console: Console) -> None:
    shown = max(2, min(len(labels), (console.width - _HEAD) // _CELL))
    codes = [article.language for article in matrix.articles[:shown]]
    for heads, style in ((labels[:shown], _TITLE), (codes, _META)):
        console.print(_text_line([(" " * _HEAD, ""), *((_centred(head), style) for head in heads)]))
    for place in range(shown):
        line = [(f"{labels[place]:<3}"[:3], _TITLE), (f"{printable(codes[place]):<3}"[:3], _META)]
        for other, chance in enumerate(matrix.story[place][:shown]):
            line.append((_centred("·"), _WEAK) if other == place else (_centred(_short(chance)), _shade(chance)))
        console.print(_text_line(line))
    if shown < len(labels):
        hidden = count_of(len(labels) - shown, "article", "articles")
        console.print(_text(f"{hidden} more than fit here: use a wider terminal, or --format json", _WEAK))


def _centred(content: str) -> str:
    return f"{printable(content)[: _CELL - 1]:^{_CELL}}"


def _short(chance: float) -> str:
    """Two decimals in three characters: .07, .93, and 1.0 from .995 on."""
    written = f"{chance:.2f}"
    return "1.0" if written == "1.00" else written[1:]


def _shade(chance: float) -> str:
    return next(style for least, style in _SHADES if chance >= least)


def _members(matrix: Matrix, labels: Sequence[str], width: int) -> Table:
    from rich import box
    from rich.table import Table

    dated = width >= _DATED
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("language", no_wrap=True, max_width=12)
    if dated:
        table.add_column("date", no_wrap=True, min_width=10)
    table.add_column("headline", ratio=5, no_wrap=True)
    if dated:
        table.add_column("file", ratio=2, no_wrap=True)
    table.add_column("strongest", no_wrap=True, justify="right")
    table.add_column("weakest", no_wrap=True, justify="right")
    previous = None
    for place, article in enumerate(matrix.articles):
        event = matrix.events[place] if matrix.events else None
        if event != previous and place:
            table.add_section()
        previous = event
        row = [_text(labels[place], _TITLE), _text(language_name(article.language), "green")]
        if dated:
            row.append(_text(article.published.date().isoformat() if article.published else "", _META))
        row.append(_one_line(article.headline))
        if dated:
            row.append(_one_line(article.path or article.id, _WEAK))
        row += [_link(links[place], labels) for links in (matrix.strongest, matrix.weakest)]
        table.add_row(*row)
    return table


def _link(link: Link | None, labels: Sequence[str]) -> Text:
    return _text("" if link is None else f"{labels[link.other]} {_short(link.probability)}")


def _grid(padding: int = 1) -> Table:
    from rich.table import Table

    return Table.grid(padding=(0, padding, 0, 0), expand=True)


def _text_line(parts: Iterable[tuple[str, str]]) -> Text:
    from rich.text import Text

    line = Text(no_wrap=True, overflow="crop")
    for content, style in parts:
        line.append(content, style=style)
    return line


def _text(content: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(printable(content), style=style)


def _one_line(content: str, style: str = "") -> Text:
    text = _text(content, style)
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
