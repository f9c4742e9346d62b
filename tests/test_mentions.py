"""Countries, cities and people that the articles of a story name: one thing in every language and script."""

from __future__ import annotations

import pytest

from newsclust.articles import Article
from newsclust.building.mentions import READ_MEMBERS, mentions_of
from newsclust.building.people import people_in
from newsclust.text.naming.cldr import city_name, country_name
from newsclust.text.naming.dateline import without_dateline
from newsclust.text.naming.given_names import is_given_name
from newsclust.text.naming.mentioned_places import places_named


def written(language: str, text: str, title: str | None = None, number: int = 0) -> Article:
    return Article(id=f"{language}{number}{hash_of(text)}", language=language, text=text, title=title)


def hash_of(text: str) -> int:
    return sum(map(ord, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "زار تركيا ثم روسيا"),
        ("de", "in der Türkei und mit Russlands Vertretern"),
        ("el", "στην Τουρκία και της Ρωσίας"),
        ("en", "in Türkiye with Russia's envoys"),
        ("he", "בטורקיה וברוסיה"),
        ("hi", "तुर्किये और रूस में"),
        ("hu", "Törökországban és Oroszországgal"),
        ("id", "di Turki bersama Rusia"),
        ("ja", "トルコでロシアと"),
        ("ko", "튀르키예에서 러시아와"),
        ("pl", "w Turcji i o Rosji"),
        ("ru", "В Турции с Россией"),
        ("sw", "nchini Uturuki na Urusi"),
        ("th", "ที่ตุรกีกับรัสเซีย"),
        ("tr", "Türkiye'nin Rusya ile"),
        ("vi", "tại Thổ Nhĩ Kỳ với Nga"),
        ("sr", "са Турском и Русијом"),
        ("sr", "sa Turskom i Rusijom"),
        ("zh", "在土耳其与俄罗斯"),
        ("zh", "在土耳其與俄羅斯"),
    ],
)
def test_a_country_is_one_thing_in_every_language(language: str, text: str) -> None:
    assert places_named(text, language) == ("RU", "TR")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "في إسطنبول"),
        ("de", "in Istanbul"),
        ("el", "στην Κωνσταντινούπολη"),
        ("ru", "в Стамбуле"),
        ("tr", "İstanbul'da"),
        ("zh", "在伊斯坦布尔"),
        ("ja", "イスタンブールで"),
    ],
)
def test_a_large_city_is_one_thing_in_every_language(language: str, text: str) -> None:
    assert places_named(text, language) == ("Europe/Istanbul",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They met in San Francisco, to turkey and china plates"),
        ("de", "Der Franke kam aus dem Allgäu"),
        ("ru", "Кировский завод, читать дальше"),
        ("en", "Baghdadi met the Indians"),
        ("ar", "وزارة المالية"),
        ("el", "Έφτασαν στη Σάμο"),
        ("vi", "Tổng Bí thư"),
    ],
)
def test_a_word_that_only_begins_like_a_country_names_none(language: str, text: str) -> None:
    assert places_named(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "the U.S. and Britain"), ("ru", "США и Британия"), ("es", "en EE.UU. y Reino Unido")]
)
def test_short_names_that_news_uses_are_known(language: str, text: str) -> None:
    assert places_named(text, language) == ("GB", "US")


@pytest.mark.parametrize(("name", "code"), [("Turkey", "TR"), ("Czech Republic", "CZ"), ("Myanmar", "MM")])
def test_names_that_news_keeps_are_known(name: str, code: str) -> None:
    assert places_named(f"in {name} on Monday", "en") == (code,)


def test_codes_have_names_in_the_readers_language() -> None:
    assert country_name("TR", "de") == "Türkei"
    assert country_name("TR", "xx") == "Türkiye"
    assert country_name("QQ", "de") == "QQ"
    assert city_name("Europe/Istanbul", "ru") == "Стамбул"
    assert city_name("Europe/Istanbul", "xx") == "Istanbul"


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("de", "ZÜRICH, 3. Mai (Agentur) – Die Brücke ist zu.", "Die Brücke ist zu."),
        ("ru", "Москва. 3 мая. AGENT.RU - Мост закрыли.", "Мост закрыли."),
        ("en", "JAKARTA — The bridge is shut — again.", "The bridge is shut — again."),
        ("pt", "Lisboa - A ponte fechou.", "A ponte fechou."),
        ("es", "Villar.- El puente está cerrado.", "El puente está cerrado."),
        ("ru", "БРОД, 1 ноября, АгентПресс. Мост закрыли.", "Мост закрыли."),
        ("ru", "Брод, 1 ноября. Мост закрыли.", "Мост закрыли."),
        ("id", "AGN, Jakarta : Jembatan ditutup.", "Jembatan ditutup."),
        ("ar", "باريس - أغلق الجسر.", "أغلق الجسر."),
        ("ar", "أ ف ب - أغلق الجسر.", "أغلق الجسر."),
    ],
)
def test_a_dateline_is_no_part_of_the_report(language: str, text: str, body: str) -> None:
    assert without_dateline(text, language) == body


@pytest.mark.parametrize(
    "text",
    ["Die Brücke – Baujahr unbekannt – ist zu.", "Zu, sagt sie – und bleibt es.", "Die Prüferin: Sie ist zu.", ""],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert without_dateline(text, "de") == text


@pytest.mark.parametrize(
    ("word", "language"),
    [("Дмитрием", "ru"), ("Dmitrij", "de"), ("Άννα", "el"), ("Jürgen", "en"), ("Łukasz", "pl"), ("Ayşe", "tr")],
)
def test_a_given_name_is_known_in_every_alphabet_and_case(word: str, language: str) -> None:
    assert is_given_name(word, language)


@pytest.mark.parametrize(("word", "language"), [("General", "en"), ("The", "en"), ("Министр", "ru"), ("Die", "de")])
def test_an_office_or_an_article_is_no_given_name(word: str, language: str) -> None:
    assert not is_given_name(word, language)


def test_one_person_in_several_alphabets_counts_once() -> None:
    articles = [
        written("en", "Mayor Anna Kowalska shut the bridge. Kowalska said it was cracked."),
        written("ru", "Мост закрыла мэр Анна Ковальска. Ковальска назвала его опасным."),
        written("de", "Die Brücke ist zu. Bürgermeisterin Anna Kowalska nannte sie gefährlich."),
    ]
    assert people_in(articles) == {"Anna Kowalska": 3}
    assert people_in(articles, language="ru") == {"Анна Ковальска": 3}


def test_a_country_before_a_name_is_no_part_of_it_even_where_it_looks_like_a_given_name() -> None:
    text = "Как заявил глава Крыма Валерий Зимин, мост цел. Позже Зимин уехал."
    assert people_in([written("ru", text)]) == {"Валерий Зимин": 1}


def test_what_follows_a_name_in_another_language_is_no_part_of_it() -> None:
    text = "I dag ba Peter Dahl den amerikanske høyesterett om hjelp. Dahl vant."
    assert people_in([written("no", text)]) == {"Peter Dahl": 1}


def test_an_office_is_no_part_of_a_name() -> None:
    text = "At noon Estonian Foreign Minister Liisa Tamm spoke. Later Tamm left for Lisbon."
    assert people_in([written("en", text)]) == {"Liisa Tamm": 1}


def test_what_is_shortened_to_its_first_letters_is_an_office() -> None:
    text = "Afet ve Acil Durum Yönetimi Başkanlığı (AFAD) uyardı. Anna Kaya (PSL) sustu. Yönetimi, Kaya."
    assert people_in([written("tr", text)]) == {"Anna Kaya": 1}


def test_a_patronymic_is_no_family_name() -> None:
    text = "Назначить Зимина Игоря Михайловича главой. Указ о Зимине Игоре Михайловиче подписан. Игорь Зимин рад. Зимин"
    assert people_in([written("ru", text)]) == {"Игорь Зимин": 1}


def test_a_short_family_name_with_an_ending_is_the_same_name() -> None:
    articles = [
        written("ru", "Сергей Рахманин ушел. Рахманин молчит."),
        written("ru", "От Сергея Рахманина ждут слов."),
    ]
    assert people_in(articles) == {"Сергей Рахманин": 2}


def test_brother_and_sister_are_two_people() -> None:
    text = "In Graz sang Franz Huber neben Elisabeth Huber. Elisabeth Huber verbeugte sich, Franz Huber nicht."
    assert people_in([written("de", text)]) == {"Elisabeth Huber": 1, "Franz Huber": 1}


def test_somebody_named_once_in_passing_does_not_count() -> None:
    assert people_in([written("de", "Das Zitat stammt von Anna Seghers, sagte der Rektor.")]) == {}


def test_what_few_articles_of_a_story_name_is_left_out() -> None:
    articles = [written("de", "Die Flut traf Portugal.", number=n) for n in range(8)]
    articles[0] = written("de", "Die Flut traf Portugal, wie zuvor Spanien und Madrid.")
    found = mentions_of(articles)
    assert (dict(found.countries), dict(found.places), dict(found.people)) == ({"PT": 8}, {}, {})


def test_both_articles_of_two_may_name_something_else() -> None:
    found = mentions_of([written("fr", "Crue à Madrid."), written("fr", "Crue en Espagne.")])
    assert (dict(found.countries), dict(found.places)) == ({"ES": 1}, {"Madrid": 1})


def test_what_a_story_names_does_not_depend_on_members_that_are_not_read() -> None:
    read = [written("de", "Die Flut traf Portugal.", number=n) for n in range(READ_MEMBERS)]
    assert mentions_of([*read, written("de", "Die Flut traf Spanien.")]) == mentions_of(read)
