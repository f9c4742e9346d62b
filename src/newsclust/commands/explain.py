"""`newsclust explain`: why articles are, or are not, one story."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclust.articles import Article, ReadResult
from newsclust.commands.options import (
    OPTIONS_NOTE,
    Comparison,
    complete_paths,
    config_option,
    format_options,
    input_options,
    option,
    quiet_option,
    settings_options,
    store_path,
)
from newsclust.commands.output import answer, check_answer
from newsclust.commands.stderr import out_of_total, progress_on_stderr, say, say_skipped
from newsclust.errors import InputError, StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from newsclust.explaining.results import Matrix, PairExplanation

_PLAIN_WIDTH = 100
_SHOWN_IDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Comparison):
    """What the command line, the environment and the configuration file together ask for."""

    what: tuple[str, ...]
    among: tuple[str, ...]
    story: str | None
    store: str | None
    mapping: Mapping[str, str]
    follow_symlinks: bool
    format_: str | None
    output: str | None


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=OPTIONS_NOTE)
@click.argument("what", nargs=-1, shell_complete=complete_paths)
@click.option(
    "--in",
    "among",
    multiple=True,
    metavar="PATH",
    shell_complete=complete_paths,
    help="Read PATH; WHAT are ids in it. Repeatable.",
)
@click.option("--story", metavar="ID", help="Group WHAT, and explain the story (or the story of the event) ID.")
@option("--store", metavar="FILE", help="WHAT are ids of articles in this store, or --story is one of its stories.")
@format_options
@settings_options
@input_options
@config_option
@quiet_option
def explain(**values: Any) -> None:
    """Say why articles are, or are not, one story.

    WHAT are files, or with --in the ids of articles as newsclust group prints them. Two articles: the probability,
    what each feature adds to it, the names, numbers and words in both, and the closest passages. More: the
    probability of each pair as a heat map.

    \b
    Examples:
      newsclust explain istanbul.txt botschaften.html
      newsclust explain articles/id/*.txt articles/de/*.txt
      newsclust explain feed.jsonl#3 feed.jsonl#9 --in articles/
      newsclust explain --story s-558e426ab3 articles/
      newsclust explain --story s-558e426ab3 --store news.db
    """  # noqa: D301
    _run(Request(**values))


def _run(request: Request) -> None:
    if request.store is not None and not request.among and (request.story is None or not request.what):
        _explain_stored(request, store_path(request.store))
        return
    if not request.what:
        raise UsageError("nothing to explain: name two or more files, or ids with --in PATH; see newsclust explain -h")
    if request.story is not None and request.among:
        raise UsageError("--story takes its articles from WHAT: leave --in out")
    check_answer(request.format_, request.output)
    request.limit_threads()
    if request.story is not None:
        _explain_story(request, request.story)
    else:
        _explain_articles(request)


def _explain_story(request: Request, story: str) -> None:
    from newsclust.explaining.explain import explain_story

    read = _read(request, request.what)
    with progress_on_stderr(quiet=request.quiet) as progress:
        _deliver_matrix(request, explain_story(read, story, request.settings, progress=progress, say=say))


def _explain_stored(request: Request, path: Path) -> None:
    """Explain articles as a store holds them, by its settings."""
    from newsclust.explaining.explain import explain_articles, explain_pair
    from newsclust.store.features import read_space
    from newsclust.store.file import reading
    from newsclust.store.read import articles_named, find_story

    check_answer(request.format_, request.output)
    request.limit_threads()
    with reading(path) as connection:
        story = find_story(connection, request.story) if request.story is not None else None
        if request.story is not None and story is None:
            raise StoreError(f"{path}: story {request.story!r} is not in this store; newsclust stories lists them")
        ids = [member.article.id for member in story.members] if story else list(dict.fromkeys(request.what))
        articles, space = articles_named(connection, ids), read_space(connection)
    missing = [id_ for id_ in ids if id_ not in articles]
    if missing or len(ids) < 2 or space is None:
        what = f"no article {missing[0]!r} is in this store" if missing else "to explain takes two articles, or --story"
        raise UsageError(f"{path}: {what}")
    with progress_on_stderr(quiet=request.quiet) as progress:
        if len(ids) == 2:
            pair = explain_pair(list(articles.values()), ids[0], ids[1], space.settings, progress=progress, say=say)
            matrix = None
        else:
            matrix = explain_articles(list(articles.values()), ids, space.settings, progress=progress, say=say)
    if matrix is None:
        _deliver_pair(request, pair)
    else:
        _deliver_matrix(request, matrix)


def _explain_articles(request: Request) -> None:
    from newsclust.explaining.explain import explain_articles, explain_pair

    articles = _read(request, request.among or request.what).articles
    ids = [_named(name, articles).id for name in request.what] if request.among else [a.id for a in articles]
    ids = list(dict.fromkeys(ids))
    if len(ids) < 2:
        given = "one article" if ids else "no article"
        raise UsageError(f"{' '.join(request.what)}: this is {given}; to explain takes two, or a story with --story ID")
    if len(ids) == 2:
        with progress_on_stderr(quiet=request.quiet) as progress:
            pair = explain_pair(articles, ids[0], ids[1], request.settings, progress=progress, say=say)
        _deliver_pair(request, pair)
        return
    with progress_on_stderr(quiet=request.quiet) as progress:
        matrix = explain_articles(articles, ids, request.settings, progress=progress, say=say)
    _deliver_matrix(request, matrix)


def _read(request: Request, paths: Sequence[str]) -> ReadResult:
    from newsclust.reading.reader import read_articles

    with progress_on_stderr(quiet=request.quiet) as progress, out_of_total("Reading bytes", progress) as report:
        read = read_articles(paths, mapping=request.mapping, follow_symlinks=request.follow_symlinks, progress=report)
    say_skipped(read.skipped)
    return read


def _named(name: str, articles: Sequence[Article]) -> Article:
    """The article of that id; else the one read from that path, or from a path that ends so."""
    for fits in (
        lambda article: article.id == name,
        lambda article: article.path == name,
        lambda article: f"/{article.path}".endswith(f"/{name}"),
    ):
        matching = [article for article in articles if fits(article)]
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise UsageError(f"{name!r} may be {' or '.join(repr(a.id) for a in matching[:_SHOWN_IDS])}: give the id")
    if not articles:
        raise InputError("there is no article to look in: nothing could be read from the paths of --in")
    known = [article.id for article in articles]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"ids look like {', '.join(map(repr, known[:2]))}"
    raise UsageError(f"no article has the id {name!r}; {hint}")


def _deliver_pair(request: Request, pair: PairExplanation) -> None:
    from newsclust.rendering.explanations import pair_to_json, print_pair

    _answer(request, lambda: pair_to_json(pair), lambda console: print_pair(pair, console))


def _deliver_matrix(request: Request, matrix: Matrix) -> None:
    from newsclust.rendering.explanations import matrix_to_json, print_matrix

    _answer(request, lambda: matrix_to_json(matrix), lambda console: print_matrix(matrix, console))


def _answer(request: Request, to_json: Callable[[], str], to_table: Callable[[Console], None]) -> None:
    answer(request.format_, request.output, to_json, to_table, width=_PLAIN_WIDTH)
