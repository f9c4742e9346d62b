"""Compressed data undone on the way, whatever its name says, and never to more than its file may hold."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Protocol

from newsclust.reading.formats.extras import needing
from newsclust.reading.limits import MIB, Limits
from newsclust.reading.records import Refused
from newsclust.text.display import size_in_words

CHUNK = 1 << 18
"""Bytes read at once."""

LARGEST_DICTIONARY = 128 * MIB
"""Memory that undoing xz may take. `xz -9` takes 65 MiB; zstandard has the same bound by itself."""

_SLICE = 1 << 13
"""Bytes that a decompressor gets at once: a megabyte of empty members took 4 s with a whole chunk, 0.1 s so."""

_ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_SHORT: Mapping[str, str] = MappingProxyType(
    {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar", ".svgz": ".svg"}
)


class Allowance:
    """How much may come out of one file at all depths of packing, by what was read of it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.read = 0
        self.unpacked = 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            Refused: they are more than any news text makes.
        """
        self.unpacked += size
        if self.unpacked > max(self._limits.packed_free_bytes, self._limits.packed_ratio * self.read):
            raise Refused(f"packed data grows over {self._limits.packed_ratio} times; not read further")
        if self.unpacked > self._limits.file_bytes:
            raise Refused(f"unpacks to more than {size_in_words(self._limits.file_bytes)}; not read further")


def extension_of(name: str) -> str:
    """The extension of a file's name in lower case, that of what is inside where it is compressed; "" for none."""
    path = PurePath(PurePath(name).name.lower())
    if path.suffix in _ENDINGS:
        path = path.with_suffix("")
    return _SHORT.get(path.suffix, path.suffix)


def undone(packed: io.BufferedReader, allowance: Allowance) -> io.BufferedReader:
    """The stream, or what it says where it is compressed.

    Raises:
        Refused: zstandard data, where nothing is installed that undoes it.
    """
    start = packed.peek(16)[:16]
    kind = next((name for name, (marks, _) in _KINDS.items() if start.startswith(marks)), None)
    if kind is None:
        return packed
    marks, new = _KINDS[kind]
    return io.BufferedReader(_Undone(packed, allowance, kind, marks, new), CHUNK)


class _Decompressor(Protocol):
    """What bz2, lzma and zstandard share: one member is undone, a bounded piece at a time."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """A gzip member behind the same members as the others have."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _bzip2() -> _Decompressor:
    from bz2 import BZ2Decompressor

    return BZ2Decompressor()


def _xz() -> _Decompressor:
    from lzma import FORMAT_XZ, LZMADecompressor

    return LZMADecompressor(FORMAT_XZ, memlimit=LARGEST_DICTIONARY)


def _zstandard() -> _Decompressor:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdDecompressor
    else:
        with needing("documents", "zstandard data"):
            from backports.zstd import ZstdDecompressor
    return ZstdDecompressor()


_KINDS: Mapping[str, tuple[tuple[bytes, ...], Callable[[], _Decompressor]]] = MappingProxyType(
    {
        "gzip": ((b"\x1f\x8b",), _Gzip),
        "bzip2": (tuple(b"BZh%d1AY&SY" % level for level in range(1, 10)), _bzip2),
        "xz": ((b"\xfd7zXZ\0",), _xz),
        # The others are frames to pass over, which tools that pack in parallel begin with.
        "zstandard": ((b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16))), _zstandard),
    }
)
"""Kinds of compression: how a member begins, and what undoes one."""


class _Undone(io.RawIOBase):
    """Undo members one after the other, and stop where much more comes out than any news text makes."""

    def __init__(
        self,
        packed: io.BufferedReader,
        allowance: Allowance,
        kind: str,
        marks: tuple[bytes, ...],
        new: Callable[[], _Decompressor],
    ) -> None:
        self._packed = packed
        self._allowance = allowance
        self._kind, self._marks, self._new = kind, marks, new
        self._member = new()
        self._chunk, self._at = b"", 0  # what was read of the file, and how far it was handed on
        self._verdict: Refused | None = None
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer in the stubs
        size = 0
        while size < len(buffer) and self._verdict is None and not (self._member.eof and not self._next_member()):
            try:
                data = self._some(len(buffer) - size)
            except Refused as verdict:
                self._verdict = verdict  # told when what came before it has been read
                break
            buffer[size : size + len(data)] = data
            size += len(data)
        if size == 0 and self._verdict is not None:
            raise self._verdict
        self._allowance.spend(size)
        return size

    def _some(self, most: int) -> bytes:
        hungry = self._member.needs_input
        packed = self._slice() if hungry else b""
        try:
            data = self._member.decompress(packed, most)  # with nothing packed left: what the decompressor still holds
        except Exception as error:  # each library has an error of its own
            raise Refused(f"damaged {self._kind} data: {error}") from error
        if hungry and not packed and not data and not self._member.eof:
            raise Refused(f"{self._kind} data ends early: the file is truncated")
        return data

    def _slice(self) -> bytes:
        """The next bytes of the file: few, as all that lie behind the end of a member are copied."""
        if self._at >= len(self._chunk):
            self._chunk, self._at = self._packed.read1(CHUNK), 0
        start, self._at = self._at, min(self._at + _SLICE, len(self._chunk))
        return self._chunk[start : self._at]

    def _next_member(self) -> bool:
        if self._ended:  # buffers ask again behind the end
            return False
        self._at -= len(self._member.unused_data)
        if len(self._chunk) - self._at < max(map(len, self._marks)):  # the mark may lie on both sides of a pause
            self._chunk, self._at = self._chunk[self._at :] + self._packed.read1(CHUNK), 0
        if not self._chunk.startswith(self._marks, self._at):  # padding or a stray tail, which gzip itself passes over
            self._ended = True
            return False
        self._member = self._new()
        return True
