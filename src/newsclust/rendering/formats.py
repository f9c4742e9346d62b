"""The output formats, a line each in one table. What renders is imported when a result is rendered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from newsclust.rendering.tabular.extras import NO_EXTRAS, Extras
from newsclust.stories import ClusterResult, Story

if TYPE_CHECKING:
    from rich.console import Console

    from newsclust.explaining.evidence import Evidence
    from newsclust.rendering.terminal import Shown
    from newsclust.store.read import Change

Draw: TypeAlias = "Callable[[Callable[[Console], None]], str]"
"""Gives what a function prints on a console of the right width and colours."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class View:
    """How a result is to be shown; a format takes of it what it can show.

    `changes` are what a run changed in a store, None where the whole result is shown. `evidence` is there for a format
    that asks for it. `top` and `min_size` leave out stories. `raw` leaves cells alone that a spreadsheet would run,
    `extras` are what is shown of an article beside its usual fields, `tree` gives each event its line, `unclustered`
    lists the articles that are in no story. `title` is that of a page. `on_terminal` says that people look
    on.
    """

    draw: Draw
    changes: Sequence[Change] | None = None
    evidence: Evidence | None = None
    top: int | None = None
    min_size: int = 0
    raw: bool = False
    extras: Extras = NO_EXTRAS
    tree: bool = False
    title: str | None = None
    unclustered: bool = False
    on_terminal: bool = False

    @property
    def shown(self) -> Shown:
        """How much of the result a table shows."""
        from newsclust.rendering.terminal import SCREENFUL, Shown

        most = SCREENFUL if self.on_terminal and self.top is None else None
        return Shown(tree=self.tree, unclustered=self.unclustered, most=most)


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format.

    `endings` are those of files in it, in lower case. `render` gives a text, or the bytes of a binary format. One
    `for_people` is written in the terminal's encoding. `wants_evidence` says that it shows what the score knew,
    `wants_texts` that it shows the articles' texts. `order` is the one that `top` goes by, where it is not the size.
    `options` are those of the command line that some formats have and others do not.
    """

    name: str
    endings: tuple[str, ...]
    render: Callable[[ClusterResult, View], str | bytes]
    for_people: bool = False
    wants_evidence: bool = False
    wants_texts: bool = False
    order: Callable[[ClusterResult], Sequence[Story]] | None = None
    options: tuple[str, ...] = ()


def rendered(renderer: Renderer, result: ClusterResult, view: View) -> str | bytes:
    """Return the result in a format, without the stories that the view leaves out."""
    if view.top is not None or view.min_size:
        first = renderer.order(result) if renderer.order else None
        result = result.only(top=view.top, min_size=view.min_size, first=first)
    return renderer.render(result, view)


def _table(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.terminal import print_table

        return view.draw(lambda console: print_table(result, console, view.shown))
    from newsclust.rendering.changes import print_changes

    changes = view.changes
    return view.draw(lambda console: print_changes(result, changes, console, view.shown))


def _json(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.contract import to_json

        return to_json(result, view.extras)
    from newsclust.rendering.changes import changes_to_json

    return changes_to_json(result, view.changes, view.extras)


def _ndjson(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.contract import to_ndjson

        return to_ndjson(result, view.extras)
    from newsclust.rendering.changes import changes_to_ndjson

    return changes_to_ndjson(result, view.changes, view.extras)


def _csv(result: ClusterResult, view: View) -> str:
    if view.changes is None:
        from newsclust.rendering.tabular.csv import to_csv

        return to_csv(result, view.extras, raw=view.raw)
    from newsclust.rendering.changes import changes_to_csv

    return changes_to_csv(result, view.changes, view.extras, raw=view.raw)


def _html(result: ClusterResult, view: View) -> str:
    from newsclust.rendering.html import to_html

    return to_html(result, view.evidence, title=view.title, changes=view.changes)


def _markdown(result: ClusterResult, view: View) -> str:
    from newsclust.rendering.briefing.markdown import to_markdown

    return to_markdown(result, view.changes)


def _atom(result: ClusterResult, view: View) -> str:
    from newsclust.rendering.briefing.atom import to_atom

    return to_atom(result, view.changes)


def _by_weight(result: ClusterResult) -> Sequence[Story]:
    from newsclust.rendering.briefing.weights import by_weight

    return by_weight(result)


_EXTRAS = ("keep", "with_text")

RENDERERS: tuple[Renderer, ...] = (
    Renderer("table", (), _table, for_people=True, options=("tree", "unclustered", "no_pager")),
    Renderer("json", (".json",), _json, options=_EXTRAS),
    Renderer("ndjson", (".ndjson", ".jsonl"), _ndjson, options=_EXTRAS),
    Renderer("csv", (".csv",), _csv, options=("raw_cells", *_EXTRAS)),
    Renderer("md", (".md", ".markdown"), _markdown, wants_texts=True, order=_by_weight),
    Renderer("atom", (".atom",), _atom, wants_texts=True),
    Renderer("html", (".html", ".htm"), _html, wants_evidence=True, wants_texts=True, options=("title",)),
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
