"""The input formats, a line each in one table, and which of them an input is in."""

from __future__ import annotations

from newsclust.reading.formats.base import InputFormat
from newsclust.reading.formats.feeds import FEED
from newsclust.reading.formats.json_rows import JSON
from newsclust.reading.formats.pages import PAGE
from newsclust.reading.formats.plain import MARKDOWN, PLAIN
from newsclust.reading.formats.tables import TABLE

FORMATS: tuple[InputFormat, ...] = (FEED, PAGE, JSON, TABLE, MARKDOWN, PLAIN)
"""Every input format, in the order in which they are asked whether an input begins as theirs do. A new one is a module
with its `InputFormat`, and its name here."""


def format_of_ending(ending: str) -> InputFormat | None:
    """The format that an ending names; None where it names none."""
    return next((known for known in FORMATS if ending in known.endings), None)


def format_of(ending: str, start: bytes, *, binary: bool = False) -> InputFormat | None:
    """The format of an input with this ending ("" for none) and these first bytes.

    One that is text and speaks of no format is plain text; a `binary` one that speaks of none has none.
    """
    named = format_of_ending(ending)
    if named is not None and named.binary == binary:
        return named
    return next(
        (known for known in FORMATS if known.binary == binary and known.sniff(start)), None if binary else PLAIN
    )
