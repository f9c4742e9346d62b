"""Chunks on the cores of this machine: the answers of one process, in order, whatever happens to a worker."""

from __future__ import annotations

import html
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import sample

from newsclust.articles import Article, ReadResult
from newsclust.execution import local as module
from newsclust.execution.local import LocalExecutor, local_executor
from newsclust.pipeline import find_stories
from newsclust.reading import batches as input_chunks
from newsclust.reading import reader as reading
from newsclust.reading.reader import read_articles
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings
from newsclust.text.folding import fold_marks

WORDS = [f"İstanbul {n} Größe" for n in range(100)]


@pytest.fixture(autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    assert not workers_of(os.getpid())


def workers_of(process: int) -> list[int]:
    """The workers that a process started and that are still there."""
    if not Path("/proc").is_dir():
        return []
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == process and b"newsclust.execution.local_worker" in command:
                found.append(int(entry.name))
    return found


def until(condition: object, seconds: float = 30) -> None:
    """Wait until `condition()` holds."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("chunks", [0, 1, 15, 16, 100])
def test_answers_come_in_the_order_of_the_chunks(threads: int, chunks: int) -> None:
    with local_executor(threads) as executor:
        assert list(executor.map(fold_marks, WORDS[:chunks])) == [fold_marks(word) for word in WORDS[:chunks]]
        assert bool(workers_of(os.getpid())) == (threads > 1 and chunks >= 16 and Path("/proc").is_dir())


def test_chunks_that_share_something_run_in_this_process() -> None:
    with local_executor(2) as executor:
        assert list(executor.map(str.replace, WORDS, "ö", "oe")) == [word.replace("ö", "oe") for word in WORDS]
        assert not workers_of(os.getpid())


def test_chunks_are_read_as_the_work_goes_on() -> None:
    read = []

    def chunks() -> Iterator[str]:
        for word in WORDS:
            read.append(word)
            yield word

    with local_executor(2) as executor:
        answers = executor.map(fold_marks, chunks())
        assert next(answers) == fold_marks(WORDS[0])
        assert len(read) <= module.WORTH_PROCESSES + 2 * module.AHEAD
        assert list(answers) == [fold_marks(word) for word in WORDS[1:]]


def test_an_error_of_a_chunk_is_raised_here_as_it_was() -> None:
    with local_executor(2) as executor, pytest.raises(ValueError, match="keine Zahl"):
        list(executor.map(int, [*map(str, range(30)), "keine Zahl", *map(str, range(30))]))


def test_a_worker_that_dies_costs_time_and_nothing_else() -> None:
    with local_executor(2) as executor:
        answers = executor.map(fold_marks, WORDS)
        found = [next(answers)]
        for worker in workers_of(os.getpid()):
            os.kill(worker, signal.SIGKILL)
        assert found + list(answers) == [fold_marks(word) for word in WORDS]


def test_without_an_interpreter_to_start_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/gibt/es/nicht")
    with local_executor(2) as executor:
        assert list(executor.map(fold_marks, WORDS)) == [fold_marks(word) for word in WORDS]


def test_a_module_in_the_folder_it_runs_in_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('the wrong one')", "utf-8")
    monkeypatch.chdir(tmp_path)
    with local_executor(2) as executor:
        assert list(executor.map(fold_marks, WORDS)) == [fold_marks(word) for word in WORDS]
        assert len(workers_of(os.getpid())) == 2 or not Path("/proc").is_dir()


def test_workers_end_with_a_work_that_is_left_half_done() -> None:
    def interrupted() -> None:
        with local_executor(2) as executor:
            next(executor.map(time.sleep, [0.01] * 16 + [30.0] * 20))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()


def test_workers_go_when_the_process_that_started_them_is_killed() -> None:
    if not Path("/proc").is_dir():
        pytest.skip("there is no /proc to look for processes in")
    script = (
        "import sys, time; from newsclust.execution.local import LocalExecutor as Here\n"
        "answers = Here(2).map(abs, iter(range(1000))); next(answers); print('there', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        workers = workers_of(process.pid)
        assert workers
        process.kill()
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_the_same_bytes_on_any_number_of_cores(builtin_model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORTH_PROCESSES", 1)
    articles = [
        Article(id=f"{copy}-{article.id}", title=article.title, text=f"{article.text}\n{copy}")
        for copy in range(4)
        for article in sample()
    ]
    found = []
    for threads in (1, 2, 3):
        with local_executor(threads) as executor:
            found.append(
                to_json(find_stories(ReadResult(tuple(articles)), Settings(effort=Effort.FAST), executor=executor))
            )
    assert found[1:] == found[:1] * 2
    assert json.loads(found[0])["summary"]["stories"] > 0


def test_a_program_that_asks_for_processes_is_not_run_by_them_and_gets_the_same(
    builtin_model: None, tmp_path: Path
) -> None:
    program = tmp_path / "programm.py"
    program.write_text(
        "import newsclust\n"
        "from newsclust.cache.folder import cache_folder\n"
        "from newsclust.execution import local\n"
        "from newsclust.rendering.contract import to_json\n"
        "local.WORTH_PROCESSES = 1\n"
        "started = []\n"
        "class Worker(local._Worker):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        started.append(self)\n"
        "local._Worker = Worker\n"
        "print('once')\n"
        "texts = ['Gempa di İstanbul', 'İstanbul depremi', '伊斯坦布爾地震'] * 3\n"
        "one = newsclust.group(texts=texts, effort='fast')\n"
        "(cache_folder() / 'words-1.sqlite').unlink()\n"
        "many = newsclust.group(texts=texts, effort='fast', processes=True)\n"
        "print(to_json(one) == to_json(many), len(started) > 0)\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, program.name],
        cwd=tmp_path,
        env={**os.environ, "NEWSCLUST_THREADS": "2"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stdout.split(), done.stderr) == (["once", "True", "True"], "")


def test_pages_are_read_on_all_cores_as_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORTH_PROCESSES", 1)
    page = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
    for number, article in enumerate(sample()):
        text = page.format(html.escape(article.headline), html.escape(article.text))
        (tmp_path / f"größe-{number:03}.html").write_text(text, "utf-8")
    (tmp_path / "leer.html").write_bytes(b"")
    (tmp_path / "zeilen.jsonl").write_text('{"title": "Gempa", "text": "Gempa di İstanbul."}\n', "utf-8")
    alone = read_articles([str(tmp_path)])
    with local_executor(2) as executor:
        found = read_articles([str(tmp_path)], executor=executor)
        assert workers_of(os.getpid()) or not Path("/proc").is_dir()
    assert found == alone
    assert len(found.articles) == len(sample()) + 1
    assert [entry.where for entry in found.skipped] == ["leer.html"]


def test_a_page_that_goes_away_meanwhile_is_skipped_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bleibt", "geht"):
        text = f"<article><h1>{name}</h1><p>Die Häfen bleiben bis Montag geschlossen.</p></article>"
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
    cut = input_chunks.chunks_of

    def later(*arguments: object, **options: object) -> Iterator[object]:
        (tmp_path / "geht.html").unlink()
        return cut(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "chunks_of", later)
    with local_executor(2) as executor:
        found = read_articles([str(tmp_path)], executor=executor)
    assert [article.id for article in found.articles] == ["bleibt.html"]
    assert [entry.where for entry in found.skipped] == ["geht.html"]


def test_a_closed_work_starts_nothing_more() -> None:
    executor = LocalExecutor(2)
    assert list(executor.map(fold_marks, WORDS[:20])) == [fold_marks(word) for word in WORDS[:20]]
    executor.close()
    with pytest.raises(RuntimeError):
        list(executor.map(fold_marks, WORDS))
