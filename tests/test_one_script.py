"""Languages of two scripts: compared in one, shown in the letters they came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust import Article, Settings, group
from newsclust.languages.one_script import in_one_script
from newsclust.settings import Effort
from newsclust.stories import ClusterResult

WRITTEN = [
    ("zh", "臺灣總統週二在臺北接見代表團", "台湾总统周二在台北接见代表团"),
    ("sr", "Његош, Ђоковић и Џеферсон у Београду", "Njegoš, Đoković i Džeferson u Beogradu"),
    ("bs", "Предсједништво БиХ", "Predsjedništvo BiH"),
    ("uz", "Европада ер қимирлади, ўзбек оиласи соғ", "Yevropada yer qimirladi, o'zbek oilasi sog'"),
    ("uz", "O‘zbekiston, Gʻazalkent, maʼlum", "O'zbekiston, G'azalkent, ma'lum"),
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


@given(st.sampled_from(["zh", "sr", "bs", "uz"]), st.text())
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
    mixed, alone = (
        group([Article(id=str(n), text=text) for n, text in enumerate(texts)], Settings(effort=Effort.FAST))
        for texts in (REPORTS[language], [REPORTS[language][0], REPORTS[language][0] + "."])
    )

    assert all(word == in_one_script(Article(id="", text=word, language=language)).text for word in _words(mixed))
    assert any(word != in_one_script(Article(id="", text=word, language=language)).text for word in _words(alone))


def _words(result: ClusterResult) -> list[str]:
    (story,) = result.stories
    return list(story.keywords)
