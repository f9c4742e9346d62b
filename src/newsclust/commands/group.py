"""`newsclust group`: raw articles in, stories out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from newsclust.articles import ReadResult
from newsclust.commands.options import (
    OPTIONS_NOTE,
    Comparison,
    ReadingCommand,
    anew_option,
    cluster_options,
    complete_paths,
    input_options,
    label_options,
    memory_options,
    output_options,
    reporting_options,
    settings_options,
    store_path,
)
from newsclust.commands.output import (
    check_ending,
    check_options,
    check_writable,
    deliver,
    drawn,
    ending_of,
    goes_to_terminal,
    stdout_encoding,
    weight_of,
)
from newsclust.commands.stderr import (
    out_of_total,
    progress_on_stderr,
    say,
    say_notes,
    say_removed,
    say_skipped,
    say_titles_alone,
    summary,
)
from newsclust.errors import UsageError
from newsclust.execution.executor import Executor
from newsclust.rendering.formats import Renderer, View, format_by_ending, rendered, renderer_named
from newsclust.rendering.tabular.extras import Extras
from newsclust.stories import ClusterResult
from newsclust.text.display import count_of

if TYPE_CHECKING:
    from newsclust.encoders.base import Say
    from newsclust.explaining.evidence import Evidence
    from newsclust.store.update import Update

SOMETHING_SKIPPED = 3
"""Exit code with --strict when any input was skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Comparison):
    """What the command line, the environment and the configuration file together ask for."""

    paths: tuple[str, ...]
    mapping: Mapping[str, str]
    follow_symlinks: bool
    store: str | None
    window: float | None
    wait: int
    changes: bool
    format_: str | None
    output: str | None
    top: int | None
    min_size: int | None
    keep: tuple[str, ...]
    with_text: bool
    raw_cells: bool
    tree: bool
    unclustered: bool
    no_pager: bool
    title: str | None
    anew: bool
    strict: bool
    verbose: bool


@click.command(
    cls=ReadingCommand,
    short_help="Group the articles in PATHS into stories.",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=OPTIONS_NOTE,
)
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@output_options
@settings_options
@label_options
@input_options
@cluster_options
@memory_options
@anew_option
@reporting_options
def group(**values: Any) -> int:
    """Group the articles in PATHS into stories.

    PATHS are files, folders and glob patterns. Read are ENDINGS and files without an ending, each also as .gz .bz2 .xz
    .zst. - reads standard input.

    \b
    Examples:
      newsclust group articles/
      newsclust group articles/ --format csv -o stories.csv
      newsclust group articles/ -o report.html
      newsclust group articles/ --format md --top 10
      cat feed.jsonl | newsclust group - --map text=body | jq .summary
      newsclust group articles/ --store news.db --window 14d --changes
      newsclust group archive/ --scheduler tcp://10.0.0.5:8786
    """  # noqa: D301
    return _run(Request(**values))


def _run(request: Request) -> int:
    """Read, group, write; return the exit code."""
    start = time.monotonic()
    if not request.paths:
        raise UsageError("no PATHS given: name files or folders, or - to read standard input; see newsclust group -h")
    if request.store is None and (request.changes or request.window is not None):
        flag = "--changes" if request.changes else "--window"
        raise UsageError(f"{flag} needs --store FILE: without a store a run remembers nothing")
    check_writable(request.output)
    request.limit_threads()
    renderer = _renderer(request)
    check_options(renderer)
    with ExitStack() as until_told:
        with request.executor() as executor:
            read = _read(request, executor)
            if request.store:
                done = until_told.enter_context(_remembered(request, read, executor, texts=renderer.wants_texts))
                result, view = done.result, replace(_view(request), changes=done.changes if request.changes else None)
                if renderer.wants_evidence:
                    view = replace(view, evidence=_stored_evidence(request, result))
            else:
                result, view = _grouped(request, read, renderer, executor)
            text = rendered(renderer, result, view)
        if not read.articles:
            say(f"warning: no article found in {' '.join(request.paths)}")
        if request.verbose:
            say_removed(result.articles)
        paged = renderer.for_people and not request.no_pager
        encoding = stdout_encoding() if renderer.for_people else "utf-8"
        deliver(text, request.output, encoding=encoding, paged=paged)
    if not request.quiet:
        say(summary(result, time.monotonic() - start))
    return SOMETHING_SKIPPED if request.strict and result.skipped else 0


def _read(request: Request, executor: Executor) -> ReadResult:
    from newsclust.reading.reader import read_articles

    with progress_on_stderr(quiet=request.quiet) as progress, out_of_total("Reading", progress) as report:
        read = read_articles(
            request.paths,
            mapping=request.mapping,
            follow_symlinks=request.follow_symlinks,
            progress=report,
            executor=executor,
        )
    # Said before the long part begins, and with no bar on the line.
    say_skipped(read.skipped)
    if not request.quiet:
        say_notes(read.notes)
    return read


def _grouped(request: Request, read: ReadResult, renderer: Renderer, executor: Executor) -> tuple[ClusterResult, View]:
    """The result of these articles alone, and how it is shown."""
    result, evidence = _find(request, read, executor, with_evidence=renderer.wants_evidence)
    known = set(read.skipped)
    say_skipped(entry for entry in result.skipped if entry not in known)
    if not request.quiet:
        say_titles_alone(read.articles, result.articles)
    return result, replace(_view(request), evidence=evidence)


@contextmanager
def _remembered(request: Request, read: ReadResult, executor: Executor, *, texts: bool) -> Iterator[Update]:
    """Bring what was read into the store, batch by batch; of the work on a batch only embedding may be elsewhere.

    What it changed counts as told when the block has ended.
    """
    from newsclust.pipeline import encoder_for
    from newsclust.store.update import Options, updating

    texts = texts or request.with_text or bool(request.keep)
    options = Options(window=request.window, wait=float(request.wait), changes_only=request.changes, texts=texts)
    path = store_path(request.store or "")
    with ExitStack() as stack:
        with progress_on_stderr(quiet=request.quiet) as progress:
            settings = request.settings_for(path)
            encoder = encoder_for(settings, progress, say, executor) if executor.remote else None
            run = updating(path, read, settings, options, encoder=encoder, progress=progress, say=say)
            done = stack.enter_context(run)
        if not request.quiet:
            changed = f"{count_of(len(done.changes), 'story', 'stories')} changed"
            say(f"{request.store}: {done.added} added, {done.changed} read again, {done.known} known; {changed}")
        yield done


def _stored_evidence(request: Request, result: ClusterResult) -> Evidence | None:
    from newsclust.archive.evidence import stored_evidence
    from newsclust.store.file import reading

    with reading(store_path(request.store or "")) as connection:
        return stored_evidence(connection, result)


def _view(request: Request) -> View:
    on_terminal = goes_to_terminal(request.output)
    return View(
        draw=partial(drawn, on_terminal=on_terminal),
        top=request.top,
        min_size=request.min_size or 0,
        raw=request.raw_cells,
        extras=Extras(request.keep, request.with_text),
        tree=request.tree,
        title=request.title,
        unclustered=request.unclustered,
        on_terminal=on_terminal,
    )


def _find(
    request: Request, read: ReadResult, executor: Executor, *, with_evidence: bool
) -> tuple[ClusterResult, Evidence | None]:
    """What an earlier run decided of the same articles, else what this one finds."""
    from newsclust.kept.keys import result_key
    from newsclust.kept.results import keep, recalled

    key = None if executor.remote else result_key(read.articles, request.settings)
    if key and not request.anew:
        kept = recalled(key, read, request.settings, with_evidence=with_evidence)
        if kept:
            if request.verbose:
                say("the result of an earlier run on the same articles")
            return kept
    said: list[str] = []

    def tell(line: str) -> None:
        said.append(line)
        say(line)

    found = _found(request, read, executor, tell, with_evidence=with_evidence or key is not None)
    if key and not said:  # what a run had to say is said by each
        keep(key, read, *found)
    return found


def _found(
    request: Request, read: ReadResult, executor: Executor, tell: Say, *, with_evidence: bool
) -> tuple[ClusterResult, Evidence | None]:
    from newsclust.pipeline import find_stories_with_features

    with progress_on_stderr(quiet=request.quiet) as progress:
        result, features, rows = find_stories_with_features(
            read, request.settings, progress=progress, say=tell, executor=executor
        )
        if not with_evidence:
            return result, None
        from newsclust.explaining.evidence import gather_evidence

        with progress.stage("Comparing stories"):
            return result, gather_evidence(result, features, rows)


def _renderer(request: Request) -> Renderer:
    """The format asked for, else the one of the file's ending, else a table for people and JSON for programs.

    Raises UsageError for an ending that is of no format, where none is asked for.
    """
    said = format_by_ending().get(ending_of(request.output))
    if said and weight_of("format_") < weight_of("output"):
        return renderer_named(said)  # a file named on the command line is not written in what the environment is set to
    if request.format_:
        return renderer_named(request.format_)
    check_ending(request.output, tuple(format_by_ending()))
    return renderer_named(said or ("table" if goes_to_terminal(request.output) else "json"))
