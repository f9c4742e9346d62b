"""Cases from the field: exports, mail, web archives and head lines, through the command line and the library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Command

from newsclust import read

CASES = Path(__file__).parent / "field_cases"
EXPORTS = CASES / "06-database-export-is-one-article"
NAMED = CASES / "21-named-containers-read-as-prose"
HEADED = CASES / "22-text-file-with-header-lines"
FERRY = "Ferry runs aground off Valderra"


@pytest.mark.parametrize("name", ["factiva.html", "nexis.html", "nexis.txt"])
def test_an_export_gives_all_of_its_articles(name: str) -> None:
    articles = read(EXPORTS / name).articles
    assert [article.title for article in articles] == [
        *(FERRY, "Bread is a tenth dearer", "Neuer Prozess im Fall der Ostmark-Bank")
    ]
    assert [article.source for article in articles] == ["Coast Times", "City Post", "Hafenblatt"]
    days = [f"{article.published:%d}" for article in articles if article.published]
    assert days == (["27", "27", "27"] if name == "nexis.txt" else ["27", "26", "27"])
    assert not any("LENGTH" in article.text or "Document" in article.text for article in articles)


@pytest.mark.usefixtures("builtin_model")
@pytest.mark.parametrize("name", ["factiva.html", "nexis.html", "nexis.txt"])
def test_its_german_article_is_german(name: str, newsclust: Command) -> None:
    done = newsclust("group", str(EXPORTS / name), "--effort", "fast", "--format", "json", "-q")
    assert json.loads(done.out)["summary"]["languages"] == {"en": 2, "de": 1}


@pytest.mark.parametrize(
    ("name", "title", "day", "url"),
    [
        ("alert.eml", "Ferry aground", "2025-02-27", None),
        ("crawl.warc", "Ferry", None, "https://coast.example/a"),
        ("ferry.mhtml", FERRY, None, "https://coast.example/a"),
        ("nexis.rtf", FERRY, "2025-02-27", None),
    ],
)
def test_what_holds_an_article_is_not_read_as_prose(name: str, title: str, day: str | None, url: str | None) -> None:
    (article,) = read(NAMED / name).articles
    assert (article.title, article.url) == (title, url)
    assert (f"{article.published:%F}" if article.published else None) == day
    assert article.text.startswith("A ferry with 212 people on board ran aground on Thursday")
    assert "Content-Type" not in article.text


def test_head_lines_are_fields_and_no_text() -> None:
    scraped, nexis = read(HEADED).articles
    for article in (scraped, nexis):
        assert (article.title, f"{article.published:%F}") == (FERRY, "2025-02-27")
        assert article.text.startswith("A ferry with 212 people")
        assert article.text.endswith("steering had failed.")
    assert (scraped.source, nexis.source) == ("Coast Times", "COAST TIMES")
