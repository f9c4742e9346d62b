"""CSV and TSV: rows under a header, with any common delimiter, line breaks inside quotes, and damage kept local."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from newsclust.reading.fields import has_column, listed
from newsclust.reading.formats.base import Input, InputFormat, start_text
from newsclust.reading.formats.json_rows import RowDecoder
from newsclust.reading.limits import Limits
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.streams import Line, check_rows, lines
from newsclust.text.display import size_in_words

DELIMITERS = (",", ";", "\t", "|")
_HEADER_NAMES = frozenset("text body content maintext title headline url link article description".split())
_LONGEST_HEADER_NAME = 40
_EMPTY_CELLS = frozenset((b"", b'""'))

_ESCAPED = re.compile(rb'\\"(?=[^,;\t|\r\n"])')
"""A quote inside a cell as databases write it; a path that ends in a backslash has a delimiter behind its quote."""
_DOUBLED = re.compile(rb'[^,;\t|"\\]""[^,;\t|"\r\n]')
_NO_VALUE = re.compile(rb"(?:^|(?<=[,;\t|]))\\N(?=[,;\t|]|$)")
_ESCAPE = re.compile(rb"\\(.?)")


def parse_table(stream: io.BufferedReader, limits: Limits, delimiter: str | None = None) -> Parsed:
    """A record for each row, its location the line it starts on.

    A quote that is never closed costs its row, not the rest of the file. Rows whose cells are all empty are passed
    over; they count as rows.

    Raises:
        Refused: the rest of the stream cannot be read.
    """
    decoder = RowDecoder()
    header: list[str] = []
    rows = 0
    with _field_limit(limits.line_bytes):
        for number, group in _groups(stream, limits):
            if isinstance(group, Problem):
                yield group
                continue
            if header and delimiter:
                rows += 1
                check_rows(rows, limits)
                if _is_empty(group[0], delimiter):
                    continue
            decoded = decoder.text(b"\n".join(group))
            text = decoded.text.replace("\0", "")
            if decoded.lossy:
                yield Problem(f":{number}", f"some characters are not valid {decoded.encoding}", remark=True)
            if not header and text.lower().startswith("sep=") and text[4:] in DELIMITERS:
                delimiter = text[4]  # spreadsheet programs name the delimiter in front of the header
                continue
            if header:
                yield from _records(text, delimiter or ",", header, number)
                continue
            delimiter = delimiter or guess_delimiter(text)
            header, rest = _header(text, delimiter)
            header = _told_apart(header, limits.row_fields)
            if not header:
                yield Problem(f":{number}", "invalid CSV: no header can be read here")
            elif rest:  # a stray quote in the header made one group of it and the rows to the next quote
                yield from _records(rest, delimiter, header, number + text.count("\n") - rest.count("\n"))


def _is_empty(row: bytes, delimiter: str) -> bool:
    """Whether a row has nothing in any cell: told without decoding it, in a tenth of the time."""
    return _EMPTY_CELLS.issuperset(map(bytes.strip, row.split(delimiter.encode())))


def guess_delimiter(header: str) -> str:
    """The delimiter that cuts a header line into most columns."""
    return max(DELIMITERS, key=lambda mark: (len(_header(header, mark)[0]), -DELIMITERS.index(mark)))


def _records(text: str, delimiter: str, header: list[str], number: int) -> Parsed:
    reader = csv.reader([f"{line}\n" for line in text.split("\n")], delimiter=delimiter)
    start = number
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(f":{start}", f"invalid CSV: {error}")
            start = number + reader.line_num
            continue  # the reader goes on behind the line
        if any(cell.strip() for cell in row):
            if len(row) > len(header):
                reason = f"more cells than the header has: {len(row)}, not {len(header)}; is a delimiter not quoted?"
                yield Problem(f":{start}", reason, remark=True)
            yield Record(_named(header, row), f"#{start}", line=True)
        start = number + reader.line_num


def _named(header: list[str], row: list[str]) -> dict[str, object]:
    """The cells of a row by column; missing ones are empty, those too many are kept together."""
    values: dict[str, object] = {}
    for at, name in enumerate(header):
        values[name] = row[at] if at < len(row) else ""
    if len(row) > len(header):
        values["cells without a column"] = row[len(header) :]
    return values


def _header(text: str, delimiter: str) -> tuple[list[str], str]:
    """The names of the columns, none where it is no CSV, and the lines behind."""
    lines = text.split("\n")
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter)
    try:
        names = next(reader, [])
    except csv.Error:
        return [], ""
    return names, "\n".join(lines[reader.line_num :])


def _told_apart(names: list[str], most: int) -> list[str]:
    """The names of the columns; a repeated one gets its number, and more than `most` are refused."""
    if len(names) > most:
        raise Refused(f"{len(names):,} columns are over the limit of {most:,}")
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told


def _groups(stream: io.BufferedReader, limits: Limits) -> Iterator[tuple[int, list[bytes] | Problem]]:
    """Lines that belong together, as a quote opened in one is closed in another; with the number of the first.

    Where no closing quote comes within the limit of a row, the first line is given up or taken as it is, and reading
    goes on behind it. Lines are seen again at most once, as none of those passed over holds an odd number of quotes.
    """
    source = _with_doubled_quotes(lines(stream, limits))
    waiting: deque[Line] = deque()
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        if line.too_long:
            yield line.number, Problem(f":{line.number}", f"line longer than {size_in_words(limits.line_bytes)}")
            continue
        if not line.data.strip():
            continue
        if not line.data.count(b'"') % 2:
            yield line.number, [line.data]
            continue
        group = _closed(line, waiting, source, limits.line_bytes)
        if group is not None:
            yield line.number, group
        elif _opens_quote(line.data):
            yield line.number, Problem(f":{line.number}", "a quote is opened and never closed; only this line is lost")
        else:
            yield line.number, [line.data]


def _with_doubled_quotes(source: Iterator[Line]) -> Iterator[Line]:
    """The lines, with quotes doubled that have a backslash in front, as MySQL and Spark write them.

    It begins with the first such quote inside a cell; a file that doubles its quotes holds backslashes as they are.
    """
    escapes: bool | None = None
    for line in source:
        if escapes is None and b'""' in line.data and _DOUBLED.search(line.data):
            escapes = False
        elif escapes is None and b'\\"' in line.data and _ESCAPED.search(line.data):
            escapes = True
        yield dataclasses.replace(line, data=_doubled(line.data)) if escapes and b"\\" in line.data else line


def _doubled(data: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: b'""' if match[1] == b'"' else match[1], _NO_VALUE.sub(b"", data))


def _closed(first: Line, waiting: deque[Line], source: Iterator[Line], most: int) -> list[bytes] | None:
    """The lines from `first` to the one that closes its quote; None, with the lines put back, where none does."""
    taken: list[Line] = []
    size = len(first.data)
    while size <= most:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            break
        taken.append(line)
        size += len(line.data) + 1
        if line.too_long:
            break
        if line.data.count(b'"') % 2:
            return [first.data, *(later.data for later in taken)]
    waiting.extendleft(reversed(taken))
    return None


def _opens_quote(data: bytes) -> bool:
    """Whether a field of the line begins with a quote: a quote elsewhere ('5" gun') is an ordinary character."""
    return data.startswith(b'"') or any(mark + b'"' in data for mark in (b",", b";", b"\t", b"|"))


@contextmanager
def _field_limit(size: int) -> Iterator[None]:
    """The csv module holds its longest field in a global; articles are longer than its default of 131,072."""
    before = csv.field_size_limit(max(size, 131_072))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _checked_table(rows: Parsed, mapping: tuple[tuple[str, str], ...]) -> Parsed:
    """Rows of a table that has a column for the text or title; one problem for the whole table where it has none."""
    first = True
    for row in rows:
        if isinstance(row, Record) and first:
            first = False
            columns = tuple(row.values)
            titled = has_column("title", columns, mapping)
            if not titled and not has_column("text", columns, mapping):
                yield Problem("", _no_column("text", columns))
                return
            if not titled and len(columns) > 1:
                yield Problem("", _no_column("title", columns), remark=True)
        yield row


def _no_column(field: str, columns: tuple[str, ...]) -> str:
    return f"no column for the {field}; the columns are {listed(columns)}; name one with --map {field}=COLUMN"


def _begins_table(start: bytes) -> bool:
    line = start_text(start).partition("\n")[0]
    for mark in DELIMITERS:
        cells = [cell.strip().strip("\"'").lower() for cell in line.split(mark)]
        if len(cells) > 1 and all(cells) and max(map(len, cells)) <= _LONGEST_HEADER_NAME and _HEADER_NAMES & {*cells}:
            return True
    return False


def _read_table(given: Input) -> Parsed:
    delimiter = "\t" if given.ending == ".tsv" else None
    rows = parse_table(given.stream, given.limits, delimiter)
    return _checked_table(rows, given.mapping) if given.articles else rows


TABLE = InputFormat("table", (".csv", ".tsv"), _begins_table, _read_table, named=True)
