"""Normal forms: the same as Unicode's where a text is one, bounded where it is none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.encoders.builtin.tokenizer import load_tokenizer
from newsclust.text.unicode import MOST_MARKS, normalised, unpointed

ARABIC = "أَعْلَنَ رَئِيسُ الوُزَرَاءِ أَنَّ المُحَادَثَاتِ سَتَبْدَأُ غَدًا فِي إِسْطَنْبُول"
HEBREW = "רֹאשׁ הָעִיר חָנַךְ אֶת הַגֶּשֶׁר בַּצָּפוֹן"


@given(st.text(max_size=60), st.sampled_from(["NFC", "NFKD"]))
def test_what_a_language_needs_is_left(text: str, form: str) -> None:
    assert normalised(form, text) == unicodedata.normalize(form, text)  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", ["\u0301", "\u0316", "\u064b"])
def test_of_many_marks_the_first_stay(mark: str) -> None:
    assert normalised("NFKD", f"Ö{mark * 500}l") == unicodedata.normalize("NFKD", f"Ö{mark * MOST_MARKS}l")


@pytest.mark.parametrize(
    ("pointed", "plain"),
    [
        (ARABIC, "أعلن رئيس الوزراء أن المحادثات ستبدأ غدا في إسطنبول"),
        (HEBREW, "ראש העיר חנך את הגשר בצפון"),
    ],
)
def test_a_fully_pointed_text_is_read_as_the_plain_one(builtin_model: None, pointed: str, plain: str) -> None:
    assert unpointed(pointed) == plain
    both = load_tokenizer().token_ids([pointed, plain])
    assert both[0].tolist() == both[1].tolist()


@pytest.mark.parametrize("text", ["أعلن رئيس الوزراء أيضاً أنّ المحادثات ستبدأ غداً", "Überraschung in Malmö", ""])
def test_points_that_tell_words_apart_stay(text: str) -> None:
    assert unpointed(text) == text
