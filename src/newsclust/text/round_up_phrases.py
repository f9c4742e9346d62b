"""How pages that tell many stories say so: "Evening briefing", "Good morning! Here is the news"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import regex

from newsclust.text.round_up_wording import GREETINGS, ROUND_UPS

OPENING = 100
"""Characters at the beginning of a text in which it greets its readers."""

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def is_round_up_title(title: str) -> bool:
    """Whether a headline says that many stories follow."""
    line = " ".join(title.casefold().split())
    return _may_hold(line) and _wording().search(line) is not None


def without_phrases(title: str) -> tuple[str, str]:
    """The first phrase of such a headline, and the headline without any, both without case."""
    line = " ".join(title.casefold().split())
    first = _wording().search(line)
    return first.group() if first else "", _wording().sub(" ", line)


def greets(text: str) -> bool:
    """Whether a text greets its readers first, or behind one short line or sentence, such as the day."""
    opening = " ".join(text[:OPENING].casefold().split())
    return _may_hold(opening) and _greeting().match(opening) is not None


def _may_hold(line: str) -> bool:
    """Whether a line holds the longest word of a phrase: most do not, and need not be searched for phrases."""
    return _UNSPACED.search(line) is not None or not _longest_words().isdisjoint(_WORD.findall(line))


@lru_cache(maxsize=1)
def _wording() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<![\p{L}\p{M}])(?:\L<phrases>|\L<greetings>[!,:.])(?![\p{L}\p{M}])"
        r"|\L<unspaced>|\L<unspaced_greetings>[!,:.]",
        phrases=_spaced(ROUND_UPS),
        greetings=_spaced(GREETINGS),
        unspaced=_unspaced(ROUND_UPS),
        unspaced_greetings=_unspaced(GREETINGS),
    )


@lru_cache(maxsize=1)
def _greeting() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:[^.!?…。]{0,60}[.!?…。:]+\s*)?(?:\L<greetings>|\L<unspaced>)[!,:.！，،]",
        greetings=_spaced(GREETINGS),
        unspaced=_unspaced(GREETINGS),
    )


def _spaced(by_language: Mapping[str, str]) -> list[str]:
    return [phrase for phrase in _phrases(by_language) if not _UNSPACED.search(phrase)]


def _unspaced(by_language: Mapping[str, str]) -> list[str]:
    return [phrase for phrase in _phrases(by_language) if _UNSPACED.search(phrase)]


@lru_cache(maxsize=1)
def _longest_words() -> frozenset[str]:
    phrases = (*_phrases(ROUND_UPS), *_phrases(GREETINGS))
    return frozenset(max(_WORD.findall(phrase), key=len) for phrase in phrases)


def _phrases(by_language: Mapping[str, str]) -> list[str]:
    """All phrases, the longest first."""
    entries = (entry.casefold() for text in by_language.values() for entry in text.split("|") if entry.strip())
    found = {" ".join(entry.split()) for entry in entries}
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))
