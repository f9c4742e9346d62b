"""What articles are known by where their input gives them no id."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclust
from newsclust.articles import ReadResult
from newsclust.errors import UsageError
from newsclust.reading.reader import read_articles
from newsclust.reading.rows.identity import canonical_url

TEXT = "Die Fähre lief am Donnerstag auf Grund."


@pytest.fixture(name="read")
def _read(tmp_path: Path) -> Callable[..., ReadResult]:
    def write_and_read(files: dict[str, Any], **given: Any) -> ReadResult:
        for name, rows in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        return read_articles([str(tmp_path)], **given)

    return write_and_read


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Blatt.Example:80/Fähre/?utm_source=x&b=2&a=1&fbclid=z#oben", "https://blatt.example/Fähre?a=1&b=2"),
        ("https://blatt.example/a?ref=rss&at_medium=RSS", "https://blatt.example/a"),
        ("https://blatt.example/a?ref=4711&cid=9", "https://blatt.example/a?cid=9&ref=4711"),
        ("https://blatt.example/?p=12", "https://blatt.example/?p=12"),
        ("https://blatt.example/#!/2025/fähre", "https://blatt.example/#!/2025/fähre"),
        ("https://blatt.example:8080/a", "https://blatt.example:8080/a"),
        ("https://blatt.example/?utm_source=x", None),
        ("https://blatt.example/ /", None),
        ("https://blatt.example/a /?b= &a=1", "https://blatt.example/a?a=1&b="),
        ("https://blatt.example", None),
        ("mailto:x@blatt.example", None),
        ("/a/b", None),
    ],
)
def test_an_address_has_one_form_that_names_the_article(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@given(st.text(max_size=40).map(lambda rest: f"https://x.example/{rest}"))
def test_the_form_of_an_address_is_final(url: str) -> None:
    once = canonical_url(url)
    assert once is None or canonical_url(once) == once


def test_a_row_is_known_by_its_address_in_files_and_in_the_library() -> None:
    row = {"title": "Fähre", "text": TEXT, "url": "https://x.example/fähre?utm_medium=rss#x"}

    found = newsclust.read([row, {"title": "Brot", "text": "Brot ist teurer."}, row]).articles
    assert [article.id for article in found] == ["https://x.example/fähre", "#2", "https://x.example/fähre~2"]


def test_without_an_address_source_title_and_date_make_the_id(read: Callable[..., ReadResult]) -> None:
    row = {"title": "Fähre", "text": TEXT, "source": "Blatt", "date": "2025-02-27"}
    one, other = (read({name: [row]}).articles for name in ("neun.json", "zehn.json"))

    assert one[0].id.startswith("a-")
    assert [article.id for article in other] == [one[0].id]  # read again under another name, and once


def test_a_title_alone_does_not_tell_two_articles_apart(read: Callable[..., ReadResult]) -> None:
    found = read({"a.json": [{"title": "Wetter", "text": TEXT}], "b.json": [{"title": "Wetter", "text": TEXT}]})

    assert [article.id for article in found.articles] == ["a.json#1", "b.json#1"]


def test_the_same_article_under_one_address_is_kept_once_and_told(read: Callable[..., ReadResult]) -> None:
    row = {"title": "Fähre", "text": TEXT, "url": "https://x.example/1"}
    found = read({"a/top.json": [row], "b/top.json": [{**row, "url": "http://x.example/1?utm_source=b"}, row]})

    assert [article.path for article in found.articles] == ["a/top.json#1"]
    assert [note.reason for note in found.notes] == ["the same article again under one address; kept once (and 1 more)"]


def test_a_newer_version_under_one_address_is_kept_beside_the_older(read: Callable[..., ReadResult]) -> None:
    row = {"title": "Fähre", "text": TEXT, "url": "https://x.example/1"}
    found = read({"a.json": [row], "b.json": [{**row, "text": f"{TEXT} Alle sind gerettet."}]})

    assert [article.id for article in found.articles] == ["https://x.example/1", "https://x.example/1~2"]


def test_the_address_of_a_list_names_none_of_its_articles(read: Callable[..., ReadResult]) -> None:
    rows = [{"title": t, "text": t, "url": "https://x.example/welt", "date": "2025-02-27"} for t in ("Fähre", "Brot")]
    found = read({"a.json": rows})

    assert all(article.id.startswith("a-") for article in found.articles)
    assert len({article.id for article in found.articles}) == 2


def test_a_file_that_is_one_article_keeps_its_name(read: Callable[..., ReadResult]) -> None:
    found = read({"a.json": {"title": "Fähre", "text": TEXT, "url": "https://x.example/1"}})

    assert [article.id for article in found.articles] == ["a.json"]


def test_a_mapping_from_a_name_that_no_input_has_is_an_error_with_a_suggestion(read: Callable[..., ReadResult]) -> None:
    files = {"a.json": [{"title": "Fähre", "body": TEXT}], "b.json": [{"kopf": "Brot", "inhalt": TEXT}]}

    with pytest.raises(UsageError, match="no input has a field 'boddy'; did you mean 'body'"):
        read(files, mapping={"text": "boddy"})
    with pytest.raises(UsageError, match="did you mean 'body'"):
        newsclust.read([{"title": "Fähre", "body": TEXT}], mapping={"text": "boddy"})
    assert len(read(files, mapping={"text": "inhalt"}).articles) == 2
