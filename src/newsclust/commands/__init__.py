"""The commands, one module each, loaded when they are called for.

A command's module has a click command of its own name. What several share: `options` are their flags, `configuration`
gives defaults from a file, `output` writes answers, `stderr` says the rest, `signals` end a run.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

COMMANDS = (
    *("group", "explain", "eval", "stories", "story", "search", "join", "part", "rename", "undo", "corrections"),
    *("forget", "check", "export", "import", "doctor"),
)
"""Every command, in the order of `newsclust --help`. The module and the command in it have the same name."""


class LazyGroup(click.Group):
    """A click group that imports a command's module when the command is called or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name  # import_
        command: Any = getattr(import_module(f"newsclust.commands.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command
