from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.errors import UsageError
from newsclust.explaining.explain import MOST_COMPARED, explain_articles, explain_pair, explain_story
from newsclust.explaining.passages import LONGEST, best_pairs, passages_of
from newsclust.explaining.results import PairExplanation
from newsclust.pipeline import find_stories, pair_probabilities
from newsclust.reading.reader import read_articles
from newsclust.rendering.explanations import adding_up, pair_to_json
from newsclust.settings import Effort, Settings
from newsclust.testing import WordHashEncoder, make_article

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "articles"
SEEDS = ROOT.parent / "shared" / "seeds"
FAST = Settings(effort=Effort.FAST)

EMBASSY_ID = make_article(
    id="kedutaan",
    title="AS dan Rusia bahas kedutaan di Istanbul",
    text="Delegasi Amerika Serikat dan Rusia bertemu di Istanbul pada 27 Februari 2025. Sergei Lavrov menyebut "
    "pembicaraan selama enam jam itu berguna bagi kedutaan kedua negara di Moskow dan Washington.",
    language="id",
    published="2025-02-27T10:00:00+07:00",
)
EMBASSY_TR = make_article(
    id="büyükelçilik",
    title="ABD ve Rusya İstanbul'da büyükelçilikleri görüştü",
    text="ABD ve Rusya heyetleri 27 Şubat 2025'te İSTANBUL'da buluştu. Sergei Lavrov, altı saatlik görüşmenin "
    "Moskova ve Washington büyükelçilikleri için yararlı olduğunu söyledi.",
    language="tr",
    published="2025-03-01T10:00:00+03:00",
)
EMBASSY_RU = make_article(
    id="посольства",
    title="Россия и США обсудили посольства в Стамбуле",
    text="Делегации России и США встретились 27 февраля 2025 года. Сергей Лавров назвал шесть часов переговоров "
    "полезными для посольств в Москве и Вашингтоне.",
    language="ru",
    published=None,
)
GOAT = make_article(
    id="ziege",
    title="Ziege büxt in Büttelborn aus",
    text="Eine Ziege hat am Dienstag in Büttelborn ein Blumenbeet gefressen und wurde von Kindern eingefangen.",
    language="de",
    published=None,
)
COPY = make_article(
    id="salinan", title="Perundingan di Istanbul", text=EMBASSY_ID.text, language="id", published="2025-04-27T10:00:00Z"
)
ARTICLES = [EMBASSY_ID, EMBASSY_TR, EMBASSY_RU, GOAT, COPY]


def explained(first: Article, second: Article, *, dense: bool = False) -> PairExplanation:
    if dense:
        return explain_pair(ARTICLES, first.id, second.id, encoder=WordHashEncoder())
    return explain_pair(ARTICLES, first.id, second.id, FAST)


def shared(pair: PairExplanation, kind: str) -> list[tuple[str, str]]:
    return [(term.first, term.second) for term in pair.shared if term.kind == kind]


PAIRS = [(EMBASSY_ID, EMBASSY_TR), (EMBASSY_TR, EMBASSY_RU), (EMBASSY_ID, GOAT), (COPY, EMBASSY_ID)]


@pytest.mark.parametrize("dense", [False, True], ids=["static", "dense"])
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda article: article.id)
def test_contributions_add_up_to_the_probability(first: Article, second: Article, dense: bool) -> None:
    pair = explained(first, second, dense=dense)
    for level, probability in (("story", pair.story), ("event", pair.event)):
        total = math.fsum(getattr(part, level) for part in pair.parts)
        assert total == pytest.approx(probability.log_odds, abs=1e-12)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(probability.probability, abs=1e-12)
    for part in pair.parts:
        if part.story_weight is not None and part.event_weight is not None and part.value is not None:
            assert part.story == pytest.approx(part.value * part.story_weight)
            assert part.event == pytest.approx(part.value * part.event_weight)


@pytest.mark.parametrize(("first", "second"), PAIRS[:3], ids=lambda article: article.id)
def test_the_probability_is_the_one_that_grouping_uses(first: Article, second: Article) -> None:
    [expected] = pair_probabilities([first, second], [(0, 1)], FAST)
    assert explained(first, second).story.probability == pytest.approx(expected, abs=1e-9)


def test_a_model_without_statistics_is_centred_on_all_that_was_read() -> None:
    other = Settings(model="hand")
    encoder = WordHashEncoder()
    pair = explain_pair(ARTICLES, EMBASSY_ID.id, EMBASSY_TR.id, other, encoder=encoder)
    [among_all] = pair_probabilities(ARTICLES, [(0, 1)], other, encoder=encoder)
    [alone] = pair_probabilities(ARTICLES[:2], [(0, 1)], other, encoder=encoder)
    assert pair.story.probability == pytest.approx(among_all, abs=1e-6)
    assert abs(among_all - alone) > 1e-3


def test_an_encoder_of_ones_own_is_centred_so_whatever_model_the_settings_name() -> None:
    encoder = WordHashEncoder(384)
    pair = explain_pair(ARTICLES, EMBASSY_ID.id, EMBASSY_TR.id, encoder=encoder)
    [among_all] = pair_probabilities(ARTICLES, [(0, 1)], encoder=encoder)
    assert pair.story.probability == pytest.approx(among_all, abs=1e-6)


def test_the_printed_contributions_add_up_to_the_printed_log_odds() -> None:
    for first, second in PAIRS:
        document = json.loads(pair_to_json(explained(first, second)))
        for level in ("story", "event"):
            total = sum(round(part[level] * 10_000) for part in document["parts"])
            assert total == round(document[level]["log_odds"] * 10_000)
            assert 1 / (1 + math.exp(-total / 10_000)) == pytest.approx(document[level]["probability"], abs=1e-4)


def test_explaining_in_either_order_gives_the_same_probability() -> None:
    there, back = explained(EMBASSY_ID, EMBASSY_TR), explained(EMBASSY_TR, EMBASSY_ID)
    assert (there.first.id, back.first.id) == ("kedutaan", "büyükelçilik")
    assert there.story == back.story


def test_shared_names_are_given_as_each_text_spells_them() -> None:
    pair = explained(EMBASSY_ID, EMBASSY_TR)
    assert ("Istanbul", "İSTANBUL") in shared(pair, "name") or ("Istanbul", "İstanbul") in shared(pair, "name")
    assert {"Lavrov", "Washington"} <= {first for first, _ in shared(pair, "name")}
    assert ("2025", "2025") in shared(pair, "number")
    assert pair.across


def test_names_of_two_scripts_are_found_by_their_sound() -> None:
    assert ("Lavrov", "Лавров") in shared(explained(EMBASSY_TR, EMBASSY_RU), "sound")


def test_shared_words_of_one_language_are_no_stop_words() -> None:
    other = make_article(
        id="lain", title="Kedutaan", text="Kedutaan kedua negara dan pembicaraan itu di sana.", language="id"
    )
    pair = explain_pair([EMBASSY_ID, other], EMBASSY_ID.id, other.id, FAST)
    words = {second.casefold() for _, second in [*shared(pair, "word"), *shared(pair, "name")]}
    assert {"kedutaan", "pembicaraan"} <= words
    assert not words & {"dan", "di", "itu"}


def test_shared_words_of_a_script_without_spaces_are_found() -> None:
    first = make_article(
        id="一", title="中国和美国在日内瓦会谈", text="中国和美国的代表在日内瓦举行会谈。", language="zh"
    )
    second = make_article(id="二", title="日内瓦会谈结束", text="在日内瓦，两国代表结束了会谈。", language="zh")
    pair = explain_pair([first, second], first.id, second.id, FAST)
    assert {("日内瓦", "日内瓦"), ("会谈", "会谈")} <= set(shared(pair, "word"))


def test_texts_that_share_nothing_say_so() -> None:
    pair = explained(EMBASSY_RU, GOAT)
    assert pair.shared == ()
    assert pair.story.probability < 0.2


def test_a_copy_is_as_good_as_certain_and_the_parts_say_why() -> None:
    pair = explained(EMBASSY_ID, COPY)
    assert pair.copy
    assert pair.story.probability > 0.9999
    assert pair.parts[-1].name == "copy"
    assert not explained(EMBASSY_ID, EMBASSY_TR).copy


def test_an_unknown_date_is_none_and_changes_nothing() -> None:
    dates = {part.name: part for part in explained(EMBASSY_ID, EMBASSY_RU).parts}["dates"]
    assert (dates.value, dates.story, dates.event) == (None, 0.0, 0.0)
    known = {part.name: part for part in explained(EMBASSY_ID, EMBASSY_TR).parts}["dates"]
    assert known.value == pytest.approx(2 + 4 / 24)


def test_the_nearest_passages_come_from_both_texts_in_order_of_their_cosine() -> None:
    for dense in (False, True):
        pair = explained(EMBASSY_ID, EMBASSY_TR, dense=dense)
        assert pair.passages
        for passages in pair.passages:
            assert passages.first in " ".join(EMBASSY_ID.body.split())
            assert passages.second in " ".join(EMBASSY_TR.body.split())
        cosines = [passages.cosine for passages in pair.passages]
        assert cosines == sorted(cosines, reverse=True)


def test_an_article_without_text_has_no_passages() -> None:
    empty = Article(id="leer", text=" \n ")
    assert passages_of(empty) == []
    assert explain_pair([empty, GOAT], "leer", "ziege", FAST).passages == ()


@given(st.text(alphabet="aé. !?。\n日 'x”", max_size=1500))
def test_passages_lose_no_character(text: str) -> None:
    passages = passages_of(Article(id="x", text=text))
    assert "".join("".join(passages).split()) == "".join(text.split())
    assert all(passage and len(passage) <= LONGEST for passage in passages)


def test_the_best_pairs_share_no_passage() -> None:
    cosines = np.array([[0.9, 0.8, 0.1], [0.85, 0.2, 0.1]], np.float32)
    assert best_pairs(cosines, 3) == [(0, 0), (1, 1)]


@given(st.lists(st.floats(-30, 30), max_size=12), st.integers(0, 6))
def test_rounded_amounts_add_up_and_move_less_than_a_step(amounts: list[float], decimals: int) -> None:
    found = adding_up(amounts, decimals)
    step = 10**-decimals
    assert sum(round(amount / step) for amount in found) == round(math.fsum(amounts) / step)
    assert all(abs(before - after) < step * 1.0001 for before, after in zip(amounts, found, strict=True))


# The matrix


def test_the_matrix_is_symmetric_and_names_each_ones_strongest_and_weakest() -> None:
    matrix = explain_articles(ARTICLES, None, FAST)
    assert [article.id for article in matrix.articles] == sorted(article.id for article in ARTICLES)
    story = np.array(matrix.story)
    assert np.array_equal(story, story.T)
    assert np.array_equal(np.diag(story), np.ones(5))
    place = {article.id: row for row, article in enumerate(matrix.articles)}
    strongest, weakest = matrix.strongest[place["kedutaan"]], matrix.weakest[place["kedutaan"]]
    assert strongest is not None
    assert weakest is not None
    assert strongest.other == place["salinan"]
    assert weakest.other == place["ziege"]
    assert weakest.probability == matrix.story[place["kedutaan"]][place["ziege"]]


def test_the_matrix_holds_the_probability_of_each_pair() -> None:
    ids = [EMBASSY_TR.id, EMBASSY_ID.id, COPY.id]
    matrix = explain_articles(ARTICLES, ids, FAST)
    assert [article.id for article in matrix.articles] == ids
    for second, other in ((1, EMBASSY_ID), (2, COPY)):
        pair = explained(EMBASSY_TR, other)
        assert matrix.story[0][second] == pytest.approx(pair.story.probability, abs=1e-6)
        assert matrix.event[0][second] == pytest.approx(pair.event.probability, abs=1e-6)


def test_one_article_has_no_links() -> None:
    matrix = explain_articles([GOAT], None, FAST)
    assert (matrix.strongest, matrix.weakest, matrix.cohesion) == ((None,), (None,), None)


def test_more_articles_than_a_matrix_holds_are_refused_with_a_way_out() -> None:
    many = [Article(id=f"{n:04d}", text=f"Nachricht Nummer {n} über Ägypten.") for n in range(MOST_COMPARED + 1)]
    with pytest.raises(UsageError, match=r"201 articles are too many.*--story ID"):
        explain_articles(many, None, FAST)


@pytest.fixture(scope="module")
def sample() -> ReadResult:
    return read_articles([str(SAMPLE)])


def test_a_story_is_explained_event_by_event_with_its_own_probabilities(sample: ReadResult) -> None:
    story = find_stories(sample, FAST).stories[0]
    for id_ in (story.id, story.events[-1].id):
        matrix = explain_story(sample, id_, FAST)
        assert (matrix.id, matrix.title, matrix.left_out) == (story.id, story.title, 0)
        assert [a.id for a in matrix.articles] == [id_ for event in story.events for id_ in event.articles]
        assert matrix.cohesion == pytest.approx(story.cohesion, abs=0.02)


def test_an_unknown_story_is_misuse_that_names_some(sample: ReadResult) -> None:
    with pytest.raises(UsageError, match=r"no story or event has the id 's-nichts'.*s-[0-9a-f]{10}"):
        explain_story(sample, "s-nichts", FAST)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no seeds here")
def test_seeds_in_two_languages_share_istanbul() -> None:
    articles = read_articles([str(SEEDS)]).articles
    matrix = explain_articles(articles, None, FAST)
    assert len({article.language for article in matrix.articles}) > 1
    compared = 0
    for place, first in enumerate(matrix.articles):
        for second in matrix.articles[place + 1 :]:
            if first.language != second.language:
                pair = explain_pair(articles, first.id, second.id, FAST)
                if "Istanbul" in first.text and "Istanbul" in second.text:
                    assert ("Istanbul", "Istanbul") in shared(pair, "name"), (first.id, second.id)
                    compared += 1
    assert compared >= 4


# The command


Explain = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Explain:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSCLUST_EFFORT", "fast")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    Path("artikel").mkdir()
    for article in ARTICLES:
        Path("artikel", f"{article.id}.txt").write_text(article.body, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, Any, str]:
        code = run(["explain", *arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def test_two_files_are_explained_as_a_pair(explain: Explain) -> None:
    code, out, _ = explain("artikel/kedutaan.txt", "artikel/büyükelçilik.txt")
    document = json.loads(out)
    assert code == 0
    assert (document["schema"], document["kind"]) == ("newsclust-explain/1", "pair")
    assert {article["id"] for article in document["articles"]} == {"kedutaan.txt", "büyükelçilik.txt"}


def test_ids_are_looked_up_in_the_paths_given(explain: Explain) -> None:
    _, out, _ = explain("ziege.txt", "kedutaan.txt", "--in", "artikel")
    assert [article["id"] for article in json.loads(out)["articles"]] == ["ziege.txt", "kedutaan.txt"]


def test_several_files_make_a_matrix_with_the_languages_named(explain: Explain) -> None:
    code, out, _ = explain("artikel", "--format", "table")
    assert code == 0
    assert "5 articles" in out
    for language in ("Indonesian", "Turkish", "Russian", "German"):
        assert language in out


def test_a_story_is_named_by_its_id(explain: Explain) -> None:
    story = find_stories(read_articles(["artikel"]), FAST).stories[0]
    code, out, _ = explain("--story", story.id, "artikel")
    document = json.loads(out)
    assert code == 0
    assert (document["kind"], document["id"]) == ("matrix", story.id)
    assert len(document["story"]) == len(story.members)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing to explain"),
        (["artikel/ziege.txt"], "this is one article"),
        (["zige.txt", "kedutaan.txt", "--in", "artikel"], "did you mean 'ziege.txt'?"),
        (["artikel", "--story", "s-1", "--in", "artikel"], "leave --in out"),
        (["artikel", "--story", "s-1"], "no story or event has the id 's-1'"),
        (["nirgends"], "nirgends"),
    ],
)
def test_what_cannot_be_explained_is_misuse_with_a_way_out(explain: Explain, arguments: list[str], says: str) -> None:
    code, out, err = explain(*arguments)
    assert (code, out) == (2, "")
    assert says in err
