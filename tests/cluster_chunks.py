"""Chunks of work that the tests have workers do; workers find this module by name."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from newsclust.errors import InputError


def doubled_after(chunk: tuple[float, int]) -> int:
    """Twice the number, after so many seconds."""
    seconds, number = chunk
    time.sleep(seconds)
    return 2 * number


def slow_part(chunk: int, shared: bytes) -> bytes:
    """One byte of what the chunks share, and who gave it."""
    time.sleep(0.1)
    return shared[chunk : chunk + 1]


def process_of(chunk: int) -> tuple[int, int]:
    """The chunk, and the process that has it, with the threads that run chunks in it."""
    return chunk, os.getpid()


def failing(chunk: int) -> int:
    """Fail as a bug does."""
    raise ValueError(f"Stück {chunk} geht nicht")


def refusing(chunk: int) -> int:
    """Fail as bad input does."""
    raise InputError(f"Stück {chunk} ist keine Nachricht")


def answering_with_a_lock(chunk: int) -> Any:
    """Answer with what cannot travel."""
    return threading.Lock()


class _OddError(Exception):
    """An exception that cannot travel."""

    def __init__(self) -> None:
        super().__init__("seltsam")
        self.lock = threading.Lock()


def failing_oddly(chunk: int) -> int:
    """Fail with what cannot travel."""
    raise _OddError


def dying(chunk: int) -> int:
    """Take the worker along."""
    os._exit(1)
