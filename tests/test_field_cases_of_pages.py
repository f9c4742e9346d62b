"""Cases from the field: titles, dates and texts of pages, and sites behind titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclust import read
from newsclust.articles import Article
from newsclust.cleaning.boilerplate import without_known_wording

CASES = Path(__file__).parent / "field_cases"


def article(place: str) -> Article:
    (found,) = read(CASES / place).articles
    return found


@pytest.mark.parametrize("name", ["header", "modified"])
def test_a_page_has_the_day_of_its_publication(name: str) -> None:
    published = article(f"13-page-date-from-wrong-time-element/{name}.html").published
    assert published is not None
    assert published.date().isoformat() == "2025-02-27"


def test_a_title_cut_at_a_quote_is_taken_whole() -> None:
    found = article("14-title-cut-at-a-quote/quote.html")
    assert found.title == 'Ferry aground: captain says "steering failed" off Valderra'


def test_the_name_of_the_site_is_no_title() -> None:
    found = article("15-title-is-the-site/ogsite.html")
    assert (found.title, found.source) == ("Ferry runs aground off Valderra", "Coast Times")


def test_the_article_behind_the_first_is_not_in_its_text() -> None:
    text = article("16-second-article-on-the-page/pages/next.html").text
    assert len(text.split("\n")) == 4
    assert "ferry" in text
    assert "bread" not in text.casefold()


def test_a_page_without_text_has_its_description() -> None:
    found = article("17-page-without-text-silent/next.html")
    assert found.text.startswith("A ferry with 212 people on board ran aground")


def test_a_site_behind_a_title_goes_however_it_is_written() -> None:
    rows = without_known_wording(read(CASES / "30-site-name-behind-titles/t.jsonl").articles)
    assert [row.title for row in rows] == ["Ferry runs aground"] * 6
