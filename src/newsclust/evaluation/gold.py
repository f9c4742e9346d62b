"""Gold files and results, both as labels that can be compared.

A gold file has a row an article: JSON lines (also .gz) or CSV with the columns `id`, `story` and, where known, `event`;
`lang`, `title`, `text` and `date` make it an input as well. An empty or null label means not judged.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from newsclust.articles import Article
from newsclust.errors import InputError, UsageError
from newsclust.languages.codes import language_code
from newsclust.reading.dates import parse_date
from newsclust.stories import ClusterResult

_CELL_LIMIT = 1 << 27
Labels = dict[str, str | None]


class Level(StrEnum):
    """Which of the two groupings is scored."""

    EVENT = "event"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file as read: its articles where it holds their texts (by id), and its labels.

    `stories` has a label for every row; `events` too, or is None where the file has no such column.
    """

    articles: tuple[Article, ...]
    stories: Mapping[str, str | None]
    events: Mapping[str, str | None] | None

    def labels(self, level: Level) -> Mapping[str, str | None]:
        """The labels a result is compared with; a file without events has the same for both levels."""
        return self.events if level is Level.EVENT and self.events is not None else self.stories


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two articles by id, and how different people found them: 1 (same story) to 4."""

    first: str
    second: str
    overall: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """A result as labels: `labels` of every article (None: unclustered), languages and headlines by id."""

    labels: Mapping[str, str | None]
    languages: Mapping[str, str]
    titles: Mapping[str, str]


def read_gold(path: str) -> GoldSet:
    """Read a gold file.

    Raises:
        UsageError: there is no such file.
        InputError: it cannot be read; a row is malformed, lacks `id` or `story`, or repeats an id.
    """
    rows: dict[str, Mapping[str, Any]] = {}
    for where, row in _rows(path):
        article_id = _required(row, "id", where)
        if "story" not in row:
            raise InputError(f"{where}: no column 'story' in {sorted(row)}: a gold file needs the columns id and story")
        if article_id in rows:
            raise InputError(f"{where}: the id {article_id!r} appears twice; ids must be unique")
        rows[article_id] = row
    has_events = any("event" in row for row in rows.values())
    return GoldSet(
        articles=tuple(_article(article_id, row, path) for article_id, row in sorted(rows.items()) if _has_text(row)),
        stories={article_id: _label(row.get("story")) for article_id, row in rows.items()},
        events={article_id: _label(row.get("event")) for article_id, row in rows.items()} if has_events else None,
    )


def read_pairs(path: str) -> tuple[JudgedPair, ...]:
    """Read judged pairs: rows with the columns `id1`, `id2` and `overall`; raises as `read_gold` does."""
    pairs = []
    for where, row in _rows(path):
        value = _required(row, "overall", where)
        try:
            overall = float(value)
            if not math.isfinite(overall):
                raise ValueError(value)
        except ValueError as error:
            raise InputError(f"{where}: 'overall' is {value!r}, not a number") from error
        pairs.append(JudgedPair(_required(row, "id1", where), _required(row, "id2", where), overall))
    return tuple(pairs)


def grouping_of(result: ClusterResult, level: Level) -> Grouping:
    """Give a result as labels of one level."""
    labels: Labels = {entry.article.id: None for entry in result.unclustered}
    for story in result.stories:
        for member in story.members:
            labels[member.article.id] = story.id if level is Level.STORY else f"{story.id}/{member.event}"
    return Grouping(
        labels=labels,
        languages={article.id: article.language for article in result.articles},
        titles={article.id: article.headline for article in result.articles},
    )


def read_grouping(path: str, level: Level) -> Grouping:
    """Read a result that `newsclust group --format json` wrote; raises UsageError or InputError."""
    with _opened(path) as stream:
        data = _checked(lambda: json.loads(stream.read()), path)
    if not (isinstance(data, dict) and data.get("schema") == "newsclust/1"):
        raise InputError(f"{path}: not a result of `newsclust group --format json` (schema newsclust/1)")
    try:
        entries: list[tuple[str | None, Mapping[str, Any]]] = [(None, article) for article in data["unclustered"]]
        for story in data["stories"]:
            for article in story["articles"]:
                label = _string(story, "id")
                if level is Level.EVENT:
                    label += f"/{article['event']}"
                entries.append((label, article))
        return Grouping(
            labels={_string(article, "id"): label for label, article in entries},
            languages={article["id"]: _string(article, "language") for _, article in entries},
            titles={article["id"]: _string(article, "title" if article["title"] else "id") for _, article in entries},
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"{path}: the result is damaged: {type(error).__name__} {error}") from error


def _string(article: Mapping[str, Any], field: str) -> str:
    value = article[field]
    if not isinstance(value, str):
        raise TypeError(f"{field!r} is {type(value).__name__}, not str")
    return value


def in_articles(articles: Sequence[Article], pairs: Sequence[JudgedPair]) -> tuple[list[JudgedPair], list[str]]:
    """Part pairs whose articles are there from the ids that are not."""
    known = {article.id for article in articles}
    missing = sorted({i for pair in pairs for i in (pair.first, pair.second) if i not in known})
    return [pair for pair in pairs if pair.first in known and pair.second in known], missing


def _rows(path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each row with its place ("gold.csv:7")."""
    name = path.lower().removesuffix(".gz")
    with _opened(path) as stream:
        rows = _csv_rows(stream, path) if name.endswith((".csv", ".tsv")) else _json_rows(stream, path)
        while (item := _checked(lambda: next(rows, None), path)) is not None:
            yield item


def _csv_rows(stream: IO[str], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    csv.field_size_limit(max(csv.field_size_limit(), _CELL_LIMIT))
    reader = csv.DictReader(stream, delimiter="\t" if ".tsv" in path.lower() else ",", restval="", strict=True)
    for row in reader:
        if None in row:
            raise InputError(f"{path}:{reader.line_num}: more cells than the header has columns")
        yield f"{path}:{reader.line_num}", row


def _json_rows(stream: IO[str], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:  # ValueError also for an integer of thousands of digits
            raise InputError(f"{path}:{number}: not valid JSON: {getattr(error, 'msg', error)}") from error
        if not isinstance(row, dict):
            raise InputError(f"{path}:{number}: a JSON object is wanted, not {type(row).__name__}")
        yield f"{path}:{number}", row


def _opened(path: str) -> IO[str]:
    try:
        there = Path(path).is_file()
    except (OSError, ValueError) as error:  # a name that is too long, or holds a NUL
        raise UsageError(f"{path}: there can be no such file: {error}") from error
    if not there:
        raise UsageError(f"{path}: there is no such file")
    if path.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return Path(path).open(encoding="utf-8-sig", newline="")


def _checked(read: Callable[[], Any], path: str) -> Any:
    try:
        return read()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; convert it first") from error
    except (csv.Error, ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}") from error


def _required(row: Mapping[str, Any], column: str, where: str) -> str:
    value = row.get(column)
    if value is None or not str(value).strip():
        raise InputError(f"{where}: no {column!r} in {sorted(row)}")
    return str(value)


def _label(value: Any) -> str | None:
    return None if value is None or str(value).strip() == "" else str(value)


def _has_text(row: Mapping[str, Any]) -> bool:
    return any(str(row.get(column) or "").strip() for column in ("title", "text"))


def _article(article_id: str, row: Mapping[str, Any], path: str) -> Article:
    return Article(
        id=article_id,
        title=str(row.get("title") or "") or None,
        text=str(row.get("text") or ""),
        path=f"{path}#{article_id}",
        language=language_code(str(row.get("lang") or row.get("language") or "")),
        published=parse_date(row.get("date") or row.get("published")),
        url=str(row["url"]) if row.get("url") else None,
        source=str(row["source"]) if row.get("source") else None,
    )
