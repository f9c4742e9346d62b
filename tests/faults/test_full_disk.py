"""A disk that is full: the result is the same, or an error that says so; nothing half-written stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from command_line import Command

resource = pytest.importorskip("resource", reason="limits are POSIX")

Full = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def full() -> Full:
    """Let no file of this process grow over so many bytes."""

    @contextmanager
    def limited(most: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited


@pytest.mark.parametrize("format_", ["table", "json", "ndjson", "csv", "html"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_no_space_for_the_output_is_one_line(newsclust: Command, articles: Path, format_: str) -> None:
    outcome = newsclust("group", articles.name, "--effort", "fast", "-q", "--format", format_, "-o", "/dev/full")
    assert outcome.code == 1
    assert outcome.err == "Error: cannot write /dev/full: No space left on device; nothing was written\n"


def test_an_output_that_no_longer_fits_leaves_the_old_one(newsclust: Command, articles: Path, full: Full) -> None:
    Path("aus.json").write_text("alt")
    with full(100):
        outcome = newsclust("group", articles.name, "--effort", "fast", "-q", "-o", "aus.json")
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].startswith("Error: cannot write aus.json: File too large")
    assert Path("aus.json").read_text() == "alt"
    assert sorted(os.listdir()) == [articles.name, "aus.json"]


def test_no_space_for_vectors_costs_time_and_is_told_once(
    newsclust: Command, articles: Path, own_cache: Path, full: Full
) -> None:
    with full(8192):
        outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert outcome.code == 0
    assert len(outcome.err.splitlines()) == 1
    assert f"the cache in {own_cache} is not used" in outcome.err
    whole = newsclust("group", articles.name, "--format", "json", "-q")
    assert (whole.out, whole.err) == (outcome.out, "")


def test_no_space_for_the_model_is_told_and_the_run_goes_on(
    newsclust: Command, articles: Path, tmp_path: Path, full: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = newsclust("group", articles.name, "--format", "json", "-q").out
    cache = tmp_path / "voll"
    monkeypatch.setenv("NEWSCLUST_CACHE", str(cache))
    with full(1 << 20):
        outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert (outcome.code, outcome.out) == (0, expected)
    assert "the built-in model cannot be kept" in outcome.err
    assert not list(cache.glob(".building*"))
    assert not list(cache.glob("model-*"))


SMALL_DISK = """
import subprocess, sys
mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", "kecil"], capture_output=True)
if mounted.returncode:
    sys.exit(77)
from newsclust.cli import run
store = ["--store", "kecil/berita.db"]
codes = [run(["group", name, *store, "--effort", "fast", "-q", "-o", "/dev/null"]) for name in sys.argv[1:]]
print(codes, [run([command, *store, "-o", "/dev/null"]) for command in ("check", "stories")])
"""


def test_a_file_system_that_is_full_is_named_and_what_was_written_before_stays(
    newsclust: Command, articles: Path
) -> None:
    """A real one, of 1.2 MB, in a namespace of mounts: store, log and lock share it."""
    Path("kecil").mkdir()
    texts = (f"Kapal {n * 7919} tiba di Đà Nẵng, {n} {'ombak ' * (n % 50)}." for n in range(400))
    rows = (json.dumps({"id": f"ş{n}", "text": text}) + "\n" for n, text in enumerate(texts))
    Path("banyak.jsonl").write_text("".join(rows), "utf-8")
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-c", SMALL_DISK]
    try:
        done = subprocess.run([*command, articles.name, "banyak.jsonl"], capture_output=True, text=True, timeout=300)
    except FileNotFoundError:
        pytest.skip("needs unshare")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("may mount nothing")
    assert done.stdout == "[0, 1] [0, 0]\n"
    assert done.stderr == (
        "Error: kecil/berita.db: no space left to write; the store is as the last whole batch left it: free some space "
        "and run again\n"
    )
