"""Words that name nothing: stop words, months and weekdays of a language, in the form words are compared in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from newsclust.text.folding import fold_accents
from newsclust.text.naming.cldr import locale_data

# Languages without a list of their own, or with a short one, and a sibling whose list serves them too.
_SIBLINGS = {"ms": "id", "id": "ms", "bs": "hr", "sr": "hr", "nb": "no", "nn": "no", "mk": "bg", "be": "ru", "uk": "ru"}
_UNKNOWN = "en"
"""The list for an article of an unknown language: English is what turns up in all of them."""


def stop_words(languages: Iterable[str]) -> frozenset[str]:
    """Return the folded stop words of all of these languages (ISO 639-1 codes or "und")."""
    return frozenset().union(*(_of(language) for language in languages))


@lru_cache(maxsize=256)
def plain_stop_words(language: str) -> tuple[str, ...]:
    """Return the stop words of one language as its list spells them, sorted; none where there is no list."""
    import stopwordsiso  # reads its lists, 0.2 MB, when it is imported

    codes = (language, _SIBLINGS.get(language, "")) if language != "und" else (_UNKNOWN,)
    return tuple(sorted(stopwordsiso.stopwords(codes)))


@lru_cache(maxsize=256)
def _of(language: str) -> frozenset[str]:
    words = {fold_accents(word) for word in plain_stop_words(language)}
    return frozenset(words | {part for name in _calendar(language) for part in fold_accents(name).split()})


def _calendar(language: str) -> set[str]:
    """Months and weekdays: capitalised in many languages, in nearly every article, and never what a story is about."""
    data = locale_data(language if language != "und" else _UNKNOWN)
    names: set[str] = set()
    for table in (data.get("months", {}), data.get("days", {})):
        for kind in table.values():
            names |= {*kind.get("wide", {}).values(), *(n.rstrip(".") for n in kind.get("abbreviated", {}).values())}
    return {name for name in names if not any(map(str.isdigit, name))}
