"""Which parser reads an input: by its extension, or by its first bytes where that says nothing."""

from __future__ import annotations

import re
from enum import StrEnum

from newsclust.reading.decoding import decode

SNIFFED = 1 << 16
"""Bytes looked at."""


class Format(StrEnum):
    """The kinds of input."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "json lines"
    TABLE = "table"
    FEED = "feed"


_BY_EXTENSION = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".xml": Format.FEED,
}
_FEED = re.compile(r"<(?:[a-z]+:)?(?:rss|feed|rdf)\b", re.I)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body|article|div|p|meta|main|section)\b", re.I)
_HEADER_NAMES = frozenset("text body content maintext title headline url link article description".split())


def format_of(extension: str, start: bytes) -> Format:
    """The format of an input with this extension ("" for none) and these first bytes."""
    named = _BY_EXTENSION.get(extension)
    if named in (Format.JSON, Format.JSON_LINES):
        return _json_kind(_text(start), named)
    return named or sniff(start)


def sniff(start: bytes) -> Format:
    """The format that the first bytes of an input speak of; plain text where they speak of none."""
    text = _text(start)
    if text.startswith("<"):
        if _FEED.search(text, 0, 2000) or (text.startswith("<?xml") and not _PAGE.search(text, 0, 2000)):
            return Format.FEED
        if _PAGE.match(text) or _PAGE.search(text, 0, 2000):
            return Format.HTML
    if text.startswith(("{", "[{", "[\n", "[ ", "[\r")):
        return _json_kind(text, Format.JSON)
    if _is_header(text.partition("\n")[0]):
        return Format.TABLE
    return Format.TEXT


def _json_kind(text: str, named: Format) -> Format:
    """Whether JSON text is a document or lines: files are often named for the other one."""
    first, newline, rest = text.partition("\n")
    first = first.rstrip()
    if text.startswith("["):
        return Format.JSON
    if first.startswith("{") and first.endswith("}") and first != "{}":
        return Format.JSON_LINES if rest.strip() or named is Format.JSON_LINES else Format.JSON
    if first in ("{", "{}") and newline:
        return Format.JSON if first == "{" else Format.JSON_LINES
    return named


def _is_header(line: str) -> bool:
    for mark in (",", ";", "\t", "|"):
        cells = [cell.strip().strip("\"'").lower() for cell in line.split(mark)]
        if len(cells) > 1 and all(cells) and max(map(len, cells)) <= 40 and _HEADER_NAMES & set(cells):
            return True
    return False


def _text(start: bytes) -> str:
    return decode(start[:SNIFFED]).text.lstrip("\ufeff \t\r\n\x1e")
