"""One vector an article: its text and, by itself, its headline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.encoders.articles import HEADLINE, encode_articles
from newsclust.encoders.base import unit_rows
from newsclust.execution.progress import Advance
from newsclust.testing import WordHashEncoder

ENCODER = WordHashEncoder(64)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path))


def article(text: str, title: str | None = None) -> Article:
    return Article(id="1", title=title, text=text)


def test_the_headline_counts_beside_the_text() -> None:
    one = article("Kapal feri kandas di Selat Bali pada Rabu pagi.", "Feri kandas")
    text, headline = ENCODER.encode([one.text, one.headline])
    found = encode_articles(ENCODER, [one])
    assert found.model_id == ENCODER.model_id
    np.testing.assert_allclose(found.vectors, unit_rows((text + HEADLINE * headline)[None]), atol=1e-6)


def test_without_a_title_the_first_sentence_is_the_headline() -> None:
    text = "Der Landtag vertagt die Abstimmung. Über Windräder wird im Herbst entschieden."
    untitled, titled = article(text), article(text, "Der Landtag vertagt die Abstimmung.")
    assert (
        encode_articles(ENCODER, [untitled]).vectors.tobytes() == encode_articles(ENCODER, [titled]).vectors.tobytes()
    )


def test_a_title_takes_no_token_of_the_text() -> None:
    text = "भूकंप के बाद बचाव दल मलबे में लोगों को खोज रहे हैं।"
    read: list[str] = []

    class Listening(WordHashEncoder):
        def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
            read.extend(texts)
            return super().encode(texts, progress=progress)

    encode_articles(Listening(64), [article(text, "भूकंप से दस की मौत")])
    assert read == [text, "भूकंप से दस की मौत"]


def test_a_headline_alone_is_its_own_vector() -> None:
    alone = article("", "台風が九州に上陸")
    np.testing.assert_allclose(encode_articles(ENCODER, [alone]).vectors, ENCODER.encode([alone.headline]), atol=1e-6)


def test_progress_counts_articles() -> None:
    counted: list[int] = []
    encode_articles(ENCODER, [article("a b"), article("c d"), article("e f")], progress=counted.append)
    assert sum(counted) == 3
