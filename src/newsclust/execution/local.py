"""Chunks of work on all cores of this machine; answers in order.

What is plain Python (languages, words, keywords) goes to processes of its own, one a core, which are started when there
are enough chunks to be worth it. Chunks that share the features of all articles are NumPy and SciPy, which let go of
the interpreter's lock: they run on threads, and nothing is copied. Nothing here decides what is computed, and a worker
that dies costs its chunk some time, so the answers are those of `IN_PROCESS`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import Any, TypeVar

WORTH_PROCESSES = 16
"""Chunks from which processes are started: each takes a second to load what it needs, a chunk takes 0.05 to 0.3 s."""
AHEAD = 3
"""Chunks under way for each worker: one that runs, and two so that it never waits."""

R = TypeVar("R")


@contextmanager
def local_executor(threads: int) -> Iterator[LocalExecutor]:
    """Work on `threads` cores; whatever was started for it is gone at the end."""
    executor = LocalExecutor(threads)
    try:
        yield executor
    finally:
        executor.close()


class LocalExecutor:
    """An `Executor` on this machine."""

    remote = False
    by_value = False

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._pool = ThreadPoolExecutor(threads, "newsclust-work")
        self._workers: list[_Worker] = []
        self._lane = threading.local()
        self._closed = False

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        """`function(chunk, *shared)` of each chunk, in order; `chunks` is read as the work goes on."""
        if self.threads == 1:
            return (function(chunk, *shared) for chunk in chunks)
        if shared:
            return self._ordered(lambda chunk: function(chunk, *shared), chunks)
        ahead = iter(chunks)
        first = list(islice(ahead, WORTH_PROCESSES))
        if len(first) < WORTH_PROCESSES and not self._workers:
            return map(function, first)
        return self._ordered(lambda chunk: self._elsewhere(function, chunk), chain(first, ahead))

    def close(self) -> None:
        """End the workers, also those that are at a chunk."""
        self._closed = True
        for worker in self._workers:
            worker.end()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ordered(self, call: Callable[[Any], R], chunks: Iterable[Any]) -> Iterator[R]:
        """The answers in order, a bounded number of chunks ahead of the one that is asked for."""
        waiting: deque[Future[R]] = deque()
        try:
            for chunk in chunks:
                if len(waiting) >= AHEAD * self.threads:
                    yield waiting.popleft().result()
                waiting.append(self._pool.submit(call, chunk))
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _elsewhere(self, function: Callable[[Any], R], chunk: Any) -> R:
        """The answer of this thread's own worker; made here where there is none, or no longer."""
        worker = self._worker()
        if worker is None:
            return function(chunk)
        try:
            done, answer = worker.call(function, chunk)
        except (OSError, EOFError, pickle.UnpicklingError):
            if self._closed:
                raise
            worker.end()
            self._lane.worker = None
            return function(chunk)
        if not done:
            raise answer
        result: R = answer
        return result

    def _worker(self) -> _Worker | None:
        if not hasattr(self._lane, "worker"):
            self._lane.worker = None
            with suppress(OSError, ValueError):  # no more processes allowed, no interpreter to start
                self._lane.worker = _Worker()
                self._workers.append(self._lane.worker)
        worker: _Worker | None = self._lane.worker
        return worker


class _Worker:
    """One process of `newsclust.execution.local_worker`."""

    def __init__(self) -> None:
        # A group of its own: Ctrl-C is for the command, which ends its workers. -P: no module of the folder it runs in.
        apart: dict[str, Any] = (
            {"process_group": 0}
            if os.name == "posix"
            else {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        )
        command = [sys.executable, "-P", "-m", "newsclust.execution.local_worker"]
        # Whatever goes wrong there is done again here, and told then.
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, **pipes, **apart)  # noqa: S603 - this interpreter, our own module

    def call(self, function: Callable[[Any], Any], chunk: Any) -> tuple[bool, Any]:
        """Whether there is an answer, and the answer or the exception. Raises OSError or EOFError where it is gone."""
        calls, answers = self._process.stdin, self._process.stdout
        if calls is None or answers is None:
            raise EOFError
        calls.write(pickle.dumps((function, chunk), pickle.HIGHEST_PROTOCOL))
        calls.flush()
        done, answer = pickle.load(answers)  # noqa: S301 - from a process that this one started
        return done, answer

    def end(self) -> None:
        """Stop it at once: it holds nothing that would have to be saved."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not read any more
                if pipe is not None:
                    pipe.close()
