"""`newsclust search`: a question in one language, articles in all."""

from __future__ import annotations

import click

from newsclust.commands.options import (
    OPTIONS_NOTE,
    answer_options,
    known_language,
    option,
    since_option,
    store_option,
    store_path,
)
from newsclust.commands.output import answer, check_answer
from newsclust.commands.stderr import say


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("query")
@store_option
@option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Most articles to show.")
@since_option("Only articles")
@click.option("--language", metavar="CODE", callback=known_language, help="Only articles in this language.")
@answer_options
def search(
    query: str,
    store: str,
    limit: int,
    since: float | None,
    language: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Find the articles of a store that answer QUERY: by its words, and by its meaning in every language.

    \b
    Examples:
      newsclust search "embassy talks in Istanbul" --store news.db
      newsclust search gempa --store news.db --since 2d --language id
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.search import Sought
    from newsclust.archive.search import search as find
    from newsclust.rendering.store import found_to_json, print_found
    from newsclust.store.file import reading

    with reading(store_path(store)) as connection:
        result = find(connection, query, Sought(limit=limit, since=since, language=language), say=say)
    answer(format_, output, lambda: found_to_json(result), lambda console: print_found(result, console))
