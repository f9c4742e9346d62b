"""Gold files and results, both as labels that can be compared.

A gold file has a row an article, in any format that articles are read in, with the columns `id`, `story` and, where
known, `event`; with `title` and `text` it is an input as well. An empty or null label means not judged: the article
takes part, and is not scored.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from newsclust.articles import UNDETERMINED, Article, Skipped
from newsclust.errors import InputError, UsageError
from newsclust.languages.codes import language_code
from newsclust.reading.limits import DEFAULT_LIMITS
from newsclust.reading.reader import read_articles, read_rows
from newsclust.reading.records import Refused
from newsclust.reading.streams import opened, read_whole
from newsclust.stories import ClusterResult

FIRST_WORDS = 100
"""Characters of a text that are shown beside its headline."""
Labels = dict[str, str | None]


class Level(StrEnum):
    """Which of the two groupings is scored."""

    EVENT = "event"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file as read: its articles where it holds their texts (by id), as any input is read, and its labels.

    `stories` has a label for every row; `events` too, or is None where the file has no such column. `languages` holds
    those that rows declare. `skipped` names the rows with a text that became no article.
    """

    articles: tuple[Article, ...]
    languages: Mapping[str, str]
    stories: Mapping[str, str | None]
    events: Mapping[str, str | None] | None
    skipped: tuple[Skipped, ...] = ()

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
    for where, row in read_rows(path):
        article_id = _required(row, "id", where)
        if "story" not in row:
            raise InputError(f"{where}: no column 'story' in {sorted(row)}: a gold file needs the columns id and story")
        if article_id in rows:
            raise InputError(f"{where}: the id {article_id!r} appears twice; ids must be unique")
        rows[article_id] = row
    read = read_articles([path])
    has_events = any("event" in row for row in rows.values())
    return GoldSet(
        articles=tuple(sorted(read.articles, key=lambda article: article.id)),
        languages={article_id: code for article_id, row in rows.items() if (code := _language(row)) != UNDETERMINED},
        stories={article_id: _label(row.get("story")) for article_id, row in rows.items()},
        events={article_id: _label(row.get("event")) for article_id, row in rows.items()} if has_events else None,
        skipped=read.skipped if read.articles else (),
    )


def read_pairs(path: str) -> tuple[JudgedPair, ...]:
    """Read judged pairs: rows with the columns `id1`, `id2` and `overall`; raises as `read_gold` does."""
    pairs = []
    for where, row in read_rows(path):
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
    data = _json_of(path)
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


def _json_of(path: str) -> Any:
    if not Path(path).is_file():
        raise UsageError(f"{path}: there is no such file")
    try:
        with opened(os.fsencode(path), DEFAULT_LIMITS) as stream:
            return json.loads(read_whole(stream, DEFAULT_LIMITS.file_bytes))
    except (OSError, Refused) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not a result of `newsclust group --format json`: {error}") from error


def _string(article: Mapping[str, Any], field: str) -> str:
    value = article[field]
    if not isinstance(value, str):
        raise TypeError(f"{field!r} is {type(value).__name__}, not str")
    return value


def first_words(article: Article) -> str:
    """How the text goes on behind its headline, on one line."""
    words = " ".join(article.text.split())
    return words.removeprefix(article.headline.rstrip("…")).lstrip(" …")[:FIRST_WORDS].rstrip()


def in_articles(articles: Sequence[Article], pairs: Sequence[JudgedPair]) -> tuple[list[JudgedPair], list[str]]:
    """Part pairs whose articles are there from the ids that are not."""
    known = {article.id for article in articles}
    missing = sorted({i for pair in pairs for i in (pair.first, pair.second) if i not in known})
    return [pair for pair in pairs if pair.first in known and pair.second in known], missing


def _required(row: Mapping[str, Any], column: str, where: str) -> str:
    value = _label(row.get(column))
    if value is None:
        raise InputError(f"{where}: no {column!r} in {sorted(row)}")
    return value


def _label(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


def _language(row: Mapping[str, Any]) -> str:
    return language_code(str(row.get("lang") or row.get("language") or ""))
