from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from command_line import Command

from newsclust.archive.maintain import check
from newsclust.archive.transfer import import_lines
from newsclust.articles import Article, ReadResult
from newsclust.commands import output
from newsclust.errors import StoreError
from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store import regroup
from newsclust.store.file import reading
from newsclust.store.ids import resolved
from newsclust.store.read import whole_result
from newsclust.store.update import Update, update, updating
from newsclust.stories import ClusterResult
from newsclust.testing import WordHashEncoder

FAST = Settings(effort=Effort.FAST)
Feed = Callable[..., Update]


def groups(result: ClusterResult) -> set[frozenset[str]]:
    return {frozenset(member.article.id for member in story.members) for story in result.stories}


def everything(store: Path) -> ClusterResult:
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        return whole_result(connection, FAST)


def in_parts(articles: Sequence[Article], size: int) -> list[Sequence[Article]]:
    return [articles[start : start + size] for start in range(0, len(articles), size)]


@pytest.mark.parametrize("seed", [1, 2])
def test_random_batches_give_the_stories_of_grouping_at_once(
    feed: Feed, store: Path, sample: tuple[Article, ...], seed: int
) -> None:
    articles = list(sample)
    random.Random(seed).shuffle(articles)
    for part in in_parts(articles, 7):
        feed(part)
    assert groups(everything(store)) == groups(find_stories(ReadResult(sample), FAST))


def test_every_id_survives_every_batch(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    articles = list(sample)
    random.Random(3).shuffle(articles)
    seen: set[str] = set()
    for part in in_parts(articles, 5):
        feed(part)
        with reading(store) as connection:
            alive = {row[0] for row in connection.execute("SELECT id FROM stories")}
            assert {resolved(connection, id_) for id_ in seen} <= alive
        seen |= alive


def test_one_story_fed_in_any_order_keeps_the_id_first_opened(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    once = find_stories(ReadResult(sample), FAST).stories
    members = [member.article.id for member in next(story for story in once if 3 <= len(story.members) <= 5).members]
    articles = [article for article in sample if article.id in members]
    for seed in range(4):
        random.Random(seed).shuffle(articles)
        for left in store.parent.glob(f"{store.name}*"):
            left.unlink()
        opened = [story.id for article in articles for story in feed([article]).result.stories]
        (story,) = everything(store).stories
        assert story.id == opened[0]
        assert {member.article.id for member in story.members} == set(members)


def test_known_articles_cost_nothing_and_change_nothing(feed: Feed, sample: tuple[Article, ...]) -> None:
    first = feed(sample)
    again = feed(sample)
    assert (first.added, again.added, again.known) == (len(sample), 0, len(sample))
    assert again.result == first.result
    assert again.changes == ()


def test_a_changed_article_is_read_again_and_stays_where_it_belongs(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    before = feed(sample).result.stories[0]
    article = next(a for a in sample if a.id == before.members[0].article.id)
    done = feed([replace(article, text=article.text + "\nKoreksi: perundingan berlangsung enam jam.")])
    assert (done.added, done.changed) == (0, 1)
    assert done.changes == ()
    (story,) = done.result.stories
    assert (story.id, len(story.members)) == (before.id, len(before.members))
    everything(store)


def test_a_changed_article_that_tells_something_else_leaves_its_story(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    before = feed(sample).result.stories[0]
    article = next(a for a in sample if a.id == before.members[0].article.id)
    text = "Harga durian turun di pasar Chanthaburi setelah panen raya. Petani berharap ekspor segera pulih kembali."
    done = feed([replace(article, title="Harga durian turun", text=text)])
    (change,) = [change for change in done.changes if change.story == before.id]
    assert change.kinds == ("split",)
    assert article.id in change.left  # and perhaps one that hung on it
    kept = next(story for story in everything(store).stories if story.id == before.id)
    assert {m.article.id for m in kept.members} == {m.article.id for m in before.members} - set(change.left)
    assert len(kept.members) > len(before.members) / 2


def test_word_for_word_copies_join_what_they_repeat(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    article = next(a for a in sample if len(a.text) > 500)
    feed([article])
    done = feed([replace(article, id="salinan/ş.txt", url="https://example.org/salinan")])
    (story,) = done.result.stories
    assert {member.article.id for member in story.members} == {article.id, "salinan/ş.txt"}
    assert {member.duplicate_of for member in story.members} != {None}
    everything(store)


def test_the_window_parts_what_lies_further_apart(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    article = next(a for a in sample if len(a.text) > 500 and a.published)
    assert article.published is not None
    feed([article])
    late = replace(article, id="setahun-kemudian", published=article.published + timedelta(days=365))
    assert feed([late], window=14.0).result.stories == ()
    soon = replace(article, id="besok", published=article.published + timedelta(days=1))
    assert len(feed([soon], window=14.0).result.stories) == 1


def test_neighbourhoods_too_large_to_thaw_grow_the_same_stories(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regroup, "ANEW", 0)
    for part in in_parts(sample, 9):
        feed(part)
    found, wanted = groups(everything(store)), groups(find_stories(ReadResult(sample), FAST))
    together = {pair for group in wanted for pair in combinations(sorted(group), 2)}
    kept = {pair for group in found for pair in combinations(sorted(group), 2)}
    assert len(together & kept) >= 0.7 * len(together)
    assert len(together & kept) >= 0.7 * len(kept)


def test_other_settings_are_refused_with_what_to_do(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    with pytest.raises(StoreError, match=r"--granularity 0, not 1.*same options"):
        update(store, ReadResult(sample[:3]), replace(FAST, granularity=1))


def test_a_model_without_statistics_is_centred_on_the_whole_store(
    builtin_model: None, store: Path, sample: tuple[Article, ...]
) -> None:
    encoder = WordHashEncoder(64)
    for part in in_parts(sample, 20):
        update(store, ReadResult(tuple(part)), encoder=encoder)
    assert len(everything(store).stories) >= 5
    with pytest.raises(StoreError, match=r"word-hash/64.*word-hash/32"):
        update(store, ReadResult((replace(sample[0], id="lain"),)), encoder=WordHashEncoder(32))


def test_what_a_dead_run_changed_is_told_by_the_next(
    feed: Feed, store: Path, sample: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsclust.store import update as module

    calls = 0
    whole = module._add

    def dies(*arguments: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_add", dies)
    with pytest.raises(KeyboardInterrupt):
        feed(sample, batch=20)
    monkeypatch.setattr(module, "_add", whole)
    done = feed(sample, batch=20)
    assert done.known == 40
    assert {change.story for change in done.changes} == {story.id for story in everything(store).stories}
    assert {change.kinds for change in done.changes} == {("new",)}


def test_an_article_that_stands_in_two_files_of_a_folder_is_one(feed: Feed, store: Path, tmp_path: Path) -> None:
    """A folder to which every hour brings a file, each with some of the articles of the hour before."""
    texts = {"17": "In İzmir gewinnt ein Fährmann den Hafenpreis.", "18": "Ein Wal strandet vor Föhr und kommt frei."}

    def written(name: str, **rows: str) -> None:
        lines = [json.dumps({"id": id_, "text": text}) for id_, text in rows.items()]
        (tmp_path / "eingang" / name).write_text("\n".join(lines), "utf-8")

    (tmp_path / "eingang").mkdir()
    written("1.jsonl", **texts)
    feed(read_articles([str(tmp_path / "eingang")]).articles)
    written("2.jsonl", **{"18": texts["18"], "19": "北京でマラソン大会が開かれた。"})
    written("3.jsonl", **{"18": texts["18"] + " Fischer halfen.", "19": "北京でマラソン大会が開かれた。"})
    done = feed(read_articles([str(tmp_path / "eingang")]).articles)
    assert (done.added, done.changed, done.known) == (2, 0, 4)
    ids = {article.id for article in everything(store).articles}
    assert ids == {"17", "18", "18~3", "19"}
    again = feed(read_articles([str(tmp_path / "eingang")]).articles)
    assert (again.added, again.known) == (0, 6)


def runs(store: Path) -> tuple[int, int]:
    """How many runs there were, and how many of them nobody ended."""
    with reading(store) as connection:
        health = check(connection, store)
    return health.runs, health.unfinished_runs


def test_what_a_run_changed_that_died_before_it_told_it_is_told_by_the_next(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    with pytest.raises(KeyboardInterrupt), updating(store, ReadResult(sample), FAST) as done:
        raise KeyboardInterrupt
    assert runs(store) == (1, 1)
    again = feed(sample)
    assert (again.added, again.changes) == (0, done.changes)
    assert again.changes
    assert runs(store) == (2, 0)
    assert feed(sample).changes == ()


def test_an_import_tells_nothing_of_what_a_dead_run_changed(
    feed: Feed, store: Path, sample: tuple[Article, ...]
) -> None:
    with pytest.raises(KeyboardInterrupt), updating(store, ReadResult(sample), FAST) as done:
        raise KeyboardInterrupt
    import_lines(store, [json.dumps({"id": "ş", "text": "Ein Wal strandet vor Föhr.", "language": "de"})], FAST)
    assert runs(store) == (2, 1)
    assert feed(sample).changes == done.changes


def test_what_could_not_be_written_is_told_again(
    newsclust: Command, builtin_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("In İzmir gewinnt ein Fährmann den Hafenpreis der Stadt.", "utf-8")
    (tmp_path / "b.txt").write_text("In İzmir gewinnt ein Fährmann den Hafenpreis der Stadt.", "utf-8")
    command = ("group", "a.txt", "b.txt", "--store", "b.db", "--effort", "fast", "--changes", "-q")
    with monkeypatch.context() as patch:
        patch.setattr(output, "_write_file", full)
        assert newsclust(*command, "-o", "neu.json").code == 1
    (change,) = json.loads(newsclust(*command).out)["changes"]
    assert change["kinds"] == ["new"]
    assert json.loads(newsclust(*command).out)["changes"] == []


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")
