"""Out of memory: smaller batches where there are batches (tests/test_sentence_encoder.py), then one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Command, Stages

from newsclust.encoders.builtin.encoder import BuiltinEncoder


def exhausted(*_: object) -> None:
    raise MemoryError


@pytest.mark.parametrize("stage", ["Reading", "Reading words", "Comparing", "Grouping"])
def test_no_memory_at_any_stage_is_one_line(
    newsclust: Command, articles: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    Stages(stage, exhausted).listen(monkeypatch)
    outcome = newsclust("group", articles.name, "--effort", "fast")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Error: out of memory; ")
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("Failed to allocate memory for requested buffer")])
def test_no_memory_for_a_text_is_tried_once_more_by_itself_and_then_told(
    newsclust: Command, articles: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tries: list[int] = []
    plain = BuiltinEncoder._run

    def scarce(self: BuiltinEncoder, ids: object) -> object:
        tries.append(1)
        if len(tries) == 1 or len(tries) > 7:
            raise error
        return plain(self, ids)  # type: ignore[arg-type]

    monkeypatch.setattr(BuiltinEncoder, "_run", scarce)
    assert newsclust("group", articles.name, "--threads", "1").code == 0
    assert len(tries) == 7  # three articles and their headlines, the first one twice
    for file in own_cache.glob("vectors*"):
        file.unlink()
    outcome = newsclust("group", articles.name, "--threads", "1")
    assert outcome.code == 1
    assert "Error: out of memory while encoding a text" in outcome.err
    assert "NEWSCLUST_THREADS=1" in outcome.err


@pytest.mark.skipif(sys.platform != "linux", reason="limits on the address space are those of Linux")
@pytest.mark.parametrize("megabytes", [19, 22, 30, 80, 120, 200, 300])
def test_too_little_memory_to_load_what_is_needed_is_one_line(articles: Path, megabytes: int) -> None:
    limited = f"import resource, runpy; resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20},) * 2); import sys"
    command = f"{limited}; sys.argv[1:] = ['group', {articles.name!r}]; runpy.run_module('newsclust', {{}}, '__main__')"
    # What measures coverage needs memory itself, at the end too.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    ended = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, env=plain)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: out of memory")
    assert len(ended.stderr.splitlines()) == 1
