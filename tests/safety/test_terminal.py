"""Whatever articles, files and stores hold, nothing a command shows steers, colours or reorders a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import Command
from hostile_rows import LEAD, row

STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\U000e0000-\U000e007f]"
)
"""Every control but tab and line feed, separators, and what reorders or hides."""


def harmless(outcome: SimpleNamespace, code: int = 0) -> str:
    """What a command said, after a look at both streams."""
    for stream in (outcome.out, outcome.err):
        found = STEERS.search(stream)
        assert not found, stream[max(0, found.start() - 60) : found.end() + 60].encode("unicode_escape")
    assert outcome.code == code, outcome.err
    return str(outcome.out)


@pytest.mark.parametrize("options", [["table"], ["table", "--tree", "--verbose"], ["json"], ["ndjson"], ["csv"]])
def test_group(newsclust: Command, hostile_folder: Path, options: list[str]) -> None:
    outcome = newsclust("group", str(hostile_folder), "--effort", "fast", "--format", *options)
    shown = harmless(outcome)
    assert "[red]Merah[/red]" in shown
    assert "skipped" in outcome.err
    assert "[31mrot" in outcome.err


def test_group_with_a_store(newsclust: Command, hostile_folder: Path) -> None:
    arguments = ("group", str(hostile_folder), "--effort", "fast", "--store", "böse\x1b.db", "--changes", "--format")
    assert "[red]Merah[/red]" in harmless(newsclust(*arguments, "table"))
    assert "Nothing changed" in harmless(newsclust(*arguments, "table"))


@pytest.mark.parametrize("count", [2, 9])
@pytest.mark.parametrize("format_", ["table", "json"])
def test_explain(newsclust: Command, tmp_path: Path, count: int, format_: str) -> None:
    rows = [row(number) for number in range(count)]
    (tmp_path / "reihen.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
    document = json.loads(newsclust("group", "reihen.jsonl", "--effort", "fast", "--format", "json").out)
    found = [*(a for story in document["stories"] for a in story["articles"]), *document["unclustered"]]
    known = [article["id"] for article in found]
    assert len(known) == count
    shown = harmless(newsclust("explain", *known, "--in", "reihen.jsonl", "--effort", "fast", "--format", format_))
    assert "[red]Merah[/red]" in shown


@pytest.mark.parametrize("format_", ["table", "json"])
def test_what_a_store_answers(newsclust: Command, exported: Path, format_: str) -> None:
    way = ("--store", "böse\x1b[31m.db", "--format", format_)
    assert "imported" in harmless(newsclust("import", str(exported), *way, "--effort", "fast")).replace(
        "added", "imported"
    )
    assert "[red]Merah[/red]" in harmless(newsclust("stories", *way))
    (told, *_) = [
        story for story in json.loads(newsclust("stories", *way[:3], "json").out)["stories"] if "\x1b" in story["id"]
    ]
    assert "[31mrot" in harmless(newsclust("story", told["id"], *way))
    assert "[red]Merah[/red]" in harmless(newsclust("search", LEAD[0], *way, "--limit", "40"))
    assert "30" in harmless(newsclust("check", *way))
    assert "dissolved" in harmless(newsclust("forget", told["id"], *way)).replace('"stories"', "dissolved")
    assert "[red]Merah[/red]" in harmless(newsclust("export", "--store", "böse\x1b[31m.db"))


@pytest.mark.parametrize("format_", ["table", "json"])
def test_eval(newsclust: Command, tmp_path: Path, format_: str) -> None:
    gold = tmp_path / "gold\x1b[31m.jsonl"
    rows = [{**row(number), "lang": "de\x1b", "date": "", "story": row(number // 3)["title"]} for number in range(9)]
    gold.write_text("".join(json.dumps(each) + "\n" for each in rows))
    shown = harmless(newsclust("eval", str(gold), "--effort", "fast", "--format", format_))
    assert "[red]Merah[/red]" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["group", "fehlt\x1b]8;;x\x07\u202e"],
        ["group", "x\x1b[2J*"],
        ["group", "\x1b[31m.txt", "-o", "\x1b[31m/x.json"],
        ["group", ".", "--\x1b[31m"],
        ["group", ".", "--effort", "\x1b[31m"],
        ["group", ".", "--map", "\x1b[31m"],
        ["group", ".", "--model", "böse\x1b[31m/x", "--config", "\x1b[31m.toml"],
        ["\x1b[31m"],
        ["explain", "a\x1b[31m", "b", "--in", "."],
        ["explain", "--story", "s-\x1b[31m", "."],
        ["eval", "\x1b[31m.jsonl"],
        ["eval", "--pairs", "\x1b[31m.jsonl", "--articles", "."],
        ["stories", "--store", "\x1b[31m.db"],
        ["search", "x", "--store", "\x1b[31m.db"],
        ["import", "\x1b[31m.jsonl", "--store", "x.db"],
        ["forget", "\x1b[31m", "--store", "\x1b[31m.db"],
    ],
    ids=lambda arguments: " ".join(arguments).encode("unicode_escape").decode(),
)
def test_errors(newsclust: Command, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text(LEAD[0])
    outcome = newsclust(*arguments)
    harmless(outcome, outcome.code)
    assert outcome.code in (1, 2)
    assert outcome.err


@pytest.mark.parametrize("text", ['"\x1b[31m" = 1', '"\\u001b[31m" = 1', 'effort = "\\u001b]8;;x\\u0007"', "[\u202e]"])
def test_a_configuration(newsclust: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "newsclust.toml").write_text(text)
    harmless(newsclust("group", "."), 2)


def test_the_environment(newsclust: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_EFFORT", "\x1b[31mrot")
    harmless(newsclust("group", "."), 2)


@pytest.mark.parametrize("format_", ["text", "json"])
def test_doctor(newsclust: Command, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    monkeypatch.setenv("NEWSCLUST_STÖRT", "a\x1b[31m\x9b1m\u202egpj\u200e\u061c\U000e0041\u2028b")
    outcome = newsclust("doctor", "--format", format_)
    assert "gpj" in harmless(outcome, outcome.code)


def test_json_of_the_escapes_says_the_same_as_before(newsclust: Command, hostile_folder: Path) -> None:
    shown = newsclust("group", str(hostile_folder), "--effort", "fast", "--format", "json").out
    titles = {article["title"] for story in json.loads(shown)["stories"] for article in story["articles"]}
    assert any("\u202egpj.exe\u202c" in title for title in titles)


def test_a_cell_shows_no_formula_once_it_is_made_safe(newsclust: Command, tmp_path: Path) -> None:
    hidden = [
        "\u202e=1+1",
        "\ufeff@SUM(A1)",
        "\x00=1",
        "\u200e\t-1",
        " \u2066+1",
        "\u200b=1",
        "\u00ad@SUM(A1)",
        "\ufe0f\u2060-1",
    ]
    lines = [{"id": f"{n}", "title": "Titel", "text": LEAD[0], "source": text} for n, text in enumerate(hidden)]
    (tmp_path / "a.json").write_text(json.dumps(lines))
    rows = list(csv.DictReader(io.StringIO(newsclust("group", "a.json", "--effort", "fast", "--format", "csv").out)))
    assert len(rows) == len(hidden)
    assert not [each["source"] for each in rows if re.match(r"[\s\u00ad\u200b\u2060\ufe0f]*[=+\-@]", each["source"])]


def test_file_names_that_are_no_utf8_are_shown_escaped(newsclust: Command) -> None:
    with open(b"caf\xe9\x1b.txt", "w") as file:
        file.write(LEAD[0])
    assert r"caf\\xe9" in harmless(newsclust("group", os.curdir, "--effort", "fast", "--format", "json"))
