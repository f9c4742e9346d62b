"""Titles, headlines and keywords of stories."""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.articles import Article, Boilerplate
from newsclust.building.keywords import chosen_keywords, story_terms
from newsclust.building.titles import headlines, story_title
from newsclust.cleaning.boilerplate import clean
from newsclust.languages.detect import detect_languages
from newsclust.reading.reader import read_articles
from newsclust.text.folding import fold_accents
from newsclust.text.stop_words import stop_words
from newsclust.text.verbs import is_verb

DATA = Path(__file__).parent.parent / "data"


def article(text: str, language: str = "en", title: str | None = None, **more: object) -> Article:
    return Article(id=f"{language}-{text[:12]}", text=text, title=title, language=language, **more)  # type: ignore[arg-type]


def story_keywords(stories: Sequence[Sequence[Article]], most: int = 8) -> list[tuple[str, ...]]:
    return chosen_keywords([told.terms for told in story_terms(stories)], most=most)


def keywords(*members: Article) -> list[str]:
    return list(story_keywords([members])[0])


@lru_cache(maxsize=1)
def sample_stories() -> dict[str, list[Article]]:
    articles = detect_languages(clean(read_articles([str(DATA / "articles")]).articles))
    by_id = {article.id: article for article in articles}
    stories: defaultdict[str, list[Article]] = defaultdict(list)
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["story"]:
                stories[row["story"]].append(by_id[row["id"]])
    return dict(stories)


def has_stop_word(words: tuple[str, ...], members: list[Article]) -> list[str]:
    stops = stop_words(article.language for article in members)
    return [word for word in words if fold_accents(word) in stops]


@pytest.mark.parametrize("alone", [False, True], ids=["among nine stories", "alone in the run"])
def test_the_istanbul_talks_are_named_by_place_and_embassy(alone: bool) -> None:
    stories = sample_stories()
    talks = stories["istanbul-embassy-talks"]
    found = (
        story_keywords([talks])[0]
        if alone
        else dict(zip(stories, story_keywords(list(stories.values())), strict=True))["istanbul-embassy-talks"]
    )
    assert any(fold_accents(word).startswith("istanbul") for word in found)
    assert any(fold_accents(word).startswith(("embass", "kedutaan", "botschaft")) for word in found)
    assert not has_stop_word(found, talks)


def test_every_sample_story_gets_full_keywords_without_stop_words_or_repeats() -> None:
    stories = sample_stories()
    for members, words in zip(stories.values(), story_keywords(list(stories.values())), strict=True):
        assert len(words) == 8
        assert not has_stop_word(words, members)
        assert len({fold_accents(word) for word in words}) == 8
        assert not any(character.isdigit() for word in words for character in word)


def test_sample_stories_are_named_by_what_only_they_have() -> None:
    found = dict(zip(sample_stories(), story_keywords(list(sample_stories().values())), strict=True))
    assert "Kotlyne" in found["pokrovsk-front"]
    assert "Copa del Rey" in found["copa-del-rey-final"]
    assert "Corvena" in found["corvena-embassy-jakarta"]
    assert "关税" in found["geneva-trade-truce"]
    assert any("Lewotobi" in word for word in found["lewotobi-eruption"])
    assert "Maumere" in found["lewotobi-eruption"]
    assert any(fold_accents(word) == "marmara" or "Marmara" in word for word in found["istanbul-earthquake"])


def test_a_name_spelled_alike_in_four_languages_is_one_keyword_in_its_most_frequent_form() -> None:
    found = keywords(
        article("Delegasi bertemu di Istanbul. Pertemuan di Istanbul berlangsung lama.", "id"),
        article("Die Gespräche in Istanbul dauern an, teilt Istanbuls Gouverneur mit.", "de"),
        article("Görüşmeler dün İstanbul'da yapıldı, heyet bugün İstanbul'dan ayrıldı.", "tr"),
        article("Bisedimet në Stambolli dhe te Istanbuli i ri.", "sq"),
    )
    assert found[0] == "Istanbul"
    assert [word for word in found if "stanbul" in fold_accents(word)] == ["Istanbul"]


def test_words_of_several_languages_come_before_names_of_one() -> None:
    found = keywords(
        article("Warga di Kupang melihat Lewotobi meletus. Di Kupang, Kupang, Kupang bandara tutup.", "id"),
        article("Anwohner nahe Larantuka sahen, wie der Lewotobi ausbrach.", "de"),
    )
    assert found[0] == "Lewotobi"


def test_names_that_stand_together_are_one_keyword() -> None:
    found = keywords(
        article("Officials met Christine Lagarde. Later Christine Lagarde spoke. Then, said Lagarde, rates fall."),
        article("Reporters asked Christine Lagarde in New York. The mayor of New York left."),
    )
    assert "Christine Lagarde" in found
    assert "New York" in found
    assert not {"Christine", "Lagarde", "York"} & set(found)


def test_small_words_inside_a_name_stay_in_it() -> None:
    found = keywords(article("Ayer la Copa del Rey llegó tarde. Hoy la Copa del Rey sigue.", "es"))
    assert "Copa del Rey" in found


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    found = keywords(
        article(
            "Rebuilding begins slowly near Øksfjord. Rebuilding costs money. Bridges near Øksfjord fell. Bridges cost."
        ),
    )
    assert found[0] == "Øksfjord"
    assert "Rebuilding" in found


def test_datelines_in_capitals_do_not_shout() -> None:
    assert "Frankfurt" in keywords(article("FRANKFURT — The bank met in Frankfurt. In FRANKFURT, FRANKFURT it rained."))


def test_a_person_is_one_keyword_whatever_the_texts_call_her() -> None:
    found = keywords(
        article("Mayor Anna Kowalska shut the bridge of Wittenau. Later Kowalska said it was cracked.", "en"),
        article("Мост в Виттенау закрыла мэр Анна Ковальска. Ковальска назвала его опасным.", "ru"),
        article("Der Riss sei breit, sagte AS Anna Kowalska. Dann ging Kowalska.", "de"),
    )
    assert [word for word in found if "owalska" in word or "Ковал" in word] == ["Anna Kowalska"]


def test_a_country_is_one_keyword_in_the_language_of_the_first_article() -> None:
    found = keywords(
        article("La crue a touché la Suède et la ville de Malmö, en Suède.", "fr"),
        article("Наводнение дошло до Швеции, вода стоит в Мальмё, сообщили в Швеции.", "ru"),
        article("Das Hochwasser hat Schweden erreicht, in Schweden steht auch Malmö unter Wasser.", "de"),
    )
    assert "Suède" in found
    assert not {"Швеции", "Schweden"}.intersection(found)


def test_no_keyword_stands_inside_another() -> None:
    text = "Crowds filled Trump Tower in May. Police left Trump Tower; in the lobby of Trump Tower hung Trump flags."
    found = keywords(article(text, "en"), article(text, "en"))
    assert sum("Trump" in word for word in found) == 1


def test_a_syllable_of_vietnamese_is_no_keyword() -> None:
    text = "Người dân thành phố Đà Nẵng sơ tán khi nước lũ dâng cao. Lũ cuốn trôi cầu ở thành phố này."
    assert [word for word in keywords(article(text, "vi"), article(text, "vi")) if " " not in word] == []


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [
        ("ru", "Суд ликвидировал фонд. Фонд подал жалобу, но суд его ликвидировал.", "ликвидировал"),
        ("uk", "Суд заборонив рух. Рух оскаржив рішення, та суд його заборонив.", "заборонив"),
        ("en", "The town evacuated the valley. The valley was evacuated at dawn.", "evacuated"),
        ("de", "Prüfer sperrten die Brücke. Sie sperrten die Brücke am Morgen.", "sperrten"),
        ("es", "La corte anuló la ley. Anuló la ley de aguas, anuló todo.", "anuló"),
    ],
)
def test_a_verb_is_no_keyword(language: str, text: str, verb: str) -> None:
    assert verb not in keywords(article(text, language), article(text, language))


@pytest.mark.parametrize("noun", ["материал", "канал", "память"])
def test_a_noun_that_ends_as_verbs_do_stays(noun: str) -> None:
    assert not is_verb({noun: 1, f"{noun.rstrip('ь')}ам": 1}, {"ru"})


def test_months_weekdays_and_numbers_are_no_keywords() -> None:
    found = keywords(
        article(
            "The vote on Thursday in February 2025 follows one in February 2024, on Thursday too, in Zürich.", "en"
        ),
        article("Die Wahl am Donnerstag im Februar 2025 folgt der vom Februar 2024 in Zürich, am Donnerstag.", "de"),
    )
    assert found[0] == "Zürich"
    assert not {"february", "februar", "thursday", "donnerstag"} & {fold_accents(word) for word in found}


def test_a_stop_word_of_one_member_is_none_of_the_others_keywords() -> None:
    found = keywords(
        article("Menteri bertemu delegasi AS di Ankara. Delegasi AS pulang, kata AS.", "id"),
        article("Ministers saw the delegation as it left Ankara.", "en"),
    )
    assert "AS" not in found
    assert "Ankara" in found


def test_chinese_words_are_found_without_spaces_and_parts_of_them_go() -> None:
    found = keywords(
        article(
            "欧洲央行周四降息。欧洲央行表示，降息符合预期。分析人士认为欧洲央行还会降息。", "zh", title="欧洲央行降息"
        )
    )
    assert "欧洲央行" in found
    assert "降息" in found
    assert not {"欧洲", "央行", "洲央", "洲央行"} & set(found)


def test_japanese_katakana_and_kanji_are_words_and_hiragana_is_not() -> None:
    found = keywords(article("フローレス島のレウォトビ火山が噴火した。噴火は今年三度目で、住民が避難した。", "ja"))
    assert {"フローレス", "レウォトビ", "噴火"} <= set(found)
    assert not any("\u3041" <= character <= "\u309f" for word in found for character in word)


def test_thai_words_are_found_without_spaces() -> None:
    found = keywords(article("ชาวสวนทุเรียนกังวลเรื่องภัยแล้ง ราคาทุเรียนปีนี้ลดลง ทุเรียนเสียหายมาก", "th"))
    assert "ทุเรียน" in found
    assert not has_stop_word(tuple(found), [article("", "th")])


def test_korean_particles_and_the_arabic_article_make_no_second_form() -> None:
    korean = keywords(article("트럼프는 말했다. 기자들은 트럼프를 보았다. 트럼프의 답변은 짧았다.", "ko"))
    assert [word for word in korean if word.startswith("트럼프")] == ["트럼프"]
    arabic = keywords(article("وصل الوفد إلى أنقرة. غادر وفد آخر. والوفد التركي في أنقرة.", "ar"))
    assert len([word for word in arabic if word.endswith("وفد")]) == 1


def test_what_all_stories_have_names_none_of_them() -> None:
    stories = [
        [article(f"The Senate debated {place}. Crowds near {place} waited for the Senate.") for place in (place, place)]
        for place in ("Tromsø", "Zürich", "Kraków", "Malmö", "León", "Çeşme")
    ]
    for place, words in zip(
        ("Tromsø", "Zürich", "Kraków", "Malmö", "León", "Çeşme"), story_keywords(stories), strict=True
    ):
        assert words[0] == place


def test_keywords_do_not_depend_on_how_often_they_are_asked_for_or_where_a_story_stands() -> None:
    stories = list(sample_stories().values())
    once = story_keywords(stories)
    assert once == story_keywords(stories)
    assert once == story_keywords(stories[::-1])[::-1]


def test_a_story_without_a_telling_word_has_no_keywords() -> None:
    assert story_keywords([[article("And then of the. Thursday 2025!")], [article("")], []]) == [(), (), ()]


@given(st.lists(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["en", "zh", "th", "ko", "und", "xx"])))))
def test_any_text_gives_distinct_keywords_that_are_not_stop_words(raw: list[list[tuple[str, str]]]) -> None:
    stories = [[article(text, language) for text, language in members] for members in raw]
    for members, words in zip(stories, story_keywords(stories, most=5), strict=True):
        assert len(words) == len(set(words)) <= 5
        assert not has_stop_word(words, members)


def test_the_title_is_the_most_central_headline_and_the_label_languages_where_it_has_one() -> None:
    members = [
        article("…", "de", "Botschaften: Gespräche"),
        article("…", "id", "Kedutaan dibahas"),
        article("…", "id", "Lain"),
    ]
    assert story_title(members) == "Botschaften: Gespräche"
    assert story_title(members, label_language="id") == "Kedutaan dibahas"
    assert story_title(members, label_language="fr") == "Botschaften: Gespräche"


def test_there_is_one_headline_a_language_in_the_order_of_the_members() -> None:
    members = [article("…", "id", "Satu"), article("…", "de", "Zwei"), article("…", "id", "Tiga")]
    assert list(headlines(members).items()) == [("id", "Satu"), ("de", "Zwei")]


@pytest.mark.parametrize("title", ["Kabar Nusantara", " — 12:30 — ", "https://kabar.example/1", "Bagikan artikel ini"])
def test_a_title_that_is_boilerplate_gives_way_to_the_first_sentence(title: str) -> None:
    members = [
        article(
            "Gempa mengguncang Ternate. Warga lari.",
            "id",
            title,
            source="Kabar Nusantara",
            boilerplate=(Boilerplate("Bagikan artikel ini"),),
        )
    ]
    assert story_title(members) == "Gempa mengguncang Ternate."
    assert headlines(members) == {"id": "Gempa mengguncang Ternate."}


def test_a_title_is_never_empty() -> None:
    assert story_title([Article(id="kosong.txt", text="  ")]) == "kosong.txt"
    assert story_title([Article(id="a", text="123"), Article(id="b", text="Über Äpfel")]) == "Über Äpfel"


def test_months_do_not_depend_on_the_languages_read_before() -> None:
    code = "from newsclust.text.stop_words import stop_words as s; {}print(sorted(s(['de']) | s(['nb']) | s(['tl'])))"
    alone, after = (
        subprocess.run([sys.executable, "-c", code.format(first)], check=True, capture_output=True).stdout
        for first in ("", "s(['az', 'bg', 'ceb']); ")
    )
    assert alone == after
    assert {"dienstag", "desember", "hunyo"} <= set(ast.literal_eval(alone.decode()))


def test_months_do_not_depend_on_who_else_uses_babel() -> None:
    script = (
        "from babel import Locale\n"
        "from newsclust.text.stop_words import stop_words\n"
        "{first}\n"
        "names = [sorted(stop_words([code])) for code in ('en', 'de', 'nb')]\n"
        "{last}\n"
        "assert Locale('de').months['format']['wide'][3] == 'März' and Locale('en').languages['de'] == 'German'\n"
        "print(ascii(names))"
    )
    babel = "[Locale(code).months['format']['abbreviated'][1] for code in ('en', 'de', 'az')]"
    found = [
        subprocess.run(
            [sys.executable, "-c", script.format(first=first, last=last)], capture_output=True, text=True, check=True
        ).stdout
        for first, last in ((babel, ""), ("", babel))
    ]
    assert found[0] == found[1]
    assert "januar" in found[0]
