"""Which writing system a text is in: the first and surest sign of its language."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

LATIN, CYRILLIC, ARABIC, DEVANAGARI, HAN = "Latin", "Cyrillic", "Arabic", "Devanagari", "Han"

# First and last code point of the letters of each script (Unicode 15 blocks). Combining diacritics, digits and
# punctuation belong to no script.
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, LATIN),
    (0x0061, 0x007A, LATIN),
    (0x00C0, 0x024F, LATIN),
    (0x0250, 0x02AF, LATIN),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, CYRILLIC),
    (0x0531, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, ARABIC),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, ARABIC),
    (0x0780, 0x07BF, "Thaana"),
    (0x07C0, 0x07FF, "Nko"),
    (0x08A0, 0x08FF, ARABIC),
    (0x0900, 0x097F, DEVANAGARI),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Odia"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x13A0, 0x13FF, "Cherokee"),
    (0x1400, 0x167F, "Canadian"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x1C50, 0x1C7F, "Ol Chiki"),
    (0x1C80, 0x1C8F, CYRILLIC),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, "Greek"),
    (0x2D00, 0x2D2F, "Georgian"),
    (0x2D30, 0x2D7F, "Tifinagh"),
    (0x2D80, 0x2DDF, "Ethiopic"),
    (0x2DE0, 0x2DFF, CYRILLIC),
    (0x3040, 0x30FF, "Kana"),
    (0x3100, 0x312F, HAN),
    (0x3130, 0x318F, "Hangul"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xA640, 0xA69F, CYRILLIC),
    (0xA720, 0xA7FF, LATIN),
    (0xA8E0, 0xA8FF, DEVANAGARI),
    (0xAA60, 0xAA7F, "Myanmar"),
    (0xAB00, 0xAB2F, "Ethiopic"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0xF900, 0xFAFF, HAN),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFE, ARABIC),
    (0xFF21, 0xFF3A, LATIN),
    (0xFF41, 0xFF5A, LATIN),
    (0xFF66, 0xFF9F, "Kana"),
    (0x1E7E0, 0x1E7FF, "Ethiopic"),
    (0x20000, 0x323AF, HAN),
)
_STARTS = tuple(start for start, _, _ in _RANGES)

# A syllable block or ideograph carries about as much as three Latin letters, and texts in other scripts quote names in
# Latin letters where Latin texts hardly ever quote theirs: a Korean or Thai headline full of brands is still that.
_LATIN_WEIGHT = 1 / 3
# Chinese texts quote the odd Japanese の, and Korean ones many ideographs; these shares tell them apart.
_KANA_SHARE = 0.08
_HANGUL_SHARE = 0.15


@lru_cache(maxsize=65536)
def script_of(character: str) -> str | None:
    """Name the script of one letter or vowel sign; None for digits, punctuation and whatever is not listed."""
    code = ord(character)
    start, end, script = _RANGES[max(bisect_right(_STARTS, code) - 1, 0)]
    if not start <= code <= end or not (character.isalpha() or _is_mark(character)):
        return None
    return script


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


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")
