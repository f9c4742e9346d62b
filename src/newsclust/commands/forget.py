"""`newsclust forget`: articles out of a store, for good."""

from __future__ import annotations

import sys
import time

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    answer_options,
    store_option,
    store_path,
    wait_option,
)
from newsclust.commands.output import answer, check_answer
from newsclust.commands.stderr import say
from newsclust.commands.times import Duration
from newsclust.errors import StoreError, UsageError

_SECONDS_PER_DAY = 86400.0


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@store_option
@click.option(
    "--older-than",
    type=Duration(),
    metavar="TIME",
    help="Every article published, or else added, longer than TIME before now.",
)
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", "-y", is_flag=True, help="With --older-than: do not ask.")
@wait_option
@answer_options
def forget(
    ids: tuple[str, ...],
    store: str,
    older_than: float | None,
    dry_run: bool,
    yes: bool,
    wait: int,
    format_: str | None,
    output: str | None,
) -> None:
    """Remove articles with their texts and vectors: by their id, by their story's, or by age.

    Ids of stories are never given again. An article that is fed again afterwards is a new one. Before --older-than
    takes anything it says what, and asks on a terminal; elsewhere it goes on, but not where nothing would be left.

    \b
    Examples:
      newsclust forget --older-than 90d --dry-run --store news.db
      newsclust forget s-558e426ab3 --store news.db
    """  # noqa: D301
    if not ids and older_than is None:
        raise UsageError("nothing to forget: name IDs of articles or stories, or give --older-than TIME")
    check_answer(format_, output)
    from newsclust.archive.maintain import forget as remove
    from newsclust.archive.maintain import would_forget
    from newsclust.rendering.store import forgotten_in_words, forgotten_to_json, print_forgotten
    from newsclust.store.file import reading

    before = None if older_than is None else time.time() - older_than * _SECONDS_PER_DAY
    path = store_path(store)
    if dry_run or before is not None:
        with reading(path) as connection:
            gone = would_forget(connection, ids, before=before)
        say(forgotten_in_words(gone, before))
    if before is not None and gone.articles and not (dry_run or yes):
        if sys.stdin is not None and sys.stdin.isatty():
            click.confirm("Forget them?", abort=True, err=True)
        elif not gone.left:
            raise StoreError(f"{path}: nothing would be left of this store; say --yes if you mean it")
    if not dry_run:
        gone = remove(path, ids, before=before, wait=float(wait))
    answer(
        format_,
        output,
        lambda: forgotten_to_json(gone, dry_run=dry_run),
        lambda console: print_forgotten(gone, console, dry_run=dry_run),
    )
