"""Titles, dates, texts and names of sites on pages of many kinds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsclust.reading.formats.markup import without_long_tags
from newsclust.reading.formats.pages import parse_page
from newsclust.reading.records import Record

PARAGRAPHS = [
    f"Absatz {n}: Über die Brücke am Hafen stritt der Rat der Stadt Lünau am Abend, und {n} Redner kamen zu Wort."
    for n in range(6)
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
OTHER = "".join(
    f"<p>Das Brot der Bäcker von Ålund wird im Winter {n} Öre teurer, sagte die Zunft am Markt.</p>" for n in range(9)
)
ARTICLE = f"<article><h1>Rat streitet über die Brücke</h1>{BODY}</article>"


def page(head: str = "", body: str = ARTICLE) -> dict[str, Any]:
    (record,) = parse_page(f"<!DOCTYPE html><html lang='de'><head>{head}</head><body>{body}</body></html>")
    assert isinstance(record, Record)
    return dict(record.values)


def linked(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    "behind",
    [" | Lünauer Bote", " - Politik - Lünauer Bote", " – Bote", "：Bote", "-정치ㅣ일보", " » Lokales", " * Bote"],
)
def test_a_title_ends_where_the_headline_does(behind: str) -> None:
    title = f"<meta property='og:title' content='Rat streitet über die Brücke{behind}'>"
    assert page(title)["title"] == "Rat streitet über die Brücke"
    assert (
        page(title + linked(headline="Rat streitet über die Brücke"), BODY)["title"] == "Rat streitet über die Brücke"
    )


def test_a_title_that_says_more_than_the_heading_stays_whole() -> None:
    whole = "Lünau: Rat streitet bis tief in die Nacht über die alte Brücke am Hafen"
    assert page(f"<meta property='og:title' content='{whole}'>", f"<h1>Lünau</h1>{BODY}")["title"] == whole


def test_quotes_of_another_kind_are_the_same_headline() -> None:
    title = "<meta property='og:title' content='Rat: \"Brücke bleibt\" – Lünauer Bote'>"
    assert page(title, f"<h1>Rat: “Brücke bleibt”</h1>{BODY}")["title"] == 'Rat: "Brücke bleibt"'


def test_a_kicker_in_front_of_the_headline_goes() -> None:
    title = "<meta property='og:title' content='Hafenstadt | Rat streitet über die Brücke'>"
    assert page(title)["title"] == "Rat streitet über die Brücke"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta name='date' content='morgen'><meta property='article:published:time' content='2025-02-27T20:15Z'>", ""),
        (linked(dateModified="2025-03-04", datePublished="2025-02-27"), "<time datetime='2025-03-09'>heute</time>"),
        ("", "<header><time datetime='2026-03-09'>Montag</time></header><span>27.02.2025, 18:22 Uhr</span>"),
        ("", "<p class='today'>9. März 2026</p><div><b>Veröffentlicht am 27. Februar 2025</b></div>"),
        ("<meta property='og:updated_time' content='2025-03-04'>", "<p>Publié le 27 février 2025</p>"),
        ("<link rel='canonical' href='https://bote.example/2025/02/27/rat'>", "<time datetime='2025-03-09'></time>"),
        ("", "<p><span itemprop='dateModified' content='2025-03-04'>neu</span>"
             "<span itemprop='datePublished' content='2025-02-27'>alt</span></p>"),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_told_from_other_days(head: str, body: str) -> None:
    found = page(head, f"<h1>Rat streitet über die Brücke</h1>{body}{BODY}")
    assert str(found["date"]).startswith(("2025-02-27", "27")), found["date"]


def test_a_page_without_a_day_has_none() -> None:
    assert "date" not in page()


def test_a_lead_under_the_heading_belongs_to_the_text() -> None:
    lead = "Die Brücke bleibt gesperrt; der Streit um die Kosten geht in das dritte Jahr"
    described = f"<meta property='og:description' content='{lead}'>"
    body = f"<header><h1>Rat streitet über die Brücke</h1><p class='lead'>{lead}</p></header><article>{BODY}</article>"
    assert page(described, body)["text"].startswith(lead)
    assert page("", body)["text"].startswith(lead)


def test_the_title_in_front_of_the_text_goes() -> None:
    heading = "<h2>Rat streitet  über die Brücke!</h2>"
    text = page("<title>Rat streitet über die Brücke</title>", f"<article>{heading}{BODY}</article>")["text"]
    assert text.startswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "behind",
    [
        f"<article class='next'><h2>Brot wird teurer</h2>{OTHER}</article>",
        f"<div class='under'><article><h1>Brot wird teurer</h1>{OTHER}</article></div>",
    ],
)
def test_the_next_article_is_not_in_the_text(behind: str) -> None:
    text = page("", f"<main>{ARTICLE}{behind}</main>")["text"]
    assert PARAGRAPHS[5] in text
    assert "Brot" not in text


def test_sections_under_headings_of_their_own_stay() -> None:
    sections = "".join(
        f"<section class='s'><h2>Teil {n}</h2><p>{text * 5}</p></section>" for n, text in enumerate(PARAGRAPHS)
    )
    text = page("", f"<article><h1>Rat streitet über die Brücke</h1>{sections}</article>")["text"]
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_a_text_in_several_parts_is_whole() -> None:
    parts = "".join(
        f"<div class='row'><div class='article__content'><p>{text}</p><p>{text[::-1]}</p></div></div>"
        for text in PARAGRAPHS
    )
    text = page("", f"<main><h1>Rat streitet über die Brücke</h1>{parts}</main>")["text"]
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_a_page_laid_out_in_a_table_is_read_and_a_table_of_data_is_not() -> None:
    figures = "".join(f"<tr><td>Ålund</td><td>{n}</td></tr>" for n in range(9))
    cell = f"<td><h1>Rat streitet über die Brücke</h1>{BODY}<table>{figures}</table></td>"
    text = page("", f"<table><tr><td>Menü</td>{cell}</tr></table>")["text"]
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "Ålund" not in text


def test_lists_of_links_are_no_text() -> None:
    links = "".join(f"<li>Hafen: <a href='/{n}'>Warum die Fähre nach Ålund ausfällt {n}</a></li>" for n in range(3))
    text = page(
        "", ARTICLE.replace("</article>", f"<ul>{links}</ul><p>Der Rat tagt am Dienstag in Lünau wieder.</p></article>")
    )["text"]
    assert "Fähre" not in text
    assert "Dienstag" in text


def test_a_script_takes_nothing_of_the_page_behind() -> None:
    script = f'<script>for(a=0;a<p;a++)b="x{"y;" * 6000}</script>'
    assert all(paragraph in page("", f"{script}{ARTICLE}")["text"] for paragraph in PARAGRAPHS)
    assert without_long_tags(f"{script}<p>ü</p>").endswith("</script><p>ü</p>")


def test_inlined_pictures_do_not_count_as_text() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 2_100_000}'>"
    assert page("", f"<nav><p>Menü: Start, Sport, Wetter und alles andere</p></nav>{picture}{ARTICLE}")[
        "text"
    ] == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (
            "<meta property='og:site_name' content='@bote'><link rel='canonical' href='https://www.bote.example/a'>",
            "bote.example",
        ),
        ("<meta property='og:site_name' content='© 2025 Bote Verlag. Alle Rechte vorbehalten'>", None),
        (
            linked(headline="x", publisher={"@id": "#p"}) + linked(**{"@id": "#p", "name": "Lünauer Bote"}),
            "Lünauer Bote",
        ),
        (
            "<title>Rat – Lünauer Bote</title><meta property='og:url' content='https://lünauer-bote.example/a'>",
            "Lünauer Bote",
        ),
        ("<meta property='og:site_name' content='Rat streitet über die Brücke'>", None),
    ],
)
def test_a_source_is_the_name_of_a_site(head: str, source: str | None) -> None:
    assert page(head).get("source") == source


def test_linked_data_of_the_page_is_told_from_that_of_others() -> None:
    others = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "NewsArticle", "headline": "Ein viel längerer Titel eines anderen"}],
    }
    head = f"<script type='application/ld+json'>{json.dumps(others)}</script>" + linked(
        headline="Rat", datePublished="2025-02-27"
    )
    assert page(head, BODY)["title"] == "Rat"


def test_a_live_blog_that_a_script_draws_is_read_from_its_linked_data() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": "Έρευνα για τη γέφυρα", "articleBody": "Ο νομάρχης υποσχέθηκε έρευνα."},
        {"@type": "BlogPosting", "articleBody": "Η οδηγός ανασύρθηκε ζωντανή από το ποτάμι."},
        "https://zeitung.example/1",
    ]
    head = linked(**{"@type": "LiveBlogPosting", "headline": "Ζωντανά: η γέφυρα", "liveBlogUpdate": updates})
    assert page(head, "<div id='app'></div>")["text"].split("\n") == [
        "Έρευνα για τη γέφυρα",
        "Ο νομάρχης υποσχέθηκε έρευνα.",
        "Η οδηγός ανασύρθηκε ζωντανή από το ποτάμι.",
    ]
    assert PARAGRAPHS[0] in page(head)["text"]


def test_linked_data_in_wrappers_is_read() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Rat &amp; Brücke"})
    head = f'<script type="application/ld+json">//<![CDATA[\n{data}\n//]]></script>'
    assert page(head, BODY)["title"] == "Rat & Brücke"
