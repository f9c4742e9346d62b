"""`newsclust stories`: what a store holds."""

from __future__ import annotations

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    known_language,
    option,
    result_options,
    since_option,
    store_option,
    store_path,
    title_option,
)
from newsclust.commands.output import answer, check_options, deliver
from newsclust.commands.rendered import format_asked, rendered


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@store_option
@since_option("Only stories with an article")
@click.option(
    "--language", metavar="CODE", callback=known_language, help="Only stories with an article in this language."
)
@click.option(
    "--min-size", type=click.IntRange(1, 1_000_000_000), default=2, show_default=True, help="Fewest articles."
)
@option("--sort", type=click.Choice(["size", "recent"]), default="size", show_default=True, help="What comes first.")
@title_option
@result_options
def stories(
    store: str,
    since: float | None,
    language: str | None,
    min_size: int,
    sort: str,
    title: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """List the stories of a store.

    \b
    Examples:
      newsclust stories --store news.db --since 2d --sort recent
      newsclust stories --store news.db --language id --min-size 3 --format json
    """  # noqa: D301
    name = format_asked(format_, output)
    from newsclust.rendering.formats import renderer_named
    from newsclust.rendering.store import print_stories, stories_to_json
    from newsclust.settings import DEFAULTS
    from newsclust.store.file import reading
    from newsclust.store.read import Wanted, list_stories
    from newsclust.stories import ClusterResult

    check_options(renderer_named(name))
    wanted = Wanted(since=since, language=language, min_size=min_size, by_recency=sort == "recent")
    with reading(store_path(store)) as connection:
        stored = list_stories(connection, wanted)
        result = ClusterResult(tuple(stored), (), (), DEFAULTS, "")
        if name not in ("table", "json"):
            deliver(rendered(connection, result, name, title=title), output)
            return
    answer(name, output, lambda: stories_to_json(result), lambda console: print_stories(stored, console), paged=True)
