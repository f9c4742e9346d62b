"""How a stage says how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]
"""Called with the number of items done since the last call."""


class Progress(Protocol):
    """Who listens: a bar in a terminal, a log, or nobody."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Advance]:
        """Open a stage of `total` items (None: not known beforehand); the block calls what it is given to advance."""
        ...


class _Silent:
    """Nobody listens."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Take every advance and show nothing."""
        yield _ignore


def _ignore(items: int) -> None:
    pass


SILENT: Progress = _Silent()
"""The default of every stage."""
