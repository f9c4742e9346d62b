"""Words in the forms they are compared in: without case, and without what only accents them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from newsclust.text.unicode import normalised

# Letters that Unicode does not take apart into a base letter and a mark.
_BASE_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe"})
# Combining marks that only accent: elsewhere (Devanagari, Thai) marks are vowels and make another word.
_ACCENTS = (range(0x0300, 0x0370), range(0x0591, 0x05C8), range(0x064B, 0x0660))
_DROPPED = {code: None for block in _ACCENTS for code in block} | {0x200C: None, 0x200D: None, 0x0640: None}


@lru_cache(maxsize=1 << 18)
def fold_accents(word: str) -> str:
    """Return a word without case, accents and joiners; vowel signs stay, Korean is in its letters (jamo).

    The form of stop words and keywords.
    """
    if word.isascii():
        return word.lower()
    return normalised("NFKD", word.casefold()).translate(_DROPPED).translate(_BASE_LETTERS)


def fold_marks(word: str) -> str:
    """Return a word without case and combining marks of any script: "İstanbul" and "ISTANBUL" alike.

    The form of names, which the same-story score knows by their hashes.
    """
    if word.isascii():
        return word.lower()
    letters = normalised("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
