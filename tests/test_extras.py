"""What a reader gets back of the input: texts, fields that newsclust does not know, and only the stories asked for."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from typing import Any

import pytest
from handmade import embassy_result
from jsonschema import Draft202012Validator

from newsclust.articles import Article
from newsclust.rendering.contract import as_contract, to_json
from newsclust.rendering.schema import contract_schema
from newsclust.rendering.tabular.csv import to_csv
from newsclust.rendering.tabular.extras import ALL, Extras
from newsclust.stories import ClusterResult


def labelled() -> ClusterResult:
    """The embassy result whose articles have fields of their own."""
    result = embassy_result()

    def with_fields(article: Article) -> Article:
        extra = {"ressort": "Außenpolitik", "zeilen": 12, "url": "doppelt", "tags": ["a", "ü"]}
        return dataclasses.replace(article, extra=extra, text=f"Text von {article.id}")

    stories = tuple(
        dataclasses.replace(
            story,
            members=tuple(dataclasses.replace(one, article=with_fields(one.article)) for one in story.members),
        )
        for story in result.stories
    )
    return dataclasses.replace(result, stories=stories)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_without_being_asked_nothing_more_is_shown() -> None:
    assert to_json(labelled()) == to_json(embassy_result())
    assert to_csv(labelled()) == to_csv(embassy_result())


def test_json_gives_back_the_fields_asked_for() -> None:
    document = json.loads(to_json(labelled(), Extras(("zeilen", "tags", "fehlt"))))
    assert document["stories"][0]["articles"][0]["extra"] == {"tags": ["a", "ü"], "zeilen": 12}
    assert document["unclustered"][0]["extra"] == {}
    Draft202012Validator(contract_schema()).validate(document)


def test_json_gives_back_all_fields_and_texts() -> None:
    article = json.loads(to_json(labelled(), Extras((ALL,), with_text=True)))["stories"][0]["articles"][0]
    assert list(article["extra"]) == ["ressort", "tags", "url", "zeilen"]
    assert article["text"] == "Text von antara/perundingan.txt"


def test_csv_has_a_column_for_each_field_under_a_name_of_its_own() -> None:
    lines = rows(to_csv(labelled(), Extras((ALL,), with_text=True)))
    assert list(lines[0])[-5:] == ["text", "ressort", "tags", "extra_url", "zeilen"]
    assert (lines[0]["ressort"], lines[0]["zeilen"], lines[0]["tags"]) == ("Außenpolitik", "12", '["a", "ü"]')
    assert lines[0]["extra_url"] == "doppelt"
    assert lines[-1]["ressort"] == ""


def test_a_field_that_is_asked_for_and_nowhere_is_an_empty_column() -> None:
    assert [line["fehlt"] for line in rows(to_csv(embassy_result(), Extras(("fehlt",))))] == [""] * 8


def test_values_that_json_does_not_know_are_written_as_text() -> None:
    result = labelled()
    member = result.stories[0].members[0]
    strange = dataclasses.replace(member.article, extra={"wert": 1 + 2j})
    story = dataclasses.replace(result.stories[0], members=(dataclasses.replace(member, article=strange),))
    document = json.loads(to_json(dataclasses.replace(result, stories=(story,)), Extras((ALL,))))
    assert document["stories"][0]["articles"][0]["extra"] == {"wert": "(1+2j)"}


@pytest.mark.parametrize(
    ("asked", "left"), [({"top": 1}, 1), ({"min_size": 3}, 1), ({"top": 5, "min_size": 9}, 2), ({}, 0)]
)
def test_stories_that_are_left_out_are_counted_and_their_articles_too(asked: dict[str, Any], left: int) -> None:
    result = embassy_result()
    small = result.only(**asked)
    assert (len(small.stories), len(small.left_out)) == (2 - left, left)
    assert small.stories == result.stories[: 2 - left]
    summary = as_contract(small)["summary"]
    assert summary == {**as_contract(result)["summary"], "left_out": left}
    assert {article.id for article in small.articles} == {article.id for article in result.articles}
