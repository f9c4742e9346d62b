"""Files that hold files: what is read of them, what is refused, and that nothing is written or lost."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from format_samples import PAGE, ROW, TEXT, TITLE, epub, mail, tarred, warc_record, zipped

from newsclust.articles import ReadResult
from newsclust.reading.limits import Limits
from newsclust.reading.reader import read_articles

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Read = Callable[..., ReadResult]
Pack = Callable[..., bytes]
GOOD = "Das gute Blatt aus Husum. 北京は晴れ。"


@pytest.fixture(name="read")
def _read(tmp_path: Path) -> Iterator[Read]:
    """Read a file beside a good one, which must come out; nothing may lie beside the folder afterwards."""
    folder = tmp_path / "tief" / "ordner"
    folder.mkdir(parents=True)

    def write_and_read(name: str, content: bytes, **changed: int) -> ReadResult:
        (folder / name).write_bytes(content)
        (folder / "gut.txt").write_text(GOOD, "utf-8")
        result = read_articles([str(folder)], limits=Limits(**changed))
        assert GOOD in [article.text for article in result.articles]
        return result

    yield write_and_read
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.parent != folder] == []


def told(result: ReadResult) -> list[str]:
    return [f"{entry.where}: {entry.reason}" for entry in result.skipped]


def ids(result: ReadResult) -> list[str]:
    return [article.id for article in result.articles if article.id != "gut.txt"]


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress}


@pytest.mark.parametrize("ending", PACKERS)
def test_compressed_rows_are_kept_up_to_where_they_grow_too_much(ending: str, read: Read) -> None:
    bomb = PACKERS[ending](ROW.encode() + b" " * 3_000_000)
    result = read(f"bombe.jsonl.{ending}", bomb, packed_free_bytes=1_000_000)
    assert ids(result) == [f"bombe.jsonl.{ending}#1"]
    assert told(result) == [f"bombe.jsonl.{ending}: packed data grows over 100 times; not read further"]


@pytest.mark.parametrize("ending", PACKERS)
def test_several_members_and_a_stray_tail_are_read_and_a_cut_is_told(ending: str, read: Read) -> None:
    pack = PACKERS[ending]
    whole = pack(ROW.encode()) + pack(ROW.encode()) + b"\0stray"
    assert len(ids(read(f"a.jsonl.{ending}", whole))) == 2
    (reason,) = told(read(f"a.jsonl.{ending}", pack((ROW * 50).encode())[:-9]))
    assert reason.endswith("data ends early: the file is truncated")


def test_xz_that_wants_too_much_memory_is_refused(read: Read) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    made = lzma.LZMACompressor(filters=filters)
    (reason,) = told(read("a.jsonl.xz", made.compress(ROW.encode()) + made.flush()))
    assert reason.startswith("a.jsonl.xz: damaged xz data: Memory usage limit")


def test_a_frame_to_pass_over_in_front_of_zstandard_data_is_passed_over(read: Read) -> None:
    frame = b"\x50\x2a\x4d\x18" + struct.pack("<I", 4) + b"abcd"
    assert ids(read("a.jsonl.zst", frame + zstd.compress(ROW.encode()))) == ["a.jsonl.zst#1"]


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../raus.txt", "its name leads out of the archive; not read"),
        ("/etc/raus.txt", "its name leads out of the archive; not read"),
        ("a/../../raus.txt", "its name leads out of the archive; not read"),
        ("..\\raus.txt", "its name leads out of the archive; not read"),
        ("C:\\raus.txt", "its name leads out of the archive; not read"),
        ("rot\x1b[31m.txt", "its name holds control characters; not read"),
        ("zwei\nzeilen.txt", "its name holds control characters; not read"),
        ("ü" * 3_000 + ".txt", "its name is longer than 2,000 characters; not read"),
    ],
)
def test_a_hostile_name_costs_its_entry_one_line(
    pack: Callable[..., bytes], name: str, reason: str, read: Read
) -> None:
    result = read("bündel", pack({name: TEXT, "گزارش\u200cها/خبر.txt": TEXT}))
    assert ids(result) == ["bündel/گزارش\u200cها/خبر.txt"]
    (line,) = told(result)
    assert line.endswith(reason)
    assert len(line) < 300
    assert all(character.isprintable() for character in line)


def test_names_in_utf_8_that_are_not_called_so_are_read_as_such(read: Read) -> None:
    packed = zipped({"AAAAAA.txt": TEXT, "BBBB.txt": TEXT}).replace(b"AAAAAA", "新闻".encode())
    found = ids(read("bündel.zip", packed.replace(b"BBBB", b"\x81ber")))
    assert found == ["bündel.zip/über.txt", "bündel.zip/新闻.txt"]


def test_hidden_entries_are_passed_over_and_other_kinds_named(read: Read) -> None:
    entries = {
        "a.txt": TEXT,
        ".geheim/b.txt": TEXT,
        "__MACOSX/._a.txt": "x",
        "bild.png": "x",
        "stil.css": "x",
        "c/": "",
    }
    result = read("bündel.zip", zipped(entries))
    assert ids(result) == ["bündel.zip/a.txt"]
    assert [note.reason for note in result.notes] == [
        "files of other kinds left out: 2 (.css 1, .png 1): bild.png, stil.css"
    ]


def test_an_encrypted_or_damaged_entry_costs_nothing_else(read: Read) -> None:
    packed = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT[::-1], "c.txt": TEXT}, zipfile.ZIP_STORED))
    directory = packed.index(b"PK\x01\x02")
    packed[directory + 8] |= 1  # the first is encrypted
    middle = packed.index(TEXT[::-1].encode())
    packed[middle + 5] ^= 1  # the second damaged
    result = read("bündel.zip", bytes(packed))
    assert ids(result) == ["bündel.zip/c.txt"]
    assert told(result) == [
        "bündel.zip/a.txt: encrypted; unpack it and name the folder",
        "bündel.zip/b.txt: damaged entry, or none: BadZipFile Bad CRC-32 for file 'b.txt'",
    ]


def test_a_zip_bomb_is_refused_and_what_stands_before_it_is_kept(read: Read) -> None:
    result = read(
        "bombe.zip", zipped({"a.txt": TEXT, "b.jsonl": b" " * 5_000_000, "c.txt": TEXT}), packed_free_bytes=1_000_000
    )
    assert ids(result) == ["bombe.zip/a.txt"]
    assert told(result)[0] == "bombe.zip/b.jsonl: packed data grows over 100 times; not read further"


def test_bombs_in_each_other_share_what_may_come_out(read: Read) -> None:
    packed = zipped({f"{n}.txt": b" " * 900_000 for n in range(9)})
    outer = zipped({f"{n}.zip": packed for n in range(9)})
    result = read("bombe.zip", outer, packed_free_bytes=2_000_000)
    assert not ids(result)
    assert any(line.endswith("packed data grows over 100 times; not read further") for line in told(result))


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archives_in_archives_are_read_to_a_depth(pack: Callable[..., bytes], read: Read) -> None:
    packed = pack({"0.txt": TEXT})
    for number in range(1, 5):
        packed = pack({f"{number}.txt": TEXT, "innen": packed})
    result = read("puppe", packed)
    assert ids(result) == ["puppe/4.txt", "puppe/innen/3.txt", "puppe/innen/innen/2.txt"]
    assert told(result) == ["puppe/innen/innen/innen: packed more than 3 deep; unpack it and name the folder"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_no_more_entries_are_read_than_the_limit(pack: Callable[..., bytes], read: Read) -> None:
    result = read("viele", pack({f"{number}.txt": TEXT for number in range(8)}), archive_entries=5)
    assert ids(result) == [f"viele/{number}.txt" for number in range(5)]
    (line,) = told(result)
    assert line.startswith("viele: more than 5 files in one ")


def test_the_directory_of_a_zip_archive_is_bounded_before_it_is_held(read: Read) -> None:
    packed = zipped({f"{number}-{'ü' * 90}.txt": "" for number in range(99)})
    assert told(read("viele.zip", packed, archive_entries=5)) == [
        "viele.zip: more than 5 files in one zip archive; not read"
    ]


def test_links_devices_holes_and_large_headers_of_tar_archives_are_no_files(read: Read) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as packed:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"link-{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            packed.addfile(info)
        info = tarfile.TarInfo("gut.txt")
        info.size = len(TEXT.encode())
        packed.addfile(info, io.BytesIO(TEXT.encode()))
        info = tarfile.TarInfo("danach.txt")
        info.pax_headers = {"comment": "ü" * 2_000_000}
        packed.addfile(info)
    result = read("bündel.tar", buffer.getvalue())
    assert ids(result) == ["bündel.tar/gut.txt"]
    assert told(result) == ["bündel.tar: a header larger than 1 MiB; not read further"]


def test_a_tar_archive_cut_short_keeps_what_it_had(read: Read) -> None:
    whole = tarred({"a.txt": TEXT, "b.txt": TEXT * 20})
    result = read("bündel.tar", whole[:2_000])
    assert ids(result)[0] == "bündel.tar/a.txt"
    assert told(result)


def test_attachments_are_read_below_their_mail(read: Read) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Zwei Anlagen", "redaktion@pegel.example"
    message.set_content(f"Anbei. {TEXT}")
    message.add_attachment(PAGE.encode(), "text", "html", filename="../fähre.html")
    message.add_attachment(b"x", "application", "octet-stream", filename="mappe.dwg")
    result = read("post.eml", message.as_bytes())
    assert ids(result) == ["post.eml", "post.eml/fähre.html"]
    assert [note.reason for note in result.notes] == ["files of other kinds left out: 1 (.dwg 1): mappe.dwg"]


def test_a_message_that_only_points_to_its_html_is_read_in_html(read: Read) -> None:
    message = EmailMessage()
    message["Subject"] = "Rundbrief"
    message.set_content("Siehe HTML.")
    message.add_alternative(f"<p>{TEXT}</p><p>{TEXT}</p>", subtype="html")
    (article,) = [article for article in read("post.eml", message.as_bytes()).articles if article.id != "gut.txt"]
    assert article.text == f"{TEXT}\n{TEXT}"


def test_headers_in_old_encodings_are_decoded_and_unknown_ones_harm_nothing(read: Read) -> None:
    head = b"Subject: =?koi8-r?B?8NLJ18XU?= =?x-none?Q?=FC?=\nMIME-Version: 1\nContent-Type: text/plain;charset=no\n\n"
    (article,) = [a for a in read("post.eml", head + TEXT.encode()).articles if a.id != "gut.txt"]
    assert article.title == "=?koi8-r?B?8NLJ18XU?= =?x-none?Q?=FC?="
    assert article.text == TEXT


def test_parts_in_each_other_without_end_are_refused(read: Read) -> None:
    head = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(3_000))
    (line,) = told(read("tief.eml", f"MIME-Version: 1.0\n{head}\n{TEXT}".encode()))
    assert line.startswith("tief.eml: damaged mail, or none: RecursionError")


def test_a_message_over_the_limit_costs_no_other_one(read: Read) -> None:
    start = b"From a@b.example Thu Feb 27 18:22:00 2025\n"
    box = start + mail() + b"\n" + start + mail() + b"x" * 9_000 + b"\n\n" + start + mail().replace(b"-1@", b"-3@")
    result = read("post.mbox", box, page_bytes=5_000)
    assert ids(result) == ["foehr-1@pegel.example", "foehr-3@pegel.example"]
    assert told(result) == ["post.mbox#2: a message larger than 4.883 KiB"]


def test_of_a_crawl_only_answers_that_hold_articles_are_read(read: Read) -> None:
    russian = PAGE.replace("utf-8", "koi8-r").replace("Fähre", "Паром").encode("cp1251", "ignore")
    records = [
        warc_record(
            "https://a.example/1",
            "text/html; charset=windows-1251",
            russian,
        ),
        warc_record("https://a.example/2", "text/html", b"weg", "404 Not Found"),
        warc_record("https://a.example/3.css", "text/css", b"a{}"),
        warc_record("https://a.example/robots.txt", "text/plain", b"User-agent: *"),
        warc_record("https://a.example/4", "text/html", b"<p>" + b"x" * 9_000),
        warc_record("https://a.example/5", "application/json", ROW.encode()),
    ]
    result = read("lauf.warc", b"".join(records), page_bytes=5_000)
    first, second = (article for article in result.articles if article.id != "gut.txt")
    assert (first.path, first.url, first.title) == ("lauf.warc#1", "https://a.example/1", "Паром vor Fhr gestrandet")
    assert (second.path, second.url) == ("lauf.warc#6", "https://a.example/5")
    assert [line.partition(": ")[0] for line in told(result)] == ["lauf.warc#5"]
    assert [note.reason for note in result.notes] == [
        "records that hold no article left out: 3 (robots.txt 1, status 404 1, text/css 1)"
    ]


def test_a_record_with_a_false_length_is_told_and_the_terminal_left_alone(
    read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    record = warc_record("https://a.example/1", "text/html", PAGE.encode())
    false = re.sub(rb"(?<=Content-Length: )\d+", lambda length: b"%d" % (int(length[0]) - 20), record)
    result = read("lauf.warc", false + record)
    assert next(note.reason for note in result.notes) == "a record is damaged: what stands behind it may be lost"
    assert [article.title for article in result.articles][-1] == TITLE
    assert capsys.readouterr().err == ""


def test_a_book_is_read_in_its_order_and_entities_in_it_are_refused(read: Read) -> None:
    book = epub({f"t/{name}.xhtml": PAGE.replace("Fähre", name) for name in ("zwei", "eins")})
    assert ids(read("zeitung.epub", book)) == ["zeitung.epub/O/t/eins.xhtml", "zeitung.epub/O/t/zwei.xhtml"][::-1]
    laughs = '<!DOCTYPE package [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "c.opf": laughs}
    assert told(read("zeitung.epub", zipped(parts))) == [
        "zeitung.epub: XML that declares entities of its own is refused"
    ]
