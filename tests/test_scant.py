"""Items that say next to nothing join nothing by that: section names, single words, scores; equal ones are copies."""

from __future__ import annotations

import numpy as np
import pytest
from samples import described

from newsclust.articles import Article, ReadResult
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.similarity.score import SCANT, pair_features

pytestmark = pytest.mark.usefixtures("builtin_model")

ITEMS = ("Sport", "Politik", "Wirtschaft", "Wetter", "Cuaca", "Putin", "Україна", "هوا", "सोना", "天气")


def test_section_names_and_single_words_are_no_event_in_any_language() -> None:
    articles = tuple(Article(id=str(n), text=text) for n, text in enumerate(ITEMS))
    result = find_stories(ReadResult(articles), Settings(effort=Effort.BALANCED))
    assert [event.articles for story in result.stories for event in story.events if len(event.articles) > 1] == []


def test_the_same_few_words_at_two_papers_are_copies() -> None:
    articles = tuple(Article(id=str(n), text="Köprü kapandı", source=f"gazete {n}") for n in range(2))
    (story,) = find_stories(ReadResult(articles), Settings(effort=Effort.FAST)).stories
    assert story.members[1].duplicate_of == story.members[0].article.id


def test_how_little_a_pair_says_goes_by_the_tokens_of_the_shorter_text() -> None:
    texts = ["İstanbul", "İstanbul'da iki ülkenin elçileri altı saat boyunca konuştu, yeni bir tarih verilmedi."]
    known = described([Article(id=str(n), text=text, language="tr") for n, text in enumerate(texts * 2)])
    counts = np.diff(known.words.indptr)
    found = pair_features(known, np.array([0, 1]), np.array([1, 3]))["scant"]
    assert found.tolist() == [1 - counts[0] / SCANT, 0.0]
