"""The dateline of an agency's report: where and when it was written, and by whom."""

from __future__ import annotations

import regex

from newsclust.text.naming.mentioned_places import place_named_by, places_named

# Up to the first dash, and what stands in brackets: "MOSKAU, 3. Mai (Agentur) – ".
_PREFIX = regex.compile(
    r"\s*(?=\p{Lu})([^\n!?]{2,60}?)(?:\s[-–—]{1,2}|[-–—]{2}|(?<=[.)])[-–—]+|(?<=\p{L})—)\s+(?=\P{Ll})"
)
_BYLINE = regex.compile(r"\s*[\[【［][^\]】］\n]{2,40}[\]】］]\s*")
_CAPITALS = regex.compile(r"\s*\p{Lu}[\p{Lu} ,]{3,30}(?:\([^()\n]{1,20}\))?:\s+")
"""Somebody in square brackets, as in Korea and Japan; a place in capitals and a colon."""
_DAY = regex.compile(
    r"\s*\p{Lu}[\p{L}\p{M} -]{2,30}, \d{1,2}\.? \p{L}{3,12}(?: \d{4})?(?:, \p{Lu}[\p{L} -]{2,25})?\.\s+(?=\P{Ll})"
)
"""A place and a day as a sentence of their own: "Курган, 1 ноября, Агентство. "."""
_PLACE = regex.compile(r"\s*(?:\p{Lu}{2,8}, )?([\p{L}\p{M}][\p{L}\p{M} .-]{1,30}?) ?: +(?=\P{Ll})")
"""What may be a place before a colon, behind an agency's letters: "KBRN, Jakarta : "."""
_UNCASED = regex.compile(r"\s*(?:\p{Lo}[\p{Lo}\p{M}]{1,15}|\p{Lo}(?: \p{Lo}){1,3})\s[-–—]\s+(?=\p{Lo})")
"""One word, or an agency's letters, before a dash in a script without capitals: "باريس - ", "أ ف ب - "."""
_TELLING = regex.compile(r"^\p{Lu}{4}|\d|\(\p{L}[^()]*\)|\.\p{L}{2,}\b")
"""A place in capitals, a day, an agency in brackets, or its address."""
_GLUED = regex.compile(r"\.[-–—]")
"""A full stop and a dash, as behind a place in Spanish."""


def without_dateline(text: str, language: str) -> str:
    """Return a text without the dateline that it may begin with; the text itself where there is none."""
    if bare := _BYLINE.match(text) or _CAPITALS.match(text) or _DAY.match(text) or _UNCASED.match(text):
        return text[bare.end() :]
    if (match := _PLACE.match(text)) and place_named_by(match[1], language):
        return text[match.end() :]
    match = _PREFIX.match(text)
    if match and (_TELLING.search(match[1]) or _GLUED.search(match[0]) or places_named(match[1], language)):
        return text[match.end() :]
    return text
