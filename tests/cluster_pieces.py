"""Pieces of work that the tests have workers do; workers find this module by name."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from newsclust.errors import InputError


def doubled_after(piece: tuple[float, int]) -> int:
    """Twice the number, after so many seconds."""
    seconds, number = piece
    time.sleep(seconds)
    return 2 * number


def slow_part(piece: int, shared: bytes) -> bytes:
    """One byte of what the pieces share, and who gave it."""
    time.sleep(0.1)
    return shared[piece : piece + 1]


def process_of(piece: int) -> tuple[int, int]:
    """The piece, and the process that has it, with the threads that run pieces in it."""
    return piece, os.getpid()


def failing(piece: int) -> int:
    """Fail as a bug does."""
    raise ValueError(f"Stück {piece} geht nicht")


def refusing(piece: int) -> int:
    """Fail as bad input does."""
    raise InputError(f"Stück {piece} ist keine Nachricht")


def answering_with_a_lock(piece: int) -> Any:
    """Answer with what cannot travel."""
    return threading.Lock()


class _OddError(Exception):
    """An exception that cannot travel."""

    def __init__(self) -> None:
        super().__init__("seltsam")
        self.lock = threading.Lock()


def failing_oddly(piece: int) -> int:
    """Fail with what cannot travel."""
    raise _OddError


def dying(piece: int) -> int:
    """Take the worker along."""
    os._exit(1)
