"""Wire copies: told from independent reports, in any script, and the earliest is the original."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from samples import described, sample

from newsclust.articles import Article
from newsclust.similarity.near_duplicates import related, same_text, versions
from newsclust.similarity.score import Pairs, score_pairs
from newsclust.stories import Relation

pytestmark = pytest.mark.usefixtures("builtin_model")

GERMAN = (
    "Die Delegationen beider Länder haben am Donnerstag sechs Stunden lang über die Arbeit ihrer Botschaften "
    "beraten. "
    "Es ging um Bankkonten, Visa für Diplomaten und beschlagnahmte Grundstücke. "
    "Nach dem Treffen sprach ein Sprecher des Außenministeriums von einem sachlichen Austausch. "
    "Ein zweites Treffen soll in wenigen Wochen folgen, ein Ort wurde nicht genannt. "
    "Bis dahin sollen Fachleute eine Liste der offenen Fragen erstellen und an beide Hauptstädte schicken."
)
JAPANESE = (
    "両国の代表団は二十七日、イスタンブールの総領事公邸で六時間にわたり大使館の正常化について協議した。"
    "銀行口座の凍結や外交官の査証、差し押さえられた不動産が主な議題となった。"
    "外務省の報道官は会談後、実務的な意見交換だったと述べた。次回の会合は数週間以内に開かれる見通しだ。"
)
BURMESE = (
    "နှစ်နိုင်ငံ ကိုယ်စားလှယ်အဖွဲ့များသည် ကြာသပတေးနေ့က သံရုံးကိစ္စများကို ခြောက်နာရီကြာ ဆွေးနွေးခဲ့ကြသည်။ "
    "ဘဏ်စာရင်းများ၊ သံတမန်ဗီဇာများနှင့် သိမ်းဆည်းခံထားရသော အဆောက်အအုံများအကြောင်း ပြောဆိုခဲ့ကြသည်။ "
    "နောက်တစ်ကြိမ် တွေ့ဆုံပွဲကို ရက်သတ္တပတ်အနည်းငယ်အတွင်း ကျင်းပမည်ဟု ပြောရေးဆိုခွင့်ရှိသူက ပြောသည်။"
)


def article(id_: str, text: str, language: str = "de", day: int | None = None) -> Article:
    published = None if day is None else datetime(2025, 2, day, tzinfo=UTC)
    return Article(id=id_, text=text, language=language, published=published)


def told(*articles: Article) -> list[tuple[str, Relation | None]]:
    """The id of the article that each one is a version of, its own for an original, and how; of all pairs."""
    rows = same_text(articles)
    distinct = [articles[place] for place in np.unique(rows, return_index=True)[1]]
    features = described(distinct)
    pairs = score_pairs(features, *np.triu_indices(len(distinct), 1))
    found = versions(articles, rows, pairs, related(distinct, features, pairs))
    return [(articles[place].id, relation) for place, relation in zip(found.originals, found.relations, strict=True)]


def originals(*articles: Article) -> list[str]:
    """The id of the article that each one is a version of, its own for an original."""
    return [original for original, _ in told(*articles)]


def test_the_lead_of_a_report_under_its_headline_is_a_cut_of_it() -> None:
    """As a feed gives it; its title counts in both or in neither."""
    lead = GERMAN.split(". Nach")[0] + "."
    assert len(lead) < 200
    title = "Unterhändler reden sechs Stunden über die Botschaften in Istanbul"
    whole, cut = (replace(article(id_, text), title=title) for id_, text in (("a", GERMAN), ("b", lead)))
    assert told(whole, cut) == [("a", None), ("a", Relation.SHORTENED)]


def test_equal_texts_are_one_whatever_case_spaces_and_titles_they_have() -> None:
    texts = [GERMAN, f"  {GERMAN.upper()}\n", GERMAN.replace(" ", " \n"), JAPANESE, GERMAN + " Ende."]
    assert same_text([article(str(n), text) for n, text in enumerate(texts)]).tolist() == [0, 0, 0, 1, 2]
    assert same_text([replace(article("ü", GERMAN), title="Gespräche"), article("b", GERMAN)]).tolist() == [0, 0]
    assert same_text([]).tolist() == []


@pytest.mark.parametrize("text", ["", " \n", "…", "Weiterlesen nur mit Abo.", "続きは有料会員のみご覧いただけます。"])
def test_what_stands_where_no_text_is_makes_no_copies(text: str) -> None:
    titles = ("Erdbeben erschüttert Istanbul", "Zentralbank senkt den Leitzins", "Erdbeben erschüttert Istanbul ")
    articles = [replace(article(str(n), text), title=title) for n, title in enumerate(titles)]
    assert same_text(articles).tolist() == [0, 1, 0]
    assert originals(*articles) == ["0", "1", "0"]


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (JAPANESE, "ja"), (BURMESE, "my")])
def test_another_dateline_and_boilerplate_do_not_hide_a_copy(text: str, language: str) -> None:
    opening = {"de": "İSTANBUL (dpa) – ", "ja": "【イスタンブール時事】", "my": "အစ္စတန်ဘူလ် — "}[language]
    closing = {"de": " Mehr zum Thema finden Sie hier.", "ja": "（共同通信）", "my": " (သတင်းဌာန)"}[language]
    copy = article("b", opening + text + closing, language)
    assert originals(article("a", text, language), copy) == ["a", "a"]


@pytest.mark.parametrize("kept", [3, 4])
def test_a_shortened_copy_is_one_of_the_whole_report(kept: int) -> None:
    shortened = ". ".join(GERMAN.split(". ")[:kept]) + "."
    assert originals(article("a", GERMAN), article("b", shortened)) == ["a", "a"]


def test_an_independent_report_of_the_same_talks_is_no_copy() -> None:
    other = (
        "Sechs Stunden saßen die Unterhändler am Donnerstag zusammen. Thema waren die Botschaften: Konten, "
        "Visa und Immobilien, die der Staat eingezogen hatte. Sachlich sei es zugegangen, hieß es danach aus dem "
        "Außenministerium. Wo man sich in einigen Wochen wieder trifft, ließ der Sprecher offen. Eine Liste dessen, "
        "was noch zu klären ist, sollen Experten nun den Hauptstädten vorlegen."
    )
    assert originals(article("a", GERMAN), article("b", other)) == ["a", "b"]


def test_a_form_letter_with_other_names_and_numbers_is_no_copy() -> None:
    form = "Ein Erdbeben der Stärke {} hat {} am {} erschüttert. Verletzt wurde nach Angaben {} niemand."
    one = form.format("4,1", "Istanbul", "Mittwoch", "des Bürgermeisters")
    other = form.format("5,8", "Lombok", "Sonntag", "der Provinzregierung")
    assert originals(article("a", one), article("b", other)) == ["a", "b"]


@pytest.mark.parametrize("text", ["Gempa di Banda Aceh.", "地震だ", "Eilmeldung", "٥ قتلى"])
def test_short_texts_are_copies_only_when_they_are_equal(text: str) -> None:
    assert originals(article("a", text, "und"), article("b", text, "und")) == ["a", "a"]
    assert originals(article("a", text, "und"), article("b", text + " Nein!", "und")) == ["a", "b"]


@pytest.mark.parametrize("text", [GERMAN, JAPANESE, BURMESE])
def test_a_language_that_is_misjudged_or_unknown_hides_no_copy(text: str) -> None:
    assert originals(article("a", text, "und"), article("b", "İstanbul – " + text, "und")) == ["a", "a"]
    assert originals(article("a", text, "hr"), article("b", "İstanbul – " + text, "bs")) == ["a", "a"]


def test_a_text_in_a_script_that_no_model_reads_may_be_a_copy() -> None:
    words = "ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ ⵉⵖⵔⴱⴰⵣⵏ ⵏ ⵜⵎⵓⵔⵜ ⵎⵍⵍⵏⵜ ⴰⵙⵙⴰ ⵜⵉⵡⵡⵓⵔⴰ ⵏⵏⵙⵏⵜ ⵉ ⵉⵏⴷⵍⵎⴰⴷⵏ ⴰⵎⴰⵢⵏⵓ ⵏ ⵓⵙⴳⴳⵯⴰⵙ ⴰⴷ ⵙ ⵓⴳⵔⴰⵡ ⴰⵎⴰⵜⴰⵢ"
    other = "ⴰⵎⵙⴰⵡⴰⴹ ⵏ ⵓⵣⵔⴰⴼ ⵉⵏⵏⴰ ⵉⵙ ⵉⵣⵎⵔ ⴰⴷ ⵉⵔⵣⵎ ⴰⵙⴰⵡⵏ ⵉⵎⴰⵢⵏⵓⵜⵏ ⴷⴰⵜ ⵉ ⵎⴷⴷⵏ ⴽⵓⵍⵍⵓ ⴰⵙⴽⴽⴰ ⵖ ⵜⵉⴼⴰⵡⵜ ⵖ ⴰⴳⴰⴷⵉⵔ ⵎⵇⵇⵔⵏ ⴱⴰⵀⵔⴰ"
    assert originals(*(article(*one, "und") for one in (("a", words), ("b", words + " ⵜⴰⵏⵎⵎⵉⵔⵜ"), ("c", other)))) == [
        *("a", "a", "c")
    ]


def test_a_copy_of_a_copy_that_is_none_of_the_original_is_not_joined_to_it() -> None:
    articles = [article(name, name * 3) for name in "abc"]
    pairs = Pairs(np.array([0, 1]), np.array([1, 2]), *np.zeros((4, 2)))
    found = versions(articles, same_text(articles), pairs, {0: Relation.COPY, 1: Relation.COPY})
    assert found.originals.tolist() == [0, 0, 2]
    assert found.relations == (None, Relation.COPY, None)


def test_an_original_is_never_a_version_of_another() -> None:
    cuts = [". ".join(GERMAN.split(". ")[:kept]) for kept in (5, 4, 3)]
    assert told(*(article(name, text) for name, text in zip("abc", cuts, strict=True))) == [
        ("a", None),
        ("a", Relation.SHORTENED),
        ("a", Relation.SHORTENED),
    ]


def test_a_longer_edition_that_came_later_extends_the_first_one() -> None:
    brief, full = article("b", ". ".join(GERMAN.split(". ")[:3]), day=26), article("a", GERMAN, day=27)
    assert told(brief, full) == [("b", None), ("b", Relation.EXTENDED)]


REPORT = (
    "Beim Einsturz der Mole von {} sind am {} nach Angaben der Hafenpolizei {} Menschen verletzt worden. "
    "Fischer brachten "
    "sie mit ihren Booten an Land, wo Helfer warteten und ihnen Decken gaben. Das Krankenhaus teilte mit, "
    "dass niemand in "
    "Gefahr schwebe und die meisten noch am Abend nach Hause durften. Die Mole war erst vor zwei Jahren mit Geld des "
    "Landes erneuert worden, ein Gutachten soll nun klären, warum sie nachgab und wer dafür haftet."
)


def test_a_report_with_a_new_count_is_an_update_and_repeats_nothing() -> None:
    early, late = (REPORT.format("Valderra", "Montag", count) for count in ("83", "96"))
    assert told(article("a", early), article("b", late)) == [("a", None), ("a", Relation.UPDATED)]


FRAMES = {
    "weather": "Das Wetteramt erwartet für {0} am {1} {2} Wetter. Die Temperatur steigt am Nachmittag auf {3}"
    " Grad und "
    "fällt nachts auf {4} Grad. Der Wind weht schwach bis mäßig aus West. Wer früh fährt, muss wegen Nebels "
    "in den Tälern "
    "mit schlechter Sicht rechnen, teilte das Amt mit.",
    "котировки": "Индекс биржи {0} закрылся в {1} на уровне {3} пункта, лидером торгов стал {2}. Курс доллара"
    " составил {4} "
    "рубля. Аналитики ждут, что на следующей сессии индекс будет двигаться в узком диапазоне, пока инвесторы "
    "ждут данных об "
    "инфляции и решения совета директоров.",
    "地震": "{1}、{0}で震度{3}の揺れを観測した。震源の深さは約{4}キロと推定される。この地震による津波の心配はない。"
    "{2}によると、けが人や建物の被害の情報は今のところ入っていない。今後も同じ程度の揺れに注意するよう呼びかけている。",
    "نتيجة": "انتهت مباراة {0} و{2} يوم {1} بنتيجة {3} مقابل {4} في الدرجة الثانية. أشهر الحكم خمس بطاقات "
    "صفراء. يلتقي الفريقان "
    "مرة أخرى في مباراة الإياب في مايو. قال المدربان إنهما راضيان عن جهد اللاعبين.",
}
FACTS = {
    "weather": (("Lindau", "27. Februar", "sonniges", "21", "12"), ("Ostmark", "28. Februar", "windiges", "15", "8")),
    "котировки": (("Лира", "понедельник", "Харлан", "7421", "91,2"), ("Лира", "вторник", "Остбанк", "7356", "90,4")),
    "地震": (("青海市", "二日午前", "市役所", "3", "40"), ("山口村", "七日夜", "村の消防", "4", "70")),
    "نتيجة": (("ليندو", "السبت", "أوستمارك", "2", "1"), ("ميرانو", "الجمعة", "هارلان", "0", "4")),
}


@pytest.mark.parametrize("frame", FRAMES)
def test_two_reports_in_one_frame_are_no_versions_of_one_text(frame: str) -> None:
    one, other = (article(str(n), FRAMES[frame].format(*facts), "und") for n, facts in enumerate(FACTS[frame]))
    assert told(one, other) == [("0", None), ("1", None)]


def test_a_report_quoted_by_a_digest_is_no_version_of_it() -> None:
    fire = (
        "In der Altstadt von Lindau hat am Dienstag ein Lagerhaus gebrannt, in dem Stoffe und Farben lagen. "
        "Die Feuerwehr "
    )
    fire += (
        "brauchte sechs Stunden, ein Löschzug kam aus Ostmark zu Hilfe. Verletzt wurde niemand, die Ursache ist offen."
    )
    chess = (
        "Die Großmeisterin Ilka Born hat das Turnier von Merano mit neun Punkten aus elf Partien gewonnen. "
        "Sie schlug in "
    )
    chess += (
        "der letzten Runde den Vorjahressieger, der in Zeitnot einen Turm verlor. Im Herbst spielt sie um den Titel."
    )
    digests = [f"Was heute wichtig war.\n{fire}\n{chess}", f"Guten Abend!\n{chess}\n{fire}"]
    articles = [
        article("brand", fire),
        article("schach", chess),
        *(article(str(n), text) for n, text in enumerate(digests)),
    ]
    assert originals(*articles) == ["brand", "schach", "0", "0"]


def test_the_earliest_is_the_original_and_an_undated_one_never_is_where_one_is_dated() -> None:
    late, early, undated = article("a", GERMAN, day=28), article("c", GERMAN, day=27), article("b", GERMAN)
    copy = article("d", "İstanbul – " + GERMAN, day=26)
    assert originals(late, early, undated) == ["c", "c", "c"]
    assert originals(late, undated) == ["a", "a"]
    assert originals(late, early, undated, copy) == ["d"] * 4


def test_without_dates_the_first_id_is_the_original() -> None:
    assert originals(article("ä", GERMAN), article("b", GERMAN), article("z", JAPANESE, "ja")) == ["b", "b", "z"]


def test_the_wire_report_of_the_sample_is_found_and_no_other_copy() -> None:
    copies = {
        article.id: original
        for article, original in zip(sample(), originals(*sample()), strict=True)
        if article.id != original
    }
    # The one with a date is taken for the original.
    assert copies == {"bosphorus-ledger/wire-0228.txt": "meridian-dispatch/2025-02-28-wire.json"}


def test_no_articles_have_no_originals() -> None:
    assert originals() == []
