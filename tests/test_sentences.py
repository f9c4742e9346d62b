"""Sentences and leads: whole, in any script, as they stand in the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.articles import Article, Boilerplate
from newsclust.rendering.briefing.leads import article_lead, story_lead
from newsclust.stories import Event, Member, Story
from newsclust.text.sentences import is_whole, sentences


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. Mai kam z. B. Dr. Groß. Er blieb.", ["Am 3. Mai kam z. B. Dr. Groß.", "Er blieb."]),
        ("en", "It rose 3.5 per cent. See site.org for more.", ["It rose 3.5 per cent.", "See site.org for more."]),
        ("en", "So wrote Ms. Ruiz. Mr. Yu agreed.", ["So wrote Ms. Ruiz.", "Mr. Yu agreed."]),
        (
            "el",
            "Στο Β. Αιγαίο έκλεισε. Κατά τον Ν. 3869 έμεινε.",
            ["Στο Β. Αιγαίο έκλεισε.", "Κατά τον Ν. 3869 έμεινε."],
        ),
        ("zh", "他说：“走吧。”然后走了。好！", ["他说：“走吧。”", "然后走了。", "好！"]),
        ("ja", "橋が閉鎖された。原因は亀裂だ。", ["橋が閉鎖された。", "原因は亀裂だ。"]),
        ("ko", "다리가 폐쇄됐다.시장은 사과했다.", ["다리가 폐쇄됐다.", "시장은 사과했다."]),
        ("hi", "पुल बंद है। दरार मिली।", ["पुल बंद है।", "दरार मिली।"]),
        ("fa", "پل ۲۹.۵ متر است. بسته شد؟ بله.", ["پل ۲۹.۵ متر است.", "بسته شد؟", "بله."]),
        ("uk", "Перекрили у 2024 р. міст. Чому? Невідомо.", ["Перекрили у 2024 р. міст.", "Чому?", "Невідомо."]),
        ("und", "Брод потонуо. Посада спасена.", ["Брод потонуо.", "Посада спасена."]),
        ("fr", "Titre sans point\nLe pont est fermé.", ["Titre sans point", "Le pont est fermé."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str, expected: list[str]) -> None:
    assert list(sentences(text, language)) == expected


@given(st.text(), st.sampled_from(["en", "de", "ja", "ar", "th", "ko", "und"]))
def test_no_letter_of_a_text_is_lost_between_sentences(text: str, language: str) -> None:
    kept = "".join("".join(sentences(text, language)).split())
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("sentence", "language", "whole"),
    [
        ("Die Brücke ist zu.", "de", True),
        ("„Die Brücke ist zu“, sagte sie.", "de", True),
        ("Die Brücke ist zu", "de", False),
        ("Die Brücke ist …", "de", False),
        ("Die Brücke ist...", "de", False),
        ("ist zu, sagte sie.", "de", False),
        ("„Die Brücke ist zu.", "de", False),
        ("(Die Brücke ist zu.", "de", False),
        ("สะพานถูกปิด", "th", True),
        ("पुल बंद है।", "hi", True),
        ("“橋が閉鎖された。”", "ja", True),
    ],
)
def test_a_sentence_is_whole_or_it_is_not(sentence: str, language: str, whole: bool) -> None:
    assert is_whole(sentence, language) == whole


BRIDGE = "Die Elbbrücke bei Wittenau ist seit Montag für alle Fahrzeuge gesperrt."
REASON = "Prüfer hatten im Beton des mittleren Pfeilers einen breiten Riss gefunden."
LATER = "Wie lange die Arbeiten dauern, will die Stadt Ende der Woche mitteilen."


def report(text: str, title: str | None = "Elbbrücke gesperrt", **more: object) -> Article:
    return Article(id="a", title=title, text=text, language="de", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        f"{BRIDGE} {REASON} {LATER}",
        f"Elbbrücke gesperrt\nVerkehr in Wittenau\n{BRIDGE} {REASON}",
        f"WITTENAU, 3. Mai (Agentur) – {BRIDGE} {REASON}",
        f"{BRIDGE}\nFolgen Sie uns auf www.zeitung.example und verpassen Sie keine Nachricht!\n{REASON}",
        f"Der Newsletter bringt jeden Morgen das Beste aus unserem Haus zu Ihnen.\n{BRIDGE} {REASON}",
        f"{BRIDGE} {REASON} Wie lange die Arbeiten dau…",
        f"Von der Elbbrücke bis zum Ma...\n{BRIDGE} {REASON}",
        f"{BRIDGE}\n{BRIDGE} {REASON}",
        f"{BRIDGE}\nDer Pfeiler der Elbbrücke am Tag der Prüfung (Foto: Stadt Wittenau).\n{REASON}",
    ],
)
def test_a_lead_is_the_first_two_sentences_that_tell_the_story(text: str) -> None:
    assert article_lead(report(text)) == f"{BRIDGE} {REASON}"


def test_what_was_taken_out_as_boilerplate_does_not_come_back() -> None:
    notice = "Dieser Text über die Elbbrücke erschien zuerst in der gedruckten Ausgabe unserer Zeitung."
    article = report(f"{notice}\n{BRIDGE} {REASON}", boilerplate=(Boilerplate(notice),))
    assert article_lead(article) == f"{BRIDGE} {REASON}"


def test_a_second_sentence_that_is_too_long_is_left_out_whole() -> None:
    long = f"Die Stadt {'und noch eine Stadt ' * 24}klagen."
    assert len(long) < 500
    assert article_lead(report(f"{BRIDGE} {REASON[:-1]} und {long}")) == BRIDGE


def test_chinese_sentences_stand_without_a_space_between_them() -> None:
    text = "维特瑙的易北河大桥自周一起对所有车辆关闭。检查人员在桥墩上发现了一条宽裂缝。"
    assert article_lead(Article(id="a", title="易北河大桥关闭", text=text, language="zh")) == text


@pytest.mark.parametrize("text", ["", "Bilder: Elbbrücke", "Elbbrücke gesperrt", "…", "x" * 9000])
def test_an_article_without_a_whole_sentence_has_no_lead(text: str) -> None:
    assert article_lead(report(text)) == ""


def test_a_story_speaks_the_readers_language_where_it_can() -> None:
    russian = "Мост через Эльбу в Виттенау с понедельника закрыт для всех машин. В опоре нашли трещину шириной в палец."
    articles = [report(f"{BRIDGE} {REASON}"), Article(id="b", title="Мост закрыт", text=russian, language="ru")]
    members = tuple(Member(article, "e-1", 0.9) for article in articles)
    story = Story("s-1", "Elbbrücke gesperrt", {}, (), (Event("e-1", "Elbbrücke", ("a", "b")),), members, 0.9)
    assert story_lead(story) == f"{BRIDGE} {REASON}"
    assert story_lead(story, "ru") == russian
    assert story_lead(story, "fr") == f"{BRIDGE} {REASON}"


def test_a_story_whose_medoid_has_no_sentence_takes_the_next() -> None:
    articles = [report("Bilder"), report(f"{BRIDGE} {REASON}")]
    members = tuple(Member(article, "e-1", 0.9) for article in articles)
    story = Story("s-1", "Elbbrücke", {}, (), (Event("e-1", "Elbbrücke", ("a",)),), members, 0.9)
    assert story_lead(story) == f"{BRIDGE} {REASON}"
