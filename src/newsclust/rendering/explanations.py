"""Explanations: a pair's score taken apart, and the probabilities of many; as JSON, schema `newsclust-explain/1`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsclust.articles import Article
from newsclust.explaining.results import KINDS, Estimate, Link, Matrix, PairExplanation, Part, SharedTerm
from newsclust.languages.names import language_name
from newsclust.rendering.cells import LANGUAGE, META, TITLE, WEAK, cell, layout_grid, one_line, ruled
from newsclust.rendering.contract import DECIMALS as CONTRACT_DECIMALS
from newsclust.rendering.contract import article_fields, rounded
from newsclust.rendering.reasons import TAKEN_OUT, judged
from newsclust.stories import Relation
from newsclust.text.display import count_of, printable
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

SCHEMA_NAME = "newsclust-explain/1"
DECIMALS = 3
"""Decimals of a contribution: enough that their printed sum gives the printed probability."""

WHAT = {
    "constant": "start, before anything is compared",
    "dense": "meaning, title and lead (transformer)",
    "static": "meaning, all words of the text",
    "names": "same names and numbers",
    "phonetic": "names that sound alike",
    "other_numbers": "numbers in both, none in common",
    "words": "same words and parts of words",
    "nothing": "no name, number or word in common",
    "scant": "hardly a word in one of them",
    "dates": "days between them",
    "copy": "one repeats the other's text",
    "frame": "one frame, filled with other facts",
}
"""What each part of the score is, for people, in the order of printing; a part not listed here goes by its own name."""

RELATIONS = {
    Relation.COPY: "B repeats the text of A",
    Relation.SHORTENED: "B is the text of A, shortened",
    Relation.EXTENDED: "B is the text of A, extended",
    Relation.UPDATED: "B is the text of A, brought up to date",
}
"""How the second of two texts is a version of the first, for people."""

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

_Json = dict[str, Any]


def pair_to_json(pair: PairExplanation) -> str:
    """Return a pair's explanation as one JSON document; its rounded contributions sum to the log odds it prints."""
    parts = ordered(pair.parts)
    events = adding_up([part.event for part in parts], CONTRACT_DECIMALS)
    stories = adding_up([part.story for part in parts], CONTRACT_DECIMALS)
    return json_document(
        {
            **_head("pair", pair),
            "articles": [
                {
                    **article_fields(article),
                    "boilerplate": article.boilerplate_by_reason,
                }
                for article in (pair.first, pair.second)
            ],
            "across_languages": pair.across,
            "copy": pair.copy,
            "relation": pair.relation,
            "story": _estimate_json(pair.story),
            "event": _estimate_json(pair.event),
            "parts": [
                {
                    "name": part.name,
                    "what": WHAT.get(part.name, part.name),
                    "value": _optional(part.value),
                    "story_weight": _optional(part.story_weight),
                    "story": story,
                    "event_weight": _optional(part.event_weight),
                    "event": event,
                }
                for part, event, story in zip(parts, events, stories, strict=True)
            ],
            "shared": [
                {"kind": term.kind, "first": term.first, "second": term.second, "share": rounded(term.share)}
                for term in pair.shared
            ],
            "passages": [
                {"first": both.first, "second": both.second, "cosine": rounded(both.cosine)} for both in pair.passages
            ],
        }
    )


def matrix_to_json(matrix: Matrix) -> str:
    """Return the probabilities of all pairs as one JSON document."""
    articles = [
        {
            **article_fields(article),
            "event": matrix.events[index] if matrix.events else None,
            "strongest": _link_json(matrix.strongest[index], matrix),
            "weakest": _link_json(matrix.weakest[index], matrix),
        }
        for index, article in enumerate(matrix.articles)
    ]
    return json_document(
        {
            **_head("matrix", matrix),
            "id": matrix.id,
            "title": matrix.title,
            "cohesion": _optional(matrix.cohesion),
            "left_out": matrix.left_out,
            "articles": articles,
            "story": [[rounded(probability) for probability in row] for row in matrix.story],
            "event": [[rounded(probability) for probability in row] for row in matrix.event],
        }
    )


def print_pair(pair: PairExplanation, console: Console) -> None:
    """Print what made the probability of a pair, fitted to the width of `console`."""
    for name, article in zip("AB", (pair.first, pair.second), strict=True):
        console.print(_article(name, article))
    console.print()
    console.print(_verdict(pair))
    console.print(_parts(pair, measured=console.width >= _SIDE_BY_SIDE))
    if pair.shared:
        console.print(cell("In both texts", TITLE))
        console.print(_shared(pair.shared))
        console.print()
    if pair.passages:
        console.print(cell("Nearest passages, with the cosine of their vectors", TITLE))
        for table in _passages(pair, side_by_side=console.width >= _SIDE_BY_SIDE):
            console.print(table)


def print_matrix(matrix: Matrix, console: Console) -> None:
    """Print the probabilities of one story as a heat map, then each article's strongest and weakest link."""
    labels = _labels(len(matrix.articles))
    if matrix.title is not None:
        console.print(cell(matrix.title, TITLE))
    console.print(cell(_facts(matrix), META))
    if len(labels) > 1:
        console.print()
        _print_heat_map(matrix, labels, console)
    console.print(_members(matrix, labels, console.width))
    if matrix.left_out:
        console.print(cell(f"{count_of(matrix.left_out, 'more member is', 'more members are')} left out", WEAK))


def adding_up(amounts: Sequence[float], decimals: int) -> list[float]:
    """The amounts rounded so that they sum to their rounded sum (largest remainder); each moves by less than one step.

    Rounded one by one, seven numbers may miss their sum by three steps, and a reader who adds them up is misled.
    """
    step = 10**decimals
    floors = [math.floor(amount * step) for amount in amounts]
    missing = round(math.fsum(amounts) * step) - sum(floors)
    order = sorted(range(len(amounts)), key=lambda index: (floors[index] - amounts[index] * step, index))
    for index in order[:missing]:
        floors[index] += 1
    return [floor / step for floor in floors]


def ordered(parts: Iterable[Part]) -> list[Part]:
    """The parts in the order of printing."""
    rank_of = {name: rank for rank, name in enumerate(WHAT)}
    return sorted(parts, key=lambda part: (rank_of.get(part.name, len(rank_of)), part.name))


def _article(name: str, article: Article) -> Table:
    grid = layout_grid()
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row(cell(name, TITLE), cell(article.headline, TITLE))
    day = article.published.date().isoformat() if article.published else "no date"
    facts = [language_name(article.language), day, article.source or "", article.path or article.id]
    grid.add_row("", cell(" · ".join(fact for fact in facts if fact), META))
    for passage in article.boilerplate:
        grid.add_row("", cell(f"set aside {TAKEN_OUT[passage.reason]}: {passage.text}", WEAK))
    return grid


def _verdict(pair: PairExplanation) -> Text:
    text = cell(f"{judged(pair.story.probability)}: probability {pair.story.probability:.3f}", TITLE)
    languages = "two languages" if pair.across else "one language"
    text.append(f" · one event: {pair.event.probability:.3f} · weights for {languages}", style=META)
    if pair.relation:
        text.append(f"\n{RELATIONS[pair.relation]}", style=META)
    return text


def _parts(pair: PairExplanation, *, measured: bool) -> Table:
    parts = [part for part in ordered(pair.parts) if part.story or part.event or part.name == "dates"]
    events = adding_up([part.event for part in parts], DECIMALS)
    stories = adding_up([part.story for part in parts], DECIMALS)
    table = ruled()
    table.add_column("what made it")
    for heading in (*(("value", "weight") if measured else ()), "story", "event"):
        table.add_column(heading, justify="right", no_wrap=True)
    for part, event, story in zip(parts, events, stories, strict=True):
        values = _measured(part) if measured else ()
        table.add_row(cell(WHAT.get(part.name, part.name)), *values, _signed(story), _signed(event))
    table.add_section()
    blank = ("", "") if measured else ()
    table.add_row("sum: log odds", *blank, _signed(math.fsum(stories)), _signed(math.fsum(events)))
    table.add_row(
        "probability: 1 / (1 + exp(-sum))",
        *(*blank, f"{pair.story.probability:.3f}", f"{pair.event.probability:.3f}"),
        style=TITLE,
    )
    return table


def _measured(part: Part) -> tuple[str, str]:
    if part.name in {"constant", "copy", "frame"}:
        return "", ""
    value = "unknown" if part.value is None else f"{part.value:.1f}" if part.name == "dates" else f"{part.value:.3f}"
    return value, "" if part.story_weight is None else f"{part.story_weight:.3f}"


def _signed(amount: float) -> str:
    return f"{amount:+.{DECIMALS}f}" if amount else f"{0:.{DECIMALS}f}"


def _shared(terms: Sequence[SharedTerm]) -> Table:
    grid = layout_grid()
    grid.add_column(width=max(map(len, _KIND_HEADINGS.values())), no_wrap=True)
    grid.add_column(ratio=1)
    for kind in KINDS:
        some = [term for term in terms if term.kind == kind]
        if some:
            grid.add_row(cell(_KIND_HEADINGS[kind], META), cell(" · ".join(map(_both, some))))
    return grid


def _both(term: SharedTerm) -> str:
    return term.first if term.first.casefold() == term.second.casefold() else f"{term.first} = {term.second}"


def _passages(pair: PairExplanation, *, side_by_side: bool) -> Iterator[Table]:
    if side_by_side:
        grid = layout_grid(padding=2)
        grid.add_column(width=4)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row("", *(cell(f"{n} {language_name(a.language)}", META) for n, a in _sides(pair)))
        for index, passages in enumerate(pair.passages):
            if index:
                grid.add_row("", "", "")
            grid.add_row(f"{passages.cosine:.2f}", cell(passages.first), cell(passages.second))
        yield grid
        return
    for passages in pair.passages:
        grid = layout_grid()
        grid.add_column(width=4)
        grid.add_column(ratio=1)
        grid.add_row(f"{passages.cosine:.2f}", cell(f"A: {printable(passages.first)}"))
        grid.add_row("", cell(f"B: {printable(passages.second)}"))
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
    for heads, style in ((labels[:shown], TITLE), (codes, META)):
        console.print(_text_line([(" " * _HEAD, ""), *((_centred(head), style) for head in heads)]))
    for index in range(shown):
        line = [(f"{labels[index]:<3}"[:3], TITLE), (f"{printable(codes[index]):<3}"[:3], META)]
        for other, probability in enumerate(matrix.story[index][:shown]):
            line.append(
                (_centred("·"), WEAK) if other == index else (_centred(_short(probability)), _shade(probability))
            )
        console.print(_text_line(line))
    if shown < len(labels):
        hidden = count_of(len(labels) - shown, "article", "articles")
        console.print(cell(f"{hidden} more than fit here: use a wider terminal, or --format json", WEAK))


def _centred(content: str) -> str:
    return f"{printable(content)[: _CELL - 1]:^{_CELL}}"


def _short(probability: float) -> str:
    """Two decimals in three characters: .07, .93, and 1.0 from .995 on."""
    written = f"{probability:.2f}"
    return "1.0" if written == "1.00" else written[1:]


def _shade(probability: float) -> str:
    return next(style for least, style in _SHADES if probability >= least)


def _members(matrix: Matrix, labels: Sequence[str], width: int) -> Table:
    dated = width >= _DATED
    table = ruled(expand=True)
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
    for index, article in enumerate(matrix.articles):
        event = matrix.events[index] if matrix.events else None
        if event != previous and index:
            table.add_section()
        previous = event
        row = [cell(labels[index], TITLE), cell(language_name(article.language), LANGUAGE)]
        if dated:
            row.append(cell(article.published.date().isoformat() if article.published else "", META))
        row.append(one_line(article.headline))
        if dated:
            row.append(one_line(article.path or article.id, WEAK))
        row += [_link(links[index], labels) for links in (matrix.strongest, matrix.weakest)]
        table.add_row(*row)
    return table


def _link(link: Link | None, labels: Sequence[str]) -> Text:
    return cell("" if link is None else f"{labels[link.other]} {_short(link.probability)}")


def _text_line(parts: Iterable[tuple[str, str]]) -> Text:
    from rich.text import Text

    line = Text(no_wrap=True, overflow="crop")
    for content, style in parts:
        line.append(content, style=style)
    return line


def _head(kind: str, explained: PairExplanation | Matrix) -> _Json:
    settings = explained.settings.as_dict()
    return {"schema": SCHEMA_NAME, "kind": kind, "model": explained.model_id, "settings": settings}


def _estimate_json(probability: Estimate) -> _Json:
    return {"probability": rounded(probability.probability), "log_odds": rounded(probability.log_odds)}


def _optional(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _link_json(link: Link | None, matrix: Matrix) -> _Json | None:
    if link is None:
        return None
    return {"article": matrix.articles[link.other].id, "probability": rounded(link.probability)}
