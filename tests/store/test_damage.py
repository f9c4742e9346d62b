"""What stands in a damaged store reaches nobody as a traceback, and native code not at all."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsclust.articles import Article
from newsclust.cli import run
from newsclust.errors import StoreError
from newsclust.store.features import checksum
from newsclust.store.file import reading, writing
from newsclust.store.schema import PAGE_BYTES
from newsclust.store.update import Update

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SAMPLE = Path(__file__).parents[2] / "data" / "articles"
Feed = Callable[..., Update]


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_every_command_ends_by_itself_on_a_store_with_a_flipped_byte(built_cache: Path) -> None:
    command = [sys.executable, str(BENCHMARKS / "store_flips.py"), str(SAMPLE / "kabar-nusantara"), "--copies", "30"]
    environment = {**os.environ, "NEWSCLUST_CACHE": str(built_cache), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "0 ends that are wrong" in done.stdout


@pytest.mark.parametrize("seed", range(8))
def test_tables_whose_definition_is_altered_are_damaged(
    feed: Feed, store: Path, sample: tuple[Article, ...], seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:4])
    data = bytearray(store.read_bytes())
    start = data.index(b"CREATE TABLE articles")
    data[start + random.Random(seed).randrange(12, 400)] = 0x80 + seed  # no UTF-8 where it stands alone
    store.write_bytes(data)
    for command in (["check"], ["stories"], ["search", "Wal"], ["forget", sample[0].id], ["export"]):
        assert run([*command, "--store", str(store)]) == 1
        said = capsys.readouterr().err
        assert "the store is damaged" in said
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vectors SET heavy = x'ffffff7f003c', checksum = crc(vectors, heavy, numbers)",
        "UPDATE vectors SET heavy = x'feffffff003c', checksum = crc(vectors, heavy, numbers)",
        "UPDATE vectors SET heavy = x'00000000007e', checksum = crc(vectors, heavy, numbers)",
        "UPDATE vectors SET vectors = zeroblob(length(vectors))",
        "UPDATE vectors SET numbers = zeroblob(length(numbers))",
        "UPDATE vectors SET numbers = longest(length(numbers)), checksum = crc(vectors, heavy, numbers)",
    ],
)
def test_rows_that_native_code_must_not_see_are_damaged(
    feed: Feed, store: Path, sample: tuple[Article, ...], change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:4])
    with sqlite3.connect(store) as connection:
        connection.create_function("crc", 3, checksum)
        connection.create_function("longest", 1, lambda size: b"\xff\xff\xff\xff\xff\xff\xef\x7f" * (size // 8))
        connection.execute(change)
    connection.close()
    assert run(["check", "--store", str(store)]) == 1
    assert "cannot be read" in capsys.readouterr().out
    assert run(["search", "Wal", "--store", str(store)]) == ("vectors" in change)


def test_a_bug_in_a_whole_store_stays_a_bug(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:4])
    with pytest.raises(TypeError, match="our own"), reading(store):
        raise TypeError("our own")


def test_what_is_met_in_a_damaged_store_is_told_of_it(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:4])
    data = bytearray(store.read_bytes())
    data[-PAGE_BYTES : -PAGE_BYTES + 64] = bytes(64)
    store.write_bytes(data)
    with pytest.raises(StoreError, match=r"the store is damaged .*TypeError"), reading(store):
        raise TypeError("a number where a text was")


def test_tables_that_others_added_are_left_alone(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:4])
    with sqlite3.connect(store) as connection:
        connection.execute("CREATE VIEW berita AS SELECT id, title FROM articles")
    connection.close()
    assert feed(sample[:4]).known == 4


def test_a_store_with_two_names_is_refused_under_both(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    """SQLite keeps the log beside the name it was given: two writers through two names lose each other's articles."""
    feed(sample[:4])
    other = store.with_name("nama-lain.db")
    os.link(store, other)
    for path in (store, other):
        for opened in (reading, writing):
            with pytest.raises(StoreError, match=r"2 names \(hard links\).*use a copy"), opened(path):
                pass
    other.unlink()
    assert feed(sample[:4]).known == 4
