"""Where the articles are in JSON of all kinds of makers; every sample is made up."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from newsclust.articles import Article, ReadResult
from newsclust.reading.reader import read_articles
from newsclust.reading.rows.shapes import articles_in

LONG = "Die Fähre mit 212 Menschen an Bord lief am Donnerstag vor dem Hafen von Valderra auf Grund. " * 3
SHORT = "Eine Fähre lief auf Grund."
DAY = "2025-02-27T10:15:00Z"
ROW = {"title": "Fähre", "text": SHORT, "url": "https://x.example/fähre", "date": DAY}


def read(value: Any, **given: Any) -> ReadResult:
    return read_articles(["-"], stdin=io.BytesIO(json.dumps(value, ensure_ascii=False).encode()), **given)


def only(value: Any) -> Article:
    (article,) = read(value).articles
    return article


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "anything": [ROW]},
        {"hits": {"total": 1, "hits": [{"_id": "7", "_source": ROW}]}, "aggregations": {"by": [{"key": "a"}]}},
        {
            "response": {"docs": [{name: [value] for name, value in ROW.items()}]},
            "highlighting": {"7": {"text": ["x"]}},
        },
        {"results": [{"id": "welt/1", "webTitle": "Fähre", "webUrl": ROW["url"], "fields": {"bodyText": SHORT}}]},
        {"rss": {"channel": {"title": "Blatt", "description": "Neues", "item": ROW}}},
        {"feed": {"title": "Blatt", "description": "Neues", "url": "https://x.example/rss"}, "items": [ROW]},
        {"title": "Blatt", "home_page_url": "https://x.example", "description": "Neues", "items": [ROW]},
        {"rows": [{"row_idx": 0, "row": ROW, "truncated_cells": []}], "features": [{"feature_idx": 0, "name": "text"}]},
        {"data": {"children": [{"kind": "t3", "data": ROW}]}, "kind": "Listing"},
        {"feed": [{"post": {"author": {"name": "Ä"}, "record": ROW}}]},
        {"items": [{"id": {"kind": "video", "videoId": "v1"}, "snippet": {"title": "Fähre", "description": SHORT}}]},
        {"data": {"articles": {"edges": [{"node": ROW, "cursor": "x"}]}}},
        {"a": {"b": {"c": [ROW, {**ROW, "url": "https://x.example/2"}]}}},
        {"papers": {"x": {"link": "https://x.example", "articles": [ROW]}, "y": {"link": "https://y", "articles": []}}},
        {"https://x.example/fähre": {"title": "Fähre", "text": SHORT}},
        [{"status": "ok", "articles": [ROW]}, {"status": "ok", "articles": []}],
        [["title", "text"], ["Fähre", SHORT]],
        {"columns": ["title", "text"], "index": [0], "data": [["Fähre", SHORT]]},
        {"title": {"0": "Fähre", "1": "Brot"}, "text": {"0": SHORT, "1": "Brot ist teurer."}},
        {"title": ["Fähre", "Brot"], "text": [SHORT, "Brot ist teurer."]},
        [{"page_content": SHORT, "metadata": {"title": "Fähre", "source": "https://x.example/fähre"}}],
    ],
)
def test_the_articles_of_an_answer_are_found_by_its_structure(answer: Any) -> None:
    first = read(answer).articles[0]

    assert (first.title, first.text) == ("Fähre", SHORT)


@pytest.mark.parametrize(
    "article",
    [
        {**ROW, "related": [{"title": "Brot", "url": "https://x.example/b"}] * 3},
        {**ROW, "comments": [{"id": 1, "text": LONG, "date": DAY}, {"id": 2, "text": LONG, "date": DAY}]},
        {**ROW, "images": [{"url": "https://x.example/1.png", "title": "Die Fähre"}] * 3},
        {**ROW, "tags": [{"name": "Fähre", "url": "https://x.example/t"}] * 3},
    ],
)  # fmt: skip
def test_what_stands_in_an_article_makes_it_no_list(article: Any) -> None:
    assert (only(article).id, only(article).text) == ("stdin", SHORT)


RUNS = [{"type": "text", "text": "Ei"}, {"type": "text", "text": "ns."}]
SPANS = [{"_type": "span", "text": "Ei"}, {"_type": "span", "text": "ns."}]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ([{"type": "kicker", "content": "Welt"}, {"type": "p", "content": "A."}, {"content": "B."}], "A.\nB."),
        ({"type": "doc", "content": [{"type": "p", "content": RUNS}, {"type": "p", "content": RUNS}]}, "Eins.\nEins."),
        (
            {"blocks": [{"id": "x", "type": "p", "data": {"text": "A."}}, {"type": "image", "data": {"text": "y"}}]},
            "A.",
        ),
        ([{"_type": "block", "children": SPANS}], "Eins."),
        (["Die ", {"type": "bold", "text": "Fähre"}, " sank."], "Die Fähre sank."),
    ],
)
def test_a_text_in_blocks_is_put_together(body: Any, text: str) -> None:
    assert only({"title": "Fähre", "body": body}).text == text


def test_sections_are_all_read_and_lists_of_other_things_are_not() -> None:
    answer = {
        "welt": [ROW],
        "sport": [{**ROW, "url": "https://x.example/2", "title": "Finale"}],
        "tags": [{"title": "Hafen", "url": "https://x.example/t"}, {"title": "Brot", "url": "https://x.example/u"}],
        "lead": {**ROW, "url": "https://x.example/3", "title": "Aufmacher"},
    }

    assert [article.title for article in read(answer).articles] == ["Fähre", "Finale", "Aufmacher"]


def test_json_texts_one_behind_the_other_are_all_read() -> None:
    text = "\n".join(json.dumps({**ROW, "url": f"https://x.example/{n}"}, indent=1) for n in range(3))

    assert len(read_articles(["-"], stdin=io.BytesIO(text.encode())).articles) == 3


def test_lines_may_hold_lists_and_answers() -> None:
    rows = [{**ROW, "url": f"https://x.example/{n}"} for n in range(4)]
    lines = [json.dumps(rows[:2]), json.dumps({"articles": rows[2:3]}), json.dumps(rows[3])]

    found = read_articles(["-"], stdin=io.BytesIO("\n".join(lines).encode())).articles

    assert [article.path for article in found] == ["stdin#1.1", "stdin#1.2", "stdin#2.1", "stdin#3"]


def test_values_that_databases_wrap_are_read() -> None:
    found = only(
        [
            {
                "_id": {"$oid": "67c0"},
                "title": "Fähre",
                "text": SHORT,
                "date": {"$date": {"$numberLong": "1740651300000"}},
            }
        ]
    )

    assert found.id == "67c0"
    assert found.published is not None
    assert found.published.isoformat().startswith("2025-02-27T10:15")


def test_an_answer_without_articles_is_a_note_and_an_unknown_one_names_its_fields() -> None:
    assert [note.reason for note in read({"status": "ok", "articles": []}).notes] == ["no articles in it"]
    rows = [{"titel": f"Fähre {n}", "inhalt": SHORT} for n in range(30)]
    (entry,) = read({"meldungen": rows}).skipped
    assert entry.reason.startswith("30 rows, none has a title or a text; the fields are 'titel', 'inhalt'; name one")
    assert len(read({"meldungen": rows}, mapping={"title": "titel", "text": "inhalt"}).articles) == 30


def test_the_names_of_a_mapping_reach_into_wrappers() -> None:
    found = read(
        {"results": [{"id": "1", "fields": {"kopf": "Fähre", "inhalt": SHORT}}] * 2}, mapping={"text": "fields.inhalt"}
    )

    assert found.articles[0].text == SHORT


def test_objects_nested_as_deeply_as_json_allows_do_not_end_the_run() -> None:
    deep: Any = {"title": "Fähre"}
    for _ in range(300):
        deep = {"a": deep, "b": [deep] if len(str(deep)) < 500 else []}

    assert len(articles_in(deep).rows) == 1
