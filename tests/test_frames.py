"""Data frames in and out, labels in the order given, and a result that shows itself."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import newsclust
from newsclust.errors import UsageError
from newsclust.stories import ClusterResult

BRIDGE = "Die Elbbrücke bei Wittenau ist seit Montag für alle Fahrzeuge gesperrt, Prüfer fanden einen Riss im Beton."
BRIDGE_TOO = "Seit Montag darf kein Fahrzeug mehr über die Elbbrücke bei Wittenau, im Beton fanden Prüfer einen Riss."
FLOOD = "Ratusan rumah di Jakarta terendam banjir sejak semalam setelah hujan deras, kata petugas setempat."
ROWS: list[dict[str, Any]] = [
    {"id": "b1", "title": "Elbbrücke gesperrt", "text": BRIDGE, "ressort": "Verkehr", "published": "2025-03-03"},
    {"id": "f", "title": "Banjir di Jakarta", "text": FLOOD, "ressort": None, "published": None},
    {"id": "leer", "title": "", "text": None, "ressort": "Nichts", "published": None},
    {"id": "b2", "title": "Elbbrücke zu", "text": BRIDGE_TOO, "ressort": "Lokales", "published": "2025-03-04"},
]


@pytest.fixture(scope="module")
def result(built_cache: object) -> newsclust.Result:
    return newsclust.group(ROWS, effort="fast")


def frame_of(library: str) -> Any:
    return pytest.importorskip(library).DataFrame(ROWS)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_data_frame_is_grouped_as_its_rows_are(library: str, result: newsclust.Result) -> None:
    found = newsclust.group(frame_of(library), effort="fast")
    assert found.labels.tolist() == [0, -1, -1, 0]
    assert found.skipped == result.skipped
    assert newsclust.to_json(found) == newsclust.to_json(result)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_comes_back_from_the_library_that_it_came_from(library: str) -> None:
    frame = newsclust.group(frame_of(library), effort="fast").to_frame()
    assert type(frame).__module__.partition(".")[0] == library
    assert list(frame["id"]) == ["b1", "f", "b2"]
    assert list(frame["label"]) == [0, -1, 0]
    assert list(frame["ressort"])[::2] == ["Verkehr", "Lokales"]


def test_empty_cells_of_pandas_are_no_texts() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "title": ["Elbbrücke gesperrt", None],
            "text": [BRIDGE, float("nan")],
            "date": [pandas.Timestamp("2025-03-03"), pandas.NaT],
        }
    )
    read = newsclust.read(frame)
    assert [article.headline for article in read.articles] == ["Elbbrücke gesperrt"]
    assert read.articles[0].published == datetime.fromisoformat("2025-03-03T00:00:00+00:00")
    assert [entry.where for entry in read.skipped] == ["#2"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_column_is_a_list_of_texts(library: str) -> None:
    column = pytest.importorskip(library).Series([BRIDGE, FLOOD, None, BRIDGE_TOO])
    assert newsclust.group(column, effort="fast").labels.tolist() == [0, -1, -1, 0]


def test_a_list_of_texts_is_grouped_and_its_strings_are_no_paths() -> None:
    assert newsclust.group(texts=[BRIDGE, FLOOD, BRIDGE_TOO], effort="fast").labels.tolist() == [0, -1, 0]
    with pytest.raises(TypeError, match="either articles or texts"):
        newsclust.group()
    with pytest.raises(TypeError, match="either articles or texts"):
        newsclust.group(ROWS, texts=[BRIDGE])


def test_labels_follow_the_order_given_and_not_that_of_ids(result: newsclust.Result) -> None:
    assert result.order == ("b1", "f", None, "b2")
    assert result.labels.dtype == np.intp
    turned = newsclust.group(ROWS[::-1], effort="fast")
    assert turned.labels.tolist() == result.labels.tolist()[::-1]


def test_labels_stay_when_stories_are_left_out(result: newsclust.Result) -> None:
    small = result.only(min_size=9)
    assert isinstance(small, newsclust.Result)
    assert small.labels.tolist() == result.labels.tolist()
    assert small.story(result.stories[0].id) == result.stories[0]
    with pytest.raises(KeyError):
        small.story("s-fehlt")


def test_records_are_typed_and_keep_unknown_fields(result: newsclust.Result) -> None:
    first, lone, _ = result.to_records()
    assert (first["id"], first["label"], first["story"]) == ("b1", 0, result.stories[0].id)
    assert first["published"] == datetime.fromisoformat("2025-03-03T00:00:00+00:00")
    assert (first["ressort"], first["text"]) == ("Verkehr", BRIDGE)
    assert (lone["label"], lone["story"], lone["confidence"]) == (-1, None, None)
    assert isinstance(first["keywords"], list)


def test_every_format_is_there_as_text(result: newsclust.Result) -> None:
    assert json.loads(result.to_json())["schema"] == "newsclust/1"
    assert [row["id"] for row in csv.DictReader(io.StringIO(result.to_csv()))][-1] == "f"
    assert result.to_markdown().startswith("# News briefing")
    assert ElementTree.fromstring(result.to_atom().encode()).tag.endswith("feed")  # noqa: S314 - our own
    assert result.to_html().startswith("<!doctype html>")
    assert json.loads(result.to_json(keep=["all"], with_text=True))["stories"][0]["articles"][0]["text"] == BRIDGE


def test_a_result_shows_itself_in_a_line_and_as_a_table(result: newsclust.Result) -> None:
    assert repr(result) == "<1 story from 3 articles in 2 languages, 1 unclustered, 1 skipped>"
    table = ElementTree.fromstring(result._repr_html_())  # noqa: S314
    assert [cell.text for cell in table.iter("td")][:3] == ["Elbbrücke gesperrt", "2", "de 2"]


def test_markup_in_a_title_is_text_in_a_notebook() -> None:
    rows = [{**row, "title": f"<script>alert({number})</script>"} for number, row in enumerate(ROWS[::3])]
    assert "<script>" not in newsclust.group(rows, effort="fast")._repr_html_()


def test_progress_is_told_stage_by_stage() -> None:
    told: list[tuple[str, int, int | None]] = []
    newsclust.group(ROWS, effort="fast", progress=lambda *state: told.append(state))
    assert ("Reading words", 3, 3) in told
    assert next(name for name, done, _ in told if done == 0) == "Cleaning"


def test_another_clustering_can_be_put_in_place_of_average_link() -> None:
    from newsclust.clustering.linkage import Labelling

    def apart(pairs: object, count: int, penalty: float, score: object) -> Labelling:
        labels = np.arange(count)
        return Labelling(events=labels, stories=labels)

    assert newsclust.group(ROWS, effort="fast", clustering=apart).labels.tolist() == [-1, -1, -1, -1]


def test_keywords_stand_for_settings(result: newsclust.Result) -> None:
    assert result.settings.effort is newsclust.Effort.FAST
    german = newsclust.group(ROWS, newsclust.Settings(effort=newsclust.Effort.FAST), label_language="de", granularity=1)
    assert (german.settings.effort, german.settings.label_language, german.settings.granularity) == ("fast", "de", 1)
    with pytest.raises(UsageError, match="effort 'hastig'"):
        newsclust.group(ROWS, effort="hastig")


def test_reading_gives_languages() -> None:
    assert [article.language for article in newsclust.read(ROWS).articles] == ["de", "id", "de"]


def test_grouping_what_was_read_is_grouping_at_once(result: newsclust.Result) -> None:
    assert newsclust.to_json(newsclust.group(newsclust.read(ROWS), effort="fast")) == newsclust.to_json(result)


def test_a_library_that_is_none_is_named(result: newsclust.Result) -> None:
    with pytest.raises(UsageError, match="library 'arrow' is none of pandas, polars"):
        result.to_frame("arrow")


def test_a_plain_result_is_what_the_pipeline_gives(result: newsclust.Result) -> None:
    assert isinstance(result, ClusterResult)
