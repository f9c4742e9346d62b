from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import newsclust
from newsclust.articles import Article
from newsclust.reading.fields import Unusable, checked_mapping, to_article
from newsclust.reading.limits import DEFAULT_LIMITS
from newsclust.reading.reader import read_articles
from newsclust.reading.records import Record
from newsclust.reading.rows.values import tidy


def article(**values: object) -> Article:
    return to_article(Record(values), "x.json", (), DEFAULT_LIMITS)


@pytest.mark.parametrize(
    "name", ["text", "Body", "main_text", "CONTENT", "articleBody", "full-text", "maintext", "description"]
)
def test_names_of_the_text_are_known_in_any_case(name: str) -> None:
    assert article(**{name: "Größe"}).text == "Größe"


def test_the_full_text_comes_before_the_summary_which_is_kept() -> None:
    found = article(summary="kurz", text="Größe im Ganzen")

    assert (found.text, found.extra) == ("Größe im Ganzen", {"summary": "kurz"})


@pytest.mark.parametrize(
    "value",
    [
        ["Größe", "zwei"],
        [{"text": "Größe"}, {"value": "zwei"}],
        {"rendered": "<p>Größe</p><p>zwei</p>"},
        "Größe\r\nzwei",
    ],
)
def test_nested_texts_are_joined(value: object) -> None:
    assert article(content=value).text == "Größe\nzwei"


def test_an_empty_field_gives_way_to_the_next() -> None:
    assert article(text=" ", body=None, content="Größe").text == "Größe"


def test_the_time_that_is_named_as_utc_comes_before_that_of_the_site() -> None:
    found = article(content="Größe", date="2025-03-04T09:00:00", date_gmt="2025-03-04T08:00:00")

    assert found.published is not None
    assert found.published.hour == 8


def test_a_number_is_a_good_id() -> None:
    assert article(id=17, text="ü").id == "17"


def test_html_lang_and_locales_become_codes() -> None:
    assert [article(text="ü", lang=lang).language for lang in ("pt-BR", "zh_Hant_TW", "English", None, "??", 3)] == [
        "pt", "zh", "en", "und", "und", "und",
    ]  # fmt: skip


def test_a_headline_repeated_as_first_line_is_taken_out_of_the_text() -> None:
    assert article(title="Größe", text="Größe\n\nDer Text.").text == "Der Text."
    assert article(title="Größe", text="Größe zählt.\nDer Text.").text == "Größe zählt.\nDer Text."


def test_what_cannot_be_written_as_json_is_made_writable() -> None:
    found = article(text="a\ud83db\x00", id="\udc00", more=[float("nan"), {"\ud800": "\ud800"}])

    assert (found.text, found.id) == ("a\ufffdb", "\ufffd")
    assert found.extra == {"more": [None, {"\ufffd": "\ufffd"}]}


def test_text_has_one_form() -> None:
    assert tidy("\ufeffGro\u0308ße  \r\n\r\n\r\n\r\nzwei\u2028drei\x07 \n") == "Größe\n\nzwei\ndrei"


def test_neither_title_nor_text_is_unusable() -> None:
    with pytest.raises(Unusable, match="no title and no text"):
        article(url="https://x.example", text=[])


def test_a_mapping_may_use_the_names_users_know() -> None:
    assert checked_mapping({"date": "wann", "lang": "sprache"}) == (("language", "sprache"), ("published", "wann"))


def test_a_number_of_hundreds_of_digits_costs_no_other_row(tmp_path: Path) -> None:
    rows = ['{"id": ' + "1" * 400 + ', "text": "Ein Wal strandet vor Föhr."}', '{"id": "b", "text": ' + "7" * 400 + "}"]
    (tmp_path / "x.jsonl").write_text("\n".join([*rows, '{"id": "c", "text": "北京"}']), "utf-8")
    result = read_articles([str(tmp_path / "x.jsonl")])
    assert [article.id for article in result.articles] == ["x.jsonl#1", "c"]
    assert [entry.reason for entry in result.skipped] == ["no title and no text"]
    assert newsclust.read([{"id": 10**5000, "text": "Wal"}]).articles[0].id == "#1"


def test_values_that_are_no_json_do_not_end_a_run() -> None:
    odd = {"text": "Ein Wal strandet vor Föhr.", "tags": np.array([]), "n": np.array([1, 2]), "id": np.int64(5)}
    (article,) = newsclust.read([odd]).articles
    assert article.text == odd["text"]


def test_thousands_of_marks_on_one_letter_are_cut_to_what_text_has(tmp_path: Path) -> None:
    marks = "\u0301" * 200_000 + "\u0316" * 200_000  # putting them in order takes the square of their number
    (tmp_path / "x.txt").write_text(f"Z{marks}algo erobert İzmir.\n", "utf-8")
    (article,) = read_articles([str(tmp_path / "x.txt")]).articles
    assert len(article.text) < 60
    assert article.text.endswith("algo erobert İzmir.")
