"""Files, folders, patterns and standard input to articles; what cannot be read is told, and costs nothing else."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader, BytesIO
from typing import BinaryIO

from newsclust.articles import Article, ReadResult, Skipped
from newsclust.errors import UsageError
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.reading.batches import Chunk, check_visible, chunks_of, leaves
from newsclust.reading.decoding import archive_kind, is_binary
from newsclust.reading.fields import Unusable, checked_mapping, to_article
from newsclust.reading.formats.base import SNIFFED, Input
from newsclust.reading.formats.registry import format_of, format_of_ending
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.records import Parsed, Problem
from newsclust.reading.sources import STDIN, Source, find_sources
from newsclust.reading.streams import Refused, check_rows, opened

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


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one input gave."""

    articles: list[tuple[Article, str]]
    skipped: list[Skipped]
    notes: list[Skipped]


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
    Links that lead out of the folders named are not followed unless `follow_symlinks`. `work` reads plain files, in
    chunks; what it cannot (pipes, standard input, very large files) is read here.

    Articles come in order of their input's name, then of their place in it, and neither order nor ids depend on the
    order of `paths` or on how they overlap. An id is the input's own, or else the path below the folder given, with
    "#line" for a row and "#number" for an item; where two would be equal, the folder's name goes in front of both, and
    a number behind those that are still equal.

    Raises:
        UsageError: no path, a missing one, a mapping to no field, or "-" where standard input is a terminal or closed.
    """
    run = _Run(checked_mapping(mapping), limits, progress, 0)
    if STDIN in paths and stdin is None:
        stdin = _standard_input()
    found = find_sources(paths, follow_symlinks=follow_symlinks, limits=limits)
    run.skipped += found.skipped
    run.notes += found.notes
    run.total = sum(source.size for source in found.sources)
    elsewhere = _read_elsewhere(run, found.sources, executor) if executor.threads > 1 or executor.remote else {}
    for source in found.sources:
        if source.name in elsewhere:
            _take(run, elsewhere.pop(source.name))
            continue
        _read_source(run, source, stdin)
        _report_done(run, source.size)
    return ReadResult(with_unique_ids(run.articles), tuple(run.skipped), tuple(run.notes))


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
        places = range(len(taken), len(taken) + len(answers))
        for place, answer in zip(places, answers, strict=True):
            taken[leaving[place].name] = answer
            _report_done(run, leaving[place].size)
    return taken


def _is_slow(source: Source) -> bool:
    """Whether reading a source takes so long that on this machine, too, another process had better do it."""
    known = format_of_ending(source.extension)
    return known is not None and known.slow


def read_chunk(chunk: Chunk, mapping: tuple[tuple[str, str], ...], limits: Limits, *, far: bool = True) -> list[_Taken]:
    """Read the inputs of a chunk, each by itself.

    Raises:
        InputError: this process, on another machine if `far`, does not see a file that is to be read by its path.
    """
    found = []
    for given in chunk:
        run = _Run(mapping, limits, None, 0)
        if given.content is None:
            if far:
                check_visible(given.source)
            _read_source(run, given.source, None)
        else:
            _read_source(run, dataclasses.replace(given.source, location=None), BytesIO(given.content))
        found.append(_Taken(run.articles, run.skipped, run.notes))
    return found


def _take(run: _Run, taken: _Taken) -> None:
    run.articles += taken.articles
    run.skipped += taken.skipped
    run.notes += taken.notes


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
    remarks: dict[str, list[str]] = {}
    try:
        with opened(location, run.limits, _reporter(run)) as stream:
            _take_records(run, source, _records(run, source, stream), remarks)
    except Refused as verdict:
        run.skipped.append(Skipped(source.name, str(verdict)))
    except OSError as error:
        run.skipped.append(Skipped(source.name, f"cannot be read: {error.strerror or error}"))
    for reason, places in remarks.items():
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        run.notes.append(Skipped(f"{source.name}{places[0]}", f"{reason}{more}"))


_UNREAD_DATE = "a date that cannot be read, or may be one of two days (03/04/2025), is left out"


def _take_records(run: _Run, source: Source, records: Parsed, remarks: dict[str, list[str]]) -> None:
    """Turn the records of one input into articles; remarks on rows are gathered by what they say."""
    rows = unread = 0
    for record in records:
        if isinstance(record, Problem) and record.remark:
            remarks.setdefault(record.reason, []).append(record.where)
            continue
        rows += 1
        check_rows(rows, run.limits)
        if isinstance(record, Problem):
            run.skipped.append(Skipped(f"{source.name}{record.where}", record.reason))
            continue
        try:
            article = to_article(record, source.name, run.mapping, run.limits, patient=unread < IMPATIENT_AFTER)
        except Unusable as verdict:
            run.skipped.append(Skipped(f"{source.name}{record.where}", str(verdict)))
            continue
        if article.published is None and "published" in article.extra:
            unread += 1
            remarks.setdefault(_UNREAD_DATE, []).append(record.place)
        run.articles.append((article, source.folder))
    if not rows and not remarks:
        run.notes.append(Skipped(source.name, "no articles in it"))


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


def _records(run: _Run, source: Source, stream: BufferedReader) -> Parsed:
    """The records of one input, as its format reads them."""
    given = Input(stream, source.extension, run.limits, run.mapping)
    start = given.start
    if not start.strip(b" \t\r\n\0\xef\xbb\xbf"):
        if len(start) < SNIFFED:
            raise Refused("empty file" if not start else "nothing but blanks")
        if not start.strip(b"\0"):
            raise Refused("binary data, no text")
    archive = archive_kind(start)
    known = format_of(source.extension, start, binary=archive is not None or is_binary(start))
    if known is None:
        raise Refused(
            f"{archive} data; archives are not opened: unpack it and name the folder"
            if archive
            else "binary data, no text"
        )
    return known.read(given)


def with_unique_ids(found: list[tuple[Article, str]]) -> tuple[Article, ...]:
    """The articles; ids that several folders have get the folder's name in front, those still equal a number behind.

    Within one folder the first keeps its id: a folder that the same article comes to in one file after the other knows
    it under one name.
    """
    counts = Counter(article.id for article, _ in found)
    if len(counts) == len(found):
        return tuple(article for article, _ in found)
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for article, folder in found:
        if counts[article.id] > 1:
            folders[article.id].add(folder)
    shared = {id_ for id_, holders in folders.items() if len(holders) > 1}
    wanted = [f"{folder}/{article.id}" if folder and article.id in shared else article.id for article, folder in found]
    again = Counter(wanted)
    taken = {name for name, count in again.items() if count == 1}
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: iter(range(1, len(found) + 2)))
    result = []
    for (article, _), name in zip(found, wanted, strict=True):
        unique = name if again[name] == 1 else _next_free(name, numbers[name], taken)
        taken.add(unique)
        result.append(article if unique == article.id else dataclasses.replace(article, id=unique))
    return tuple(result)


def _next_free(name: str, numbers: Iterator[int], taken: set[str]) -> str:
    for number in numbers:
        candidate = name if number == 1 else f"{name}~{number}"
        if candidate not in taken:
            return candidate
    raise AssertionError("there are more numbers than articles")
