"""`newsclust forget`: articles out of a store, for good."""

from __future__ import annotations

import time

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    Duration,
    answer_options,
    store_option,
    store_path,
    wait_option,
)
from newsclust.commands.output import answer, check_answer
from newsclust.errors import UsageError

_SECONDS_PER_DAY = 86400.0


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@store_option
@click.option(
    "--older-than", type=Duration(), metavar="TIME", help="Every article published, or else added, before TIME ago."
)
@wait_option
@answer_options
def forget(
    ids: tuple[str, ...], store: str, older_than: float | None, wait: int, format_: str | None, output: str | None
) -> None:
    """Remove articles with their texts and vectors: by their id, by their story's, or by age.

    Ids of stories are never given again. An article that is fed again afterwards is a new one.

    \b
    Examples:
      newsclust forget --older-than 90d --store news.db
      newsclust forget s-558e426ab3 --store news.db
    """  # noqa: D301
    if not ids and older_than is None:
        raise UsageError("nothing to forget: name IDs of articles or stories, or give --older-than TIME")
    check_answer(format_, output)
    from newsclust.rendering.store import forgotten_to_json, print_forgotten
    from newsclust.store.maintain import forget as remove

    before = None if older_than is None else time.time() - older_than * _SECONDS_PER_DAY
    gone = remove(store_path(store), ids, before=before, wait=float(wait))
    answer(format_, output, lambda: forgotten_to_json(gone), lambda console: print_forgotten(gone, console))
