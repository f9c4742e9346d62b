"""Whatever goes wrong with a store's file is one sentence with the file, the reason and the way out."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import filelock
import pytest
from command_line import Command

from newsclust.articles import Article
from newsclust.errors import StoreError
from newsclust.store import file
from newsclust.store.file import errors_named, only_writer, reading, transaction, writing
from newsclust.store.update import Update

Feed = Callable[..., Update]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_FULL", "no space left to write; the store is as the last whole batch left it"),
        ("SQLITE_IOERR_WRITE", "no space left to write"),
        ("SQLITE_READONLY_DIRECTORY", "the store is read-only: check the permissions"),
        ("SQLITE_CORRUPT_VTAB", "the store is damaged (apa?): restore a copy"),
        ("SQLITE_NOTADB", "the store is damaged"),
        ("SQLITE_BUSY_SNAPSHOT", "another program keeps the store locked; try again later"),
        ("SQLITE_CANTOPEN", "the store cannot be opened: check the permissions"),
        ("SQLITE_MISUSE", "the store cannot be used (SQLITE_MISUSE: apa?); see newsclust check"),
        (None, "the store cannot be used (OperationalError: apa?)"),
    ],
)
def test_errors_of_sqlite_say_what_to_do(store: Path, name: str | None, said: str) -> None:
    error = sqlite3.OperationalError("apa?")
    if name:
        error.sqlite_errorname = name
    with pytest.raises(StoreError) as caught, errors_named(store):
        raise error
    assert str(caught.value).startswith(f"{store}: {said}")


def test_a_store_in_a_folder_that_is_not_there_is_not_made(store: Path) -> None:
    missing = store.parent / "tidak ada" / "berita.db"
    with (
        pytest.raises(StoreError, match=r"there is no folder .*tidak ada; create it first"),
        writing(missing, create=True),
    ):
        pass


def delete_what_articles_point_to(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")  # only COMMIT looks
        connection.execute("DELETE FROM runs")


def test_a_commit_that_fails_leaves_what_was_there(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    with writing(store) as connection:
        with pytest.raises(sqlite3.IntegrityError):
            delete_what_articles_point_to(connection)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def refused(*_: object, **__: object) -> int:
    raise PermissionError(13, "Permission denied")


def test_a_store_that_may_not_be_made_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(StoreError, match="cannot create the store: Permission denied"):
        file._create(store)
    assert not store.exists()


def test_a_store_that_may_not_be_read_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(StoreError, match="cannot read the store: Permission denied"), reading(store):
        pass


def test_a_lock_that_may_not_be_made_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filelock.FileLock, "acquire", refused)
    with (
        pytest.raises(StoreError, match=r"berita\.db\.lock: cannot lock the store: Permission denied"),
        only_writer(store),
    ):
        pass


def test_a_holder_that_left_no_number_is_not_named(store: Path) -> None:
    with only_writer(store):
        store.with_name(f"{store.name}.lock").write_text("siapa", encoding="ascii")
        with pytest.raises(StoreError, match="another run holds the store; try again later"), only_writer(store):
            pass


def test_a_store_beside_which_nothing_may_be_written_is_read(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sample[:3])
    plain = file._connection

    def only_unchanging(uri: str) -> sqlite3.Connection:
        if not uri.endswith("immutable=1"):
            raise sqlite3.OperationalError("unable to open database file")
        return plain(uri)

    monkeypatch.setattr(file, "_connection", only_unchanging)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with reading(store) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    monkeypatch.setattr(os, "access", lambda *_: True)
    with pytest.raises(StoreError, match="unable to open"), reading(store):
        pass


def test_import_reads_standard_input_and_says_what_it_cannot_read(
    newsclust: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    line = json.dumps({"id": "ü", "text": "Gempa di Istanbul", "language": "id"})
    given(line.encode() + b"\n\n")
    options = ("--store", "berita.db", "--effort", "fast")
    assert json.loads(newsclust("import", *options, "--threads", "1").out)["added"] == 1
    given(b'{"id": "\xff"}')
    outcome = newsclust("import", *options)
    assert (outcome.code, outcome.err) == (1, "Error: -: not UTF-8, so not written by newsclust export\n")
    outcome = newsclust("import", "tidak ada.jsonl", *options)
    assert (outcome.code, outcome.err) == (1, "Error: tidak ada.jsonl: cannot be read: No such file or directory\n")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    assert "no input: name the FILE" in newsclust("import", *options).err


def test_changes_as_a_page(newsclust: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Gempa di Istanbul")
    outcome = newsclust("group", "a.txt", "--store", "b.db", "--effort", "fast", "--changes", "--format", "html")
    assert outcome.out.startswith("<!doctype html>")


def test_forgetting_nothing_is_misuse(newsclust: Command) -> None:
    outcome = newsclust("forget", "--store", "b.db")
    assert outcome.code == 2
    assert "nothing to forget" in outcome.err
