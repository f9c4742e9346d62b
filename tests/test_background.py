"""The shipped statistics, and what is usual about an article."""

from __future__ import annotations

import numpy as np
import pytest

from newsclust.similarity import background
from newsclust.similarity.background import NEAREST_TOPICS, Space, load_background


def space(*topics: tuple[float, ...]) -> Space:
    rows = np.array(topics, np.float32)
    return Space(("tr",), np.zeros((2, rows.shape[1]), np.float32), rows)


def test_density_is_the_mean_cosine_with_the_nearest_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "NEAREST_TOPICS", 2)
    known = space((1, 0), (0.8, 0.6), (0, 1), (-1, 0))
    found = known.density(np.array([(1, 0), (0, 1), (-1, 0)], np.float32))
    assert found.tolist() == pytest.approx([(1 + 0.8) / 2, (1 + 0.6) / 2, (1 + 0) / 2])


def test_density_is_the_same_to_the_bit_in_any_company() -> None:
    dense = load_background().dense
    random = np.random.default_rng(5).normal(size=(50, dense.topics.shape[1])).astype(np.float32)
    vectors = random / np.linalg.norm(random, axis=1, keepdims=True)
    together = dense.density(vectors)
    assert together.tobytes() == b"".join(dense.density(vectors[row : row + 1]).tobytes() for row in range(50))
    assert dense.density(vectors[::-1]).tobytes() == together[::-1].tobytes()


def test_a_text_that_says_nothing_has_no_density() -> None:
    assert load_background().dense.density(np.zeros((2, 384), np.float32)).tolist() == [0, 0]
    assert load_background().dense.density(np.zeros((0, 384), np.float32)).shape == (0,)


def test_a_headline_loses_what_headlines_have_in_common_and_a_text_does_not() -> None:
    means = np.array([(0, 0, 1), (0, 0, 2)], np.float32)
    known = Space(("tr",), means, np.zeros((0, 3), np.float32), np.array([(0, 1, 0), (0, 3, 0)], np.float32))
    vectors = np.array([(1, 1, 1)] * 3, np.float32)
    text, headline, other = known.centred(vectors, ["tr", "tr", "xx"], np.array([0.0, 1.0, 0.5], np.float32))
    assert text.tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0])
    assert headline.tolist() == [1, 0, 0]
    assert other.tolist() == pytest.approx([a / 2.25**0.5 for a in (1, -0.5, -1)])


@pytest.mark.parametrize("name", ["dense", "static"])
def test_every_language_has_its_headlines(name: str) -> None:
    space = getattr(load_background(), name)
    assert space.headlines.shape == space.means.shape
    assert (np.linalg.norm(space.headlines, axis=1) > 0.01).all()


@pytest.mark.parametrize("name", ["dense", "static"])
def test_shipped_topics_are_unit_rows_and_more_than_are_looked_at(name: str) -> None:
    topics = getattr(load_background(), name).topics
    assert len(topics) > 4 * NEAREST_TOPICS
    np.testing.assert_allclose(np.linalg.norm(topics, axis=1), 1, atol=1e-3)


def test_little_is_known_of_a_language_of_which_few_articles_were_read() -> None:
    german, esperanto, unknown, undetermined = load_background().unfamiliar(["de", "eo", "xx", "und"])
    assert german < 0.1
    assert esperanto == unknown == undetermined == 1
