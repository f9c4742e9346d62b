from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclust.articles import Article, ReadResult
from newsclust.errors import UsageError
from newsclust.reading import streams
from newsclust.reading.compression import CHUNK
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.reader import read_articles

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
TEXT = "Die Gespräche in Zürich gehen weiter. 北京 schweigt."


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ReadResult]:
    """Write files of the given names and contents into one folder and read it."""

    def write_and_read(files: dict[str, bytes | str], limits: Limits = DEFAULT_LIMITS, **options: object) -> ReadResult:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_articles([str(tmp_path)], limits=limits, **options)  # type: ignore[arg-type]

    return write_and_read


def ids(result: ReadResult) -> list[str]:
    return [article.id for article in result.articles]


def reasons(result: ReadResult) -> list[tuple[str, str]]:
    return [(skipped.where, skipped.reason) for skipped in result.skipped]


def from_stdin(data: bytes | str) -> ReadResult:
    return read_articles(["-"], stdin=io.BytesIO(data.encode() if isinstance(data, str) else data))


def test_every_kind_of_file_becomes_articles(read: Callable[..., ReadResult]) -> None:
    row = json.dumps({"title": "Tür", "text": TEXT}, ensure_ascii=False)
    result = read(
        {
            "1.txt": TEXT,
            "2.md": f"# Tür\n\n{TEXT}",
            "3.html": f"<html lang='de-CH'><title>Tür</title><article><p>{TEXT}</p><p>{TEXT}</p></article></html>",
            "4.json": row,
            "5.jsonl": f"{row}\n{row}\n",
            "6.csv": f'title,text\nTür,"{TEXT}"\n',
            "7.tsv": f"title\ttext\nTür\t{TEXT}\n",
            "8.xml": f"<rss><channel><item><title>Tür</title><description>{TEXT}</description></item></channel></rss>",
            "9.ndjson.gz": gzip.compress(f"{row}\n".encode()),
        }
    )

    assert result.skipped == ()
    assert ids(result) == [
        "1.txt", "2.md", "3.html", "4.json", "5.jsonl#1", "5.jsonl#2", "6.csv#2", "7.tsv#2", "8.xml#1", "9.ndjson.gz#1",
    ]  # fmt: skip
    assert all("北京 schweigt." in article.text for article in result.articles)
    assert [article.title for article in result.articles[1:]] == ["Tür"] * 9
    assert result.articles[2].language == "de"


def test_an_article_of_a_row_carries_all_its_fields(read: Callable[..., ReadResult]) -> None:
    row = {
        "guid": "n-17", "Headline": "Tür &amp; Tor", "MainText": TEXT, "link": "https://blatt.example/1",
        "lang": "de_AT",
        "date_publish": "2025-02-27T18:00:00+01:00", "source": {"id": None, "name": "Das Blatt"}, "authors": ["Zoë"],
    }  # fmt: skip

    (article,) = read({"feed.jsonl": "\n" + json.dumps(row)}).articles

    assert article == Article(
        id="n-17", text=TEXT, title="Tür & Tor", path="feed.jsonl#2", language="de", source="Das Blatt",
        published=datetime(2025, 2, 27, 17, tzinfo=UTC), url="https://blatt.example/1", extra={"authors": ["Zoë"]},
    )  # fmt: skip


def test_a_date_that_cannot_be_read_is_kept_as_it_was(read: Callable[..., ReadResult]) -> None:
    (article,) = read({"a.json": json.dumps({"text": TEXT, "date": "übermorgen"})}).articles

    assert article.published is None
    assert article.extra == {"published": "übermorgen"}


def test_a_mapping_overrides_the_usual_names_and_reaches_inside_objects(read: Callable[..., ReadResult]) -> None:
    row = json.dumps({"text": "short", "Inhalt": TEXT, "meta": {"kopf": "Tür"}, "body": "no"})

    (article,) = read({"a.json": row}, mapping={"text": "Inhalt", "title": "meta.kopf"}).articles

    assert (article.text, article.title) == (TEXT, "Tür")


def test_a_mapping_to_no_field_is_an_error_with_a_hint(read: Callable[..., ReadResult]) -> None:
    with pytest.raises(UsageError, match="did you mean 'title'"):
        read({"a.txt": TEXT}, mapping={"titel": "kopf"})


@pytest.mark.parametrize(
    ("name", "content", "where", "reason"),
    [
        ("x.txt", b"", "x.txt", "empty file"),
        ("x.txt", b" \n\t\n", "x.txt", "nothing but blanks"),
        ("x.txt", bytes(range(256)) * 4, "x.txt", "binary data, no text"),
        ("x.txt", b"%PDF-1.4 \n", "x.txt", "damaged PDF document, or none: "),
        (
            "x.txt.gz",
            gzip.compress(os.urandom(999).hex().encode())[:-9],
            "x.txt.gz",
            "gzip data ends early: the file is truncated",
        ),
        ("x.txt.gz", b"\x1f\x8b\x08\x00 garbage and more garbage", "x.txt.gz", "damaged gzip data"),
        ("x.txt.gz", gzip.compress(gzip.compress(b"text")), "x.txt.gz", "binary data, no text"),
        ("x.json", b'{"text": "a",\n}', "x.json", "invalid JSON at line 2 column 1"),
        ("x.json", b"3", "x.json", "a JSON object or list is wanted, this is a number"),
        ("x.json", b"[" * 100_000, "x.json", "invalid JSON at line 1: nested too deeply"),
        ("x.json", b'{"n": ' + b"9" * 5000 + b"}", "x.json", "invalid JSON: Exceeds the limit"),
        ("x.json", b'{"a": 1}', "x.json", "no title and no text"),
        (
            "x.csv",
            b"a,b\n1,2\n",
            "x.csv",
            "no column for the text; the columns are 'a', 'b'; name one with --map text=COLUMN",
        ),
        ("x.csv", b"kicker,date\nT,2\n", "x.csv", "no column for the text"),
        ("x.xml", b"<svg><p>x</p></svg>", "x.xml", "no RSS or Atom feed: the root element is <svg>"),
        ("x.xml", b"<rss><channel><item><title>T", "x.xml", "invalid XML at line 1"),
        ("x.html", b"<html><body><script>1</script></body></html>", "x.html", "no article text found in the page"),
    ],
)
def test_bad_input_is_one_entry_and_costs_nothing_else(
    read: Callable[..., ReadResult], name: str, content: bytes, where: str, reason: str
) -> None:
    result = read({name: content, "good.txt": TEXT})

    assert ids(result) == ["good.txt"]
    assert [skipped.where for skipped in result.skipped] == [where]
    assert result.skipped[0].reason.startswith(reason)
    assert "\n" not in result.skipped[0].reason


def test_bad_rows_are_told_by_line_and_the_others_read(read: Callable[..., ReadResult]) -> None:
    rows = ['{"text": "eins"}', "{broken", "", "[1]", "null", '{"text": ""}', '{"text": "zwei \\ud83d"}']

    result = read({"feed.jsonl": "\n".join(rows)})

    assert ids(result) == ["feed.jsonl#1", "feed.jsonl#7"]
    assert result.articles[1].text == "zwei \ufffd"
    assert [where for where, _ in reasons(result)] == ["feed.jsonl:2", "feed.jsonl:4", "feed.jsonl:5", "feed.jsonl:6"]
    assert reasons(result)[1][1] == "a JSON object is wanted, this is a list"


def test_rows_before_the_end_of_truncated_gzip_are_kept(read: Callable[..., ReadResult]) -> None:
    rows = "".join(json.dumps({"text": f"Größe {os.urandom(16).hex()}"}) + "\n" for _ in range(5000)).encode()

    result = read({"feed.jsonl.gz": gzip.compress(rows)[:-2000]})

    assert 4500 < len(result.articles) < 5000
    assert reasons(result)[-1] == ("feed.jsonl.gz", "gzip data ends early: the file is truncated")


def test_gzip_of_several_members_and_a_stray_tail_is_read(read: Callable[..., ReadResult]) -> None:
    data = gzip.compress(b'{"text": "eins"}\n') + gzip.compress(b'{"text": "zwei"}\n') + b"\0" * 512

    assert [article.text for article in read({"a.jsonl.gz": data}).articles] == ["eins", "zwei"]


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_no_member_is_lost_where_its_mark_lies_between_two_reads(read: Callable[..., ReadResult], before: int) -> None:
    row = b'{"text": "' + b"a" * (CHUNK - 1000) + b'"}\n'
    stored = gzip.compress(row, compresslevel=0, mtime=0)
    row = row[:10] + b"a" * (CHUNK - before - len(stored)) + row[10:]
    first = gzip.compress(row, compresslevel=0, mtime=0)

    result = read({"a.jsonl.gz": first + gzip.compress('{"text": "Fähre"}\n'.encode())})

    assert len(first) == CHUNK - before
    assert [article.text[-5:] for article in result.articles] == ["aaaaa", "Fähre"]


def test_gzip_is_known_by_its_content(read: Callable[..., ReadResult]) -> None:
    result = read({"a.txt": gzip.compress(TEXT.encode()), "b.txt.gz": TEXT})

    assert [article.text for article in result.articles] == [TEXT, TEXT]


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(read: Callable[..., ReadResult]) -> None:
    bomb = gzip.compress(b'{"text": "a"}\n' + b" " * 4_000_000)

    result = read({"bomb.jsonl.gz": bomb, "a.txt": TEXT}, replace(DEFAULT_LIMITS, packed_free_bytes=1_000_000))

    assert ids(result) == ["a.txt", "bomb.jsonl.gz#1"]
    assert reasons(result) == [("bomb.jsonl.gz", "packed data grows over 100 times; not read further")]


def test_each_limit_is_one_entry(read: Callable[..., ReadResult]) -> None:
    limits = Limits(
        page_bytes=1000,
        document_bytes=2000,
        line_bytes=500,
        article_characters=300,
        json_depth=3,
        file_bytes=5000,
        file_rows=9,
    )
    result = read(
        {
            "document.json": '{"text": "' + "a" * 3000 + '"}',
            "deep.json": '{"text": "a", "x": [[[[[1]]]]]}',
            "file.jsonl": ('{"text": "' + "a" * 285 + '"}\n') * 8 + ('{"text": "' + "a" * 800 + '"}\n') * 9,
            "line.jsonl": '{"text": "' + "ä" * 2000 + '"}\n{"text": "ok"}\n',
            "long.jsonl": '{"text": "' + "a" * 400 + '"}',
            "page.txt": "a" * 2000,
            "rows.csv": "text\n" + "a\n" * 10,
        },
        limits,
    )

    assert reasons(result) == [
        ("deep.json", "lists or objects nested too deeply"),
        ("document.json", "larger than 1.953 KiB, the limit for one document of this kind"),
        ("file.jsonl:9", "line longer than 500 bytes"),
        ("file.jsonl", "more than 9 rows; not read further"),
        ("line.jsonl:1", "line longer than 500 bytes"),
        ("long.jsonl:1", "400 characters of text are over the limit of 300"),
        ("page.txt", "larger than 1000 bytes, the limit for one document of this kind"),
        ("rows.csv", "more than 9 rows; not read further"),
    ]
    assert len(result.articles) == 8 + 1 + 9


def test_a_huge_line_is_refused_without_being_held(tmp_path: Path) -> None:
    with open(tmp_path / "huge.jsonl", "wb") as file:
        file.write(b'{"text": "' + b"a" * 100_000)
        file.truncate(200_000_000)  # sparse: most of the line is NUL and takes no room on the disk
        file.seek(0, os.SEEK_END)
        file.write('\n{"text": "Ende für heute"}\n'.encode())
    tracemalloc.start()
    result = read_articles([str(tmp_path)], limits=replace(DEFAULT_LIMITS, line_bytes=1 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert reasons(result) == [("huge.jsonl:1", "line longer than 1 MiB")]
    assert ids(result) == ["huge.jsonl#2"]
    assert peak < 20_000_000


def test_damaged_characters_are_replaced_kept_and_told_once_a_file(read: Callable[..., ReadResult]) -> None:
    row = '{"text": "Größe und Maß '.encode() + b"\xff" + ' für Zürich"}\n'.encode()

    result = read({"a.txt": "Größe und Maß ".encode() + b"\xff\n", "b.jsonl": row * 3})

    assert [article.text for article in result.articles] == ["Größe und Maß \ufffd"] + [
        "Größe und Maß \ufffd für Zürich"
    ] * 3
    assert [(note.where, note.reason) for note in result.notes] == [
        ("a.txt", "some characters are not valid utf-8 and were replaced"),
        ("b.jsonl:1", "some characters are not valid utf-8 and were replaced (and 2 more)"),
    ]
    assert result.skipped == ()


def test_rows_of_mixed_encodings_are_read_one_by_one(read: Callable[..., ReadResult]) -> None:
    german = '{"text": "Präsident Müller über größere Übungen für Köln"}\n'
    russian = '{"text": "Президент провёл телефонный разговор с коллегой"}\n'

    result = read({"a.jsonl": german.encode("cp1252") + german.encode() + russian.encode("cp1251")})

    texts = [json.loads(line)["text"] for line in (german, german, russian)]
    assert [article.text for article in result.articles] == texts


def test_inputs_that_share_an_id_get_their_folder_and_then_a_number(tmp_path: Path) -> None:
    for folder, rows in {"x": ["7", "8", "7"], "y": ["7"]}.items():
        (tmp_path / folder).mkdir()
        lines = "".join(json.dumps({"id": row, "text": TEXT}) + "\n" for row in rows)
        (tmp_path / folder / f"{folder}.jsonl").write_text(lines)

    found = {tuple(ids(read_articles(list(p)))) for p in permutations([str(tmp_path / "x"), str(tmp_path / "y")])}

    assert found == {("x/7", "8", "x/7~2", "y/7")}


def test_ids_that_are_made_unique_do_not_meet_those_already_there(
    read: Callable[..., ReadResult], tmp_path: Path
) -> None:
    name = tmp_path.name
    rows = ["a", "a", f"{name}/a", f"{name}/a~2"]

    result = read({"f.jsonl": "".join(json.dumps({"id": row, "text": TEXT}) + "\n" for row in rows)})

    assert len(set(ids(result))) == 4


def test_order_and_ids_do_not_depend_on_the_arguments(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("ä.txt", "b.txt", "sub/ä.txt"):
        (tmp_path / name).write_text(TEXT)
    given = [str(tmp_path), str(tmp_path / "sub"), str(tmp_path / "b.txt")]

    assert len({read_articles(list(order)).articles[0].id for order in permutations(given)}) == 1
    assert {tuple(ids(read_articles(list(order)))) for order in permutations(given)} == {
        ("b.txt", "sub/ä.txt", "ä.txt")
    }


def test_odd_file_names_are_written_as_valid_json(tmp_path: Path) -> None:
    for name in (b"a\nb.txt", b"caf\xe9.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write(TEXT)

    result = read_articles([str(tmp_path)])

    assert ids(result) == ["a\nb.txt", "caf\\xe9.txt"]
    json.dumps(ids(result), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (json.dumps({"text": TEXT}), [("stdin", TEXT)]),
        (json.dumps([{"text": TEXT}, {"text": "x"}]), [("stdin#1", TEXT), ("stdin#2", "x")]),
        (json.dumps({"text": TEXT}, indent=1), [("stdin", TEXT)]),
        ('{"text": "a"}\n{"text": "b"}\n', [("stdin#1", "a"), ("stdin#2", "b")]),
        (gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'), [("stdin#1", "a"), ("stdin#2", "b")]),
        ("title;text\nTür;Größe\n", [("stdin#2", "Größe")]),
        (f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>", [("stdin", TEXT)]),
        (
            "<?xml version='1.0'?>\n<rss><channel><item><description>ü</description></item></channel></rss>",
            [("stdin#1", "ü")],
        ),
        (TEXT, [("stdin", TEXT)]),
        (TEXT.encode("utf-16"), [("stdin", TEXT)]),
    ],
)
def test_the_format_of_standard_input_is_told_from_its_content(
    data: bytes | str, expected: list[tuple[str, str]]
) -> None:
    assert [(article.id, article.text) for article in from_stdin(data).articles] == expected


def test_a_pipe_that_gives_one_byte_at_a_time_is_read_alike() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(1 if size else size)

    for data in (b'[{"text": "a"}]', gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n')):
        assert read_articles(["-"], stdin=Slow(data)) == from_stdin(data)


def test_a_terminal_as_standard_input_is_an_error_and_not_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    with pytest.raises(UsageError, match="terminal"):
        read_articles(["-"])
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match="closed"):
        read_articles(["-"])


def test_an_unreadable_file_is_told(read: Callable[..., ReadResult], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_one(location: bytes, *how: Any, **more: Any) -> BinaryIO:
        if location.endswith(b"b.txt"):
            raise PermissionError(13, "Permission denied")
        return open(location, *how, **more)  # type: ignore[no-any-return]

    monkeypatch.setattr(streams, "open", refuse_one, raising=False)

    result = read({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT})

    assert ids(result) == ["a.txt", "c.txt"]
    assert reasons(result) == [("b.txt", "cannot be read: Permission denied")]


def test_progress_grows_to_the_total(read: Callable[..., ReadResult]) -> None:
    seen: list[tuple[int, int]] = []

    read(
        {"a.txt": TEXT, "b.jsonl": '{"text": "x"}\n' * 100_000}, progress=lambda done, total: seen.append((done, total))
    )

    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) > 2
    assert seen[-1][0] == seen[-1][1] == len(TEXT.encode()) + 14 * 100_000


def test_ten_thousand_files_in_one_folder_are_read(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.txt").write_bytes(b"x")

    assert len(read_articles([str(tmp_path)]).articles) == 10_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".tsv", ".xml"]))
def test_no_bytes_in_any_kind_of_file_stop_the_run(tmp_path: Path, data: bytes, extension: str) -> None:
    path = tmp_path / f"x{extension}"
    path.write_bytes(data)

    result = read_articles([str(path)])

    for article in result.articles:
        json.dumps([article.id, article.text, article.title, dict(article.extra)], ensure_ascii=False).encode()
    path.unlink()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real articles are not here")
def test_real_articles_get_the_right_titles() -> None:
    titles = {article.id[:3]: article.title for article in read_articles([str(SEEDS)]).articles}

    assert titles["000"] is not None
    assert titles["000"].startswith("Putin")
    assert titles["001"] is not None
    assert titles["001"].startswith("Moskow")
    assert (titles["002"], titles["003"], titles["004"]) == (None, None, None)


def test_dates_that_are_left_out_are_told_once_a_file(read: Callable[..., ReadResult]) -> None:
    rows = ["text,title,published", *(f"{TEXT},T,0{n}/02/2025" for n in range(3, 6)), f"{TEXT},T,2025-02-13"]
    result = read({"x.csv": "\n".join(rows)})
    assert [article.published is None for article in result.articles] == [True, True, True, False]
    (note,) = result.notes
    assert note.where == "x.csv#2"
    assert note.reason == "a date that may be one of two days is left out: '03/02/2025' (and 2 more)"


def test_a_date_that_cannot_be_read_is_quoted(read: Callable[..., ReadResult]) -> None:
    result = read({"x.csv": f"text,title,published\n{TEXT},Τίτλος,προχθές\n{TEXT},T,03/02/2025\n"})
    assert [note.reason for note in result.notes] == [
        "a date that cannot be read is left out: 'προχθές'",
        "a date that may be one of two days is left out: '03/02/2025'",
    ]


def test_a_table_without_a_header_is_told_in_a_short_line(read: Callable[..., ReadResult]) -> None:
    (entry,) = read(
        {"x.csv": f"2025-02-03,Brücke,{'Die Brücke ist gesperrt. ' * 9}\n2025-02-04,Fähre,{TEXT}\n"}
    ).skipped
    assert entry.reason.startswith("no column for the text; the columns are '2025-02-03', 'Brücke', 'Die Brücke ist")
    assert len(entry.reason) < 200


def test_a_table_without_a_known_title_names_its_columns(read: Callable[..., ReadResult]) -> None:
    result = read({"x.csv": f"Titel;Text;Datum\nBrücke;{TEXT};2025-02-03\n"})
    (note,) = result.notes
    assert "no column for the title; the columns are 'Titel', 'Text', 'Datum'; name one with --map" in note.reason
    assert read({"x.csv": f"text\n{TEXT}\n"}).notes == ()


def test_dates_that_may_be_two_days_are_settled_by_the_others_of_their_file(read: Callable[..., ReadResult]) -> None:
    def table(*dates: str) -> str:
        return "\n".join(["text,title,published", *(f"{TEXT},T,{date}" for date in dates)])

    result = read({"a.csv": table("03/04/2025", "27/02/2025"), "b.csv": table("03/04/2025", "02/28/2025")})
    assert [str(article.published)[:10] for article in result.articles] == [
        *("2025-04-03", "2025-02-27", "2025-03-04", "2025-02-28")
    ]
    assert result.notes == ()
    both = read({"a.csv": table("03/04/2025", "27/02/2025", "02/27/2025"), "b.csv": "text\nÄ\n"})
    assert both.articles[0].published is None
    assert "may be one of two days" in both.notes[0].reason


def test_rows_without_a_text_are_told_in_one_line_with_the_fields(read: Callable[..., ReadResult]) -> None:
    rows = [{"headline": f"Fähre {n}", "inhalt": TEXT} for n in range(94)]
    (note,) = read({"a.json": json.dumps(rows)}).notes

    assert note.where == "a.json#1"
    assert note.reason == (
        "none of the 94 rows has a text; they are compared by their titles; the fields are 'headline', 'inhalt'; name "
        "one with --map text=FIELD"
    )
    rows[0]["text"] = TEXT
    (note,) = read({"a.json": json.dumps(rows)}).notes
    assert note.reason.startswith("93 of 94 rows have a title and no text")


def test_a_known_text_field_that_is_empty_is_told_without_a_hint(read: Callable[..., ReadResult]) -> None:
    (note,) = read({"a.json": json.dumps([{"title": "Fähre", "text": None}, {"title": "Brot", "text": TEXT}])}).notes

    assert (note.where, note.reason) == ("a.json#1", "1 of 2 rows has a title and no text")


def test_many_rows_lost_for_one_reason_are_told_by_number(read: Callable[..., ReadResult]) -> None:
    rows = [{"id": n, "text": TEXT if n < 2 else ""} for n in range(302)]
    result = read({"a.json": json.dumps(rows)})

    assert len(result.articles) == 2
    assert len(result.skipped) == 21
    assert result.skipped[-1].reason == "no title and no text (in 280 more rows)"
