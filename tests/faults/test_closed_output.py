"""Whoever reads the output may leave, and nobody need listen at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")


@pytest.fixture
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stdout is a pipe whose reader is gone, as head is after its first line."""
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        yield


@pytest.mark.parametrize("format_", ["table", "json", "ndjson", "csv", "html"])
def test_group_in_any_format(newsclust: Command, articles: Path, nobody_reads: None, format_: str) -> None:
    outcome = newsclust("group", articles.name, "--effort", "fast", "--format", format_, "-q")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("format_", ["table", "json"])
def test_every_other_command(newsclust: Command, articles: Path, request: pytest.FixtureRequest, format_: str) -> None:
    store = ("--store", "berita.db")
    assert newsclust("group", articles.name, "--effort", "fast", "-o", "aus.json", *store).code == 0
    Path("gold.csv").write_text("id,story\nä0,a\nä1,a\nä2,b\n", encoding="utf-8")
    request.getfixturevalue("nobody_reads")
    for command in (
        ("explain", "ä0", "ä1", "--in", articles.name, "--effort", "fast", "--format", format_, "-q"),
        ("eval", "gold.csv", "--result", "aus.json", "--format", format_),
        ("stories", *store, "--format", format_),
        ("search", "Botschaften", *store, "--format", format_),
        ("check", *store, "--format", format_),
        ("export", *store),
        ("forget", "ä2", *store, "--format", format_),
        ("--help",),
        ("group", "--help"),
        ("--version",),
    ):
        outcome = newsclust(*command)
        assert (outcome.code, outcome.err) == (0, ""), command


def test_a_real_pipe_and_nobody_who_hears_errors(articles: Path, built_cache: Path, tmp_path: Path) -> None:
    line = f'set -o pipefail; "$0" -m newsclust group {articles.name} --effort fast --format json 2>&- | head -1'
    environment = {**os.environ, "NEWSCLUST_CACHE": str(built_cache)}
    done = subprocess.run(
        ["bash", "-c", line, sys.executable],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"{\n")
