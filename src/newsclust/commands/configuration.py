"""Defaults from a TOML file: below flags and environment, above the built-in ones."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any

import click

from newsclust.errors import UsageError

LOCAL_NAME = "newsclust.toml"
"""Read from the working directory when there is one, before the user's own file."""

# A file found in the working directory must not choose which file is overwritten or which other file is believed.
_FLAGS_ONLY = frozenset({"config", "output", "help", "version"})


def load_configuration(ctx: click.Context, param: click.Parameter | None, given: str | None) -> None:
    """Take the defaults of `ctx` from the file given, else ./newsclust.toml, else the user's config.toml.

    Raises UsageError for a file that cannot be read, an unknown key, or a value that the flag would refuse.
    """
    if ctx.resilient_parsing:
        return
    path = configuration_in_effect(given)
    if path is not None:
        ctx.default_map = _defaults(path, _read(path), ctx)


def configuration_in_effect(given: str | None = None) -> Path | None:
    """Return the file given, else ./newsclust.toml, else the user's; None where there is none."""
    if given:
        return Path(given)
    return next((path for path in (Path(LOCAL_NAME), user_configuration()) if path and path.is_file()), None)


def user_configuration() -> Path | None:
    """Return where the user's own configuration file is looked for; None for a user without a home folder."""
    from platformdirs import user_config_path

    try:
        folder = user_config_path("newsclust", appauthor=False)
    except RuntimeError:  # what newer versions of platformdirs raise; older ones give "~/.config"
        return None
    return folder / "config.toml" if folder.is_absolute() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: cannot read the configuration: {os.strerror(error.errno or 0)}") from error
    except (ValueError, RecursionError) as error:  # of which TOMLDecodeError and UnicodeDecodeError are two
        raise UsageError(f"{path}: not valid TOML: {error}") from error


def _defaults(path: Path, values: dict[str, Any], ctx: click.Context) -> dict[str, Any]:
    own = _keys(ctx.command)
    known = own | _keys_of_other_commands(ctx)
    defaults: dict[str, Any] = {}
    for key, value in values.items():
        name = key.replace("_", "-")
        if name not in known:
            raise UsageError(f"{path}: unknown key {key!r}{_hint(name, list(known))}")
        if name in own:
            defaults[own[name].name or ""] = _checked(path, key, value, own[name], ctx)
    return defaults


def _keys(command: click.Command) -> dict[str, click.Option]:
    """Return the options a file may set, those that a variable sets too, by the name of the flag without its dashes.

    The others mean different things in different commands: a format of `group` is none of `stories`.
    """
    options = [param for param in command.params if isinstance(param, click.Option) and param.envvar]
    named = {key_of(option): option for option in options}
    return {name: option for name, option in named.items() if name not in _FLAGS_ONLY}


def _keys_of_other_commands(ctx: click.Context) -> dict[str, click.Option]:
    """Return what any command understands: one file serves them all, and each takes what it knows."""
    group = ctx.parent.command if ctx.parent else None
    if ctx.parent is None or not isinstance(group, click.Group):
        return {}
    commands = [group.get_command(ctx.parent, name) for name in group.list_commands(ctx.parent)]
    return {key: option for command in commands if command for key, option in _keys(command).items()}


def _checked(path: Path, key: str, value: Any, option: click.Option, ctx: click.Context) -> Any:
    """Return the value as the command line would give it; click refuses there what it refuses here."""
    try:
        plain = _as_given_on_command_line(value, option)
        option.process_value(ctx, plain)
    except (click.BadParameter, ValueError) as error:
        reason = error.message if isinstance(error, click.BadParameter) else str(error)
        raise UsageError(f"{path}: {key}: {reason}") from error
    return plain


def _as_given_on_command_line(value: Any, option: click.Option) -> str | list[str]:
    if option.multiple:
        if isinstance(value, dict):  # map = {text = "body"} reads better than map = ["text=body"]
            value = [f"{field}={name}" for field, name in value.items()]
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise ValueError("must be a table of strings or a list of strings")
        return value
    if option.is_flag and not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    if isinstance(value, bool) != option.is_flag or not isinstance(value, str | int):
        raise ValueError(f"{value!r} is not a value of --{key_of(option)}")
    return str(value)


def key_of(option: click.Option) -> str:
    """Return the configuration key of an option: its longest flag without the dashes."""
    return max(option.opts, key=len).lstrip("-")


def _hint(name: str, known: list[str]) -> str:
    if name in _FLAGS_ONLY:
        return f"; it is a flag only: use --{name}"
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known keys: {', '.join(sorted(known))}"
