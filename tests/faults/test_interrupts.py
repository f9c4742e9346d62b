"""Ctrl-C and SIGTERM at every stage: the exit code says so, nothing half-written stays, and the next run is whole."""

from __future__ import annotations

import os
import signal
import weakref
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import Command, Stages

from newsclust.archive.maintain import check
from newsclust.store.file import reading

INTERRUPTED = (signal.SIGINT, 130, "\ninterrupted\n")  # a line of its own behind the ^C
TERMINATED = (signal.SIGTERM, 143, "terminated\n")

STAGES = ["Reading", "Cleaning", "Finding languages", "Reading words", "Embedding", "Comparing", "Grouping"]
"""The stages of `newsclust group`, in order."""
LAST = "Comparing stories"
FIRST_RUN = "Building the built-in model"
OF_A_STORE = "Joining stories"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")


def test_these_are_all_stages(
    newsclust: Command, articles: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Stages().listen(monkeypatch)
    assert newsclust("group", articles.name, "-o", "bericht.html").code == 0
    assert heard.names == [*STAGES, LAST]
    heard.names.clear()
    assert newsclust("group", articles.name, "--store", "berita.db", "--effort", "fast").code == 0
    assert set(heard.names) - set(STAGES) == {OF_A_STORE}


@pytest.mark.parametrize("stage", [*STAGES, LAST])
@pytest.mark.parametrize(("number", "code", "said"), [INTERRUPTED, TERMINATED], ids=["SIGINT", "SIGTERM"])
def test_a_signal_at_any_stage_ends_the_run_and_leaves_nothing(
    newsclust: Command,
    articles: Path,
    own_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    number: signal.Signals,
    code: int,
    said: str,
) -> None:
    Stages(stage, lambda: signal.raise_signal(number)).listen(monkeypatch)
    outcome = newsclust("group", articles.name, "-o", "bericht.html")
    assert (outcome.code, outcome.out, outcome.err) == (code, "", said)
    assert sorted(os.listdir()) == [articles.name, own_cache.name]

    Stages().listen(monkeypatch)
    assert newsclust("group", articles.name, "-o", "bericht.html").code == 0


@pytest.mark.parametrize("stage", ["Cleaning", "Reading words", OF_A_STORE])
def test_a_store_is_as_it_was_before_an_interrupted_run(
    newsclust: Command, articles: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    arguments = ("--store", "berita.db", "--effort", "fast", "--format", "json")
    lines = articles.read_text("utf-8").splitlines(keepends=True)
    Path("satu.jsonl").write_text(lines[0], encoding="utf-8")
    assert newsclust("group", "satu.jsonl", *arguments).code == 0
    Stages(stage, lambda: signal.raise_signal(signal.SIGINT)).listen(monkeypatch)
    assert newsclust("group", articles.name, *arguments).code == 130

    with reading(Path("berita.db")) as connection:
        health = check(connection, Path("berita.db"))
    assert (health.problems, health.articles, health.stories) == ((), 1, 0)
    Stages().listen(monkeypatch)
    again = newsclust("group", articles.name, *arguments)
    Path("berita.db").unlink()
    assert again.code == 0
    assert '"articles": 3' in again.out


def test_a_signal_while_the_model_is_built_leaves_a_cache_that_the_next_run_completes(
    newsclust: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "leer"
    monkeypatch.setenv("NEWSCLUST_CACHE", str(cache))
    Stages(FIRST_RUN, lambda: signal.raise_signal(signal.SIGINT)).listen(monkeypatch)
    assert newsclust("group", articles.name).code == 130
    Stages().listen(monkeypatch)
    assert newsclust("group", articles.name).code == 0
    assert not list(cache.glob(".building*"))


@pytest.mark.parametrize("before", [None, "alt"])
def test_a_signal_while_the_result_is_written_leaves_the_old_file_or_none(
    newsclust: Command, articles: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    if before:
        Path("aus.json").write_text(before)

    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(os, "fsync", interrupted)
    outcome = newsclust("group", articles.name, "--effort", "fast", "-o", "aus.json")
    assert (outcome.code, outcome.err) == (130, "\ninterrupted\n")
    assert sorted(os.listdir()) == [articles.name, *(["aus.json"] if before else [])]
    if before:
        assert Path("aus.json").read_text() == before


def test_an_interrupt_that_a_library_swallows_or_turns_into_an_error_is_still_one(
    newsclust: Command, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swallowed() -> None:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    def turned() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise TypeError("expected a message argument") from error  # what importing _ssl makes of it

    for act in (swallowed, turned):
        Stages("Comparing", act).listen(monkeypatch)
        outcome = newsclust("group", articles.name, "--effort", "fast", "-o", "aus.json")
        assert outcome.code == 130
        assert outcome.err.splitlines()[-1] == "interrupted"


def test_an_interrupt_in_a_callback_that_cannot_raise_shows_no_traceback(
    newsclust: Command, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lock:
        pass

    def forgotten() -> None:
        lock = Lock()  # as importing does for each module
        watched = weakref.ref(lock, lambda _: signal.raise_signal(signal.SIGINT))
        del lock
        assert watched() is None

    Stages("Comparing", forgotten).listen(monkeypatch)
    outcome = newsclust("group", articles.name, "--effort", "fast", "-o", "aus.json")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (130, "interrupted")
    assert "Traceback" not in outcome.err
