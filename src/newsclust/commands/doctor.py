"""`newsclust doctor`: what is installed, found and set, for bug reports."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from newsclust.cache.folder import CACHE_VARIABLE
from newsclust.commands.configuration import configuration_in_effect, load_configuration
from newsclust.commands.options import option, store_path
from newsclust.commands.output import deliver, drawn, stdout_encoding, stdout_is_terminal, wants_colour
from newsclust.errors import UsageError
from newsclust.execution.threads import THREADS_VARIABLE

if TYPE_CHECKING:
    from newsclust.doctor.diagnose import Fact, Section

SOMETHING_MISSING = 1
"""Exit code when something is missing that newsclust needs."""

_PREFIX = "NEWSCLUST_"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
@option(
    "--config", metavar="FILE", help="Look at this configuration file. [default: ./newsclust.toml, else the user's]"
)
@option("--store", metavar="FILE", help="Look at this store too.")
@click.pass_context
def doctor(ctx: click.Context, format_: str, config: str | None, store: str | None) -> int:
    """Say what is installed, found and set, for bug reports.

    Versions, the built-in model, the cache, threads, the terminal, the configuration, NEWSCLUST_* variables, and
    the store where one is named. Nothing is changed, and nothing asked of the network. The home folder is shortened
    to ~. Exit 1 when something is missing that newsclust needs.

    \b
    Examples:
      newsclust doctor
      newsclust doctor --store news.db --format json
    """  # noqa: D301
    from newsclust.doctor.diagnose import diagnose
    from newsclust.doctor.report import diagnosis_to_json, print_diagnosis

    diagnosis = diagnose(
        store_path(store) if store else None, _terminal(), _configuration(ctx, config), _environment(ctx)
    )
    if format_ == "json":
        deliver(diagnosis_to_json(diagnosis), None)
    else:
        text = drawn(lambda console: print_diagnosis(diagnosis, console), on_terminal=stdout_is_terminal())
        deliver(text, None, encoding=stdout_encoding())
    return SOMETHING_MISSING if diagnosis.problems else 0


def _terminal() -> Section:
    from newsclust.doctor.diagnose import Section

    on_terminal = stdout_is_terminal()
    encoding = stdout_encoding()
    facts: dict[str, Fact] = {
        "stdout": "terminal" if on_terminal else "file or pipe",
        "columns": shutil.get_terminal_size().columns,
        "encoding": encoding,
        "file names": sys.getfilesystemencoding(),
        "locale": next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), None),
        "TERM": os.environ.get("TERM"),
        "colour": wants_colour(),
    }
    plain = "utf" not in encoding.lower()
    note = f"stdout takes {encoding}: tables show other characters as ?; for all of them set LC_ALL=C.UTF-8"
    return Section("terminal", facts, notes=(note,) if plain else ())


def _configuration(ctx: click.Context, given: str | None) -> Section:
    """The file in effect, and what any command would refuse in it."""
    from newsclust.doctor.diagnose import Section

    path = configuration_in_effect(given)
    facts: dict[str, Fact] = {"file": str(path) if path else None}
    try:
        for command in _commands(ctx):
            load_configuration(click.Context(command, info_name=command.name, parent=ctx.parent), None, given)
    except UsageError as error:
        return Section("configuration", facts, (str(error),))
    return Section("configuration", facts)


def _environment(ctx: click.Context) -> Section:
    """Each NEWSCLUST_ variable; a note for one that nothing reads."""
    from newsclust.doctor.diagnose import Section

    known = {CACHE_VARIABLE, THREADS_VARIABLE, "NEWSCLUST_TELEMETRY"}
    for param in (param for command in _commands(ctx) for param in command.params):
        known |= {param.envvar} if isinstance(param.envvar, str) else set(param.envvar or ())
    variables: dict[str, Fact] = {name: os.environ[name] for name in sorted(os.environ) if name.startswith(_PREFIX)}
    notes = []
    for name in variables:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            notes.append(f"nothing reads {name}" + (f"; did you mean {near[0]}?" if near else ""))
    return Section("environment", variables, notes=tuple(notes))


def _commands(ctx: click.Context) -> list[click.Command]:
    parent = ctx.parent
    group = parent.command if parent else None
    if parent is None or not isinstance(group, click.Group):
        return [ctx.command]
    return [command for name in group.list_commands(parent) if (command := group.get_command(parent, name))]
