"""A small part of the hostile corpus, grouped: every case leaves the good article whole and is done soon."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest
from hostile.cases import CASES

from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings

pytestmark = pytest.mark.usefixtures("builtin_model")

SIZE = {"one-word-articles": 0.002, "tiny-lines": 0.002, "bombs": 0.0, "wide-json": 0.005}
"""Shares of the full corpus, 0.01 where nothing else is said."""
GOOD = "In Ushuaia eröffnet ein Chor von Leuchtturmwärtern die Saison."


@pytest.mark.parametrize("name", CASES)
def test_the_good_article_beside_it_comes_out_whole_and_soon(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        CASES[name](Path(folder), SIZE.get(name, 0.01))
        (Path(folder) / "good.txt").write_text(GOOD, "utf-8")
        started = time.process_time()
        read = read_articles([folder])
        result = find_stories(read, Settings(effort=Effort.FAST))
        to_json(result).encode()
        assert time.process_time() - started < 60
    assert {article.id for article in result.articles} == {article.id for article in read.articles}
    assert GOOD in [article.text for article in read.articles if article.id == "good.txt"]


def test_a_word_of_megabytes_is_refused_and_not_held(tmp_path: Path) -> None:
    CASES["long-token"](tmp_path, 0.2)
    tracemalloc.start()
    read = read_articles([str(tmp_path / "token.jsonl")])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [entry.where for entry in read.skipped] == ["token.jsonl:1"]
    assert peak < 80_000_000
