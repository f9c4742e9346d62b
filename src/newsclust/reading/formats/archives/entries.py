"""The files of an archive, whatever holds them: which are read, under which names, and how much of them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from newsclust.reading.compression import Allowance, extension_of
from newsclust.reading.formats.base import Input, check_depth, read_inside
from newsclust.reading.formats.extras import reading
from newsclust.reading.formats.kinds import files_left_out
from newsclust.reading.records import Parsed, Problem, Refused
from newsclust.reading.streams import read_whole
from newsclust.text.display import printable

_SHOWN = 200
"""Characters of a refused name that its problem shows."""
_DRIVE = re.compile(r"[A-Za-z]:")
_STEERING = frozenset(("Cc", "Cs", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name there, how to open it, and why it cannot be read, where that is known."""

    name: str
    open: Callable[[], IO[bytes]]
    trouble: str = ""


class _Spending(io.RawIOBase):
    """The bytes of an entry, counted as unpacked; what is damaged is refused."""

    def __init__(self, inner: IO[bytes], allowance: Allowance) -> None:
        self._inner = inner
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer in the stubs
        with reading("entry"):
            data = self._inner.read(len(buffer))
        self._allowance.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def read_entries(given: Input, entries: Iterable[Entry], kind: str, location: str = "") -> Parsed:
    """The records of the entries of an archive of this kind, each below its name, at this location in the input.

    Hidden entries are passed over and those of other kinds named in one remark, as in a folder.

    Raises:
        Refused: it is packed too deeply itself, or has too many entries; those before were given.
    """
    check_depth(given)
    left_out: list[str] = []
    for number, entry in enumerate(entries):
        if number >= given.limits.archive_entries:
            raise Refused(f"more than {given.limits.archive_entries:,} files in one {kind}; not read further")
        name = entry.name.replace("\\", "/").removeprefix("./")
        if trouble := _why_no_name(name, given.limits.field_characters) or entry.trouble:
            yield Problem(f"{location}/{printable(name)[:_SHOWN]}", trouble)
        elif any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            continue
        elif not given.formats.are_named_by(extension_of(name)):
            left_out.append(name)
        else:
            yield from _read_entry(given, entry, f"{location}/{name}")
    if left_out:
        yield Problem(location, files_left_out(left_out), remark=True)


def _read_entry(given: Input, entry: Entry, location: str) -> Parsed:
    try:
        with reading("entry"):
            content = entry.open()
        with content:
            yield from read_inside(given, _Spending(content, given.allowance), location, extension_of(entry.name))
    except Refused as verdict:
        yield Problem(location, str(verdict))


def seekable(given: Input) -> io.BufferedReader:
    """The input as a stream that can be read at any position: held in memory where it comes from a pipe or an archive.

    Raises:
        Refused: it would have to be held and is larger than one document may be.
    """
    if given.stream.seekable():
        given.stream.seek(0)
        return given.stream
    return io.BufferedReader(io.BytesIO(read_whole(given.stream, given.limits.document_bytes)))


def _why_no_name(name: str, most: int) -> str:
    if any(unicodedata.category(character) in _STEERING for character in name):
        return "its name holds control characters; not read"
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "its name leads out of the archive; not read"
    return "" if len(name) <= most else f"its name is longer than {most:,} characters; not read"
