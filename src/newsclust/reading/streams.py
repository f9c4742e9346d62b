"""Opening one input: bytes with bounds, compression undone on the way, UTF-16 as UTF-8, lines of bounded length.

Every bound is checked while reading, so nothing larger than it is ever held.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from newsclust.reading.compression import CHUNK, Allowance, undone
from newsclust.reading.decoding import mark_of
from newsclust.reading.limits import Limits
from newsclust.reading.records import Refused
from newsclust.text.display import size_in_words

_BLANK = b" \t\r\n\0\x1e"
_AHEAD = 1 << 13
"""Bytes that lines are cut from: few, as all are copied where blank lines are looked for."""


class _Meter(io.RawIOBase):
    """Count the bytes that pass, and report them now and then."""

    def __init__(self, inner: BinaryIO, allowance: Allowance, report: Callable[[int], None] | None) -> None:
        self._inner = inner
        self._allowance = allowance
        self._report = report

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._inner.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer in the stubs
        # Filled as far as there is data: a pipe gives little at a time, and the format is told from the first buffer.
        size = 0
        while size < len(buffer) and (data := self._inner.read(len(buffer) - size)):
            buffer[size : size + len(data)] = data
            size += len(data)
        self._allowance.read += size
        if self._report is not None and size:
            self._report(self._allowance.read)
        return size


class _Transcoded(io.RawIOBase):
    """UTF-16 or UTF-32 with its mark, as UTF-8: spreadsheet programs and PowerShell write rows this way."""

    def __init__(self, inner: io.BufferedReader, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._inner.read1(CHUNK)
            self._ready = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data and not self._ready:
                return 0
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, its number from 1, and whether it was over the limit (then `data` is empty).

    Blank lines behind a blank one may come with it, as one line with line breaks in it.
    """

    number: int
    data: bytes
    too_long: bool = False


@contextmanager
def opened(
    location: bytes | BinaryIO,
    limits: Limits,
    report: Callable[[int], None] | None = None,
    allowance: Allowance | None = None,
    *,
    pipe: bool = False,
) -> Iterator[io.BufferedReader]:
    """Open a path or a byte stream, compression undone whatever the name says.

    `report` is called with the number of bytes consumed, before decompression; they and what comes out are counted in
    `allowance`. A named `pipe` is waited for; what became one since it was found is refused.

    Raises:
        Refused: not a file, or (also while reading) damaged compressed data.
        OSError: the file cannot be opened or read.
    """
    spent = Allowance(limits) if allowance is None else allowance
    if isinstance(location, bytes):
        _check_kind(os.stat(location), pipe=pipe)
        with open(location, "rb", buffering=0, opener=None if pipe else _without_waiting) as file:
            _check_kind(os.fstat(file.fileno()), pipe=pipe)  # it may be another one by now
            yield undone(io.BufferedReader(_Meter(file, spent, report), CHUNK), spent)
    else:
        yield undone(io.BufferedReader(_Meter(location, spent, report), CHUNK), spent)


def read_whole(stream: io.BufferedReader, most: int) -> bytes:
    """All bytes of a stream.

    Raises:
        Refused: there are more than `most`.
    """
    parts: list[bytes] = []
    size = 0
    while data := stream.read(CHUNK):
        size += len(data)
        if size > most:
            raise Refused(f"larger than {size_in_words(most)}, the limit for one document of this kind")
        parts.append(data)
    return b"".join(parts)


def check_rows(count: int, limits: Limits) -> None:
    """Raise Refused where an input has more rows than it may."""
    if count > limits.file_rows:
        raise Refused(f"more than {limits.file_rows:,} rows; not read further")


def lines(stream: io.BufferedReader, limits: Limits) -> Iterator[Line]:
    """The lines of a stream in UTF-8 or an 8-bit encoding, one at a time; marks at the start are taken off.

    Raises:
        Refused: the file is over `file_bytes`; the lines before were given.
    """
    start = mark_of(stream.peek(4)[:4])
    while stream.peek(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8):  # files put together have more than one
        stream.read(len(codecs.BOM_UTF8))
    raw: io.RawIOBase | io.BufferedReader = stream if start in (None, "utf-8-sig") else _Transcoded(stream, start)
    stream = io.BufferedReader(raw, _AHEAD)
    number = total = 0
    while data := stream.readline(limits.line_bytes + 1):
        number += 1
        total += len(data)
        if len(data) > limits.line_bytes and not data.endswith(b"\n"):
            total += _skip_line(stream, limits.file_bytes - total)
            yield Line(number, b"", too_long=True)
        elif data.strip(_BLANK):
            yield Line(number, data.rstrip(b"\r\n"))
        else:
            more = _blank_lines(stream)
            yield Line(number, (data + more).replace(b"\r\n", b"\n").removesuffix(b"\n"))
            number += more.count(b"\n")
            total += len(more)
        if total > limits.file_bytes:
            raise Refused(f"larger than {size_in_words(limits.file_bytes)}; not read further")


def _blank_lines(stream: io.BufferedReader) -> bytes:
    """The blank lines that are next among the bytes read ahead."""
    ahead = stream.peek()
    blank = ahead[: len(ahead) - len(ahead.lstrip(_BLANK))]
    return stream.read(blank.rfind(b"\n") + 1)


def _skip_line(stream: io.BufferedReader, most: int) -> int:
    skipped = 0
    while skipped <= most and (data := stream.readline(CHUNK)):
        skipped += len(data)
        if data.endswith(b"\n"):
            break
    return skipped


def _check_kind(status: os.stat_result, *, pipe: bool) -> None:
    if not (stat.S_ISREG(status.st_mode) or (pipe and stat.S_ISFIFO(status.st_mode))):
        raise Refused("not a regular file")


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
