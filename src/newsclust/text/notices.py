"""Whether a text stands where no article is: a consent wall, a paywall's call, a block page, a word for nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

import regex

from newsclust.text.notice_wording import NOTHING, NOTICES, TITLES
from newsclust.text.notice_wording_of_gates import GATES
from newsclust.text.stems import stem_of

SHARE = 0.5
"""Share of a text's characters in sentences of known wording from which it may be a notice. A report on consent walls
quotes a sentence or two; a wall is made of them, with a sentence or two of its own."""
SHORT, SHORT_SHARE = 300, 0.3
"""Characters of a short text, and the share that does there: what follows a notice is advice in other words."""
COVERED = 0.3
"""Share of a text's characters in known phrases themselves that makes it a notice whatever its title says: "This page
has been removed", not "The statue has been removed from the square in the night to Tuesday"."""
SEVERAL = 3
"""Phrases that do the same."""
LONGEST = 12_000
"""Characters of a notice at most. The longest consent walls, with every purpose listed, run to about 8,000."""
HEAD = 500
"""Characters at its beginning in which a notice holds known wording."""
TOLD = 0.3
"""Share of a title's words in a text from which the text is what the title is of. Reports hold more than half of them,
what stands in their place none, or the name of the site."""

MOST_OF_TITLE = 0.75
"""Share of a title's characters that a known phrase takes where the title says nothing else."""

_STATUS = re.compile(r"(?<!\d)(?:40[0134]|410|429|451|50[0234])(?!\d)")
_BESIDE_STATUS = 2
"""Words beside the number in the title of an error page: "404 - page introuvable", "Lỗi 404"."""
_SITE = re.compile(r"\s*\|\s*|\s+[-–—]\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।؟۔])|\n+")
_NUMBER = re.compile(r"\d[\d.,]*\s*")
_EDGES = " \t\n.…!?:;,\"'“”„«»()-–—"
_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_BEYOND_LATIN = re.compile("[\u0300-\U0010ffff]")
_LATIN_LETTERS = re.compile(r"[^\W_]+")
"""The same as _LETTERS where no marks stand alone, three times as fast."""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Tibetan}\p{Myanmar}\p{Khmer}]")


def means_nothing(text: str) -> bool:
    """Whether a text is empty, or the word that a program writes for nothing: "nan", "None", "NULL", "N/A"."""
    plain = text.strip()
    return not plain or (len(plain) <= 15 and plain.casefold() in _nothing())


def is_notice(text: str, title: str = "") -> bool:
    """Whether most of a text says that there is no article, or what a reader must do to see one.

    A text that tells what its title says is no notice, unless the wording leaves no doubt.
    """
    if len(text) > LONGEST or not _known_phrases(_plain(text[:HEAD])):
        return False
    wording = _known_phrases(_plain(text))
    known = told = covered = 0
    seen: set[str] = set()
    for sentence in _SENTENCE_END.split(text):
        plain = _plain(sentence)
        told += len(plain)
        phrases = [plain] if plain.strip(_EDGES) in _titles() else [phrase for phrase in wording if phrase in plain]
        seen.update(phrases)
        known += len(plain) if phrases else 0
        covered += max(map(len, phrases), default=0)
    # "Page not found. Perhaps it was moved; please check the address."
    if not seen or known < (SHARE if told > SHORT else SHORT_SHARE) * told:
        return False
    if len(seen) >= SEVERAL or covered >= COVERED * told:
        return True
    return bool(title) and (is_notice_title(title) or not tells(text, title))


def is_notice_title(title: str) -> bool:
    """Whether a title is that of a page without an article: "Just a moment...", "Página no encontrada - El Faro"."""
    return any(_says_notice(part) for part in (title, _SITE.split(title, maxsplit=1)[0]))


def _says_notice(title: str) -> bool:
    """Whether a title is one of those known, or little more than a phrase that stands where no article is."""
    plain = " ".join(title.casefold().split()).strip(_EDGES)
    if plain in _titles() or (_STATUS.search(plain) and len(_LETTERS.findall(plain)) <= 1 + _BESIDE_STATUS):
        return True
    longest = max(map(len, _known_phrases(plain)), default=0)
    return longest >= MOST_OF_TITLE * max(len(plain), 1)


def tells(text: str, title: str, share: float = TOLD) -> bool:
    """Whether a text is about what a title says: whether it holds a share of the title's words, by their beginnings."""
    wanted = set(stems(title))
    return not wanted or len(wanted.intersection(stems(text))) >= share * len(wanted)


def _plain(text: str) -> str:
    """A text without case and numbers ("our 842 partners"), on one line."""
    return _NUMBER.sub("", " ".join(text.casefold().split()))


def stems(text: str) -> Iterator[str]:
    """The beginnings of a text's longer words; pairs of letters where a script writes no spaces."""
    for word in _LETTERS.findall(text.casefold()):
        if _UNSPACED.search(word):
            yield from (word[start : start + 2] for start in range(len(word) - 1))
        elif stem := stem_of(word):
            yield stem


def _known_phrases(text: str) -> list[str]:
    """The known phrases that a text without case holds, longest first; few are tried whose longest word it lacks."""
    by_word, anywhere = _phrases()
    letters = _LETTERS if _BEYOND_LATIN.search(text) else _LATIN_LETTERS
    tried = {phrase for word in by_word.keys() & set(letters.findall(text)) for phrase in by_word[word]}
    if not text.isascii():
        tried.update(anywhere)
    return sorted((phrase for phrase in tried if phrase in text), key=lambda phrase: (-len(phrase), phrase))


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """The known phrases by their longest word, the last aside, which may be cut; and those of one word."""
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    anywhere = []
    for phrase in sorted({entry for text in (*NOTICES.values(), *GATES.values()) for entry in _entries(text)}):
        words = _LETTERS.findall(phrase)
        if len(words) > 1 and not _UNSPACED.search(phrase):
            by_word[max(words[:-1], key=len)].append(phrase)
        else:
            anywhere.append(phrase)
    return {word: tuple(some) for word, some in by_word.items()}, tuple(anywhere)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(entry.strip(_EDGES) for entry in _entries(TITLES))


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return frozenset(_entries(NOTHING))


def _entries(text: str) -> list[str]:
    return [plain for entry in text.split("|") if (plain := " ".join(entry.casefold().split()))]
