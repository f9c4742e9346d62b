"""The same-story score: its laws, and that a pair's score depends on the pair alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from samples import described, sample, sample_stories

from newsclust.articles import UNDETERMINED, Article
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.similarity import score as similarity
from newsclust.similarity.calibration import Calibration, Weights, load_calibrations
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import (
    CERTAIN,
    Indices,
    certain,
    contributions,
    date_effect,
    fitting_calibration,
    is_across,
    pair_features,
    probability,
    score_pairs,
)
from newsclust.testing import WordHashEncoder

pytestmark = pytest.mark.usefixtures("builtin_model")

NO_LIKENESS = {"constant", "nothing", "scant", "other_numbers"}
TIERS = ["static", "dense"]
LEVELS = ["event", "story"]


def features(tier: str) -> ArticleFeatures:
    """The sample without, or with (made-up) vectors of a transformer."""
    known = described(sample())
    if tier == "static":
        return known
    return known.with_dense(WordHashEncoder(384).encode([article.body for article in sample()]), MODEL_ID)


def shipped(tier: str, level: str) -> Weights:
    weights: Weights = getattr(load_calibrations()[tier], level)
    return weights


def every_pair(size: int) -> tuple[Indices, Indices]:
    first, second = np.triu_indices(size, 1)
    return first, second


def dated(days: float | None) -> Article:
    moment = None if days is None else datetime(2025, 2, 27, tzinfo=UTC) + timedelta(days=days)
    return Article(id=f"{days}", text="Gespräche über Botschaften in Istanbul", language="de", published=moment)


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("level", LEVELS)
def test_no_likeness_weighs_less_than_nothing(tier: str, level: str) -> None:
    weights = shipped(tier, level)
    for side in chain.from_iterable(weights.sides()):
        assert {name: weight for name, weight in side.items() if name not in NO_LIKENESS and weight < 0} == {}
    assert weights.apart >= 0


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), grown=st.floats(0, 1))
def test_more_likeness_never_lowers_the_log_odds(tier: str, level: str, seed: int, grown: float) -> None:
    weights = shipped(tier, level)
    random = np.random.default_rng(seed)
    names = sorted({*weights.within, *weights.across})
    known = {name: random.random(20) for name in [*names, "brevity"]}
    across = random.random(20) < 0.5
    before = np.sum(list(contributions(known, across, weights).values()), axis=0)
    for name in set(names) - NO_LIKENESS:
        after = contributions(known | {name: known[name] + grown}, across, weights)
        assert (np.sum(list(after.values()), axis=0) >= before - 1e-12).all()


@pytest.mark.parametrize("tier", TIERS)
def test_a_pair_scores_the_same_bits_alone_and_in_any_company_and_order(tier: str) -> None:
    known = features(tier)
    first, second = every_pair(len(known))
    together = score_pairs(known, first, second)
    order = np.random.default_rng(3).permutation(len(first))
    shuffled = score_pairs(known, first[order], second[order])
    assert (shuffled.event == together.event[order]).all()
    assert (shuffled.story == together.story[order]).all()
    for pair in order[:60]:
        alone = score_pairs(known, first[pair : pair + 1], second[pair : pair + 1])
        turned = score_pairs(known, second[pair : pair + 1], first[pair : pair + 1])
        assert alone.event[0] == turned.event[0] == together.event[pair]
        assert alone.story[0] == turned.story[0] == together.story[pair]


def test_blocks_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    known = features("dense")
    first, second = every_pair(len(known))
    whole = score_pairs(known, first, second)
    monkeypatch.setattr(similarity, "_PAIRS_AT_ONCE", 7)
    parts = score_pairs(known, first, second)
    assert (parts.event == whole.event).all()
    assert (parts.story == whole.story).all()


def test_other_articles_in_the_run_do_not_move_a_score() -> None:
    few, many = described(sample()[10:16]), described(sample())
    first, second = every_pair(6)
    alone, among = score_pairs(few, first, second), score_pairs(many, first + 10, second + 10)
    # Vectors are centred by a matrix product, which rounds by the size of the matrix.
    np.testing.assert_allclose(alone.story, among.story, atol=1e-4)
    assert abs(few.words - many.words[10:16]).max() == 0
    assert abs(few.names - many.names[10:16]).max() == 0


@pytest.mark.parametrize("tier", TIERS)
def test_contributions_and_dates_sum_to_the_log_odds(tier: str) -> None:
    known = features(tier)
    first, second = every_pair(len(known))
    values, across = pair_features(known, first, second), is_across(known, first, second)
    scored = score_pairs(known, first, second)
    for level, odds in (("event", scored.event), ("story", scored.story)):
        weights = shipped(tier, level)
        added = np.sum(list(contributions(values, across, weights).values()), axis=0)
        np.testing.assert_allclose(odds, added + date_effect(known, first, second, weights), rtol=1e-12, atol=1e-12)


def test_pairs_of_one_story_score_above_others() -> None:
    known = described(sample())
    first, second = every_pair(len(known))
    stories = [sample_stories()[article.id] for article in sample()]
    same = np.array([bool(stories[a]) and stories[a] == stories[b] for a, b in zip(first, second, strict=True)])
    odds = score_pairs(known, first, second).story
    assert np.median(odds[same]) > np.quantile(odds[~same], 0.99)


def test_every_feature_is_finite_and_likenesses_are_cosines() -> None:
    articles = [*sample(), *(Article(id=text, text=text) for text in ("", "… — ¿?", "0"))]
    known = described(articles).with_dense(
        WordHashEncoder(384).encode([article.body for article in articles]), MODEL_ID
    )
    for name, values in pair_features(known, *every_pair(len(known))).items():
        assert np.isfinite(values).all(), name
        if name not in NO_LIKENESS | {"static", "dense"}:
            assert (values >= 0).all(), name
            assert (values <= 1).all(), name


def test_texts_of_unknown_language_are_never_within_one_language() -> None:
    known = described([Article(id=name, text=name, language=UNDETERMINED) for name in "ab"] + [dated(0), dated(1)])
    across = is_across(known, np.array([0, 0, 2]), np.array([1, 2, 3]))
    assert across.tolist() == [True, True, False]


def effect_of(days: list[float | None], apart: float = 2.0, sigma: float = 3.0) -> NDArray[np.float64]:
    """The date effect between a first article and each of the others."""
    known = described([dated(day) for day in days])
    rest = np.arange(1, len(days))
    return date_effect(known, np.zeros(len(rest), np.intp), rest, Weights({}, {}, apart, sigma))


def test_one_moment_or_an_unknown_date_changes_nothing() -> None:
    assert effect_of([0, 0, None]).tolist() == [0, 0]
    assert effect_of([None, 3, None]).tolist() == [0, 0]


def test_dates_further_apart_take_more_up_to_a_limit() -> None:
    effect = effect_of([0, 0.1, 1, 3, 10, 300])
    assert sorted(effect, reverse=True) == effect.tolist()
    assert len(set(effect[:4])) == 4
    assert effect[2] == pytest.approx(-2.0 * (1 - np.exp(-0.5)))
    assert effect[-1] == pytest.approx(-2.0)


def test_earlier_and_later_count_alike() -> None:
    assert effect_of([0, -4]) == pytest.approx(effect_of([0, 4]))


def test_dates_apart_lower_the_event_more_than_the_story() -> None:
    known = described([dated(0), dated(1 / 24), dated(19)])
    calibration = Calibration(
        event=Weights({"constant": 1.0}, {}, apart=2.0, sigma=3.0),
        story=Weights({"constant": 1.5}, {}, apart=0.5, sigma=10.0),
    )
    scored = score_pairs(known, np.array([0, 0]), np.array([1, 2]), calibration)
    assert scored.event.tolist() == pytest.approx([1.0, -1.0], abs=1e-3)
    assert scored.story.tolist() == pytest.approx([1.5, 1.5 - 0.5 * (1 - np.exp(-0.5 * 1.9**2))], abs=1e-3)


def test_probability_is_a_half_at_even_odds_and_defined_everywhere() -> None:
    assert probability(0.0) == 0.5
    assert probability(np.log(9.0)) == pytest.approx(0.9)
    extreme = probability(np.array([-np.inf, -1e6, -30, 0, 30, 1e6, np.inf]))
    assert (np.diff(extreme) >= 0).all()
    assert extreme.min() >= 0
    assert extreme.max() <= 1


def test_the_calibration_follows_what_is_known() -> None:
    assert fitting_calibration(features("static")) is load_calibrations()["static"]
    assert fitting_calibration(features("dense")) is load_calibrations()["dense"]


def test_copies_become_certain_and_nothing_else_moves() -> None:
    pairs = score_pairs(features("static"), np.array([0, 0, 1]), np.array([1, 2, 2]))
    pairs = replace(pairs, event=np.array([-3.0, 2.0, 40.0]), story=np.array([-2.0, 3.0, 41.0]))
    sure = certain(pairs, np.array([True, False, True]))
    assert sure.event.tolist() == [CERTAIN, 2.0, 40.0]
    assert sure.story.tolist() == [CERTAIN, 3.0, 41.0]
    assert pairs.event.tolist() == [-3.0, 2.0, 40.0]
    assert probability(CERTAIN) > 0.9999


def test_no_pairs_give_no_scores() -> None:
    none = np.zeros(0, np.intp)
    assert len(score_pairs(features("dense"), none, none)) == 0


def test_words_that_two_articles_share_weigh_what_sparse_products_sum_to() -> None:
    """To the last bit, whichever pairs are asked for together; names within a language."""
    features = described([*sample(), Article(id="leer", text="…"), Article(id="ş", text="北京でマラソン大会。")])
    random = np.random.default_rng(1)
    first, second = random.integers(0, len(features), (2, 500))
    nothing = np.zeros(len(features))
    features = replace(features, languages=nothing.astype(np.intp), unfamiliar=nothing.astype(np.float32))
    for name in ("words", "names", "phonetic"):
        rows = getattr(features, name)
        wanted = np.asarray(rows[first].multiply(rows[second]).sum(axis=1), np.float64).ravel()
        assert pair_features(features, first, second)[name].tolist() == np.sqrt(np.clip(wanted, 0, 1)).tolist()
