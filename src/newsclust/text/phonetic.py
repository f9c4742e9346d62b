"""How a name sounds, roughly, in any script: Istanbul, Стамбуле, إسطنبول, 이스탄불에서 and イスタンブール alike.

Letters become Latin (anyascii), vowels go, consonants that scripts mix up become one, and only the first four stay, so
that case endings and particles do not matter. Coarse on purpose: the weights of the same-story score know what such a
match is worth, and frequent words weigh nothing.
"""

from __future__ import annotations

import re

SHORTEST = 3
LONGEST = 4
"""Consonants of a key. Three would let one in 700 words agree by chance, five would lose most inflected names."""

_ARTICLES = re.compile("^(?:[وبفك]?ال|لل)")
"""The Arabic article with the prepositions written onto it."""
_CLUSTERS = re.compile("ng|[sc]h|kh|ph|t[sz]")
_ONE_FOR = {"ng": "n", "sh": "s", "ch": "s", "kh": "k", "ph": "b", "ts": "s", "tz": "s"}
_CONSONANTS = str.maketrans("cgqxzjpfvdrm", "kkkkssbbbtln", "aeiouyhw")
"""Japanese has one letter for r and l, Arabic none for p and v, Korean one for k and g; m and n change before b."""
_DOUBLED = re.compile(r"(.)\1+")


class _Latin(dict[int, str]):
    """Each character's small Latin letters, found when it is first met: a table for str.translate."""

    def __missing__(self, code: int) -> str:
        from anyascii import anyascii

        self[code] = "".join(letter for letter in anyascii(chr(code)).lower() if "a" <= letter <= "z")
        return self[code]


_LATIN = _Latin()


def phonetic_key(word: str) -> str:
    """Three or four consonants that stand for how the word sounds, or "" when it has fewer."""
    latin = _ARTICLES.sub("", word).translate(_LATIN)
    plain = _CLUSTERS.sub(lambda match: _ONE_FOR[match[0]], latin).translate(_CONSONANTS)
    key = _DOUBLED.sub(r"\1", plain)[:LONGEST]
    return key if len(key) >= SHORTEST else ""
