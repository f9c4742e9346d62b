"""What a Dask worker does with a piece of work; needs no Dask to be imported."""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from newsclust.errors import ClusterError, ModelError, NewsclustError
from newsclust.execution.threads import THREADS_VARIABLE, steady

STATISTICS = ("background.npz", "calibration.json")

_ALONE = threading.Lock()
"""One piece at a time in a process: not every library that parses is safe in threads, and Python runs one of them at a
time anyway. The encoder, which runs outside Python, uses all threads of the worker by itself."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What must be the same everywhere for the same bytes to come out; as people read it."""

    newsclust: str
    model: str
    statistics: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A piece that could not be done: where, what kind of error it is, its message, and whether the worker is unfit."""

    worker: str
    kind: type[NewsclustError]
    message: str
    refused: bool = False


@lru_cache(maxsize=1)
def stamp() -> Stamp:
    """The stamp of this process; opens the built-in model, which is built where it is not yet. Never raises."""
    from newsclust.encoders.builtin.parts import open_builtin_model

    try:
        own = version("newsclust")
    except PackageNotFoundError:
        own = "not installed as a package"
    try:
        model = open_builtin_model().model_id
    except ModelError as error:
        model = f"none ({error})"
    data = files("newsclust").joinpath("data")
    checksum = 0
    for name in STATISTICS:
        checksum = zlib.crc32(data.joinpath(name).read_bytes(), checksum)
    return Stamp(own, model, f"{checksum:08x}")


def difference(theirs: Stamp, ours: Stamp) -> str:
    """What tells two stamps apart: "newsclust 0.0.9, ours is 0.1.0"; "" where nothing does."""
    names = {"newsclust": "newsclust", "model": "the model", "statistics": "statistics with checksum"}
    found = [(text, getattr(theirs, name), getattr(ours, name)) for name, text in names.items()]
    return "; ".join(f"{text} {there}, ours is {here}" for text, there, here in found if there != here)


def run_piece(function: Callable[..., Any], expected: Stamp, piece: Any, *shared: Any) -> Any:
    """`function(piece, *shared)`, or a Failure that says why there is no answer.

    Errors travel as plain text, since not every one can be pickled.
    """
    worker, threads = _whoami()
    with _ALONE:
        os.environ.setdefault(THREADS_VARIABLE, str(threads))
        if other := difference(stamp(), expected):
            return Failure(worker, ClusterError, f"it has {other}", refused=True)
        try:
            return steady(function)(piece, *shared)
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
