from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.text.display import encodable, harmless, printable

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=())) | st.text()


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Türkei: [red]Rot[/red]", "Türkei: [red]Rot[/red]"),
        ("\x1b[31mrot\x1b[0m", "\N{REPLACEMENT CHARACTER}[31mrot\N{REPLACEMENT CHARACTER}[0m"),
        ("a\tb\r\nc\u2028d\u00a0e", "a b c d e"),
        ("\u202egpj.exe", "gpj.exe"),
        ("שלום\u200f עולם\u200e", "שלום עולם"),
        ("\u2067x\u2069\ufeff", "x"),
        ("\x9b31m", "\N{REPLACEMENT CHARACTER}31m"),
        ("\ud83d", "\N{REPLACEMENT CHARACTER}"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
        ("  北京  ", "北京"),
    ],
)
def test_what_steers_or_reorders_is_neutralised_and_the_rest_stays(given_text: str, shown: str) -> None:
    assert printable(given_text) == shown


@given(ANY_TEXT)
def test_any_text_becomes_one_line_without_controls_or_bidi_that_utf8_can_write(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in shown} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    assert printable(shown) == shown


def test_a_layout_of_our_own_keeps_its_lines_and_spaces() -> None:
    assert harmless("Fehler:\n\t  „ä\x1b[1m“\n") == "Fehler:\n\t  „ä\N{REPLACEMENT CHARACTER}[1m“\n"


def test_only_lone_surrogates_stop_text_from_being_encoded() -> None:
    assert encodable("é\udcff\x1b😀") == "é\N{REPLACEMENT CHARACTER}\x1b😀"
