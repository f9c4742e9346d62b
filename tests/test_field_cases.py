"""Cases from the field: what each folder with an expected.json says comes out, by the command line and the library.

`expected.json` holds, for each input of the case ("." is the whole folder), its `articles` in the order of reading,
with the values that are tried ("text" is a part of the text), and what is `told`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Command

import newsclust as library
from newsclust.articles import Article, Skipped

CASES = Path(__file__).parent / "field_cases"
EXPECTED = "expected.json"


def inputs() -> Iterator[Any]:
    for path in sorted(CASES.glob(f"*/{EXPECTED}")):
        for name, expected in json.loads(path.read_text(encoding="utf-8")).items():
            yield pytest.param(path.parent, name, expected, id=f"{path.parent.name.partition('-')[0]}-{name}")


@pytest.fixture(name="copied")
def _copied(tmp_path: Path) -> Any:
    """Give a copy of a case's input, without what is expected of it."""

    def copy(case: Path, name: str) -> Path:
        target = tmp_path / case.name
        shutil.copytree(case, target, ignore=shutil.ignore_patterns(EXPECTED))
        return target / name

    return copy


def seen(article: Article, name: str) -> Any:
    value = getattr(article, name)
    return value.isoformat() if name == "published" and value else value


def lines(entries: tuple[Skipped, ...]) -> list[str]:
    return [f"{entry.where}: {entry.reason}" for entry in entries]


@pytest.mark.parametrize(("case", "name", "expected"), list(inputs()))
def test_the_library_reads_what_is_expected(copied: Any, case: Path, name: str, expected: dict[str, Any]) -> None:
    read = library.read(copied(case, name))

    assert read.skipped == ()
    assert len(read.articles) == len(expected["articles"])
    for article, wanted in zip(read.articles, expected["articles"], strict=True):
        values = {key: value for key, value in wanted.items() if key != "text"}
        assert {key: seen(article, key) for key in values} == values
        assert wanted.get("text", "") in article.text
    notes = lines(read.notes)
    assert all(any(note.startswith(told) for note in notes) for told in expected.get("told", ()))
    assert expected.get("told") or not notes


@pytest.mark.usefixtures("builtin_model")
@pytest.mark.parametrize(("case", "name", "expected"), list(inputs()))
def test_the_command_gives_what_is_expected(
    newsclust: Command, copied: Any, case: Path, name: str, expected: dict[str, Any]
) -> None:
    done = newsclust("group", str(copied(case, name)), "--effort", "fast", "--format", "json", "--verbose")

    assert done.code == 0, done.err
    result = json.loads(done.out)
    members = [member for story in result["stories"] for member in story["articles"]]
    found = sorted([*members, *result["unclustered"]], key=lambda article: str(article["id"]))
    shown = {"id": "id", "headline": "title", "title": "title", "published": "published", "url": "url"}
    for key, printed in shown.items():
        wanted = sorted(str(article[key]) for article in expected["articles"] if key in article)
        values = [str(article[printed]) for article in found]
        assert not wanted or all(value in values for value in wanted)
    assert len(found) == len(expected["articles"])
    assert all(told in done.err for told in expected.get("told", ()))


@pytest.mark.usefixtures("builtin_model")
def test_the_answers_of_two_hours_saved_under_one_name_lose_no_article(newsclust: Command, tmp_path: Path) -> None:
    answers = CASES / "01-store-hourly-api-no-id"
    store, saved = str(tmp_path / "news.db"), tmp_path / "top.json"
    for hour in ("hour09", "hour10"):
        shutil.copy(answers / hour / "top.json", saved)
        done = newsclust("group", str(saved), "--store", store, "--effort", "fast", "--changes", "--format", "json")
        assert done.code == 0, done.err
    assert json.loads(done.out)["changes"] == []
    kept = [json.loads(line) for line in newsclust("export", "--store", store).out.splitlines()]
    assert sorted(article["id"] for article in kept if "id" in article) == [
        *("https://city.example/bread", "https://coast.example/ferry-aground", "https://hafen.example/faehre"),
        *("https://north.example/retrial", "https://north.example/snow"),
    ]
    assert len({article["story"] for article in kept if "ferry" in article["id"] or "faehre" in article["id"]}) == 1
