"""JSON lines, and JSON documents one behind the other: an object, a list, or an answer that holds the articles."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from newsclust.reading.decoding import Decoded, decode
from newsclust.reading.formats.base import Input, InputFormat, read_text, start_text
from newsclust.reading.formats.ninjs import is_ninjs, ninjs_fields
from newsclust.reading.limits import Limits
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.rows.shapes import Mapped, articles_in, table_rows
from newsclust.reading.streams import lines
from newsclust.text.display import size_in_words

SLOW_DECODES = 32
"""Rows of one file whose encoding is detected one by one; after them the latest answer is tried first."""


def _no_number(_: str) -> None:
    """NaN and Infinity are no JSON and have no meaning in an article."""


_DECODER = json.JSONDecoder(parse_constant=_no_number, strict=False)


class RowDecoder:
    """Bytes of rows to text: UTF-8 first, then the encoding of the rows before, then detection."""

    def __init__(self) -> None:
        self._detected = 0
        self._latest: str | None = None

    def text(self, data: bytes) -> Decoded:
        """The text of one row."""
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
        if self._detected >= SLOW_DECODES:
            try:
                return Decoded(data.decode(self._latest or "utf-8"), self._latest or "utf-8")
            except UnicodeDecodeError:
                return Decoded(data.decode("utf-8", "replace"), "utf-8", lossy=True)
        self._detected += 1
        decoded = decode(data)
        if not decoded.lossy:
            self._latest = decoded.encoding
        return decoded


def parse_lines(stream: io.BufferedReader, limits: Limits, mapping: Mapped = ()) -> Parsed:
    """A record for each article of each line, which holds one as an object, or several in a list or an answer.

    Raises:
        Refused: the rest of the stream cannot be read.
    """
    decoder = RowDecoder()
    for line in lines(stream, limits):
        where = f":{line.number}"
        if line.too_long:
            yield Problem(where, f"line longer than {size_in_words(limits.line_bytes)}")
            continue
        if not line.data.strip(b" \t\r\n\0\x1e"):
            continue
        decoded = decoder.text(line.data)
        value, problem = _loads(decoded.text)
        if problem is not None:
            yield Problem(where, problem)
            continue
        if decoded.lossy:
            yield Problem(where, f"some characters are not valid {decoded.encoding} and were replaced", remark=True)
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield from _items_as_records(iter(value), mapping, f"#{line.number}.", line=True)
        else:
            yield from _records(value, mapping, f"#{line.number}", line=True)


def parse_document(text: str, mapping: Mapped = ()) -> Parsed:
    """A record for each article that a JSON text holds: as an object, in a list, or anywhere inside an answer.

    A list is read item by item, so that items before a broken one are kept. Texts that stand one behind the other are
    all read.
    """
    start = len(text) - len(text.lstrip(" \t\r\n\ufeff"))
    if text.startswith("[", start):
        yield from _items_as_records(_list_items(text, start), mapping, "#")
        return
    value, problem = _loads(text)
    if problem is None:
        yield from _records(value, mapping, "")
        return
    several = _values_behind(text, start)
    if several is None:
        yield Problem("", problem)
    else:
        yield from _items_as_records(iter(several), mapping, "#")


def _records(value: Any, mapping: Mapped, location: str, *, line: bool = False) -> Parsed:
    """The records of one JSON value that stands at `location`."""
    where = Record({}, location, line=line).where
    if not isinstance(value, dict):
        yield Problem(where, f"a JSON object {'or list ' if not location else ''}is wanted, this is {_kind(value)}")
        return
    if is_ninjs(value):
        yield Record(ninjs_fields(value), location, line=line)
        return
    articles = articles_in(value, mapping)
    if articles.left:
        name, count = articles.left
        yield Problem(where, f"{count:,} objects under {name!r} are not read: they are unlike articles", remark=True)
    if not articles.inside:
        yield from (Record(row, location, line=line) for row in articles.rows)
        return
    mark = f"{location}." if location else "#"
    for number, row in enumerate(articles.rows, 1):
        yield Record(row, f"{mark}{number}", line=line)


def _loads(text: str) -> tuple[Any, str | None]:
    """The value of a JSON text, or why there is none."""
    try:
        return _DECODER.decode(text), None
    except json.JSONDecodeError as error:
        return None, f"invalid JSON at {_position(error)}: {error.msg}"
    except RecursionError:
        return None, "invalid JSON: nested too deeply"
    except ValueError as error:  # an integer of thousands of digits
        return None, f"invalid JSON: {error}"


def _position(error: json.JSONDecodeError) -> str:
    return f"line {error.lineno} column {error.colno}" if "\n" in error.doc else f"column {error.colno}"


def _list_items(text: str, start: int) -> Iterator[Any]:
    at = start + 1
    end = len(text)
    while True:
        at = _skip_blanks(text, at, end)
        if at < end and text[at] == "]":
            if (rest := _skip_blanks(text, at + 1, end)) < end:
                line = text.count("\n", 0, rest) + 1
                yield Problem("", f"invalid JSON at line {line}: more behind the end of the list; not read")
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Problem("", f"invalid JSON at line {error.lineno} column {error.colno}: {error.msg}")
            return
        except RecursionError:
            yield Problem("", f"invalid JSON at line {text.count(chr(10), 0, at) + 1}: nested too deeply")
            return
        except ValueError as error:
            yield Problem("", f"invalid JSON at line {text.count(chr(10), 0, at) + 1}: {error}")
            return
        yield value
        at = _skip_blanks(text, at, end)
        if at < end and text[at] == ",":
            at += 1
        elif at >= end or text[at] != "]":
            line = text.count("\n", 0, at) + 1
            yield Problem("", f"invalid JSON at line {line}: a list ends early, or lacks a comma")
            return


def _skip_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " \t\r\n":
        at += 1
    return at


def _items_as_records(items: Iterator[Any], mapping: Mapped, mark: str, *, line: bool = False) -> Parsed:
    """The records of the items of a list; its first item may name the fields of the others."""
    names: Any = None
    for index, item in enumerate(items, 1):
        if isinstance(item, Problem):
            yield item
        elif isinstance(item, list) and index == 1 and table_rows(item, [item]):
            names = item
        elif isinstance(item, list) and names and (rows := table_rows(names, [item])):
            yield Record(rows[0], f"{mark}{index}", line=line)
        elif isinstance(item, list) and item and all(isinstance(inner, dict) for inner in item):
            yield from _items_as_records(iter(item), mapping, f"{mark}{index}.", line=line)
        else:
            yield from _records(item, mapping, f"{mark}{index}", line=line)


def _values_behind(text: str, at: int) -> list[Any] | None:
    """The values of JSON texts that stand one behind the other, over several lines each; None for what is none."""
    values: list[Any] = []
    end = len(text)
    while at < end:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            if values:
                values.append(Problem("", f"invalid JSON at line {text.count(chr(10), 0, at) + 1}; not read further"))
            break
        values.append(value)
        at = _skip_blanks(text, at, end)
    return values if len(values) > 1 else None


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list"}.get(
        type(value), "something else"
    )


def _begins_json(start: bytes) -> bool:
    return start_text(start).startswith(("{", "[{", "[[", "[\n", "[ ", "[\r"))


def _read_json(given: Input) -> Parsed:
    if _is_lines(start_text(given.start), named_lines=given.ending in _LINES):
        return parse_lines(given.stream, given.limits, given.mapping)
    parse = partial(_bounded_document, limits=given.limits, mapping=given.mapping)
    return read_text(given, parse, given.limits.document_bytes)


def _bounded_document(text: str, limits: Limits, mapping: Mapped) -> Parsed:
    if sum(map(text.count, ",[{")) > limits.document_values:
        raise Refused(f"more than {limits.document_values:,} values in one document; JSON lines have no such limit")
    return parse_document(text, mapping)


def _is_lines(text: str, *, named_lines: bool) -> bool:
    """Whether JSON text is lines and no document: files are often named for the other one."""
    first, newline, rest = text.partition("\n")
    first = first.rstrip()
    if text.startswith("["):
        return first.endswith("]") and (named_lines or rest.lstrip().startswith(("[", "{")))
    if first.startswith("{") and first.endswith("}") and first != "{}":
        return bool(rest.strip()) or named_lines
    if first in ("{", "{}") and newline:
        return first == "{}"
    return named_lines


_LINES = (".jsonl", ".ndjson")
JSON = InputFormat("json", (".json", *_LINES), _begins_json, _read_json, named=True)
