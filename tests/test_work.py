"""What a chunk gives depends on the chunk alone: cut otherwise, or on other threads, the same bytes come out."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from command_line import Command
from numpy.typing import NDArray
from samples import described, sample
from threadpoolctl import threadpool_info, threadpool_limits

from newsclust import pipeline
from newsclust.archive import search
from newsclust.execution.executor import in_chunks
from newsclust.execution.threads import one_blas_thread
from newsclust.explaining import evidence
from newsclust.explaining import explain as explaining
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures, joined
from newsclust.similarity.score import score_pairs
from newsclust.store import regroup


def blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_products_are_the_same_on_any_number_of_threads() -> None:
    generator = np.random.default_rng(0)
    left, right = (generator.standard_normal((rows, 384), dtype=np.float32) for rows in (512, 3_333))

    def product() -> NDArray[np.float32]:
        return np.asarray(left @ right.T)

    found = []
    for threads in (1, 2, 3):
        with threadpool_limits(threads, user_api="blas"):
            found.append(one_blas_thread(product)().tobytes())
    assert found[1:] == found[:1] * 2


def test_the_threads_of_products_are_given_back() -> None:
    with threadpool_limits(2, user_api="blas"):
        assert one_blas_thread(blas_threads)() == {1}
        assert blas_threads() == {2}


def test_of_two_threads_of_a_program_one_waits_for_the_other() -> None:
    entered, leave = threading.Event(), threading.Event()
    order = []

    def first() -> set[int]:
        entered.set()
        assert leave.wait(30)
        order.append("first")
        return blas_threads()

    def second() -> set[int]:
        order.append("second")
        return blas_threads() | one_blas_thread(blas_threads)()  # one that needs another is not in its own way

    before = blas_threads()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(one_blas_thread(first))
        assert entered.wait(30)
        other = pool.submit(one_blas_thread(second))
        assert not order
        leave.set()
        assert waiting.result(30) == other.result(30) == {1}
    assert order == ["first", "second"]
    assert blas_threads() == before


@pytest.mark.parametrize(
    ("module", "inside", "command"),
    [
        (pipeline, "candidate_pairs", "group rest.jsonl"),
        (evidence, "near_stories", "group rest.jsonl --format html"),
        (regroup, "candidate_pairs", "group rest.jsonl --store news.db"),
        (search, "_near", "search İzmir --store news.db"),
        (explaining, "_cosines", "explain a b --in rest.jsonl"),
    ],
)
def test_every_command_holds_its_products_to_one_thread(
    newsclust: Command, monkeypatch: pytest.MonkeyPatch, module: ModuleType, inside: str, command: str
) -> None:
    lines = [json.dumps({"id": name, "text": f"In İzmir gewinnt Fährmann {name} den Hafenpreis."}) for name in "abcd"]
    Path("first.jsonl").write_text("\n".join(lines[2:]), "utf-8")
    Path("rest.jsonl").write_text("\n".join(lines[:2]), "utf-8")
    assert newsclust("group", "first.jsonl", "--effort", "fast", "--store", "news.db").code == 0
    seen = set()
    found = getattr(module, inside)

    def watched(*args: Any, **kwargs: Any) -> Any:
        seen.update(blas_threads())
        return found(*args, **kwargs)

    monkeypatch.setattr(module, inside, watched)
    with threadpool_limits(2, user_api="blas"):
        effort = () if command.startswith("search") else ("--effort", "fast")
        assert newsclust(*command.split(), *effort).code == 0
    assert seen == {1}


def arrays_of(features: ArticleFeatures) -> dict[str, bytes]:
    """Every field, to the byte."""
    found: dict[str, Callable[[], bytes]] = {}
    for name in ("words", "names", "phonetic", "numbers"):
        matrix: Any = getattr(features, name)
        for part in ("data", "indices", "indptr"):
            found[f"{name}.{part}"] = getattr(matrix, part).tobytes
    for name in ("static", "static_density", "languages", "days"):
        found[name] = getattr(features, name).tobytes
    return {name: give() for name, give in found.items()}


@pytest.mark.parametrize("size", [1, 7, 51])
def test_articles_described_in_parts_are_those_described_at_once(builtin_model: None, size: int) -> None:
    articles = sample()
    parts = [described(chunk) for chunk in in_chunks(articles, size)]
    together = joined(parts, [article.language for article in articles])
    assert arrays_of(together) == arrays_of(described(articles))
    assert together.words.shape == (len(articles), parts[0].words.shape[1])


def test_a_score_does_not_depend_on_what_is_scored_beside_it(builtin_model: None) -> None:
    features = described(sample())
    pairs = score_pairs(features, *candidate_pairs(features))
    for ends in np.array_split(np.arange(len(pairs)), 9):
        part = score_pairs(features, pairs.first[ends], pairs.second[ends])
        assert part.story.tobytes() == pairs.story[ends].tobytes()
        assert part.event.tobytes() == pairs.event[ends].tobytes()
