"""The flags that commands share. Each is also an environment variable and a key of the configuration file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from newsclust.articles import UNDETERMINED
from newsclust.commands.configuration import load_configuration
from newsclust.languages.codes import language_code
from newsclust.rendering.formats import format_names
from newsclust.settings import BUILTIN_MODEL, DEFAULTS, GRANULARITIES, Effort

OPTIONS_NOTE = (
    "Options are also environment variables (--raw-cells: NEWSCLUST_RAW_CELLS) and, save --output and --config, keys "
    "of the configuration file (raw-cells = true); not those that change from question to question, such as --since. "
    "Flags win over the environment, the environment over the file."
)

_FILES = ("FILE", "PATH", "NAME|FOLDER")
_F = TypeVar("_F", bound=Callable[..., Any])


def complete_paths(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Let the shell complete the names of files and folders by itself."""
    return [CompletionItem(begun, type="file")]


def option(flag: str, *declarations: str, **attributes: Any) -> Callable[[_F], _F]:
    """Return a click option that `NEWSCLUST_<FLAG>` sets too."""
    if attributes.get("metavar") in _FILES:
        attributes.setdefault("shell_complete", complete_paths)
    variable = "NEWSCLUST_" + flag.removeprefix("--").replace("-", "_").upper()
    return click.option(flag, *declarations, envvar=variable, **attributes)


def input_options(command: _F) -> _F:
    """Add what says how input is read."""
    command = option(
        "--follow-symlinks", is_flag=True, help="Also read what symbolic links point to, outside PATHS too."
    )(command)
    return option(
        "--map",
        "mapping",
        multiple=True,
        metavar="FIELD=NAME",
        callback=_parse_mapping,
        help="Read article field FIELD (title, text, published ...) from input field NAME. Repeatable.",
    )(command)


def settings_options(command: _F) -> _F:
    """Add what changes the result, and how many threads find it."""
    command = option(
        "--threads", type=click.IntRange(min=1), metavar="N", help="Use at most N threads. [default: all cores]"
    )(command)
    command = option(
        "--granularity",
        type=click.IntRange(GRANULARITIES[0], GRANULARITIES[-1]),
        default=DEFAULTS.granularity,
        show_default=True,
        help="Below 0 joins more, above 0 splits more.",
    )(command)
    command = option(
        "--effort",
        type=click.Choice([effort.value for effort in Effort]),
        default=DEFAULTS.effort.value,
        show_default=True,
        help="How much time to spend on quality.",
    )(command)
    return option(
        "--model",
        default=DEFAULTS.model,
        show_default=True,
        metavar="NAME|FOLDER",
        help=f"A sentence-transformers model by name or folder; {BUILTIN_MODEL} needs no network.",
    )(command)


def known_language(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """Return the code of the language given, "und" for itself, or fail where there is no such language."""
    if not given:
        return None
    code = language_code(given)
    if code == UNDETERMINED != given.strip().lower():
        raise click.BadParameter(f"{given!r} is not a language; give its ISO 639-1 code, for example id", ctx, param)
    return code


def label_options(command: _F) -> _F:
    """Add what says how stories are named."""
    return option(
        "--label-language",
        metavar="CODE",
        callback=known_language,
        help="Title stories and events in this language (id, en, de ...) where a member has it.",
    )(command)


def output_options(command: _F) -> _F:
    """Add what says how the result is written, and where."""
    command = option("--tree", is_flag=True, help="Table: a line for each event, its members below it.")(command)
    command = option("--raw-cells", is_flag=True, help="CSV: leave cells alone that a spreadsheet would run.")(command)
    command = option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE, whole or not at all; its ending chooses the format.",
    )(command)
    return option(
        "--format",
        "format_",
        type=click.Choice(format_names()),
        help="[default: table on a terminal, else json]",
    )(command)


def config_option(command: _F) -> _F:
    """Add the configuration file."""
    return option(
        "--config",
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=load_configuration,
        help="Read defaults from this TOML file. [default: ./newsclust.toml, else the user's]",
    )(command)


def reporting_options(command: _F) -> _F:
    """Add what is said on stderr, what counts as failure, and the configuration file."""
    command = config_option(command)
    command = option("--verbose", "-v", is_flag=True, help="Also say what cleaning removed.")(command)
    command = option("--quiet", "-q", is_flag=True, help="No progress and no summary; problems are still named.")(
        command
    )
    return option("--strict", is_flag=True, help="Exit 3 when any input was skipped.")(command)


def _parse_mapping(ctx: click.Context, param: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not (field and equals and name):
            raise click.BadParameter(f"{pair!r} is not FIELD=NAME, for example text=body", ctx, param)
        if field in mapping:
            raise click.BadParameter(f"{field!r} is mapped twice, to {mapping[field]!r} and {name!r}", ctx, param)
        mapping[field] = name
    return mapping
