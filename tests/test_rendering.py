from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from handmade import HOSTILE, embassy_result, empty_result, hostile_result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from rich.console import Console

from newsclust.rendering.contract import rfc3339, to_json, to_ndjson
from newsclust.rendering.reasons import why_alone
from newsclust.rendering.schema import contract_schema
from newsclust.rendering.spark import spark_line
from newsclust.rendering.tabular.csv import COLUMNS, to_csv
from newsclust.rendering.terminal import Shown, print_table
from newsclust.stories import ClusterResult, Event, Nearest

GOLDEN = Path(__file__).parent / "golden"
RESULTS = [embassy_result(), empty_result(), hostile_result()]


def table(result: ClusterResult, width: int, *, tree: bool = False) -> str:
    file = io.StringIO()
    console = Console(width=width, file=file, color_system=None, _environ={})
    print_table(result, console, Shown(tree=tree, unclustered=True))
    return re.sub(" +$", "", file.getvalue(), flags=re.MULTILINE)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def validator(reference: str = "#") -> Draft202012Validator:
    schema = contract_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator({**schema, "$ref": reference} if reference != "#" else schema)


# JSON


@pytest.mark.parametrize("result", RESULTS, ids=["embassies", "empty", "hostile"])
def test_json_is_what_the_schema_says(result: ClusterResult) -> None:
    validator().validate(json.loads(to_json(result)))


@pytest.mark.parametrize("result", RESULTS, ids=["embassies", "empty", "hostile"])
def test_each_ndjson_line_is_a_story_of_the_json(result: ClusterResult) -> None:
    lines = to_ndjson(result).splitlines()
    stories = json.loads(to_json(result))["stories"]
    assert [json.loads(line) for line in lines] == stories
    story = Draft202012Validator({**contract_schema()["$defs"]["story"], "$defs": contract_schema()["$defs"]})
    for line in lines:
        story.validate(json.loads(line))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "newsclust/2"),
        (("summary", "stories"), -1),
        (("stories", 0, "cohesion"), 1.2),
        (("stories", 0, "first_seen"), "27 Feb 2025"),
        (("stories", 0, "languages"), {"Bahasa": 3}),
        (("stories", 0, "articles", 0, "confidence"), None),
        (("stories", 0, "events"), []),
        (("unclustered", 0, "nearest"), {"article": "x"}),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_allow(path: tuple[str | int, ...], value: object) -> None:
    document: Any = json.loads(to_json(embassy_result()))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not validator().is_valid(document)


def test_keys_come_in_the_order_of_the_contract() -> None:
    document = json.loads(to_json(embassy_result()))
    article = ["id", "path", "title", "language", "published", "url", "source"]
    assert list(document) == ["schema", "model", "settings", "summary", "stories", "unclustered", "skipped"]
    assert list(document["summary"]) == ["articles", "stories", "unclustered", "skipped", "languages", "left_out"]
    assert list(document["stories"][0]) == [
        *("id", "title", "headlines", "keywords", "countries", "places", "people"),
        *("languages", "first_seen", "last_seen", "cohesion", "events", "articles"),
    ]
    assert list(document["stories"][0]["events"][0]) == ["id", "title", "articles"]
    assert list(document["stories"][0]["articles"][0]) == [
        *article,
        "event",
        "confidence",
        "duplicate_of",
        "version_of",
    ]
    assert list(document["unclustered"][0]) == [
        *article,
        *("duplicate_of", "version_of", "kind", "mentions", "nearest"),
    ]


def test_json_holds_the_values_of_the_result() -> None:
    document = json.loads(to_json(embassy_result()))
    story = document["stories"][0]
    assert document["summary"] == {
        "articles": 8,
        "stories": 2,
        "unclustered": 2,
        "skipped": 2,
        "languages": {"id": 3, "ar": 1, "de": 1, "ja": 1, "ru": 1, "und": 1},
        "left_out": 0,
    }
    assert document["settings"] == {
        "model": "builtin",
        "effort": "balanced",
        "granularity": 0,
        "label_language": None,
        "profile": None,
    }
    assert list(story["languages"].items()) == [("id", 2), ("de", 1), ("ru", 1)]
    assert list(story["headlines"]) == ["id", "de", "ru"]
    assert (story["first_seen"], story["last_seen"]) == ("2025-02-27T00:00:00+00:00", "2025-03-18T15:00:00+00:00")
    assert story["cohesion"] == 0.8712
    assert story["articles"][0]["confidence"] == 0.9346
    assert story["articles"][0]["published"] == "2025-02-27T21:30:00+07:00"
    assert story["articles"][2]["duplicate_of"] == "antara/perundingan.txt"
    assert document["unclustered"][0]["title"] == "Gempa magnitudo 4,1 mengguncang Istanbul."
    assert document["unclustered"][0]["nearest"] == {
        "article": "antara/perundingan.txt",
        "probability": 0.1235,
        "story": None,
        "mean": None,
    }
    assert document["unclustered"][1]["nearest"] is None


def test_json_keeps_every_script_readable_and_control_characters_escaped() -> None:
    assert "新しいマラリアワクチン" in to_json(embassy_result())
    assert "\x1b" not in to_json(hostile_result())
    assert "\\u001b[31mrot" in to_json(hostile_result())


def test_lone_surrogates_do_not_stop_any_format() -> None:
    result = hostile_result()
    for text in (to_json(result), to_ndjson(result), to_csv(result), to_csv(result, raw=True), table(result, 80)):
        assert "kaputt \N{REPLACEMENT CHARACTER} Ersatz" in text
        text.encode()


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (None, None),
        (datetime(2025, 2, 27, 8, 5, tzinfo=UTC), "2025-02-27T08:05:00+00:00"),
        (
            datetime(2025, 2, 27, 8, 5, 1, 5000, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "2025-02-27T08:05:01.005000-03:30",
        ),
        (datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=7, minutes=7, seconds=12))), "1899-12-31T16:52:48+00:00"),
        (datetime(2025, 2, 27, 8, 5), "2025-02-27T08:05:00+00:00"),
    ],
)
def test_moments_are_rfc_3339(moment: datetime | None, written: str | None) -> None:
    assert rfc3339(moment) == written


def test_output_is_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import hashlib, handmade as h; from newsclust.rendering.contract import *;"
        "from newsclust.rendering.tabular.csv import to_csv;"
        "r = h.embassy_result(); print(hashlib.sha256((to_json(r) + to_ndjson(r) + to_csv(r)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1


# CSV


def test_csv_has_a_line_for_every_article() -> None:
    lines = rows(to_csv(embassy_result()))
    assert tuple(lines[0]) == COLUMNS
    assert [line["id"] for line in lines] == [
        *("antara/perundingan.txt", "gespraeche.html", "salinan.json#2", "zvonok.md", "ワクチン.txt", "لقاح.txt"),
        *("gempa.txt", "ziege.txt"),
    ]
    assert lines[2] == {
        "story": "s-6f1c2a9b",
        "story_title": "Delegasi AS dan Rusia bahas kedutaan besar di Istanbul selama enam jam",
        "event": "e-1",
        "id": "salinan.json#2",
        "path": "artikel/salinan.json#2",
        "title": "Delegasi AS dan Rusia bahas kedutaan besar di Istanbul",
        "language": "id",
        "published": "2025-02-28T00:00:00+00:00",
        "url": "",
        "source": "",
        "confidence": "0.9100",
        "duplicate_of": "antara/perundingan.txt",
        "keywords": "istanbul; kedutaan; botschaft",
        "countries": "",
        "places": "",
        "people": "",
    }
    assert (lines[-1]["story"], lines[-1]["confidence"]) == ("", "")


def test_no_csv_cell_starts_as_a_formula_and_every_article_is_one_line() -> None:
    text = to_csv(hostile_result())
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == len(HOSTILE) + 1
    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell)]
    assert '\'=HYPERLINK("https://böse.example";"ü")' in cells


def test_raw_csv_cells_are_what_was_read() -> None:
    lines = rows(to_csv(hostile_result(), raw=True))
    assert lines[4]["url"] == HOSTILE[5]
    assert lines[1]["url"] == HOSTILE[2]


@given(st.text(st.characters(codec="utf-8")))
def test_any_title_survives_raw_csv(title: str) -> None:
    result = empty_result()
    story = replace(embassy_result().stories[0], title=title)
    assert rows(to_csv(replace(result, stories=(story,)), raw=True))[0]["story_title"] == title


# Table


@pytest.mark.parametrize(("width", "tree"), [(60, False), (80, False), (160, False), (80, True)])
def test_the_table_looks_as_it_should(width: int, tree: bool) -> None:
    """Look at the files in tests/golden; UPDATE_GOLDEN=1 writes them anew."""
    shown = table(embassy_result(), width, tree=tree)
    file = GOLDEN / f"{'tree' if tree else 'table'}-{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("result", RESULTS, ids=["embassies", "empty", "hostile"])
@pytest.mark.parametrize("width", [20, 40, 60, 72, 80, 120, 160, 300])
def test_no_line_of_the_table_is_wider_than_the_terminal(result: ClusterResult, width: int) -> None:
    for tree in (False, True):
        assert max(cell_len(line) for line in table(result, width, tree=tree).splitlines()) <= width


def test_hostile_strings_are_shown_and_do_nothing() -> None:
    shown = table(hostile_result(), 160)
    assert "[red]Merah[/red] [/close] :smile:" in shown
    assert "\N{REPLACEMENT CHARACTER}[31mrot" in shown
    assert "</script><script>alert('ö')</script>" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u200e\u200f\u2066-\u2069]", shown)


def test_the_table_says_what_is_left_and_why() -> None:
    shown = table(embassy_result(), 100)
    assert "2 stories from 8 articles" in shown
    assert "Unclustered (2)" in shown
    assert re.search(r"Gempa magnitudo.*\n +nearest 0\.12: Delegasi AS dan Rusia", shown)
    assert re.search(r"feed\.jsonl:17 +no title and no text", shown)


def test_the_table_of_nothing_says_so() -> None:
    assert table(empty_result(), 80) == "0 stories from 0 articles\n"


def test_a_mark_stands_before_each_event_only_where_a_story_has_several() -> None:
    shown, _, legend = table(embassy_result(), 160).rpartition("\n\n")
    assert shown.count("▸") == 2
    assert "▸ begins an event" in legend
    assert re.search(r"▸ ru +2025-03-18 Путин и Трамп", shown)


def test_the_row_of_a_long_file_name_stays_readable() -> None:
    result = embassy_result()
    story = result.stories[0]
    member = dataclasses.replace(
        story.members[0],
        article=dataclasses.replace(story.members[0].article, source=None, url=None, path="x/ausgabe-2025.jsonl#812"),
    )
    alone = dataclasses.replace(story, members=(member,), events=(Event(member.event, "x", (member.article.id,)),))
    assert "ausgabe-2025.…#812" in table(dataclasses.replace(result, stories=(alone,), unclustered=()), 80)


def test_a_source_is_whole_where_there_is_room() -> None:
    result = embassy_result()
    story = result.stories[0]
    named = dataclasses.replace(story.members[0].article, source="The Bosphorus Ledger")
    members = (dataclasses.replace(story.members[0], article=named), *story.members[1:])
    told = dataclasses.replace(result, stories=(dataclasses.replace(story, members=members),))
    assert "The Bosphorus Ledger" in table(told, 90)
    assert "The Bosphorus Led…" in table(told, 80)


def test_days_stand_behind_articles_only_where_they_differ() -> None:
    result = embassy_result()
    story = result.stories[0]
    same = tuple(member for member in story.members if member.event == story.events[0].id)[:1]
    alone = dataclasses.replace(story, members=same, events=(Event(same[0].event, "x", (same[0].article.id,)),))
    assert table(dataclasses.replace(result, stories=(alone,), unclustered=()), 80).count("2025-02-27") == 1
    assert table(result, 80).count("2025-02-27") > 2


def test_no_keyword_at_the_end_of_a_line_is_cut() -> None:
    result = embassy_result()
    words = ("x" * 71, "利率", "欧洲")
    told = dataclasses.replace(result, stories=(dataclasses.replace(result.stories[0], keywords=words),))
    assert f"{'x' * 71}, 利率,\n" in table(told, 80)


def test_a_short_table_counts_the_stories_and_articles_that_it_leaves_out() -> None:
    file = io.StringIO()
    print_table(embassy_result(), Console(width=160, file=file, color_system=None, _environ={}), Shown(most=1))
    assert "1 smaller story not shown: --top 2 lists all" in file.getvalue()
    assert "2 articles joined no story (--unclustered lists them)" in file.getvalue()
    print_table(embassy_result().only(top=1), Console(width=160, file=file, color_system=None, _environ={}))
    assert "1 story left out by --top or --min-size" in file.getvalue()


def test_no_title_of_an_event_is_printed_beside_the_same_headline_of_its_only_member() -> None:
    for tree in (False, True):
        assert table(embassy_result(), 160, tree=tree).count("Путин и Трамп обсудили") == 1


def test_the_tree_names_each_event_with_its_languages_and_days() -> None:
    shown = table(embassy_result(), 160, tree=True)
    assert re.search(r"├─ Delegasi AS dan Rusia.* id 2 · de 1 · 2025-02-27 – 02-28\n│  id", shown)
    assert re.search(r"└─ ru +2025-03-18 Путин", shown)


def test_a_copy_stands_below_what_it_repeats() -> None:
    result = embassy_result()
    story = result.stories[0]
    copy_first = replace(story.events[0], articles=(story.events[0].articles[2], *story.events[0].articles[:2]))
    shown = table(replace(result, stories=(replace(story, events=(copy_first, *story.events[1:])),)), 160)
    assert re.search(r"Kabar Nusantara.*\n.*↳ copy: Delegasi AS dan Rusia.*\n.*Botschaften", shown)


def test_what_is_nearly_a_story_comes_first_among_the_unclustered() -> None:
    result = embassy_result()
    hopeless = replace(result.unclustered[0], nearest=Nearest("gespraeche.html", 0.01))
    shown = table(replace(result, unclustered=(hopeless, *result.unclustered)), 100)
    assert shown.count("nearest") == 1
    assert shown.index("nearest 0.12") < shown.index("Ziege")


@pytest.mark.parametrize(
    ("nearest", "reason"),
    [
        (Nearest("gespraeche.html", 0.66), "likely (0.66), but no third report confirms it: Botschaften"),
        (
            Nearest("gespraeche.html", 0.88, "s-1", 0.31),
            "near one member of a story (0.88), on average 0.31: Botschaften",
        ),
        (
            Nearest("gespraeche.html", 0.88, "s-1", 0.61),
            "likely (0.88, on average 0.61), but not sure enough: Botschaften",
        ),
        (Nearest("gespraeche.html", 0.49), "nearest 0.49: Botschaften"),
        (Nearest("gespraeche.html", 0.88), "nearest 0.88: Botschaften"),
        (Nearest("gespraeche.html", 0.66, "s-1"), "nearest 0.66: Botschaften"),
    ],
)
def test_a_lone_article_says_why_what_is_likely_was_not_enough(nearest: Nearest, reason: str) -> None:
    result = embassy_result()
    alone = replace(result.unclustered[0], nearest=nearest)
    headlines = {"gespraeche.html": "Botschaften: Gespräche in Istanbul"}
    assert why_alone(alone, headlines).startswith(re.sub("nearest [0-9.]+", "nearest", reason))
    assert reason in table(replace(result, unclustered=(alone,)), 160)


@pytest.mark.parametrize(
    ("days", "width", "line"),
    [
        ([], 9, ""),
        ([5, 5], 9, ""),
        ([0, 1], 9, "██"),
        ([0] * 8 + [1, 3], 9, "█▂▁▂"),
        ([0, 0, 40], 9, "█▁▁▁▁▁▁▁▅"),
        ([-1, 0], 9, "██"),
    ],
)
def test_days_become_bars_no_wider_than_asked(days: list[int], width: int, line: str) -> None:
    first = datetime(2025, 2, 27, 23, tzinfo=timezone(timedelta(hours=7)))
    assert spark_line([first + timedelta(days=day) for day in days], width) == line


@given(st.lists(st.integers(0, 3000), max_size=30), st.integers(1, 60))
def test_a_line_of_bars_never_outgrows_its_place_and_begins_and_ends_with_a_bar(days: list[int], width: int) -> None:
    line = spark_line([datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in days], width)
    assert len(line) <= width
    assert line == line.strip("▁")
    assert bool(line) == (len(set(days)) > 1)
