"""Sentences of a text in any language and script."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsclust.articles import UNDETERMINED
from newsclust.text.display import encodable

_ENDED = regex.compile(r"(?<![.…]\s?)[.!?。！？｡।॥؟۔።։][\p{Pf}\p{Pe}\"'“”’]*$")
"""How a whole sentence ends; three dots end one that was cut."""
_UNSPACED_END = regex.compile(r"(?<=\p{Hangul}\.)(?=[\p{Hangul}\p{Pi}\"'(\[])")
"""Where Korean news leaves out the space between two sentences."""
_SHORTENED = regex.compile(r"(?<![\p{L}\p{M}.])\p{Lu}\p{Ll}{0,2}\.\s*$")
"""A form of address, an initial, or another word cut to its first letters."""
_KOREAN = regex.compile(r"\p{Hangul}")
_NEVER_ENDED = frozenset(("th", "lo", "km", "my", "bo"))
"""Languages that end sentences with a space, or with marks of which news makes no use."""


def sentences(text: str, language: str) -> Iterator[str]:
    """Give the sentences of each line of a text, on one line each; a heading without a full stop is one too.

    Boundaries are those of sentencex, which knows abbreviations ("z. B.", "т. е.") of some 30 languages and the marks
    of all, without those inside a number, a bracket or before a small letter.
    """
    from sentencex import segment

    known = "en" if language == UNDETERMINED else language
    for line in encodable(text).splitlines():
        begun = ""
        for segment_ in segment(known, line.strip(" \t-–—•*")):
            for part in _UNSPACED_END.split(segment_):
                if begun and not _is_boundary(begun, part):
                    begun += part
                    continue
                yield from filter(None, [" ".join(begun.split())])
                begun = part
        yield from filter(None, [" ".join(begun.split())])


def _is_boundary(before: str, after: str) -> bool:
    """Whether a sentence may end between two parts of a line."""
    # "site.org", "3.5", "Ms. Ruiz", "Β. Αιγαίο": only Korean leaves out the space behind a full stop.
    inside = (before[-1] == "." and not _KOREAN.match(before[-2:])) or _SHORTENED.search(before)
    return not inside and not after[:1].islower() and before.count("(") == before.count(")")


def is_whole(sentence: str, language: str) -> bool:
    """Tell whether a sentence begins and ends as one: no heading, nothing cut, no quotation mark left open."""
    if language not in _NEVER_ENDED and not _ENDED.search(sentence):
        return False
    return not sentence[0].islower() and _is_balanced(sentence)


def _is_balanced(sentence: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"), ("「", "」"), ("『", "』"))
    opened = all(sentence.count(first) == sentence.count(second) for first, second in pairs if first != "“")
    # German closes with what English opens with, Polish with what English closes with.
    return opened and sum(map(sentence.count, "“”„")) % 2 == 0 and sentence.count('"') % 2 == 0
