"""Files that change between being found and being read, or while they are read: each costs itself, and is told."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pytest

from newsclust.articles import ReadResult
from newsclust.reading import reader
from newsclust.reading.reader import read_articles
from newsclust.reading.records import Parsed
from newsclust.reading.sources import Found, Source, find_sources

Harm = Callable[[Path], None]
Read = Callable[[Harm], ReadResult]

NAME = "ücgen.jsonl.gz"
ROWS = "".join(json.dumps({"text": f"Kapal {n} tiba di pelabuhan, İzmir."}) + "\n" for n in range(2000))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file between two others, much larger than what is read ahead, in which gzip does not save much."""
    folder = tmp_path / "artikel"
    folder.mkdir()
    (folder / "a.txt").write_text("Die Fähre nach Föhr fährt wieder.", "utf-8")
    (folder / "z.txt").write_text("北京今天下雨。", "utf-8")
    file = folder / NAME
    file.write_bytes(gzip.compress(ROWS.encode(), 0))
    return file


@pytest.fixture
def read_after(file: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read the folder; harm comes to the file once it was found."""

    def read(harm: Harm) -> ReadResult:
        def found_and_harmed(*given: Any, **options: Any) -> Found:
            found = find_sources(*given, **options)
            harm(file)
            return found

        monkeypatch.setattr(reader, "find_sources", found_and_harmed)
        return read_articles([str(file.parent)])

    return read


def told(result: ReadResult) -> list[str]:
    assert {"a.txt", "z.txt"} <= {article.id for article in result.articles}
    return [f"{skipped.where}: {skipped.reason}" for skipped in result.skipped]


def now_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def now_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def now_a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def now_behind_a_file(path: Path) -> None:
    path.parent.rename(path.parent.with_name("weg"))
    path.parent.mkdir()
    for name in ("a.txt", "z.txt"):
        (path.parent / name).write_text("Wieder da, sagt 北京.", "utf-8")


HARMS: list[tuple[Harm, str]] = [
    (Path.unlink, "cannot be read: No such file or directory"),
    (now_a_folder, "not a regular file"),
    (now_a_link_to_itself, "cannot be read: Too many levels of symbolic links"),
    (now_behind_a_file, "cannot be read: No such file or directory"),
    (lambda path: os.truncate(path, 0), "empty file"),
]


@pytest.mark.skipif(os.name != "posix", reason="messages of POSIX")
@pytest.mark.parametrize(("harm", "reason"), HARMS)
def test_a_file_that_is_gone_when_its_turn_comes_is_told_and_costs_no_other(
    read_after: Read, harm: Harm, reason: str
) -> None:
    assert told(read_after(harm)) == [f"{NAME}: {reason}"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_became_a_pipe_is_not_waited_for(read_after: Read) -> None:
    assert told(read_after(now_a_pipe)) == [f"{NAME}: not a regular file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_becomes_a_pipe_as_it_is_opened_is_not_waited_for(
    read_after: Read, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.stat

    def looked(path: Any, **options: Any) -> os.stat_result:
        status = look(path, **options)
        if path == os.fsencode(file) and file.is_file():
            now_a_pipe(file)
        return status

    monkeypatch.setattr(reader, "find_sources", with_stat(looked, monkeypatch))
    assert told(read_articles([str(file.parent)])) == [f"{NAME}: not a regular file"]


def with_stat(looked: Callable[..., os.stat_result], patch: pytest.MonkeyPatch) -> Callable[..., Found]:
    """Find the sources, and look at files by another function from then on."""

    def found(*given: Any, **options: Any) -> Found:
        result = find_sources(*given, **options)
        patch.setattr("newsclust.reading.streams.os.stat", looked)
        return result

    return found


def read_while(harm: Harm, file: Path, patch: pytest.MonkeyPatch) -> ReadResult:
    """Read the folder; harm comes to the file after its first row."""
    records = reader._records

    def harmed(run: object, source: Source, stream: BufferedReader) -> Parsed:
        rows: Iterator[object] = records(run, source, stream)  # type: ignore[arg-type]
        for number, row in enumerate(rows):
            if source.name == NAME and number == 1:
                harm(file)
            yield row  # type: ignore[misc]

    patch.setattr(reader, "_records", harmed)
    return read_articles([str(file.parent)])


def test_a_file_that_is_cut_short_while_it_is_read_keeps_what_was_read_and_says_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(gzip.compress(ROWS.encode() * 10, 0))
    result = read_while(lambda path: os.truncate(path, 10), file, monkeypatch)
    assert told(result) == [f"{NAME}: gzip data ends early: the file is truncated"]
    assert len(result.articles) > 2000


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.rename(path.with_name("später.gz"))])
@pytest.mark.skipif(os.name != "posix", reason="an open file can be removed on POSIX only")
def test_a_file_that_goes_while_it_is_read_is_read_to_its_end(
    file: Path, harm: Harm, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = read_while(harm, file, monkeypatch)
    assert told(result) == []
    assert len(result.articles) == 2002


def test_a_file_that_grows_while_it_is_read_is_read_to_where_it_ends_then(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grow(path: Path) -> None:
        with path.open("ab") as more:
            more.write(gzip.compress('{"text": "Später noch ein Satz aus Đà Nẵng."}\n'.encode()))

    result = read_while(grow, file, monkeypatch)
    assert told(result) == []
    assert len(result.articles) in (2002, 2003)
