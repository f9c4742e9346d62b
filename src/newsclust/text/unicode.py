"""Unicode's normal forms in bounded time, and Arabic and Hebrew as they are mostly written."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import regex

MOST_MARKS = 30
"""Marks in a row that are kept: as many as Unicode's stream-safe text has (UAX 15, section 13), twice what any language
needs. The standard library puts them in order with the square of their number: 40,000 would take minutes."""

_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
_COMMON_POINTS = "\u064e", "\u05b7", "\u05b8"
_POINTED = 6
"""A text of which a sixth are vowel points is written with all of them; in others a point tells two words apart."""

_TOO_MANY = regex.compile(rf"(\p{{M}}{{{MOST_MARKS}}})\p{{M}}+")


def normalised(form: Literal["NFC", "NFKD"], text: str) -> str:
    """The text in a normal form; of more than MOST_MARKS marks on one letter the first stay."""
    if text.isascii():
        return text
    if _TOO_MANY.search(text):
        text = _TOO_MANY.sub(r"\1", text)
    return unicodedata.normalize(form, text)


def unpointed(text: str) -> str:
    """A fully pointed text (Arabic with its harakat, Hebrew with its niqqud) without points, as news are written."""
    if not any(point in text for point in _COMMON_POINTS) or len(_POINTS.findall(text)) * _POINTED < len(text):
        return text
    return _POINTS.sub("", text)
