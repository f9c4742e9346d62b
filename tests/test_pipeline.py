"""All stages together: any number of articles, the same bytes every time."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import DATA, UNRELATED, sample, unrelated

from newsclust.articles import Article, ReadResult, Skipped
from newsclust.pipeline import find_stories, pair_probabilities
from newsclust.reading.reader import read_articles
from newsclust.rendering.contract import to_json
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.stories import LIKELY, SURE, ClusterResult
from newsclust.testing import WordHashEncoder

pytestmark = pytest.mark.usefixtures("builtin_model")

TALKS = {
    "id": "Delegasi Amerika Serikat dan Rusia bertemu selama enam jam di Istanbul, Kamis (27/2), untuk membahas "
    "pemulihan kegiatan kedutaan besar kedua negara. Pertemuan berlangsung di kediaman konsul jenderal AS.",
    "en": "American and Russian delegations met for six hours in Istanbul on Thursday, 27 February, to discuss "
    "restoring the work of their embassies. The meeting took place at the residence of the US consul general.",
    "de": "Delegationen der USA und Russlands haben am Donnerstag, 27. Februar, in Istanbul sechs Stunden über die "
    "Arbeit ihrer Botschaften gesprochen. Das Treffen fand in der Residenz des US-Generalkonsuls statt.",
    "ru": "Делегации США и России в четверг, 27 февраля, шесть часов обсуждали в Стамбуле восстановление работы "
    "посольств. Встреча прошла в резиденции генерального консула США.",
    "tr": "ABD ve Rusya heyetleri, büyükelçiliklerin çalışmasını görüşmek üzere 27 Şubat Perşembe günü İstanbul'da "
    "altı saat bir araya geldi. Toplantı ABD Başkonsolosluğu konutunda yapıldı.",
}
ENCODERS = [pytest.param(None, id="builtin"), pytest.param(WordHashEncoder(), id="word hash")]


def talks(*languages: str) -> list[Article]:
    return [Article(id=f"{language}.txt", text=TALKS[language]) for language in languages]


def grouped(articles: Sequence[Article], settings: Settings = DEFAULTS, **options: Any) -> ClusterResult:
    return find_stories(ReadResult(tuple(articles)), settings, **options)


def partition(result: ClusterResult) -> list[set[str]]:
    return [{member.article.id for member in story.members} for story in result.stories]


# Any number of articles


@pytest.mark.parametrize("encoder", ENCODERS)
def test_no_articles_are_an_empty_result(encoder: WordHashEncoder | None) -> None:
    skipped = (Skipped("kaputt.json", "invalid JSON"),)
    result = find_stories(ReadResult((), skipped), encoder=encoder)
    assert (result.stories, result.unclustered, result.skipped) == ((), (), skipped)


@pytest.mark.parametrize("effort", list(Effort))
@pytest.mark.parametrize("text", [TALKS["ru"], "地震", "", "… ! ?"])
def test_one_article_is_unclustered_with_nothing_near(effort: Effort, text: str) -> None:
    result = grouped([Article(id="eins", text=text)], Settings(effort=effort))
    assert result.stories == ()
    assert [(entry.article.id, entry.nearest) for entry in result.unclustered] == [("eins", None)]


@pytest.mark.parametrize("pair", [("en", "id"), ("id", "de"), ("de", "en"), ("ru", "tr")], ids="-".join)
def test_two_articles_on_one_event_are_a_story(pair: tuple[str, str]) -> None:
    result = grouped(talks(*pair))
    assert partition(result) == [{f"{language}.txt" for language in pair}]
    assert len(result.stories[0].events) == 1


def test_two_articles_on_different_things_are_none() -> None:
    result = grouped([*talks("en"), Article(id="ziege", text=UNRELATED["de"][0])])
    assert result.stories == ()
    assert {entry.nearest.article for entry in result.unclustered if entry.nearest} == {"en.txt", "ziege"}


def test_five_articles_in_five_languages_are_a_story() -> None:
    result = grouped(talks(*TALKS))
    assert partition(result) == [{f"{language}.txt" for language in TALKS}]
    assert result.stories[0].languages == dict.fromkeys(sorted(TALKS), 1)


@pytest.mark.parametrize("effort", list(Effort))
def test_thirty_unrelated_articles_are_thirty_unclustered(effort: Effort) -> None:
    result = grouped(unrelated(), Settings(effort=effort))
    assert partition(result) == []
    assert len(result.unclustered) == 30
    most = LIKELY if effort is Effort.FAST else SURE
    assert all(entry.nearest and entry.nearest.probability < most for entry in result.unclustered)


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("text", [TALKS["id"], "地震", "Gempa!", ""])
def test_six_identical_articles_are_a_story_of_one_and_its_copies(text: str, encoder: WordHashEncoder | None) -> None:
    result = grouped([Article(id=f"{place}.txt", text=text) for place in range(6)], encoder=encoder)
    (story,) = result.stories
    assert [member.duplicate_of for member in story.members] == [None] + ["0.txt"] * 5
    assert {member.confidence for member in story.members} == {1.0}
    assert len(story.events) == 1


def test_unrelated_articles_do_not_change_a_story() -> None:
    (alone,) = grouped(talks("id", "en", "de")).stories
    (among,) = grouped([*unrelated(), *talks("id", "en", "de")]).stories
    assert [(m.article.id, m.event) for m in among.members] == [(m.article.id, m.event) for m in alone.members]
    assert (among.id, among.title, among.headlines) == (alone.id, alone.title, alone.headlines)
    assert among.cohesion == pytest.approx(alone.cohesion, abs=1e-4)


def test_rounds_of_talks_are_events_of_one_story_also_where_articles_have_no_date() -> None:
    rounds = {
        "february": [
            "hanse-anzeiger/kurz-istanbul.txt",
            "rheinblick/politik/botschaften-istanbul.html",
            "harian-selat/as-rusia-istanbul.txt",
        ],
        "march": ["meridian-dispatch/2025-03-18-call.json"],
        "april": ["bosphorus-ledger/second-round.html", "harian-selat/putaran-kedua.json"],
    }
    result = find_stories(read_articles([str(DATA / "articles")]))
    events = {member.article.id: member.event for member in result.stories[0].members}
    found = {name: {events[id_] for id_ in ids} for name, ids in rounds.items()}
    assert [len(some) for some in found.values()] == [1, 1, 1]
    assert len(set.union(*found.values())) == len(set(events.values())) == 3


def test_texts_without_words_are_kept() -> None:
    texts = ["", " \n", "…", "27.02.2025", "🏛️", "\x00", "</s>"]
    result = grouped([Article(id=str(place), text=text) for place, text in enumerate(texts)])
    assert len(result.articles) == len(texts)


def test_finer_granularity_splits_and_coarser_joins() -> None:
    articles = [*sample()]
    stories = [len(grouped(articles, Settings(granularity=step)).unclustered) for step in (-2, 0, 2)]
    assert stories == sorted(stories)
    assert stories[0] < stories[-1]


# The same bytes


@pytest.mark.parametrize("encoder", ENCODERS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_no_byte(encoder: WordHashEncoder | None, order: random.Random) -> None:
    articles = [*sample(), *talks(*TALKS)]
    straight = to_json(grouped(articles, encoder=encoder))
    order.shuffle(articles)
    assert to_json(grouped(articles, encoder=encoder)) == straight


@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_every_order_of_four_articles_gives_the_same_bytes(effort: Effort) -> None:
    articles = [*talks("id", "en"), Article(id="b", text=TALKS["id"]), Article(id="ü", text=UNRELATED["ja"][0])]
    rendered = {to_json(grouped(order, Settings(effort=effort))) for order in permutations(articles)}
    assert len(rendered) == 1


def test_hash_seeds_and_the_order_of_arguments_change_no_byte(built_cache: Path) -> None:
    folders = sorted(str(folder) for folder in (DATA / "articles").iterdir())
    shown = []
    for seed, given_ in [("0", folders), ("1", folders[::-1]), ("4242", [*folders[3:], *folders[:3]])]:
        done = subprocess.run(
            [sys.executable, "-m", "newsclust", "group", *given_, "--format", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed, "NEWSCLUST_CACHE": str(built_cache)},
            capture_output=True,
            check=True,
        )
        shown.append(done.stdout)
    assert json.loads(shown[0])["summary"]["articles"] == 52
    assert shown[0] == shown[1] == shown[2]


def test_a_cold_cache_and_a_warm_one_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch, built_cache: Path) -> None:
    articles = talks("id", "ru", "tr")
    vectors = built_cache / "vectors-1.sqlite"
    warm = [to_json(grouped(articles)) for _ in range(2)]
    vectors.unlink()
    assert {*warm, to_json(grouped(articles))} == {warm[0]}


# Pairs


def test_pairs_are_as_probable_as_in_any_order_and_company() -> None:
    articles = [*talks(*TALKS), *unrelated()[:5]]
    probabilities = pair_probabilities(articles, [(0, 1), (1, 0), (3, 4), (0, 7)])
    assert probabilities[0] == probabilities[1]
    assert probabilities[:3].min() > 0.5 > probabilities[3]
    turned = pair_probabilities(articles[::-1], [(9, 8), (2, 9)])
    assert turned == pytest.approx([probabilities[0], probabilities[3]], abs=1e-6)
    assert pair_probabilities(articles, []).tolist() == []


def test_dates_far_apart_make_a_story_less_likely() -> None:
    def cohesion(day: int) -> float:
        moments = [datetime(2025, 2, 27, tzinfo=UTC), datetime(2025, 2, 27, tzinfo=UTC) + timedelta(days=day)]
        both = [replace(a, published=moment) for a, moment in zip(talks("id", "en"), moments, strict=True)]
        return grouped(both).stories[0].cohesion

    assert cohesion(0) > cohesion(5) > cohesion(100) > 0.5
