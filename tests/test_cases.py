"""Small collections with a known right answer, through the command line and through the library."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.pipeline import find_stories
from newsclust.rendering.contract import to_json

pytestmark = pytest.mark.usefixtures("builtin_model")

CASES = {path.stem: path for path in sorted((Path(__file__).parent / "cases").glob("*.json"))}


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(CASES[name].read_text(encoding="utf-8"))
    return loaded


def article(row: dict[str, str]) -> Article:
    day = datetime.fromisoformat(row["published"]) if "published" in row else None
    return Article(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        language=row.get("language", "und"),
        path=f"{row['id']}.json",
        published=day.replace(tzinfo=day.tzinfo or UTC) if day else None,
    )


def check(document: dict[str, Any], expected: dict[str, Any]) -> None:
    """Compare a result with the right answer."""
    stories = [sorted(entry["id"] for entry in story["articles"]) for story in document["stories"]]
    assert sorted(stories) == sorted(expected["stories"])
    events = [sorted(event["articles"]) for story in document["stories"] for event in story["events"]]
    assert sorted(events) == sorted(expected["events"])
    copies = {
        entry["id"]: entry["duplicate_of"]
        for story in document["stories"]
        for entry in story["articles"]
        if entry["duplicate_of"]
    }
    assert copies == expected.get("duplicates", {})
    told = {entry["id"] for story in document["stories"] for entry in story["articles"]}
    assert told | {entry["id"] for entry in document["unclustered"]} == {row["id"] for row in expected["articles"]}


def test_there_are_cases() -> None:
    assert len(CASES) >= 5


@pytest.mark.parametrize("name", CASES)
def test_the_library_gives_the_right_answer(name: str) -> None:
    expected = case(name)
    check(json.loads(to_json(find_stories(ReadResult(tuple(map(article, expected["articles"])))))), expected)


@pytest.mark.parametrize("name", CASES)
def test_the_command_line_gives_the_right_answer_and_the_bytes_of_the_library(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    expected = case(name)
    folder = tmp_path / "artikel"
    folder.mkdir()
    for row in expected["articles"]:
        (folder / f"{row['id']}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert run(["group", str(folder), "--format", "json"]) == 0
    out, _ = capsysbinary.readouterr()
    check(json.loads(out), expected)
    library = to_json(find_stories(ReadResult(tuple(map(article, expected["articles"])))))
    assert out.decode() == library
