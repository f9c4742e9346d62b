"""`newsclust join`: two stories are one."""

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
@click.argument("one", metavar="STORY")
@click.argument("other", metavar="STORY")
@store_option
@reason_option
@wait_option
@answer_options
def join(
    one: str,
    other: str,
    store: str,
    reason: str | None,
    wait: int,
    format_: str | None,
    output: str | None,
) -> None:
    """Make two stories one, or take an article into a story, for good.

    Their articles stay together in every later run, whatever their texts say. newsclust undo takes it back.

    \b
    Example:
      newsclust join s-558e426ab3 hanse-anzeiger/beben.txt --reason "same day" --store news.db
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.corrections import join as correct
    from newsclust.rendering.store import corrected_to_json, print_corrected

    done = correct(store_path(store), one, other, reason=reason, wait=float(wait))
    answer(format_, output, lambda: corrected_to_json(done), lambda console: print_corrected(done, console))
