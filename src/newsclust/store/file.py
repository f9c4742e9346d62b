"""Opening a store: to read, to write, or new; and what is said when that fails.

One writer at a time: an advisory lock in a file beside the store, with the holder's process id in it. The operating
system lets go of the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from newsclust.errors import StoreError, StoreLocked
from newsclust.store.rows import BY_OTHERS, Unreadable
from newsclust.store.schema import APPLICATION_ID, MIGRATIONS, OLDEST, PAGE_BYTES, migrate, newest, tables

LOCK_ENDING = ".lock"

_BUSY_SECONDS = 30.0
_MAGIC = b"SQLite format 3\0"
_ALL_WRITE_BITS = 0o222


@contextmanager
def only_writer(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the store's lock while the block runs, waiting up to `wait` seconds for it.

    Raises StoreLocked when another process keeps it, StoreError when the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    file = path.with_name(path.name + LOCK_ENDING)
    lock = FileLock(file, mode=0o600)
    try:
        lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout:
        waited = f" after {wait:g} s" if wait else ""
        raise StoreLocked(
            f"{path}: another run holds the store{_holder(file)}{waited}; try again later, or wait with --wait SECONDS"
        ) from None
    except OSError as error:
        raise StoreError(f"{file}: cannot lock the store: {os.strerror(error.errno or 0)}") from error
    try:
        with suppress(OSError):  # the lock holds without the note
            file.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        lock.release()


def _holder(file: Path) -> str:
    with suppress(OSError, ValueError):
        return f" (process {int(file.read_text(encoding='ascii'))})"
    return ""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees the store as it is now, whatever is written meanwhile. StoreError where there is none."""
    _check_file(path)
    with _opened(path, lambda: _readable(path)) as connection:
        outdated = _version(connection) < newest()
    if outdated:
        with writing(path, wait=_BUSY_SECONDS):
            pass  # opening it to write brings its tables to this version
    with _opened(path, lambda: _readable(path)) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def writing(path: Path, *, wait: float = 0.0, create: bool = False) -> Iterator[sqlite3.Connection]:
    """The one connection that may write, in autocommit mode; a new store where there is none and `create`.

    Raises StoreLocked when another process writes, StoreError when the store cannot be opened or written.
    """
    if not create or path.exists():
        _check_file(path)
        _check_writable(path)
    elif not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; create it first")
    real = Path(os.path.realpath(path))  # one lock for a store, whatever links lead to it
    with only_writer(real, wait), errors_named(path):
        if create and not real.exists():
            _create(real)
        with _opened(path, lambda: _connection(real.as_uri() + "?mode=rw")) as connection:
            migrate(connection)
            yield connection


@contextmanager
def _opened(path: Path, connect: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    """A connection whose version and tables were looked at, and that is closed in the end.

    What goes wrong while it is used is told of the store where SQLite finds it damaged; elsewhere it is a bug.
    """
    with errors_named(path), closing(connect()) as connection:
        _check_version(connection, path)
        _check_tables(connection)
        try:
            yield connection
        except BY_OTHERS as error:
            if problem := _first_problem(connection):
                raise Unreadable(f"{problem}; met as {type(error).__name__}") from error
            raise


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A block that is written whole or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def errors_named(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError that names the store and the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_reason(error)}") from error


def _reason(error: sqlite3.Error) -> str:
    if isinstance(error, Unreadable):
        return f"the store is damaged ({error}): restore a copy; newsclust check names all that is"
    if str(error).startswith("Could not decode"):  # sqlite3 gives no other name, and all of the text
        return "the store is damaged (a text in it is not UTF-8): restore a copy"
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL") or name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"):
        return "no space left to write; the store is as the last whole batch left it: free some space and run again"
    if name.startswith("SQLITE_READONLY"):
        return "the store is read-only: check the permissions of the file, of those beside it and of its folder"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return f"the store is damaged ({error}): restore a copy, or save what can be read with newsclust export"
    if name.startswith("SQLITE_BUSY"):
        return "another program keeps the store locked; try again later"
    if name.startswith("SQLITE_CANTOPEN"):
        return "the store cannot be opened: check the permissions of the file, of those beside it and of its folder"
    return f"the store cannot be used ({name or type(error).__name__}: {error}); see newsclust check"


def _create(path: Path) -> None:
    """Make an empty store under another name first: nobody ever sees half of one."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        try:
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        except OSError as error:
            raise StoreError(f"{path}: cannot create the store: {os.strerror(error.errno or 0)}") from error
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
        os.replace(part, path)
    finally:
        for ending in ("", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


_PRAGMAS = (
    *("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "secure_delete = ON", "synchronous = FULL"),
)


def _connection(uri: str) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where this package says so.
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except UnicodeDecodeError as error:  # SQLite says what it cannot read in the bytes that it cannot read
        connection.close()
        raise Unreadable("its tables have names that are no text") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _readable(path: Path) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    if not path.stat().st_mode & _ALL_WRITE_BITS and not _has_log(path):
        # Nobody writes it. SQLite would leave files beside it that are as read-only, also when it no longer is.
        return _connection(uri + "?immutable=1")
    try:
        return _connection(uri + "?mode=ro")
    except sqlite3.OperationalError:
        if path.with_name(path.name + "-wal").exists() or os.access(path.parent, os.W_OK):
            raise
        # A WAL store in a folder that cannot be written needs files beside it; with no log it cannot change either.
        return _connection(uri + "?immutable=1")


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder; name the store's file")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: this is a pipe or a device; name the store's file")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise StoreError(f"{path}: there is no store here; newsclust group PATHS --store {path} makes one") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot read the store: {os.strerror(error.errno or 0)}") from error
    mark = int.from_bytes(head[68:72], "big")
    if not head.startswith(_MAGIC):
        damaged = mark == APPLICATION_ID
        raise StoreError(f"{path}: " + ("the store is damaged: its header is gone" if damaged else _NOT_A_STORE))
    if mark != APPLICATION_ID:
        raise StoreError(f"{path}: {_NOT_A_STORE}")
    if (names := path.stat().st_nlink) > 1:
        raise StoreError(
            f"{path}: this file has {names} names (hard links), and SQLite keeps its log beside one of them: what was "
            "written through another would be lost; remove the other names, or use a copy"
        )
    pages, size = int.from_bytes(head[28:32], "big"), int.from_bytes(head[16:18], "big")
    if _has_log(path):
        return  # which SQLite may be copying into the file: its header comes first, the pages at its end last
    if path.stat().st_size < pages * (size if size != 1 else 65536):
        raise StoreError(f"{path}: the store is damaged: it is shorter than its header says; restore a copy")


def _has_log(path: Path) -> bool:
    real = Path(os.path.realpath(path))
    try:
        return real.with_name(real.name + "-wal").stat().st_size > 0
    except OSError:
        return False


_NOT_A_STORE = "this is not a newsclust store; name another file, it is left as it is"


def _check_writable(path: Path) -> None:
    # The mode is asked too: a file that was made read-only is meant so, also where root may write everything.
    if not os.access(path, os.W_OK) or not path.stat().st_mode & _ALL_WRITE_BITS:
        raise StoreError(f"{path}: the store is read-only: make it writable (chmod u+w), or name another")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if OLDEST <= version <= newest():
        return
    written = connection.execute("SELECT max(version) FROM runs").fetchone()[0] or "another version"
    told = f"{path}: written by newsclust {written} (store version {version}); this one reads store versions {OLDEST} "
    if version > newest():
        raise StoreError(f"{told}to {newest()}: update newsclust")
    raise StoreError(
        f"{told}to {newest()}: newsclust export of that version writes it out, and newsclust import reads that into a "
        "new store"
    )


def _check_tables(connection: sqlite3.Connection) -> None:
    """Raise Unreadable where a table or index is not as it was made; what others added beside them is their own."""
    sql_of = dict(connection.execute("SELECT name, sql FROM sqlite_schema").fetchall())
    for name, sql in tables(MIGRATIONS[: _version(connection) - OLDEST + 1]).items():
        if sql_of.get(name) != sql:
            raise Unreadable(f"{name} is not as it was made")


def _first_problem(connection: sqlite3.Connection) -> str | None:
    """What SQLite finds wrong with the file, None where it finds it sound."""
    try:
        (line,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if line == "ok" and connection.execute("PRAGMA foreign_key_check").fetchone():
            line = "a row points to nothing"
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return " ".join(str(error).split())
    return None if line == "ok" else " ".join(str(line).split())
