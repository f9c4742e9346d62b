"""A new clustering method is a function of the type `Clustering`, handed to the pipeline."""

from __future__ import annotations

import numpy as np
import pytest

from newsclust.articles import Article, ReadResult
from newsclust.clustering.linkage import Clustering, Labelling
from newsclust.clustering.measure import Score
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.similarity.score import Pairs

ARTICLES = tuple(
    Article(id=f"haber-{number}", title=f"Haber {number}", text=text)
    for number, text in enumerate(("Köprü kapandı.", "Das Meer steigt.", "Кит выбросился на берег.", "地震が起きた。"))
)


def by_twos(pairs: Pairs, articles: int, granularity: float, score: Score, /) -> Labelling:
    """Two neighbours in the order of their ids are an event, all of them a story."""
    return Labelling(np.arange(articles) // 2, np.zeros(articles, np.intp))


@pytest.mark.usefixtures("builtin_model")
def test_events_and_stories_are_those_it_finds() -> None:
    method: Clustering = by_twos
    result = find_stories(ReadResult(ARTICLES), Settings(effort=Effort.FAST), clustering=method)
    (story,) = result.stories
    assert sorted(sorted(event.articles) for event in story.events) == [["haber-0", "haber-1"], ["haber-2", "haber-3"]]
