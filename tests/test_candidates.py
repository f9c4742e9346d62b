"""Which pairs are scored: all that could join, each once, in order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from samples import described, sample

from newsclust.articles import Article
from newsclust.encoders.base import unit_rows
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.evaluation.gold import GoldSet, read_gold
from newsclust.pipeline import features_of, prepared
from newsclust.settings import Effort, Settings
from newsclust.similarity import candidates
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import probability, score_pairs
from newsclust.testing import WordHashEncoder

pytestmark = pytest.mark.usefixtures("builtin_model")

GOLD = Path(__file__).parents[2] / "shared" / "gold"
SCORED_FROM = 0.15
"""A pair this probable must be scored: leaving it out would move a mean."""


@cache
def gold_set(name: str) -> GoldSet:
    return read_gold(str(GOLD / f"{name}.jsonl.gz"))


def found(features: ArticleFeatures) -> set[tuple[int, int]]:
    first, second = candidate_pairs(features)
    return set(zip(first.tolist(), second.tolist(), strict=True))


def missed(features: ArticleFeatures) -> dict[tuple[int, int], float]:
    """The pairs that comparing everything with everything finds probable and the candidates lack."""
    first, second = np.triu_indices(len(features), 1)
    scored = score_pairs(features, first, second)
    probabilities = probability(np.maximum(scored.event, scored.story))
    probable = {
        (int(first[pair]), int(second[pair])): round(float(probabilities[pair]), 3)
        for pair in np.flatnonzero(probabilities >= SCORED_FROM)
    }
    assert len(probable) > 20
    return {pair: p for pair, p in probable.items() if pair not in found(features)}


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold sets are not beside this checkout")
@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
@pytest.mark.parametrize("name", ["ecbplus", "ntrex_core23"])
def test_no_probable_pair_of_a_random_sample_is_missed(name: str, effort: Effort) -> None:
    gold = gold_set(name)
    chosen = set(random.Random(11).sample(sorted({story for story in gold.stories.values() if story}), 8))
    articles = [article for article in gold.articles if gold.stories[article.id] in chosen]
    articles = random.Random(12).sample(articles, min(len(articles), 60))
    features, _ = features_of(prepared(articles), Settings(effort=effort))
    assert missed(features) == {}


@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_no_probable_pair_of_the_sample_articles_is_missed(effort: Effort) -> None:
    features, _ = features_of(sample(), Settings(effort=effort))
    assert missed(features) == {}


def test_pairs_come_once_sorted_with_the_earlier_place_first(monkeypatch: pytest.MonkeyPatch) -> None:
    features = described(sample())
    whole = candidate_pairs(features)
    pairs = list(zip(whole[0].tolist(), whole[1].tolist(), strict=True))
    assert len(pairs) > 20
    assert pairs == sorted(set(pairs))
    assert all(first < second for first, second in pairs)
    monkeypatch.setattr(candidates, "_ROWS_AT_ONCE", 5)
    assert [part.tolist() for part in candidate_pairs(features)] == [part.tolist() for part in whole]


def blank(size: int) -> ArticleFeatures:
    """Articles that share nothing: no words, no names, vectors as far apart as so many can be."""
    features = described([Article(id=str(n), text="", language="de") for n in range(size)])
    return replace(features, static=apart(size))


def apart(size: int) -> NDArray[np.float32]:
    """The corners of a simplex around 0: shape (size, 384)."""
    corners = np.eye(size, 384) - (np.arange(384) < size) / max(size, 1)
    return unit_rows(corners.astype(np.float32))


def test_articles_that_share_nothing_are_no_candidates() -> None:
    assert found(blank(7)) == set()
    assert found(blank(7).with_dense(apart(7), MODEL_ID)) == set()


def test_nearness_in_any_one_space_is_enough() -> None:
    near = apart(6)
    near[4] = near[1]
    assert found(replace(blank(6), static=near)) == {(1, 4)}
    assert found(blank(6).with_dense(near, MODEL_ID)) == {(1, 4)}
    texts = ["", "Überschwemmung", "", "", "Überschwemmung", ""]
    words = described([Article(id=str(place), text=text) for place, text in enumerate(texts)])
    assert found(replace(blank(6), words=words.words)) == {(1, 4)}


def test_a_few_articles_are_asked_for_their_best_partners_as_many_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule changes with their number: only where partners are looked for does."""
    for name, value in (("BEST_BY_VECTOR", 3), ("BEST_ACROSS", 1), ("BEST_BY_TERM", 1)):
        monkeypatch.setattr(candidates, name, value)
    features = described(sample())
    assert len(features) / 2 < len(candidate_pairs(features)[0]) <= len(features) * (3 + 1 + 3)


def test_every_copy_of_a_text_is_a_candidate_of_every_other() -> None:
    articles = [Article(id=str(n), text="جرت محادثات السفارات في إسطنبول", language="ar") for n in range(9)]
    features = described(articles).with_dense(
        WordHashEncoder(384).encode([article.text for article in articles]), MODEL_ID
    )
    assert len(found(features)) == 9 * 8 / 2


def test_partners_in_other_languages_are_asked_for_however_many_there_are_in_ones_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Words are shared in one's own language: of a large company all of the best partners would be there."""
    for name, value in (("BEST_BY_VECTOR", 4), ("BEST_ACROSS", 1), ("BEST_BY_TERM", 0)):
        monkeypatch.setattr(candidates, name, value)
    vectors = np.zeros((12, 384), np.float32)
    vectors[:, 0], vectors[:, 1] = 0.9, np.linspace(0.1, 0.4, 12)
    known = replace(blank(12), static=unit_rows(vectors), languages=np.array([0] * 11 + [1]))
    assert {(row, 11) for row in range(11)} <= found(known)


@pytest.mark.parametrize("size", [0, 1])
def test_fewer_than_two_articles_have_no_pair(size: int) -> None:
    assert found(blank(size)) == set()
    assert found(blank(size).with_dense(np.zeros((size, 384), np.float32), MODEL_ID)) == set()


def test_among_many_articles_the_best_pairs_are_found_once_and_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    features = described(sample())
    every = found(features)
    monkeypatch.setattr(candidates, "EXACT_UP_TO", 10)
    first, second = candidate_pairs(features)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)
    scored = score_pairs(features, *np.array(sorted(every), np.intp).T)
    likely = {pair for pair, odds in zip(sorted(every), scored.story.tolist(), strict=True) if odds >= 0}
    assert len(likely & set(pairs)) >= 0.98 * len(likely) > 20


def test_among_many_articles_each_brings_a_bounded_number_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EXACT_UP_TO", 10)
    for name, value in (("BEST_BY_VECTOR", 3), ("BEST_ACROSS", 1), ("BEST_BY_TERM", 1)):
        monkeypatch.setattr(candidates, name, value)
    features = described(sample())
    assert len(features) / 2 < len(candidate_pairs(features)[0]) <= len(features) * (3 + 1 + 3)


def test_of_very_many_that_are_all_alike_each_is_the_partner_of_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports from one template: all of them as good partners of each would be the square of their number."""
    for name, value in (("EXACT_UP_TO", 10), ("BEST_BY_VECTOR", 3), ("BEST_BY_TERM", 0)):
        monkeypatch.setattr(candidates, name, value)
    alike = replace(blank(200), static=np.full((200, 384), 384**-0.5, np.float32))
    partners = np.bincount(np.concatenate(candidate_pairs(alike)), minlength=200)
    assert partners.min() >= 3
    assert partners.max() <= 2 * 2 * 3


def test_among_many_articles_a_rare_name_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EXACT_UP_TO", 1)
    names = ["", "Åmål", "", "", "Åmål", ""]
    words = described([Article(id=str(place), text=name) for place, name in enumerate(names)])
    assert (1, 4) in found(replace(blank(6), names=words.names))


@pytest.mark.parametrize("space", ["static", "dense"])
def test_among_many_articles_those_of_the_same_weeks_come_first(monkeypatch: pytest.MonkeyPatch, space: str) -> None:
    """Six monthly reports that are hard to tell apart, of ten years: the partners are those of the same month."""
    months = [
        Article(
            id=f"{month:03}-{report}",
            language="de",
            title="Inflationsrate",
            text=f"Die Inflationsrate in der Türkei ist erneut gestiegen, teilt die Behörde mit. {report}",
            published=datetime(2015, 1, 15, tzinfo=UTC) + timedelta(days=30 * month, hours=report),
        )
        for month in range(40)
        for report in range(3)
    ]
    features = described(months)
    vectors = np.ones((len(months), 8), np.float32) / np.float32(8**0.5)
    features = replace(features, static=vectors)
    features = features.with_dense(vectors, "") if space == "dense" else features
    for name, value in (("EXACT_UP_TO", 10), ("BEST_BY_VECTOR", 2), ("BEST_BY_TERM", 0)):
        monkeypatch.setattr(candidates, name, value)
    same_month = {(3 * n + a, 3 * n + b) for n in range(40) for a, b in ((0, 1), (0, 2), (1, 2))}
    assert found(features) == same_month
    undated = replace(features, days=np.full(len(months), np.nan))
    assert len(found(undated)) > len(same_month)
