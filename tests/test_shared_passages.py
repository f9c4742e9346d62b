"""Passages that unlike texts share, whatever their source and script."""
# ruff: noqa: E501 - sentences in five scripts

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclust.articles import Article, Boilerplate
from newsclust.cleaning.boilerplate import clean
from newsclust.cleaning.shared_passages import shared_passages

# Reports in our own words, two or three sentences each, that have nothing in common.
REPORTS = {
    "en": (
        ("Ferry aground off Valderra", "A ferry with two hundred people aboard struck a sandbank near Valderra at dawn. "
         "Fishing boats carried passengers ashore before nightfall, and divers examined the damaged hull afterwards."),
        ("Bakers warn about flour", "Bread costs a tenth more than last winter, according to the guild of bakers in "
         "Karsa. Mills blame expensive gas and poor harvests along the eastern plain."),
        ("Chess title for Okoye", "Amaka Okoye defeated the reigning champion after fourteen hours in Merano. She "
         "sacrificed a rook early and never lost her initiative, commentators agreed."),
    ),
    "ru": (
        ("Паром сел на мель у Вальдерры", "Паром с двумястами пассажирами на борту сел на мель утром в четверг. "
         "Рыбацкие лодки доставили людей на берег, водолазы осмотрели повреждённый корпус судна."),
        ("Пекари предупреждают о подорожании", "Хлеб стоит на десятую часть дороже, чем прошлой зимой, сообщила гильдия "
         "пекарей. Мельницы называют причиной дорогой газ и слабый урожай."),
        ("Шахматный титул у Окойе", "Амака Окойе обыграла чемпионку за четырнадцать часов игры в Мерано. Она рано "
         "пожертвовала ладью и больше не теряла инициативы, отмечают комментаторы."),
    ),
    "zh": (
        ("渡轮在瓦尔德拉附近搁浅", "一艘载有两百人的渡轮周四清晨在北防波堤附近搁浅，渔船在天黑前把乘客送上岸，潜水员随后检查了受损的船体。"),
        ("面包师警告面粉涨价", "首都面包价格比去年冬天上涨一成，行会认为天然气昂贵和东部平原歉收是主要原因，磨坊工人要求三月谈判工资。"),
        ("奥科耶夺得国际象棋冠军", "阿马卡经过十四小时的较量击败卫冕冠军，她很早便弃车抢攻，评论员一致认为她始终掌握主动权直到终局。"),
    ),
    "te": (
        ("వాల్డెరా వద్ద పడవ ఇసుకలో చిక్కింది", "రెండు వందల మంది ప్రయాణికులతో వెళ్తున్న పడవ గురువారం ఉదయం ఇసుకతిన్నెను ఢీకొట్టింది. "
         "మత్స్యకారుల పడవలు ప్రయాణికులను ఒడ్డుకు చేర్చాయి."),
        ("పిండి ధరలపై రొట్టెల తయారీదారుల హెచ్చరిక", "గత శీతాకాలం కంటే రొట్టె ధర పదో వంతు పెరిగిందని సంఘం తెలిపింది. ఖరీదైన గ్యాస్, "
         "తక్కువ దిగుబడి కారణమని మిల్లులు అంటున్నాయి."),
        ("చదరంగం కిరీటం ఒకోయెకు", "పద్నాలుగు గంటల పోరాటం తర్వాత అమాకా ఛాంపియన్‌ను ఓడించింది. ఆమె మొదట్లోనే ఏనుగును త్యాగం చేసి "
         "ఆధిక్యం నిలబెట్టుకుంది."),
    ),
    "th": (
        ("เรือเฟอร์รีเกยตื้นใกล้วัลเดรา", "เรือเฟอร์รีพร้อมผู้โดยสารสองร้อยคนชนสันทรายเมื่อรุ่งสาง เรือประมงพาผู้โดยสารขึ้นฝั่งก่อนค่ำ "
         "นักดำน้ำตรวจสอบตัวเรือที่เสียหาย"),
        ("คนทำขนมปังเตือนเรื่องแป้ง", "ขนมปังแพงกว่าฤดูหนาวก่อนหนึ่งในสิบตามที่สมาคมระบุ โรงสีโทษก๊าซราคาสูงและผลผลิตต่ำในที่ราบตะวันออก"),
        ("แชมป์หมากรุกเป็นของโอโคเย", "อามากาเอาชนะแชมป์เก่าหลังแข่งกันสิบสี่ชั่วโมง เธอสละเรือตั้งแต่ต้นเกมและไม่เคยเสียความได้เปรียบ"),
    ),
}  # fmt: skip
ADVERTISEMENTS = {
    "en": "Would you like our journalism every morning in your inbox? Choose a subscription that suits your household, "
    "cancel whenever you want, and support independent local news.",
    "ru": "Хотите получать важные новости прямо в мессенджер? Подпишитесь на канал редакции, выберите удобный тариф и "
    "поддержите независимую местную журналистику.",
    "zh": "想在手机上第一时间收到本报新闻吗？欢迎下载应用程序并选择适合您家庭的订阅方案，随时可以取消，感谢支持独立新闻事业。",
    "te": "మా వార్తలు ప్రతి ఉదయం మీ ఫోన్‌లో కావాలా? అన్ని కులాల వారికి సంబంధాలు చూడబడును, వివరాలకు మా కార్యాలయాన్ని సంప్రదించండి.",
    "th": "อยากรับข่าวสารของเราทุกเช้าทางโทรศัพท์หรือไม่ สมัครสมาชิกแพ็กเกจที่เหมาะกับครอบครัว ยกเลิกได้ทุกเมื่อ และร่วมสนับสนุนสื่ออิสระ",
}  # fmt: skip
LANGUAGES = sorted(REPORTS)


KOREAN = (
    ("통영 굴 집단 폐사", "통영 앞바다 물이 따뜻해져 굴이 떼로 죽었다. 어민들은 시청 앞에서 보상을 달라고 외쳤다."),
    ("전주 한옥 책방 개관", "백 년 된 한옥을 고쳐 만든 책방이 전주에 문을 열었다. 첫 주에 시민 천 명이 왔다."),
)
KOREAN_ADVERTISEMENT = "매일 아침 편지로 새 소식을 받아 보세요. 지금 가입하면 첫 달은 무료이며 언제든 그만둘 수 있습니다. 좋은 신문을 함께 만들어 주세요."


def rows(texts: Sequence[str], titles: Sequence[str | None] | None = None) -> list[Article]:
    """Articles without source or address, as rows of a table give them."""
    titles = titles or [None] * len(texts)
    return [
        Article(id=str(n), path=f"x.csv#{n}", title=title, text=text)
        for n, (title, text) in enumerate(zip(titles, texts, strict=True))
    ]


def placed(report: str, passage: str, where: str) -> str:
    """The report with the passage at its head, in its middle or at its end, on a line of its own or not."""
    place, joint = where.split()
    mark = {"line": "\n", "row": " "}[joint]
    if place == "head":
        return f"{passage}{mark}{report}"
    if place == "end":
        return f"{report}{mark}{passage}"
    first, stop, second = report.partition(". ")
    return f"{first}.{mark}{passage}{mark}{second}" if stop else f"{passage}{mark}{report}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["head line", "middle line", "end line", "head row", "middle row", "end row"])
def test_an_advertisement_in_two_unlike_articles_goes(language: str, where: str) -> None:
    passage = ADVERTISEMENTS[language]
    (title, first), (other, second), _ = REPORTS[language]

    found = clean(rows([placed(first, passage, where), placed(second, passage, where)], [title, other]))

    for article, report in zip(found, (first, second), strict=True):
        assert len(article.boilerplate) == 1
        assert " ".join(article.text.split()) == " ".join(report.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_new_article_helps_to_decide_is_left_out(language: str) -> None:
    passage = ADVERTISEMENTS[language]
    texts = [f"{report}\n{passage}" for _, report in REPORTS[language][:2]]
    old, new = rows(texts), Article(id="neu", text=REPORTS[language][2][1])
    assert len(shared_passages(old)) > 0
    assert len(shared_passages([new, *old], new=1)) == 0
    assert shared_passages(old, new=1).tolist() == shared_passages(old).tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_line_takes_three_unlike_articles(language: str) -> None:
    titles, texts = zip(*REPORTS[language], strict=True)
    line = {"zh": "（本报综合报道）", "th": "ทีมข่าวหน้าหนึ่ง", "te": "మా ప్రతినిధి బృందం"}.get(language, "Наша новая рубрика")
    lined = [f"{text}\n{line}\n{text[::-1]}" for text in texts]

    assert all(article.boilerplate == (Boilerplate(line, "shared"),) for article in clean(rows(lined, titles)))
    assert all(article.boilerplate == () for article in clean(rows(lined[:2], titles[:2])))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "限时优惠：仅剩{}件，扫码立减{}元"),
        ("zh", "[광고] 무선 청소기 {}% 할인, 지금 {}명이 보고 있습니다"),
        ("th", "สมัครวันนี้รับ {} เครดิต มีผู้ใช้แล้ว {} คน"),
        ("ru", "Осталось {} мест! Скидка {} рублей"),
    ],
)
def test_an_advertisement_whose_numbers_vary_from_article_to_article_goes(language: str, line: str) -> None:
    titles, texts = zip(*REPORTS[language], strict=True)
    numbers = ((15, "12 840"), (8, "903"), (62, "4,517"))
    lines = [line.format(*pair) for pair in numbers]
    found = clean(rows([f"{text}\n{one}" for text, one in zip(texts, lines, strict=True)], titles))

    assert [article.text for article in found] == list(texts)
    assert [article.boilerplate for article in found] == [(Boilerplate(one, "shared"),) for one in lines]


def test_the_date_above_an_article_stays() -> None:
    titles, texts = zip(*REPORTS["ru"], strict=True)
    dated = [f"{day} сентября 2021\n{text}" for day, text in zip((3, 14, 25), texts, strict=True)]

    assert [article.text for article in clean(rows(dated, titles))] == dated


def test_a_wall_that_is_all_there_is_leaves_the_title() -> None:
    titles = [title for title, _ in REPORTS["en"]]
    wall = f"We value your privacy.\n{ADVERTISEMENTS['en']}"

    found = clean(rows([wall] * 3, titles))

    assert [(article.title, article.text) for article in found] == [(title, "") for title in titles]
    assert all(article.boilerplate for article in found)


def test_nothing_is_taken_from_articles_of_which_nothing_would_be_left() -> None:
    walls = rows([ADVERTISEMENTS["en"]] * 3)

    assert clean(walls) == tuple(walls)


def test_wire_copies_keep_what_they_share() -> None:
    text = (
        " ".join(text for _, text in REPORTS["en"][:1]) + " The port office of Valderra expects the ferry afloat soon."
    )
    copies = rows(
        [f"{text}\n{tail}" for tail in ("Kommentare ansehen", "Поделиться с друзьями", "Mais lidas hoje")],
        ["Ferry aground", "Ferry strikes sandbank off Valderra", "Passengers saved from Valderra ferry"],
    )

    assert [article.text for article in clean(copies)] == [copy.text for copy in copies]


def test_a_report_that_a_round_up_quotes_keeps_its_text() -> None:
    (title, ferry), (other, bread), (_, chess) = REPORTS["en"]
    articles = rows([ferry, bread, f"{ferry}\n{bread}\n{chess}"], [title, other, "Evening briefing"])

    found = clean(articles)

    assert [article.text for article in found[:2]] == [ferry, bread]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(LANGUAGES))
def test_order_and_company_change_nothing(seed: int, language: str) -> None:
    passage = ADVERTISEMENTS[language]
    alone = rows([f"{passage}\n{text}" for _, text in REPORTS[language]], [title for title, _ in REPORTS[language]])
    others = [
        Article(id=f"{code}{n}", title=title, text=text)
        for code in LANGUAGES
        if code != language
        for n, (title, text) in enumerate(REPORTS[code])
    ]
    mixed = [*alone, *others]
    random.Random(seed).shuffle(mixed)

    known = {article.id: article for article in clean(mixed)}

    assert [known[article.id] for article in alone] == list(clean(alone))
    assert [known[article.id] for article in others] == others


@given(st.lists(st.text(max_size=300), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_texts_are_cleaned_and_none_gets_longer(texts: list[str]) -> None:
    for article, text in zip(clean(rows([t * 2 for t in texts])), texts, strict=True):
        assert len(article.text) <= 2 * len(text)


def test_short_korean_words_show_that_reports_are_unlike() -> None:
    reports = [report for _, report in KOREAN]
    given = [f"{report}\n{KOREAN_ADVERTISEMENT}" for report in reports]
    assert [article.text for article in clean(rows(given, [title for title, _ in KOREAN]))] == reports


# Each two reports agree by chance in what stands before or behind the advertisement.
STRAY = {
    "el": ("Οι ψαράδες της Καβάλας βρήκαν αγάλματα στον βυθό.", "Οι μουσικοί της Κοζάνης γύρισαν από τη Βιέννη με βραβείο.", "Ο δήμαρχος μίλησε για τύχη.", "Ο μαέστρος ευχαρίστησε τους γονείς.", "Θέλετε τα νέα κάθε πρωί στο κινητό; Γραφτείτε δωρεάν στο ενημερωτικό δελτίο μας."),
    "my": ("ပဲခူးမြို့တွင် စာအုပ်ဈေး ဖွင့်ခဲ့သည်။", "မုံရွာတွင် ရွှေလက်ကောက် တွေ့ခဲ့သည်။", "ကလေးများ ပျော်ရွှင်ကြသည်။", "ကုန်သည်များ အံ့ဩကြသည်။", "မနက်တိုင်း သတင်းများ အီးမေးလ်ဖြင့် ရယူလိုပါသလား။ အခမဲ့ စာရင်းသွင်းပြီး လွတ်လပ်သော သတင်းစာကို ကူညီပါ။"),
    "hy": ("Գյումրիում երկար վերանորոգումից հետո քաղաքային թատրոն է բացվել։", "Սևանա լճում ձկնորսները միջնադարյան խորտակված փայտե նավ են գտել։", "Այնտեղ խաղում են երեխաներ։", "Այն ուսումնասիրում են գիտնականներ։", "Ցանկանո՞ւմ եք ամեն առավոտ լուրեր ստանալ։ Բաժանորդագրվեք անվճար մեր նամակին հենց այսօր։"),
}  # fmt: skip


@pytest.mark.parametrize("language", STRAY)
def test_words_beside_a_passage_that_agree_by_chance_stay(language: str) -> None:
    one, other, after_one, after_other, passage = STRAY[language]
    given = [f"{one} {passage} {after_one}", f"{other} {passage} {after_other}"]
    cleaned = clean(rows(given, ["12", "13"]))
    assert [article.text for article in cleaned] == [f"{one} {after_one}", f"{other} {after_other}"]


@pytest.mark.parametrize(
    "passage",
    [
        "Бързайте: само {} дни остават до края на отстъпката от {} лева за всички нови читатели, записвайте се още днес.",
        "Дарете {} лева за нов покрив на приюта, както вече направиха {} съседи от нашия малък град край морето.",
    ],
)
def test_numbers_that_vary_part_no_passage(passage: str) -> None:
    (_, one), (_, other) = REPORTS["ru"][:2]
    given = [f"{one}\n{passage.format(17, 245)}", f"{other}\n{passage.format(38, 990)}"]
    for cleaned, report in zip(clean(rows(given)), (one, other), strict=True):
        assert "край" not in cleaned.text
        assert "съседи" not in cleaned.text
        assert cleaned.text.startswith(report)


SECTIONS = {
    "en": "Latest from the region",
    "ru": "Фото: Агентство",
    "zh": "综合报道",
    "te": "ఈనాటి విశేషాలు",
    "th": "ข่าวประจำวัน",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_that_two_unlike_articles_have_goes_from_both(language: str) -> None:
    section = SECTIONS[language]
    texts = [text for _, text in REPORTS[language][:2]]

    found = clean(rows(texts, [f"{section} 12.03.", f"{section} 13.03."]))

    assert [article.title for article in found] == [None, None]
    assert [article.title_as_read for article in found] == [f"{section} 12.03.", f"{section} 13.03."]
    assert [article.text for article in found] == texts
    assert [passage.reason for article in found for passage in article.boilerplate] == ["headline"] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_that_its_text_tells_stays_whoever_has_it_too(language: str) -> None:
    (title, first), (_, second), _ = REPORTS[language]
    given = rows([f"{first} {title}", second], [title, title])

    assert clean(given)[0].title == title


def test_independent_reports_under_one_headline_keep_it() -> None:
    title = "Ferry aground off Valderra"
    told = (
        REPORTS["en"][0][1],
        "Passengers of the ferry that hit a sandbank near Valderra at dawn were carried ashore by fishing boats. Divers "
        "say that the hull is damaged.",
    )

    assert [article.title for article in clean(rows(told, [title, title]))] == [title, title]


def test_wire_copies_keep_their_headline_whatever_stands_beside_them() -> None:
    title, text = REPORTS["en"][0]
    beside = [" ".join(report for _, report in REPORTS["en"][n : n + 1]) for n in (1, 2)]
    told = f"{text} {text.replace('ferry', 'vessel').replace('dawn', 'daybreak')}"

    found = clean(rows([f"{told}\n{other}" for other in beside], [title, title]))

    assert [article.title for article in found] == [title, title]


def test_headlines_alone_stay_however_many_are_the_same() -> None:
    given = [Article(id=str(n), path="x", title="Опрос недели", text="") for n in range(4)]

    assert clean(given) == tuple(given)
