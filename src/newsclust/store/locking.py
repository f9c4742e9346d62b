"""One writer at a time: an advisory lock in a file beside the store, with the holder's process id in it.

The operating system lets go of the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsclust.errors import StoreError, StoreLocked

LOCK_ENDING = ".lock"


@contextmanager
def only_writer(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the store's lock while the block runs, waiting up to `wait` seconds for it.

    Raises StoreLocked when another process keeps it, StoreError when the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    file = path.with_name(path.name + LOCK_ENDING)
    lock = FileLock(file, mode=0o600)
    try:
        lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout:
        waited = f" after {wait:g} s" if wait else ""
        raise StoreLocked(
            f"{path}: another run holds the store{_holder(file)}{waited}; try again later, or wait with --wait SECONDS"
        ) from None
    except OSError as error:
        raise StoreError(f"{file}: cannot lock the store: {os.strerror(error.errno or 0)}") from error
    try:
        with suppress(OSError):  # the lock holds without the note
            file.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        lock.release()


def _holder(file: Path) -> str:
    with suppress(OSError, ValueError):
        return f" (process {int(file.read_text(encoding='ascii'))})"
    return ""
