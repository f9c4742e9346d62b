"""What the sample and the real articles beside the checkout must group into."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from samples import DATA

from newsclust.evaluation.scoring import score
from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.stories import ClusterResult

pytestmark = pytest.mark.usefixtures("builtin_model")

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real articles are not beside this checkout")
TALKS = "istanbul-embassy-talks"


@cache
def grouped(*folders: Path) -> ClusterResult:
    """The folders' articles under the default settings."""
    return find_stories(read_articles([str(folder) for folder in folders]))


@cache
def gold() -> tuple[dict[str, str], ...]:
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def labels(result: ClusterResult, *, events: bool = False) -> dict[str, str]:
    """The story (or event) of every article; one of its own for an unclustered one."""
    found = {m.article.id: m.event if events else story.id for story in result.stories for m in story.members}
    return found | {entry.article.id: entry.article.id for entry in result.unclustered}


def bcubed(column: str, found: dict[str, str]) -> tuple[float, list[str]]:
    """B-cubed F1 against the gold column, and its mistakes."""
    right = {row["id"]: row[column] or row["id"] for row in gold()}
    assert set(found) == set(right)
    scores = score(right, found, {})
    return scores.everything.bcubed.f1, [str(mistake) for mistake in scores.mistakes]


def test_the_sample_falls_into_its_stories() -> None:
    f1, mistakes = bcubed("story", labels(grouped(DATA / "articles")))
    assert mistakes == []
    assert f1 == 1.0


def test_the_sample_falls_into_events_nearly_as_it_should() -> None:
    f1, mistakes = bcubed("event", labels(grouped(DATA / "articles"), events=True))
    assert f1 >= 0.85, mistakes  # measured: 0.89


@needs_seeds
def test_the_real_articles_are_one_story_with_the_call_as_an_event_of_its_own() -> None:
    result = grouped(SEEDS)
    assert [entry.article.id for entry in result.unclustered] == []
    (story,) = result.stories
    assert story.languages == {"id": 3, "de": 1, "en": 1}
    event = {member.article.id[:3]: member.event for member in story.members}
    assert sorted(event) == ["000", "001", "002", "003", "004"]
    assert event["000"] == event["003"] == event["004"]
    assert event["002"] != event["000"]


@needs_seeds
def test_the_real_articles_join_the_talks_of_the_sample_and_bring_nothing_else_in() -> None:
    found = labels(grouped(DATA / "articles", SEEDS))
    seeds = {article for article in found if article.split("/")[-1] in {path.name for path in SEEDS.iterdir()}}
    assert len(seeds) == 5
    stories = {found[article] for article in seeds}
    assert len(stories) == 1
    together = {article for article, story in found.items() if story in stories}
    assert together - seeds == {row["id"] for row in gold() if row["story"] == TALKS}


@needs_seeds
def test_the_real_articles_leave_the_other_stories_of_the_sample_as_they_are() -> None:
    before, after = (
        {frozenset(a for a in found if found[a] == story and a in ids) for story in found.values()} - {frozenset()}
        for ids in [{row["id"] for row in gold()}]
        for found in (labels(grouped(DATA / "articles")), labels(grouped(DATA / "articles", SEEDS)))
    )
    assert after == before
