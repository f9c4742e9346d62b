"""What SQLite gives back whole and newsclust cannot read: a row that was not written by it, or was altered since."""

from __future__ import annotations

import functools
import json
import math
import sqlite3
import zlib
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from newsclust.stories import Relation

_P = ParamSpec("_P")
_R = TypeVar("_R")

BY_OTHERS = (ValueError, TypeError, LookupError, OverflowError, RecursionError, AttributeError, zlib.error)
"""What reading made-up bytes, JSON and dates ends in."""


class Unreadable(sqlite3.DatabaseError):
    """A damaged row; `opening` makes a StoreError of it as of SQLite's own errors."""


def unreadable(what: str, error: Exception) -> Unreadable:
    """What is said of `what` when reading it ended in one of BY_OTHERS."""
    return Unreadable(f"{what} cannot be read: {type(error).__name__}: {error}")


def decoding(what: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Name `what` a function reads out of the store where it cannot be read."""

    def named(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def decoded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return function(*args, **kwargs)
            except BY_OTHERS as error:
                raise unreadable(what, error) from error

        return decoded

    return named


@decoding("a list of names")
def names_in(text: str) -> list[str]:
    """A list of strings, kept as JSON."""
    names = json.loads(text)
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise TypeError(f"{text[:60]!r} is no list of strings")
    return names


@decoding("a headline")
def headlines_in(text: str) -> dict[str, str]:
    """Headlines by language, kept as JSON."""
    headlines = json.loads(text)
    if not (isinstance(headlines, dict) and all(isinstance(line, str) for line in headlines.values())):
        raise TypeError(f"{text[:60]!r} are no headlines")
    return headlines


@decoding("how an article is a version of another")
def relation_in(value: str | None) -> Relation:
    """A relation by its name; stores that were made before relations were told hold copies alone."""
    return Relation.COPY if value is None else Relation(value)


@decoding("a probability")
def share_in(value: Any) -> float:
    """A number between 0 and 1."""
    if not (isinstance(value, float | int) and math.isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"{value!r} is not between 0 and 1")
    return float(value)
