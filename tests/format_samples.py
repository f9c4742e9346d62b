"""A small file of each format that is read, with one article and its title, in several scripts."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import plistlib
import sqlite3
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from email.message import EmailMessage
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TITLE = "Fähre vor Föhr gestrandet"
TEXT = (
    "Eine Fähre mit 212 Menschen an Bord ist am Donnerstag vor Föhr auf Grund gelaufen. 渡船搁浅。 "
    "Паром сняли с мели к вечеру, сообщил капитан порта, und alle kamen an Land, bevor es dunkel wurde."
)
PAGE = (
    f"<html lang=de><head><meta charset=utf-8><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    f"<p>{TEXT}</p><p>{TEXT[::-1][:60]}, hieß es im Hafen von Wyk.</p></article></body></html>"
)
ROW = json.dumps({"title": TITLE, "text": TEXT}, ensure_ascii=False) + "\n"


def zipped(entries: Mapping[str, bytes | str], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as packed:
        for name, content in entries.items():
            packed.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else kind)
    return buffer.getvalue()


def tarred(entries: Mapping[str, bytes | str]) -> bytes:
    """A tar archive of these entries."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as packed:
        for name, content in entries.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def mail() -> bytes:
    """A message whose HTML says what its plain text says."""
    message = EmailMessage()
    message["From"] = "Der Pegel <nachrichten@pegel.example>"
    message["Subject"] = TITLE
    message["Date"] = "Thu, 27 Feb 2025 18:22:00 +0000"
    message["Message-ID"] = "<foehr-1@pegel.example>"
    message.set_content(TEXT)
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    return message.as_bytes()


def mhtml() -> bytes:
    """A page as a browser saves it in one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://pegel.example/faehre"
    message["Subject"] = TITLE
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def mailbox() -> bytes:
    """Two messages, one of which begins a line with "From "."""
    second = mail().replace(b"1@pegel", b"2@pegel").replace(b"\n\n", b"\n\n>From Wyk\n\n", 1)
    start = b"From nachrichten@pegel.example Thu Feb 27 18:22:00 2025\n"
    return start + mail() + b"\n" + start + second


def warc() -> bytes:
    """A page and a picture, as a crawler keeps them, compressed record by record."""
    answers = (
        ("https://pegel.example/faehre", "text/html; charset=utf-8", PAGE.encode()),
        ("https://pegel.example/bild.png", "image/png", b"\x89PNG"),
    )
    return b"".join(gzip.compress(warc_record(*answer), mtime=0) for answer in answers)


def warc_record(url: str, kind: str, content: bytes, status: str = "200 OK") -> bytes:
    """What a server answered, as a record of a web archive."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(answer)}>\r\nWARC-Target-URI: {url}\r\n"
    head += "WARC-Date: 2025-03-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def webarchive() -> bytes:
    """A page as Safari saves it."""
    page = {
        "WebResourceData": PAGE.encode(),
        "WebResourceURL": "https://pegel.example/faehre",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)


def epub(pages: Mapping[str, str] | None = None) -> bytes:
    """A newspaper as a book: a text for each article, in the order in which they are read."""
    texts = pages or {"t/fähre.xhtml": PAGE}
    items = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(texts))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(texts)))
    described = "<dc:title>Der Pegel</dc:title><dc:language>de</dc:language><dc:date>2025-02-27</dc:date>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></container>',
            "O/c.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{described}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"O/{name}": page for name, page in texts.items()},
        }
    )


def docx(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs, each in a paragraph or the last one in a table."""
    import docx

    document = docx.Document()
    *lines, last = paragraphs or (TITLE, TEXT)
    for line in lines:
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = last
    return _saved(document.save)


OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def odt() -> bytes:
    """An OpenDocument text."""
    return _open_document("text", f"<text:h>{TITLE}</text:h><text:p>{TEXT.replace(' ', '<text:s/>', 1)}</text:p>")


def ods() -> bytes:
    """A spreadsheet in OpenDocument."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
        for row in (("title", "text", "date"), (TITLE, TEXT, "2025-02-26"))
    )
    return _open_document("spreadsheet", f'<table:table table:name="Blätter">{rows}</table:table>')


def _open_document(kind: str, content: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "table"))
    content = (
        f"<office:document-content {names}><office:body><office:{kind}>{content}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0">{entry}</manifest:manifest>'
    return zipped({"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content})


def xlsx(rows: int = 1) -> bytes:
    """A spreadsheet as Excel writes it, with a heading above its header and rows of one article."""
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Pressespiegel</t></is></c></row>'
    cells = [_cells(2, ("title", "text", "date")), *(_cells(number, (TITLE, TEXT)) for number in range(3, rows + 3))]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{kinds}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Blätter" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{head}{"".join(cells)}</sheetData>'
            "</worksheet>",
        }
    )


def _cells(number: int, values: tuple[str, ...]) -> str:
    made = (
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for at, value in enumerate(values)
    )
    return f'<row r="{number}">{"".join(made)}</row>'


def rtf(text: str = f"{TITLE}\n\n{TEXT}") -> bytes:
    """A text in RTF, every character that is not ASCII by its number."""
    written = "".join(c if c.isascii() else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0 " + written.replace("\n", "\\par\n") + "}").encode()


def pdf(*lines: str) -> bytes:
    """A page of these lines in a font that knows Latin letters."""
    shown = "\n".join(f"({line}) Tj T*" for line in lines or (TITLE, f"{TEXT.split('.')[0]}."))
    stream = f"BT /F1 11 Tf 14 TL 60 760 Td {shown} ET".encode("cp1252")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def sqlite(rows: int = 1) -> bytes:
    """A database with a table of articles and one without texts."""
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE "nachrichten" (id TEXT, title TEXT, text TEXT, bild BLOB)')
    connection.executemany(
        "INSERT INTO nachrichten VALUES (?, ?, ?, x'89')", [(f"föhr-{n}", TITLE, TEXT) for n in range(1, rows + 1)]
    )
    connection.execute("CREATE TABLE einstellungen (schlüssel TEXT, wert TEXT)")
    connection.commit()
    return connection.serialize()


def parquet(**columns: Any) -> bytes:
    """A Parquet table."""
    import pyarrow
    from pyarrow.parquet import write_table

    buffer = io.BytesIO()
    write_table(pyarrow.table(columns or {"title": [TITLE], "text": [TEXT], "date": [date(2025, 2, 27)]}), buffer)
    return buffer.getvalue()


def nitf() -> bytes:
    """An article of an agency in NITF."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf xml:lang="de"><head><docdata>'
        '<doc-id id-string="föhr-1"/><date.issue norm="20250227T182200Z"/></docdata><pubdata name="Der Pegel"/></head>'
        f"<body><body.head><hedline><hl1>{TITLE}</hl1></hedline></body.head><body.content><block><p>{TEXT}</p>"
        "<media><media-caption><p>Ein Bild</p></media-caption></media></block></body.content></body></nitf>"
    ).encode()


def newsml() -> bytes:
    """An article of an agency in NewsML 1."""
    return (
        "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>föhr-1</NewsItemId></NewsIdentifier>"
        "</Identification><NewsManagement><FirstCreated>20250227T182200Z</FirstCreated></NewsManagement><NewsComponent>"
        f"<NewsLines><HeadLine>{TITLE}</HeadLine></NewsLines><ContentItem><DataContent><nitf><body><body.content>"
        f"<p>{TEXT}</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def newsml_g2() -> bytes:
    """Two articles of an agency in NewsML-G2, one of them in plain text."""
    item = (
        '<newsItem guid="föhr-{number}" xml:lang="de"><itemMeta><provider literal="Der Pegel"/><versionCreated>'
        f"2025-02-27T18:22:00Z</versionCreated></itemMeta><contentMeta><headline>{TITLE}</headline></contentMeta>"
        "<contentSet>{content}</contentSet></newsItem>"
    )
    page = f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT}</p></body></html></inlineXML>'
    items = item.format(number=1, content=page) + item.format(number=2, content=f"<inlineData>{TEXT}</inlineData>")
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'.encode()


def tei() -> bytes:
    """A text edition of an article."""
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de"><teiHeader><fileDesc><titleStmt><title>{TITLE}</title>'
        '</titleStmt><publicationStmt><publisher>Der Pegel</publisher><date when="2025-02-27"/></publicationStmt>'
        f"</fileDesc></teiHeader><text><body><p>{TEXT}</p></body></text></TEI>"
    ).encode()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "reihe.jsonl.gz": lambda: gzip.compress(ROW.encode(), mtime=0),
    "reihe.jsonl.bz2": lambda: bz2.compress(ROW.encode()),
    "reihe.jsonl.xz": lambda: lzma.compress(ROW.encode()),
    "reihe.jsonl.zst": lambda: zstd.compress(ROW.encode()),
    "bündel.zip": lambda: zipped({"kabar/fähre.html": PAGE, "reihe.jsonl": ROW}),
    "bündel.tar": lambda: tarred({"kabar/fähre.html": PAGE, "reihe.jsonl": ROW}),
    "bündel.tgz": lambda: gzip.compress(tarred({"reihe.jsonl": ROW}), mtime=0),
    "post.eml": mail,
    "post.mbox": mailbox,
    "seite.mhtml": mhtml,
    "seite.webarchive": webarchive,
    "lauf.warc.gz": warc,
    "zeitung.epub": epub,
    "text.docx": docx,
    "text.odt": odt,
    "text.rtf": rtf,
    "text.pdf": pdf,
    "tabelle.xlsx": xlsx,
    "tabelle.ods": ods,
    "tabelle.parquet": parquet,
    "bestand.sqlite": sqlite,
    "agentur.nitf": nitf,
    "agentur.newsml": newsml,
    "agentur-g2.xml": newsml_g2,
    "ausgabe.tei": tei,
}
"""The formats by the name of a file in each."""
