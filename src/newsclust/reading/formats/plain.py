"""Plain text and Markdown: one file, one article, whose title has to be told from its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from newsclust.reading.formats.base import Input, InputFormat, read_text
from newsclust.reading.formats.markup import text_of_markdown
from newsclust.reading.records import Parsed, Record

TITLE_LENGTH = 200
"""Longest first line that may be a title, in characters. The longest headline of the sample has 93."""

LABEL_LENGTH = 20
"""Longest section label ("Berita", "Top Story"), in characters; scripts without spaces: `LABEL_IDEOGRAPHS`."""

LABEL_IDEOGRAPHS = 4

WRAPPED = 100
"""A text all of whose lines are shorter than this, in blocks of several lines, is wrapped by hand: its first line is
the start of a sentence."""

_SENTENCE_END = (".", "。", "।", "؛", ";", ":", ",", "،", "、", "：", "；", "-", "–", "—", "۔", "።", "။")
_INNER_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s+(?=\w)|[。！？।؟](?=.)")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LABEL_BREAKS = frozenset(".!?,;:。、！？…\"'“”„«»()")
_FRONT_MARKS = ("---", "+++")
_FRONT_LENGTH = 10_000
"""Longest front matter, in characters."""
_ALIAS = re.compile(r"(?m)(?:^|[\s,\[{])[&*]\w")
_FRONT_KEY = re.compile(r"([A-Za-z][\w-]{0,40}):\s*(.*)$")


def parse_plain(text: str) -> Parsed:
    """One record of a plain text: title where the first line looks like one, then the text without it."""
    labels, title, rest = split_title(text)
    yield Record({"title": title, "text": rest}, boilerplate=labels)


def parse_markdown(text: str) -> Parsed:
    """One record of a Markdown text: fields of its front matter, `# heading` as title, text without marks."""
    fields, text = _front_matter(text)
    lines = text.strip().split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("# ") and len(first) <= TITLE_LENGTH + 2:
        at = next(i for i, line in enumerate(lines) if line.strip())
        heading = text_of_markdown(first)
        yield Record({"title": heading, **fields, "text": text_of_markdown("\n".join(lines[at + 1 :]))})
        return
    if underlined := _underlined_heading(lines):
        yield Record({"title": underlined, **fields, "text": text_of_markdown("\n".join(lines[2:]))})
        return
    labels, title, rest = split_title(text_of_markdown(text))
    if any(key.lower() == "title" for key in fields):
        labels, title, rest = (), None, text_of_markdown(text)
    yield Record({"title": title, **fields, "text": rest} if title else {**fields, "text": rest}, boilerplate=labels)


def split_title(text: str) -> tuple[tuple[str, ...], str | None, str]:
    """Split a text into section labels, title and the rest.

    The first line is a title where it is short, ends no sentence and text follows; a one- or two-word line in front of
    it ("Berita") is a label. Where there is no title the labels stay in the text.
    """
    lines = text.strip().split("\n")
    at = 0
    labels: list[str] = []
    while at < len(lines) and len(labels) < 3:
        line = lines[at].strip()
        following = _next_filled(lines, at + 1)
        if not line or following is None:
            at += 1
            continue
        if _is_label(line) and _is_title(lines, following):
            labels.append(line)
            at = following
            continue
        if _is_title(lines, at):
            return tuple(labels), line, "\n".join(lines[at + 1 :]).strip()
        break
    return (), None, text


def _is_title(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if not 2 <= len(line) <= TITLE_LENGTH or line.endswith(_SENTENCE_END) or line.startswith(("http://", "https://")):
        return False
    if len(line) > 60 and _INNER_END.search(line):
        return False
    following = _next_filled(lines, at + 1)
    if following is None or not _has_prose(lines, following):
        return False
    return not _continues(lines, at, following)


def _continues(lines: list[str], at: int, following: int) -> bool:
    """Whether the next line goes on with the sentence of this one: lines broken at a width."""
    if following > at + 1:
        return False
    if lines[following].strip()[:1].islower():
        return True
    window = [line.strip() for line in lines[at : at + 60]]
    blocks = "\n".join(window).split("\n\n")
    return len(blocks) > 1 and blocks[0].count("\n") >= 2 and max(map(len, window)) < WRAPPED


def _has_prose(lines: list[str], start: int) -> bool:
    """Whether a line of text follows: a long one, or one that ends a sentence."""
    for line in lines[start : start + 40]:
        stripped = line.strip()
        if len(stripped) > TITLE_LENGTH or (len(stripped) > 12 and stripped.endswith(_PROSE_END)):
            return True
        if len(stripped) > 20 and _UNSPACED.search(stripped):
            return True
    return False


_PROSE_END = (*".。।۔።။!?！？؟…", '."', ".”", ".»", "”", ".'", ".)")


def _is_label(line: str) -> bool:
    if _LABEL_BREAKS & set(line):
        return False
    if _UNSPACED.search(line):
        return len(line) <= LABEL_IDEOGRAPHS
    return len(line) <= LABEL_LENGTH and len(line.split()) <= 2


def _next_filled(lines: list[str], start: int) -> int | None:
    return next((i for i in range(start, len(lines)) if lines[i].strip()), None)


def _underlined_heading(lines: list[str]) -> str | None:
    if len(lines) > 2 and lines[0].strip() and len(lines[1].strip()) >= 3 and set(lines[1].strip()) == {"="}:
        return text_of_markdown(lines[0].strip())
    return None


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields in front of a text and the text: YAML between two `---`, TOML between two `+++`.

    Site generators and web clippers write them. What is no YAML after all ("title: Ferry: all saved") is read line by
    line.
    """
    mark = text[:3]
    if mark not in _FRONT_MARKS or text[3:4] != "\n":
        return {}, text
    head, closing, rest = text[4:].partition(f"\n{mark}")
    if not closing or len(head) > _FRONT_LENGTH:
        return {}, text
    fields = _toml(head) if mark == "+++" else _yaml(head)
    if fields is None:
        pairs = (_FRONT_KEY.match(line) for line in head.split("\n"))
        fields = {pair[1]: pair[2].strip().strip("\"'") for pair in pairs if pair and pair[2].strip()}
    return fields, rest.partition("\n")[2]


def _toml(head: str) -> dict[str, Any] | None:
    import tomllib

    try:
        return _as_json(tomllib.loads(head))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _yaml(head: str) -> dict[str, Any] | None:
    import yaml

    if _ALIAS.search(head):
        return None  # ten lines of aliases to aliases are a billion values
    try:
        fields = yaml.load(head, yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return _as_json(fields) if isinstance(fields, dict) else None


def _as_json(fields: Mapping[Any, Any]) -> dict[str, Any]:
    """Fields as JSON has them: dates and names as text."""
    return {str(key): _plain(value) for key, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return _as_json(value)
    return value if isinstance(value, str | int | float) else None


def _never(start: bytes) -> bool:
    """Plain text is what begins as nothing else does, and Markdown begins as plain text does."""
    return False


def _read_markdown(given: Input) -> Parsed:
    return read_text(given, parse_markdown, given.limits.page_bytes)


MARKDOWN = InputFormat("markdown", (".md", ".markdown"), _never, _read_markdown)
