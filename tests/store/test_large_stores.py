"""What a store does once it is large, seen on a small one with its bounds drawn in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from newsclust.articles import Article, ReadResult
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.store import describe, nearby, regroup, write
from newsclust.store.features import read_space
from newsclust.store.file import reading, transaction, writing
from newsclust.store.ids import Succession
from newsclust.store.maintain import check
from newsclust.store.nearby import Near, thinned
from newsclust.store.read import load_stories, whole_result
from newsclust.store.update import Update
from newsclust.stories import ClusterResult

FAST = Settings(effort=Effort.FAST)
Feed = Callable[..., Update]
Pairs = set[tuple[str, str]]


def everything(store: Path) -> ClusterResult:
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        return whole_result(connection, FAST)


def together(result: ClusterResult) -> Pairs:
    """Pairs of articles that share a story."""
    stories = [sorted(member.article.id for member in story.members) for story in result.stories]
    return {pair for story in stories for pair in combinations(story, 2)}


@pytest.fixture
def fed(feed: Feed, store: Path, sample: tuple[Article, ...]) -> Callable[[], ClusterResult]:
    """Feed the sample in parts; what the store holds then."""

    def in_parts() -> ClusterResult:
        for start in range(0, len(sample), 9):
            feed(sample[start : start + 9])
        return everything(store)

    return in_parts


@pytest.fixture(scope="session")
def at_once(sample: tuple[Article, ...], built_cache: Path) -> Pairs:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(built_cache))
        return together(find_stories(ReadResult(sample), FAST))


def mostly(found: Pairs, wanted: Pairs) -> bool:
    return len(found & wanted) >= 0.7 * max(len(found), len(wanted))


def test_a_large_story_takes_newcomers_behind_its_members_and_is_described_anew_when_it_has_grown(
    fed: Callable[[], ClusterResult], monkeypatch: pytest.MonkeyPatch, at_once: Pairs
) -> None:
    monkeypatch.setattr(describe, "SMALL", 2)
    monkeypatch.setattr(describe, "GROWTH", 3.0)
    monkeypatch.setattr(describe, "_TOGETHER", 3)
    found = fed()
    assert together(found) == at_once
    for story in found.stories:
        assert story.title
        assert all(event.title for event in story.events)
        assert all(0 <= member.confidence <= 1 for member in story.members)
        assert set(story.headlines) == {member.article.language for member in story.members}


def test_the_confidence_of_a_newcomer_is_its_mean_probability_with_members(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sample)
    (story, *_) = everything(store).stories
    ids = [member.article.id for member in story.members]
    store.unlink()
    monkeypatch.setattr(describe, "SMALL", 2)
    monkeypatch.setattr(describe, "GROWTH", 9.0)
    members = [article for article in sample if article.id in ids]
    feed(members[:-1])
    feed(members[-1:])
    (grown, *_) = everything(store).stories
    (newcomer,) = [m for m in grown.members if m.article.id == members[-1].id]
    (described,) = [m for m in story.members if m.article.id == members[-1].id]
    assert grown.members[-1] == newcomer
    assert newcomer.confidence == pytest.approx(described.confidence, abs=0.1)


def test_a_new_article_with_many_candidates_is_compared_with_some_that_stand_for_all(
    fed: Callable[[], ClusterResult], monkeypatch: pytest.MonkeyPatch, at_once: Pairs
) -> None:
    for module in (regroup, nearby):
        monkeypatch.setattr(module, "FEW", 3)
    monkeypatch.setattr(nearby, "MOST_A_BLOCK", 4)
    monkeypatch.setattr(nearby, "_ROWS_AT_ONCE", 8)
    monkeypatch.setattr(nearby, "SAMPLED", 3)
    assert mostly(together(fed()), at_once)


def test_known_groups_that_a_new_article_is_near_to_are_compared_with_each_other(
    fed: Callable[[], ClusterResult], monkeypatch: pytest.MonkeyPatch, at_once: Pairs
) -> None:
    monkeypatch.setattr(regroup, "THAWED", 0)
    monkeypatch.setattr(regroup, "HINT", 0.0)
    assert mostly(together(fed()), at_once)


def near(pairs: list[tuple[int, int, float]]) -> Near:
    fresh, stored, cosines = zip(*pairs, strict=True)
    cosine = np.array(cosines, np.float32)
    return Near(np.array(fresh, np.intp), np.array(stored, np.int64), cosine, np.ones(len(fresh), np.float32))


def test_few_candidates_are_all_kept() -> None:
    few = near([(0, place, 0.9) for place in range(nearby.FEW)])
    assert thinned(few, few.stored, np.ones(len(few.stored))) is few


def test_of_many_candidates_a_story_is_sampled_and_the_shares_stand_for_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearby, "FEW", 10)
    monkeypatch.setattr(nearby, "SAMPLED", 4)
    monkeypatch.setattr(nearby, "LONE", 2)
    monkeypatch.setattr(nearby, "STORIES", 1)
    # New article 0: 8 articles of story -1, 6 of story -2 that are less alike, 5 lone ones. New article 1: two.
    story = [(0, number, 0.9) for number in range(8)]
    other = [(0, 10 + number, 0.6) for number in range(6)]
    lone = [(0, 20 + number, 0.5 + number / 100) for number in range(5)]
    every = near([*story, *other, *lone, (1, 3, 0.7), (1, 24, 0.7)])
    keys = np.array([-1] * 8 + [-2] * 6 + [20, 21, 22, 23, 24] + [-1, 24])
    sizes = np.array([8.0] * 8 + [6.0] * 6 + [1.0] * 5 + [8.0, 1.0])
    kept = thinned(every, keys, sizes)
    assert kept.stored[kept.fresh == 0].tolist() == [0, 2, 4, 6, 23, 24]
    assert kept.shares[kept.fresh == 0].tolist() == [2.0] * 4 + [1.0] * 2
    assert kept.stored[kept.fresh == 1].tolist() == [3, 24]
    assert kept.shares[kept.fresh == 1].tolist() == [1.0, 1.0]


def test_a_small_story_that_joins_a_large_one_is_described_there(
    fed: Callable[[], ClusterResult], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = fed().stories
    large, small = stories[0], next(s for s in stories if not {*s.headlines} <= {*stories[0].headlines})
    monkeypatch.setattr(describe, "SMALL", 2)
    monkeypatch.setattr(describe, "GROWTH", 99.0)
    with writing(store) as connection, transaction(connection):
        ids = {name: number for number, name in connection.execute("SELECT number, id FROM stories")}
        numbers = dict(connection.execute("SELECT id, number FROM articles").fetchall())
        events = dict(connection.execute("SELECT id, number FROM events").fetchall())
        groups = [(event.id, [numbers[id_] for id_ in event.articles]) for s in (large, small) for event in s.events]
        levels = write._Levels([], [group for _, group in groups], [0] * len(groups))
        same = Succession(tuple((events[id_],) for id_, _ in groups), {})
        write._write_events(connection, levels, same, [ids[large.id]])
        space = read_space(connection)
        assert space is not None
        describe.describe_stories(connection, [ids[large.id]], space)
        (joined,) = load_stories(connection, [ids[large.id]])
    assert joined.headlines.keys() == large.headlines.keys() | small.headlines.keys()
    assert [m.article.id for m in joined.members][: len(large.members)] == [m.article.id for m in large.members]
    apart = {member.article.id: member.confidence for member in joined.members[len(large.members) :]}
    assert apart.keys() == {member.article.id for member in small.members}
    assert max(apart.values()) < 0.5
