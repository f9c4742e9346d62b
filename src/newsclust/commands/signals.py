"""Signals that end a run, as exceptions, so that what was begun is cleaned up on the way out."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if os.name == "posix" else (signal.SIGINT,)


class Terminated(BaseException):
    """A signal asked the process to end. Not an Exception, so that nothing swallows it on the way out."""


@contextmanager
def signals_caught(caught: list[int]) -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGINT and Terminated on SIGTERM and SIGHUP; leave ignored ones (nohup) ignored.

    Each number goes to `caught` too: an exception that is raised while C code imports or calls back may come out as
    another one, or not at all.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        raise KeyboardInterrupt if number == signal.SIGINT else Terminated(number)

    def unraisable(lost: sys.UnraisableHookArgs) -> None:
        # In a destructor or a callback of C code Python would print the traceback and go on.
        if not isinstance(lost.exc_value, (KeyboardInterrupt, Terminated)):
            shown(lost)

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    shown = sys.unraisablehook
    try:
        sys.unraisablehook = unraisable
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = shown
