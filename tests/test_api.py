"""What a program sees: the names of `newsclust`, and the forms in which it takes articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import newsclust
from newsclust.testing import WordHashEncoder

TALKS = {"id": "gespräche", "headline": "Gespräche in Istanbul", "body": "Sechs Stunden lang ging es um Botschaften."}
FLOOD = {"id": "banjir", "headline": "Banjir di Jakarta", "body": "Ratusan rumah terendam sejak semalam."}


def test_importing_newsclust_loads_nothing_heavy() -> None:
    heavy = {"numpy", "scipy", "sklearn", "torch", "onnxruntime", "click", "rich", "trafilatura"}
    code = "import newsclust, sys; from newsclust import *; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not heavy & set(done.stdout.split())


def test_importing_newsclust_imports_no_module_besides() -> None:
    code = "import sys; before = {*sys.modules}; import newsclust; print(*{*sys.modules} - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["newsclust"]


@pytest.mark.parametrize("module", ["newsclust", "newsclust.execution.local_worker", "newsclust.execution.dask_worker"])
def test_whatever_imports_newsclust_keeps_libraries_from_reporting_home(module: str) -> None:
    code = f"import {module}, os; print(*map(os.environ.get, ('ORT_DISABLE_TELEMETRY', 'HF_HUB_DISABLE_TELEMETRY')))"
    own = os.environ | {"ORT_DISABLE_TELEMETRY": "0"}
    own.pop("HF_HUB_DISABLE_TELEMETRY", None)
    for asked_for, switches in ((None, "1 1"), ("", "1 1"), ("1", "0 None")):
        environment = own | ({} if asked_for is None else {"NEWSCLUST_TELEMETRY": asked_for})
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
        assert done.stdout.strip() == switches


def test_every_name_on_offer_is_there_before_its_module_is() -> None:
    code = (
        "import newsclust; names = {*dir(newsclust)}; from newsclust import *\n"
        "print(sorted({*newsclust.__all__, '__version__'} - names), {*newsclust.__all__} - {*globals()})\n"
        "print({getattr(newsclust, name) is globals()[name] for name in newsclust.__all__})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == ["[] set()", "{True}"]


def test_the_names_on_offer_are_sorted_and_described() -> None:
    assert newsclust.__all__ == sorted(newsclust.__all__)
    page = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    undescribed = [name for name in newsclust.__all__ if name not in page]
    assert undescribed == []
    assert [name for name in newsclust.__all__ if not getattr(newsclust, name).__doc__] == []


def test_the_version_is_the_installed_one() -> None:
    from importlib.metadata import version

    assert newsclust.__version__ == version("newsclust")
    with pytest.raises(AttributeError, match="no attribute 'gruop'"):
        newsclust.gruop  # type: ignore[attr-defined]  # noqa: B018


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jakarta.txt").write_text("Banjir di Jakarta\n\nRatusan rumah terendam sejak semalam.\n")
    (tmp_path / "feed.json").write_text(json.dumps([{"überschrift": "北京", "text": "外交部发言人表示。"}]))
    return tmp_path


@pytest.mark.parametrize("form", [str, Path, lambda path: [path], lambda path: (str(path),), lambda path: iter([path])])
def test_a_path_may_be_given_in_any_form(folder: Path, form: Callable[[Path], Any]) -> None:
    assert [article.id for article in newsclust.read(form(folder)).articles] == ["feed.json#1", "jakarta.txt"]


def test_mappings_are_read_as_the_objects_of_a_file_are() -> None:
    moment = datetime(2025, 2, 27, 10, 15, tzinfo=UTC)
    (article,) = newsclust.read([TALKS | {"published": moment, "rubrik": "Politik"}]).articles
    assert (article.id, article.title) == ("gespräche", "Gespräche in Istanbul")
    assert article.text == "Sechs Stunden lang ging es um Botschaften."
    assert article.published == moment
    assert article.extra == {"rubrik": "Politik"}


def test_a_mapping_of_names_reaches_paths_and_objects_alike(folder: Path) -> None:
    by_name = {"title": "überschrift"}
    assert newsclust.read(folder, mapping=by_name).articles[0].title == "北京"
    assert newsclust.read([{"überschrift": "北京", "text": "表示。"}], mapping=by_name).articles[0].title == "北京"
    with pytest.raises(newsclust.UsageError, match="no such field"):
        newsclust.read([TALKS], mapping={"titel": "überschrift"})


def test_items_without_text_are_skipped_and_the_rest_is_read() -> None:
    items: list[newsclust.Article | dict[str, str]] = [TALKS, {"body": " "}, newsclust.Article(id="leer", text="")]
    read = newsclust.read(items)
    assert [article.id for article in read.articles] == ["gespräche"]
    assert [(skipped.where, skipped.reason) for skipped in read.skipped] == [
        ("#2", "no title and no text"),
        ("#3", "no title and no text"),
    ]


def test_items_without_an_id_get_their_number_and_equal_ids_are_told_apart() -> None:
    twice = newsclust.Article(id="x", text="Sechs Stunden.")
    items: list[newsclust.Article | dict[str, str]] = [{"body": "Ratusan rumah terendam."}, twice, twice]
    assert [a.id for a in newsclust.read(items).articles] == ["#1", "x", "x~2"]


def test_an_article_is_taken_as_it_is_and_a_time_without_a_zone_is_utc() -> None:
    given = newsclust.Article(id="a", text="Sechs Stunden.", language="de", published=datetime(2025, 2, 27))
    (taken,) = newsclust.read([given]).articles
    assert (taken.language, taken.text) == ("de", "Sechs Stunden.")
    assert taken.published == datetime(2025, 2, 27, tzinfo=UTC)


def test_what_was_read_can_be_grouped(folder: Path) -> None:
    read = newsclust.read(folder)
    assert newsclust.read(read) is read


def test_no_article_is_no_story(builtin_model: None) -> None:
    result = newsclust.group([])
    assert (result.stories, result.unclustered, result.skipped) == ((), (), ())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([17], "item 1 is of type int"),
        ([TALKS, "pfad"], "mixed"),
        (TALKS, "put it in brackets"),
        (b"artikel", "put it in brackets"),
        (newsclust.Article(id="a", text="b"), "put it in brackets"),
    ],
)
def test_what_is_no_article_is_refused_by_name(given: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        newsclust.read(given)


def test_a_path_that_is_not_there_is_refused() -> None:
    with pytest.raises(newsclust.UsageError, match="gibt-es-nicht"):
        newsclust.group("gibt-es-nicht")


@pytest.mark.parametrize(
    "value", [{"effort": "slow"}, {"granularity": 3}, {"granularity": 0.5}, {"granularity": "viel"}]
)
def test_settings_that_no_run_can_use_are_refused(value: dict[str, Any]) -> None:
    with pytest.raises(newsclust.UsageError, match=r"granularity|effort"):
        newsclust.Settings(**value)


def test_an_effort_may_be_given_by_its_name() -> None:
    assert newsclust.Settings(effort="fast").effort is newsclust.Effort.FAST  # type: ignore[arg-type]


def test_grouping_and_explaining_take_an_encoder_of_ones_own(builtin_model: None) -> None:
    encoder = WordHashEncoder()

    def rows() -> Iterator[dict[str, str]]:
        yield from (TALKS, TALKS | {"id": "kopie"}, FLOOD)

    result = newsclust.group(rows(), encoder=encoder)
    assert result.model_id == encoder.model_id
    assert [[member.article.id for member in story.members] for story in result.stories] == [["gespräche", "kopie"]]
    assert json.loads(newsclust.to_json(result))["summary"]["articles"] == 3
    pair = newsclust.explain(rows(), "gespräche", "banjir", encoder=encoder)
    assert (pair.first.id, pair.second.id) == ("gespräche", "banjir")


@pytest.mark.parametrize(("first", "second"), [("gespräche", "fehlt"), ("fehlt", "banjir"), ("banjir", "banjir")])
def test_an_explanation_needs_two_known_articles(first: str, second: str) -> None:
    with pytest.raises(newsclust.UsageError, match=r"fehlt|twice"):
        newsclust.explain([TALKS, FLOOD], first, second)
