"""Keeps bytes on disk by their keys, in one SQLite file.

A key is the hash of what made the entry. An entry carries a checksum of itself: one that does not fit is not there, and
a file that is no database is started anew. When the file is full the entries written first go. A cache that cannot be
used costs time, never the run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from newsclust.cache.folder import private_folder

KEPT_WHEN_FULL = 0.75
"""Share of the bytes that stays when the file is cut, so that it is not cut at every run."""

_KEYS_AT_ONCE = 500  # under the 999 variables that old builds of SQLite allow in a statement
_WAIT_SECONDS = 10.0
_CHECKSUM_BYTES = 8
_SAMPLED = 1000  # the first by their keys, which are hashes: a fair sample


class Table(NamedTuple):
    """The file of some entries, the table in it and the column that holds them, and what people call it."""

    file: str
    name: str
    column: str
    called: str

    @property
    def schema(self) -> str:
        """The statement that makes the table."""
        return (
            f"CREATE TABLE IF NOT EXISTS {self.name} (written INTEGER PRIMARY KEY AUTOINCREMENT, "
            f"key BLOB NOT NULL UNIQUE, {self.column} BLOB NOT NULL, checksum BLOB NOT NULL)"
        )


def count_entries(folder: Path, table: Table) -> int | None:
    """How many entries there are; None where there is no file, or none that can be read."""
    path = folder / table.file
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1.0)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])  # noqa: S608
    except (sqlite3.Error, OSError):
        return None


class Entries:
    """The entries in a folder. After a failure the file is left alone: every read finds nothing."""

    def __init__(self, folder: Path, table: Table, *, max_bytes: int, say: Callable[[str], None] | None = None) -> None:
        self._path = folder / table.file
        self._table = table
        self._max_bytes = max_bytes
        self._say = say
        self._usable = True

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The entries of the keys that are there and whole."""
        entries: dict[bytes, bytes] = {}
        distinct = list(dict.fromkeys(keys))
        if not (distinct and self._usable):
            return entries
        try:
            if not self._path.exists():
                return entries
            with closing(self._connection()) as connection:
                for start in range(0, len(distinct), _KEYS_AT_ONCE):
                    part = distinct[start : start + _KEYS_AT_ONCE]
                    marks = ",".join("?" * len(part))
                    columns = f"key, {self._table.column}, checksum"
                    rows = connection.execute(f"SELECT {columns} FROM {self._table.name} WHERE key IN ({marks})", part)  # noqa: S608
                    entries |= _whole(rows.fetchall())
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
        return entries

    def write(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep the entries, and cut the file to its size."""
        if not (entries and self._usable):
            return
        rows = [(key, data, _checksum(key, data)) for key, data in entries.items()]
        columns = f"key, {self._table.column}, checksum"
        try:
            with closing(self._connection()) as connection, connection:
                connection.executemany(f"INSERT OR REPLACE INTO {self._table.name} ({columns}) VALUES (?, ?, ?)", rows)  # noqa: S608
                self._cut(connection)
        except (sqlite3.Error, OSError) as error:
            self._failed(error)

    def _cut(self, connection: sqlite3.Connection) -> None:
        """Remove what was written first where all together are more than the bytes allowed."""
        (pages,), (page_bytes,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        if pages * page_bytes <= self._max_bytes:
            return
        table, column = self._table.name, self._table.column
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        sample = f"SELECT {column} AS entry FROM {table} ORDER BY key LIMIT {_SAMPLED}"  # noqa: S608
        (mean,) = connection.execute(f"SELECT avg(length(entry)) FROM ({sample})").fetchone()  # noqa: S608
        allowed = max(1, int(self._max_bytes / max(1, mean)))
        if count > allowed:
            surplus = count - max(1, int(allowed * KEPT_WHEN_FULL))
            oldest = f"SELECT written FROM {table} ORDER BY written LIMIT ?"  # noqa: S608
            connection.execute(f"DELETE FROM {table} WHERE written IN ({oldest})", (surplus,))  # noqa: S608

    def _connection(self) -> sqlite3.Connection:
        private_folder(self._path.parent)
        # SQLite gives its journal files the mode of the database, so creating that one suffices. One that is there is
        # not opened here: to close any descriptor of a file frees what this process has locked in it.
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            _log_writes_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            with connection:
                connection.execute(self._table.schema)
        except BaseException:
            connection.close()
            raise
        return connection

    def _failed(self, error: Exception) -> None:
        self._usable = False
        if _content_is_wrong(error):
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + suffix).unlink()
            self._usable = not self._path.exists()
            if self._usable:
                self._tell(f"the {self._table.called} {self._path} was damaged and is started anew")
                return
        reason = (isinstance(error, OSError) and error.strerror) or error
        self._tell(f"the cache in {self._path.parent} is not used: {reason}")  # one line for all files in it

    def _tell(self, line: str) -> None:
        if self._say:
            self._say(line)


def _whole(rows: Sequence[tuple[object, object, object]]) -> dict[bytes, bytes]:
    return {
        key: entry
        for key, entry, checksum in rows
        if isinstance(key, bytes) and isinstance(entry, bytes) and checksum == _checksum(key, entry)
    }


def _checksum(key: bytes, entry: bytes) -> bytes:
    return hashlib.blake2b(entry, key=key, digest_size=_CHECKSUM_BYTES).digest()


def _log_writes_ahead(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # The mode is the file's. SQLite does not wait here: another that opens the new file at this moment sets it.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise


def _content_is_wrong(error: Exception) -> bool:
    # OperationalError is about the file (locked, full, read-only), save for a table that is not the one made here.
    if isinstance(error, sqlite3.OperationalError):
        return any(sign in str(error) for sign in ("no such column", "no column named", "no such table", "malformed"))
    return isinstance(error, sqlite3.DatabaseError)
