"""Tar archives, compressed or not, read as they come."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import IO, TYPE_CHECKING, Any

from newsclust.reading.formats.archives.entries import Entry, read_entries
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.extras import reading
from newsclust.reading.limits import MIB
from newsclust.reading.records import Parsed, Refused

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo

LARGEST_HEADER = MIB
"""Bytes of a header: a name of 65,536 characters takes less. tarfile holds each as a whole."""

_MARK, _PLACE = b"ustar", 257


def _read_tar(given: Input) -> Parsed:
    import tarfile

    with reading("tar archive"):
        packed = tarfile.open(fileobj=given.stream, mode="r|", tarinfo=_bounded_header())  # noqa: SIM115 - closed below
    with packed:
        yield from read_entries(given, _entries(packed), "tar archive")


def _entries(packed: TarFile) -> Iterator[Entry]:
    """The files of an archive; links and devices are passed over."""
    while True:
        with reading("tar archive"):
            info = packed.next()
        if info is None:
            return
        packed.members = []  # type: ignore[attr-defined]  # tarfile keeps every header, to go back to
        if info.isreg():
            trouble = "a file with holes; unpack it and name the folder" if info.issparse() else ""
            yield Entry(info.name.encode("utf-8", "backslashreplace").decode(), partial(_open, packed, info), trouble)


def _open(packed: TarFile, info: TarInfo) -> IO[bytes]:
    content = packed.extractfile(info)
    if content is None:
        raise Refused("no file")
    return content


@cache
def _bounded_header() -> type[TarInfo]:
    import tarfile

    class BoundedHeader(tarfile.TarInfo):
        """A header that is refused where it is larger than any name or note in it may be."""

        def _proc_member(self, archive: TarFile) -> Any:
            if self.size > LARGEST_HEADER and not self.isreg() and not self.issparse():
                raise Refused("a header larger than 1 MiB; not read further")
            return super()._proc_member(archive)  # type: ignore[misc]  # meant for this, and unknown to the stubs

    return BoundedHeader


def _begins_tar(start: bytes) -> bool:
    return start[_PLACE : _PLACE + len(_MARK)] == _MARK


TAR = InputFormat("tar", (".tar",), _begins_tar, _read_tar, binary=True, signed=True, named=True)
