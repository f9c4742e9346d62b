"""The commands, one module each, loaded when they are called for.

A command's module has a click command of its own name. What several share: `options` are their flags, `configuration`
gives defaults from a file, `output` writes answers, `stderr` says the rest, `signals` end a run.
"""

from __future__ import annotations

import difflib
import os
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from newsclust.reading.addresses import NO_ADDRESS, is_address

COMMANDS = (
    *("group", "explain", "eval", "calibrate", "stories", "story", "search", "join", "part", "rename", "undo"),
    *("corrections", "forget", "check", "export", "import", "doctor"),
)
"""Every command, in the order of `newsclust --help`. The module and the command in it have the same name."""


def _meant(word: str) -> str:
    """What a word that is no command may have been meant for."""
    if is_address(word):
        return f" {NO_ADDRESS}"
    if os.path.exists(word) or "/" in word or os.sep in word or "*" in word:
        return f" To group it: newsclust group {word}"
    close = difflib.get_close_matches(word, COMMANDS, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


class LazyGroup(click.Group):
    """A click group that imports a command's module when the command is called or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names; raise UsageError with what was meant where it names none."""
        word = args[0] if args else ""
        if word in COMMANDS or word.startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"No such command {word!r}.{_meant(word)}", ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name  # import_
        command: Any = getattr(import_module(f"newsclust.commands.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command
