"""Opening one input: bytes with bounds, gzip undone on the way, UTF-16 turned into UTF-8, lines with a longest length.

Every bound is checked while reading, so nothing larger than it is ever held.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from newsclust.reading.decoding import mark_of
from newsclust.reading.limits import Limits
from newsclust.text.display import size_in_words

CHUNK = 1 << 18
"""Bytes read at once."""

_GZIP = b"\x1f\x8b"
_SLICE = 1 << 13
"""Bytes that a decompressor gets at once: a megabyte of empty members took 4 s with a whole chunk, 0.1 s so."""
_BLANK = b" \t\r\n\0\x1e"
_AHEAD = 1 << 13
"""Bytes that lines are cut from: few, as all are copied where blank lines are looked for."""


class Refused(Exception):  # noqa: N818 - a verdict on one input, caught inside reading, never an error of the run
    """An input, or the rest of it, cannot be used; the message says why."""


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Meter(io.RawIOBase):
    """Count the bytes that pass, and report them now and then."""

    def __init__(self, inner: _Readable, report: Callable[[int], None] | None) -> None:
        self._inner = inner
        self._report = report
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer in the stubs
        # Filled as far as there is data: a pipe gives little at a time, and the format is told from the first buffer.
        size = 0
        while size < len(buffer) and (data := self._inner.read(len(buffer) - size)):
            buffer[size : size + len(data)] = data
            size += len(data)
        self.count += size
        if self._report is not None and size:
            self._report(self.count)
        return size


class _Unzipped(io.RawIOBase):
    """Decompress gzip members one after the other, and stop where much more comes out than any news text makes."""

    def __init__(self, packed: io.BufferedReader, limits: Limits) -> None:
        self._packed = packed
        self._limits = limits
        self._member = zlib.decompressobj(wbits=31)
        self._chunk, self._at = b"", 0  # what was read of the file, and how far it was handed on
        self._in = self._out = 0
        self._verdict: Refused | None = None
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = 0
        while size < len(buffer) and self._verdict is None and not (self._member.eof and not self._next_member()):
            try:
                data = self._some(len(buffer) - size)
            except Refused as verdict:
                self._verdict = verdict  # told when what came before it has been read
                break
            buffer[size : size + len(data)] = data
            size += len(data)
        self._out += size
        if size == 0 and self._verdict is not None:
            raise self._verdict
        if self._out > max(self._limits.gzip_free_bytes, self._limits.gzip_ratio * self._in):
            raise Refused(f"gzip data grows over {self._limits.gzip_ratio} times; not read further")
        return size

    def _some(self, most: int) -> bytes:
        packed = self._member.unconsumed_tail or self._slice()
        try:
            data = self._member.decompress(packed, most)  # with nothing packed left: what the decompressor still holds
        except zlib.error as error:
            raise Refused(f"damaged gzip data: {error}") from error
        if not packed and not data and not self._member.eof:
            raise Refused("gzip data ends early: the file is truncated")
        return data

    def _slice(self) -> bytes:
        """The next bytes of the file: few, as all that lie behind the end of a member are copied."""
        if self._at >= len(self._chunk):
            self._chunk, self._at = self._more(), 0
        start, self._at = self._at, min(self._at + _SLICE, len(self._chunk))
        return self._chunk[start : self._at]

    def _more(self) -> bytes:
        more = self._packed.read1(CHUNK)
        self._in += len(more)
        return more

    def _next_member(self) -> bool:
        if self._ended:  # buffers ask again behind the end
            return False
        self._at -= len(self._member.unused_data)
        if len(self._chunk) - self._at < len(_GZIP):  # the mark may lie on both sides of where reading paused
            self._chunk, self._at = self._chunk[self._at :] + self._more(), 0
        if not self._chunk.startswith(_GZIP, self._at):  # padding or a stray tail, which gzip itself passes over
            self._ended = True
            return False
        self._member = zlib.decompressobj(wbits=31)
        return True


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
    location: bytes | BinaryIO, limits: Limits, report: Callable[[int], None] | None = None, *, pipe: bool = False
) -> Iterator[io.BufferedReader]:
    """Open a path or a byte stream, gzip undone whatever the name says.

    `report` is called with the number of bytes consumed, before decompression. A named `pipe` is waited for; what
    became one since it was found is refused.

    Raises:
        Refused: not a file, or (also while reading) damaged gzip data.
        OSError: the file cannot be opened or read.
    """
    if isinstance(location, bytes):
        _check_kind(os.stat(location), pipe=pipe)
        with open(location, "rb", buffering=0, opener=None if pipe else _without_waiting) as file:
            _check_kind(os.fstat(file.fileno()), pipe=pipe)  # it may be another one by now
            yield _unpacked(file, limits, report)
    else:
        yield _unpacked(location, limits, report)


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
    """The lines of a stream in UTF-8 or an 8-bit encoding, one at a time; a mark at the start is taken off.

    Raises:
        Refused: the file is over `file_bytes`; the lines before were given.
    """
    start = mark_of(stream.peek(4)[:4])
    if start == "utf-8-sig":
        stream.read(3)
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


def _unpacked(raw: BinaryIO, limits: Limits, report: Callable[[int], None] | None) -> io.BufferedReader:
    metered: io.RawIOBase = _Meter(raw, report)
    stream: io.BufferedReader = io.BufferedReader(metered, CHUNK)
    if stream.peek(2)[:2] == _GZIP:
        return io.BufferedReader(_Unzipped(stream, limits), CHUNK)
    return stream
