"""Which inputs are read together, by one worker, and how they get there: by path, or with their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsclust.errors import InputError
from newsclust.reading.limits import MIB
from newsclust.reading.sources import Source

PIECE_BYTES = 4 * MIB
PIECE_FILES = 64
"""What one worker reads at a time: a second of pages (10 ms each) or a fifth of a second of rows."""
LARGEST_SENT = 8 * MIB
"""Bytes up to which a file is sent by value: it is held whole on its way."""
LARGEST_NAMED = 64 * MIB
"""Bytes up to which a file is read by a worker: its articles come back in one answer. Larger ones are streamed here."""


@dataclass(frozen=True, slots=True)
class Input:
    """One source to read elsewhere; `content` holds its bytes, or None where the worker opens the path itself."""

    source: Source
    content: bytes | None = None


Chunk = tuple[Input, ...]


def leaves(source: Source, *, by_value: bool) -> bool:
    """Whether this input can be read by a worker: a plain file that can be read here, and is not too large."""
    if source.location is None or source.size > (LARGEST_SENT if by_value else LARGEST_NAMED):
        return False
    try:
        return stat.S_ISREG(os.stat(source.location).st_mode) and os.access(source.location, os.R_OK)
    except OSError:
        return False


def chunks_of(sources: Sequence[Source], *, by_value: bool) -> Iterator[Chunk]:
    """The sources, in order, in chunks of bounded size; contents are read when the chunk is asked for."""
    waiting: list[Source] = []
    size = 0
    for source in sources:
        if waiting and (len(waiting) == PIECE_FILES or size + source.size > PIECE_BYTES):
            yield _chunk(waiting, by_value=by_value)
            waiting, size = [], 0
        waiting.append(source)
        size += source.size
    if waiting:
        yield _chunk(waiting, by_value=by_value)


def check_visible(source: Source) -> None:
    """Raise InputError where this process does not see the file as the one that found it did."""
    path = os.fsdecode(source.location or b"")
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened here: {error.strerror}; let workers share the file system, or send files with "
            "--ship value"
        ) from error
    if size != source.size:
        raise InputError(
            f"{path} has {size:,} bytes here, not {source.size:,}; let workers share the file system, or send files "
            "with --ship value"
        )


def _chunk(sources: Sequence[Source], *, by_value: bool) -> Chunk:
    return tuple(Input(source, _content(source) if by_value else None) for source in sources)


def _content(source: Source) -> bytes:
    try:
        with open(source.location or b"", "rb") as file:
            return file.read(LARGEST_SENT + 1)
    except OSError as error:
        raise InputError(f"{source.name} went away while it was read: {error.strerror}") from error
