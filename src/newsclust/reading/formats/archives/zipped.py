"""Zip archives: read in place, entry by entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from newsclust.reading.formats.archives.entries import Entry, read_entries, seekable
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.extras import reading
from newsclust.reading.records import Parsed, Refused

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

START = b"PK\x03\x04"
"""What a zip file with anything in it begins with."""

_DIRECTORY_ENTRY = 128
"""Bytes of an archive's directory that one entry takes, with a name of common length."""
_ENCRYPTED = 0x1
_UNICODE_NAME = 0x800
_NAMELESS = "?"


class _BoundedReads(io.BufferedIOBase):
    """A stream that gives no more at once than the directory of the largest archive that is read.

    zipfile asks for the whole directory in one piece, and holds twenty times its size.
    """

    def __init__(self, inner: io.BufferedReader, entries: int) -> None:
        self._inner = inner
        self._entries = entries

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._entries * _DIRECTORY_ENTRY:
            raise Refused(f"more than {self._entries:,} files in one zip archive; not read")
        return self._inner.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def seekable(self) -> bool:
        return True


@contextmanager
def zip_file(given: Input, kind: str) -> Iterator[ZipFile]:
    """The input as a zip file of this kind, its directory read.

    Raises:
        Refused: it is none, or has too many entries.
    """
    from zipfile import ZipFile

    with reading(kind):
        packed = ZipFile(_BoundedReads(seekable(given), given.limits.archive_entries))
    with packed:
        yield packed


def _read_zip(given: Input) -> Parsed:
    with zip_file(given, "zip archive") as packed:
        entries = [_entry(packed, info) for info in packed.infolist() if not info.filename.endswith("/")]
        yield from read_entries(given, sorted(entries, key=lambda entry: entry.name), "zip archive")


def _entry(packed: ZipFile, info: ZipInfo) -> Entry:
    trouble = "encrypted; unpack it and name the folder" if info.flag_bits & _ENCRYPTED else ""
    return Entry(_name(info), partial(packed.open, info), trouble)


def _name(info: ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without saying so."""
    if not info.flag_bits & _UNICODE_NAME:
        with suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8") or _NAMELESS
    return info.filename or _NAMELESS


def _begins_archive(start: bytes) -> bool:
    """Whether data is a zip archive, and not the zipped parts of an office document, which begin with their list."""
    first = start[30:60]
    return start.startswith((START, b"PK\x05\x06")) and not first.startswith((b"[Content_Types].xml", b"mimetype"))


ZIP = InputFormat("zip", (".zip",), _begins_archive, _read_zip, binary=True, named=True)
