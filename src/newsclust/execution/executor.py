"""How independent pieces of work are run: one after the other in this process, or somewhere else; answers in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")


class Work(Protocol):
    """Who runs the pieces. What a piece gives depends on the piece alone, so it never matters who, when or how often.

    `remote` says whether pieces leave this process: then the function is found by its name elsewhere, and it, the
    pieces, what they share and the answers are pickled. `by_value` says whether input goes as bytes, not as a path.
    `threads` is the number of pieces that run at one time.
    """

    @property
    def remote(self) -> bool:
        """Whether pieces leave this process."""
        ...

    @property
    def by_value(self) -> bool:
        """Whether the bytes of input files go with the pieces."""
        ...

    @property
    def threads(self) -> int:
        """Pieces that run at one time."""
        ...

    def map(self, function: Callable[..., R], pieces: Iterable[Any], *shared: Any) -> Iterator[R]:
        """`function(piece, *shared)` of each piece, in order; `pieces` is read as the work goes on."""
        ...


class _InProcess:
    """One piece after the other, here, each when its answer is asked for."""

    remote = False
    by_value = False
    threads = 1

    def map(self, function: Callable[..., R], pieces: Iterable[Any], *shared: Any) -> Iterator[R]:
        return (function(piece, *shared) for piece in pieces)


IN_PROCESS: Work = _InProcess()
"""The default of every stage."""


def in_pieces(items: Sequence[P], size: int) -> list[Sequence[P]]:
    """The items in runs of `size`, the last one shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]
