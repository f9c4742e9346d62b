"""Files for newsclust import that are not what newsclust export wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsclust.archive.maintain import check
from newsclust.archive.transfer import Beside, exported, import_lines, read_lines
from newsclust.errors import InputError
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading

FAST = Settings(effort=Effort.FAST)
TEXT = "Die Fähre nach Föhr fährt wieder, sagte der Kapitän."


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "text": TEXT} | fields)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "RecursionError"),
        ("[1]", "a JSON object is wanted, not list"),
        (line(id=3), "'id' is int, not str"),
        (line(text=None), "'text' is NoneType, not str"),
        (line(title=["ä"]), "'title' is list, not str"),
        (line(aliases="ab"), "'aliases' is str, not list"),
        (line(retired=[["ä"]]), "'retired' is list, not str"),
        (line(extra=[["a", 1]]), "'extra' is list, not dict"),
        (line(extra={"x": float("nan")}), "ValueError"),
        (line(published="2025-02-27"), "has no time zone"),
        (line(added="2025-02-27T10:00:00"), "has no time zone"),
        (line(added="9999-12-31T23:59:59-12:00"), "OverflowError"),
    ],
)
def test_what_no_export_writes_is_told_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_lines([line(), text], "salah.jsonl", Beside()))
    assert str(caught.value).startswith("salah.jsonl:2: not an article of newsclust export")
    assert reason in str(caught.value)


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    (found,) = read_lines([line(id="ü\ud83d", title="\udc00")], "x", Beside())
    assert (found.article.id, found.article.title) == ("ü\ufffd", "\ufffd")


def test_an_article_that_stands_twice_in_a_file_is_taken_once(builtin_model: None, tmp_path: Path) -> None:
    done = import_lines(tmp_path / "s.db", [line(), line(text="Anders"), line(id="b")], FAST)
    assert (done.added, done.known) == (2, 1)


def test_an_event_in_two_stories_is_an_error_and_the_store_stays_whole(builtin_model: None, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    lines = [line(id=f"ä{n}", text=f"{TEXT} {n}", story=f"s-{n // 2}", event="e-1") for n in range(4)]
    with pytest.raises(InputError, match="contradict each other"):
        import_lines(store, lines, FAST, name="salah.jsonl")
    with reading(store) as connection:
        assert check(connection, store).problems == ()


def test_stories_that_are_each_others_aliases_are_refused(builtin_model: None, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    lines = [
        line(
            id=f"{story}{n}", text=f"{TEXT} {story}{n}", story=f"s-{story}", event=f"e-{story}", aliases=[f"s-{other}"]
        )
        for story, other in ("ab", "ba")
        for n in range(2)
    ]
    with pytest.raises(InputError, match="alias of another"):
        import_lines(store, lines, FAST)
    with reading(store) as connection:
        assert check(connection, store).problems == ()


def test_the_aliases_of_a_story_are_exported_once(builtin_model: None, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    aliases = [f"s-{n:010}" for n in range(50)]
    lines = [line(id=f"ä{n}", text=f"{TEXT} {n}", story="s-ä", event="e-ä", aliases=aliases) for n in range(20)]
    import_lines(store, lines, FAST)
    with reading(store) as connection:
        told = [row["aliases"] for row in exported(connection)]
    assert sorted(told) == [[]] * 19 + [aliases]
