"""How independent chunks are run: one after the other in this process, or somewhere else; answers in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
R = TypeVar("R")


class Executor(Protocol):
    """Who runs the chunks. What a chunk gives depends on the chunk alone, so it never matters who, when or how often.

    `remote` says whether chunks leave this process: then the function is found by its name elsewhere, and it, the
    chunks, what they share and the answers are pickled. `by_value` says whether input goes as bytes, not as a path.
    `threads` is the number of chunks that run at one time.
    """

    @property
    def remote(self) -> bool:
        """Whether chunks leave this process."""
        ...

    @property
    def by_value(self) -> bool:
        """Whether the bytes of input files go with the chunks."""
        ...

    @property
    def threads(self) -> int:
        """Chunks that run at one time."""
        ...

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        """`function(chunk, *shared)` of each chunk, in order; `chunks` is read as the work goes on."""
        ...


class _InProcess:
    """One chunk after the other, here, each when its answer is asked for."""

    remote = False
    by_value = False
    threads = 1

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        return (function(chunk, *shared) for chunk in chunks)


IN_PROCESS: Executor = _InProcess()
"""The default of every stage."""


def in_chunks(items: Sequence[P], size: int) -> list[Sequence[P]]:
    """The items in runs of `size`, the last one shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]
