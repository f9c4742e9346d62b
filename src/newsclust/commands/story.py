"""`newsclust story`: one story, by any id it ever had."""

from __future__ import annotations

import click

from newsclust.commands.options import OPTIONS_NOTE, result_options, store_option, store_path
from newsclust.commands.output import answer, deliver
from newsclust.commands.rendered import format_asked, rendered
from newsclust.errors import StoreError


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("id_", metavar="ID")
@store_option
@result_options
def story(id_: str, store: str, format_: str | None, output: str | None) -> None:
    """Show the story that ID stands for today, its other ids, and what happened to it.

    \b
    Example:
      newsclust story s-558e426ab3 --store news.db
    """  # noqa: D301
    name = format_asked(format_, output)
    from newsclust.rendering.store import print_story, story_to_json
    from newsclust.settings import DEFAULTS
    from newsclust.store.file import reading
    from newsclust.store.ids import aliases_of, resolved
    from newsclust.store.read import find_story, history
    from newsclust.stories import ClusterResult

    with reading(store_path(store)) as connection:
        stored = find_story(connection, id_)
        if stored is None:
            gone = resolved(connection, id_) is not None
            reason = "was dissolved: its articles went, or no longer tell one story" if gone else "is not in this store"
            raise StoreError(f"{store}: story {id_!r} {reason}; newsclust stories --store {store} lists them")
        aliases, past = aliases_of(connection, stored.id), history(connection, stored.id)
        result = ClusterResult((stored,), (), (), DEFAULTS, "")
        if name not in ("table", "json"):
            deliver(rendered(connection, result, name), output)
            return
    answer(
        name,
        output,
        lambda: story_to_json(id_, result, aliases, past),
        lambda console: print_story(result, aliases, past, console),
    )
