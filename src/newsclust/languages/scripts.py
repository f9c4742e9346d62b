"""Which writing system a text is in: the first and surest sign of its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import regex

LATIN, CYRILLIC, ARABIC, DEVANAGARI, HAN = "Latin", "Cyrillic", "Arabic", "Devanagari", "Han"

_NAMES = (
    *(LATIN, CYRILLIC, ARABIC, DEVANAGARI, HAN, "Kana", "Hangul", "Armenian", "Bengali", "Canadian", "Cherokee"),
    *("Ethiopic", "Georgian", "Greek", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam"),
    *("Mongolian", "Myanmar", "Nko", "Odia", "Ol Chiki", "Sinhala", "Syriac", "Tamil", "Telugu", "Thaana", "Thai"),
    *("Tibetan", "Tifinagh"),
)
"""Every script that news is written in."""
_UNICODE_NAMES = {
    HAN: "Han Bopomofo",
    "Kana": "Hiragana Katakana",
    "Canadian": "Canadian_Aboriginal",
    "Odia": "Oriya",
    "Ol Chiki": "Ol_Chiki",
}


def _letters(name: str) -> str:
    scripts = _UNICODE_NAMES.get(name, name).split()
    return "([" + "".join(rf"\p{{Script_Extensions={script}}}" for script in scripts) + "])"


# A letter is of every script that uses it: the Japanese mark for a long vowel is common to two of them. A mark that any
# letter may bear is of none.
_LETTER = regex.compile(
    rf"(?=\p{{L}}|(?!\p{{Script=Inherited}})[\p{{Mn}}\p{{Mc}}])(?:{'|'.join(map(_letters, _NAMES))})"
)

# A syllable block or ideograph carries about as much as three Latin letters, and texts in other scripts quote names in
# Latin letters where Latin texts hardly ever quote theirs: a Korean or Thai headline full of brands is still that.
_LATIN_WEIGHT = 1 / 3
# Chinese texts quote the odd Japanese の, and Korean ones many ideographs; these shares tell them apart.
_KANA_SHARE = 0.08
_HANGUL_SHARE = 0.15


@lru_cache(maxsize=65536)
def script_of(character: str) -> str | None:
    """Name the script of one letter or vowel sign; None for digits, punctuation and what no news is written in."""
    match = _LETTER.match(character)
    return _NAMES[match.lastindex - 1] if match and match.lastindex else None


def main_script(characters: Mapping[str, int]) -> tuple[str, int] | None:
    """Find the script most of a text is in, and count its letters there; None when there is no letter.

    `characters` counts the characters of the text. Han, kana and Hangul count as one script for that choice, then the
    shares of kana and Hangul say which: "Kana" means Japanese and "Hangul" Korean, "Han" neither.
    """
    counts: Counter[str] = Counter()
    for character, number in characters.items():
        script = script_of(character)
        if script is not None:
            counts[script] += number
    han, kana, hangul = (counts.pop(script, 0) for script in (HAN, "Kana", "Hangul"))
    east = counts[HAN] = han + kana + hangul
    weighted = ((number * (_LATIN_WEIGHT if script == LATIN else 1), script) for script, number in counts.items())
    weight, script = max(weighted)
    if weight == 0:
        return None
    if script != HAN:
        return script, counts[script]
    if hangul >= max(_HANGUL_SHARE * east, kana):
        return "Hangul", east
    return ("Kana" if kana >= _KANA_SHARE * east else HAN), east
