"""Cases from the field: copies, round-ups and pages without an article, through the command line and the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Command

from newsclust import group, read, to_json
from newsclust.settings import Effort, Settings

pytestmark = pytest.mark.usefixtures("builtin_model")

CASES = Path(__file__).parent / "field_cases"
FAST = Settings(effort=Effort.FAST)

Result = dict[str, Any]


@pytest.fixture(name="grouped", params=["command line", "library"])
def _grouped(request: pytest.FixtureRequest, newsclust: Command) -> Any:
    """Give the JSON of grouping a case's input, by either way in."""

    def by_command(name: str) -> Result:
        done = newsclust("group", str(CASES / name), "--effort", "fast", "--format", "json", "-q")
        assert done.code == 0, done.err
        document: Result = json.loads(done.out)
        return document

    def by_library(name: str) -> Result:
        document: Result = json.loads(to_json(group(CASES / name, FAST)))
        return document

    return by_command if request.param == "command line" else by_library


def groups(result: Result) -> list[list[str]]:
    return sorted(sorted(member["id"] for member in story["articles"]) for story in result["stories"])


def everyone(result: Result) -> dict[str, Result]:
    members = [member for story in result["stories"] for member in story["articles"]]
    return {article["id"]: article for article in [*members, *result["unclustered"]]}


def test_pages_behind_one_consent_wall_are_compared_by_what_else_they_say(grouped: Any) -> None:
    result = grouped("04-consent-wall-is-one-story/pages")
    assert groups(result) == []
    assert [article["duplicate_of"] for article in result["unclustered"]] == [None] * 4
    articles = read(CASES / "04-consent-wall-is-one-story/pages").articles
    assert "ran aground on Thursday morning" in next(a.text for a in articles if a.id == "0.html")


@pytest.mark.parametrize("name", ["weather", "sports", "stocks"])
def test_bulletins_of_one_template_are_no_copies(grouped: Any, name: str) -> None:
    result = grouped(f"05-template-bulletins-are-copies/{name}.jsonl")
    assert {article["duplicate_of"] for article in everyone(result).values()} == {None}
    assert {article["version_of"] is None for article in everyone(result).values()} == {True}


def test_a_placeholder_gives_way_to_the_description(grouped: Any) -> None:
    result = grouped("07-placeholder-hides-description/newsdata.json")
    assert ["a0", "a1"] in groups(result)
    assert all("a0" not in some for some in groups(result) if some != ["a0", "a1"])


def test_words_for_nothing_are_neither_text_nor_source_nor_date() -> None:
    articles = read(CASES / "08-nan-none-null-as-text/nan.csv").articles
    assert [article.source for article in articles] == [None] * 4
    assert sorted((article.title or "", article.published is None) for article in articles) == [
        *(("Bread dearer", True), ("Ferry aground", False), ("Rains", True), ("Snow", False))
    ]
    assert all(len(article.text) > 90 for article in articles)
    assert not any(article.extra.get("content") for article in articles)


def test_what_a_browser_saves_beside_a_page_is_no_article(grouped: Any) -> None:
    result = grouped("12-saved-page-folder/saved")
    assert sorted(everyone(result)) == ["Bread dearer.html", "Ferry runs aground off Valderra.html"]
    assert groups(result) == []


def test_a_briefing_joins_no_story_and_names_those_that_it_tells(grouped: Any) -> None:
    result = grouped("25-briefing-takes-the-story/briefing.jsonl")
    found = everyone(result)
    (ferry,) = (story for story in result["stories"] if "ferry" in {m["id"] for m in story["articles"]})
    assert {member["id"] for member in ferry["articles"]} == {"ferry", "ferry-de"}
    assert "ferry" in ferry["title"].casefold() or "fähre" in ferry["title"].casefold()
    for name in ("brief0", "brief1", "brief2"):
        assert found[name]["kind"] == "round-up"
        assert ferry["id"] in found[name]["mentions"]
    assert {found[name]["duplicate_of"] for name in ("ferry", "bread", "retrial", "snow")} == {None}


def test_two_reports_quoted_by_two_digests_are_no_story(grouped: Any) -> None:
    result = grouped("quoted-by-digests/fire.jsonl")
    assert groups(result) == []
    found = everyone(result)
    assert (found["fire"]["duplicate_of"], found["chess"]["duplicate_of"]) == (None, None)
    assert (found["d1"]["kind"], found["d2"]["kind"], found["fire"]["kind"]) == ("round-up", "round-up", "article")


def test_a_press_review_of_reports_of_one_day_joins_none() -> None:
    """Reports of one day and kind are a little alike; they are several things all the same."""
    reports = {
        "Brücke in Kesselbach eingestürzt": "In Kesselbach ist am Dienstagmorgen eine Straßenbrücke eingestürzt, zwei "
        "Lastwagen stürzten in den Fluss. Die Fahrerin Märta Ibsen wurde nach einer Stunde geborgen. "
        "Ministerpräsidentin Sülz kündigte eine Untersuchung an.",
        "Notenbank hebt den Leitzins auf 4,5 Prozent": "Die Notenbank von Nordland hat am Dienstag den Leitzins auf "
        "4,5 Prozent erhöht. Präsidentin Eira Voß sagte, die Teuerung bei Dienstleistungen sei noch zu hoch. Die Krone "
        "legte zu.",
        "Pflegerinnen in Tannhügel beenden Streik": "Die Pflegerinnen der Klinik Tannhügel haben am Dienstag ihren "
        "neuntägigen Streik beendet und sechs Prozent mehr Lohn angenommen. Gewerkschafterin Joy Achebe sprach von "
        "einem fairen Ergebnis.",
    }
    rows = [{"id": title, "title": title, "text": text, "date": "2025-03-04"} for title, text in reports.items()]
    review = {"id": "review", "title": "Guten Morgen", "text": "\n\n".join(reports.values()), "date": "2025-03-05"}
    result = group([*rows, review])

    assert result.stories == ()
    assert {lone.article.id: lone.kind.value for lone in result.unclustered if lone.kind.value != "article"} == {
        "review": "round-up"
    }


def test_a_short_headline_is_compared_by_its_words(grouped: Any) -> None:
    result = grouped("33-short-headlines-are-copies/headlines.jsonl")
    assert {article["duplicate_of"] for article in everyone(result).values()} == {None}


MANY = "many-languages"


@pytest.mark.parametrize("name", ["police-notices-hu", "closings-ko", "not-found-am"])
def test_one_frame_with_other_facts_is_no_story_in_any_language(grouped: Any, name: str) -> None:
    assert groups(grouped(f"{MANY}/{name}.jsonl")) == []


def test_a_press_review_in_lines_without_spaces_between_words_is_one(grouped: Any) -> None:
    result = grouped(f"{MANY}/press-review-ja.jsonl")
    assert groups(result) == []
    assert everyone(result)["jaR-1"]["kind"] == "round-up"


def test_a_wire_copy_of_few_characters_and_many_words_is_a_copy_under_another_headline(grouped: Any) -> None:
    assert everyone(grouped(f"{MANY}/wire-copy-zh.jsonl"))["zhwire-0-2"]["duplicate_of"] == "zhwire-0-1"


def test_two_reports_on_one_match_or_earthquake_meet_and_those_on_another_stay_out() -> None:
    found = groups(json.loads(to_json(group(CASES / MANY / "one-match-two-papers.jsonl"))))
    assert found == [[f"m{n}-a-1", f"m{n}-a-2"] for n in (1, 2, 3, 4, 5)]
