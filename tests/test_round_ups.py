"""Pages that quote several reports, or tell them in other words, are round-ups and in no story; reports never are."""
# ruff: noqa: E501 - sentences in four scripts

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from newsclust import group
from newsclust.articles import Article
from newsclust.cleaning.boilerplate import clean
from newsclust.settings import Effort, Settings
from newsclust.stories import Kind
from newsclust.text.round_up_phrases import greets, is_round_up_title
from newsclust.text.round_up_wording import ROUND_UPS

pytestmark = pytest.mark.usefixtures("builtin_model")

FAST = Settings(effort=Effort.FAST)
REPORTS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "bg": (
        ("Мечка влезе в пекарна в Троян", "Млада мечка влезе през нощта в пекарна в Троян и изяде три тави баница.", "Ловци я упоиха и я върнаха в гората над града."),
        ("Откриха фар под пясъка край Шабла", "Археолози откриха основите на римски фар под дюните край Шабла.", "Находката ще бъде покрита отново до пролетта."),
        ("Хористите от Сливен спечелиха в Осло", "Детският хор на Сливен спечели голямата награда на фестивала в Осло.", "Диригентката Рада Мечева благодари на родителите."),
    ),
    "ko": (
        ("통영 굴 양식장 수온 올라 비상", "통영 앞바다 수온이 평년보다 4도 높아 굴이 집단 폐사했다.", "어민들은 보상을 요구하며 시청 앞에 모였다."),
        ("전주 한옥 도서관 새로 문 열어", "백 년 된 한옥을 고친 도서관이 전주에서 문을 열었다.", "첫 주에만 시민 삼천 명이 다녀갔다."),
        ("여자 컬링팀 캐나다 꺾고 결승", "여자 컬링 대표팀이 연장 끝에 캐나다를 한 점 차로 눌렀다.", "결승 상대는 스웨덴이며 경기는 토요일에 열린다."),
    ),
    "mr": (
        ("कोयनेत बिबट्याची दोन पिल्ले सापडली", "कोयना धरणाजवळच्या उसाच्या शेतात बिबट्याची दोन पिल्ले सापडली.", "वनविभागाने त्यांना आईकडे परत सोडले."),
        ("सोलापुरात चादरींची निर्यात दुप्पट", "सोलापूरच्या यंत्रमागांवरील चादरींची निर्यात यंदा दुप्पट झाली.", "कामगार संघटनेने बोनसची मागणी केली आहे."),
        ("नाशिकच्या धावपटूला रौप्यपदक", "नाशिकच्या मीरा जाधवने मॅरेथॉनमध्ये रौप्यपदक मिळवले.", "पावसामुळे शर्यत तासभर उशिरा सुरू झाली."),
    ),
}  # fmt: skip
FORMS: Mapping[str, Callable[[tuple[str, str, str]], str]] = {
    "headlines": lambda report: report[0],
    "first sentences": lambda report: report[1],
    "headlines and first sentences": lambda report: f"{report[0]}: {report[1]}",
    "whole reports": lambda report: f"{report[1]} {report[2]}",
}


def reports(language: str) -> list[Article]:
    return [
        Article(id=f"report {n}", title=title, text=f"{first}\n\n{second}")
        for n, (title, first, second) in enumerate(REPORTS[language])
    ]


@pytest.mark.parametrize("joint", ["\n\n", " "], ids=["lines", "row"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", REPORTS)
def test_a_page_that_quotes_unlike_reports_is_in_no_story_of_theirs(language: str, form: str, joint: str) -> None:
    page = Article(id="page", title="12.03.", text=joint.join(map(FORMS[form], REPORTS[language])))
    result = group([*reports(language), page], FAST)
    assert result.stories == ()
    kinds = {entry.article.id: entry.kind for entry in result.unclustered}
    assert [name for name, kind in kinds.items() if kind is Kind.ROUND_UP] == ["page"]


@pytest.mark.parametrize("language", REPORTS)
def test_what_a_page_quotes_is_not_taken_out_of_the_reports(language: str) -> None:
    page = Article(id="page", title="12.03.", text=" ".join(first for _, first, _ in REPORTS[language]))
    given = [*reports(language), page]
    assert [article.text for article in clean(given)] == [article.text for article in given]


def test_a_report_that_two_pages_quote_is_none() -> None:
    one, two, three = REPORTS["bg"]
    pages = [
        Article(id="morning", title="Вторник", text=f"{one[1]} {two[1]} {three[1]}"),
        Article(id="evening", title="Сряда", text=f"{one[2]} {two[2]} {three[2]}"),
    ]
    result = group([*reports("bg"), *pages], FAST)
    round_ups = [entry.article.id for entry in result.unclustered if entry.kind is Kind.ROUND_UP]
    assert not [name for name in round_ups if name.startswith("report")]


def test_a_report_that_ends_with_what_was_reported_before_is_none() -> None:
    (_, first, second), (_, other, _), _ = REPORTS["bg"]
    told = "Кметът обеща нова ограда около двора и по-силно осветление. Собственикът Дельо Станев каза, че щетите са за хиляда лева, а клиентите му вече носят мед за мечката. Природозащитници предлагат електропастир, общината търси пари за него."
    later = Article(
        id="later", title="Пекарят от Троян иска ограда", text=f"{told} {first} {second}\n\nПрипомняме: {other}"
    )
    result = group([*reports("bg"), later], FAST)
    assert {member.article.id for story in result.stories for member in story.members} == {"later", "report 0"}
    assert {entry.kind for entry in result.unclustered} == {Kind.ARTICLE}


@pytest.mark.parametrize(
    "title",
    [
        "დღის მიმოხილვა: ხუთშაბათი",
        "Օրվա լուրերը",
        "የዕለቱ ዜና",
        "ယနေ့သတင်း",
        "Przegląd wiadomości z czwartku",
        "Вечірній огляд",
        "Добрий ранок, Одесо",
    ],
)
def test_headlines_say_in_their_language_that_many_stories_follow(title: str) -> None:
    assert is_round_up_title(title)


@pytest.mark.parametrize(
    "title", ["출근길 지하철 멈춰 시민 불편", "Що треба знати про новий закон", "Gute Aussichten für Obstbauern"]
)
def test_headlines_of_reports_do_not(title: str) -> None:
    assert not is_round_up_title(title)


def test_each_phrase_is_found_in_a_headline_around_it() -> None:
    phrases = [" ".join(entry.split()) for text in ROUND_UPS.values() for entry in text.split("|") if entry.strip()]
    assert not [phrase for phrase in phrases if not is_round_up_title(f"Варна 7: {phrase}, 12.03.")]


@pytest.mark.parametrize(
    "text",
    [
        "Bom dia! Estas são as notícias para começar a quarta-feira.",
        "Sexta-feira, 19 de maio. Boa noite! Aqui estão as notícias.",
        "Dzień dobry, oto co dziś w regionie.",
        "早上好！今天的新闻如下。",
    ],
)
def test_a_page_greets_its_readers_first_or_behind_the_day(text: str) -> None:
    assert greets(text)


@pytest.mark.parametrize(
    "text",
    [
        "O prefeito entrou na sala, cumprimentou os vereadores um a um e disse a todos os presentes: bom dia! Depois saiu.",
        "Bom dia para a região: a ponte reabre.",
    ],
)
def test_a_report_in_which_somebody_greets_does_not(text: str) -> None:
    assert not greets(text)


DAYS = ("Terça-feira, 5 de setembro.", "Quarta-feira, 6 de setembro.", "Quinta-feira, 7 de setembro.")
DIGESTS = (
    "A ponte de Alvarim reabriu depois de oito meses de obras na margem norte. O padeiro mais velho de Sabrosa vendeu o "
    "forno a um museu da capital. Cientistas contaram doze lontras no estuário do Mira.",
    "O coro juvenil de Tavira ganhou um prêmio em Praga com uma canção sobre o sal. Um caminhão perdeu trezentas caixas de "
    "laranjas na serra. A biblioteca de Loulé empresta guarda-chuvas desde ontem.",
    "Pescadores de Olhão devolveram um anel encontrado dentro de uma dourada. A câmara de Silves muda a feira para a "
    "praça velha. Uma aluna de onze anos venceu o torneio de xadrez por correspondência.",
)


def test_pages_that_greet_under_a_day_make_no_story() -> None:
    greeting = "Bom dia! Aqui estão as notícias para você começar o dia."
    pages = [
        Article(id=day, title=day, text=f"{day} {greeting} {text}", language="pt")
        for day, text in zip(DAYS, DIGESTS, strict=True)
    ]

    result = group(pages, FAST)

    assert not result.stories
    assert {entry.kind for entry in result.unclustered} == {Kind.ROUND_UP}
