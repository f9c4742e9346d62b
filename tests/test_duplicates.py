"""Wire copies: told from independent reports, in any script, and the earliest is the original."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from samples import described, sample

from newsclust.articles import Article
from newsclust.similarity.near_duplicates import near_copies, same_text, whose_copies
from newsclust.similarity.score import score_pairs

pytestmark = pytest.mark.usefixtures("builtin_model")

GERMAN = (
    "Die Delegationen beider Länder haben am Donnerstag sechs Stunden lang über die Arbeit ihrer Botschaften beraten. "
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


def originals(*articles: Article) -> list[str]:
    """The id of the article that each one repeats, its own for an original; every pair is compared."""
    rows = same_text(articles)
    distinct = [articles[place] for place in np.unique(rows, return_index=True)[1]]
    features = described(distinct)
    pairs = score_pairs(features, *np.triu_indices(len(distinct), 1))
    places = whose_copies(articles, rows, pairs, near_copies(distinct, features, pairs))
    return [articles[place].id for place in places]


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
def test_another_dateline_and_furniture_do_not_hide_a_copy(text: str, language: str) -> None:
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


def test_a_text_in_another_language_is_no_copy_however_many_words_are_shared() -> None:
    assert originals(article("a", GERMAN, "de"), article("b", "İstanbul – " + GERMAN, "nl")) == ["a", "b"]


def test_copies_of_copies_belong_to_one_original() -> None:
    sentences = [sentence + "." for sentence in GERMAN.rstrip(".").split(". ")]
    fresh = [
        "Beide Seiten lobten den Gastgeber, der sein Haus am Ufer seit Wochen für die Gespräche vorbereitet hatte.",
        "Journalisten warteten den ganzen Tag im Regen vor dem Tor und sahen am Ende nur abfahrende Wagen.",
    ]
    chain = [sentences, [*sentences[1:], fresh[0]], [*sentences[3:], *fresh]]
    articles = [article(name, " ".join(text)) for name, text in zip("abc", chain, strict=True)]
    assert originals(articles[0], articles[2]) == ["a", "c"]
    assert originals(*articles) == ["a", "a", "a"]


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
