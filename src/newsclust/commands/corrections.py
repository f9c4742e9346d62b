"""`newsclust corrections`: what people said of stories."""

from __future__ import annotations

import click

from newsclust.commands.options import OPTIONS_NOTE, answer_options, store_option, store_path
from newsclust.commands.output import answer, check_answer


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@store_option
@answer_options
def corrections(store: str, format_: str | None, output: str | None) -> None:
    """List the corrections of a store; as JSON also the pairs of articles that they label.

    \b
    Example:
      newsclust corrections --store news.db --format json
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.corrections import corrections as made
    from newsclust.rendering.store import corrections_to_json, print_corrections
    from newsclust.store.file import reading

    with reading(store_path(store)) as connection:
        entries = made(connection)
    answer(format_, output, lambda: corrections_to_json(entries), lambda console: print_corrections(entries, console))
