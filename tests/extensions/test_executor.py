"""A new executor is a class with the members of `Work`, handed to whatever has pieces to do."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest
from samples import sample

from newsclust.articles import ReadResult
from newsclust.execution.executor import Work
from newsclust.pipeline import find_stories
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings

R = TypeVar("R")


class BackToFront:
    """Does the last piece first, each twice, on copies, and gives the answers in order all the same."""

    remote = False
    by_value = False
    threads = 3

    def __init__(self) -> None:
        self.pieces = 0

    def map(self, function: Callable[..., R], pieces: Iterable[Any], *shared: Any) -> Iterator[R]:
        """The answers in the order of the pieces."""
        waiting = [pickle.dumps((function, piece)) for piece in pieces]
        self.pieces += len(waiting)
        answers: list[R] = []
        for call in reversed(waiting):
            for _ in range(2):
                known, piece = pickle.loads(call)  # noqa: S301 - what was pickled above
                answer = known(piece, *shared)
            answers.append(answer)
        return reversed(answers)


@pytest.mark.usefixtures("builtin_model")
def test_the_result_is_the_same_whoever_does_the_work() -> None:
    read, settings = ReadResult(tuple(sample())), Settings(effort=Effort.FAST)
    toy = BackToFront()
    work: Work = toy
    assert to_json(find_stories(read, settings, work=work)) == to_json(find_stories(read, settings))
    assert toy.pieces
