"""What a Dask worker does with a chunk; needs no Dask to be imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

from newsclust.errors import ClusterError, NewsclustError
from newsclust.execution.threads import THREADS_VARIABLE, one_blas_thread

Fingerprint: TypeAlias = Callable[[], Mapping[str, str]]
"""Names what must be equal in two processes for equal bytes to come out, beside the version of newsclust: a function
at the top of a module, since workers call it too."""

Stamp: TypeAlias = Mapping[str, str]
"""The version of newsclust, and what the fingerprint names; as people read it."""

_ALONE = threading.Lock()
"""One chunk at a time in a process: not every library that parses is safe in threads, and Python runs one of them at a
time anyway. The encoder, which runs outside Python, uses all threads of the worker by itself."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A chunk that could not be done: where, what kind of error it is, its message, and whether the worker is unfit."""

    worker: str
    kind: type[NewsclustError]
    message: str
    refused: bool = False


def version_alone() -> Stamp:
    """Name nothing beside the version: the fingerprint of chunks that need neither model nor statistics."""
    return {}


@lru_cache(maxsize=4)
def stamp(fingerprint: Fingerprint) -> Stamp:
    """The stamp of this process."""
    try:
        own = version("newsclust")
    except PackageNotFoundError:
        own = "not installed as a package"
    return {"newsclust": own, **fingerprint()}


def difference(theirs: Stamp, ours: Stamp) -> str:
    """What tells two stamps apart: "newsclust 0.0.9, ours is 0.1.0"; "" where nothing does."""
    return "; ".join(
        f"{name} {theirs.get(name)}, ours is {value}" for name, value in ours.items() if theirs.get(name) != value
    )


def run_chunk(function: Callable[..., Any], fingerprint: Fingerprint, expected: Stamp, chunk: Any, *shared: Any) -> Any:
    """`function(chunk, *shared)`, or a Failure that says why there is no answer.

    A process whose stamp is not the `expected` one refuses. Errors travel as plain text, since not every one can be
    pickled.
    """
    worker, threads = _whoami()
    with _ALONE:
        os.environ.setdefault(THREADS_VARIABLE, str(threads))
        if other := difference(stamp(fingerprint), expected):
            return Failure(worker, ClusterError, f"it has {other}", refused=True)
        try:
            return one_blas_thread(function)(chunk, *shared)
        except NewsclustError as error:
            return Failure(worker, type(error), str(error))
        except Exception as error:
            return Failure(worker, ClusterError, f"{type(error).__name__}: {error}")


def _whoami() -> tuple[str, int]:
    """The worker's name and address, and its threads."""
    from distributed import get_worker

    worker = get_worker()
    return named(str(worker.name), worker.address), worker.state.nthreads


def named(name: str, address: str) -> str:
    """A worker as messages call it: "tcp://10.0.0.7:4321", with its name where it has one of its own."""
    return address if name in ("", address) else f"{name} at {address}"
