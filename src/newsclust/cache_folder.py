"""Where newsclust keeps what it can build again: the built-in model and vectors."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "NEWSCLUST_CACHE"


def cache_folder() -> Path:
    """The folder NEWSCLUST_CACHE names, else the user's cache folder; it need not exist."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("newsclust", appauthor=False))


def private_folder(folder: Path) -> Path:
    """Create the folder, readable by its owner only, and return it. OSError where that cannot be done."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a new file, readable by its owner only, and wait until the disk has it. OSError where that fails."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
