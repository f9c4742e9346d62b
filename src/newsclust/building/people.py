"""People whom the articles of a story name: a given name with a family name, one person in every alphabet.

No small recogniser of names knows eighty languages; capitals and a list of given names do for alphabets that have
capitals. In other scripts nobody is found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from newsclust.articles import Article
from newsclust.text.folding import fold_accents
from newsclust.text.naming.given_names import is_given_name, latin_form
from newsclust.text.naming.mentioned_places import places_named
from newsclust.text.phonetic import phonetic_key
from newsclust.text.stop_words import stop_words

READ_CHARACTERS = 2000
"""How much of a text is read: news names whom it is about in its first paragraphs."""

# A letter behind an apostrophe is an ending (Biden's, Delhi'de), a capital there a part of the name (O'Neill).
_PART = r"\p{Lu}[\p{L}\p{M}]*\p{Ll}\p{M}*(?:[-'’]\p{Lu}[\p{L}\p{M}]+)*(?:-\p{Ll}+)?"
_LINKS = "de(?: la| los| las)?|del|della|da|dos|van(?: de[nr]?)?|von(?: de[nr])?|bin|ibn|al|el|abu"
_RUN = regex.compile(rf"{_PART}(?:(?: (?:{_LINKS}))?(?: \p{{Lu}}\.)?[ -]{_PART}){{1,5}}")
_WORD = regex.compile(_PART)
_ABBREVIATED = regex.compile(r"\s*\((\p{Lu}{3,8})\)")
"""What stands behind the name of an office, with its first letters in it: "Acil Durum Yönetimi Başkanlığı (AFAD)"."""
_PATRONYMIC = regex.compile(r"(\p{Cyrillic}{3,})[оеє]в(?:ич(?:а|у|ем|е|і)?|н(?:а|ы|и|е|і|у|ой|ою))")
"""What Russians and their neighbours are called after their fathers; Grinevich is a family."""
_MOST_PARTS = 3
"""Words of a person's name, without links: what follows is another name."""
_SHARED = 3
_CONSONANTS = 2
"""Consonants that two spellings of a given name share: Владимир, Володимир; Andrew, Ендрю."""
_ENDING = "aeiou"
_VOWELS = str.maketrans("", "", "aeiouhw")

_Person = tuple[str, str]
"""How a family name and a given name sound."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person named in full, how the family name sounds and begins, and the number of the article."""

    person: _Person
    family: tuple[str, str]
    spelled: str
    article: int


def people_in(articles: Sequence[Article], *, language: str | None = None) -> dict[str, int]:
    """Count in how many of the articles each person is named, most often named first, then by name.

    A name is spelled as most often in `language`, where that is given and has it, or else in all. Somebody counts who
    is named in full twice, or in full and by the family name alone.
    """
    mentions: defaultdict[_Person, list[_Mention]] = defaultdict(list)
    families: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for number, article in enumerate(articles):
        text = f"{article.title or ''}\n{article.text[:READ_CHARACTERS]}"
        some = list(_mentions(text, article.language, number))
        for mention in some:
            mentions[mention.person].append(mention)
        for word in _WORD.findall(text):
            families[family_of(word)][number] += 1
    counts: Counter[str] = Counter()
    eldest = {person[0]: person for person in sorted(mentions, key=lambda one: (len(mentions[one]), one))}
    for person, told in mentions.items():
        named = {mention.article for mention in told}
        # The family name alone means whoever is named in full most often.
        known = {mention.family for mention in told} if eldest[person[0]] == person else set()
        short = sum((families[family] for family in sorted(known)), Counter[int]())
        if len(told) > 1 or sum(short[number] for number in named) > 1:
            preferred = [mention for mention in told if articles[mention.article].language == language]
            counts[_spelling(preferred or told)] += len(named.union(short))
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _mentions(text: str, language: str, number: int) -> Iterator[_Mention]:
    """Whoever is named in full in a text; a run of names may hold an office or a country before the person."""
    stops = stop_words([language])
    for run in _RUN.finditer(text):
        parts = list(_WORD.finditer(run[0]))
        given = [index for index, part in enumerate(parts[:-1]) if _is_given(part[0], language)]
        if not given:
            continue
        # A name as it is before one with an ending, which may be another word's: "Крыма Валерий Иванов".
        start = next((index for index in given if is_given_name(parts[index][0])), given[0])
        some = parts[start : start + _MOST_PARTS]
        while len(some) > 1 and fold_accents(some[-1][0]) in stops:
            some.pop()
        if _is_office(parts, text[run.end() :]) or (start and _is_patronymic(some[-1][0], language)):
            continue
        spelled = run[0][some[0].start() : some[-1].end()]
        if len(some) > 1 and " " in spelled and not places_named(spelled, language):
            family = family_of(some[-1][0])
            yield _Mention((family[0], _given(some[0][0])), family, spelled, number)


def _is_office(parts: Sequence[regex.Match[str]], behind: str) -> bool:
    """Whether behind a run of names letters stand in brackets that shorten it."""
    match = _ABBREVIATED.match(behind)
    if not match:
        return False
    letters = iter(match[1])
    return all(part[0][0] in letters for part in parts[:2])


def _is_patronymic(word: str, language: str) -> bool:
    match = _PATRONYMIC.fullmatch(word)
    return match is not None and is_given_name(match[1], language)


@lru_cache(maxsize=1 << 16)
def _is_given(word: str, language: str) -> bool:
    # Vietnamese has its given names last, and its family names are words.
    known = is_given_name(word, language) and (language != "vi" or word.isascii())
    return known and fold_accents(word) not in stop_words([language])


@lru_cache(maxsize=1 << 16)
def family_of(word: str) -> tuple[str, str]:
    """How a family name sounds, and how it begins: by itself a word must agree in both."""
    latin = latin_form(word)
    return phonetic_key(latin) or latin.rstrip(_ENDING) or latin, latin[:_SHARED]


def _given(word: str) -> str:
    latin = latin_form(word)
    return latin.translate(_VOWELS)[:_CONSONANTS] or latin


def _spelling(mentions: Iterable[_Mention]) -> str:
    counts = Counter(mention.spelled for mention in mentions)
    # Of equals, the one without an ending and with its accents.
    return min(counts, key=lambda name: (-counts[name], len(name), name.isascii(), name))
