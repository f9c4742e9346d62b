"""A disk that is full: the result is the same, or an error that says so; nothing half-written stays."""

from __future__ import annotations

import os
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
    assert outcome.err.startswith("Error: cannot write aus.json: File too large")
    assert Path("aus.json").read_text() == "alt"
    assert sorted(os.listdir()) == [articles.name, "aus.json"]


def test_no_space_for_vectors_costs_time_and_is_told_once(
    newsclust: Command, articles: Path, own_cache: Path, full: Full
) -> None:
    with full(8192):
        outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert outcome.code == 0
    assert len(outcome.err.splitlines()) == 1
    assert f"the vector cache {own_cache}" in outcome.err
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
