"""What tables for people are made of. Every string from outside is text, never markup, and steers no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclust.text.display import printable

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

TITLE, META, LANGUAGE, WEAK = "bold", "cyan", "green", "dim"
"""Styles: what names a thing, facts about it, the language of an article, what matters less."""


def cell(content: str, style: str = "") -> Text:
    """Return one line of text, to be wrapped where its cell ends."""
    from rich.text import Text

    return Text(printable(content), style=style)


def one_line(content: str, style: str = "") -> Text:
    """Return one line of text that an ellipsis ends where its cell does."""
    line = cell(content, style)
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def layout_grid(*, padding: int = 1) -> Table:
    """Return a table without lines and headings, as wide as the console, `padding` columns between its columns."""
    from rich.table import Table

    return Table.grid(padding=(0, padding, 0, 0), expand=True)


def listing(*headings: str) -> Table:
    """Return a table without lines, whose cells are folded; no line of headings where all are empty."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=any(headings), header_style=TITLE)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def ruled(*, expand: bool = False) -> Table:
    """Return a table with a line below its headings and between its sections."""
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=expand)
