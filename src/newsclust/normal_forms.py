"""Unicode's normal forms in bounded time."""

from __future__ import annotations

import unicodedata
from typing import Literal

import regex

MOST_MARKS = 30
"""Marks in a row that are kept: as many as Unicode's stream-safe text has (UAX 15, section 13), twice what any language
needs. The standard library puts them in order with the square of their number: 40,000 would take minutes."""

_TOO_MANY = regex.compile(rf"(\p{{M}}{{{MOST_MARKS}}})\p{{M}}+")


def normalised(form: Literal["NFC", "NFKD"], text: str) -> str:
    """The text in a normal form; of more than MOST_MARKS marks on one letter the first stay."""
    if text.isascii():
        return text
    if _TOO_MANY.search(text):
        text = _TOO_MANY.sub(r"\1", text)
    return unicodedata.normalize(form, text)
