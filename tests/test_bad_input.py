"""Bad input through the command line: one line and one entry each, and everything else is grouped."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest

from newsclust.cli import run
from newsclust.reading import streams

pytestmark = pytest.mark.usefixtures("builtin_model")

GOOD: dict[str | bytes, bytes | str] = {
    "gut/id.txt": "Delegasi Amerika Serikat dan Rusia bertemu enam jam di Istanbul, Kamis (27/2), untuk membahas "
    "pemulihan kegiatan kedutaan besar kedua negara.",
    "gut/en.txt": "American and Russian delegations met for six hours in Istanbul on Thursday, 27 February, to discuss "
    "restoring the work of their embassies.",
    "gut/ja.txt": "岐阜県の和紙工房が、宇宙飛行士の手帳に使う薄い紙を納入した。",
}
Group = Callable[..., SimpleNamespace]


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Group:
    """Write the good files and those given into a folder, and group it."""
    for name in [*os.environ]:
        if name.startswith("NEWSCLUST_") and name not in ("NEWSCLUST_CACHE", "NEWSCLUST_ANEW"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "artikel"
    monkeypatch.chdir(tmp_path)

    def call(files: dict[str | bytes, bytes | str], *options: str) -> SimpleNamespace:
        for name, content in {**GOOD, **files}.items():
            path = os.path.join(os.fsencode(folder), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
        code = run(["group", str(folder), "--format", "json", *options])
        out, err = capsysbinary.readouterr()
        return SimpleNamespace(code=code, document=json.loads(out), lines=err.decode().splitlines())

    return call


def skipped(outcome: SimpleNamespace) -> dict[str, str]:
    return {entry["where"]: entry["reason"] for entry in outcome.document["skipped"]}


def unharmed(outcome: SimpleNamespace) -> bool:
    """Whether the good articles are grouped as they are without the bad ones."""
    stories = [[article["id"] for article in story["articles"]] for story in outcome.document["stories"]]
    alone = [entry["id"] for entry in outcome.document["unclustered"]]
    return {"gut/id.txt", "gut/en.txt"} in [set(story) for story in stories] and "gut/ja.txt" in alone


BAD: dict[str, tuple[str, bytes, str]] = {
    "binary": ("bild.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "PNG image"),
    "empty": ("leer.txt", b"", "empty"),
    "blank": ("leer.md", b" \n\t\n", ""),
    "truncated gzip": ("feed.jsonl.gz", gzip.compress(os.urandom(4000).hex().encode())[:-900], "gzip"),
    "no gzip": ("müll.txt.gz", b"\x1f\x8b\x08\x00 kein gzip", "gzip"),
    "invalid JSON": ("kaputt.json", '{"title": "Überschrift",\n "text": }'.encode(), "invalid JSON at line 2"),
    "CSV without text": ("tabelle.csv", "ort,zahl\nİstanbul,3\n".encode(), "no column for the text"),
    "HTML without text": ("seite.html", b"<html><body><script>1</script></body></html>", "no article text"),
    "XML that is no feed": ("karte.xml", b"<svg><p>x</p></svg>", "no RSS or Atom feed"),
}


@pytest.mark.parametrize(("name", "content", "reason"), BAD.values(), ids=BAD)
def test_each_bad_file_is_one_line_and_one_entry(group: Group, name: str, content: bytes, reason: str) -> None:
    outcome = group({name: content})
    assert outcome.code == 0
    assert list(skipped(outcome)) == [name]
    told = skipped(outcome)[name]
    assert reason in told
    assert [line for line in outcome.lines if line.startswith("skipped")] == [f"skipped {name}: {told}"]
    assert unharmed(outcome)


def test_all_of_them_at_once_cost_nothing_else(group: Group) -> None:
    outcome = group({name: content for name, content, _ in BAD.values()}, "--quiet")
    assert outcome.code == 0
    assert len(outcome.lines) == len(skipped(outcome)) == len(BAD)
    assert unharmed(outcome)


def test_strict_gives_3_and_the_same_result(group: Group) -> None:
    assert group({}, "--strict").code == 0
    outcome = group({"leer.txt": b""}, "--strict")
    assert outcome.code == 3
    assert unharmed(outcome)


def test_an_unreadable_file_is_told(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_one(location: bytes, *how: Any, **more: Any) -> BinaryIO:
        if location.endswith(b"geheim.txt"):
            raise PermissionError(13, "Permission denied")
        return open(location, *how, **more)  # type: ignore[no-any-return]

    monkeypatch.setattr(streams, "open", refuse_one, raising=False)  # permissions do not stop root
    outcome = group({"geheim.txt": "Das darf niemand lesen."})
    assert skipped(outcome) == {"geheim.txt": "cannot be read: Permission denied"}
    assert unharmed(outcome)


def test_a_bad_row_is_told_by_its_line_and_the_others_are_grouped(group: Group) -> None:
    rows = [json.dumps({"id": "ü1", "text": GOOD["gut/en.txt"]}), '{"id": "kaputt", "text": "abc', "[1]", '{"id": 4}']
    outcome = group({"feed.jsonl": "\n".join(rows)})
    assert sorted(skipped(outcome)) == ["feed.jsonl:2", "feed.jsonl:3", "feed.jsonl:4"]
    assert skipped(outcome)["feed.jsonl:2"].startswith("invalid JSON")
    assert len([line for line in outcome.lines if line.startswith("skipped feed.jsonl:")]) == 3
    assert any("ü1" in [a["id"] for a in story["articles"]] for story in outcome.document["stories"])


def test_a_line_over_the_limit_is_told_and_the_next_one_read(group: Group) -> None:
    huge = b'{"text": "' + b"a" * (17 << 20) + b'"}\n'
    outcome = group({"feed.jsonl": huge + json.dumps({"id": "danach", "text": GOOD["gut/ja.txt"]}).encode()})
    assert skipped(outcome) == {"feed.jsonl:1": "line longer than 16 MiB"}
    assert outcome.document["summary"]["articles"] == 4


def test_files_in_many_encodings_become_one_story(group: Group) -> None:
    russian = (
        "Делегации США и России в четверг, 27 февраля, шесть часов обсуждали в Стамбуле работу посольств. "
        "Встреча прошла в резиденции генерального консула."
    )
    encodings = ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"]
    outcome = group({f"{encoding}.txt": russian.encode(encoding) for encoding in encodings})
    assert skipped(outcome) == {}
    (story,) = [s for s in outcome.document["stories"] if any(a["id"] == "utf-8.txt" for a in s["articles"])]
    assert {f"{encoding}.txt" for encoding in encodings} <= {a["id"] for a in story["articles"]}
    assert len({a["title"] for a in story["articles"] if a["id"][:-4] in encodings}) == 1


def test_file_names_with_line_ends_and_invalid_utf8_are_kept_apart_and_harmless(group: Group) -> None:
    names: list[str | bytes] = [b"zeile\numbruch.txt", b"caf\xe9.txt", b"\x1b[31mrot.txt", "İstanbul 😀.txt"]
    outcome = group({**{name: GOOD["gut/ja.txt"] for name in names}, b"leer\n\xff.txt": b""})
    assert outcome.document["summary"]["articles"] == 7
    lines = [line for line in outcome.lines if line.startswith("skipped")]
    assert len(lines) == len(skipped(outcome)) == 1
    assert not any("\x1b" in line for line in outcome.lines)
    (story,) = [s for s in outcome.document["stories"] if len(s["articles"]) == 5]
    assert sum(article["duplicate_of"] is not None for article in story["articles"]) == 4
