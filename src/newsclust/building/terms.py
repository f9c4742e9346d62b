"""The words and names of one story: what its keywords are chosen from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

import regex

from newsclust.articles import Article
from newsclust.building.names import leave_out_what_names_nothing, one_term_each
from newsclust.building.words import Word
from newsclust.text.folding import fold_accents
from newsclust.text.recurring import RUN, UNSPACED, recurring
from newsclust.text.stop_words import stop_words

READ_CHARACTERS = 2000
"""How much of a text is read: news names its subject in the first paragraphs."""

READ_MEMBERS = 40
"""How many members of a story are read, most central first."""

IN_TITLE = 2.0
"""What a word in the headline counts; one in the text counts up to `IN_TEXT`, by the square root of its occurrences."""

IN_TEXT = 3.0

JOINED = 0.6
"""Two names are one ("Donald Trump") when one of them stands beside the other in this share of its occurrences."""

SWALLOWED = 0.3
"""A part of a joined name is no keyword of its own when this share of its occurrences stands in the joined one."""

GLUED, GLUED_SHORT = 0.25, 0.6
"""What stands before a name is part of it in this share of the name's occurrences: no "HLV" (coach) in HLV Mourinho.
More for a few capitals, as offices and countries are written."""
_SHORT = 4

# Nouns have capitals there, so a capital does not make a name.
_CAPITAL_NOUNS = {"de", "lb"}
_WORD = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+(?:['’ʼ`][\p{L}\p{M}]+)*")
_NAME = r"\p{Lu}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)?"
# Small words inside names: "Bank of England", "Copa del Rey", "Ursula von der Leyen", "Mohammed bin Salman".
_LINKS = "of|de|del|della|des|du|da|do|dos|das|la|van|von|der|den|zu|bin|ibn|al|el"
# Names inside a sentence, up to four in a row.
_GAP = rf"(?:[ -]|(?: (?:{_LINKS})){{1,2}}[ -])"
_NAMES = regex.compile(rf"(?<=[\p{{Ll}}\p{{M}}\p{{Nd}},;(] ){_NAME}(?:{_GAP}{_NAME}){{0,3}}")
_PART = regex.compile(_NAME)
_APOSTROPHES = regex.compile("['’ʼ`]")
_ARABIC_ARTICLE = regex.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=\p{L}{3})")
_HANGUL = regex.compile(r"\p{Hangul}{2}")
# Korean particles that hardly ever end a noun (이, 가, 로 and 도 often do), and any behind a word in Latin letters.
_PARTICLE = regex.compile(
    r"(?:(?<=\p{Hangul}{2})(?:에서|에게|으로|까지|부터|[은는을를의에와과])|(?<=\p{Latin})\p{Hangul}+)$"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or name of a story.

    `key` is its folded form, `surface` how it is spelled most often, `weight` how much it stands for the story (per
    member read), `languages` in how many languages' members it stands.
    """

    key: str
    surface: str
    weight: float
    languages: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """One article as read: the words of its headline and of its text, and the runs of names inside its sentences."""

    language: str
    title: list[str]
    words: list[str]
    names: list[str]


def terms_of(
    members: Sequence[Article], most: int, people: Iterable[str] = (), language: str | None = None
) -> list[Term]:
    """Give the `most` heaviest words and names of a story (its members most central first), heaviest first.

    `people` are those whom it names; each is one term, and so is each country and city, whose names are in `language`,
    or else in that of the first member. Stop words of any of its languages are left out, and verbs. Reads
    `READ_CHARACTERS` of each of the first `READ_MEMBERS` members.
    """
    read = [_read(article) for article in members[:READ_MEMBERS]]
    stops = stop_words({text.language for text in read})
    words: dict[str, Word] = defaultdict(Word)
    telling = _telling(read)
    for text in read:
        _add_words(words, text, telling, stops)
    _add_unspaced(words, members[:READ_MEMBERS], stops)
    heads = _merge_forms(words)
    words |= _join(words, _joined_names(read, heads, stops))
    leave_out_what_names_nothing(words)
    words = one_term_each(words, people, language or read[0].language) if read else words
    weighted = [
        (word.weight * len(word.languages) * (2 if word.is_name else 1), key, word) for key, word in words.items()
    ]
    return [
        Term(key, _spelling(word), word.weight / len(read), len(word.languages), word.is_name)
        for _, key, word in nsmallest(most, weighted, key=lambda entry: (-entry[0], entry[1]))
    ]


def _title(article: Article) -> str:
    return article.title if article.title and article.title.strip() else article.headline


def _read(article: Article) -> _Text:
    title, text = _title(article), article.text[:READ_CHARACTERS]
    if article.language in UNSPACED:
        title, text = RUN.sub(" ", title), RUN.sub(" ", text)
    return _Text(article.language, _WORD.findall(title), _WORD.findall(text), _NAMES.findall(text))


def _telling(read: Sequence[_Text]) -> set[str]:
    """Words of a headline, words inside names, and words that recur in the story: the rest, most of it, is not kept."""
    counts: Counter[str] = Counter()
    for text in read:
        counts.update(text.words)
    return {
        *(word for word, count in counts.items() if count > 1),
        *(word for text in read for word in text.title),
        *(word for text in read for run in text.names for word in _PART.findall(run)),
    }


def _spelling(word: Word) -> str:
    """Spell a word as it stands most often: not in capitals where it also stands without, and small where no name."""
    surfaces = {surface: n for surface, n in word.surfaces.items() if not surface.isupper()} or word.surfaces
    if not word.is_name:
        surfaces = {surface: n for surface, n in surfaces.items() if surface.islower()} or surfaces
    return min(surfaces, key=lambda surface: (-surfaces[surface], surface))


def _add_words(words: dict[str, Word], text: _Text, telling: set[str], stops: frozenset[str]) -> None:
    seen: dict[str, int] = {}
    for surface, count in Counter(filter(telling.__contains__, text.words)).items():
        key, spelled, is_small = _key(surface)
        if key and key not in stops:
            word = words[key]
            word.saw(spelled, count)
            word.small += count * is_small
            seen[key] = seen.get(key, 0) + count
    titled = set()
    for surface in text.title:
        key, spelled, _ = _key(surface)
        if key and key not in stops:
            titled.add(key)
            if key not in seen:
                words[key].saw(spelled)
                seen[key] = 1
    for key, count in seen.items():
        word = words[key]
        word.count += count
        word.weight += min(count**0.5, IN_TEXT) * (IN_TITLE if key in titled else 1)
        word.languages.add(text.language)
    if text.language not in _CAPITAL_NOUNS:
        _count_capitals(words, text.names)


def _count_capitals(words: dict[str, Word], names: Iterable[str]) -> None:
    for run in names:
        for part in _PART.findall(run):
            key = _key(part)[0]
            if key in words:
                words[key].capitals += 1


@lru_cache(maxsize=1 << 18)
def _key(surface: str) -> tuple[str, str, bool]:
    """Return the folded form of a word without what hangs on it, its spelling, and whether it is in small letters.

    An apostrophe parts article and name ("l'Ukraine") or name and ending ("Trump's", "İstanbul'da"): the longest part
    is the word. The folded form is "" for a word that is too short.
    """
    spelled = surface
    if not surface.isalpha():  # marks or an apostrophe
        spelled = max(_APOSTROPHES.split(surface), key=len)
    if "\uac00" <= spelled[-1] <= "\ud7a3":
        spelled = _PARTICLE.sub("", spelled)
    letters = len(spelled)
    if letters > 2 or (letters == 2 and (spelled.isupper() or _HANGUL.match(spelled))):
        return _ARABIC_ARTICLE.sub("", fold_accents(spelled)), spelled, spelled.islower()
    return "", spelled, True


def _add_unspaced(words: dict[str, Word], read: Sequence[Article], stops: frozenset[str]) -> None:
    """Add the words of scripts without spaces, found over all members of one language at once."""
    by_language: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for article in read:
        if article.language in UNSPACED:
            title, text = _title(article), article.text
            by_language[article.language].append((title, text if text.startswith(title) else f"{title}\n{text}"))
    for language, texts in by_language.items():
        for surface, count in recurring([text for _, text in texts], language).items():
            key = fold_accents(surface)
            if key in stops:
                continue
            word = words[key]
            word.saw(surface, count)
            word.count += count
            members = len(texts) + (IN_TITLE - 1) * sum(surface in title for title, _ in texts)
            word.weight += min((count / len(texts)) ** 0.5, IN_TEXT) * members
            word.languages.add(language)


def _merge_forms(words: dict[str, Word]) -> dict[str, str]:
    """Make one word of forms with a shared beginning ("istanbul", "istanbuls", "istanbulu"), under the first of them.

    Gives key -> key it went under, for every key.
    """
    heads = {}
    head = ""
    for key in sorted(words):
        if head and _same_word(head, key):
            words[head].add(words.pop(key))
        else:
            head = key
        heads[key] = head
    return heads


def _same_word(first: str, second: str) -> bool:
    """Whether two sorted neighbours share five letters and two thirds of the longer, and differ in four at most."""
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    longer = max(len(first), len(second))
    return shared >= 5 and 3 * shared >= 2 * longer and len(first) + len(second) - 2 * shared <= 4


def _joined_names(
    read: Iterable[_Text], heads: Mapping[str, str], stops: frozenset[str]
) -> dict[tuple[str, ...], Word]:
    """Count every two to four names in a row, by their keys; a stop word may begin one ("New York", "He Lifeng")."""
    names: defaultdict[tuple[str, ...], Word] = defaultdict(Word)
    for language, run in ((text.language, run) for text in read for run in text.names):
        parts = list(_PART.finditer(run))
        if len(parts) < 2:
            continue
        keys = [_key(part.group())[0] for part in parts]
        keys = [heads.get(key, key if key in stops else "") for key in keys]
        for length in range(2, len(parts) + 1):
            for at in range(len(parts) - length + 1):
                some, last = tuple(keys[at : at + length]), parts[at + length - 1]
                if all(some) and len(set(some)) == length and not stops.intersection(some[1:]):
                    joined = names[some]
                    joined.capitals += 1
                    joined.languages.add(language)
                    joined.saw(run[parts[at].start() : last.start()] + _key(last.group())[1])
    return names


def _count(keys: tuple[str, ...], words: Mapping[str, Word], names: Mapping[tuple[str, ...], Word]) -> int:
    """How often a name stands by itself or inside a longer one."""
    if len(keys) > 1:
        return names[keys].capitals if keys in names else 0
    return words[keys[0]].capitals if keys[0] in words else 0


def _join(words: dict[str, Word], names: Mapping[tuple[str, ...], Word]) -> dict[str, Word]:
    """Take names that occur together out of `words` and give them as one each; the most letters accounted for first."""
    joined = {}
    taken: set[str] = set()
    for keys, name in sorted(names.items(), key=lambda item: (-item[1].capitals * len(item[0]), item[0])):
        known = [words[key] for key in keys if key in words]
        times = name.capitals
        seen = times > 1 or not name.languages <= _CAPITAL_NOUNS
        if not (seen and known) or taken.intersection(keys) or times < JOINED * min(word.count for word in known):
            continue
        short = len(keys[0]) <= _SHORT and all(
            map(str.isupper, (words[keys[0]].surfaces if keys[0] in words else {""}))
        )
        if times < (GLUED_SHORT if short else GLUED) * _count(keys[1:], words, names):
            continue
        swallowed = [word for word in known if times >= SWALLOWED * word.count]
        name.weight = max(word.weight for word in swallowed)
        name.languages = max((word.languages for word in swallowed), key=len)
        joined[" ".join(keys)] = name
        taken.update(keys)
        for key in keys:
            if words.get(key) in swallowed:
                del words[key]
    return joined
