"""SQLite databases: the rows of each table that has texts or titles, read from a copy in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from newsclust.reading.fields import has_column
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.extras import reading
from newsclust.reading.records import Parsed, Problem, Record
from newsclust.reading.streams import read_whole

if TYPE_CHECKING:
    from sqlite3 import Connection

START = b"SQLite format 3\0"
_WAYS_OF_WRITING = slice(18, 20)
"""The bytes that say whether changes wait in a file of their own: 2, 2 where they do; 1, 1 else."""

_SHOWN = 20
"""Columns that a remark names."""


def _read_sqlite(given: Input) -> Parsed:
    import sqlite3

    data = bytearray(read_whole(given.stream, given.limits.document_bytes))
    waiting = data[_WAYS_OF_WRITING] == b"\2\2"
    data[_WAYS_OF_WRITING] = b"\1\1"
    with closing(sqlite3.connect(":memory:")) as connection, reading("SQLite database"):
        connection.deserialize(bytes(data))
        for table, columns in _tables(connection):
            if any(has_column(field, columns, given.mapping) for field in ("text", "title")):
                yield from _rows(connection, table, columns)
            else:
                told = ", ".join(columns[:_SHOWN])
                yield Problem(f"/{table}", f"a table without texts; its columns: {told}", remark=True)
    if waiting:
        yield Problem("", "changes that wait beside the file (-wal) are not read: close what writes it", remark=True)


def _tables(connection: Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables by name, without those of SQLite itself and of its search, and the names of their columns."""
    kinds = connection.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main' ORDER BY name")
    for table in [name for name, kind in kinds if kind == "table" and not name.startswith("sqlite_")]:
        described = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        yield table, tuple(name for (name,) in described)


def _rows(connection: Connection, table: str, columns: tuple[str, ...]) -> Iterator[Record]:
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    rows = connection.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 - a name can be no parameter
    for number, row in enumerate(rows, 1):
        values: dict[str, Any] = {
            name: value for name, value in zip(columns, row, strict=False) if not isinstance(value, bytes)
        }
        yield Record(values, f"/{table}#{number}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_ENDINGS = (".sqlite", ".sqlite3", ".db")
SQLITE = InputFormat(
    "sqlite", _ENDINGS, lambda start: start.startswith(START), _read_sqlite, True, signed=True, named=True
)
