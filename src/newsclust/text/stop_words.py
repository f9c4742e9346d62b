"""Words that name nothing: stop words, months and weekdays of a language, in the form words are compared in."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from newsclust.text.folding import fold_accents

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
    data = _locale_data(language if language != "und" else _UNKNOWN)
    names: set[str] = set()
    for table in (data.get("months", {}), data.get("days", {})):
        for kind in table.values():
            names |= {*kind.get("wide", {}).values(), *(n.rstrip(".") for n in kind.get("abbreviated", {}).values())}
    return {name for name in names if not any(map(str.isdigit, name))}


def _locale_data(language: str) -> dict[str, Any]:
    """A language's own part of CLDR, or its parent's where it has no months (Bokmål has Norwegian's); {} where unknown.

    Read from Babel's file itself. What Babel loads is shared with all that use it in this process, merged or not as the
    first of them asked for it; and merging mixes languages: German has Azerbaijani months too if those came first.
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global
    from babel.localedata import resolve_locale_filename

    try:
        name = str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return {}
    while name:
        with open(resolve_locale_filename(name), "rb") as file:
            data: dict[str, Any] = pickle.load(file)  # noqa: S301 - part of the installed Babel
        if "months" in data:
            return data
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]
    return {}
