"""Running commands inside the tests' own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from newsclust.execution.progress import Advance

Command = Callable[..., SimpleNamespace]
"""Runs the command line: its exit code, stdout and stderr as `code`, `out` and `err`."""


class Stages:
    """A progress that notes the stages as they begin, and does something in one of them."""

    def __init__(self, at: str = "", act: Callable[[], object] = lambda: None) -> None:
        self.names: list[str] = []
        self._at, self._act = at, act

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        self.names.append(name)
        if name == self._at:
            self._act()
        yield lambda items: None

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> Stages:
        """Take the place of the bars."""
        monkeypatch.setattr("newsclust.commands.group.progress_on_stderr", self._listening)
        return self

    @contextmanager
    def _listening(self, *, quiet: bool) -> Iterator[Stages]:
        yield self
