"""Bags of words: folding, digits of any script, unit rows that no other text moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from samples import described

from newsclust.articles import Article, ReadResult
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.similarity.sparse_features import NAME_SLOTS, compound_names, name_vectors, names_of, token_vectors
from newsclust.text.folding import fold_marks

EVEN = np.ones(50, np.float32)


def names(text: str) -> set[int]:
    return set(names_of([text]).names[0].tolist())


def sounds(text: str) -> set[int]:
    return set(names_of([text]).phonetic[0].tolist())


def numbers(text: str) -> set[int]:
    return set(names_of([text]).numbers[0].tolist())


def rows(*ids: list[int]) -> list[NDArray[np.int32]]:
    return [np.array(row, np.int32) for row in ids]


# Names and numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "Istanbul"),
        ("ISTANBUL", "Istanbul"),
        ("Zürich", "Zurich"),
        ("STRASSE", "Straße"),
        ("Łódź", "ŁÓDŹ"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("Москва́", "МОСКВА"),
    ],
)
def test_accents_and_case_do_not_part_a_name(one: str, other: str) -> None:
    assert fold_marks(one) == fold_marks(other)


@pytest.mark.parametrize(("one", "other"), [("Zürich", "ZURICH"), ("İstanbul", "Istanbul"), ("Straße", "STRASSE")])
def test_a_name_is_found_again_in_capitals_and_without_accents(one: str, other: str) -> None:
    assert names(f"in {one} gestern") == names(f"the talks at {other}") != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("3 قتلى", "three dead, ٣ in all"), ("بـ50.55 ليرة", "50,55 TL"), ("ב3.652 שקל", "3,652 ₪"), ("第7届", "VII: 7")],
)
def test_numbers_of_one_digit_and_behind_a_letter_are_numbers(one: str, other: str) -> None:
    assert numbers(one) == numbers(other) != set()


def test_a_word_is_no_number() -> None:
    assert numbers("Zürich und Ñuñoa, İstanbul, Việt Nam") == set()


@pytest.mark.parametrize("number", ["2025", "٢٠٢٥", "۲۰۲۵", "२०२५", "২০২৫", "２０２５", "๒๐๒๕", "02025"])
def test_digits_of_any_script_make_the_same_number(number: str) -> None:
    assert names(number) == names("2025") != set()


def test_numbers_written_with_their_units_are_read() -> None:
    assert names("２０２５年２月２７日") == names("2025 27")


def test_single_digits_small_words_and_short_capitals_are_no_names() -> None:
    assert names("Am 7. kam es so: die AS und EU sagten nein, nichts weiter") == names("")
    assert names("") == set()


@pytest.mark.parametrize(
    ("written", "elsewhere"),
    [("Hà Nội", "Hanoi"), ("Sơn La", "Sonla"), ("Abu Bakar Ba'asyir", "Baasyir"), ("Ma’arif", "MAARIF")],
)
def test_a_name_of_parts_is_also_what_other_languages_write_in_one_word(written: str, elsewhere: str) -> None:
    assert names(elsewhere) != set()
    assert names(elsewhere) <= names(written)


@pytest.mark.parametrize("name", ["O'Brien", "D’Souza", "Hang-seo"])
def test_a_name_of_parts_counts_by_its_parts_too(name: str) -> None:
    long = max(name.replace("’", "'").replace("-", "'").split("'"), key=len)
    assert names(long) < names(name)


@pytest.mark.parametrize("text", ["Biden's", "İstanbul'da", "US-amerikanisch", "we're", "New York"])
def test_endings_and_usual_compounds_are_no_names_of_parts(text: str) -> None:
    assert compound_names(text) == []


def test_scripts_without_capitals_give_numbers_and_sounds_only() -> None:
    assert names("محادثات السفارات في إسطنبول يوم 27") == names("27")
    assert sounds("محادثات في إسطنبول") & sounds("Gespräche in İstanbul")
    assert sounds("イスタンブールで協議") & sounds("Talks in Istanbul")
    assert not sounds("محادثات في جاكرتا") & sounds("Gespräche in İstanbul")


def test_texts_read_together_and_apart_give_the_same_slots() -> None:
    texts = ["Putin in Istanbul 2025", "", "Путин в Стамбуле 2025", "Putin Putin 2025", "イスタンブール"]
    together = names_of(texts)
    for place, text in enumerate(texts):
        alone = names_of([text])
        assert together.names[place].tolist() == alone.names[0].tolist()
        assert together.phonetic[place].tolist() == alone.phonetic[0].tolist()


@given(st.text())
def test_any_text_gives_slots_in_range(text: str) -> None:
    found = names_of([text])
    for slots in (*found.names, *found.phonetic):
        assert slots.dtype == np.int32
        assert ((slots >= 0) & (slots < NAME_SLOTS)).all()


@given(st.text(alphabet=st.characters(categories=["L", "M"])))
def test_folding_twice_is_folding_once(word: str) -> None:
    once = fold_marks(word)
    assert fold_marks(once) == fold_marks(fold_marks(once))


# Weighted rows


def test_rows_have_length_one_and_texts_without_words_none() -> None:
    matrix = token_vectors(rows([1, 2, 2], [], [3]), EVEN)
    assert matrix.shape == (3, 50)
    assert np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()).tolist() == pytest.approx([1, 0, 1])


def test_a_repeated_word_counts_more_but_less_than_each_time() -> None:
    row = token_vectors(rows([1, 2, 2, 2]), EVEN).toarray()[0]
    assert row[2] / row[1] == pytest.approx(1 + np.log(3))


def test_the_order_of_words_changes_nothing() -> None:
    one, other = token_vectors(rows([5, 1, 9, 1]), EVEN), token_vectors(rows([1, 9, 1, 5]), EVEN)
    assert abs(one - other).max() == 0


def test_rare_words_weigh_more_and_words_of_no_weight_are_left_out() -> None:
    weights = np.array([0, 1, 4], np.float32)
    matrix = token_vectors(rows([0, 1, 2], [0, 0]), weights)
    assert matrix.toarray()[0] == pytest.approx([0, 1 / np.sqrt(17), 4 / np.sqrt(17)])
    assert matrix.nnz == 2


def test_a_name_counts_once_however_often_it_stands_in_the_text() -> None:
    weights = np.ones(NAME_SLOTS, np.float32)
    found = names_of(["Putin, Putin, Putin und Trump", "Trump und Putin"])
    one, other = name_vectors(found.names, weights)
    assert abs(one - other).max() == 0


def test_a_row_has_the_same_bits_alone_and_in_any_company() -> None:
    random = np.random.default_rng(5)
    weights = random.random(400).astype(np.float32)
    texts = rows(*(random.integers(0, 400, random.integers(0, 300)).tolist() for _ in range(200)))
    together = token_vectors(texts, weights)
    for place, text in enumerate(texts):
        assert abs(token_vectors([text], weights)[0] - together[place]).max() == 0
    assert abs(token_vectors(texts[::-1], weights)[::-1] - together).max() == 0


def test_no_texts_give_no_rows() -> None:
    assert token_vectors([], EVEN).shape == (0, 50)
    assert names_of([]).names == []


TIFINAGH = ("ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⵓⵜⵍⴰⵢⵜ ⵏ ⵉⵎⴰⵣⵉⵖⵏ", "ⴰⵙⴰⵔⴰⴳ ⵏ ⵜⵎⴷⵉⵏⵜ ⵉⵍⴷⵉ ⴰⵙⵙⴰ", "ⵉⵎⵓⵜ ⵢⴰⵏ ⵓⵔⴳⴰⵣ ⴳ ⵓⴱⵔⵉⴷ")


@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_texts_in_a_script_that_the_model_cannot_read_are_not_alike(builtin_model: None, effort: Effort) -> None:
    """Each is a row of one and the same unknown token."""
    read = ReadResult(tuple(Article(id=str(n), text=text) for n, text in enumerate(TIFINAGH)))
    assert find_stories(read, Settings(effort=effort)).stories == ()


def test_a_few_unknown_characters_cost_a_text_nothing(builtin_model: None) -> None:
    plain = "Die Fähre nach Föhr fährt wieder, sagte der Kapitän am Montag."
    words = described([Article(id=text, text=text, language="de") for text in (plain, f"{plain} ⵜⴰⵎⴰⵣⵉⵖⵜ")]).words
    assert (words[0] @ words[1].T).toarray().item() > 0.98
