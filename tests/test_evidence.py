"""Places on the map, and the matrices of a report."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.articles import ReadResult
from newsclust.encoders.base import unit_rows
from newsclust.explaining.evidence import MOST_COMPARED, gather_evidence
from newsclust.explaining.map_layout import lay_out
from newsclust.pipeline import find_stories_with_features
from newsclust.similarity.features import ArticleFeatures
from newsclust.stories import ClusterResult
from newsclust.testing import WordHashEncoder, make_article


def vectors(count: int, groups: int, seed: int = 3) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(groups, 24))
    numbers = np.sort(generator.integers(0, groups, count))
    return unit_rows((centres[numbers] + 0.3 * generator.normal(size=(count, 24))).astype(np.float32)), numbers


def nearest(points: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    least: NDArray[np.float64] = apart.min(axis=1)
    return least


def test_no_dot_hides_another() -> None:
    layout = lay_out(*vectors(300, 60))
    assert nearest(layout.positions).min() > 0.55 * layout.spacing
    assert np.abs(layout.positions).max() == pytest.approx(1.0)


def test_a_map_is_the_same_each_time() -> None:
    rows, groups = vectors(120, 30)
    assert np.array_equal(lay_out(rows, groups).positions, lay_out(rows.copy(), groups.copy()).positions)


def test_a_story_stands_together_and_alike_stories_stand_nearer() -> None:
    generator = np.random.default_rng(5)
    themes = np.repeat(generator.normal(size=(3, 24)), 8, axis=0)  # 3 themes of 8 stories of 4 articles
    centres = themes + 0.4 * generator.normal(size=themes.shape)
    groups = np.repeat(np.arange(24), 4)
    rows = unit_rows((centres[groups] + 0.1 * generator.normal(size=(96, 24))).astype(np.float32))
    positions = lay_out(rows, groups).positions
    middles = np.array([positions[groups == n].mean(axis=0) for n in range(24)])
    spread = np.mean([np.linalg.norm(positions[groups == n] - middles[n], axis=1).max() for n in range(24)])
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2)
    theme = np.arange(24) // 8
    same = (theme[:, None] == theme[None]) & ~np.eye(24, dtype=bool)
    assert apart[same].mean() < 0.6 * apart[theme[:, None] != theme[None]].mean()
    assert spread < apart[same].mean()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_few_articles_have_places(count: int) -> None:
    layout = lay_out(np.eye(5, dtype=np.float32)[:count], np.arange(count))
    assert layout.positions.shape == (count, 2)
    assert np.isfinite(layout.positions).all()
    assert len({tuple(point) for point in layout.positions.tolist()}) == count


def test_articles_with_one_vector_have_places_of_their_own() -> None:
    layout = lay_out(np.full((6, 4), 0.5, np.float32), np.arange(6))
    assert nearest(layout.positions).min() > 0


def grouped(texts: list[str]) -> tuple[ClusterResult, ArticleFeatures, Mapping[str, int]]:
    articles = [make_article(id=f"artikel-{n}", title=None, text=text, url=None) for n, text in enumerate(texts)]
    return find_stories_with_features(ReadResult(tuple(articles)), encoder=WordHashEncoder())


def test_a_matrix_is_symmetric_and_certain_of_copies() -> None:
    text = (
        "Delegasi Amerika Serikat dan Rusia bertemu enam jam di Istanbul untuk membahas kedutaan besar kedua negara. "
        "Perundingan itu dipimpin oleh Sonata Coulter dan Alexander Darchiev, kata kementerian luar negeri."
    )
    result, features, rows = grouped([text, text, text.replace("enam jam", "seharian") + " Tidak ada keterangan lain."])
    evidence = gather_evidence(result, features, rows)
    (matrix,) = evidence.matrices.values()
    place = {id_: n for n, id_ in enumerate(matrix.members)}
    assert np.array_equal(matrix.probabilities, matrix.probabilities.T)
    assert np.all(np.diag(matrix.probabilities) == 1)
    assert matrix.probabilities[place["artikel-0"], place["artikel-1"]] == 1
    assert set(evidence.positions) == {"artikel-0", "artikel-1", "artikel-2"}


def test_a_large_story_has_a_matrix_of_its_most_central_members() -> None:
    texts = [f"Gempa mengguncang Istanbul dan warga berlarian ke jalan raya, kata laporan {n}." for n in range(70)]
    result, features, rows = grouped(texts)
    evidence = gather_evidence(result, features, rows)
    story = result.stories[0]
    assert len(story.members) > MOST_COMPARED
    assert evidence.matrices[story.id].members == tuple(m.article.id for m in story.members[:MOST_COMPARED])
