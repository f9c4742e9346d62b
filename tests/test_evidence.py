"""The matrices of a report, and which stories are near each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.explaining.evidence import MOST_COMPARED, MOST_NEAR, gather_evidence, near_stories
from newsclust.pipeline import find_stories_with_features
from newsclust.similarity.features import ArticleFeatures
from newsclust.stories import ClusterResult, Event, Member, Story
from newsclust.testing import WordHashEncoder, make_article


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


def test_a_large_story_has_a_matrix_of_its_most_central_members() -> None:
    texts = [f"Gempa mengguncang Istanbul dan warga berlarian ke jalan raya, kata laporan {n}." for n in range(70)]
    result, features, rows = grouped(texts)
    evidence = gather_evidence(result, features, rows)
    story = result.stories[0]
    assert len(story.members) > MOST_COMPARED
    assert evidence.matrices[story.id].members == tuple(m.article.id for m in story.members[:MOST_COMPARED])


def story_of(number: int, articles: tuple[Article, ...]) -> Story:
    members = tuple(Member(article, "e", 0.9) for article in articles)
    return Story(f"s-{number}", "Gempa", {}, (), (Event("e", "Gempa", ()),), members, 0.9)


def stories_at(vectors: NDArray[np.float32]) -> dict[str, tuple[str, ...]]:
    """What is near what among stories of one article each, at these unit rows."""
    articles = [make_article(id=f"artikel-{n}") for n in range(len(vectors))]
    _, features, _ = grouped(["Gempa mengguncang Istanbul."])
    stories = [story_of(n, (article,)) for n, article in enumerate(articles)]
    return near_stories(
        stories, replace(features, static=vectors, dense=None), {a.id: n for n, a in enumerate(articles)}
    )


def test_near_stories_come_nearest_first_and_far_ones_not_at_all() -> None:
    angles = np.radians([0, 20, 50, 140])
    near = stories_at(np.stack((np.cos(angles), np.sin(angles)), axis=1).astype(np.float32))
    assert near == {"s-0": ("s-1", "s-2"), "s-1": ("s-0", "s-2"), "s-2": ("s-1", "s-0"), "s-3": ()}


def test_of_many_alike_stories_a_few_are_named_in_the_order_of_their_ids() -> None:
    near = stories_at(np.full((9, 4), 0.5, np.float32))
    assert near["s-0"] == tuple(f"s-{n}" for n in range(1, MOST_NEAR + 1))


def test_no_story_is_near_none() -> None:
    assert stories_at(np.zeros((0, 4), np.float32)) == {}
