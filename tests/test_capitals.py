"""Headlines in capitals are compared in small letters, and shown as they came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust import Article, Settings, group
from newsclust.languages.compared import as_compared
from newsclust.settings import Effort

HEADLINES = [
    ("en", "Ferry with 214 aboard sinks off Samar as rescuers search for the missing"),
    ("el", "Σεισμός 5,4 Ρίχτερ ταρακούνησε την Κρήτη και έκλεισε σχολεία στο Ηράκλειο"),
    ("ru", "Землетрясение в Измире: двенадцать человек пострадали, поезда остановлены"),
    ("tr", "İzmir'de deprem: on iki kişi yaralandı, trenler durduruldu, ısıtma kesildi"),
]


def capitals(language: str, text: str) -> str:
    return (text.replace("i", "İ").replace("ı", "I") if language == "tr" else text).upper()


@pytest.mark.parametrize(("language", "headline"), HEADLINES)
@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_a_headline_in_capitals_meets_itself_in_small_letters(language: str, headline: str, effort: Effort) -> None:
    loud = capitals(language, headline)
    articles = [Article(id="1", text=f"{headline}.", language=language), Article(id="2", text=loud, language=language)]

    (story,) = group(articles, Settings(effort=effort)).stories

    assert {member.article.text for member in story.members} == {f"{headline}.", loud}


@pytest.mark.parametrize(("language", "headline"), HEADLINES)
def test_a_line_in_capitals_is_compared_in_small_letters_and_others_stay(language: str, headline: str) -> None:
    loud = capitals(language, headline)
    article = Article(id="1", title=loud, text=f"{loud}\nNATO\n{headline}", language=language)

    read = as_compared(article)

    assert read.text.split("\n")[1:] == ["NATO", headline]
    assert read.title == read.text.split("\n")[0]
    assert read.title is not None
    assert read.title[1:] == headline[1:].lower()


@given(st.text(), st.sampled_from(["tr", "de", "el", "zh", "und"]))
def test_what_is_compared_is_compared_as_it_is(text: str, language: str) -> None:
    once = as_compared(Article(id="1", text=text, language=language))

    assert as_compared(once).text == once.text
