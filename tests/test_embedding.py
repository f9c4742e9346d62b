"""Embeddings check themselves; the public test helpers behave as they say."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.encoders.base import Embeddings, Encoder, unit_rows
from newsclust.errors import ModelError
from newsclust.testing import WordHashEncoder, make_article

_UNIT = np.eye(3, dtype=np.float32)


@pytest.mark.parametrize(
    ("vectors", "reason"),
    [
        (_UNIT.astype(np.float64), "float64"),
        (_UNIT[0], r"shape \(3,\)"),
        (_UNIT * np.float32(1.01), "length 1.01 for text 0"),
        (np.array([[1, 0], [np.nan, 0]], np.float32), "length nan for text 1"),
        (np.zeros((2, 2), np.float32), "length 0 for text 0"),
    ],
)
def test_vectors_that_are_not_unit_rows_are_refused(vectors: NDArray[np.float32], reason: str) -> None:
    with pytest.raises(ModelError, match=rf"modèle.*{reason}"):
        Embeddings(vectors, "modèle")


def test_unit_rows_and_no_rows_are_accepted() -> None:
    assert len(Embeddings(_UNIT, "m")) == 3
    assert len(Embeddings(np.zeros((0, 384), np.float32), "m")) == 0


def test_scaling_leaves_a_zero_row_alone() -> None:
    assert unit_rows(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [[np.float32(0.6), np.float32(0.8)], [0, 0]]


def test_texts_that_share_words_are_near_and_synonyms_meet() -> None:
    encoder = WordHashEncoder(4096, synonyms={"Gempa": "earthquake", "di": "in"})
    quake, gempa, cake = encoder.encode(["Earthquake in İzmir", "gempa di İzmir", "Kuchen backen"])

    assert isinstance(encoder, Encoder)
    assert quake @ gempa == pytest.approx(1)
    assert quake @ cake == pytest.approx(0)


def test_the_fake_encoder_gives_every_text_a_unit_vector() -> None:
    assert len(Embeddings(WordHashEncoder(8).encode(["", "!?", "\ud800"]), "m")) == 3


def test_an_article_is_ready_made_and_any_field_can_be_set() -> None:
    article = make_article(id="b-2", published="2025-02-27T10:00:00+00:00", source=None)

    assert (article.id, article.source, article.language) == ("b-2", None, "id")
    assert article.published == datetime(2025, 2, 27, 10, tzinfo=UTC)
