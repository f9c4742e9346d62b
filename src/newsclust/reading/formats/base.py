"""What an input format is: how it is told, and how it is read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, BinaryIO

from newsclust.reading.compression import CHUNK, Allowance, undone
from newsclust.reading.decoding import decode, is_binary
from newsclust.reading.formats.kinds import kind_not_read
from newsclust.reading.limits import Limits
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.streams import read_whole

SNIFFED = 1 << 16
"""Bytes at the start of an input that its format is told from."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})
# What stands behind the last dot of "Interview with Dr. No" is no ending.
_ENDING = re.compile(r"\.[a-z][\w+~-]{0,9}$")


@dataclass(frozen=True, slots=True)
class InputFormat:
    """An input format.

    `endings` are those of files in it, in lower case. `sniff` says whether the first bytes of an input speak of it;
    where no other input begins so (`signed`), it is believed over the name. `read` gives the records of an input; what
    it cannot use it gives as problems, or raises Refused for the rest. A `binary` format is no text, None for what may
    be either; one that is `slow` takes some ten milliseconds an article, so that its files are worth a process of
    their own. The fields of a `named` one have names that its maker chose, which a mapping may name.
    """

    name: str
    endings: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Input], Parsed]
    binary: bool | None = False
    signed: bool = False
    slow: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Formats:
    """A table of formats, in the order in which they are asked; what speaks of none of them is in `prose`."""

    table: tuple[InputFormat, ...]
    prose: InputFormat

    def of_ending(self, ending: str) -> InputFormat | None:
        """The first format that an ending names; None where it names none."""
        return next((known for known in self.table if ending in known.endings), None)

    @property
    def endings(self) -> tuple[str, ...]:
        """All endings that name a format, in the order of the alphabet."""
        return tuple(sorted({ending for known in self.table for ending in known.endings}))

    def are_named_by(self, ending: str) -> bool:
        """Whether files of this ending are read from folders: it names a format, or is none at all."""
        return self.of_ending(ending) is not None or not _ENDING.match(ending)

    def of(self, ending: str, start: bytes, *, binary: bool = False) -> InputFormat | None:
        """The format of an input with this ending ("" for none) and these first bytes.

        Text that speaks of no format is prose where its ending is none; anything else that speaks of none has none.
        """
        able = [known for known in self.table if known.binary in (None, binary)]
        named = [known for known in able if ending in known.endings]
        likely = (known for known in (*named, *able) if (known in named or known.signed) and known.sniff(start))
        if (best := next(likely, None)) is not None:
            return best
        if named:
            return named[-1]
        rest = None if binary or not self.are_named_by(ending) else self.prose
        return next((known for known in able if known.sniff(start)), rest)

    def format_of(self, given: Input) -> InputFormat:
        """The format that an input is in.

        Raises:
            Refused: it holds nothing, or is in no format.
        """
        start = given.start
        if not start.strip(b" \t\r\n\0\xef\xbb\xbf"):
            if len(start) < SNIFFED:
                raise Refused("empty file" if not start else "nothing but blanks")
            if not start.strip(b"\0"):
                raise Refused("binary data, no text")
        binary = is_binary(start)
        known = self.of(given.ending, start, binary=binary)
        if known is not None:
            return known
        if binary:
            raise Refused(kind_not_read(start) or "binary data, no text")
        raise Refused(f"{given.ending} files are not read, and its text speaks of no kind; prose is read as .txt")


@dataclass(frozen=True, eq=False, slots=True)
class Input:
    """One opened input: its bytes, the lower-case ending of its name ("" for none), and what bounds reading it.

    `mapping` holds pairs of an article's field and the name that this field has in the input. `formats` read what is
    inside of it; `depth` says inside how many others it is itself, and `allowance` how much may still be unpacked.
    `articles` says that its rows are articles, so that a table must have a column for the text.
    """

    stream: io.BufferedReader
    ending: str
    limits: Limits
    mapping: tuple[tuple[str, str], ...]
    formats: Formats
    allowance: Allowance
    depth: int = 0
    articles: bool = True

    @property
    def start(self) -> bytes:
        """The first bytes, which stay in the stream."""
        return self.stream.peek(SNIFFED)[:SNIFFED]


def check_depth(given: Input) -> None:
    """Raise Refused where what is inside this input would be packed too deeply."""
    if given.depth >= given.limits.archive_depth:
        raise Refused(f"packed more than {given.limits.archive_depth} deep; unpack it and name the folder")


def at_location(item: Record | Problem, location: str) -> Record | Problem:
    """What was read of something that lies at this location in an input."""
    if isinstance(item, Record):
        return replace(item, location=f"{location}{item.location}")
    return replace(item, where=f"{location}{item.where}")


def read_inside(
    given: Input,
    content: bytes | BinaryIO | io.RawIOBase,
    location: str,
    ending: str,
    known: Mapping[str, Any] = _NOTHING,
) -> Parsed:
    """The records of an input inside another, at this location in it, with what is known of them from outside.

    Whatever is wrong with it is a problem at that location.
    """
    try:
        check_depth(given)
        raw = io.BytesIO(content) if isinstance(content, bytes) else content
        stream = undone(io.BufferedReader(raw, CHUNK), given.allowance)  # type: ignore[arg-type]  # any readable
        inner = replace(given, stream=stream, ending=ending, depth=given.depth + 1)
        for item in given.formats.format_of(inner).read(inner):
            if isinstance(item, Record):
                own = {key: value for key, value in item.values.items() if value or key not in known}
                item = replace(item, values={**known, **own})
            yield at_location(item, location)
    except Refused as verdict:
        yield Problem(location, str(verdict))


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
