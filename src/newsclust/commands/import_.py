"""`newsclust import`: exported JSON lines into a store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    Comparison,
    answer_options,
    complete_paths,
    label_options,
    quiet_option,
    settings_options,
    store_option,
    store_path,
    wait_option,
)
from newsclust.commands.output import answer, check_answer
from newsclust.commands.stderr import progress_on_stderr, say
from newsclust.errors import InputError
from newsclust.text.display import count_of


@click.command("import", context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("file", default="-", shell_complete=complete_paths)
@store_option
@wait_option
@settings_options
@label_options
@quiet_option
@answer_options
def import_(file: str, store: str, wait: int, format_: str | None, output: str | None, **values: Any) -> None:
    """Read what newsclust export wrote (FILE, or standard input) into a store, which may be new.

    Articles come back in their stories, under their ids. Those that the store knows stay as they are.

    \b
    Example:
      newsclust export --store old.db | newsclust import --store new.db --effort fast
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.transfer import import_lines
    from newsclust.rendering.store import imported_to_json

    asked = Comparison(**values)
    asked.limit_threads()
    settings = asked.settings_for(store_path(store))
    with progress_on_stderr(quiet=asked.quiet) as progress:
        done = import_lines(
            store_path(store), _lines(file), settings, name=file, wait=float(wait), progress=progress, say=say
        )
    line = f"{count_of(done.added, 'article', 'articles')} imported, {done.known} known, {done.stories} stories"
    answer(format_, output, lambda: imported_to_json(done), lambda console: console.print(line))


def _lines(file: str) -> Iterator[str]:
    try:
        if file == "-":
            if sys.stdin is None or sys.stdin.isatty():
                raise InputError("no input: name the FILE that newsclust export wrote, or pipe it in")
            yield from (line.decode("utf-8") for line in sys.stdin.buffer)
            return
        with Path(file).open(encoding="utf-8") as stream:
            yield from stream
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8, so not written by newsclust export") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {os.strerror(error.errno or 0)}") from error
