"""Given names of 86 countries, one form in every alphabet: Sergey, Sergej and Сергей, Dmitri and Дмитрием."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from importlib.resources import files

FILE = "given-names.txt.gz"
"""Made by benchmarks/given_names.py."""

SHORTEST = 3
"""Letters of a name: what is shorter is any word."""

_DECLINING = frozenset("ru uk be sr hr bs sl mk cs sk pl lt lv et fi hu tr az kk ky el sq".split())
"""Languages that write endings onto names."""
_LONGEST_ENDING = 2
_ALIKE = re.compile("[ijy]+")


def is_given_name(word: str, language: str = "") -> bool:
    """Tell whether a capitalised word is a given name somewhere; with an ending where `language` has any."""
    form = latin_form(word)
    if len(form) < SHORTEST:
        return False
    if form in _given_names():
        return True
    return language in _DECLINING and any(_stem(form[: len(form) - cut]) in _stems() for cut in range(_LONGEST_ENDING))


@lru_cache(maxsize=1 << 16)
def latin_form(word: str) -> str:
    """Return a word's small Latin letters, with one spelling for i, j and y, for h and kh, and for v and w."""
    from anyascii import anyascii

    letters = "".join(filter(str.isalpha, anyascii(word).lower()))
    return _ALIKE.sub("i", letters.replace("kh", "h").replace("w", "v"))


def _stem(form: str) -> str:
    """A name without the vowels that endings take the place of; "" where too little stays."""
    stem = form.rstrip("aeiou")
    return stem if len(stem) > SHORTEST else ""


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    packed = files("newsclust").joinpath("data", FILE).read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(filter(None, map(_stem, _given_names())))
