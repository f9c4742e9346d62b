"""`newsclust rename`: a title that stays."""

from __future__ import annotations

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    answer_options,
    reason_option,
    store_option,
    store_path,
    wait_option,
)
from newsclust.commands.output import answer, check_answer


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("story", metavar="STORY")
@click.argument("title")
@store_option
@reason_option
@wait_option
@answer_options
def rename(
    story: str,
    title: str,
    store: str,
    reason: str | None,
    wait: int,
    format_: str | None,
    output: str | None,
) -> None:
    """Give a story a title that stays.

    \b
    Example:
      newsclust rename s-558e426ab3 "Talks in Istanbul" --store news.db
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.corrections import rename as correct
    from newsclust.rendering.store import corrected_to_json, print_corrected

    done = correct(store_path(store), story, title, reason=reason, wait=float(wait))
    answer(format_, output, lambda: corrected_to_json(done), lambda console: print_corrected(done, console))
