"""Bulletins of one frame, in several languages, against reports of one event."""

# ruff: noqa: E501 - whole sentences
from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from newsclust.articles import Article, ReadResult
from newsclust.pipeline import features_of, find_stories, prepared
from newsclust.settings import Effort, Settings
from newsclust.similarity.score import score_pairs
from newsclust.similarity.templates import bulletins, parting_bulletins, sketch_of

FAST = Settings(effort=Effort.FAST)

# A frame, and what fills it: (title, text) with {0}, {1}, ...
FRAMES = {
    "weather de": (
        "Wetter für {0}",
        "Der Wetterdienst erwartet für {0} am {1} {2} Wetter. Die Höchsttemperatur liegt bei {3} Grad, in der Nacht sinkt sie auf {4} Grad. Der Wind weht schwach bis mäßig aus {5}. Autofahrer müssen am Morgen mit Nebel rechnen.",
        (
            ("Lindau", "27. Februar", "sonniges", "21", "12", "Westen"),
            ("Ostmark", "27. Februar", "regnerisches", "17", "11", "Süden"),
            ("Karsa", "28. Februar", "trübes", "9", "3", "Norden"),
        ),
    ),
    "shares es": (
        "El índice de {0} cierra con {1} de {2} %",
        "El índice de la bolsa de {0} cerró con {1} de {2} por ciento, hasta los {3} puntos. La acción más negociada fue {4}, que se movió un {5} por ciento. El dólar se cotizó a {6} al cierre. Los analistas esperan movimientos estrechos en la próxima sesión.",
        (
            ("Jakora", "alza", "0,42", "7.421,10", "Minera Harlan", "3,1", "14.215"),
            ("Merano", "baja", "0,87", "5.356,52", "Banco Ostmark", "2,4", "912"),
            ("Valderra", "alza", "1,15", "2.367,55", "Telanet", "1,9", "48"),
        ),
    ),
    "lottery ru": (
        "Лото {0}: номера тиража {1}",
        "В тираже {1} лотереи {0} выпали числа {2}. Главный приз в размере {3} рублей достался игроку из города {4}. Следующий розыгрыш состоится в субботу в полдень. Билеты продаются во всех отделениях почты.",
        (
            ("Удача", "5512", "4, 17, 23, 31, 40", "12000000", "Линдау"),
            ("Удача", "5513", "8, 11, 29, 36, 44", "7500000", "Остмарк"),
            ("Удача", "5514", "2, 19, 25, 33, 48", "9100000", "Карса"),
        ),
    ),
    "obituary id": (
        "Berita duka: {0}",
        "Telah berpulang dengan tenang {0} pada usia {1} tahun di {2}. Almarhum dikenal sebagai {3} dan meninggalkan {4} anak. Jenazah disemayamkan di rumah duka dan akan dimakamkan pada {5}. Keluarga mengucapkan terima kasih atas doa dan perhatian.",
        (
            ("Amir Santoso", "81", "Lindau", "guru", "4", "Senin"),
            ("Dewi Lestari", "67", "Ostmark", "perawat", "2", "Kamis"),
            ("Budi Hartono", "93", "Karsa", "pelaut", "7", "Minggu"),
        ),
    ),
    "quake zh": (
        "{0}发生{1}级地震",
        "据地震台网测定，{2}时{3}分在{0}发生{1}级地震，震源深度{4}千米，震中位于北纬{5}度，东经{6}度。截至目前尚未收到人员伤亡和财产损失的报告，有关部门正在进一步核实情况。",
        (
            ("林道县", "3.1", "08", "12", "10", "31.25", "103.62"),
            ("奥斯马克市", "4.4", "17", "45", "22", "27.91", "99.18"),
            ("卡尔萨岛", "2.8", "23", "07", "15", "38.40", "75.33"),
        ),
    ),
    "weather ar": (
        "حالة الطقس اليوم في {0}",
        "تتوقع الأرصاد الجوية أن يسود اليوم طقس {1} على مدينة {0}، وتبلغ درجة الحرارة العظمى {2} درجة مئوية والصغرى {3} درجة مئوية. وتكون الرياح {4} السرعة. وتنصح الهيئة المواطنين بمتابعة النشرات الجوية والالتزام بتعليمات السلامة على الطرق.",
        (
            ("أسوان", "حار", "34", "17", "خفيفة"),
            ("طنجة", "غائم", "18", "11", "قوية"),
            ("البصرة", "مغبر", "29", "15", "نشطة"),
        ),
    ),
    "weather th": (
        "พยากรณ์อากาศ{0}วันนี้",
        "กรมอุตุนิยมวิทยาพยากรณ์ว่า{0}มีอากาศร้อนกับมีฟ้าหลัวในตอนกลางวัน โดยมีฝนฟ้าคะนองร้อยละ {1} ของพื้นที่ อุณหภูมิต่ำสุด {2} องศาเซลเซียส อุณหภูมิสูงสุด {3} องศาเซลเซียส ขอให้ประชาชนดูแลสุขภาพเนื่องจากสภาพอากาศที่เปลี่ยนแปลง",
        (("เชียงใหม่", "10", "21", "36"), ("ภูเก็ต", "40", "25", "33"), ("หาดใหญ่", "60", "24", "32")),
    ),
    # The preposition is written at the number.
    "rates he": (
        "שערי המטבע הבוקר",
        "לשכת השערים הודיעה הבוקר כי הדולר נקבע ב{0} שקלים והאירו נקבע ב{1} שקלים. הלירה נסחרה ב{2} שקלים והפרנק ירד ל{3} שקלים. סוחרים אמרו כי המסחר היה רגוע וכי רוב הלקוחות המתינו להודעת הנגיד על הריבית.",
        (
            ("3.714", "4.052", "4.891", "4.207"),
            ("3.688", "4.019", "4.863", "4.175"),
            ("3.745", "4.081", "4.902", "4.236"),
        ),
    ),
    "lottery th": (
        "ผลสลากงวดวันนี้",
        "สำนักงานสลากประกาศผลการออกรางวัลงวดล่าสุดต่อหน้าพยานและผู้สื่อข่าว รางวัลที่หนึ่งได้แก่หมายเลข {0} ส่วนเลขท้ายสองตัวได้แก่ {1} ผู้ถูกรางวัลขอรับเงินได้ภายใน 30 วันที่สำนักงานใหญ่ พร้อมบัตรประจำตัวประชาชนและสลากตัวจริง",
        (("482913", "57"), ("730164", "08"), ("215587", "94")),
    ),
}
MATCH = (
    ("Lindau beat Ostmark 2-1", "Lindau Rovers beat Ostmark City 2-1 on Saturday with a goal by Berger in the 23rd minute. Hale was sent off after the break and the visitors could not come back."),
    ("Ten-man Ostmark lose at Lindau", "A first-half strike by Berger was enough for Lindau Rovers, who won 2-1 against Ostmark City although the guests pressed hard late on. Hale saw red for a foul in midfield."),
)  # fmt: skip


def filled(kind: str) -> list[Article]:
    title, text, fills = FRAMES[kind]
    return [
        Article(id=str(n), title=title.format(*facts), text=text.format(*facts), language=kind[-2:])
        for n, facts in enumerate(fills)
    ]


def told_apart(articles: list[Article]) -> list[bool]:
    """Which pairs are bulletins, however likely the score finds them."""
    ready = prepared(articles)
    features, _ = features_of(ready, FAST)
    first, second = np.array(list(combinations(range(len(ready)), 2)), np.intp).T
    pairs = score_pairs(features, first, second)
    certain = replace(pairs, event=np.full(len(first), 5.0), story=np.full(len(first), 5.0))
    found: list[bool] = bulletins(ready, certain).tolist()
    return found


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_one_frame_with_other_facts_is_no_event(kind: str) -> None:
    articles = filled(kind)

    assert all(told_apart(articles))
    result = find_stories(ReadResult(tuple(articles)), FAST)
    assert all(len(event.articles) == 1 for story in result.stories for event in story.events)


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_sketches_tell_what_the_texts_tell_and_spare_reading_those_of_other_frames(kind: str) -> None:
    articles = [*filled(kind), *(replace(one, id=f"{one.id} b") for one in filled("weather de")[:1])]
    sketches = [sketch_of(article) for article in articles]
    features, _ = features_of(articles, FAST)
    pairs = score_pairs(features, *np.array(list(combinations(range(len(articles)), 2)), np.intp).T)
    likely = replace(pairs, event=np.full(len(pairs), 5.0), words=np.ones(len(pairs)))
    read: list[int] = []

    class Noted:
        def __getitem__(self, place: int) -> Article:
            read.append(place)
            return articles[place]

    parted = parting_bulletins(Noted(), lambda row: sketches[row])(likely)
    assert parted.event.tolist() == parting_bulletins(articles)(likely).event.tolist()
    assert sorted(read) == ([0, 1, 2, 3] if kind == "weather de" else [0, 1, 2])


def test_two_reports_of_one_match_are_no_bulletins() -> None:
    reports = [Article(id=str(n), title=title, text=text) for n, (title, text) in enumerate(MATCH)]

    assert told_apart(reports) == [False]


@pytest.mark.parametrize("kind", sorted(FRAMES))
def test_one_bulletin_of_two_papers_is_one(kind: str) -> None:
    first = filled(kind)[0]
    again = Article(id="again", title=first.title, text=f"{first.text}\n{first.text.split(' ')[0]}", language=kind[-2:])

    assert told_apart([first, again]) == [False]


def test_an_edited_text_in_letters_without_capitals_is_no_bulletin() -> None:
    text = "انهار جسر فوق نهر السدر صباح الثلاثاء وسقطت شاحنتان في المياه، بحسب الشرطة. وأنقذت فرق الدفاع المدني السائقة منى الحداد بعد ساعة من البحث. ووعد المحافظ سالم العمري بفتح تحقيق في أسباب الحادث الذي قطع الطريق بين القريتين. وكانت البلدية حددت حمولة الجسر بعشرين طنا في مايو."
    edited = (
        text.replace("صباح الثلاثاء", "فجر أمس").replace("بحسب الشرطة", "وفق ما ذكر شهود").replace("من البحث", "كاملة")
    )
    articles = [Article(id=str(n), title="انهيار جسر", text=one, language="ar") for n, one in enumerate((text, edited))]

    assert told_apart(articles) == [False]


@pytest.mark.parametrize(
    ("language", "titles", "text", "counts"),
    [
        ("fi", ("Silta sortui Halla-ahossa", "Halla-ahon sillan sortuminen tutkitaan, Ruotsi lupasi apua"), "Sillan kaide petti {} aikaan Halla-ahossa, ja kaksi kuorma-autoa putosi Seetrijokeen. Pelastajat nostivat molemmat kuljettajat joesta ennen iltaa. Liikenneministeri Saara Virkki lupasi, että kaikki saman ajan sillat tarkastetaan ennen talvea.", ("aamukuuden", "kello kuuden")),
        ("ko", ("세드르강 다리 붕괴", "트럭 두 대 추락한 다리, 원인 조사 시작"), "세드르강을 가로지르는 다리가 화요일 새벽 무너져 트럭 두 대가 강물에 빠졌다고 경찰이 밝혔다. 구조대는 수색 끝에 운전자를 구했고 다친 사람은 {}명으로 집계됐다. 시장은 같은 시기에 지은 다리를 모두 점검하겠다고 약속했다.", ("12", "15")),
    ],
)  # fmt: skip
def test_another_headline_above_the_same_report_is_no_other_fact(
    language: str, titles: tuple[str, str], text: str, counts: tuple[str, str]
) -> None:
    reports = [
        Article(id=title, title=title, text=text.format(count), language=language)
        for title, count in zip(titles, counts, strict=True)
    ]

    assert told_apart(reports) == [False]


def test_two_papers_endings_of_one_report_are_no_bulletins() -> None:
    report = "Beim Sprint von Graz siegte am 2. März vor 4200 Zuschauern Jörg Kühn aus Halden in 46,12 Sekunden. Der 23-Jährige schlug den Olympiasieger Mehmet Öztürk um 8 Hundertstel und übernahm damit die Führung im Weltcup vor den letzten beiden Rennen dieses Winters. "
    endings = (
        "Trainerin Réka Ivor aus Linz will nun in 14 Tagen die Meisterschaft in Prag gewinnen.",
        "Dritter wurde Sven Åberg, der nach 3 Wochen Pause vor Luca Rossi ins Ziel kam.",
    )
    articles = [Article(id=ending, text=report + ending) for ending in endings]

    assert told_apart(articles) == [False]


def test_forecasts_of_two_towns_are_no_versions_of_one_text() -> None:
    articles = filled("weather th")
    result = find_stories(ReadResult(tuple(articles)), FAST)

    assert [lone.version for lone in result.unclustered] == [None] * len(articles)


def test_a_report_brought_up_to_date_is_no_other_event() -> None:
    text = "A ferry with {} people aboard struck a sandbank near Valderra at dawn on Thursday, the port office said. Fishing boats carried the passengers ashore before nightfall, and divers from Karsa examined the hull. {} people were treated in hospital. The company Merano Lines cancelled all sailings to the islands until Sunday."
    reports = [Article(id=str(n), title=f"{hurt} hurt as ferry runs aground", text=text.format(212, hurt)) for n, hurt in enumerate(("Twelve", "Fourteen"))]  # fmt: skip

    assert told_apart(reports) == [False]
