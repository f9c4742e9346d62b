"""The limits on input: each refuses one file, row or field and nothing else, and the docs tell them as they are."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from newsclust.articles import ReadResult
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.reader import read_articles
from newsclust.text.display import size_in_words

DOCS = Path(__file__).parents[1] / "docs" / "limits.md"
TEXT = "Die Fähre nach Föhr fährt wieder. 北京 schweigt."
Read = Callable[..., ReadResult]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read files of these names and contents with some limits changed; a good one beside them must come out."""

    def write_and_read(files: dict[str, bytes | str], **changed: int) -> ReadResult:
        for name, content in {**files, "zz.txt": TEXT}.items():
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        result = read_articles([str(tmp_path), *(str(tmp_path / name) for name in files)], limits=Limits(**changed))
        assert TEXT in [article.text for article in result.articles if article.path == "zz.txt"]
        return result

    return write_and_read


def reasons(result: ReadResult) -> list[str]:
    return [f"{skipped.where}: {skipped.reason}" for skipped in result.skipped]


def test_the_docs_list_every_limit_with_its_value() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", DOCS.read_text(encoding="utf-8"), re.M))
    values = dataclasses.asdict(DEFAULT_LIMITS)
    wanted = {name: size_in_words(value) if name.endswith("bytes") else f"{value:,}" for name, value in values.items()}
    assert told == wanted


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_rows_with_nothing_in_them_count_as_rows(read: Read, name: str) -> None:
    mark = "\t" if name == "a.tsv" else ","
    nothing = [f'""{mark}""\n', f'{mark}""\n', f' ""{mark}\r\n']
    rows = f"title{mark}text\nEllipse{mark}" + "Föhr ruft.\n" + "".join(nothing) * 3
    packed = gzip.compress if name.endswith(".gz") else bytes
    assert reasons(read({name: packed(rows.encode())}, file_rows=10)) == []
    assert reasons(read({name: packed(rows.encode())}, file_rows=9)) == [f"{name}: more than 9 rows; not read further"]


def test_blank_lines_and_remarks_are_no_rows(read: Read) -> None:
    rows = b'{"text": "\xfc\x81 ist"}\n\n \n'
    result = read({"a.csv": "text\n" + "Köln\n\n \r\n" * 9, "b.jsonl": rows * 9}, file_rows=9)
    assert reasons(result) == []
    assert len(result.articles) == 9 + 9 + 1


def test_a_row_of_too_many_fields_and_a_table_of_too_many_columns_are_refused(read: Read) -> None:
    wide = json.dumps({"text": "ä", **{f"f{n}": n for n in range(5)}})
    result = read({"a.jsonl": f'{wide}\n{{"text": "ö"}}\n', "b.csv": f"text{',x' * 5}\nü,1\n"}, row_fields=5)
    assert reasons(result) == [
        "a.jsonl:1: 6 fields are over the limit of 5",
        "b.csv: 6 columns are over the limit of 5",
    ]
    assert [article.id for article in result.articles] == ["a.jsonl#2", "zz.txt"]


def test_a_document_of_too_many_values_is_refused_before_it_is_parsed(read: Read) -> None:
    result = read({"a.json": '{"text": "ä", "x": [' + "[]," * 20 + "[]]}"}, document_values=20)
    assert reasons(result) == ["a.json: more than 20 values in one document; JSON lines have no such limit"]


def test_a_title_over_the_limit_is_read_as_text_and_loses_no_line(read: Read) -> None:
    (article, _) = read(
        {"a.json": json.dumps({"title": f"Über {'ä' * 30}\nZeile", "text": TEXT})}, field_characters=9
    ).articles
    assert (article.title, article.text) == (None, f"Über {'ä' * 30}\nZeile\n{TEXT}")


def test_other_fields_over_the_limit_are_kept_and_not_used(read: Read) -> None:
    row = {"id": "ü" * 10, "url": "http://x.example", "source": "Der Pegel", "lang": "de", "text": TEXT}
    (article, _) = read({"a.json": json.dumps(row)}, field_characters=9).articles
    assert (article.id, article.url, article.source, article.language) == ("a.json", None, "Der Pegel", "de")
    assert article.extra == {"id": "ü" * 10, "url": "http://x.example"}


def test_no_more_files_are_read_than_the_limit_and_it_is_told(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    result = read_articles([str(tmp_path)], limits=Limits(run_files=4))
    assert [article.id for article in result.articles] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert reasons(result) == ["input: more than 4 files; not read further: name fewer at once"]


def test_a_tag_over_the_limit_loses_its_attributes_and_no_text(read: Read) -> None:
    names = "".join(f" a{n}='>'" for n in range(DEFAULT_LIMITS.tag_characters // 4))
    result = read(
        {"a.html": f"<html lang=de><body><p{names}>{TEXT}</p>", "b.jsonl": json.dumps({"text": f"<p{names}>{TEXT}"})}
    )
    assert [article.text for article in result.articles] == [TEXT] * 3
    assert result.articles[0].language == "de"


def test_a_page_of_deep_elements_is_read_up_to_where_the_parser_gives_up(read: Read) -> None:
    deep, deeper = (f"<p>{TEXT}</p>{'<div>' * depth}<p>{TEXT}</p>" for depth in (1_000, 3_000))
    result = read({"a.html": deep, "b.html": deeper, "c.jsonl": json.dumps({"text": deeper})})
    assert [article.text.count(TEXT) for article in result.articles] == [2, 1, 2, 1]
    told = [(note.where, note.reason) for note in result.notes]
    assert told == [("b.html", "elements nested over 2,048 deep; the page is read up to there")]


def test_text_in_paragraphs_in_paragraphs_is_read_once(read: Read) -> None:
    (article, _) = read({"a.html": "<p><object>" * 500 + TEXT}).articles
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", '{"text": ' + "[" * 2000, "a.jsonl:1: invalid JSON: nested too deeply"),
        ("a.xml", "<rss>" * 300, "a.xml: invalid XML at line 1: Excessive depth in document: 256"),
        ("a.xml", f"<rss><item><title>{'ä' * 10_000_001}", "a.xml: invalid XML at line 1: Resource limit exceeded"),
        ("a.xml", '<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "a.xml: XML that declares entities of its own is refused"),
        (
            "a.xml",
            '<!-- <rss> --><?x <rss ?><!DOCTYPE rss [<!ENTITY a "b">]><rss/>',
            "a.xml: XML that declares entities",
        ),
    ],
)
def test_the_bounds_of_the_parsers_are_told(read: Read, name: str, content: str, reason: str) -> None:
    (told,) = reasons(read({name: content}))
    assert told.startswith(reason)


def archive(kind: str) -> bytes:
    """An archive with an article and with a path that leads out of it."""
    buffer = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(buffer, "w") as packed:
            packed.writestr("../raus.txt", TEXT)
        return buffer.getvalue()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        entry = tarfile.TarInfo("../raus.txt")
        entry.size = len(TEXT.encode() * 2000)
        tar.addfile(entry, io.BytesIO(TEXT.encode() * 2000))
    return gzip.compress(buffer.getvalue()) if kind == "tar.gz" else buffer.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
@pytest.mark.parametrize("named", ["pack.{}", "pack.txt"])
def test_an_entry_that_leads_out_of_its_archive_is_told_and_never_written(
    read: Read, tmp_path: Path, kind: str, named: str
) -> None:
    name = named.format(kind)
    result = read({name: archive(kind)})
    assert reasons(result) == [f"{name}/../raus.txt: its name leads out of the archive; not read"]
    assert not (tmp_path.parent / "raus.txt").exists()


@pytest.mark.parametrize(("name", "content"), [("a.json", "[]"), ("a.csv", "text\n"), ("a.xml", "<rss></rss>")])
def test_a_file_that_holds_no_article_is_told(read: Read, name: str, content: str) -> None:
    assert [(note.where, note.reason) for note in read({name: content}).notes] == [(name, "no articles in it")]
