"""Prose of any file: an export of a press database, an article below head lines, or plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from newsclust.reading.formats.base import Input, InputFormat, read_text
from newsclust.reading.formats.plain import parse_plain
from newsclust.reading.formats.press.head_lines import labelled
from newsclust.reading.formats.press.layouts import BOUNDARY, LAYOUTS, Paragraphs, Values
from newsclust.reading.records import Parsed, Problem, Record

WIDEST = 100
"""Characters of a line up to which a paragraph is one that was broken at a width."""

MOST_BEHIND = 1_000
"""Characters behind the last article of an export that are passed over in silence: rights, certificates."""

_LONGEST_HEAD = 2_000
_HEAD_LABELS = 2
"""Labels that lines in front of an article must have to be its head, a title's among them."""
_REPEATED = 3
"""Times that the same two labels stand in a text before it looks like several articles."""
_LABEL_LIKE = re.compile(r"^([^\W\d_][\w -]{1,24}) ?:\s", re.M)


def parse_prose(text: str) -> Parsed:
    """The articles of an export, or the one of a text with its head lines, or of plain text."""
    records = list(exported(paragraphs_of(text)))
    if records:
        yield from records
        return
    head, rest = head_lines(text)
    if head:
        yield Record({**head, "text": rest})
        return
    if (repeated := _repeated_labels(text)) is not None:
        yield Problem("", f"{repeated}; read as one article: part them, a file each", remark=True)
    yield from parse_plain(text)


def exported(paragraphs: Paragraphs) -> Iterator[Record | Problem]:
    """The articles of an export, as the first layout that it fits has them; none where it fits none."""
    for layout in LAYOUTS:
        parts = [part for part in layout.parts(paragraphs) if part]
        if parts:
            numbered = len(parts) > 1
            for number, part in enumerate(parts, 1):
                values = layout.read([paragraph for paragraph in part if paragraph != BOUNDARY])
                values = {name: value for name, value in values.items() if value}
                yield Record(values, f"#{number}" if numbered else "")
            behind = _characters_behind(paragraphs, parts[-1][-1])
            if behind > MOST_BEHIND:
                yield Problem("", f"{behind:,} characters behind the last article are not read: is it cut short?", True)
            return


def _characters_behind(paragraphs: Paragraphs, last: str) -> int:
    return sum(map(len, takewhile(lambda paragraph: paragraph is not last, reversed(paragraphs))))


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, by blank lines where it has any; what was broken at a width is joined."""
    blocks = re.split(r"\n[ \t\xa0\f]*\n[\s\xa0]*", text.strip("\ufeff\n"))
    if len(blocks) < 3:
        blocks = text.split("\n")
    paragraphs: list[str] = []
    for block in blocks:
        lines = [line.strip(" \t\f") for line in block.split("\n") if line.strip()]
        if any(labelled(line) for line in lines[1:]):
            paragraphs += lines
        elif lines and max(map(len, lines)) <= WIDEST:
            paragraphs.append(" ".join(lines))
        else:
            paragraphs += lines
    return paragraphs


def head_lines(text: str) -> tuple[Values, str]:
    """The fields of "Title: ..." lines in front of a text, and the text; no fields where it has no such lines."""
    values: Values = {}
    lines = text.lstrip("\ufeff\n").split("\n")
    at = 0
    while at < len(lines) and (label := labelled(lines[at][:_LONGEST_HEAD])) and label[0] != "text":
        values.setdefault(*label)
        at += 1
    if len(values) < _HEAD_LABELS or "title" not in values:
        return {}, text
    rest = [label[1], *lines[at + 1 :]] if at < len(lines) and label else lines[at:]
    return {name: value for name, value in values.items() if value}, "\n".join(rest).strip()


def _repeated_labels(text: str) -> str | None:
    """What is told of a text in which the same labels come again and again; None of any other."""
    counts = Counter(_LABEL_LIKE.findall(text))
    most = [(name, count) for name, count in counts.most_common(3) if count >= _REPEATED]
    if len(most) < 2 or most[0][1] != most[1][1]:
        return None
    names = " and ".join(repr(name) for name, _ in most[:2])
    return f"looks like {most[0][1]} articles: head lines {names} repeat, in a layout that is not known"


def _never(start: bytes) -> bool:
    """Prose is what begins as nothing else does."""
    return False


def _read(given: Input) -> Parsed:
    return read_text(given, parse_prose, given.limits.page_bytes)


PLAIN = InputFormat("text", (".txt",), _never, _read)
