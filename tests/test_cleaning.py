from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.articles import Article
from newsclust.cleaning.boilerplate import clean
from newsclust.reading.reader import read_articles

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SAMPLE = Path(__file__).parent.parent / "data" / "articles"
FIRST = "Die Unterhändler sprachen sechs Stunden über Visa, Konten und Personal."
LAST = "Ein neues Treffen ist für April geplant, teilte das Ministerium mit."


def cleaned(*lines: str, **fields: str) -> Article:
    return clean([Article(id="a", text="\n".join(lines), **fields)])[0]  # type: ignore[arg-type]


def passages(article: Article) -> tuple[str, ...]:
    return tuple(passage.text for passage in article.boilerplate)


@pytest.mark.parametrize(
    "line",
    [
        "Source link", "Leave a Reply", "Komentar (0)", "0 Comments", "(3) Kommentare", "[iklan_2]", "[ad_1]",
        "Your email address will not be published. Required fields are marked *", "Sumber: https://surat.example/a/b.htm",
        "https://blatt.example/1", "Facebook | X | WhatsApp", "Share this article: Facebook | LinkedIn",
        "Baca juga: Harga Beras Turun",
        "READ ALSO: Another story", "Lesen Sie auch: Etwas anderes", "Оставить комментарий", "اترك تعليقاً", "发表评论",
        "コメントを残す", "댓글 (0)", "Yorum yapın", "- Werbung -", "Bình luận (0)", "यह भी पढ़ें: कुछ और",
    ],
)  # fmt: skip
def test_known_boilerplate_goes_wherever_it_stands(line: str) -> None:
    for lines in ((FIRST, line, LAST), (line, FIRST, LAST), (FIRST, LAST, "", line)):
        found = cleaned(*lines)

        assert passages(found) == (line,)
        assert found.text.replace("\n", "|") == f"{FIRST}|{LAST}"


@pytest.mark.parametrize(
    "line",
    [
        "Politik",
        "Share",
        "Home",
        "Tags: Istanbul, Visa",
        "Maoni (0)",
        "***",
        "Facebook",
        "Von Zoë Müller, 1. März 2025",
    ],
)
def test_words_that_may_be_subheadings_go_only_at_the_edges(line: str) -> None:
    assert passages(cleaned(line, FIRST, LAST)) == (line,)
    assert passages(cleaned(FIRST, line, LAST)) == ()


@pytest.mark.parametrize(
    "line",
    ["Trump: Putin wants peace", "Ukraine war talks", "US-Russia Resume Talks", "Sources: Spieler wechselt den Verein",
     "Facebook und X sperren Konten", "By the river they wait", "Er kam (2024) zurück",
     "Comments by the minister drew 300 letters"],
)  # fmt: skip
def test_lines_of_an_article_stay(line: str) -> None:
    for lines in ((FIRST, line, LAST), (line, FIRST, LAST)):
        assert passages(cleaned(*lines)) == ()


def test_notices_of_wires_go_at_the_end() -> None:
    notices = (
        "This article is provided by a third-party content provider. Nord (https://nordwire.example/) is not liable.",
        "Sector: Top Story, Daily News",
        "NordWire offers press release distribution in many languages.",
    )

    assert passages(cleaned(FIRST, LAST, *notices)) == notices


def test_a_wire_tag_is_taken_off_the_first_line() -> None:
    found = cleaned(f"(NordWire) – {FIRST}", LAST)

    assert (found.text, passages(found)) == (f"{FIRST}\n{LAST}", ("(NordWire) –",))
    assert passages(cleaned(f"(voriges Jahr) – {FIRST}", LAST)) == ()


def test_headlines_behind_related_articles_go_with_their_heading() -> None:
    found = cleaned(FIRST, LAST, "Related Articles", "Storm hits Lisbon", "Cup final tonight", "Leave a Reply")

    assert found.text == f"{FIRST}\n{LAST}"
    assert passages(found) == ("Related Articles", "Storm hits Lisbon", "Cup final tonight", "Leave a Reply")


def test_text_behind_a_heading_in_the_middle_stays() -> None:
    assert LAST in cleaned(FIRST, "Zum Thema", "Eine kurze Zeile", LAST).text


UNLIKE = (
    "Ein Schiff lief am Morgen vor Zürich auf eine Sandbank; Taucher prüften den Rumpf und fanden kein Leck.",
    "Brot kostet ein Zehntel mehr als im Winter, sagte die Gilde der Bäcker und nannte teures Gas als Grund.",
    "Die Großmeisterin opferte früh einen Turm und gewann nach vierzehn Stunden den Titel gegen Okoye.",
)


def outlets(line: str, texts: tuple[str, ...] = UNLIKE) -> list[Article]:
    return [Article(id=str(n), path=f"blatt/{n}.txt", text=f"{text}\n{line}") for n, text in enumerate(texts)]


def test_a_line_of_three_unlike_articles_goes() -> None:
    found = clean(outlets("Ihr Blatt aus Genf"))

    assert [passages(article) for article in found] == [("Ihr Blatt aus Genf",)] * 3
    assert [article.text for article in found] == list(UNLIKE)


def test_two_articles_or_copies_of_one_are_not_enough() -> None:
    assert all(not article.boilerplate for article in clean(outlets("Ihr Blatt aus Genf", UNLIKE[:2])))
    assert all(not article.boilerplate for article in clean(outlets("Ihr Blatt aus Genf", UNLIKE[:1] * 5)))


def test_neither_source_nor_folder_matters_to_what_articles_share() -> None:
    mixed = [Article(id=a.id, source=f"Blatt {a.id}", path=f"{a.id}/x.txt", text=a.text) for a in outlets("Ihr Blatt")]

    assert [passages(article) for article in clean(mixed)] == [("Ihr Blatt",)] * 3


def test_the_name_of_the_site_behind_the_title_goes() -> None:
    found = cleaned(FIRST, title="Tür und Tor | Das Blatt", source="Das Blatt")

    assert (found.title, passages(found)) == ("Tür und Tor", ("Das Blatt",))
    assert cleaned(FIRST, title="Tür - und Tor", source="Das Blatt").title == "Tür - und Tor"


@pytest.mark.parametrize("text", ["Leave a Reply", "Share\nPrint", "", "Source link\n\nRelated Articles"])
def test_an_article_is_never_emptied(text: str) -> None:
    found = cleaned(text)

    assert found.text == text
    assert passages(found) == ()


def test_an_article_without_boilerplate_is_the_same_object() -> None:
    article = Article(id="a", text=f"{FIRST}\n{LAST}")

    assert clean([article])[0] is article


LINES = st.sampled_from(
    [FIRST, LAST, "Share", "Leave a Reply", "Related Articles", "", "Komentar (0)", "(NordWire) – Größe", "北京"]
)


@given(st.lists(st.lists(LINES, max_size=8), max_size=6))
def test_every_line_is_in_the_text_or_among_what_was_set_aside(texts: list[list[str]]) -> None:
    articles = [Article(id=str(n), path=f"x/{n}.txt", text="\n".join(lines)) for n, lines in enumerate(texts)]

    for before, after in zip(articles, clean(articles), strict=True):
        kept = sorted(" ".join([after.text, *(passage.text for passage in after.boilerplate)]).split())
        assert kept == sorted(before.text.split())
        assert bool(after.text.strip()) == bool(before.text.strip())


@given(st.lists(st.lists(LINES, max_size=6), max_size=5), st.randoms())
def test_the_order_of_articles_does_not_matter(texts: list[list[str]], random: object) -> None:
    articles = [Article(id=str(n), path=f"x/{n}.txt", text="\n".join(lines)) for n, lines in enumerate(texts)]

    assert clean(reversed(articles)) == tuple(reversed(clean(articles)))


@pytest.mark.parametrize("unit", ["(", "a\n", ":\n", "|a", "facebook | x\n", "[a_", "(Reu) –", "https://", ". "])
def test_texts_made_to_be_slow_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        clean([Article(id="a", text=f"{FIRST}\n{unit * times}\n{LAST}")])
        return time.process_time() - start

    assert min(seconds(40_000) for _ in range(3)) < 20 * max(seconds(4_000), 0.02)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real articles are not here")
def test_real_articles_end_with_their_last_sentence() -> None:
    for article in clean(read_articles([str(SEEDS)]).articles):
        first, *_, last = [line for line in article.text.split("\n") if line.strip()]

        assert last.endswith((".", "“."))
        assert not first.startswith("(")
        for boilerplate in ("Source link", "[iklan_2]", "Komentar (", "Leave a Reply", "https://", "SeaPRwire"):
            assert boilerplate not in article.text


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="no sample here")
def test_sample_articles_keep_their_sentences_and_lose_their_pages() -> None:
    for article in clean(read_articles([str(SAMPLE)]).articles):
        last = article.text.strip().split("\n")[-1]

        assert len(last) > 12, article.id
        assert "|" not in last, article.id


def test_a_line_of_nothing_but_colons_names_no_author() -> None:
    (cleaned,) = clean([Article(id="a", text="::::::::\n\nDie Häfen bleiben bis Montag geschlossen.")])
    assert cleaned.text == "Die Häfen bleiben bis Montag geschlossen."


TITLES = ("Gericht bestätigt Urteil", "Schildkröten kehren zurück", "Beben erschüttert Istanbul", "新编译器发布")


@pytest.mark.parametrize("stub", ["Kommentare", "Dieser Artikel ist nur für Abonnenten.\nJetzt anmelden!"])
def test_a_text_that_many_headlines_share_is_none(stub: str) -> None:
    articles = [Article(id=str(n), title=title, text=stub) for n, title in enumerate(TITLES)]
    cleaned = clean([*articles, Article(id="x", title="Gericht", text=stub * 9)])
    assert [article.text for article in cleaned] == [""] * 4 + [stub * 9]
    assert passages(cleaned[0]) == tuple(stub.split("\n"))
    assert {passage.reason for passage in cleaned[0].boilerplate} == {"shared"}


@pytest.mark.parametrize(
    ("titles", "stub"),
    [
        (("Gericht bestätigt Urteil", "Schildkröten kehren zurück"), "Bitte warten, wir prüfen die Verbindung."),
        (("울산 고래 축제 개막", "반도체 수출 석 달째 늘어"), "잠깐만 기다려 주세요. 연결을 확인하고 있습니다."),
        (("سیلاب جاده‌های گیلان را بست", "والیبالیست‌های ایران قهرمان آسیا شدند"), "لطفا اندکی شکیبا باشید."),
        (("หมีดำบุกครัววัดป่าเขาใหญ่", "ค่าเงินบาทแข็งสุดรอบปี"), "โปรดรอสักครู่ ระบบกำลังดำเนินการ"),
    ],
)  # fmt: skip
def test_a_text_of_which_two_unlike_headlines_have_no_word_is_none(titles: tuple[str, str], stub: str) -> None:
    articles = [Article(id=str(n), title=title, text=stub) for n, title in enumerate(titles)]
    assert [article.text for article in clean(articles)] == ["", ""]


def test_a_flash_under_two_headlines_or_one_topic_stays() -> None:
    flash = "Die Gespräche in Istanbul sind ohne Ergebnis zu Ende gegangen."
    topic = ("Istanbul: Gespräche beendet", "Keine Einigung in Istanbul", "Istanbul-Treffen ohne Ergebnis")
    for titles in ((topic[0], "Delegationen reisen ab"), topic):
        articles = [Article(id=str(n), title=title, text=flash) for n, title in enumerate(titles)]
        assert [article.text for article in clean(articles)] == [flash] * len(titles)
