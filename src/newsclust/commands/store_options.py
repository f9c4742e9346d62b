"""What the commands that work on a store share: its flags and lengths of time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclust.commands.options import config_option, option
from newsclust.commands.output import check_name

if TYPE_CHECKING:
    _DaysType = click.ParamType[float]
else:
    _DaysType = click.ParamType  # takes no type argument before click 8.4

_F = TypeVar("_F", bound=Callable[..., Any])
_UNITS = {"m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([mhdw])")


class Duration(_DaysType):
    """A length of time such as 90m, 12h, 14d or 2w, in days."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the days that a length of time stands for."""
        if isinstance(value, int | float):
            return float(value)
        found = _LENGTH.fullmatch(str(value).strip().lower())
        if found is None:
            self.fail(f"{value!r} is not a length of time: give 90m, 12h, 14d or 2w", param, ctx)
        return float(found[1]) * _UNITS[found[2]]


def store_option(command: _F, *, required: bool = True) -> _F:
    """Add the store."""
    return option("--store", metavar="FILE", required=required, help="The store: one SQLite file.")(command)


def wait_option(command: _F) -> _F:
    """Add how long to wait for another run."""
    return option(
        "--wait",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        metavar="SECONDS",
        help="Wait so long for another run that holds the store; then exit 75.",
    )(command)


def memory_options(command: _F) -> _F:
    """Add what makes a run remember."""
    command = option("--changes", is_flag=True, help="Only the stories that this run changed. Needs --store.")(command)
    command = wait_option(command)
    command = option(
        "--window",
        type=Duration(),
        metavar="TIME",
        help="Compare only articles published within TIME of each other (12h, 14d, 2w). Needs --store.",
    )(command)
    return option(
        "--store", metavar="FILE", help="Remember articles and stories in this file, and join new articles to them."
    )(command)


def answer_options(command: _F) -> _F:
    """Add how an answer is written, and the configuration file."""
    command = config_option(command)
    command = option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")(command)
    return click.option(
        "--format", "format_", type=click.Choice(["table", "json"]), help="[default: table on a terminal, else json]"
    )(command)


def store_path(store: str) -> Path:
    """Return where a store lies."""
    path = Path(os.path.expanduser(store))  # Path.expanduser raises for a user that is not known
    check_name("--store", path)
    return path
