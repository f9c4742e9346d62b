"""What is read back from a store, in the formats of `newsclust group`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from newsclust.commands.output import check_ending, check_writable, drawn, ending_of, goes_to_terminal
from newsclust.rendering.formats import View, format_by_ending, renderer_named
from newsclust.stories import ClusterResult

if TYPE_CHECKING:
    import sqlite3


def format_asked(format_: str | None, output: str | None) -> str:
    """Return the format asked for, else that of the file's ending, else a table for people and JSON for programs.

    Raises UsageError where the output cannot be written, or its ending is of no format.
    """
    check_writable(output)
    if format_:
        return format_
    check_ending(output, tuple(format_by_ending()))
    said = format_by_ending().get(ending_of(output))
    return said or ("table" if goes_to_terminal(output) else "json")


def rendered(
    connection: sqlite3.Connection, result: ClusterResult, format_: str, *, title: str | None = None
) -> str | bytes:
    """Return the result as the format writes it, with all that the store knows of it; `title` is that of a page."""
    from newsclust.archive.evidence import stored_evidence
    from newsclust.store.read import with_texts

    renderer = renderer_named(format_)
    if renderer.wants_texts:
        result = with_texts(connection, result)
    evidence = stored_evidence(connection, result) if renderer.wants_evidence else None
    view = View(draw=partial(drawn, on_terminal=False), evidence=evidence, title=title)
    return renderer.render(result, view)
