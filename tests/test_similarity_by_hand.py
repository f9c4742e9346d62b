"""Features, log odds and probabilities of pairs, worked out by hand on four made-up articles."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, nan, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from pair_lists import pairs_of
from scipy import sparse

from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.similarity import score as similarity
from newsclust.similarity.calibration import Calibration, Weights, load_calibrations
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import (
    CERTAIN,
    UNFAMILIAR,
    Floats,
    Indices,
    Pairs,
    certain,
    contributions,
    date_effect,
    fitting_calibration,
    is_across,
    pair_features,
    probability,
    score_pairs,
)

ONE_AND_ONE, ONE_AND_TWO = 1 / 3, sqrt(1 / 3 * 2 / 4)
"""What is left of a cosine across languages of two texts with so many names."""


def rows(*values: tuple[float, ...]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(values, np.float32))


def tokens(*counts: int) -> sparse.csr_matrix:
    """Texts of so many tokens."""
    return rows(*[(1.0,) * count + (0.0,) * (max(counts) - count) for count in counts])


def numbers(*values: float) -> NDArray[np.float32]:
    return np.array(values, np.float32)


ARTICLES = ArticleFeatures(
    words=rows((0.6, 0.8, 0), (0.6, 0.8, 0), (0.8, 0, 0.6), (0, 0, 1)),
    names=rows((1, 0), (0.6, 0.8), (0, 1), (0, 0)),
    phonetic=rows((0.6, 0.8), (1, 0), (1, 0), (0, 1)),
    numbers=rows((0.6, 0.8), (0, 1), (1, 0), (0, 0)),
    static=np.array([(1, 0), (0.6, 0.8), (0.8, 0.6), (-1, 0)], np.float32),
    dense=np.array([(0, 1), (0.6, 0.8), (0.8, 0.6), (0, -1)], np.float32),
    languages=np.array([0, 0, 1, 2]),
    static_density=numbers(0.0, 0.0, 0.2, 0.4),
    dense_density=numbers(0.3, 0.1, 0.5, 0.1),
    unfamiliar=numbers(0.0, 0.0, 0.0, 0.0),
    days=np.array([10.0, 12.0, nan, 10.0]),
    model_id=MODEL_ID,
)
FIRST, SECOND = np.array([0, 0, 1, 0]), np.array([1, 2, 2, 3])
WEIGHTS = Weights(
    within={"constant": -1.0, "words": 2.0, "static": 4.0},
    across={"constant": -3.0, "static": 1.0, "names": 0.5},
    apart=2.0,
    sigma=4.0,
)
OTHER = Weights(within={"constant": 1.0}, across={"constant": 7.0}, apart=0.0, sigma=1.0)


def values(name: str, articles: ArticleFeatures = ARTICLES) -> list[float]:
    found: list[float] = pair_features(articles, FIRST, SECOND)[name].tolist()
    return found


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("constant", [1, 1, 1, 1]),
        ("words", [1, sqrt(0.48), sqrt(0.48), 0]),
        ("names", [sqrt(0.6), 0, sqrt(0.8 * ONE_AND_TWO), 0]),
        ("phonetic", [sqrt(0.6), sqrt(0.6 * ONE_AND_TWO), sqrt(ONE_AND_ONE), sqrt(0.8 * ONE_AND_TWO)]),
        ("nothing", [0, 0, 0, 0]),
        ("other_numbers", [0, 0, -1, 0]),
        ("static", [0.6, 0.8 - 0.1, 0.96 - 0.1, -1 - 0.2]),
        ("dense", [0.8 - 0.2, 0.6 - 0.4, 0.96 - 0.3, -1 - 0.2]),
    ],
)
def test_each_feature_is_what_it_says(name: str, wanted: list[float]) -> None:
    assert values(name) == pytest.approx(wanted, abs=1e-6)


def replaced(**changed: object) -> ArticleFeatures:
    from dataclasses import replace

    return replace(ARTICLES, **changed)  # type: ignore[arg-type]


def test_without_vectors_of_a_transformer_there_is_no_such_feature() -> None:
    assert set(pair_features(ARTICLES, FIRST, SECOND)) - set(pair_features(replaced(dense=None), FIRST, SECOND)) == {
        "dense"
    }


def test_in_languages_of_which_nothing_is_known_likeness_is_held_against_what_is_usual_there() -> None:
    unknown = replaced(unfamiliar=numbers(1.0, 1.0, 1.0, 0.0))
    for name, (within, between) in UNFAMILIAR.items():
        less = [before - after for before, after in zip(values(name), values(name, unknown), strict=True)]
        assert less == pytest.approx([within, between, between, 0], abs=1e-6)
    assert values("tokens", unknown) == values("tokens")
    assert values("words", replaced(words=rows(*[(1.0, 0, 0), (0, 1.0, 0)] * 2), unfamiliar=unknown.unfamiliar))[0] == 0


def test_vectors_of_a_model_with_a_profile_of_its_own_are_held_against_nothing_else() -> None:
    foreign = replaced(unfamiliar=numbers(1, 1, 1, 1), calibration=Calibration(WEIGHTS, OTHER))
    assert values("dense", foreign) == values("dense")


def test_pairs_across_languages_are_those_of_two() -> None:
    assert is_across(ARTICLES, FIRST, SECOND).tolist() == [False, True, True, True]


def test_rounding_never_takes_a_cosine_out_of_its_bounds() -> None:
    odd = replaced(words=rows((0.8, 0.7), (0.8, 0.7), (-1, 0), (1, 0)))
    assert (pair_features(odd, FIRST, SECOND)["words"] ** 2).tolist() == [1, 0, 0, pytest.approx(0.8)]


def test_a_pair_has_the_same_bits_alone_and_among_many_partners_of_one_row() -> None:
    random = np.random.default_rng(20191101)
    texts = sparse.csr_matrix(sparse.random(40, 300, 0.2, dtype=np.float32, random_state=random))
    some = ARTICLES.at(np.zeros(40, np.intp))
    articles = replace(some, words=texts, names=texts, phonetic=texts, numbers=texts)
    first, second = np.zeros(39, np.intp), np.arange(1, 40)
    together = pair_features(articles, first, second)
    alone = [pair_features(articles, first[at : at + 1], second[at : at + 1]) for at in range(39)]
    for name, values in together.items():
        assert values.tolist() == [float(one[name][0]) for one in alone]


def test_no_pairs_have_no_features() -> None:
    none = np.zeros(0, np.intp)
    scored = score_pairs(ARTICLES, none, none, Calibration(WEIGHTS, OTHER))
    assert (len(scored), scored.event.shape, scored.story.shape) == (0, (0,), (0,))


def test_a_feature_counts_by_the_weight_of_its_side_and_not_where_it_has_none() -> None:
    features = {"words": np.array([0.5, 0.5]), "names": np.array([1.0, 1.0]), "unknown": np.array([9.0, 9.0])}
    found = contributions(features | {"brevity": np.array([0.0, 0.9])}, np.array([False, True]), WEIGHTS)
    assert {name: parts.tolist() for name, parts in found.items()} == {"words": [1.0, 0.0], "names": [0.0, 0.5]}


def test_between_texts_and_headlines_a_coefficient_goes_by_the_brevity_of_the_shorter() -> None:
    counted = tokens(30, 30, 60, 15)
    assert values("brevity", replaced(words=counted)) == pytest.approx([0.5, 0.5, 0.5, 16 / 17])
    weights = Weights({"words": 2.0}, {"words": 3.0}, 0.0, 1.0, {"words": 4.0, "constant": 1.0}, {})
    features = {"words": np.ones(3), "constant": np.ones(3), "brevity": np.array([0.0, 0.25, 1.0])}
    within, across = (contributions(features, np.full(3, side), weights) for side in (False, True))
    assert within["words"].tolist() == [2.0, 2.5, 4.0]
    assert within["constant"].tolist() == [0.0, 0.25, 1.0]
    assert across["words"].tolist() == [3.0, 3.0, 3.0]  # no coefficients of its own: judged as a text is
    assert across["constant"].tolist() == [0.0, 0.0, 0.0]


def test_dates_take_nothing_on_one_day_or_unknown_and_all_when_far_apart() -> None:
    at = -2.0 * (1 - exp(-0.5 * (2 / 4) ** 2))
    assert date_effect(ARTICLES, FIRST, SECOND, WEIGHTS).tolist() == pytest.approx([at, 0, 0, 0])
    far = replaced(days=np.array([10.0, 1e6, 10.0, nan]))
    assert date_effect(far, FIRST, SECOND, WEIGHTS).tolist() == pytest.approx([-2, 0, -2, 0])


@pytest.mark.parametrize("at_once", [1, 2, 3, 1 << 15])
def test_log_odds_are_the_sum_of_all_parts_for_each_level(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(similarity, "_PAIRS_AT_ONCE", at_once)
    scored = score_pairs(ARTICLES, FIRST, SECOND, Calibration(event=WEIGHTS, story=OTHER))
    dates = -2.0 * (1 - exp(-0.5 * (2 / 4) ** 2))
    wanted = [-1 + 2 + 4 * 0.6 + dates, -3 + 0.7, -3 + 0.86 + sqrt(0.8 * ONE_AND_TWO) / 2, -3 - 1.2]
    assert scored.event.tolist() == pytest.approx(wanted, abs=1e-6)
    assert scored.story.tolist() == [1, 7, 7, 7]
    assert scored.dates.tolist() == pytest.approx([dates, 0, 0, 0])
    assert (scored.first.tolist(), scored.second.tolist()) == (FIRST.tolist(), SECOND.tolist())


def test_no_more_pairs_are_held_at_once_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[list[int]] = []
    plain = similarity.pair_features

    def noted(articles: ArticleFeatures, first: Indices, second: Indices) -> dict[str, Floats]:
        held.append([*map(int, second)])
        return plain(articles, first, second)

    monkeypatch.setattr(similarity, "pair_features", noted)
    monkeypatch.setattr(similarity, "_PAIRS_AT_ONCE", 3)
    score_pairs(ARTICLES, FIRST, SECOND, Calibration(WEIGHTS, OTHER))
    assert held == [[1, 2, 2], [3]]


def test_the_shipped_coefficients_are_chosen_by_what_is_known() -> None:
    shipped = load_calibrations()
    assert fitting_calibration(ARTICLES) is shipped["dense"]
    assert fitting_calibration(replaced(dense=None)) is shipped["static"]
    assert shipped["dense"] != shipped["static"]
    assert load_calibrations() is shipped
    scored, wanted = (score_pairs(ARTICLES, FIRST, SECOND, *given) for given in ((), (shipped["dense"],)))
    assert scored.event.tolist() == wanted.event.tolist()


def test_copies_are_as_good_as_certain_and_no_pair_becomes_less_so() -> None:
    pairs = Pairs(FIRST, SECOND, np.array([-5.0, 20.0, -5.0, 1.0]), np.array([20.0, -5.0, 1.0, 2.0]), *np.zeros((2, 4)))
    found = certain(pairs, np.array([True, True, False, False]))
    assert found.event.tolist() == [CERTAIN, 20.0, -5.0, 1.0]
    assert found.story.tolist() == [20.0, CERTAIN, 1.0, 2.0]


@pytest.mark.parametrize(
    ("odds", "wanted"), [(0.0, 0.5), (log(3), 0.75), (-log(3), 0.25), (1e9, 1.0), (-1e9, 1 / (1 + exp(500)))]
)
def test_probability_is_the_logistic_of_the_log_odds(odds: float, wanted: float) -> None:
    assert probability(odds) == pytest.approx(wanted, rel=1e-12)
    assert probability(np.array([[odds]])).shape == (1, 1)
    assert probability(-1e9) > 0


def test_pairs_count_themselves() -> None:
    assert len(pairs_of({(0, 1): 0.5, (1, 2): 0.5})) == 2


def test_pairs_are_named_from_either_end() -> None:
    pairs = pairs_of({(0, 2): 0.9, (1, 2): 0.4})
    assert [ends.tolist() for ends in pairs.both_ways()] == [[0, 1, 2, 2], [2, 2, 0, 1]]


def test_the_best_partner_of_each_row_is_the_first_of_equals() -> None:
    pairs = pairs_of({(0, 2): 0.5, (0, 3): 0.5, (1, 3): 0.5, (2, 3): 0.5})
    worth = np.array([0.3, 0.3, 0.2, 0.1])
    rows_, others, best = pairs.best_partners(np.ones(8, bool), worth)
    assert rows_.tolist() == [0, 1, 2, 3]
    assert others.tolist() == [2, 3, 0, 0]
    assert best.tolist() == [0.3, 0.2, 0.3, 0.3]
    first, second = pairs.both_ways()
    some = pairs.best_partners((first == 3) & (second > 0), -worth)
    assert [found.tolist() for found in some] == [[3], [2], [-0.1]]
    assert [len(found) for found in pairs.best_partners(np.zeros(8, bool), worth)] == [0, 0, 0]
