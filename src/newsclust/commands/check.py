"""`newsclust check`: is a store whole, and what is in it."""

from __future__ import annotations

import click

from newsclust.commands.options import OPTIONS_NOTE, answer_options, store_option, store_path
from newsclust.commands.output import answer, check_answer

DAMAGED = 1
"""Exit code when the store has problems."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@store_option
@answer_options
def check(store: str, format_: str | None, output: str | None) -> int:
    """Check a store: integrity, counts, size. Exit 1 when something is wrong."""
    check_answer(format_, output)
    from newsclust.archive.maintain import check as look
    from newsclust.rendering.store import health_to_json, print_health
    from newsclust.store.file import reading

    path = store_path(store)
    with reading(path) as connection:
        health = look(connection, path)
    answer(format_, output, lambda: health_to_json(health), lambda console: print_health(health, console))
    return DAMAGED if health.problems else 0
