"""Dataclasses as plain values that JSON can write, and back by their annotations. An article is its id.

Numbers come back bit by bit: JSON writes a float with as many digits as tell it from all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from newsclust.articles import Article


def plain(value: Any) -> Any:
    """Lists, dicts with names as keys, strings and numbers that say the same as the value."""
    if isinstance(value, Article):
        return value.id
    if is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value  # an array, a number of NumPy


def revived(kind: Any, value: Any, articles: Mapping[str, Article]) -> Any:
    """The value of this type that `plain` made plain, with these articles in it.

    Raises LookupError, TypeError or ValueError for what is no such value.
    """
    if kind is Article:
        return articles[value]
    if isinstance(kind, type) and is_dataclass(kind):
        kinds = hints(kind)
        return kind(**{name: revived(kinds[name], item, articles) for name, item in zip(kinds, value, strict=True)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else revived(inner[0], value, articles)
    if origin is tuple:
        return tuple(revived(inner[0], item, articles) for item in value)
    if origin is Mapping:
        return {key: revived(inner[1], item, articles) for key, item in value.items()}
    if origin is Literal:
        return value
    return kind(value) if origin is None else _array(value)


@lru_cache(maxsize=32)
def hints(kind: type) -> dict[str, Any]:
    """The type of each field, in the order of the fields."""
    known = get_type_hints(kind)
    return {field.name: known[field.name] for field in fields(kind)}


def _array(rows: Any) -> Any:
    import numpy as np

    return np.array(rows, np.float64)
