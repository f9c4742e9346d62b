"""Every format that is read, through the command line and through the library, with and without its library."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from command_line import Command
from format_samples import SAMPLES, TEXT, TITLE, docx, pdf, zipped

from newsclust import group, to_json
from newsclust.reading.formats import registry
from newsclust.reading.formats.documents.package import OLD_OFFICE
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings

EXPECTED = {
    "reihe.jsonl.gz": ["reihe.jsonl.gz#1"],
    "reihe.jsonl.bz2": ["reihe.jsonl.bz2#1"],
    "reihe.jsonl.xz": ["reihe.jsonl.xz#1"],
    "reihe.jsonl.zst": ["reihe.jsonl.zst#1"],
    "bündel.zip": ["bündel.zip/kabar/fähre.html", "bündel.zip/reihe.jsonl#1"],
    "bündel.tar": ["bündel.tar/kabar/fähre.html", "bündel.tar/reihe.jsonl#1"],
    "bündel.tgz": ["bündel.tgz/reihe.jsonl#1"],
    "post.eml": ["post.eml"],
    "post.mbox": ["post.mbox#1", "post.mbox#2"],
    "seite.mhtml": ["seite.mhtml"],
    "seite.webarchive": ["seite.webarchive"],
    "lauf.warc.gz": ["lauf.warc.gz#1"],
    "zeitung.epub": ["zeitung.epub/O/t/fähre.xhtml"],
    "text.docx": ["text.docx"],
    "text.odt": ["text.odt"],
    "text.rtf": ["text.rtf"],
    "text.pdf": ["text.pdf"],
    "tabelle.xlsx": ["tabelle.xlsx#3"],
    "tabelle.ods": ["tabelle.ods#2"],
    "tabelle.parquet": ["tabelle.parquet#1"],
    "bestand.sqlite": ["bestand.sqlite/nachrichten#1"],
    "agentur.nitf": ["agentur.nitf"],
    "agentur.newsml": ["agentur.newsml"],
    "agentur-g2.xml": ["agentur-g2.xml#1", "agentur-g2.xml#2"],
    "ausgabe.tei": ["ausgabe.tei"],
}
"""The paths of the articles in each."""

DATED = {name for name in SAMPLES if name.startswith(("agentur", "ausgabe", "post", "zeitung"))}
DATED |= {"tabelle.parquet", "tabelle.ods"}
ADDRESSED = {"seite.mhtml", "seite.webarchive", "lauf.warc.gz"}
NAMED = {"post.eml", "post.mbox", "bestand.sqlite", "agentur.nitf", "agentur.newsml", "agentur-g2.xml"}
OF_PEGEL = {"agentur.nitf", "agentur-g2.xml", "ausgabe.tei", "post.eml", "post.mbox", "zeitung.epub"}
LIBRARIES = {
    "text.docx": ("docx", "Word document; pip install 'newsclust[documents]' reads it"),
    "text.rtf": ("striprtf.striprtf", "RTF document; pip install 'newsclust[documents]' reads it"),
    "text.pdf": ("pypdf", "PDF document; pip install 'newsclust[documents]' reads it"),
    "tabelle.xlsx": ("python_calamine", "spreadsheet; pip install 'newsclust[documents]' reads it"),
    "tabelle.parquet": ("pyarrow.parquet", "Parquet table; pip install 'newsclust[parquet]' reads it"),
    "lauf.warc.gz": ("warcio.archiveiterator", "web archive; pip install 'newsclust[documents]' reads it"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_of_each_format_gives_its_articles(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SAMPLES[name]())
    read = read_articles([str(tmp_path)])
    assert not read.skipped
    assert sorted(article.path for article in read.articles) == EXPECTED[name]
    for article in read.articles:
        assert article.title == TITLE
        assert article.text.startswith(TEXT.split(".")[0])
        assert (article.published is not None) == (name in DATED)
        assert (article.url == "https://pegel.example/faehre") == (name in ADDRESSED)
        assert article.id.startswith(("foehr-", "föhr-")) == (name in NAMED)
        assert (article.source == "Der Pegel") == (name in OF_PEGEL)


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_told_from_its_content_on_standard_input_and_under_a_wrong_name(name: str, tmp_path: Path) -> None:
    data = SAMPLES[name]()
    (tmp_path / "falsch.txt").write_bytes(data)
    reads = [read_articles(["-"], stdin=BytesIO(data))]
    if not name.startswith(("reihe", "agentur", "ausgabe")):  # a text may well begin as these do
        reads.append(read_articles([str(tmp_path)]))
    for read in reads:
        assert [article.title for article in read.articles] == [TITLE] * len(EXPECTED[name])


@pytest.mark.usefixtures("builtin_model")
def test_command_and_library_read_all_formats_alike(newsclust: Command, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    folder.mkdir()
    for name, make in SAMPLES.items():
        (folder / name).write_bytes(make())
    done = newsclust("group", str(folder), "--effort", "fast", "--format", "json", "-q")
    assert done.code == 0, done.err
    assert done.out == to_json(group(folder, Settings(effort=Effort.FAST)))
    document = json.loads(done.out)
    (story,) = document["stories"]
    assert len(story["articles"]) == sum(map(len, EXPECTED.values()))


@pytest.mark.parametrize("name", LIBRARIES)
def test_without_its_library_it_is_said_what_the_file_is_and_nothing_else_is_lost(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, reason = LIBRARIES[name]
    data = SAMPLES[name]()
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(data)
    (tmp_path / "gut.txt").write_text(TEXT, "utf-8")
    read = read_articles([str(tmp_path)])
    assert [article.id for article in read.articles] == ["gut.txt"]
    assert [(entry.where, entry.reason) for entry in read.skipped] == [(name, reason)]


def test_zstandard_without_its_library_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = SAMPLES["reihe.jsonl.zst"]()
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    (tmp_path / "reihe.jsonl.zst").write_bytes(data)
    told = [entry.reason for entry in read_articles([str(tmp_path)]).skipped]
    assert told == ["zstandard data; pip install 'newsclust[documents]' reads it"] or sys.version_info >= (3, 14)


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith(".mbox")])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.97])
def test_a_file_cut_short_costs_nothing_else(name: str, share: float, tmp_path: Path) -> None:
    data = SAMPLES[name]()
    (tmp_path / name).write_bytes(data[: int(len(data) * share)])
    (tmp_path / "gut.txt").write_text(TEXT, "utf-8")
    read = read_articles([str(tmp_path)])
    assert TEXT in [article.text for article in read.articles]
    assert all(len(entry.reason.splitlines()) == 1 for entry in (*read.skipped, *read.notes))
    assert len(read.articles) > 1 or read.skipped or read.notes


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bericht.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office document of before 2007"),
        (
            "bericht.pptx",
            zipped({"[Content_Types].xml": "<Types/>", "ppt/x.xml": "<a/>"}),
            "presentation; save it as PDF",
        ),
        ("geheim.xlsx", OLD_OFFICE + bytes(600), "spreadsheet of before 2007, or protected by a password; save"),
        ("geheim.docx", OLD_OFFICE + bytes(600), "Word document of before 2007, or protected by a password; save"),
        ("bild.dat", b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG image"),
        ("bündel.7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), "7z archive; unpack it and name the folder"),
        ("bündel.rar", b"Rar!\x1a\x07\x01\x00" + bytes(99), "RAR archive; unpack it and name the folder"),
        ("dienst.log", "27.2. Dienst läuft.\nAlles ruhig auf Föhr.\n".encode(), ".log files are not read, and its"),
        ("skript.py", "# Föhr\nprint('Fähre')\n".encode(), ".py files are not read, and its text speaks of no kind"),
        ("leer.pdf", pdf(" "), "PDF document without text: scanned pages"),
    ],
)
def test_a_file_that_is_not_read_says_what_it_is(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    read = read_articles([str(tmp_path / name)])
    assert not [article for article in read.articles if article.text]
    assert any(entry.reason.startswith(reason) for entry in (*read.skipped, *read.notes))


def test_a_file_without_an_ending_is_read_from_a_folder_for_what_it_is(tmp_path: Path) -> None:
    for name, content in (("Gespräch mit Dr. No", TEXT.encode()), ("artikel", SAMPLES["text.docx"]()), ("x", b"{}")):
        (tmp_path / name).write_bytes(content)
    read = read_articles([str(tmp_path)])
    assert [article.id for article in read.articles] == ["Gespräch mit Dr. No", "artikel"]


def test_a_word_file_that_is_none_is_read_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(SAMPLES["text.rtf"]())
    (tmp_path / "b.xls").write_text(f"<html><body><p>{TEXT}</p></body></html>", "utf-8")
    (tmp_path / "c.zip").write_bytes(docx())
    read = read_articles([str(tmp_path)])
    assert [article.id for article in read.articles] == ["a.docx", "b.xls", "c.zip"]
    assert not read.skipped


def test_the_help_names_the_endings_of_the_table(newsclust: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    telegrams = replace(registry.PLAIN, name="telegrams", endings=(".tlg",))
    monkeypatch.setattr(registry, "FORMATS", (*registry.FORMATS, telegrams))
    told = " ".join(newsclust("group", "-h").out.split())
    assert " ".join(sorted({ending for known in registry.FORMATS for ending in known.endings})) in told
    assert ".tlg" in told
    assert "ENDINGS" not in newsclust("--help").out


def test_each_format_is_one_line_of_the_table_under_a_name_of_its_own() -> None:
    table = registry.FORMATS
    assert len({known.name for known in table}) == len(table)
    endings = [ending for known in table for ending in known.endings]
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)
    # Those that several claim are settled by what the files begin with.
    assert {ending for ending in endings if endings.count(ending) > 1} == {".html", ".htm", ".xml"}
