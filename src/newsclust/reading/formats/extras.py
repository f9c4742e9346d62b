"""Libraries that read other people's formats: one that is not installed, or that trips, costs its file one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newsclust.reading.records import Refused

_SHOWN = 120
"""Characters of a library's complaint that a reason quotes."""


@contextmanager
def needing(extra: str, kind: str) -> Iterator[None]:
    """Import inside this what an optional part of newsclust brings.

    Raises:
        Refused: it is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise Refused(f"{kind}; pip install 'newsclust[{extra}]' reads it") from error


@contextmanager
def reading(kind: str) -> Iterator[None]:
    """Let a library read data of this kind inside this: whatever it trips over, the data is damaged.

    Raises:
        Refused: it tripped.
    """
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:  # parsers of hostile data raise what they like
        said = " ".join(f"{type(error).__name__} {error}".encode("utf-8", "replace").decode().split())
        raise Refused(f"damaged {kind}, or none: {said[:_SHOWN]}") from error
