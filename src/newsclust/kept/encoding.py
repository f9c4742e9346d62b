"""Dataclasses as plain values that JSON can write, and back by their annotations. An article is its id.

Numbers come back bit by bit: JSON writes a float with as many digits as tell it from all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from newsclust.articles import Article

Revive: TypeAlias = Callable[[Any, Mapping[str, Article]], Any]
"""Gives the value that a plain one stands for, with these articles in it.

Raises AttributeError, LookupError, TypeError or ValueError for what stands for none.
"""


def plain(value: Any) -> Any:
    """Lists, dicts with names as keys, strings and numbers that say the same as the value."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Article):
        return value.id
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    kind: Any = type(value)
    if is_dataclass(value):
        return [plain(getattr(value, name)) for name in field_types(kind)]
    return value.tolist() if hasattr(value, "tolist") else value  # an array


@lru_cache(maxsize=64)
def reviving(kind: Any) -> Revive:
    """What makes values of this type again of what `plain` made of them."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Article:
        return lambda value, articles: articles[value]
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if origin in (Union, UnionType):
        some = reviving(inner[0])
        return lambda value, articles: None if value is None else some(value, articles)
    if origin is tuple:
        each = reviving(inner[0])
        return lambda values, articles: tuple([each(value, articles) for value in values])
    if origin is Mapping:
        named = reviving(inner[1])
        return lambda values, articles: {key: named(value, articles) for key, value in values.items()}
    if origin is Literal:
        return lambda value, articles: value
    return _array if origin else lambda value, articles: kind(value)


def _dataclass(kind: Any) -> Revive:
    parts = [(name, reviving(part)) for name, part in field_types(kind).items()]
    return lambda values, articles: kind(
        **{name: part(value, articles) for (name, part), value in zip(parts, values, strict=True)}
    )


@lru_cache(maxsize=64)
def field_types(kind: type) -> dict[str, Any]:
    """The type of each field, in the order of the fields."""
    types = get_type_hints(kind)
    return {field.name: types[field.name] for field in fields(kind)}


def _array(rows: Any, articles: Mapping[str, Article]) -> Any:
    import numpy as np

    return np.array(rows, np.float64)
