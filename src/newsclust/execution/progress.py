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


class _Told:
    """A function listens."""

    def __init__(self, tell: Callable[[str, int, int | None], None]) -> None:
        self._tell = tell

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Tell the function that the stage begins, and how far it is."""
        done = 0

        def advance(items: int) -> None:
            nonlocal done
            done += items
            self._tell(name, done, total)

        self._tell(name, 0, total)
        yield advance


def told_to(tell: Callable[[str, int, int | None], None]) -> Progress:
    """Make a function the listener: it is called with a stage's name, how much of it is done, and of how much."""
    return _Told(tell)
