"""A new executor is a class with the members of `Executor`, handed to whatever has chunks to do."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest
from samples import sample

from newsclust.articles import ReadResult
from newsclust.execution.executor import Executor
from newsclust.pipeline import find_stories
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings

R = TypeVar("R")


class BackToFront:
    """Does the last chunk first, each twice, on copies, and gives the answers in order all the same."""

    remote = False
    by_value = False
    threads = 3

    def __init__(self) -> None:
        self.chunks = 0

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        """The answers in the order of the chunks."""
        waiting = [pickle.dumps((function, chunk)) for chunk in chunks]
        self.chunks += len(waiting)
        answers: list[R] = []
        for call in reversed(waiting):
            for _ in range(2):
                known, chunk = pickle.loads(call)  # noqa: S301 - what was pickled above
                answer = known(chunk, *shared)
            answers.append(answer)
        return reversed(answers)


@pytest.mark.usefixtures("builtin_model")
def test_the_result_is_the_same_whoever_does_the_work() -> None:
    read, settings = ReadResult(tuple(sample())), Settings(effort=Effort.FAST)
    toy = BackToFront()
    executor: Executor = toy
    assert to_json(find_stories(read, settings, executor=executor)) == to_json(find_stories(read, settings))
    assert toy.chunks
