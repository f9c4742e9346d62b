"""The command line: from arguments to an exit code. The one place where an error becomes one.

Nothing heavy is imported here: `newsclust --help` answers at once.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from newsclust.commands import LazyGroup
from newsclust.commands.delivery import silence_stdout
from newsclust.commands.reporting import say, say_lines
from newsclust.errors import NewsclustError

INTERRUPTED = 128 + signal.SIGINT
EXIT_CODES = {
    0: "done, also when nothing clusters",
    1: "failed",
    2: "what was asked makes no sense: a missing path, an unknown option or value",
    3: "--strict, and something was skipped",
    75: "another run holds the store; try again later",
    130: "interrupted (Ctrl-C)",
    143: "terminated",
}
"""What each exit code means."""

_COMPLETION = """\b
Completion of commands, options and files, in the shell's own start file:
  bash  eval "$(_NEWSCLUST_COMPLETE=bash_source newsclust)"
  zsh   eval "$(_NEWSCLUST_COMPLETE=zsh_source newsclust)"
  fish  _NEWSCLUST_COMPLETE=fish_source newsclust | source
"""


class _Terminated(BaseException):
    """A signal asked the process to end. Not an Exception, so that nothing swallows it on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_COMPLETION)
@click.version_option(package_name="newsclust", prog_name="newsclust")
def newsclust() -> None:
    """Group raw news articles in any language into stories."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (default: the process's own arguments) and return the exit code.

    Anything but a NewsclustError, a usage error, a signal or a lack of memory is a bug and keeps its traceback.
    """
    try:
        with _ended_by_signals():
            outcome = newsclust.main(arguments, prog_name="newsclust", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except NewsclustError as error:
        say(f"Error: {error}")
        return error.exit_code
    except click.ClickException as error:
        _show(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except _Terminated as error:
        say("terminated")
        return error.exit_code
    except MemoryError:
        say("Error: out of memory; free some, give fewer articles at once, or try --threads 1 or --effort fast")
        return NewsclustError.exit_code
    except BrokenPipeError:
        silence_stdout()
        return 0


def _show(error: click.ClickException) -> None:
    """Say click's own message, layout kept, with whatever it quotes made harmless."""
    message = io.StringIO()
    error.show(message)
    say_lines(message.getvalue())


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into an exception, so that files are cleaned up; leave ignored ones (nohup) ignored."""
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, _terminate)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated(number)
