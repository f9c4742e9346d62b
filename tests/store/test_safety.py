from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsclust.archive.maintain import check
from newsclust.archive.transfer import exported
from newsclust.articles import Article
from newsclust.cli import run
from newsclust.errors import StoreError, StoreLocked
from newsclust.store import file, schema
from newsclust.store.file import only_writer, reading, writing
from newsclust.store.update import Update

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SAMPLE = Path(__file__).parents[2] / "data" / "articles"
FOLDERS = ("harian-selat", "kabar-nusantara", "hanse-anzeiger", "bosphorus-ledger")
Feed = Callable[..., Update]

posix = pytest.mark.skipif(os.name != "posix", reason="forks")


def measured(script: str, *arguments: str, cache: Path, folders: tuple[str, ...] = ("",)) -> str:
    environment = {**os.environ, "NEWSCLUST_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(BENCHMARKS / script), *(str(SAMPLE / folder) for folder in folders), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@posix
def test_a_run_killed_at_any_moment_leaves_whole_batches_and_the_next_finishes(built_cache: Path) -> None:
    assert "20 kills" in measured("store_kills.py", "--kills", "20", cache=built_cache, folders=FOLDERS)


@posix
def test_writers_and_readers_at_once_meet_no_error_but_the_lock(built_cache: Path) -> None:
    assert "'write 0'" in measured(
        "store_crowd.py", "--writers", "4", "--readers", "4", "--seconds", "2", cache=built_cache
    )


def held(store: Path) -> list[str]:
    with reading(store) as connection:
        health = check(connection, store)
        assert health.problems == ()
        return [str(line["id"]) for line in exported(connection)]


def test_a_full_disk_is_named_and_the_store_stays_whole(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sample[:10])
    before = held(store)
    plain = file._connection

    def small(uri: str) -> sqlite3.Connection:
        connection = plain(uri)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(file, "_connection", small)
        with pytest.raises(StoreError, match="no space left"):
            feed(sample)
    assert held(store) == before
    assert feed(sample).known == 10
    assert len(held(store)) == len(sample)


@posix
def test_a_file_that_may_not_grow_is_named_and_the_store_stays_whole(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    feed(sample[:10])
    before = held(store)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
    try:
        with pytest.raises(StoreError, match=store.name):
            feed(sample)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert held(store) == before
    feed(sample)
    assert len(held(store)) == len(sample)


def test_a_store_in_use_exits_75_and_names_the_holder(
    builtin_model: None, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with only_writer(store):
        assert run(["group", str(SAMPLE), "--store", str(store), "--effort", "fast"]) == 75
    assert f"process {os.getpid()}" in capsys.readouterr().err
    assert not store.exists()


def test_waiting_for_the_lock_ends_in_the_same_error(store: Path) -> None:
    with only_writer(store), pytest.raises(StoreLocked, match=r"after 0\.1 s"), only_writer(store, 0.1):
        pass


def test_an_error_leaves_the_store_unlocked(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    with pytest.raises(ZeroDivisionError), writing(store):
        raise ZeroDivisionError
    with writing(store):
        pass


def test_readers_see_the_last_whole_batch_while_another_is_written(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    feed(sample[:10])
    with writing(store) as connection, file.transaction(connection):
        connection.execute("UPDATE articles SET title = 'setengah jadi'")
        assert len(held(store)) == 10
        with reading(store) as other:
            assert other.execute("SELECT count(*) FROM articles WHERE title = 'setengah jadi'").fetchone() == (0,)


def test_the_file_is_for_its_owner_only(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    for path in store.parent.glob(f"{store.name}*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_an_id_with_a_nul_in_it_is_known_again(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    odd = [replace(sample[0], id="berita\0satu"), replace(sample[1], id="berita\ud800")]
    assert feed(odd).added == 2
    assert feed(odd).known == 2
    assert held(store) == ["berita\N{REPLACEMENT CHARACTER}", "berita\N{REPLACEMENT CHARACTER}satu"]


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE berita (judul TEXT)")
    connection.close()


BAD: dict[str, Callable[[Path], object]] = {
    "not a newsclust store": lambda path: path.write_text("Ini bukan basis data, İstanbul.\n", encoding="utf-8"),
    "this is not a newsclust store": other_database,
    "this is a folder": Path.mkdir,
    "there is no store here": Path.absolute,
}


@pytest.mark.parametrize("message", BAD)
def test_what_is_no_store_is_named_and_left_alone(
    store: Path, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    BAD[message](store)
    before = store.read_bytes() if store.is_file() else b""
    assert run(["stories", "--store", str(store)]) == 1
    assert message in capsys.readouterr().err
    if store.exists():
        assert run(["group", str(SAMPLE), "--store", str(store), "--effort", "fast", "-q"]) == 1
        assert message in capsys.readouterr().err
    assert (store.read_bytes() if store.is_file() else b"") == before


def test_an_empty_file_is_no_store(store: Path) -> None:
    store.touch()
    with pytest.raises(StoreError, match="not a newsclust store"), reading(store):
        pass


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_store_cut_short_is_damaged(feed: Feed, store: Path, sample: tuple[Article, ...], kept: float) -> None:
    feed(sample[:10])
    os.truncate(store, int(store.stat().st_size * kept))
    with pytest.raises(StoreError, match="damaged"), reading(store):
        pass


def test_overwritten_pages_are_found(
    feed: Feed, store: Path, sample: tuple[Article, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample)
    data = bytearray(store.read_bytes())
    for start in range(schema.PAGE_BYTES * 2, len(data), schema.PAGE_BYTES):
        data[start : start + 512] = os.urandom(512)
    store.write_bytes(data)
    assert run(["check", "--store", str(store)]) == 1
    assert "damaged" in capsys.readouterr().err


def test_a_read_only_store_is_named_and_still_read(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:5])
    store.chmod(0o444)
    with pytest.raises(StoreError, match="read-only"):
        feed(sample)
    assert len(held(store)) == 5


def test_a_newer_store_is_refused_with_the_version_it_needs(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    feed(sample[:2])
    with sqlite3.connect(store) as connection:
        connection.execute(f"PRAGMA user_version = {schema.newest() + 1}")
        connection.execute("UPDATE runs SET version = '9.1.0'")
    connection.close()
    for opened in (reading, writing):
        with pytest.raises(StoreError, match=r"newsclust 9\.1\.0.*update newsclust"), opened(store):
            pass


def test_a_store_of_a_version_that_is_read_no_more_is_refused_with_the_way_out(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    feed(sample[:2])
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version = 4")
    connection.close()
    for opened in (reading, writing):
        with pytest.raises(StoreError, match=r"store version 4.*newsclust export .* newsclust import"), opened(store):
            pass


def test_an_older_store_is_brought_up_to_date_when_it_is_opened(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sample[:5])
    older = shutil.copy(store, store.with_name("lama.db"))
    newer = (*schema.MIGRATIONS, "ALTER TABLE articles ADD COLUMN noted TEXT;")
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    monkeypatch.setattr(file, "MIGRATIONS", newer)
    with reading(Path(older)) as connection:
        assert connection.execute("SELECT count(noted), count(*) FROM articles").fetchone() == (0, 5)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.newest(),)


def test_a_store_whose_log_is_being_copied_into_it_is_whole(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    """SQLite writes the header with the new size first, and the pages at the end of the file last."""
    feed(sample[:10])
    with reading(store) as connection:
        connection.execute("SELECT count(*) FROM articles").fetchone()
        feed(sample[10:20])
        head = bytearray(store.read_bytes()[:100])
        head[28:32] = (1 << 20).to_bytes(4, "big")
        with store.open("r+b") as file:
            file.write(head)
        assert len(held(store)) == 20


def test_a_link_to_a_store_leads_to_its_lock(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    link = store.with_name("tautan.db")
    link.symlink_to(store)
    with writing(store), pytest.raises(StoreLocked), writing(link):
        pass
    store.unlink()
    feed(sample[:2])
    assert link.is_symlink()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vectors SET vectors = x'0011'",
        "UPDATE vectors SET vectors = nan(length(vectors))",
        "UPDATE words SET rows = x'00'",
        "UPDATE texts SET text = 'lain'",
        "UPDATE articles SET published = 'besok'",
        "UPDATE articles SET confidence = 9e999 WHERE event IS NOT NULL",
        "UPDATE articles SET probability = -1 WHERE probability IS NOT NULL",
        "UPDATE stories SET headlines = '{'",
        "UPDATE stories SET headlines = '{\"de\": 5}'",
        "UPDATE stories SET keywords = '5'",
        "UPDATE stories SET cohesion = 9e999",
        "UPDATE changes SET articles = '{'",
        "UPDATE settings SET value = '{}' WHERE name = 'layout'",
        "UPDATE settings SET value = '{}' WHERE name = 'settings'",
        "DELETE FROM settings WHERE name = 'settings'",
        "UPDATE settings SET value = replace(value, ': 0', ': 7') WHERE name = 'settings'",
        "UPDATE settings SET value = replace(value, '250002', '2') WHERE name = 'layout'",
        "UPDATE settings SET value = replace(value, '384', '-384') WHERE name = 'layout'",
        "UPDATE settings SET value = replace(value, 'fast', 'zzz') WHERE name = 'settings'",
    ],
)
def test_rows_that_cannot_be_read_are_found_and_named(
    feed: Feed,
    store: Path,
    tmp_path: Path,
    sample: tuple[Article, ...],
    change: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    feed(sample[:30])
    with sqlite3.connect(store) as connection:
        story, article = connection.execute("SELECT s.id, a.id FROM stories s, articles a LIMIT 1").fetchone()
        connection.create_function("nan", 1, lambda size: b"\0\x7e" * (size // 2))
        assert connection.execute(change).rowcount
    connection.close()
    (tmp_path / "baru.txt").write_text("Ein Wal strandet vor Föhr und kommt wieder frei.", "utf-8")
    place = ["--store", str(store)]
    assert run(["check", *place]) == 1
    capsys.readouterr()
    for command in (
        ["stories"],
        ["story", story],
        ["search", "Wal"],
        ["export"],
        ["group", str(tmp_path / "baru.txt"), "--effort", "fast", "-q"],
        ["forget", article],
    ):
        code = run([*command, *place])  # anything that newsclust does not raise on purpose would come through
        said = capsys.readouterr().err
        named = "this store" in said or str(store) in said
        assert code == 0 or (code == 1 and named and said.count("\n") == 1), (command, said)


def test_ids_that_no_store_can_hold_are_not_in_it(
    feed: Feed, store: Path, sample: tuple[Article, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:3])
    for command in ("story", "forget"):
        assert run([command, "\udcff", "--store", str(store)]) == 1
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["n" * 5000, "a\0b"])
def test_names_that_no_file_can_have_are_a_usage_error(name: str, store: Path, built_cache: Path) -> None:
    text = store.with_name("a.txt")
    text.write_text("Ein Wal strandet.", "utf-8")
    for command in (
        ["stories", "--store", name],
        ["group", str(text), "--effort", "fast", "-q", "-o", name],
        ["eval", name],
    ):
        assert run(command) == 2


@posix
def test_a_pipe_is_no_store(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    assert run(["stories", "--store", str(tmp_path / "pipa")]) == 1
