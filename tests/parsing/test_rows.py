from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.reading.decoding import Decoded
from newsclust.reading.formats.json_rows import parse_document, parse_lines
from newsclust.reading.formats.tables import parse_table
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.records import Problem, Record
from newsclust.reading.streams import opened


def table(data: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[Record | Problem]:
    with opened(io.BytesIO(data.encode() if isinstance(data, str) else data), limits) as stream:
        return list(parse_table(stream, limits))


def rows(data: str | bytes) -> list[dict[str, Any]]:
    return [dict(found.values) for found in table(data) if isinstance(found, Record)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(mark: str) -> None:
    assert rows(f'title{mark}text\nTür{mark}"a{mark}""b""\n北京"\n') == [{"title": "Tür", "text": f'a{mark}"b"\n北京'}]


def test_a_row_is_named_by_the_line_it_starts_on() -> None:
    found = table('text\r\n"eins\r\nzwei"\r\n\r\ndrei\r\n')

    assert [(record.location, record.where) for record in found if isinstance(record, Record)] == [
        ("#2", ":2"),
        ("#5", ":5"),
    ]


def test_utf16_and_a_line_naming_the_delimiter_are_read_as_spreadsheets_write_them() -> None:
    assert rows("sep=;\ntitle;text\nŽluť;Größe\n".encode("utf-16")) == [{"title": "Žluť", "text": "Größe"}]


def test_several_marks_at_the_start_are_no_part_of_the_first_column() -> None:
    assert rows("\ufeff\ufefftitle,text\nTür,Köprü\n") == [{"title": "Tür", "text": "Köprü"}]


def test_an_unclosed_quote_costs_its_row_only() -> None:
    found = table('text,n\n"ü,1\nb,2\nc,3\n')

    assert isinstance(found[0], Problem)
    assert found[0].where == ":2"
    assert [dict(record.values)["text"] for record in found if isinstance(record, Record)] == ["b", "c"]


@pytest.mark.parametrize("count", [1, 2, 63, 20_000])
def test_blank_lines_are_passed_over_between_rows_and_kept_inside_quotes(count: int) -> None:
    found = table("text,n\n" + "\r\n" * count + '"Föhr' + "\n" * count + 'Ende",1\n' + "\n" * count + "b,2\n")

    assert [(record.location, dict(record.values)) for record in found if isinstance(record, Record)] == [
        (f"#{count + 2}", {"text": "Föhr" + "\n" * count + "Ende", "n": "1"}),
        (f"#{3 * count + 3}", {"text": "b", "n": "2"}),
    ]


def test_a_cell_of_delimiters_or_quotes_is_not_nothing() -> None:
    assert rows('text,n\n",",""\n"""",""\n;,""\n') == [
        {"text": ",", "n": ""},
        {"text": '"', "n": ""},
        {"text": ";", "n": ""},
    ]


def test_a_quote_inside_a_cell_is_an_ordinary_character() -> None:
    assert rows('text,n\n5" Kanone,1\nb,2\n') == [{"text": '5" Kanone', "n": "1"}, {"text": "b", "n": "2"}]


def test_cells_without_a_column_are_kept_and_told() -> None:
    found = table("title,text\nTür,eins, zwei\nT\n")

    assert isinstance(found[0], Problem)
    assert found[0].remark
    assert rows("title,text\nTür,eins, zwei\nT\n") == [
        {"title": "Tür", "text": "eins", "cells without a column": [" zwei"]},
        {"title": "T", "text": ""},
    ]


def test_articles_longer_than_the_csv_module_allows_by_default_are_read() -> None:
    assert len(rows('text\n"' + "ä" * 300_000 + '"\n')[0]["text"]) == 300_000


@given(st.lists(st.text(alphabet='aß,"\n; ', max_size=12).filter(lambda t: t.strip()), max_size=6))
def test_what_the_csv_module_writes_is_read_back(cells: list[str]) -> None:
    import csv

    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([["n", "text"], *([number, cell] for number, cell in enumerate(cells))])

    assert [row["text"] for row in rows(written.getvalue())] == cells


def test_an_answer_of_an_interface_gives_its_list() -> None:
    answer = {"status": "ok", "articles": [{"title": "Größe"}, {"title": "Zwei"}]}

    assert [
        (record.location, record.values["title"])
        for record in parse_document(json.dumps(answer))
        if isinstance(record, Record)
    ] == [
        ("#1", "Größe"),
        ("#2", "Zwei"),
    ]


def test_a_wrapped_row_is_made_flat() -> None:
    (record,) = parse_document(json.dumps({"_id": 1, "_source": {"title": "T", "text": "Größe"}}))

    assert isinstance(record, Record)
    assert dict(record.values) == {"_id": 1, "title": "T", "text": "Größe"}


def test_items_before_a_broken_one_are_kept() -> None:
    found = list(parse_document('[{"text": "ü"},\n {"text": "b"},\n {"text": }]'))

    assert [record.location for record in found if isinstance(record, Record)] == ["#1", "#2"]
    assert [problem.reason for problem in found if isinstance(problem, Problem)] == [
        "invalid JSON at line 3 column 11: Expecting value"
    ]


def test_lines_in_utf16_are_read() -> None:
    with opened(io.BytesIO('{"text": "Žluť"}\r\n'.encode("utf-16")), DEFAULT_LIMITS) as stream:
        found = list(parse_lines(stream, DEFAULT_LIMITS))

    assert found == [Record({"text": "Žluť"}, "#1", line=True)]


def test_a_stray_quote_in_the_header_costs_no_row_behind_it() -> None:
    found = rows('text,5" pipe\nFähre,a\nÜber,b"c\n北京,d\n')

    assert [row["text"] for row in found] == ["Fähre", "Über", "北京"]


def test_rows_behind_one_that_is_no_csv_are_read_though_a_quote_joins_them() -> None:
    found = table('text,title\nx"y,a\nschlecht\rhier,b\nFähre"z,c\nÜber,d\n')

    assert [item.where for item in found if isinstance(item, Problem)] == [":3"]
    assert [item.values["text"] for item in found if isinstance(item, Record)] == ['x"y', 'Fähre"z', "Über"]


def test_columns_of_one_name_are_all_kept() -> None:
    assert rows("text,text,text\neins,zwä,drei\n") == [{"text": "eins", "text (2)": "zwä", "text (3)": "drei"}]


def test_what_stands_behind_a_list_is_told() -> None:
    *records, problem = parse_document('[{"text": "ä"}]\n[{"text": "ö"}]')

    assert len(records) == 1
    assert problem == Problem("", "invalid JSON at line 2: more behind the end of the list; not read")


def test_rows_in_no_encoding_are_not_all_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsclust.reading.formats import json_rows

    looked: list[bytes] = []

    def undecided(data: bytes) -> Decoded:
        looked.append(data)
        return Decoded("{}", "utf-8", lossy=True)

    monkeypatch.setattr(json_rows, "decode", undecided)
    with opened(io.BytesIO(b'{"text": "\x81\x8d"}\n' * 500), DEFAULT_LIMITS) as stream:
        found = list(parse_lines(stream, DEFAULT_LIMITS))

    assert len(looked) == json_rows.SLOW_DECODES
    assert len([item for item in found if isinstance(item, Record)]) == 500


def test_quotes_behind_a_backslash_belong_to_the_cell() -> None:
    data = '"id","text"\n"1","Er sagte \\"alle, alle\\" und ging \\\\ heim."\n"2",\\N\n"3","Ein 5\\" Rohr\nbrach."\n'

    assert rows(data) == [
        {"id": "1", "text": 'Er sagte "alle, alle" und ging \\ heim.'},
        {"id": "2", "text": ""},
        {"id": "3", "text": 'Ein 5" Rohr\nbrach.'},
    ]


def test_a_backslash_stays_where_quotes_are_doubled_or_a_path_ends_with_it() -> None:
    assert rows('text,n\n"Er sagte ""ja"" zu C:\\neu",1\n"D:\\alt\\",2\n') == [
        {"text": 'Er sagte "ja" zu C:\\neu', "n": "1"},
        {"text": "D:\\alt\\", "n": "2"},
    ]
