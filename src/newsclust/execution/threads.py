"""How many threads the process may use."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

THREADS_VARIABLE = "NEWSCLUST_THREADS"

# The numeric libraries size their pools when they are loaded, so these must be set before the first import of them.
LIBRARY_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


_P = ParamSpec("_P")
_R = TypeVar("_R")


_ONE_AT_A_TIME = threading.RLock()
"""The limit on products belongs to the whole process, and threadpoolctl lets one thread set it."""


def limit_threads(count: int) -> None:
    """Hold this process, and those it starts, to `count` threads a pool. Call it before a numeric library is loaded."""
    for name in (THREADS_VARIABLE, *LIBRARY_VARIABLES):
        os.environ[name] = str(count)


def thread_count() -> int:
    """Return how many threads to use: NEWSCLUST_THREADS where it is a positive number, else the usable cores."""
    given = os.environ.get(THREADS_VARIABLE, "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    if hasattr(os, "sched_getaffinity"):  # cores this process may run on, fewer than cpu_count() in a container
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def one_blas_thread(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run the function with one thread for products of matrices.

    How a product is divided among threads moves the last bits of its sums, and these decide between candidates that are
    nearly equal: 1 and 2 threads of OpenBLAS differ. Most of the time goes elsewhere. Where a program has several
    threads, one at a time gets in.
    """

    @functools.wraps(function)
    def limited(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from threadpoolctl import threadpool_limits

        with _ONE_AT_A_TIME, threadpool_limits(1, user_api="blas"):
            return function(*args, **kwargs)

    return limited
