"""What languages are called in English."""

from __future__ import annotations

from functools import lru_cache

from newsclust.articles import UNDETERMINED


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """The English name of an ISO 639 code ("Indonesian"), "unknown" for "und", the code itself where it has none."""
    from babel import Locale

    if code == UNDETERMINED:
        return "unknown"
    return str(Locale("en").languages.get(code, code))
