"""What a program calls: `newsclust.read`, `group`, `explain` and `to_json`. Nothing heavy is imported until then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from newsclust.articles import Article, ReadResult
from newsclust.errors import UsageError
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.execution.local import local_executor
from newsclust.execution.progress import SILENT, told_to
from newsclust.execution.threads import thread_count
from newsclust.reading.frames import library_of, rows_of, texts_of
from newsclust.results import Result
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.stories import ClusterResult

if TYPE_CHECKING:
    from newsclust.clustering.linkage import Clustering
    from newsclust.encoders.base import Encoder
    from newsclust.explaining.results import PairExplanation

AnyPath: TypeAlias = str | os.PathLike[str]
Articles: TypeAlias = AnyPath | ReadResult | Iterable[AnyPath] | Iterable[Article | Mapping[str, Any]] | Any
"""Articles in every form that is taken: a path or several, what `read` gave, the articles themselves, a data frame."""


def read(articles: Articles, *, mapping: Mapping[str, str] | None = None, follow_symlinks: bool = False) -> ReadResult:
    """Read every article of `articles`; what cannot be used is in `skipped`, and costs nothing else.

    `articles` is a path or several (files, folders with all below them, glob patterns, "-" for standard input), or
    the articles themselves: `Article` objects, mappings whose keys are understood as those of a JSON file are, a data
    frame of pandas, Polars or Arrow with such columns, or one column of texts. `mapping` names other keys or columns:
    {"text": "body"}. Links that lead out of the folders named are followed only with `follow_symlinks`. Each article
    has the language that it is in. A ReadResult is given back as it is.

    Raises:
        UsageError: a path that does not exist, no path, a mapping to no field.
        TypeError: an item is none of these, or paths and articles are mixed.
    """
    if isinstance(articles, ReadResult):
        return articles
    from newsclust.pipeline import prepared

    taken = _read(articles, mapping=mapping, follow_symlinks=follow_symlinks)
    languages = {article.id: article.language for article in prepared(taken.articles)}
    return replace(taken, articles=tuple(replace(one, language=languages[one.id]) for one in taken.articles))


def _read(
    articles: Articles,
    *,
    mapping: Mapping[str, str] | None = None,
    follow_symlinks: bool = False,
    executor: Executor = IN_PROCESS,
) -> ReadResult:
    """What `read` gives, without the languages that no article declares."""
    if isinstance(articles, ReadResult):
        return articles
    texts = texts_of(articles)
    rows = rows_of(articles) if texts is None else [{"text": text} for text in texts]
    paths, items = _told_apart(articles) if rows is None else ([], rows)
    if items:
        from newsclust.reading.mappings import take_articles

        return take_articles(items, mapping=mapping)
    if not paths and not isinstance(articles, str | os.PathLike):
        return ReadResult(())
    from newsclust.reading.reader import read_articles

    return read_articles(paths, mapping=mapping, follow_symlinks=follow_symlinks, executor=executor)


def group(
    articles: Articles | None = None,
    settings: Settings = DEFAULTS,
    *,
    texts: Iterable[str] | None = None,
    effort: Effort | str | None = None,
    granularity: int | None = None,
    label_language: str | None = None,
    mapping: Mapping[str, str] | None = None,
    follow_symlinks: bool = False,
    encoder: Encoder | None = None,
    clustering: Clustering | None = None,
    processes: bool = False,
    say: Callable[[str], None] | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Result:
    """Group `articles`, in any form that `read` takes, or plain `texts`, into stories and events.

    Equal articles and settings give an equal result, in whatever order they come. `effort`, `granularity` and
    `label_language` stand for those of `settings`. `encoder` takes the place of `settings.model`, `clustering` that of
    average link. `say` is called with a line when something works less well than it might (a cache folder that cannot
    be written), `progress` with the name of a stage, how many items of it are done, and of how many (None where that
    is not known). As many threads are used as NEWSCLUST_THREADS says, else one a core. With `processes` large inputs
    are worked on in as many processes, which are gone at the end and never import the program that calls.

    Raises:
        UsageError, TypeError: as `read` does.
        ModelError: the model is missing or damaged, or its name is not known.
    """
    wanted: dict[str, Any] = {"effort": effort, "granularity": granularity, "label_language": label_language}
    settings = replace(settings, **{name: value for name, value in wanted.items() if value is not None})
    if (articles is None) == (texts is None):
        raise TypeError("give either articles or texts")
    rows: Any = articles if texts is None else [{"text": text} for text in texts]
    from newsclust.clustering.linkage import cluster
    from newsclust.pipeline import find_stories

    with local_executor(thread_count()) if processes else nullcontext(IN_PROCESS) as executor:
        taken = _read(rows, mapping=mapping, follow_symlinks=follow_symlinks, executor=executor)
        clustered = find_stories(
            taken,
            settings,
            encoder=encoder,
            say=say,
            progress=SILENT if progress is None else told_to(progress),
            executor=executor,
            clustering=clustering or cluster,
        )
    return Result.of(clustered, taken, library_of(articles))


def explain(
    articles: Articles,
    first: str,
    second: str,
    settings: Settings = DEFAULTS,
    *,
    mapping: Mapping[str, str] | None = None,
    encoder: Encoder | None = None,
) -> PairExplanation:
    """Say why the articles with the ids `first` and `second` are one story, or are not.

    The other articles count as what was read along with them.

    Raises:
        UsageError: there is no article with that id, both ids are the same, and as `read` does.
        ModelError: the model is missing or damaged.
    """
    known = _read(articles, mapping=mapping).articles
    for wanted in (first, second):
        if all(article.id != wanted for article in known):
            raise UsageError(f"no article has the id {wanted!r}")
    if first == second:
        raise UsageError(f"{first!r} is named twice; an explanation takes two articles")
    from newsclust.explaining.explain import explain_pair

    return explain_pair(known, first, second, settings, encoder=encoder)


def to_json(result: ClusterResult) -> str:
    """The result as `newsclust group --format json` prints it: contract newsclust/1, with a final newline."""
    from newsclust.rendering.contract import to_json as written

    return written(result)


def _told_apart(articles: Any) -> tuple[list[str], list[Article | Mapping[str, Any]]]:
    """The paths and the articles among what was given; one of the two is empty."""
    if isinstance(articles, str | os.PathLike):
        return [os.fspath(articles)], []
    if isinstance(articles, Mapping | Article | bytes):
        raise TypeError(f"one {type(articles).__name__} is no list of articles: put it in brackets")
    items = list(articles)
    paths = [os.fspath(item) for item in items if isinstance(item, str | os.PathLike)]
    if paths and len(paths) < len(items):
        raise TypeError("paths and articles are mixed: read the paths first, with newsclust.read, and add its articles")
    return paths, [] if paths else items
