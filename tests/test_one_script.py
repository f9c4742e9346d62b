"""Languages of two scripts: compared in one, shown in the letters they came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust import Article, Settings, group
from newsclust.explaining.explain import explain_pair
from newsclust.languages.one_script import in_one_script, where_mixed
from newsclust.settings import Effort
from newsclust.similarity.features import numbered
from newsclust.stories import Relation, Story

WRITTEN = [
    ("zh", "臺灣總統週二在臺北接見代表團", "台湾总统周二在台北接见代表团"),
    ("sr", "Његош, Ђоковић и Џеферсон у Београду", "Njegoš, Đoković i Džeferson u Beogradu"),
    ("zh", "隨著衞生署", "随着卫生署"),
    ("sr", "ЉУБОМИР ЏОКОВИЋ, ЊЕГУШИ", "LJUBOMIR DŽOKOVIĆ, NJEGUŠI"),
    ("uz", "Европада ер қимирлади, ўзбек оиласи соғ", "Yevropada yer qimirladi, oʻzbek oilasi sogʻ"),
    ("uz", "ЧИРЧИҚДА ЯНГИ ЕР", "CHIRCHIQDA YANGI YER"),
    ("uz", "O‘zbekiston, G'azalkent, ma’lum, ‘toy’", "Oʻzbekiston, Gʻazalkent, maʼlum, ‘toy’"),
]
REPORTS = {
    "zh": (
        "花蓮外海地震造成火車停駛\n星期一清晨花蓮外海發生規模六點一的地震，鐵路局說，往臺東的列車全部停駛，至少十二人受傷送往醫院。",
        "花莲外海地震造成火车停驶\n星期一清晨花莲外海发生规模六点一的地震，铁路局说，往台东的列车全部停驶，至少十二人受伤送往医院。",
    ),
    "sr": (
        "Возови стоје после земљотреса код Краљева\nУ понедељак ујутру земљотрес јачине 5,4 степена погодио је "
        "Краљево; железнице су зауставиле возове ка Рашкој, а дванаест људи је повређено.",
        "Vozovi stoje posle zemljotresa kod Kraljeva\nU ponedeljak ujutru zemljotres jačine 5,4 stepena pogodio je "
        "Kraljevo; železnice su zaustavile vozove ka Raškoj, a dvanaest ljudi je povređeno.",
    ),
    "uz": (
        "Фарғонадаги зилзиладан кейин поездлар тўхтатилди\nДушанба куни эрталаб Фарғонада 5,4 балли зилзила юз берди; "
        "темирйўлчилар Қўқонга поездларни тўхтатди, ўн икки киши жароҳатланди.",
        "Farg‘onadagi zilziladan keyin poyezdlar to‘xtatildi\nDushanba kuni ertalab Farg‘onada 5,4 balli zilzila yuz "
        "berdi; temiryo‘lchilar Qo‘qonga poyezdlarni to‘xtatdi, o‘n ikki kishi jarohatlandi.",
    ),
}


@pytest.mark.parametrize(("language", "written", "compared"), WRITTEN)
def test_a_language_of_two_scripts_is_compared_in_one(language: str, written: str, compared: str) -> None:
    read = in_one_script(Article(id="1", title=written, text=written, language=language))

    assert (read.title, read.text) == (compared, compared)


@given(st.sampled_from(["zh", "sr", "uz"]), st.text())
def test_what_is_in_the_one_script_stays_as_it_is(language: str, text: str) -> None:
    once = in_one_script(Article(id="1", text=text, language=language))

    assert in_one_script(once) is once


@given(st.sampled_from(["ja", "ru", "bg", "mk", "kk", "ko", "und"]), st.text())
def test_other_languages_keep_their_letters(language: str, text: str) -> None:
    article = Article(id="1", text=text, language=language)

    assert in_one_script(article) is article


@pytest.mark.parametrize("language", sorted(REPORTS))
@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_a_report_in_the_other_script_is_a_copy_and_keeps_its_letters(language: str, effort: Effort) -> None:
    first, second = REPORTS[language]

    result = group([Article(id="1", text=first), Article(id="2", text=second)], Settings(effort=effort))

    (story,) = result.stories
    assert [member.article.language for member in story.members] == [language] * 2
    assert sorted(member.article.text for member in story.members) == sorted([first, second])
    assert [member.duplicate_of for member in story.members if member.duplicate_of] in (["1"], ["2"])


@pytest.mark.parametrize("language", sorted(REPORTS))
def test_keywords_of_a_story_in_two_scripts_are_in_one(language: str) -> None:
    first, second = REPORTS[language]

    assert all(word == _compared(word, language) for word in keywords(language, first, second))
    assert any(word != _compared(word, language) for word in keywords(language, first, f"{first}."))


def test_a_few_letters_of_the_other_script_or_of_both_decide_nothing_for_keywords() -> None:
    cyrillic, latin = REPORTS["sr"]
    traditional, simplified = REPORTS["zh"]

    mixed = keywords("sr", cyrillic, f"{latin} Javlja РТС.")
    assert [word for word in mixed if word != _compared(word, "sr")] in ([], ["РТС"])
    assert all(word == _compared(word, "zh") for word in keywords("zh", traditional, f"{simplified}（島嶼日報）"))
    assert "火車停駛" in "".join(keywords("zh", traditional, f"{traditional}。", "花蓮上午地震"))


def test_croatian_or_bosnian_beside_serbian_in_cyrillic_counts_as_its_latin_letters() -> None:
    articles = [
        Article(id="1", text=REPORTS["sr"][0], language="sr"),
        Article(id="2", text=REPORTS["sr"][1], language="hr"),
    ]

    assert [article.text for article in where_mixed(articles)] == [in_one_script(articles[0]).text, articles[1].text]


def test_croatian_bosnian_and_serbian_are_scored_as_one_language() -> None:
    first, second, third = numbered(["sr", "hr", "bs"]).tolist()
    assert first == second == third

    latin = REPORTS["sr"][1]
    articles = [Article(id="1", text=REPORTS["sr"][0], language="sr"), Article(id="2", text=latin, language="hr")]
    assert explain_pair(articles, "1", "2", Settings(effort=Effort.FAST)).relation is Relation.COPY


def test_uzbek_names_stay_whole_and_countries_are_found_however_an_apostrophe_is_typed() -> None:
    for mark in "ʻ‘’'":
        story = one_story(
            "uz",
            f"O{mark}zbekiston Qozog{mark}istondan gaz oladi\nO{mark}zbekiston Qozog{mark}istondan gaz sotib oladi.",
            f"Qozog{mark}iston gazi O{mark}zbekistonga keladi\nO{mark}zbekiston va Qozog{mark}iston kelishdi.",
        )
        assert {"zbekiston", "Qozog", "istondan"}.isdisjoint(story.keywords)


def test_countries_in_taiwans_words_are_named_also_beside_simplified_texts() -> None:
    story = one_story(
        "zh",
        "義大利總理訪沙烏地阿拉伯\n義大利總理梅洛尼五日訪問沙烏地阿拉伯首都利雅德，會談烏克蘭與北韓議題，之後轉往紐約。",
        "意大利总理访问沙特阿拉伯\n意大利总理梅洛尼5日抵达沙特阿拉伯访问，双方讨论乌克兰局势和朝鲜导弹问题，随后前往纽约。",
    )

    assert story.mentions.countries == {"IT": 2, "KP": 2, "SA": 2, "UA": 2}


def test_explained_words_are_in_the_letters_of_their_article() -> None:
    for language in ("sr", "zh"):
        articles = [Article(id=str(n), text=text) for n, text in enumerate(REPORTS[language])]
        result = explain_pair(articles, "0", "1", Settings(effort=Effort.FAST))
        assert result.shared
        for term in result.shared:
            assert term.first in REPORTS[language][0]
            assert term.second in REPORTS[language][1]


def _compared(text: str, language: str) -> str:
    return in_one_script(Article(id="", text=text, language=language)).text


def keywords(language: str, *texts: str) -> tuple[str, ...]:
    return one_story(language, *texts).keywords


def one_story(language: str, *texts: str) -> Story:
    articles = [Article(id=str(n), text=text, language=language) for n, text in enumerate(texts)]
    (story,) = group(articles, Settings(effort=Effort.FAST, granularity=-2)).stories
    return story
