"""What the stories of the sample are called, from reading to titles and keywords."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsclust.articles import ReadResult
from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.stories import ClusterResult, Mentions, Story
from newsclust.text.folding import fold_accents
from newsclust.text.stop_words import stop_words

SAMPLE = Path(__file__).parents[1] / "data" / "articles"
FAST = Settings(effort=Effort.FAST)
EMBASSY = {"embassy", "embassies", "kedutaan", "botschaft", "botschaften"}


@pytest.fixture(scope="module")
def sample() -> ReadResult:
    return read_articles([str(SAMPLE)])


@pytest.fixture(scope="module")
def result(sample: ReadResult) -> ClusterResult:
    return find_stories(sample, FAST)


def embassy_talks(result: ClusterResult) -> Story:
    return next(
        s for s in result.stories if "kabar-nusantara/perundingan-istanbul.html" in {m.article.id for m in s.members}
    )


def test_keywords_of_the_embassy_talks_name_the_place_and_the_matter(result: ClusterResult) -> None:
    words = {fold_accents(word) for word in embassy_talks(result).keywords}
    assert "istanbul" in words
    assert words & EMBASSY


def test_no_keyword_is_a_stop_word_of_its_storys_languages(result: ClusterResult) -> None:
    for story in result.stories:
        assert story.keywords
        assert not {fold_accents(word) for word in story.keywords} & stop_words(story.languages), story.title


@pytest.mark.parametrize("language", ["id", "de", "en"])
def test_titles_are_in_the_language_asked_for_where_a_member_has_it(
    sample: ReadResult, result: ClusterResult, language: str
) -> None:
    asked = find_stories(sample, replace(FAST, label_language=language))
    for story in asked.stories:
        if language in story.languages:
            assert story.title == story.headlines[language]
        members = {member.article.id: member.article for member in story.members}
        for event in story.events:
            in_language = [members[id_].headline for id_ in event.articles if members[id_].language == language]
            assert not in_language or event.title in in_language


def test_the_language_of_titles_changes_nothing_else(sample: ReadResult, result: ClusterResult) -> None:
    asked = find_stories(sample, replace(FAST, label_language="de"))

    def untitled(found: ClusterResult) -> list[Story]:
        untold = [replace(s, title="", keywords=(), mentions=Mentions()) for s in found.stories]
        return [replace(s, events=tuple(replace(e, title="") for e in s.events)) for s in untold]

    assert untitled(asked) == untitled(result)
    assert asked.unclustered == result.unclustered
    assert [story.title for story in asked.stories] != [story.title for story in result.stories]


def test_a_language_that_no_member_has_leaves_the_titles_as_they_are(sample: ReadResult, result: ClusterResult) -> None:
    asked = find_stories(sample, replace(FAST, label_language="fi"))
    assert [replace(s, keywords=()) for s in asked.stories] == [replace(s, keywords=()) for s in result.stories]


def test_a_country_among_the_keywords_is_named_in_the_language_asked_for(sample: ReadResult) -> None:
    assert "Venäjä" in embassy_talks(find_stories(sample, replace(FAST, label_language="fi"))).keywords
