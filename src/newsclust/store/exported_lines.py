"""Lines of `newsclust export`, read back; what they hold is checked, as the file may be from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsclust.articles import UNDETERMINED, Article
from newsclust.errors import InputError
from newsclust.store.rows import content_hash, storable


@dataclass(frozen=True, slots=True)
class ExportedLine:
    """An article as it was exported: with the ids of its story and event, and those that lead to the story."""

    article: Article
    content: bytes
    story: str | None
    event: str | None
    aliases: tuple[str, ...]
    added: float | None


def read_lines(lines: Iterable[str], name: str, retired: list[str]) -> Iterator[ExportedLine]:
    """The articles of `lines`; ids that must not be given again go to `retired`. `name` is the input's, for messages.

    Raises InputError for a line that is not an exported article.
    """
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise TypeError(f"a JSON object is wanted, not {type(value).__name__}")
            retired += _texts(value, "retired")
            yield _line(value)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise InputError(
                f"{name}:{place}: not an article of newsclust export ({type(error).__name__}: {error}); raw articles "
                "are read by newsclust group"
            ) from error


def _line(value: Mapping[str, Any]) -> ExportedLine:
    article = Article(
        id=storable(_checked(value["id"], str, "id")),
        title=_text(value, "title"),
        text=storable(_checked(value["text"], str, "text")),
        path=_text(value, "path") or "",
        language=_text(value, "language") or UNDETERMINED,
        published=_moment(value, "published"),
        url=_text(value, "url"),
        source=_text(value, "source"),
        extra=_extra(value),
        furniture=tuple(_texts(value, "furniture")),
    )
    added = _moment(value, "added")
    return ExportedLine(
        article,
        bytes.fromhex(content) if (content := _text(value, "hash")) else content_hash(article),
        _text(value, "story"),
        _text(value, "event"),
        tuple(_texts(value, "aliases")),
        added.timestamp() if added else None,
    )


def _text(value: Mapping[str, Any], key: str) -> str | None:
    return storable(_checked(value[key], str, key)) if value.get(key) is not None else None


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    return [storable(_checked(item, str, key)) for item in _checked(value.get(key) or [], list, key)]


def _extra(value: Mapping[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = _checked(value.get("extra") or {}, dict, "extra")
    json.dumps(extra, allow_nan=False)  # ValueError for what JSON cannot write again: NaN, 1e999
    return extra


def _moment(value: Mapping[str, Any], key: str) -> datetime | None:
    text = _text(value, key)
    moment = datetime.fromisoformat(text) if text else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"{key} {text!r} has no time zone")
    return moment.astimezone(UTC) if moment else None  # OverflowError where that is no year of the calendar


def _checked(value: Any, kind: type, key: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{key!r} is {type(value).__name__}, not {kind.__name__}")
    return value
