from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclust.evaluation.pairs import pair_scores

ONE = ("de", "id")


def test_a_probability_that_follows_similarity_exactly_correlates_fully() -> None:
    found = pair_scores([0.9, 0.6, 0.3], [1.0, 2.0, 3.0], [ONE] * 3).everything
    assert found.pearson == pytest.approx(1)
    assert found.spearman == pytest.approx(1)
    assert found.pearson_logit == pytest.approx(1, abs=0.05)


def test_the_wrong_way_round_is_negative() -> None:
    found = pair_scores([0.1, 0.5, 0.9], [1.0, 2.0, 3.0], [ONE] * 3).everything
    assert found.pearson == pytest.approx(-1)
    assert found.spearman == pytest.approx(-1)


def test_ties_share_their_rank_as_scipy_has_it() -> None:
    from scipy.stats import pearsonr, spearmanr

    probabilities, overall = [0.2, 0.2, 0.7, 0.9, 0.4], [4.0, 3.0, 3.0, 1.0, 1.3]
    found = pair_scores(probabilities, overall, [ONE] * 5).everything
    similarity = [-value for value in overall]
    assert found.spearman == pytest.approx(spearmanr(probabilities, similarity).statistic)
    assert found.pearson == pytest.approx(pearsonr(probabilities, similarity).statistic)


def test_certain_probabilities_have_a_finite_logit() -> None:
    found = pair_scores([0.0, 0.5, 1.0], [4.0, 2.5, 1.0], [ONE] * 3).everything
    assert found.pearson_logit == pytest.approx(1)


def test_language_pairs_are_unordered_and_sorted() -> None:
    found = pair_scores(
        [0.9, 0.1, 0.5, 0.9], [1, 4, 2, 1], [("tr", "en"), ("en", "tr"), ("en", "tr"), ("de", "de")]
    ).by_languages
    assert [(pair, c.pairs) for pair, c in found] == [(("de", "de"), 1), (("en", "tr"), 3)]
    assert found[0][1].pearson is None, "one pair has no correlation"
    assert found[1][1].spearman == pytest.approx(1)


def test_constant_or_no_values_have_no_correlation() -> None:
    assert pair_scores([0.5] * 4, [1, 2, 3, 4], [ONE] * 4).everything.pearson is None
    assert pair_scores([], [], []).everything.spearman is None


def test_unequal_lengths_and_missing_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="2 probabilities, 1 judgements"):
        pair_scores([0.1, 0.2], [1.0], [ONE])
    with pytest.raises(ValueError, match="finite"):
        pair_scores([0.1, float("nan")], [1.0, 2.0], [ONE] * 2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(1, 4)), min_size=3, max_size=30))
def test_correlations_stay_in_range(values: list[tuple[float, float]]) -> None:
    probabilities, overall = zip(*values, strict=True)
    found = pair_scores(probabilities, overall, [ONE] * len(values)).everything
    for correlation in (found.pearson, found.pearson_logit, found.spearman):
        assert correlation is None or -1 <= correlation <= 1


def test_values_too_near_to_each_other_for_a_variance_have_no_correlation() -> None:
    found = pair_scores([0.0, 0.0, 2.2e-309], [1.0, 1.0, 2.0], [ONE] * 3).everything
    assert found.pearson is None
    assert found.spearman is not None
