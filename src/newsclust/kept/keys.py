"""What decides a result, as one hash: the articles read, the settings, and everything that works on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

from newsclust.articles import Article
from newsclust.cache.working import working
from newsclust.kept.encoding import plain
from newsclust.settings import BUILTIN_MODEL, Effort, Settings

_FIELDS = tuple(field.name for field in fields(Article))


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
    yield {"settings": settings.as_dict(), "profile": _profile(settings), **working()}
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
