"""`newsclust export`: a store as JSON lines."""

from __future__ import annotations

import json

import click

from newsclust.commands.options import OPTIONS_NOTE, config_option, option, store_option, store_path
from newsclust.commands.output import check_writable, deliver


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@store_option
@config_option
@option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")
def export(store: str, output: str | None) -> None:
    """Write every article with the ids of its story and event, as JSON lines that newsclust import reads.

    \b
    Example:
      newsclust export --store news.db -o news.jsonl
    """  # noqa: D301
    check_writable(output)
    from newsclust.archive.transfer import exported
    from newsclust.store.file import reading
    from newsclust.text.json_text import writable

    with reading(store_path(store)) as connection:
        lines = [writable(json.dumps(article, ensure_ascii=False)) + "\n" for article in exported(connection)]
    deliver("".join(lines), output)
