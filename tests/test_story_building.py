"""Labels to stories: nothing lost, total orders, ids that last, confidences in range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from samples import described, sample

from newsclust.articles import Article
from newsclust.building import build as story_building
from newsclust.building import confidence
from newsclust.building.build import Grouping, build_stories, seed_id
from newsclust.clustering.linkage import Labelling
from newsclust.execution.executor import Executor
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_duplicates import copies_among, related, same_text, versions
from newsclust.similarity.score import Pairs, certain, probability, score_pairs
from newsclust.stories import Story, Unclustered

pytestmark = pytest.mark.usefixtures("builtin_model")

TEXTS = {
    "de": "Sechs Stunden sprachen die Delegationen in Istanbul über ihre Botschaften.",
    "id": "Delegasi kedua negara membahas kedutaan besar selama enam jam di Istanbul.",
    "ru": "Делегации шесть часов обсуждали в Стамбуле работу посольств.",
    "ja": "両国の代表団はイスタンブールで大使館について六時間協議した。",
    "tr": "Heyetler İstanbul'da büyükelçiliklerin çalışmasını altı saat görüştü.",
}
LANGUAGES = list(TEXTS)


def article(id_: str, language: str = "de", day: int | None = None, text: str | None = None) -> Article:
    published = None if day is None else datetime(2025, 2, day, 9, 30, tzinfo=UTC)
    return Article(id=id_, text=text or f"{TEXTS[language]} {id_}.", language=language, published=published)


def grouping(
    articles: Sequence[Article], stories: Sequence[int] | None = None, events: Sequence[int] | None = None
) -> Grouping:
    """The grouping of the articles under the labels given, one for each distinct text; all one story by default."""
    rows = same_text(articles)
    distinct = [articles[place] for place in np.unique(rows, return_index=True)[1]]
    features = described(distinct)
    pairs = score_pairs(features, *np.triu_indices(len(features), 1))
    relations = related(distinct, features, pairs)
    pairs = certain(pairs, copies_among(relations, len(pairs)))
    labels = np.array(stories if stories is not None else [0] * len(distinct), np.intp)
    labelling = Labelling(np.array(events, np.intp) if events is not None else labels, labels)
    return Grouping(articles, rows, features, pairs, labelling, versions(articles, rows, pairs, relations))


def built(*given_: object, **options: object) -> tuple[tuple[Story, ...], tuple[Unclustered, ...]]:
    return build_stories(grouping(*given_, **options))  # type: ignore[arg-type]


@cache
def sample_grouping() -> Grouping:
    """The sample with three texts that two outlets printed alike."""
    again = [replace(a, id=f"nachdruck/{a.id}", published=None) for a in sample()[5:8]]
    articles = sorted([*sample(), *again], key=lambda a: a.id)
    return grouping(articles, range(len(sample())))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), groups=st.sampled_from([1, 4, 20, 200]))
def test_whatever_the_labels_nothing_is_lost_doubled_or_out_of_range(seed: int, groups: int) -> None:
    random = np.random.default_rng(seed)
    known = sample_grouping()
    events = random.integers(0, groups, len(known.features))
    stories = random.integers(0, max(1, groups // 2), groups)[events]
    found, alone = build_stories(replace(known, labels=Labelling(events, stories)))

    ids = [m.article.id for story in found for m in story.members] + [u.article.id for u in alone]
    assert sorted(ids) == [a.id for a in known.articles]
    for story in found:
        assert 0 <= story.cohesion <= 1
        assert len(story.members) > 1
        listed = {id_: event.id for event in story.events for id_ in event.articles}
        assert listed == {m.article.id: m.event for m in story.members}
        assert sum(len(event.articles) for event in story.events) == len(story.members)
        assert all(0 <= m.confidence <= 1 for m in story.members)
        assert {m.duplicate_of for m in story.members} - {None} <= {a.id for a in known.articles}
    for entry in alone:
        assert entry.nearest is not None
        assert 0 <= entry.nearest.probability <= 1
        assert entry.nearest.article != entry.article.id
    assert [len(s.members) for s in found] == sorted((len(s.members) for s in found), reverse=True)
    assert len({s.id for s in found} | {e.id for s in found for e in s.events}) == len(found) + sum(
        len(s.events) for s in found
    )


def test_a_story_and_its_event_keep_their_ids_when_later_articles_join() -> None:
    first = [article("m", "id", 27), article("n", "de", 28)]
    joined = [article("a", "ru", 28), article("b", "ja"), *first]
    (before,), _ = built(first)
    (after,), _ = built(joined)
    assert len(after.members) == 4
    assert after.id == before.id
    assert after.events[0].id == before.events[0].id


def test_an_earlier_article_gives_the_story_another_id() -> None:
    first = [article("m", "id", 27), article("n", "de", 28)]
    assert seed_id("story", first) != seed_id("story", [*first, article("z", "tr", 26)])


def test_ids_depend_on_the_earliest_article_alone_and_on_what_they_name() -> None:
    articles = [article("ü", day=27), article("b", day=28), article("c")]
    assert seed_id("story", articles) == seed_id("story", articles[::-1]) == seed_id("story", articles[:1])
    assert seed_id("story", articles)[1:] != seed_id("event", articles)[1:]
    assert seed_id("story", articles[2:]) == seed_id("story", [article("d"), article("c")])


def test_stories_come_largest_first_then_by_id_and_the_rest_by_article_id() -> None:
    articles = [article(name, LANGUAGES[place % 5]) for place, name in enumerate("abcdefghiz")]
    found, alone = built(articles, [5, 0, 0, 1, 1, 2, 2, 2, 3, 4])
    assert [len(story.members) for story in found] == [3, 2, 2]
    assert [story.id for story in found[1:]] == sorted(story.id for story in found[1:])
    assert [entry.article.id for entry in alone] == ["a", "i", "z"]


def test_members_come_most_central_first_and_copies_last() -> None:
    text = TEXTS["de"] + " Danach flogen beide Delegationen zurück in ihre Hauptstädte, wo sie berichten werden."
    copy = article("a", day=28, text=text.upper())
    articles = [copy, article("b", day=27, text=text), article("c", "id"), article("d", "ru")]
    (story,), _ = built(articles)
    assert story.members[-1].article.id == "a"
    assert story.members[-1].duplicate_of == "b"
    originals = story.members[:-1]
    assert [m.duplicate_of for m in originals] == [None] * 3
    assert [m.confidence for m in originals] == sorted((m.confidence for m in originals), reverse=True)


def test_events_come_by_first_date_and_undated_ones_last() -> None:
    articles = [article("a"), article("b", day=28), article("c", day=20), article("d", day=26), article("e", day=27)]
    (story,), alone = built(articles, [0] * 5, [0, 1, 1, 2, 3])
    assert alone == ()
    assert [set(event.articles) for event in story.events] == [{"b", "c"}, {"d"}, {"e"}, {"a"}]


def test_texts_that_are_equal_are_certain_of_each_other() -> None:
    (story,), _ = built([article("a", text="Eilmeldung"), article("b", text="EILMELDUNG")])
    assert [m.confidence for m in story.members] == [1.0, 1.0]
    assert story.cohesion == 1.0


def test_confidence_is_the_mean_probability_with_the_other_members_and_cohesion_their_mean() -> None:
    articles = [article(language, language) for language in sorted(TEXTS)]
    known = grouping(articles)
    first, second = np.triu_indices(5, 1)
    probabilities: NDArray[np.float64] = probability(score_pairs(known.features, first, second).story)
    (story,), _ = build_stories(known)
    found = {m.article.id: m.confidence for m in story.members}
    for place, entry in enumerate(articles):
        mean = probabilities[(first == place) | (second == place)].mean()
        assert found[entry.id] == pytest.approx(mean, abs=1e-6)
    assert story.cohesion == pytest.approx(np.mean(list(found.values())), abs=1e-6)


def test_a_very_large_story_compares_each_member_with_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "MOST_COMPARED", 3)
    (story,), _ = built(sample())
    assert len(story.members) == len(sample())
    assert all(0 < m.confidence <= 1 for m in story.members)


def test_an_unclustered_article_names_the_article_most_likely_to_tell_the_same() -> None:
    goat = article("ziege", text="Eine Ziege ist in Goslar aus dem Stall gelaufen und hat den Busverkehr aufgehalten.")
    articles = [article("a", "de"), goat, article("c", "tr")]
    known = grouping(articles, [0, 1, 2])
    _, alone = build_stories(known)
    probabilities = probability(score_pairs(known.features, np.array([0, 0, 1]), np.array([1, 2, 2])).story)
    nearest = {entry.article.id: entry.nearest for entry in alone}
    assert nearest["a"] is not None
    assert nearest["a"].article == "c"
    assert nearest["a"].probability == pytest.approx(probabilities[1], abs=1e-6)


def test_an_article_without_any_candidate_still_names_its_nearest() -> None:
    known = grouping([article("a", "de"), article("b", "ja"), article("c", "tr")], [0, 1, 2])
    none = np.zeros(0, np.intp)
    _, alone = build_stories(replace(known, pairs=score_pairs(known.features, none, none)))
    assert all(entry.nearest and entry.nearest.article != entry.article.id for entry in alone)


def test_one_article_has_no_nearest_and_none_give_nothing() -> None:
    found, alone = built([article("a")])
    assert found == ()
    assert [(entry.article.id, entry.nearest) for entry in alone] == [("a", None)]
    assert built([]) == ((), ())


def test_copies_of_one_text_are_not_scored_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    many = grouping([article(f"{n:05}", text=TEXTS["ja"]) for n in range(2_000)])
    scored: list[int] = []

    def counted(
        features: ArticleFeatures, first: NDArray[np.intp], second: NDArray[np.intp], executor: Executor
    ) -> Pairs:
        scored.append(len(first))
        return score_pairs(features, first, second, executor=executor)

    monkeypatch.setattr(confidence, "score_pairs", counted)
    (story,) = build_stories(many)[0]
    assert sum(scored) == 0
    assert {member.confidence for member in story.members} == {1.0}


def test_of_very_many_as_near_the_first_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """To an article without a vector all others are as near: looking at each would take the square of their number."""
    monkeypatch.setattr(story_building, "_CLOSEST", 2)
    vectors = np.zeros((9, 8), np.float32)
    vectors[1:, 0] = 1
    vectors[7, 0] += 5e-6  # as near but for rounding, and no longer looked at
    assert story_building._nearest(vectors, np.arange(4)).tolist() == [1, 2, 1, 1]
