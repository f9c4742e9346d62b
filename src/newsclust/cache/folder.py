"""Where newsclust keeps what it can build again: the built-in model, vectors and results."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from newsclust.errors import CacheError

CACHE_VARIABLE = "NEWSCLUST_CACHE"


def cache_folder() -> Path:
    """The folder NEWSCLUST_CACHE names, else the user's cache folder; it need not exist.

    Raises CacheError for a user without a home folder, where the variable names none.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(os.path.expanduser(named))
    import platformdirs

    folder = Path()
    with suppress(RuntimeError):  # what newer versions raise where nothing says whose home "~" is
        folder = Path(platformdirs.user_cache_dir("newsclust", appauthor=False))
    if not folder.is_absolute():  # what older ones give: "~/.cache", which would become a folder named "~"
        raise CacheError(f"this user has no home folder to keep a cache in: name a folder with {CACHE_VARIABLE}")
    return folder


def private_folder(folder: Path) -> Path:
    """Create the folder and what is missing above it, readable by their owner only, and return it.

    Raises OSError where that cannot be done.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):  # mkdir(parents=True) would give those above whatever mode the umask leaves
        with suppress(FileExistsError):  # another process was faster
            path.mkdir(mode=0o700)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a new file, readable by its owner only, and wait until the disk has it. OSError where that fails."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
