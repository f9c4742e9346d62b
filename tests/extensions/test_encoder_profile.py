"""A new encoder's space is an `EncoderProfile`, and its loader's name in `profiles.PROFILES`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.encoders.base import Embeddings, Encoder
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.encoders.vocabulary import load_vocabulary
from newsclust.execution.progress import Advance
from newsclust.pipeline import find_stories
from newsclust.settings import Settings
from newsclust.similarity import profiles
from newsclust.similarity.background import Space, load_background
from newsclust.similarity.calibration import GUESSED_MIDDLE, Calibration, Weights, load_calibrations, uncalibrated
from newsclust.similarity.features import describe, with_embeddings
from newsclust.similarity.profiles import EncoderProfile, coefficients_of, profile_of
from newsclust.testing import WordHashEncoder

NEVER = Weights(within={"constant": -9.0}, across={"constant": -9.0}, apart=0.0, sigma=1.0)
ALWAYS = Weights(within={"constant": 9.0}, across={"constant": 9.0}, apart=0.0, sigma=1.0)


def toy_profile() -> EncoderProfile:
    means = np.zeros((2, 4), np.float32)
    means[0, 0] = 1  # Indonesian texts all point a bit that way
    topics = np.array([[1, 0, 0, 0], [0, 1, 0, 0]], np.float32)
    space = Space(("id",), means, topics)
    return EncoderProfile(frozenset({"kurum/oyuncak"}), space, np.eye(4, dtype=np.float32), Calibration(ALWAYS, ALWAYS))


@pytest.fixture
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "PROFILES", (*profiles.PROFILES, toy_profile))


@pytest.mark.usefixtures("_added", "builtin_model")
def test_vectors_are_moved_and_scored_by_the_profile_of_their_model() -> None:
    vectors = np.array([[0.6, 0.8, 0, 0], [0.6, 0.8, 0, 0]], np.float32)
    articles = [Article(id=code, text="Köprü kapandı.", language=code) for code in ("id", "tr")]
    features = describe(articles, load_vocabulary(), load_background())
    moved = with_embeddings(features, Embeddings(vectors, "kurum/oyuncak@0a1b2c"), ["id", "tr"])
    assert moved.dense is not None
    assert moved.dense_density is not None
    assert np.allclose(moved.dense, [[-1 / 5**0.5, 2 / 5**0.5, 0, 0], [0.6, 0.8, 0, 0]])
    assert moved.dense_density.tolist() == pytest.approx([0.5 / 5**0.5, 0.7])
    assert coefficients_of("kurum/oyuncak@0a1b2c").event is ALWAYS


@pytest.mark.parametrize("model_id", [MODEL_ID, f"{MODEL_ID}+0badc0de", "intfloat/multilingual-e5-small@614241f"])
def test_the_built_in_model_and_the_same_one_by_name_have_the_shipped_profile(model_id: str) -> None:
    assert profile_of(model_id) is profiles.multilingual_e5_small()
    assert coefficients_of(model_id) is load_calibrations()["dense"]


@pytest.mark.parametrize(
    "model_id",
    [
        "acme/multilingual-e5-small-news-finetuned@614241f",
        "multilingual-e5-small@614241f",
        "multilingual-e5-small",
        "multilingual-e5-small/0",
        "acme/intfloat/multilingual-e5-small",
        "intfloat/multilingual-e5-small-ko",
        "",
    ],
)
def test_a_model_with_a_name_like_it_has_none(model_id: str) -> None:
    assert profile_of(model_id) is None
    assert coefficients_of(model_id) is uncalibrated()


def test_the_guess_is_half_what_is_known_without_a_transformer() -> None:
    static, guess = load_calibrations()["static"].event.across, uncalibrated().event.across
    assert guess["names"] == static["names"] / 2
    # At the middle of the guess the transformer says nothing, and half of the other opinion is left.
    assert guess["constant"] + GUESSED_MIDDLE * guess["dense"] == pytest.approx(static["constant"] / 2)


class Narrow(WordHashEncoder):
    """Gives all texts nearly one vector, as raw vectors of many models are."""

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        vectors = super().encode(texts, progress=progress) * np.float32(0.3)
        vectors[:, 0] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.mark.usefixtures("builtin_model")
def test_without_a_profile_it_is_said_once_and_what_is_unrelated_stays_apart() -> None:
    texts = {
        "id": "Gempa berkekuatan 6,2 mengguncang Izmir pada Rabu malam, dan warga berlarian ke jalan.",
        "de": "Der Stadtrat von Husum beschließt nach langem Streit den Haushalt für das kommende Jahr.",
        "tr": "Arkeologlar Çatalhöyük'te sekiz bin yıllık bir ekmek fırını buldu.",
        "ru": "Хоккеисты из Омска выиграли третий матч подряд и вышли в финал кубка.",
    }
    articles = tuple(Article(id=code, text=text, language=code) for code, text in texts.items())
    said: list[str] = []
    encoder: Encoder = Narrow(64)
    result = find_stories(ReadResult(articles), Settings(), encoder=encoder, say=said.append)
    assert not result.stories
    assert said == ["uncalibrated: probabilities are a guess, as nothing was measured with word-hash/64"]
