"""The sample articles and their right answer agree with each other, and hold what the demonstration needs."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "data" / "articles"
SEEDS = ROOT.parent / "shared" / "seeds"
RUN_OF_WORDS = 8
FURNITURE = re.compile(  # what every WordPress page says
    r"\b(source link|related articles|leave a reply|back to top( button)?"
    r"|your email address will not be published( required fields are marked)?)\b"
)

Row = dict[str, str]


@cache
def gold() -> tuple[Row, ...]:
    with (ROOT / "data" / "gold.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def files() -> dict[str, Path]:
    return {path.relative_to(ARTICLES).as_posix(): path for path in sorted(ARTICLES.rglob("*")) if path.is_file()}


def raw(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("windows-1251" if b"windows-1251" in data else "utf-8")


def runs(path: Path) -> set[str]:
    """Every sequence of eight words, without markup and without the boilerplate that all pages share."""
    text = re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", raw(path), flags=re.DOTALL)
    told = " ".join(re.findall(r"[^\W_]+", text.replace("\\n", " ").casefold()))
    passages = [passage.split() for passage in FURNITURE.sub("|", told).split("|")]
    return {" ".join(p[i : i + RUN_OF_WORDS]) for p in passages for i in range(len(p) - RUN_OF_WORDS + 1)}


def addresses(path: Path) -> list[str]:
    """The ids of a list of articles; none of a file that is one article."""
    value = json.loads(raw(path)) if path.suffix == ".json" else None
    return [row["link"] for row in value] if isinstance(value, list) else []


def members(story: str) -> list[Row]:
    return [row for row in gold() if row["story"] == story]


def test_every_file_has_its_gold_lines_and_every_gold_line_its_file() -> None:
    ids = []
    for name, path in files().items():
        ids += addresses(path) or [name]
    assert sorted(row["id"] for row in gold()) == sorted(ids)


def test_gold_is_sorted_and_an_event_is_named_exactly_where_a_story_is() -> None:
    assert [row["id"] for row in gold()] == sorted(row["id"] for row in gold())
    assert [row["id"] for row in gold() if bool(row["story"]) != bool(row["event"])] == []


def test_all_four_formats_are_there_several_times() -> None:
    formats = Counter(path.suffix for path in files().values())
    assert set(formats) == {".txt", ".html", ".json", ".md"}
    assert sum(formats.values()) >= 30
    assert min(formats.values()) >= 4


def test_the_embassy_talks_come_from_six_outlets_or_more_and_the_call_is_an_event_of_its_own() -> None:
    talks = members("istanbul-embassy-talks")
    outlets = {row["id"].split("/")[0] for row in talks}
    events = Counter(row["event"] for row in talks)
    assert len(talks) >= 8
    assert len(outlets) >= 6
    assert events["istanbul-talks"] >= 8
    assert events["phone-call"] == 1


def test_there_are_other_stories_of_three_or_more_articles_and_many_articles_of_none() -> None:
    sizes = Counter(row["story"] for row in gold())
    alone = sizes.pop("")
    assert sum(size >= 3 for size in sizes.values()) >= 5
    assert min(sizes.values()) >= 2
    assert alone >= 8


def test_scripts_beside_the_latin_one_are_inside_stories_and_outside() -> None:
    def scripts(rows: list[Row]) -> set[str]:
        letters = "".join(raw(files()[row["id"]]) for row in rows if row["id"] in files())
        return {unicodedata.name(letter, "?").split()[0] for letter in set(letters) if letter.isalpha()}

    assert {"ARABIC", "CJK", "CYRILLIC", "DEVANAGARI", "HIRAGANA"} <= scripts([r for r in gold() if r["story"]])
    assert {"HANGUL", "THAI"} <= scripts([r for r in gold() if not r["story"]])


def test_raw_pages_still_carry_their_boilerplate() -> None:
    everything = "\n".join(raw(path) for path in files().values())
    boilerplate = ["Source link", "Related Articles", "Leave a Reply", "Your email address will not be published"]
    boilerplate += ["Komentar (0)", "[iklan_2]", "Baca juga", "Lesen Sie auch", "cookie-banner", "syndicated feed"]
    assert [phrase for phrase in boilerplate if phrase not in everything] == []


def test_pages_are_complete_and_say_when_they_were_published() -> None:
    pages = {name: raw(path) for name, path in files().items() if path.suffix == ".html"}
    parts = ("<!DOCTYPE html>", "<nav", "</html>", 'property="article:published_time"')
    assert [name for name, page in pages.items() if not all(part in page for part in parts)] == []
    assert any('"articleBody"' in page and "<article" not in page for page in pages.values())
    assert any(b'charset="windows-1251"' in files()[name].read_bytes() for name in pages)


def test_the_wire_report_stands_in_two_outlets_nearly_word_for_word() -> None:
    one, other = (
        runs(files()[name]) for name in ("bosphorus-ledger/wire-0228.txt", "meridian-dispatch/2025-02-28-wire.json")
    )
    assert len(one & other) / min(len(one), len(other)) > 0.6
    assert one != other


def test_reports_of_the_talks_in_different_outlets_share_no_passage() -> None:
    stories = {row["id"]: row["story"] for row in gold()}
    talks = sorted(name for name in files() if stories.get(name) == "istanbul-embassy-talks" and "wire" not in name)
    pairs = [(a, b) for i, a in enumerate(talks) for b in talks[i + 1 :] if a.split("/")[0] != b.split("/")[0]]
    assert [(a, b, shared) for a, b in pairs if (shared := runs(files()[a]) & runs(files()[b]))] == []


def test_names_are_in_composed_form_so_that_every_file_system_finds_them() -> None:
    assert [name for name in files() if unicodedata.normalize("NFC", name) != name] == []
    assert any(not name.isascii() for name in files())


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real articles are not beside this checkout")
def test_no_passage_is_taken_from_the_real_articles() -> None:
    real = {run for path in SEEDS.glob("*.txt") for run in runs(path)}
    taken = {name: shared for name, path in files().items() if (shared := runs(path) & real)}
    assert real
    assert taken == {}
