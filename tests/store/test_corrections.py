"""What a person says of stories lasts, whatever comes after it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclust.archive.corrections import corrections, join, part, rename, undo
from newsclust.archive.maintain import check, forget
from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.errors import StoreError
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.ids import resolved
from newsclust.store.links import read_links
from newsclust.store.read import history, whole_result
from newsclust.store.update import Update, update
from newsclust.stories import ClusterResult, Story

FAST = Settings(effort=Effort.FAST)
Feed = Callable[..., Update]


def everything(store: Path) -> ClusterResult:
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        return whole_result(connection, FAST)


def members(story: Story) -> set[str]:
    return {member.article.id for member in story.members}


def home(store: Path, article: str) -> str | None:
    return next((story.id for story in everything(store).stories if article in members(story)), None)


def test_two_stories_that_were_joined_stay_one_in_later_runs(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    one, other, *_ = feed(sample[:40]).result.stories
    done = join(store, one.id, other.id[:8], reason="eine Reise")
    assert [members(story) for story in done.stories] == [members(one) | members(other)]
    assert {kind for change in done.changes for kind in change.kinds} == {"merged"}
    feed(sample)
    (story,) = {home(store, id_) for id_ in members(one) | members(other)}
    with reading(store) as connection:
        assert resolved(connection, one.id) == resolved(connection, other.id) == story
        assert [told.reason for told in corrections(connection)] == ["eine Reise"]
        assert "merged" in {kind for _, change in history(connection, story or "") for kind in change.kinds}


def test_articles_that_were_parted_never_come_back(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    story = feed(sample[:40]).result.stories[0]
    out, *rest = sorted(members(story))
    part(store, story.id, [out])
    feed(sample)
    homes = {home(store, id_) for id_ in rest}
    assert home(store, out) not in homes - {None}
    update(store, ReadResult(tuple(a for a in sample if a.id == out)), FAST)
    assert home(store, out) not in homes - {None}


def test_a_title_that_was_given_stays_also_when_the_story_grows_or_is_merged(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    one, other, *_ = feed(sample[:40]).result.stories
    (renamed,) = rename(store, other.id, " Gespräche  in İstanbul ").stories
    assert renamed.title == "Gespräche in İstanbul"
    feed(sample)
    join(store, one.id, other.id)
    titles = {story.id: story.title for story in everything(store).stories}
    with reading(store) as connection:
        assert titles[resolved(connection, other.id) or ""] == "Gespräche in İstanbul"
    undo(store, 1)
    assert "Gespräche in İstanbul" not in {story.title for story in everything(store).stories}


def test_undo_leaves_it_to_the_articles_again(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    before = feed(sample).result.stories
    groups = {frozenset(members(story)) for story in before}
    join(store, before[0].id, before[1].id)
    part(store, before[2].id, [before[2].members[0].article.id])
    assert {frozenset(members(story)) for story in everything(store).stories} != groups
    assert undo(store).correction.verb == "part"
    assert undo(store).correction.verb == "join"
    assert {frozenset(members(story)) for story in everything(store).stories} == groups
    with pytest.raises(StoreError, match="no correction that stands"):
        undo(store)


def test_undoing_a_join_gives_back_the_ids_that_stood_before(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    """Whichever part is larger: the id of the larger one was no right to the smaller one's."""
    before = {story.id: frozenset(members(story)) for story in feed(sample).result.stories}
    large, *_, small = sorted(before, key=lambda id_: (len(before[id_]), id_), reverse=True)
    for one, other in ((large, small), (small, large)):
        join(store, one, other, reason="satu perkara")
        assert len(everything(store).stories) == len(before) - 1
        undone = undo(store)
        assert {story.id: frozenset(members(story)) for story in everything(store).stories} == before
        assert {story.id for story in undone.stories} == {one, other}
        assert sorted(kind for change in undone.changes for kind in change.kinds) == ["new", "split"]


def test_aliases_come_back_with_the_id_that_they_led_to(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    one, other, third, *_ = (story.id for story in feed(sample).result.stories)
    (inner,) = join(store, other, third).stories
    alias = other if inner.id == third else third
    join(store, one, inner.id)
    undo(store)
    with reading(store) as connection:
        assert resolved(connection, alias) == resolved(connection, inner.id) == inner.id
        assert resolved(connection, one) == one
    undo(store)
    assert {one, other, third} <= {story.id for story in everything(store).stories}


def test_what_contradicts_an_earlier_correction_is_refused_and_changes_nothing(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    one, other, *_ = feed(sample).result.stories
    together = join(store, one.id, other.id).stories[0]
    before = everything(store)
    with pytest.raises(StoreError, match="an earlier correction says the opposite"):
        part(store, together.id, sorted(members(one)))
    with pytest.raises(StoreError, match="one story already"):
        join(store, one.id, other.id)
    with pytest.raises(StoreError, match="all articles of story"):
        part(store, together.id, sorted(members(together)))
    with pytest.raises(StoreError, match="has no article 'tidak ada'"):
        part(store, together.id, ["tidak ada"])
    with pytest.raises(StoreError, match="no story or article 's-ada'"):
        join(store, together.id, "s-ada")
    with pytest.raises(StoreError, match="no story 's-ada'"):
        rename(store, "s-ada", "Judul")
    assert everything(store) == before
    with reading(store) as connection:
        assert len(corrections(connection)) == 1


def test_corrections_label_pairs_and_are_struck_with_what_is_forgotten(
    feed: Feed, store: Path, sample: tuple[Article, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, other, third, *_ = feed(sample).result.stories
    lone = everything(store).unclustered[0].article.id
    join(store, lone, other.id)
    out = third.members[0].article.id
    part(store, third.id, [out], reason="其他")
    capsys.readouterr()
    assert run(["corrections", "--store", str(store)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {(pair["first"], pair["second"], pair["same_story"]) for pair in told["pairs"]} == {
        *((lone, id_, True) for id_ in members(other)),
        *((out, id_, False) for id_ in members(third) - {out}),
    }
    forget(store, [out])
    with reading(store) as connection:
        assert [said.verb for said in corrections(connection)] == ["join"]


def test_every_verb_is_a_command(
    feed: Feed, store: Path, sample: tuple[Article, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, *_ = feed(sample).result.stories
    place = ["--store", str(store), "--format", "table"]
    for command in (
        ["join", one.id, other.id, "--reason", "eine Reise"],
        ["part", one.id, one.members[0].article.id],
        ["rename", one.id, "Judul"],
        ["corrections"],
        ["undo"],
        ["undo", "1"],
    ):
        code = run([*command, *place])
        assert code == (1 if command[0] == "part" else 0), command
    out = capsys.readouterr().out
    assert "eine Reise" in out
    assert "join, undone" in out


Steps = list[tuple[str, int, int]]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["join", "part", "undo", "feed", "rename"]), st.integers(0, 99), st.integers(0, 99)),
        min_size=3,
        max_size=12,
    )
)
def test_after_any_corrections_and_batches_they_hold_ids_last_and_nothing_is_lost(
    builtin_model: None, sample: tuple[Article, ...], tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> None:
    store = tmp_path_factory.mktemp("kebetulan") / "berita.db"
    articles = list(sample)
    random.Random(steps[0][1]).shuffle(articles)
    fed, seen = 20, set[str]()
    update(store, ReadResult(tuple(articles[:fed])), FAST)
    for verb, first, second in steps:
        stories = everything(store).stories
        if verb == "feed":
            fed += 8
            update(store, ReadResult(tuple(articles[:fed])), FAST)
        with suppress(StoreError):  # a contradiction is refused
            corrected(store, verb, first, second, stories)
        everything(store)  # check holds that every correction is honoured
        with reading(store) as connection:
            assert not read_links(connection).broken
            alive = {id_ for (id_,) in connection.execute("SELECT id FROM stories")}
            known = {id_ for (id_,) in connection.execute("SELECT id FROM ids WHERE kind = 'story'")}
            assert seen <= known
            assert {id_ for id_ in seen if (resolved(connection, id_) or "") in known} == seen
            held = {id_ for (id_,) in connection.execute("SELECT id FROM articles")}
        assert held == {article.id for article in articles[:fed]}
        seen |= alive


def corrected(store: Path, verb: str, first: int, second: int, stories: tuple[Story, ...]) -> Any:
    if verb == "undo":
        return undo(store)
    if not stories:
        return None
    one, other = stories[first % len(stories)], stories[second % len(stories)]
    if verb == "join":
        return join(store, one.id, other.id)
    if verb == "rename":
        return rename(store, one.id, f"Judul {second}")
    if verb == "part":
        return part(store, one.id, [m.article.id for m in one.members[: 1 + second % len(one.members)]])
    return None
