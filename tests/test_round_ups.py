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


RETOLD: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "es": (
        ("Un transbordador encalla cerca de Valderra", "Un transbordador con doscientos pasajeros encalló al amanecer del jueves en un banco de arena cerca de Valderra, informó la oficina del puerto. Barcos pesqueros llevaron a tierra a los pasajeros antes del anochecer. Los buzos hallaron una larga grieta en el casco y la naviera canceló los viajes hasta el domingo.", "Pescadores pusieron a salvo a todos los ocupantes de un barco varado frente a Valderra. No habrá travesías hasta que acabe el fin de semana."),
        ("Los panaderos de Karsa suben el pan", "El pan costará una décima parte más en Karsa desde el lunes, anunció el gremio de panaderos. Los molinos culpan al gas caro y a la mala cosecha de la llanura oriental. El ayuntamiento estudia ayudas para las familias pobres.", "La barra se encarece en Karsa, donde los panaderos hablan de facturas de gas y cosechas flojas. El municipio podría ayudar a quienes no puedan pagarla."),
        ("Amaka Okoye gana el título de ajedrez", "Amaka Okoye derrotó a la campeona vigente tras catorce horas de juego en Merano. Sacrificó pronto una torre y conservó la iniciativa hasta el final. Con veinte años es la campeona más joven en la historia del torneo.", "La nueva reina del ajedrez es Okoye, de veinte años, que venció en Merano en una partida interminable. Nadie tan joven lo había logrado."),
    ),
    "id": (
        ("Feri kandas di dekat Valderra", "Sebuah feri dengan dua ratus penumpang kandas di gosong pasir dekat Valderra pada Kamis subuh, kata kantor pelabuhan. Perahu nelayan membawa penumpang ke darat sebelum malam. Penyelam menemukan robekan panjang di lambung dan perusahaan membatalkan pelayaran hingga Minggu.", "Nelayan menyelamatkan semua orang dari kapal yang tersangkut di gosong dekat Valderra. Pelayaran baru dibuka lagi setelah akhir pekan."),
        ("Tukang roti Karsa menaikkan harga", "Harga roti di Karsa naik sepersepuluh mulai Senin, kata serikat tukang roti. Penggilingan menyalahkan gas mahal dan panen buruk di dataran timur. Dewan kota mempertimbangkan bantuan untuk keluarga miskin.", "Sepotong roti di Karsa segera lebih mahal karena tagihan gas dan panen yang seret. Keluarga tak mampu mungkin akan dibantu kota."),
        ("Amaka Okoye merebut gelar catur", "Amaka Okoye mengalahkan juara bertahan setelah empat belas jam bertanding di Merano. Ia mengorbankan benteng sejak awal dan memegang inisiatif sampai akhir. Pecatur dua puluh tahun itu menjadi juara termuda dalam sejarah turnamen.", "Juara catur baru adalah Okoye yang baru berusia dua puluh tahun setelah laga panjang di Merano. Belum pernah ada pemenang semuda itu."),
    ),
}  # fmt: skip
"""Reports, and what a digest says of each in other words."""


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


@pytest.mark.parametrize("form", ["{text}", "{n}. {text}"], ids=["lines", "numbered"])
@pytest.mark.parametrize(("language", "count"), [("es", 2), ("es", 3), ("id", 3)])
def test_a_page_that_tells_unlike_reports_in_other_words_is_a_round_up(language: str, form: str, count: int) -> None:
    told = [Article(id=title, title=title, text=text, language=language) for title, text, _ in RETOLD[language]]
    items = [form.format(n=n, text=retold) for n, (_, _, retold) in enumerate(RETOLD[language][:count], 1)]
    result = group([*told, Article(id="page", title="12/03", text="\n".join(items), language=language)])
    kinds = {entry.article.id: entry.kind for entry in result.unclustered}
    assert [name for name, kind in kinds.items() if kind is Kind.ROUND_UP] == ["page"]


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
    ("language", "title", "text"),
    [
        ("ja", "朝刊配達員が行方不明者を発見", "朝刊の配達員が、行方不明だった高齢男性を見つけた。\n男性は公園のベンチで眠っていた。\n警察は感謝状を贈る。\n配達員は声をかけただけだと話した。"),
        ("zh", "人民晚报大楼失火无人受伤", "城西的人民晚报大楼周三夜间失火，消防员一小时后扑灭，无人受伤。\n起火点在三楼配电间。\n印刷车间没有受损，报纸照常出版。\n警方排除了纵火的可能。"),
        ("uk", "Дайджест законів видали шрифтом Брайля", "Дайджест законів видали шрифтом Брайля у Львові.\nНаклад розійшовся за тиждень.\nМіністерство обіцяє кошти на другий том.\nКоректорами були незрячі юристи."),
        ("ar", "الحكومة تصدر نشرة جديدة لأسعار الوقود", "أصدرت الحكومة نشرة جديدة لأسعار الوقود تسري من الغد.\nوقال الوزير إن الزيادة محدودة.\nوطالبت نقابة السائقين بتعويض.\nوشهدت المحطات طوابير طويلة."),
        ("fr", "Les titres de séjour bloqués par une panne", "Une panne bloque depuis lundi les titres de séjour à Lyon.\nDes files se forment devant la préfecture.\nLe ministère promet un retour à la normale jeudi.\nUne association distribue du café."),
    ],
)  # fmt: skip
def test_a_report_on_a_newsletter_or_a_newspaper_is_no_round_up(language: str, title: str, text: str) -> None:
    assert is_round_up_title(title)
    result = group([Article(id="report", title=title, text=text, language=language)], FAST)
    assert [entry.kind for entry in result.unclustered] == [Kind.ARTICLE]


def test_a_briefing_that_names_itself_in_its_first_line_is_one() -> None:
    text = "Це ваш вечірній дайджест за четвер.\nМер Журавки пішов у відставку через паркування.\nДитячий хор зі Сливена переміг в Осло.\nСир подорожчав на десяту частину.\nВедмедя бачили біля підйомника."
    result = group([Article(id="page", title="Вечірній дайджест: четвер", text=text, language="uk")], FAST)
    assert [entry.kind for entry in result.unclustered] == [Kind.ROUND_UP]


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
