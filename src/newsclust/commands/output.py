"""Getting a rendered result out whole: to stdout as bytes, or to a file that is never half-written."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from newsclust.errors import NewsclustError, UsageError
from newsclust.rendering.formats import RENDERERS, Renderer

if TYPE_CHECKING:
    from rich.console import Console

STDOUT = "-"
_SHOWN = 60
COMMAND_LINE = 3
"""How strongly a flag was chosen."""

# Ornaments of the table where the terminal cannot show them.
_PLAIN = str.maketrans("·–…▸↳├└│─▁▂▃▄▅▆▇█\N{REPLACEMENT CHARACTER}", "|-~>>+`|-_.:-=+*#?")


def check_writable(output: str | None) -> None:
    """Raise UsageError for an output that cannot be written, before any work is done for it."""
    if output in (None, STDOUT):
        return
    path = Path(output or "")
    check_name("--output", path)
    if path.is_dir():
        raise UsageError(f"--output {output}: this is a folder; name a file in it")
    if not path.exists() and not path.parent.is_dir():
        raise UsageError(f"--output {output}: there is no folder {path.parent}; create it first")


def ending_of(output: str | None) -> str:
    """Return the ending of the file `output` in lower case, "" where there is none."""
    return "" if output in (None, STDOUT) else Path(output or "").suffix.lower()


def check_ending(output: str | None, known: Sequence[str]) -> None:
    """Raise UsageError for a file whose ending speaks of a format that is not among the `known` endings."""
    ending = ending_of(output)
    if ending and ending not in known:
        raise UsageError(
            f"--output {output}: {ending} is the ending of no format; name the file with one of {' '.join(known)}, or "
            "say which format to write with --format"
        )


def check_options(renderer: Renderer) -> None:
    """Raise UsageError for an option on the command line that does nothing with the format."""
    for name in dict.fromkeys(name for one in RENDERERS for name in one.options):
        if name not in renderer.options and weight_of(name) == COMMAND_LINE:
            flag = f"--{name.replace('_', '-')}"
            owners = ", ".join(one.name for one in RENDERERS if name in one.options)
            raise UsageError(f"{flag} does nothing with the format {renderer.name}; it belongs to {owners}")


def weight_of(parameter: str) -> int:
    """How strongly an option was chosen: by a flag, the environment, the configuration file, or not at all."""
    source = click.get_current_context().get_parameter_source(parameter)
    order = (ParameterSource.DEFAULT_MAP, ParameterSource.ENVIRONMENT, ParameterSource.COMMANDLINE)
    return order.index(source) + 1 if source in order else 0


def check_answer(format_: str | None, output: str | None) -> None:
    """Raise UsageError where `answer` could not write, or would write another format than the file's ending says."""
    check_writable(output)
    if format_ is None:
        check_ending(output, (".json",))


def check_name(option: str, path: Path) -> None:
    """Raise UsageError for what can be no file's name: one that is too long, or holds a NUL."""
    try:
        path.lstat()
    except ValueError as error:
        raise UsageError(f"{option}: {str(path)[:_SHOWN]!r} can be no file's name: {error}") from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{option}: {str(path)[:_SHOWN]!r}... is longer than a file's name can be") from error


def deliver(content: str | bytes, output: str | None, *, encoding: str = "utf-8", paged: bool = False) -> None:
    """Write `content` to the file `output`, atomically, or to stdout: a text as UTF-8 there and in `encoding` here.

    A `paged` text that is longer than the terminal is given to $PAGER, else to less. Raises NewsclustError where it
    cannot be written. A reader of stdout that has gone away is not an error.
    """
    if paged and isinstance(content, str) and goes_to_terminal(output) and _is_long(content):
        os.environ.setdefault("LESS", "FRX")  # as git: quit where one screen is enough, keep colours and the screen
        click.echo_via_pager(_encoded(content, encoding).decode(encoding), color=wants_colour())
    elif output in (None, STDOUT):
        _write_stdout(_encoded(content, encoding) if isinstance(content, str) else content)
    else:
        try:
            _write_file(Path(output or ""), content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise NewsclustError(f"cannot write {output}: {_reason(error)}; nothing was written") from error


def answer(
    format_: str | None,
    output: str | None,
    to_json: Callable[[], str],
    to_table: Callable[[Console], None],
    *,
    width: int = 120,
    paged: bool = False,
) -> None:
    """Deliver an answer as `format_` asks, else as a table to people and as JSON to files and programs.

    `width` is that of a table that no terminal shows. A `paged` one may be longer than the terminal.
    """
    on_terminal = goes_to_terminal(output)
    if (format_ or ("table" if on_terminal else "json")) == "json":
        deliver(to_json(), output)
        return
    encoding = stdout_encoding() if on_terminal else "utf-8"
    deliver(drawn(to_table, on_terminal=on_terminal, width=width), output, encoding=encoding, paged=paged)


def drawn(draw: Callable[[Console], None], *, on_terminal: bool, width: int = 80) -> str:
    """Return what `draw` prints, as wide as the terminal (or COLUMNS, or `width`), coloured where one wants colour."""
    from rich.console import Console

    colour = on_terminal and wants_colour()
    file = io.StringIO()
    console = Console(
        file=file,
        width=shutil.get_terminal_size((width, 24)).columns,
        force_terminal=colour,
        color_system="auto" if colour else None,
        highlight=False,
    )
    draw(console)
    return "\n".join(line.rstrip(" ") for line in file.getvalue().split("\n"))


def wants_colour() -> bool:
    """Return whether the environment asks for colour on a terminal."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def stdout_encoding() -> str:
    """Return the encoding that the terminal behind stdout expects."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def stdout_is_terminal() -> bool:
    """Return whether people look at stdout; a closed one has no reader."""
    return sys.stdout is not None and sys.stdout.isatty()


def goes_to_terminal(output: str | None) -> bool:
    """Return whether people will look at what is written to `output`."""
    return output in (None, STDOUT) and stdout_is_terminal()


def _is_long(text: str) -> bool:
    return text.count("\n") >= shutil.get_terminal_size().lines


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN).encode(encoding, errors="replace")


def _write_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise NewsclustError("stdout is closed: there is nowhere to write the result; use --output FILE")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        raise NewsclustError(f"cannot write to stdout: {_reason(error)}") from error


def silence_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not fail on what a gone reader left."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _write_file(path: Path, data: bytes) -> None:
    target = Path(os.path.realpath(path))  # a link keeps pointing at what it pointed at
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a pipe or a device cannot be replaced
        return
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        os.replace(temporary, target)
    except BaseException:  # also when interrupted: the half-written file must not stay
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file replaced, or those a new file would have."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
