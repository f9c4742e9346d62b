"""Files, folders, patterns and standard input to articles; what cannot be read is told, and costs nothing else."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from newsclust.articles import Article, ReadResult, Skipped
from newsclust.errors import InputError, UsageError
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.reading.batches import Chunk, check_visible, chunks_of, leaves
from newsclust.reading.compression import Allowance
from newsclust.reading.dates import DAY_FIRST, EITHER, MONTH_FIRST, ReadDate
from newsclust.reading.fields import Unusable, check_met, checked_mapping, dated_again, holds, read_record
from newsclust.reading.formats.base import Input
from newsclust.reading.formats.registry import formats
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.rows.identity import settled
from newsclust.reading.rows.telling import MOST_NAMES, Tally
from newsclust.reading.sources import STDIN, Source, find_sources
from newsclust.reading.streams import check_rows, opened

REPORT_BYTES = 1 << 20
"""Bytes between two reports of progress inside one file."""

IMPATIENT_AFTER = 50
"""Unreadable dates in one file after which names of months are no longer tried: they cost up to 30 ms each, and a file
writes all of its dates alike."""


@dataclass(slots=True)
class _Run:
    """What a run of reading collects."""

    mapping: tuple[tuple[str, str], ...]
    limits: Limits
    progress: Callable[[int, int], None] | None
    total: int
    done: int = 0
    articles: list[tuple[Article, str]] = field(default_factory=list)  # with the name of the folder
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)  # the mapped names that no input had so far
    met: dict[str, None] = field(default_factory=dict)  # the names of fields that were met, with a mapping


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one input gave."""

    articles: list[tuple[Article, str]]
    skipped: list[Skipped]
    notes: list[Skipped]
    absent: set[str]
    met: dict[str, None]


def read_articles(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
    follow_symlinks: bool = False,
    executor: Executor = IN_PROCESS,
) -> ReadResult:
    """Read every article that the paths name.

    `paths` are files, folders (read with all below), glob patterns, and "-" for standard input, whose format is told
    from its content. `stdin` replaces `sys.stdin`. `mapping` names input fields that are to be used for article fields,
    {"text": "body"}; a dot reaches inside an object. `progress` is called with the bytes read so far and their total.
    Links that lead out of the folders named are not followed unless `follow_symlinks`. `executor` reads plain files, in
    chunks; what it cannot (pipes, standard input, very large files) is read here.

    Articles come in order of their input's name, then of their position in it, and neither order nor ids depend on the
    order of `paths` or on how they overlap. An id is the input's own. A row or item without one is known by its
    address, else by its source, title and date, else by the path below the folder given with "#line" or "#number"; a
    file that is one article by its path. Where two would be equal, the folder's name goes in front of both, and a
    number behind those that are still equal.

    Raises:
        UsageError: no path, a missing one, a mapping to no field or from a name that no input has, or "-" where
            standard input is a terminal or closed.
    """
    run = _new_run(checked_mapping(mapping), limits, progress)
    if STDIN in paths and stdin is None:
        stdin = _standard_input()
    inputs = find_sources(paths, follow_symlinks=follow_symlinks, limits=limits)
    run.skipped += inputs.skipped
    run.notes += inputs.notes
    run.total = sum(source.size for source in inputs.sources)
    elsewhere = _read_elsewhere(run, inputs.sources, executor) if executor.threads > 1 or executor.remote else {}
    for source in inputs.sources:
        if source.name in elsewhere:
            _take(run, elsewhere.pop(source.name))
            continue
        _read_source(run, source, stdin)
        _report_done(run, source.size)
    check_met(run.mapping, run.absent, tuple(run.met))
    articles, again = settled(run.articles)
    return ReadResult(articles, tuple(run.skipped), (*run.notes, *again))


def _new_run(
    mapping: tuple[tuple[str, str], ...], limits: Limits, progress: Callable[[int, int], None] | None = None
) -> _Run:
    return _Run(mapping, limits, progress, 0, absent={name for _, name in mapping})


def _read_elsewhere(run: _Run, sources: Sequence[Source], executor: Executor) -> dict[str, _Taken]:
    """What the workers read of each source, by its name, which is unique."""
    leaving = [
        source
        for source in sources
        if (executor.remote or _is_slow(source)) and leaves(source, by_value=executor.by_value)
    ]
    taken: dict[str, _Taken] = {}
    read = partial(read_chunk, mapping=run.mapping, limits=run.limits, far=executor.remote)
    for answers in executor.map(read, chunks_of(leaving, by_value=executor.by_value)):
        indices = range(len(taken), len(taken) + len(answers))
        for index, answer in zip(indices, answers, strict=True):
            taken[leaving[index].name] = answer
            _report_done(run, leaving[index].size)
    return taken


def _is_slow(source: Source) -> bool:
    """Whether reading a source takes so long that on this machine, too, another process had better do it."""
    known = formats().of_ending(source.extension)
    return known is not None and known.slow


def read_chunk(chunk: Chunk, mapping: tuple[tuple[str, str], ...], limits: Limits, *, far: bool = True) -> list[_Taken]:
    """Read the inputs of a chunk, each by itself.

    Raises:
        InputError: this process, on another machine if `far`, does not see a file that is to be read by its path.
    """
    taken = []
    for given in chunk:
        run = _new_run(mapping, limits)
        if given.content is None:
            if far:
                check_visible(given.source)
            _read_source(run, given.source, None)
        else:
            _read_source(run, dataclasses.replace(given.source, location=None), BytesIO(given.content))
        taken.append(_Taken(run.articles, run.skipped, run.notes, run.absent, run.met))
    return taken


def _take(run: _Run, taken: _Taken) -> None:
    run.articles += taken.articles
    run.skipped += taken.skipped
    run.notes += taken.notes
    run.absent &= taken.absent
    run.met.update(taken.met)


def _report_done(run: _Run, size: int) -> None:
    run.done += size
    if run.progress is not None:
        run.progress(run.done, run.total)


def _standard_input() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("standard input is closed: name a file or folder instead of -")
    if sys.stdin.isatty():
        raise UsageError("standard input is a terminal: pipe articles into newsclust, or name a file or folder")
    return sys.stdin.buffer


def _read_source(run: _Run, source: Source, stdin: BinaryIO | None) -> None:
    """Read one input into the run; whatever is wrong with it ends here."""
    location = source.location if source.location is not None else stdin
    if location is None:
        return
    tally = Tally(source.name, named=False, mapping=run.mapping)
    refused: list[Skipped] = []
    try:
        allowance = Allowance(run.limits)
        with opened(location, run.limits, _reporter(run), allowance, pipe=source.pipe) as stream:
            given = Input(stream, source.extension, run.limits, run.mapping, formats(), allowance)
            known = given.formats.format_of(given)
            tally.named = known.named
            _take_records(run, source, known.read(given), tally)
    except Refused as verdict:
        refused.append(Skipped(source.name, str(verdict)))
    except OSError as error:
        refused.append(Skipped(source.name, f"cannot be read: {error.strerror or error}"))
    run.skipped += [*tally.skipped(), *refused]
    run.notes += tally.notes()


_UNREAD_DATE = "a date that cannot be read is left out"
_EITHER_DATE = "a date that may be one of two days is left out"


def _take_records(run: _Run, source: Source, records: Parsed, tally: Tally) -> None:
    """Turn the records of one input into articles."""
    rows = 0
    undated: list[tuple[int, str, ReadDate]] = []  # the index among the articles, and the location in the input
    orders: set[str] = set()
    try:
        for record in records:
            if isinstance(record, Problem) and record.remark:
                tally.remark(record.reason, record.where)
                continue
            rows += 1
            check_rows(rows, run.limits)
            if isinstance(record, Problem):
                tally.lose(record)
                continue
            if run.mapping:
                _meet(run, record, named=tally.named)
            patient = len(undated) < IMPATIENT_AFTER
            try:
                article, date = read_record(record, source.name, run.mapping, run.limits, patient=patient)
            except Unusable as verdict:
                tally.unusable(record, verdict)
                continue
            tally.article(record, article)
            orders.add(date.order)
            if date.moment is None and "published" in article.extra:
                undated.append((len(run.articles), record.location, date))
            run.articles.append((article, source.folder))
    finally:
        _date_again(run, tally, undated, orders & {DAY_FIRST, MONTH_FIRST})
    if not rows and not tally.remarks:
        run.notes.append(Skipped(source.name, "no articles in it"))


def _date_again(run: _Run, tally: Tally, undated: Sequence[tuple[int, str, ReadDate]], orders: set[str]) -> None:
    """Read the dates that may be one of two days as the other dates of their input tell; tell those left unread."""
    (order,) = orders if len(orders) == 1 else ("",)
    for at, location, date in undated:
        article, folder = run.articles[at]
        again = dated_again(article, date, order) if order and date.order == EITHER else article
        if again.published is None:
            tally.remark(_EITHER_DATE if date.order == EITHER else _UNREAD_DATE, location, str(date.raw))
        run.articles[at] = again, folder


def _meet(run: _Run, record: Record, *, named: bool) -> None:
    """Note which of the names that the user mapped a record has; its own where its maker chose them."""
    if named and len(run.met) < MOST_NAMES:
        run.met.update(dict.fromkeys(record.values))
    if run.absent:
        run.absent -= {name for name in run.absent if holds(record.values, name)}


def _reporter(run: _Run) -> Callable[[int], None] | None:
    progress = run.progress
    if progress is None:
        return None
    told = 0

    def report(count: int) -> None:
        nonlocal told
        if count - told >= REPORT_BYTES:
            told = count
            progress(min(run.done + count, run.total), run.total)

    return report


def read_rows(path: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the rows of a file, which need be no articles, each with its location ("gold.csv:7").

    Raises:
        UsageError: there is no such file.
        InputError: the file or a row of it cannot be read as it was meant.
    """
    sources = find_sources([path], limits=limits).sources
    for source in sources:
        name = path if len(sources) == 1 else source.name
        if source.location is None:
            raise UsageError("standard input is read once, and rows with labels twice: name a file instead of -")
        allowance = Allowance(limits)
        try:
            with opened(source.location, limits, allowance=allowance) as stream:
                given = Input(stream, source.extension, limits, (), formats(), allowance, articles=False)
                for record in given.formats.format_of(given).read(given):
                    if isinstance(record, Record):
                        yield f"{name}{record.where}", record.values
                    else:
                        raise InputError(f"{name}{record.where}: {record.reason}")
        except Refused as verdict:
            raise InputError(f"{name}: {verdict}") from verdict
        except OSError as error:
            raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
