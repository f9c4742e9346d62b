"""A cache that cannot be written, or goes away while it is used: the result is the same."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import Command, Stages


@pytest.fixture
def expected(newsclust: Command, articles: Path) -> str:
    """The result with a cache that works."""
    outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert outcome.err == ""
    return str(outcome.out)


def read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse what a read-only file system refuses: permissions would not stop root."""
    plain: dict[str, Any] = {"open": os.open, "mkdir": os.mkdir}

    def refuse(name: str) -> Any:
        def call(path: Any, *arguments: Any, **options: Any) -> Any:
            writes = name != "open" or arguments[0] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and os.fspath(path).startswith(os.fspath(folder)):
                raise OSError(errno.EROFS, "Read-only file system", os.fspath(path))
            return plain[name](path, *arguments, **options)

        return call

    for name in plain:
        monkeypatch.setattr(os, name, refuse(name))


def test_a_read_only_cache_with_the_model_in_it_is_told_once(
    newsclust: Command, articles: Path, expected: str, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_only(own_cache, monkeypatch)
    outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert (outcome.code, outcome.out) == (0, expected)
    assert outcome.err.count("Read-only file system") == len(outcome.err.splitlines()) == 1


def test_an_empty_read_only_cache_is_told_and_the_model_built_in_memory(
    newsclust: Command, articles: Path, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "leer"
    monkeypatch.setenv("NEWSCLUST_CACHE", str(cache))
    read_only(cache, monkeypatch)
    outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert (outcome.code, outcome.out) == (0, expected)
    assert outcome.err.count("the built-in model cannot be kept") == outcome.err.count("NEWSCLUST_CACHE") == 1
    assert not cache.exists()


@pytest.mark.parametrize("stage", ["Embedding", "Comparing"])
def test_a_cache_removed_while_it_is_used_changes_nothing(
    newsclust: Command, articles: Path, expected: str, own_cache: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    Stages(stage, lambda: shutil.rmtree(own_cache)).listen(monkeypatch)
    outcome = newsclust("group", articles.name, "--format", "json", "-q")
    assert (outcome.code, outcome.out) == (0, expected)
    assert "Traceback" not in outcome.err
