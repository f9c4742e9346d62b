"""What an input format is: how it is told, and how it is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from newsclust.reading.decoding import decode
from newsclust.reading.limits import Limits
from newsclust.reading.records import Parsed, Problem
from newsclust.reading.streams import read_whole

SNIFFED = 1 << 16
"""Bytes at the start of an input that its format is told from."""


@dataclass(frozen=True, eq=False, slots=True)
class Input:
    """One opened input: its bytes, the lower-case ending of its name ("" for none), and what bounds reading it.

    `mapping` holds pairs of an article's field and the name that this field has in the input.
    """

    stream: io.BufferedReader
    ending: str
    limits: Limits
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def start(self) -> bytes:
        """The first bytes, which stay in the stream."""
        return self.stream.peek(SNIFFED)[:SNIFFED]


@dataclass(frozen=True, slots=True)
class InputFormat:
    """An input format.

    `endings` are those of files in it, in lower case. `sniff` says whether the first bytes of an input without a known
    ending speak of it. `read` gives the records of an input; what it cannot use it gives as problems, or raises
    Refused for the rest. A `binary` format is no text; one that is `slow` takes some ten milliseconds an article, so
    that its files are worth a process of their own. The fields of a `named` one have names that its maker chose, which
    a mapping may name.
    """

    name: str
    endings: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Input], Parsed]
    binary: bool = False
    slow: bool = False
    named: bool = False


def start_text(start: bytes) -> str:
    """The text that an input begins with, behind blanks and marks."""
    return decode(start[:SNIFFED]).text.lstrip("\ufeff \t\r\n\x1e")


def read_text(
    given: Input, parse: Callable[[str], Parsed], most: int, charset: Callable[[bytes], str | None] | None = None
) -> Parsed:
    """What `parse` gives for the whole text of an input; `charset` finds the encoding that its bytes declare.

    Raises:
        Refused: there are more than `most` bytes.
    """
    data = read_whole(given.stream, most)
    decoded = decode(data, charset(data) if charset else None)
    del data
    if decoded.lossy:
        yield Problem("", f"some characters are not valid {decoded.encoding} and were replaced", remark=True)
    yield from parse(decoded.text.replace("\0", "").replace("\r\n", "\n"))
