"""The command line: from arguments to an exit code. The one place where an error becomes one.

Nothing heavy is imported here: `newsclust --help` answers at once.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from newsclust.commands import LazyGroup
from newsclust.commands.output import silence_stdout
from newsclust.commands.signals import signals_caught
from newsclust.commands.stderr import say, say_lines
from newsclust.errors import NewsclustError
from newsclust.execution.memory import lacks_memory, require_memory, return_what_is_freed

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


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_COMPLETION)
@click.version_option(package_name="newsclust", prog_name="newsclust")
def newsclust() -> None:
    """Group raw news articles in any language into stories."""
    require_memory()
    return_what_is_freed()


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (default: the process's own arguments) and return the exit code.

    Anything but a NewsclustError, a usage error, a signal or a lack of memory is a bug and keeps its traceback.
    """
    caught: list[int] = []
    code = 0
    try:
        with signals_caught(caught):
            outcome = newsclust.main(arguments, prog_name="newsclust", standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
    except BaseException as error:
        if not caught:
            return _code_of(error)
    if caught:
        say("interrupted" if caught[0] == signal.SIGINT else "terminated")
        return 128 + caught[0]
    return code


def _code_of(error: BaseException) -> int:
    """Say what went wrong and return the exit code for it; raise again what is a bug."""
    match error:
        case NewsclustError():
            say(f"Error: {error}")
            return error.exit_code
        case click.ClickException():
            _show(error)
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            say("interrupted")
            return INTERRUPTED
        case _ if lacks_memory(error):
            say("Error: out of memory; free some, give fewer articles at once, or try --threads 1 or --effort fast")
            return NewsclustError.exit_code
        case BrokenPipeError():
            silence_stdout()
            return 0
    raise error


def _show(error: click.ClickException) -> None:
    """Say click's own message, layout kept, with whatever it quotes made harmless."""
    message = io.StringIO()
    error.show(message)
    say_lines(message.getvalue())
