"""The beginnings of words, by which texts are compared whatever endings their words take.

A syllable of Korean says as much as two or three letters, so fewer make a word that says something.
"""

from __future__ import annotations

import re

STEM, SHORTEST = 5, 4
"""Letters of a word that are compared, and those of the shortest word that says something."""
STEM_OF_SYLLABLES, SHORTEST_OF_SYLLABLES = 3, 2
"""The same in characters that stand for a syllable each. By two of them unlike articles of one paper have a fifth of
their words in common."""
HEADLINE_STEM_OF_SYLLABLES = 2
"""Syllables of a word of a headline, which leaves out the particle that the text adds to a noun."""

_SYLLABLE = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


def stem_of(word: str) -> str:
    """The beginning of a word that a headline and its text share; nothing of one too short to say something.

    Scripts without spaces between words have none.
    """
    if _SYLLABLE.match(word):
        return word[:HEADLINE_STEM_OF_SYLLABLES] if len(word) >= SHORTEST_OF_SYLLABLES else ""
    return word[:STEM] if len(word) >= SHORTEST else ""
