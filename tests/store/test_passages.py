"""Batches of one article give the cleaned texts that one run gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsclust.articles import Article, Boilerplate, ReadResult
from newsclust.cleaning.boilerplate import clean
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.rows import BODY, COLUMNS, articles_whole, as_article
from newsclust.store.update import update

FAST = Settings(effort=Effort.FAST)
ADVERTISEMENT = (
    "Хотите получать важные новости прямо в мессенджер? Подпишитесь на канал редакции, выберите удобный тариф и "
    "поддержите независимую местную журналистику."
)
SHARED = (Boilerplate(ADVERTISEMENT, "shared"), Boilerplate("Рубрика дня", "shared"))
REPORTS = (
    "Паром с двумястами пассажирами сел на мель у Вальдерры утром в четверг. Рыбацкие лодки доставили людей на берег.",
    "Хлеб стоит на десятую часть дороже, чем прошлой зимой. Мельницы называют причиной дорогой газ и плохой урожай.",
    "Амака Окойе обыграла чемпионку за четырнадцать часов игры. Она рано пожертвовала ладью и сохранила инициативу.",
    "Снегопад закрыл четыре перевала на востоке страны. Армия доставила продовольствие жителям двух деревень.",
)


def articles() -> list[Article]:
    with_all = [
        Article(id=f"a{n}", text=f"{ADVERTISEMENT}\n{text}\nРубрика дня", title=text.split(".")[0][:40])
        for n, text in enumerate(REPORTS)
    ]
    return [*with_all, Article(id="b", title="Без рекламы", text=REPORTS[0].replace("Паром", "Катер"))]


def stored(path: Path) -> dict[str, Article]:
    with reading(path) as connection:
        rows = connection.execute(f"SELECT {COLUMNS}, {BODY} FROM articles JOIN texts t ON article = number")  # noqa: S608
        return {row[1]: as_article(row, row[8:]) for row in rows}


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_store_fed_in_batches_cleans_as_one_run_does(tmp_path: Path, size: int, seed: int) -> None:
    given = articles()
    random.Random(seed).shuffle(given)
    for start in range(0, len(given), size):
        update(tmp_path / "n.db", ReadResult(tuple(given[start : start + size])), FAST)

    found = stored(tmp_path / "n.db")

    for article in clean(articles()):
        assert (found[article.id].text, found[article.id].boilerplate) == (article.text, article.boilerplate)
    assert all(found[f"a{n}"].boilerplate == SHARED for n in range(4))


@pytest.mark.parametrize("size", [1, 3])
def test_a_headline_that_unlike_articles_have_goes_in_batches_as_in_one_run(tmp_path: Path, size: int) -> None:
    given = [Article(id=f"a{n}", title="Фото: агентство", text=text) for n, text in enumerate(REPORTS)]
    for start in range(0, len(given), size):
        update(tmp_path / "n.db", ReadResult(tuple(given[start : start + size])), FAST)

    found = stored(tmp_path / "n.db")

    for article in clean(given):
        told = found[article.id]
        assert (told.title, told.text, told.boilerplate) == (None, article.text, article.boilerplate)
    with reading(tmp_path / "n.db") as connection:
        assert [article.title for article in articles_whole(connection, range(1, 9)).values()] == [
            "Фото: агентство"
        ] * 4


def test_an_article_that_is_read_again_for_a_passage_is_no_changed_one(tmp_path: Path) -> None:
    first, second = articles()[:2]
    update(tmp_path / "n.db", ReadResult((first,)), FAST)

    done = update(tmp_path / "n.db", ReadResult((second,)), FAST)

    assert (done.added, done.changed) == (1, 0)
    assert ADVERTISEMENT not in stored(tmp_path / "n.db")["a0"].text
    assert update(tmp_path / "n.db", ReadResult((first, second)), FAST).known == 2
