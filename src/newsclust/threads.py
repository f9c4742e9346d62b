"""How many threads the process may use."""

from __future__ import annotations

import os

THREADS_VARIABLE = "NEWSCLUST_THREADS"

# The numeric libraries size their pools when they are loaded, so these must be set before the first import of them.
_LIBRARY_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def limit_threads(count: int) -> None:
    """Hold this process, and those it starts, to `count` threads a pool. Call it before a numeric library is loaded."""
    for name in (THREADS_VARIABLE, *_LIBRARY_VARIABLES):
        os.environ[name] = str(count)


def thread_count() -> int:
    """Return how many threads to use: NEWSCLUST_THREADS where it is a positive number, else the usable cores."""
    given = os.environ.get(THREADS_VARIABLE, "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    if hasattr(os, "sched_getaffinity"):  # cores this process may run on, fewer than cpu_count() in a container
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
