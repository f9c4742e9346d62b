"""The same bytes on a cluster as in this process, and what the commands do with one."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from cluster_processes import Cluster
from samples import DATA, sample

from newsclust import pipeline
from newsclust.articles import Article
from newsclust.cli import run
from newsclust.encoders import remote as spread_encoder
from newsclust.encoders.load import load_encoder
from newsclust.encoders.remote import SpreadEncoder
from newsclust.errors import ClusterError, InputError, ModelError
from newsclust.execution import dask as dask_executor
from newsclust.execution.dask import DaskExecutor, connected
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.execution.progress import Advance
from newsclust.pipeline import find_stories
from newsclust.reading.batches import LARGEST_SENT, PIECE_BYTES, PIECE_FILES, check_visible, chunks_of, leaves
from newsclust.reading.reader import read_articles
from newsclust.reading.sources import Source
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings
from newsclust.similarity import candidates

pytestmark = pytest.mark.usefixtures("builtin_model")

FAST = Settings(effort=Effort.FAST)
BALANCED = Settings()
FOLDER = "meridian-dispatch"


def grouped(path: Path, settings: Settings, executor: Executor = IN_PROCESS) -> str:
    """The JSON of a folder."""
    return to_json(find_stories(read_articles([str(path)], executor=executor), settings, executor=executor))


@contextmanager
def without_vectors(monkeypatch: pytest.MonkeyPatch, folder: Path, built: Path) -> Iterator[None]:
    """Work with a cache that holds the model and no vectors."""
    folder.mkdir()
    for entry in built.iterdir():
        if "vector" not in entry.name:
            (folder / entry.name).symlink_to(entry)
    with monkeypatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(folder))
        yield


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 240 articles in files of every kind, some damaged: parts of the sample's texts."""
    folder = tmp_path_factory.mktemp("viele")
    generator = np.random.default_rng(0)
    sentences = [(a, a.text.split(". ")) for a in sample()]
    rows = []
    for number in range(240):
        article, parts = sentences[number % len(sentences)]
        kept = sorted(generator.permutation(len(parts))[: 1 + len(parts) * 2 // 3].tolist())
        text = ". ".join(parts[k] for k in kept) + f" Ausgabe {number % 200}."
        rows.append({"id": f"ž-{number:03}", "title": article.title, "text": text, "lang": article.language})
        rows[-1]["published"] = f"2025-03-{1 + number % 28:02}"
    for number, row in enumerate(rows[:100]):
        (folder / f"blatt-{number:03}.txt").write_text(f"{row['title']}\n\n{row['text']}\n", "utf-8")
    for number, part in enumerate((rows[100:150], rows[150:200])):
        with gzip.open(folder / f"reihen-{number}.jsonl.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
            stream.write("{zerbrochen\n")
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows[200:])
    (folder / "tabelle.csv").write_text(table.getvalue(), "utf-8")
    (folder / "leer.txt").write_bytes(b"")
    (folder / "halb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Gempa"}\n' * 50)[:-9])
    return folder


def test_one_worker_gives_the_bytes_of_this_process(one_worker: Cluster) -> None:
    here = grouped(DATA / "articles", FAST)
    with connected(one_worker.address, by_value=False) as executor:
        assert grouped(DATA / "articles", FAST, executor) == here


@pytest.mark.parametrize("exact", [True, False], ids=["all pairs", "nearest cells"])
def test_two_workers_give_the_bytes_of_this_process(
    two_workers: Cluster, many: Path, exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "DESCRIBED_AT_ONCE", 50)
    monkeypatch.setattr(candidates, "_ROWS_AT_ONCE", 64)
    if not exact:
        monkeypatch.setattr(candidates, "EXACT_UP_TO", 50)
    here = grouped(many, FAST)
    with connected(two_workers.address, by_value=exact) as executor:
        assert grouped(many, FAST, executor) == here
    assert json.loads(here)["summary"]["skipped"] >= 4


class Killer:
    """A progress that kills a worker when the stage of that name is under way."""

    def __init__(self, cluster: Cluster, stage: str) -> None:
        self.cluster = cluster
        self.name = stage
        self.killed = False

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        def advance(items: int) -> None:
            if name == self.name and not self.killed:
                self.killed = True
                self.cluster.kill(next(iter(self.cluster.workers)))

        yield advance


@pytest.mark.parametrize("stage", ["Reading words", "Embedding"])
def test_a_worker_killed_while_it_works_changes_nothing(
    two_workers: Cluster, stage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, built_cache: Path
) -> None:
    monkeypatch.setattr(pipeline, "DESCRIBED_AT_ONCE", 1)
    monkeypatch.setattr(spread_encoder, "CHUNK_TEXTS", 1)
    folder = DATA / "articles" / FOLDER
    here = grouped(folder, BALANCED)
    killer = Killer(two_workers, stage)
    with (
        without_vectors(monkeypatch, tmp_path / "dort", built_cache),
        connected(two_workers.address) as executor,
    ):
        executor._client.wait_for_workers(2, timeout=60)
        there = to_json(
            find_stories(read_articles([str(folder)], executor=executor), BALANCED, executor=executor, progress=killer)
        )
    assert killer.killed
    assert there == here


def test_the_command_gives_the_same_bytes_and_a_store_the_same_stories(
    one_worker: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(DATA / "articles" / "kabar-nusantara")

    def said(*arguments: str) -> str:
        assert run(["group", folder, "--format", "json", "--quiet", *arguments]) == 0
        return capsys.readouterr().out

    there = ("--scheduler", one_worker.address)
    assert said(*there) == said()
    assert said("--store", str(tmp_path / "dort.db"), *there) == said("--store", str(tmp_path / "hier.db"))


def test_eval_scores_what_a_cluster_groups_as_what_is_grouped_here(
    one_worker: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.csv"
    rows = [line for line in (DATA / "gold.csv").read_text("utf-8").splitlines() if FOLDER in line or "story" in line]
    gold.write_text("\n".join(rows) + "\n", "utf-8")
    asked = ["eval", str(gold), "--articles", str(DATA / "articles"), "--effort", "fast", "--format", "json", "--quiet"]
    assert run(asked) == 0
    here = capsys.readouterr().out
    assert run([*asked, "--scheduler", one_worker.address]) == 0
    assert capsys.readouterr().out == here


def test_ctrl_c_ends_the_command_with_130_and_calls_its_work_back(one_worker: Cluster, many: Path) -> None:
    command = [sys.executable, "-m", "newsclust", "group", str(many), "--scheduler", one_worker.address]
    with connected(one_worker.address) as watching:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            _wait_until(lambda: _tasks(watching) > 0)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
            process.wait()
        assert (process.returncode, errors.decode().splitlines()[-1]) == (130, "interrupted")
        _wait_until(lambda: _tasks(watching) == 0)


def _tasks(executor: DaskExecutor) -> int:
    return int(executor._client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


def _wait_until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def test_a_model_that_differs_is_refused_by_name(one_worker: Cluster) -> None:
    class Other:
        model_id = cache_key = "multilingual-e5-small/0 tokens=64"
        dimensions, texts_at_once = 384, 16

        def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> Any:
            raise AssertionError("the work is done elsewhere")

    with connected(one_worker.address) as executor:
        encoder = SpreadEncoder(Other(), "builtin", 64, executor)
        with pytest.raises(ModelError) as caught:
            encoder.encode(["Gempa di Istanbul"])
    ours = load_encoder(max_tokens=64)
    assert "worker arbeiter-" in str(caught.value)
    assert f"its model is {ours.model_id} tokens=64, not multilingual-e5-small/0 tokens=64" in str(caught.value)


def test_without_an_address_dask_is_not_loaded(tmp_path: Path, built_cache: Path) -> None:
    code = (
        "import sys; from newsclust.cli import run\n"
        f"assert run(['group', {str(DATA / 'articles')!r}, '--effort', 'fast', '--format', 'json']) == 0\n"
        "print([name for name in ('dask', 'distributed') if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "NEWSCLUST_CACHE": str(built_cache)}
    for name in ("DASK_SCHEDULER_ADDRESS", "NEWSCLUST_SCHEDULER"):
        environment.pop(name, None)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("flags", "environment", "expected"),
    [
        (["--scheduler", "tcp://flagge:1"], {"NEWSCLUST_SCHEDULER": "tcp://unsere:1"}, ("tcp://flagge:1", True)),
        (
            ["--ship", "path"],
            {"NEWSCLUST_SCHEDULER": "tcp://unsere:1", "DASK_SCHEDULER_ADDRESS": "tcp://dask:1"},
            ("tcp://unsere:1", False),
        ),
        ([], {"DASK_SCHEDULER_ADDRESS": "tcp://dask:1", "NEWSCLUST_SHIP": "path"}, ("tcp://dask:1", False)),
        ([], {}, ("tcp://datei:1", True)),
        (["--scheduler", ""], {"DASK_SCHEDULER_ADDRESS": "tcp://dask:1"}, None),
    ],
)
def test_flags_win_over_the_environment_and_the_environment_over_the_file(
    flags: list[str],
    environment: dict[str, str],
    expected: tuple[str, bool] | None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[tuple[str, bool]] = []

    @contextmanager
    def noted(address: str, *, by_value: bool, fingerprint: object, say: object) -> Iterator[Executor]:
        asked.append((address, by_value))
        yield IN_PROCESS

    monkeypatch.setattr(dask_executor, "connected", noted)
    for name in ("DASK_SCHEDULER_ADDRESS", "NEWSCLUST_SCHEDULER", "NEWSCLUST_SHIP"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "ort.toml").write_text('scheduler = "tcp://datei:1"\n', "utf-8")
    (tmp_path / "a.txt").write_text("Gempa berkekuatan 6,2 mengguncang Istanbul.", "utf-8")
    settings = ["--config", str(tmp_path / "ort.toml"), "--effort", "fast", "--quiet"]
    assert run(["group", str(tmp_path / "a.txt"), *settings, "-o", str(tmp_path / "aus.json"), *flags]) == 0
    assert asked == ([] if expected is None else [expected])


def test_a_scheduler_that_is_not_there_fails_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_executor, "CONNECT_SECONDS", 0.5)
    assert run(["group", str(DATA / "articles"), "--scheduler", "tcp://127.0.0.1:9"]) == ClusterError.exit_code == 1
    assert capsys.readouterr().err.startswith("Error: no Dask scheduler answers at tcp://127.0.0.1:9: ")


def source(path: Path, size: int | None = None) -> Source:
    return Source(path.name, "o", path.suffix, os.fsencode(path), path.stat().st_size if size is None else size)


def test_chunks_hold_a_bounded_number_of_files_and_bytes_in_order(tmp_path: Path) -> None:
    path = tmp_path / "à.txt"
    path.write_text("Gempa", "utf-8")
    sizes = [10] * (PIECE_FILES + 5) + [PIECE_BYTES] + [20]
    sources = [source(path, size) for size in sizes]
    cut = list(chunks_of(sources, by_value=True))
    assert [len(chunk) for chunk in cut] == [PIECE_FILES, 5, 1, 1]
    assert [given.source.size for chunk in cut for given in chunk] == sizes
    assert {given.content for chunk in cut for given in chunk} == {b"Gempa"}
    assert all(given.content is None for chunk in chunks_of(sources, by_value=False) for given in chunk)


def test_pipes_missing_files_and_large_ones_are_read_here(tmp_path: Path) -> None:
    path = tmp_path / "klein.txt"
    path.write_text("Gempa", "utf-8")
    pipe = tmp_path / "rohr.txt"
    os.mkfifo(pipe)
    assert leaves(source(path), by_value=True)
    assert not leaves(source(path, LARGEST_SENT + 1), by_value=True)
    assert leaves(source(path, LARGEST_SENT + 1), by_value=False)
    assert not leaves(source(pipe), by_value=True)
    assert not leaves(Source("stdin", "stdin", "", None), by_value=True)
    path.unlink()
    assert not leaves(source(tmp_path / "klein.txt", 5), by_value=True)


def test_a_worker_that_does_not_see_a_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ö.txt"
    path.write_text("Gempa", "utf-8")
    check_visible(source(path))
    with pytest.raises(InputError, match=r"has 5 bytes here, not 7; .*--ship value"):
        check_visible(source(path, 7))
    gone = source(path)
    path.unlink()
    with pytest.raises(InputError, match=r"cannot be opened here: .*--ship value"):
        check_visible(gone)


def test_articles_keep_their_unknown_fields_on_their_way() -> None:
    article = Article(id="a", text="Gempa", extra=MappingProxyType({"rubrik": "dünya"}))
    back = pickle.loads(pickle.dumps(article, protocol=5))  # noqa: S301 - it was just written
    assert back == article
    assert type(back.extra) is MappingProxyType
