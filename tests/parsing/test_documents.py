"""Office documents, databases and spreadsheets: what is read of them, and what hostile ones cost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from format_samples import TEXT, TITLE, docx, newsml_g2, nitf, odt, parquet, pdf, rtf, sqlite, xlsx, zipped

from newsclust.articles import ReadResult
from newsclust.reading.limits import Limits
from newsclust.reading.reader import read_articles

Read = Callable[..., ReadResult]
GOOD = "Das gute Blatt aus Husum. 北京は晴れ。"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"


@pytest.fixture(name="read")
def _read(tmp_path: Path) -> Read:
    """Read a file beside a good one, which must come out."""

    def write_and_read(name: str, content: bytes, **changed: int) -> ReadResult:
        (tmp_path / name).write_bytes(content)
        (tmp_path / "gut.txt").write_text(GOOD, "utf-8")
        result = read_articles([str(tmp_path / name), str(tmp_path / "gut.txt")], limits=Limits(**changed))
        assert GOOD in [article.text for article in result.articles]
        return result

    return write_and_read


def told(result: ReadResult) -> list[str]:
    return [f"{entry.where}: {entry.reason}" for entry in result.skipped]


def texts(result: ReadResult) -> list[str]:
    return [article.text for article in result.articles if article.text != GOOD]


def changed(packed: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An office file with one of its parts changed."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: change(parts[part])})


OFFICE = {
    "a.docx": (docx, "word/document.xml", b"</w:body>"),
    "a.odt": (odt, "content.xml", b"</office:text>"),
    "a.xlsx": (xlsx, "xl/worksheets/sheet1.xml", b"</sheetData>"),
}


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_file_that_unpacks_to_too_much_is_refused(name: str, read: Read) -> None:
    make, part, end = OFFICE[name]
    bomb = changed(make(), part, lambda data: data.replace(end, b" " * 9_000_000 + end))
    reason = "packed data grows over 100 times; not read further"
    assert told(read(name, bomb, packed_free_bytes=1_000_000)) == [f"{name}: {reason}"]
    (line,) = told(read(name, bomb, document_bytes=1_000_000))
    assert line == f"{name}: unpacks to more than 976.6 KiB, the limit for one document of this kind"


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_file_whose_sizes_are_false_costs_one_line(name: str, read: Read) -> None:
    make, part, end = OFFICE[name]
    bomb = bytearray(changed(make(), part, lambda data: data.replace(end, b" " * 3_000_000 + end)))
    at = bomb.index(part.encode(), bomb.index(b"PK\x01\x02"))  # in the directory
    bomb[at - 22 : at - 18] = (99).to_bytes(4, "little")
    (line,) = told(read(name, bytes(bomb)))
    assert line.startswith(f"{name}: damaged ")


@pytest.mark.parametrize("name", OFFICE)
def test_entities_in_an_office_file_are_never_expanded(name: str, read: Read) -> None:
    make, part, end = OFFICE[name]
    start = b"<?xml"

    def laughing(data: bytes) -> bytes:
        data = data[data.index(b"?>") + 2 :] if data.startswith(start) else data
        return LAUGHS.encode() + data.replace(end, b"&a9;" + end)

    result = read(name, changed(make(), part, laughing))
    assert sum(map(len, texts(result))) < 10_000
    assert texts(result) or told(result)


@pytest.mark.parametrize(("name", "make"), [("a.nitf", nitf), ("a.xml", newsml_g2)])
def test_news_in_xml_that_declares_entities_is_refused(name: str, make: Callable[[], bytes], read: Read) -> None:
    data = make().replace(b'<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">', b"").partition(b"?>")
    laughing = LAUGHS.encode() + (data[2] or data[0]).replace(b"</p>", b"&a9;</p>")
    assert told(read(name, laughing)) == [f"{name}: XML that declares entities of its own is refused"]


def test_news_in_xml_is_read_up_to_where_it_breaks_and_stray_signs_are_mended(read: Read) -> None:
    result = read("a.xml", newsml_g2().replace(b"212", b"&nbsp;212 & mehr", 1)[:-150])
    assert [" 212 & mehr" in text.replace("\xa0", " ") for text in texts(result)] == [True]
    (line,) = told(result)
    assert line.endswith("; 1 items of news before it are read")


@pytest.mark.parametrize(
    "fields",
    [
        {"versioncreated": "2025-02-27T18:22:00Z", "headline": TITLE, "body_text": TEXT, "body_xhtml": "<p>x</p>"},
        {
            "firstcreated": "2025-02-27T18:22:00Z",
            "headlines": [{"role": "kurz", "value": "x"}, {"role": "main", "value": TITLE}],
            "bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p>{TEXT}</p>"}],
        },
        {
            "firstCreated": "2025-02-27T18:22:00Z",
            "headlines": [{"value": TITLE}],
            "bodies": [{"contentType": "text/html", "value": "<p>x</p>"}, {"contentType": "text/plain", "value": TEXT}],
        },
    ],
    ids=["ninjs 1", "ninjs 2", "ninjs 3"],
)
def test_json_of_agencies_is_read_alone_in_lists_and_in_lines(fields: dict[str, object], read: Read) -> None:
    items = [{"uri": f"urn:föhr:{number}", "type": "text", "language": "de", **fields} for number in (1, 2)]
    one, two = (json.dumps(item, ensure_ascii=False) for item in items)
    for name, content in (("a.json", one), ("b.json", f"[{one}, {two}]"), ("c.jsonl", f"{one}\n{two}\n")):
        found = [article for article in read(name, content.encode()).articles if article.text != GOOD]
        assert [article.id for article in found] == ["urn:föhr:1", "urn:föhr:2"][: 1 if name == "a.json" else 2]
        assert {(article.title, article.text, f"{article.published:%F}") for article in found} == {
            (TITLE, TEXT, "2025-02-27")
        }


def test_a_word_document_is_read_with_its_tables(read: Read) -> None:
    (text,) = texts(read("a.docx", docx(TITLE, f"Erster Absatz über Föhr. {TEXT}", "In der Tabelle: 北京。")))
    assert text.endswith("In der Tabelle: 北京。")


def test_what_was_inserted_or_stands_in_a_box_of_a_word_document_is_read_once(read: Read) -> None:
    inner = b"<w:p><w:r><w:t>Im Kasten: \xe5\x8c\x97\xe4\xba\xac\xe3\x80\x82</w:t></w:r></w:p>"
    box = b"<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice>"
    box += inner + b"</mc:Choice><mc:Fallback>" + inner + b"</mc:Fallback></mc:AlternateContent>"
    added = b"<w:p><w:ins><w:r><w:t>Nachtrag.</w:t></w:r></w:ins><w:del><w:r><w:delText>Weg.</w:delText></w:r></w:del>"
    added += b"</w:p>"
    packed = changed(docx(), "word/document.xml", lambda data: data.replace(b"<w:tbl>", added + box + b"<w:tbl>"))
    (text,) = texts(read("a.docx", packed))
    assert text == f"Nachtrag.\n\nIm Kasten: 北京。\n\n{TEXT}"


def test_rows_of_a_sheet_are_read_below_the_first_row_of_several_cells(read: Read) -> None:
    result = read("a.xlsx", xlsx(3))
    assert [article.id for article in result.articles][:3] == ["a.xlsx#3", "a.xlsx#4", "a.xlsx#5"]
    assert told(read("a.xlsx", xlsx(), row_fields=2)) == ["a.xlsx: 3 columns are over the limit of 2"]


def test_pages_of_a_pdf_over_the_limit_are_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclust.reading.formats.documents.pdf.MOST_PAGES", 0)
    result = read("a.pdf", pdf())
    assert [note.reason for note in result.notes] == ["1 pages; only the first 0 are read"]


def test_rtf_keeps_the_letters_of_every_script(read: Read) -> None:
    (text,) = texts(read("a.rtf", rtf(f"{TITLE}\n\n{TEXT} 𝄞")))
    assert "渡船搁浅" in text
    assert "Паром" in text


def test_of_a_database_each_table_with_texts_is_read_and_others_named(read: Read) -> None:
    result = read("a.sqlite", sqlite(2))
    assert [article.id for article in result.articles] == ["föhr-1", "föhr-2", "gut.txt"]
    assert [article.path for article in result.articles][:2] == ["a.sqlite/nachrichten#1", "a.sqlite/nachrichten#2"]
    assert [(note.where, note.reason) for note in result.notes] == [
        ("a.sqlite/einstellungen", "a table without texts; its columns: schlüssel, wert")
    ]
    assert "bild" not in result.articles[0].extra


def test_a_database_that_is_being_written_is_read_as_it_lies_there(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "läuft.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute('CREATE TABLE "a ""b" (title, text)')
        connection.execute('INSERT INTO "a ""b" VALUES (?, ?)', (TITLE, TEXT))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = path.read_bytes()
        result = read_articles([str(path)])
    connection.close()
    assert [article.id for article in result.articles] == ['läuft.sqlite/a "b#1']
    assert [note.reason for note in result.notes] == [
        "changes that wait beside the file (-wal) are not read: close what writes it"
    ]
    assert path.read_bytes() == before


def test_a_damaged_database_costs_one_line(read: Read) -> None:
    data = bytearray(sqlite(200))
    data[4096:8192] = b"\xff" * 4096
    (line,) = told(read("a.sqlite", bytes(data)))
    assert line.startswith("a.sqlite: damaged SQLite database, or none: DatabaseError")


def test_a_parquet_table_that_unpacks_to_too_much_or_is_too_wide_is_refused(read: Read) -> None:
    bomb = parquet(text=["ü" * 200_000] * 300)  # kept once, and meant three hundred times
    assert told(read("a.parquet", bomb, packed_free_bytes=1_000_000)) == [
        "a.parquet: packed data grows over 100 times; not read further"
    ]
    wide = parquet(**{f"spalte {n}": ["ü"] for n in range(6)})
    assert told(read("a.parquet", wide, row_fields=5)) == ["a.parquet: 6 columns are over the limit of 5"]
