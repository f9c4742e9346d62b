"""What a store does once it is large, seen on a small one with its bounds drawn in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from newsclust.archive.maintain import check
from newsclust.articles import Article
from newsclust.clustering.linkage import Labelling, cluster
from newsclust.settings import Effort, Settings
from newsclust.store import describe, regroup, scoring
from newsclust.store.features import load_rows
from newsclust.store.file import reading
from newsclust.store.read import whole_result
from newsclust.store.update import Update
from newsclust.stories import ClusterResult

FAST = Settings(effort=Effort.FAST)
Feed = Callable[..., Update]


def everything(store: Path) -> ClusterResult:
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        return whole_result(connection, FAST)


def together(result: ClusterResult) -> set[tuple[str, str]]:
    """Pairs of articles that share a story."""
    stories = [sorted(member.article.id for member in story.members) for story in result.stories]
    return {pair for story in stories for pair in combinations(story, 2)}


def test_large_stories_take_newcomers_behind_their_members_and_known_groups_stay_whole(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where likely pairs connect too much, and stories are too large to describe each time."""
    feed(sample)
    at_once = together(everything(store))
    for left in store.parent.glob(f"{store.name}*"):
        left.unlink()
    monkeypatch.setattr(regroup, "ANEW", 0)
    monkeypatch.setattr(describe, "LARGE", 2)
    monkeypatch.setattr(describe, "GROWTH", 3.0)
    monkeypatch.setattr(describe, "_TOGETHER", 3)
    before: set[tuple[str, str]] = set()
    for start in range(0, len(sample), 9):
        feed(sample[start : start + 9])
        found = everything(store)
        assert before <= together(found)  # nothing that was known moved
        before = together(found)
        for story in found.stories:
            assert story.title
            assert all(event.title for event in story.events)
            assert all(0 <= member.confidence <= 1 for member in story.members)
            assert set(story.headlines) == {member.article.language for member in story.members}
    assert len(before & at_once) >= 0.7 * max(len(before), len(at_once))


def test_the_confidence_of_a_newcomer_is_its_mean_probability_with_members(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sample)
    (story, *_) = everything(store).stories
    ids = [member.article.id for member in story.members]
    for left in store.parent.glob(f"{store.name}*"):
        left.unlink()
    monkeypatch.setattr(describe, "LARGE", 2)
    monkeypatch.setattr(describe, "GROWTH", 9.0)
    members = [article for article in sample if article.id in ids]
    feed(members[:-1])
    feed(members[-1:])
    (grown, *_) = everything(store).stories
    (newcomer,) = [m for m in grown.members if m.article.id == members[-1].id]
    (described,) = [m for m in story.members if m.article.id == members[-1].id]
    assert grown.members[-1] == newcomer
    assert newcomer.confidence == pytest.approx(described.confidence, abs=0.1)


def test_an_article_that_is_read_again_leaves_the_rest_of_a_large_story_whole(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = feed(sample).result.stories[0]
    begun: list[Labelling] = []

    def noted(*given: Any) -> Labelling:
        begun.append(given[-1])
        return cluster(*given)

    monkeypatch.setattr(regroup, "cluster", noted)
    monkeypatch.setattr(regroup, "ANEW", 0)
    article = next(one for one in sample if one.id == before.members[0].article.id)
    done = feed([replace(article, text=article.text + "\nKoreksi: perundingan berlangsung enam jam, kata İdris.")])
    (start,) = begun
    assert sorted(map(int, {*map(int, start.stories)})) == [0, 1]  # the article, and all the others
    assert {m.article.id for m in done.result.stories[0].members} == {m.article.id for m in before.members}


def test_each_article_is_read_once_a_run(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def noted(connection: Any, numbers: Any, space: Any) -> Any:
        read.extend(numbers)
        return load_rows(connection, numbers, space)

    feed(sample[:40])
    monkeypatch.setattr(scoring, "load_rows", noted)
    feed(sample[40:])
    assert read
    assert len(read) == len(set(read))
