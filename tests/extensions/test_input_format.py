"""A new input format is a module with an `InputFormat`, and its name in `registry.FORMATS`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from newsclust.reading.formats import registry
from newsclust.reading.formats.base import Input, InputFormat, read_text
from newsclust.reading.reader import read_articles
from newsclust.reading.records import Parsed, Record

# Telegrams, title and text on two sides of STOP, one a line.


def _telegrams(text: str) -> Parsed:
    for number, line in enumerate(text.splitlines()[1:], start=1):
        title, _, rest = line.partition(" STOP ")
        yield Record({"title": title, "text": rest}, f"#{number}")


def _read(given: Input) -> Parsed:
    return read_text(given, _telegrams, given.limits.page_bytes)


def _read_packed(given: Input) -> Parsed:
    yield Record({"text": given.stream.read().removeprefix(b"PK\x03\x04").decode()})


TELEGRAMS = InputFormat("telegrams", (".tlg",), lambda start: start.startswith(b"TELEGRAM"), _read)
PACKED = InputFormat("packed", (".pack",), lambda start: start.startswith(b"PK"), _read_packed, binary=True)
CONTENT = "TELEGRAM\nGempa di Izmir STOP Warga berlarian ke jalan.\nМост закрыт STOP Вода поднялась на метр.\n"
TITLES = ["Gempa di Izmir", "Мост закрыт"]


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FORMATS", (*registry.FORMATS, TELEGRAMS, PACKED))


def test_its_files_are_found_in_a_folder_by_their_ending_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "haber.TLG").write_text(CONTENT, "utf-8")
    read = read_articles([str(tmp_path)])
    assert [article.title for article in read.articles] == TITLES
    assert not read.skipped
    assert not read.notes


def test_it_is_told_from_its_content_on_standard_input() -> None:
    read = read_articles(["-"], stdin=BytesIO(CONTENT.encode()))
    assert [article.title for article in read.articles] == TITLES


def test_a_binary_format_is_read_where_other_binary_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pack").write_bytes(b"PK\x03\x04" + "Ein Wal strandete vor Föhr.".encode())
    (tmp_path / "b.txt").write_bytes(b"\x7fELF\0\0\0\1" * 9)
    (tmp_path / "c.pack").write_text("Das ist ein einfacher Text über Föhr.", "utf-8")
    read = read_articles([str(tmp_path)])
    assert [article.text for article in read.articles] == [
        "Ein Wal strandete vor Föhr.",
        "Das ist ein einfacher Text über Föhr.",
    ]
    assert [skipped.where for skipped in read.skipped] == ["b.txt"]
