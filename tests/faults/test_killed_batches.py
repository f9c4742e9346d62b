"""Runs that die in the middle of a batch of many files: none of its articles is kept, and the next run has them all."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsclust.archive.maintain import check
from newsclust.archive.transfer import exported
from newsclust.articles import ReadResult
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store import file
from newsclust.store.file import reading
from newsclust.store.update import Options, update

FAST = Settings(effort=Effort.FAST)
FILES = 90
BATCH = Options(batch=60)
EACH = 500
"""Instructions of SQLite between two places where a run may die."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> ReadResult:
    """Many files of a few words, some of which are one story."""
    folder = tmp_path_factory.mktemp("berita")
    for number in range(FILES):
        text = (
            "Gempa mengguncang İstanbul, kata kantor berita." if number % 9 == 0 else f"Ein Wal {number * 7919} 北京."
        )
        (folder / f"ä{number}.txt").write_text(f"{text} {number}", "utf-8")
    return read_articles([str(folder)])


def counted(count: Callable[[], None], patch: pytest.MonkeyPatch) -> None:
    """Call `count` at every place where a run that writes may die."""
    plain = file._connection

    def watched(uri: str) -> sqlite3.Connection:
        connection = plain(uri)
        if "mode=rw" in uri:
            connection.set_progress_handler(count, EACH)
        return connection

    patch.setattr(file, "_connection", watched)


def killed_at(place: int, store: Path, read: ReadResult) -> None:
    """A run in a process of its own that dies at its so many-th place."""
    child = os.fork()
    if child == 0:
        try:
            left = iter(range(place))
            with pytest.MonkeyPatch.context() as patch:
                counted(lambda: None if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL), patch)
                update(store, read, FAST, BATCH)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def content(store: Path) -> list[dict[str, Any]]:
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        return [{name: value for name, value in line.items() if name != "added"} for line in exported(connection)]


def test_a_run_killed_inside_a_batch_leaves_whole_batches_and_the_next_finishes(
    builtin_model: None, many: ReadResult, tmp_path: Path
) -> None:
    places = []
    with pytest.MonkeyPatch.context() as patch:
        counted(lambda: places.append(0), patch)
        update(tmp_path / "utuh.db", many, FAST, BATCH)
    wanted = content(tmp_path / "utuh.db")
    assert len(wanted) == FILES
    assert len(places) > 16
    held = set()
    for share in (1, 3, 5, 7):
        store = tmp_path / f"{share}.db"
        killed_at(len(places) * share // 8, store, many)
        held.add(len(content(store)))
        update(store, many, FAST, BATCH)
        assert content(store) == wanted
    assert held <= {0, 60, FILES}
    assert len(held) > 1
