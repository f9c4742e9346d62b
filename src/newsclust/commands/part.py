"""`newsclust part`: articles that are not of a story."""

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
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@store_option
@reason_option
@wait_option
@answer_options
def part(
    story: str,
    articles: tuple[str, ...],
    store: str,
    reason: str | None,
    wait: int,
    format_: str | None,
    output: str | None,
) -> None:
    """Take articles out of a story, for good.

    None of them comes into one story with the rest of it again. Exact copies go with an article.

    \b
    Example:
      newsclust part s-558e426ab3 hanse-anzeiger/analyse-kleine-schritte.md --reason "analysis" --store news.db
    """  # noqa: D301
    check_answer(format_, output)
    from newsclust.archive.corrections import part as correct
    from newsclust.rendering.store import corrected_to_json, print_corrected

    done = correct(store_path(store), story, articles, reason=reason, wait=float(wait))
    answer(format_, output, lambda: corrected_to_json(done), lambda console: print_corrected(done, console))
