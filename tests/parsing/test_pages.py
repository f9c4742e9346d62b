from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from newsclust.reading.formats.pages import declared_charset, parse_page
from newsclust.reading.records import Problem, Record

PARAGRAPHS = [
    f"Absatz {n}: Die Unterhändler sprachen über Visa, Konten und Personal ihrer Botschaften." for n in range(6)
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(html: str) -> dict[str, Any]:
    (record,) = parse_page(html)
    assert isinstance(record, Record)
    return dict(record.values)


def test_a_page_gives_text_title_date_address_site_and_language() -> None:
    found = page(
        f"""<!DOCTYPE html><html lang="de-AT"><head><title>Tür | Das Blatt</title>
        <meta property="og:title" content="Tür und Tor"><meta property="og:site_name" content="Das Blatt">
        <meta property="article:published_time" content="2025-02-27T18:00:00+01:00">
        <link rel="canonical" href="https://blatt.example/tür"></head>
        <body><nav><a href="/">Start</a><a href="/p">Politik</a></nav><article><h1>Tür und Tor</h1>{BODY}</article>
        <footer>Impressum</footer></body></html>"""
    )

    assert found["title"] == "Tür und Tor"
    assert found["date"] == "2025-02-27T18:00:00+01:00"
    assert found["url"] == "https://blatt.example/tür"
    assert (found["source"], found["language"]) == ("Das Blatt", "de-AT")
    assert all(paragraph in found["text"] for paragraph in PARAGRAPHS)
    assert "Impressum" not in found["text"]


def test_linked_data_helps_where_the_page_shows_no_text() -> None:
    body = " ".join(PARAGRAPHS)
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {"@type": "NewsArticle", "headline": "Größe", "articleBody": body, "datePublished": "2025-02-27",
             "publisher": {"name": "Das Blatt"}, "inLanguage": "de"},
        ]
    }  # fmt: skip

    found = page(
        f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body></body></html>"
    )

    assert (found["text"], found["title"], found["source"], found["language"]) == (body, "Größe", "Das Blatt", "de")


def test_broken_linked_data_is_passed_over() -> None:
    assert page(f"<html><script type='application/ld+json'>{{broken</script><body>{BODY}</body></html>")["text"]


def test_paragraphs_are_the_last_resort() -> None:
    assert page("<p>Kurz über Zürich.</p>")["text"] == "Kurz über Zürich."


def test_a_page_over_the_extraction_limit_is_read_by_its_paragraphs() -> None:
    found = page(f"<html><body>{BODY}<div>{'x' * 2_100_000}</div></body></html>")

    assert found["text"].split("\n") == PARAGRAPHS


def test_a_page_without_text_is_a_problem() -> None:
    assert list(parse_page("<html><body><img src='x'></body></html>")) == [
        Problem("", "no article text found in the page")
    ]


def test_the_declared_charset_is_found() -> None:
    assert declared_charset(b'<html><head><meta charset="Shift_JIS">') == "Shift_JIS"
    assert (
        declared_charset(b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>")
        == "windows-1251"
    )
    assert declared_charset(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"
    assert declared_charset(b"<html>") is None


def seconds(html: str) -> float:
    start = time.process_time()
    list(parse_page(html))
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["<li>ä", "<td>ä", "<p>ä", "<form>ä", "<table><tr><td>ä</table>", "<div>ä</div>"])
def test_pages_of_very_many_elements_take_a_second(unit: str) -> None:
    seconds(f"<p>{BODY}")  # libraries are loaded at first use
    assert seconds(f"<html><body>{unit * 30_000}{BODY}") < 10


@pytest.mark.parametrize(
    "unit",
    ["<article><h1>ä</h1><p>ä</p></article>", "<div class='a'><h1>ö</h1><p>ä</p></div>", "<ul><li><a>ä</a></ul>"],
)
def test_pages_of_many_articles_take_no_longer(unit: str) -> None:
    head = f"<meta name='description' content='{PARAGRAPHS[0]}'>"
    starts = "<p>Absatz 0: Die Unterhändler</p>" * 2_000
    seconds(f"<p>{BODY}")
    assert seconds(f"<html>{head}<body><div class='a'><h1>ö</h1>{BODY}</div>{unit * 4_000}{starts}") < 10


def test_a_tag_of_a_hundred_thousand_attributes_takes_no_time() -> None:
    assert seconds(f"<html><body><p{''.join(f' a{n}' for n in range(100_000))}>{BODY}") < 5


def test_linked_data_of_many_parts_is_looked_through_once() -> None:
    parts = [{"headline": "Über", "articleBody": "ä" * 500_000}, *({"headline": "ö"} for _ in range(20_000))]
    data = f'<script type="application/ld+json">{json.dumps({"@graph": parts})}</script>'
    assert seconds(f"<html><body>{data}<p>Kurz") < 5
    assert page(f"<html><body>{data}<p>Kurz")["text"] == "ä" * 500_000


@pytest.mark.parametrize(
    "date",
    ['<abbr class="published">2025/02/27 10:15 {}</abbr>', '<meta itemprop="datePublished" content="2025-02-27 {}">'],
)
@pytest.mark.parametrize("zone", ["WIB", "GALT", "ХХХ"])
def test_a_time_zone_that_dateutil_warns_of_is_silent_and_costs_nothing(date: str, zone: str) -> None:
    page = PAGE.format(date.format(zone))
    (record,) = parse_page(page)
    assert isinstance(record, Record)
    assert str(record.values["date"]).startswith("2025-02-27")
    assert "Brücke" in record.values["text"]


def test_no_warning_of_a_library_reaches_stderr(tmp_path: Path) -> None:
    (tmp_path / "seite.html").write_text(PAGE.format('<abbr class="published">2025/02/27 10:15 GALT</abbr>'), "utf-8")
    command = [sys.executable, "-m", "newsclust", "group", ".", "--effort", "fast", "--quiet"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")


PAGE = """<html lang="de"><head><title>Rat berät</title></head><body><article><h1>Der Rat berät über die Brücke</h1>{}
<p>Der Rat der Stadt beriet am Abend über die alte Brücke am Hafen, die seit Wochen gesperrt ist und saniert wird.</p>
<p>Die Arbeiten sollen im Sommer beginnen und zwei Jahre dauern, sagte der Leiter des Bauamts nach der Sitzung.</p>
</article></body></html>"""
