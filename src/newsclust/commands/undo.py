"""`newsclust undo`: a correction taken back."""

from __future__ import annotations

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    answer_options,
    store_option,
    store_path,
    wait_option,
)
from newsclust.commands.output import answer, check_answer


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("number", type=int, required=False)
@store_option
@wait_option
@answer_options
def undo(
    number: int | None,
    store: str,
    wait: int,
    format_: str | None,
    output: str | None,
) -> None:
    """Take back the last correction, or that of NUMBER (see newsclust corrections).

    \b
    Example:
      newsclust undo --store news.db
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.corrections import undo as correct
    from newsclust.rendering.store import corrected_to_json, print_corrected

    done = correct(store_path(store), number, wait=float(wait))
    answer(format_, output, lambda: corrected_to_json(done), lambda console: print_corrected(done, console))
