"""Texts of every script as words with spaces between them: what an index of words is made of, and asked for."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import regex

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
_LETTER = regex.compile(rf"({_UNSPACED}(?:(?!{_UNSPACED})\p{{M}}|[ーゝゞ々])*)")
_WORD = regex.compile(rf"(?P<run>(?:{_UNSPACED}\p{{M}}*)+)|(?:(?!{_UNSPACED})[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}])+")


def segmented(text: str) -> str:
    """The text with each letter of a script that puts no spaces between words as a word of its own.

    A word of two letters is then two words in a row, wherever it stands, and nobody has to know where words end.
    """
    return _LETTER.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def terms(question: str) -> list[list[str]]:
    """The terms of a question, each once: a word, or two letters in a row of a script without spaces."""
    distinct: dict[tuple[str, ...], None] = {}
    for word in _WORD.finditer(unicodedata.normalize("NFKC", question).casefold()):
        letters = segmented(word[0]).split() if word["run"] else [word[0]]
        for pair in pairwise(letters) if len(letters) > 1 else [tuple(letters)]:
            distinct.setdefault(pair)
    return [list(term) for term in distinct]
