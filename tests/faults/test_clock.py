"""A clock that jumps, stands at 1970, or runs backwards: stores stay whole and answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Command

HOUR = 3600.0
NOW = 1_760_000_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the clock; it goes on by a second whenever it is looked at."""
    moment = [NOW]

    def tick() -> float:
        moment[0] += 1.0
        return moment[0]

    monkeypatch.setattr(time, "time", tick)
    return lambda at: moment.__setitem__(0, at)


@pytest.mark.parametrize(
    "moments", [(NOW, NOW - 48 * HOUR, NOW - 49 * HOUR), (0.0, 1.0, NOW), (NOW, 0.0, -HOUR), (NOW, 4e9, NOW)]
)
def test_a_store_is_fed_and_asked_whatever_the_clock_says(
    newsclust: Command, articles: Path, clock: Callable[[float], None], moments: tuple[float, ...]
) -> None:
    store = ("--store", "berita.db", "--format", "json")
    lines = articles.read_text("utf-8").splitlines(keepends=True)
    for count, moment in enumerate(moments, 1):
        clock(moment)
        Path("satu.jsonl").write_text("".join(lines[:count]), encoding="utf-8")
        fed = newsclust("group", "satu.jsonl", *store, "--effort", "fast")
        assert fed.code == 0, fed.err
        assert f"1 added, 0 read again, {count - 1} known" in fed.err
    assert json.loads(newsclust("check", *store).out)["problems"] == []
    (story,) = json.loads(newsclust("stories", *store).out)["stories"]
    for command in (
        ("story", story["id"], *store),
        ("story", story["id"], "--store", "berita.db", "--format", "table"),
        ("stories", "--since", "1d", "--sort", "recent", *store),
        ("export", "--store", "berita.db"),
        ("forget", "--older-than", "90d", *store),
        ("check", *store),
    ):
        outcome = newsclust(*command)
        assert outcome.code == 0, (command, outcome.err)


def test_the_same_articles_give_the_same_bytes_at_any_time(
    newsclust: Command, articles: Path, clock: Callable[[float], None]
) -> None:
    found = set()
    for moment in (NOW, 0.0, 4e9):
        clock(moment)
        found.add(newsclust("group", articles.name, "--effort", "fast", "--format", "json").out)
    assert len(found) == 1
