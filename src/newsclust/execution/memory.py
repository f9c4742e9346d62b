"""Whether the process may use the memory that it takes to begin, and how it gives memory back."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from newsclust.errors import NewsclustError

MIB = 1 << 20
LEAST = 600 * MIB
"""Address space that a command needs: grouping three articles with one thread reserves 560 MiB, most of it for the
buffers of OpenBLAS, which never returns where it gets none."""
RETURNED_FROM = MIB
_M_MMAP_THRESHOLD = -3  # of <malloc.h>


def require_memory() -> None:
    """Raise NewsclustError under a limit on the address space (ulimit -v) that the numeric libraries do not fit in.

    Under any limit products of matrices get one thread: each thread reserves as much again, before it does anything.
    Call it before a numeric library is loaded.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return
    if limit < LEAST:
        raise NewsclustError(
            f"out of memory: this process may use {limit // MIB} MiB (ulimit -v), newsclust needs {LEAST // MIB} MiB"
        )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def return_what_is_freed() -> None:
    """Have each array of RETURNED_FROM bytes and more mapped by itself, so that what is freed goes back at once.

    glibc raises that bound to the largest array that was freed, up to 32 MiB, and keeps all smaller ones in its heap,
    where those that stay hold the freed ones around them: of 40,946 articles 300 MB. Elsewhere nothing is done.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, RETURNED_FROM)


def return_gaps() -> None:
    """Give back what small objects left between those that stay: of 40,946 articles 160 MB, in 20 ms.

    For the end of a stage that made many. Elsewhere than in glibc nothing is done.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def lacks_memory(error: BaseException) -> bool:
    """Say whether memory ran out. A library that finds none while it is loaded is an ImportError."""
    return isinstance(error, MemoryError) or (
        isinstance(error, ImportError) and ("failed to map" in str(error) or "allocate memory" in str(error))
    )
