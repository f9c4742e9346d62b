"""The flags that commands share, and what they ask for. Each is also a variable and a key of the configuration file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from newsclust.articles import UNDETERMINED
from newsclust.commands.configuration import load_configuration
from newsclust.commands.output import check_name
from newsclust.commands.stderr import say
from newsclust.commands.times import Duration, Moment
from newsclust.execution.executor import Executor
from newsclust.languages.codes import language_code
from newsclust.rendering.formats import format_names
from newsclust.settings import BUILTIN_MODEL, DEFAULTS, GRANULARITIES, Effort, Settings

OPTIONS_NOTE = (
    "Options are also environment variables (--raw-cells: NEWSCLUST_RAW_CELLS) and, save --output and --config, keys "
    "of the configuration file (raw-cells = true); not those that change from question to question, such as --since. "
    "Flags win over the environment, the environment over the file."
)

SHIPPED = ("value", "path")
"""How input files get to the workers. Value first: it needs no file system that all share, and the bytes of an article
are fewer than what its other stages send."""
DASK_VARIABLE = "DASK_SCHEDULER_ADDRESS"
"""Where Dask itself looks for its scheduler."""

_FILES = ("FILE", "PATH", "NAME|FOLDER")
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What every command that compares articles is asked: what its options and those of a cluster say."""

    model: str
    effort: str
    granularity: int
    threads: int | None
    quiet: bool
    label_language: str | None = None
    profile: str | None = None
    scheduler: str | None = None
    ship: str = SHIPPED[0]

    @property
    def settings(self) -> Settings:
        """What changes the result."""
        return Settings(
            model=self.model,
            effort=Effort(self.effort),
            granularity=self.granularity,
            label_language=self.label_language,
            profile=self.profile or None,
        )

    def settings_for(self, store: Path) -> Settings:
        """What changes the result of a run that brings articles into a store: where nothing is said, what it has."""
        from newsclust.store.features import settings_of

        kept, source = settings_of(store), click.get_current_context().get_parameter_source
        said = {name for name in self.settings.as_dict() if source(name) not in (ParameterSource.DEFAULT, None)}
        if kept is None:
            return self.settings
        return replace(self.settings, **{name: getattr(kept, name) for name in kept.as_dict().keys() - said})

    def limit_threads(self) -> None:
        """Hold the process to the threads asked for; to be called before a numeric library is loaded."""
        if self.threads:
            from newsclust.execution.threads import limit_threads

            limit_threads(self.threads)

    @contextmanager
    def executor(self) -> Iterator[Executor]:
        """Give who does the work: the cluster asked for, else this machine."""
        if not self.scheduler:
            from newsclust.execution.local import local_executor
            from newsclust.execution.threads import thread_count

            with local_executor(thread_count()) as here:
                yield here
            return
        from newsclust.execution.dask import connected
        from newsclust.similarity.fingerprint import fingerprint

        by_value = self.ship == SHIPPED[0]
        with connected(self.scheduler, by_value=by_value, fingerprint=fingerprint, say=say) as executor:
            yield executor


class ReadingCommand(click.Command):
    """A command whose help names the endings of the files that are read, where it says ENDINGS.

    They come from the table of formats, which is imported for this alone: `newsclust --help` prints the short help.
    """

    @property
    def help(self) -> str | None:
        """The help of the command."""
        if self._help is None or "ENDINGS" not in self._help:
            return self._help
        from newsclust.reading.formats.registry import formats

        return self._help.replace("ENDINGS", " ".join(formats().endings))

    @help.setter  # noqa: A003 - click's own name
    def help(self, text: str | None) -> None:
        self._help = text


def since_option(what: str) -> Callable[[_F], _F]:
    """Add from when on something is asked for."""
    return click.option("--since", type=Moment(), metavar="TIME", help=f"{what} since TIME (2d, 2021-07-23).")


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
    command = option(
        "--profile",
        metavar="FILE",
        help="What newsclust calibrate fitted for the model: its statistics and coefficients.",
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
    command = option("--no-pager", is_flag=True, help="Table: print what is longer than the terminal in one go.")(
        command
    )
    command = option("--unclustered", is_flag=True, help="Table: list the articles in no story too.")(command)
    command = option("--tree", is_flag=True, help="Table: a line for each event, its members below it.")(command)
    command = title_option(command)
    command = option("--raw-cells", is_flag=True, help="CSV: leave cells alone that a spreadsheet would run.")(command)
    command = option("--with-text", is_flag=True, help="JSON and CSV: also the text of each article.")(command)
    command = option(
        "--keep",
        multiple=True,
        metavar="FIELD",
        help="JSON and CSV: also this field of the input, or all that newsclust does not know. Repeatable.",
    )(command)
    command = option("--min-size", type=click.IntRange(min=2), metavar="N", help="Only stories of N articles.")(command)
    command = option("--top", type=click.IntRange(min=1), metavar="N", help="Only the N largest stories.")(command)
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
        help="md is a briefing, atom a feed. [default: table on a terminal, else json]",
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
    command = option(
        "--verbose", "-v", is_flag=True, help="Also say what cleaning removed, and whether an earlier run is asked."
    )(command)
    command = option("--quiet", "-q", is_flag=True, help="No progress and no summary; problems are still named.")(
        command
    )
    return option("--strict", is_flag=True, help="Exit 3 when any input was skipped.")(command)


def format_options(command: _F) -> _F:
    """Add how an answer is written."""
    command = option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")(command)
    return click.option(
        "--format", "format_", type=click.Choice(["table", "json"]), help="[default: table on a terminal, else json]"
    )(command)


def answer_options(command: _F) -> _F:
    """Add how an answer is written, and the configuration file."""
    return format_options(config_option(command))


def title_option(command: _F) -> _F:
    """Add the title of a page."""
    return option("--title", metavar="TEXT", help="HTML: the page's title.")(command)


def result_options(command: _F) -> _F:
    """Add how stories are written, in any format of `group`, and the configuration file."""
    command = option("--output", "-o", metavar="FILE", help="Write to FILE; its ending chooses the format.")(
        config_option(command)
    )
    return click.option(
        "--format", "format_", type=click.Choice(format_names()), help="[default: table on a terminal, else json]"
    )(command)


def quiet_option(command: _F) -> _F:
    """Add that nothing is said but what went wrong."""
    return option("--quiet", "-q", is_flag=True, help="No progress; problems are still named.")(command)


def cluster_options(command: _F) -> _F:
    """Add where the work is done."""
    command = option(
        "--ship",
        type=click.Choice(SHIPPED),
        default=SHIPPED[0],
        show_default=True,
        help="With --scheduler: send input files, or let workers that share the file system open their paths.",
    )(command)
    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        envvar=["NEWSCLUST_SCHEDULER", DASK_VARIABLE],
        help=f"Work on the Dask cluster at tcp://host:8786. Also {DASK_VARIABLE}. [default: this machine]",
    )(command)


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


def reason_option(command: _F) -> _F:
    """Add why a correction is made."""
    return click.option("--reason", metavar="TEXT", help="Why; kept with the correction.")(command)


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


def anew_option(command: _F) -> _F:
    """Add that no earlier run is asked."""
    return option(
        "--anew", is_flag=True, help="Group anew, also where the result of an earlier run on the same articles is kept."
    )(command)


def store_path(store: str) -> Path:
    """Return where a store lies."""
    path = Path(os.path.expanduser(store))  # Path.expanduser raises for a user that is not known
    check_name("--store", path)
    return path


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
