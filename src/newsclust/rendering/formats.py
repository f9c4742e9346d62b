"""The output formats, a line each in one table. What renders is imported when a result is rendered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from newsclust.stories import ClusterResult

if TYPE_CHECKING:
    from rich.console import Console

    from newsclust.explaining.evidence import Evidence
    from newsclust.store.read import Change

Draw: TypeAlias = "Callable[[Callable[[Console], None]], str]"
"""Gives what a function prints on a console of the right width and colours."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class View:
    """How a result is to be shown; a format takes of it what it can show.

    `changes` are what a run changed in a store, None where the whole result is shown. `evidence` is there for a format
    that asks for it. `raw` leaves cells alone that a spreadsheet would run, `tree` gives each event its line, and
    `title` is that of a page.
    """

    draw: Draw
    changes: Sequence[Change] | None = None
    evidence: Evidence | None = None
    raw: bool = False
    tree: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format.

    `endings` are those of files in it, in lower case. `render` gives a text, or the bytes of a binary format. One
    `for_people` is written in the terminal's encoding. `wants_evidence` says that it shows what the score knew.
    """

    name: str
    endings: tuple[str, ...]
    render: Callable[[ClusterResult, View], str | bytes]
    for_people: bool = False
    wants_evidence: bool = False


def _table(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.terminal import print_table

        return view.draw(lambda console: print_table(result, console, tree=view.tree))
    from newsclust.rendering.changes import print_changes

    changes = view.changes
    return view.draw(lambda console: print_changes(result, changes, console, tree=view.tree))


def _json(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.contract import to_json

        return to_json(result)
    from newsclust.rendering.changes import changes_to_json

    return changes_to_json(result, view.changes)


def _ndjson(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.contract import to_ndjson

        return to_ndjson(result)
    from newsclust.rendering.changes import changes_to_ndjson

    return changes_to_ndjson(result, view.changes)


def _csv(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.csv import to_csv

        return to_csv(result, raw=view.raw)
    from newsclust.rendering.changes import changes_to_csv

    return changes_to_csv(result, view.changes, raw=view.raw)


def _html(result: ClusterResult, view: View) -> str:
    from newsclust.rendering.html import to_html

    return to_html(result, view.evidence, title=view.title, changes=view.changes)


RENDERERS: tuple[Renderer, ...] = (
    Renderer("table", (), _table, for_people=True),
    Renderer("json", (".json",), _json),
    Renderer("ndjson", (".ndjson", ".jsonl"), _ndjson),
    Renderer("csv", (".csv",), _csv),
    Renderer("html", (".html", ".htm"), _html, wants_evidence=True),
)
"""Every output format. A new one is a module with its `render`, and a line here."""


def renderer_named(name: str) -> Renderer:
    """The format of this name, which there is."""
    return next(renderer for renderer in RENDERERS if renderer.name == name)


def format_names() -> list[str]:
    """Every format's name."""
    return [renderer.name for renderer in RENDERERS]


def format_by_ending() -> dict[str, str]:
    """Each ending that files in some format have, and that format's name."""
    return {ending: renderer.name for renderer in RENDERERS for ending in renderer.endings}
