"""Countries and large cities that a text names, one thing in every language: Türkei, Türkiye, Турции and トルコ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import regex

from newsclust.text.folding import fold_accents
from newsclust.text.naming.cldr import city_names, territory_names
from newsclust.text.recurring import UNSPACED
from newsclust.text.unicode import normalised

READ_CHARACTERS = 800
"""How much of a text is read: news says in its first sentences where a thing happened."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_UNSPACED_RUN = regex.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]+")
_STEM = 4
"""Letters that a name has without its last vowels when an ending may follow: not Чита, for "Читать" is "read"."""
_LONGEST_ENDING = 5
_ENDINGS = (
    dict.fromkeys("ar ca en es fa fr gl he id it ms nl pt ur vi".split(), 0)
    | dict.fromkeys("da de nb nn no sv".split(), 2)
    | dict.fromkeys("be bs cs hr mk pl ro ru sk sl sr uk".split(), 3)
)
"""The longest ending in languages whose endings are shorter, or none: "Турцией", but no "Baghdadi" in Baghdad."""
_SHORT_ENDING = 2
"""Letters of an ending behind a stem of four: "Chinas", but no "Children" in Chile."""
_CUT_OFF = 2
"""Letters that an ending may take the place of: "Турция", "Турции"; "Italia", "Italiens"."""
_PREFIXED = regex.compile(r"^(?:[وفبكل](?=\p{Arabic}{3})|[ובלמהכש]{1,2}(?=\p{Hebrew}{3}))")
"""What Arabic and Hebrew write onto the beginning of a word. An Arabic article belongs to a name."""
_TO_THE = regex.compile(r"^ل(?=ل\p{Arabic}{3})")
"""Where Arabic writes "to the" as one: "للعراق" is "to" and "العراق"."""
_VOWELS = frozenset("aeiouyаеиіоуыэюяєїαεηιουω")


_Rest = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Names of one language by their first word: what follows it, and the place. Stems are of names of one word."""

    names: Mapping[str, tuple[_Rest, ...]]
    stems: Mapping[str, str]
    unspaced: Mapping[str, str]
    longest: int


def places_named(text: str, language: str) -> tuple[str, ...]:
    """Find the countries (ISO 3166: "TR") and cities (time zone: "Europe/Istanbul") that a text's beginning names.

    Each once, sorted. Names are those of CLDR in `language`, with case endings; one with a capital where the script
    has any.
    """
    text = text[:READ_CHARACTERS]
    places = set(_in_words(_WORD.findall(text), language))
    if language in UNSPACED:
        places.update(_in_runs(text, _gazetteer(language)))
    return tuple(sorted(places))


@lru_cache(maxsize=1 << 16)
def place_named_by(name: str, language: str) -> str:
    """The country or city that a whole name is one of in a language, with an ending or not; "" for none."""
    if language in UNSPACED and (code := _gazetteer(language).unspaced.get(name)):
        return code
    words = _WORD.findall(name)
    code, length = _place_at(words, 0, language) if words else ("", 0)
    return code if length == len(words) else ""


@lru_cache(maxsize=256)
def _gazetteer(language: str) -> _Gazetteer:
    names: dict[str, set[_Rest]] = {}
    stems: dict[str, set[str]] = {}
    unspaced: dict[str, str] = {}
    known = language if language != "und" else "en"
    for code, name in (*territory_names(known), *city_names(known)):
        first, *rest = [_folded(word, known) for word in _WORD.findall(name)] or [""]
        if len(first) + len(rest) < 2:
            continue
        if language in UNSPACED and _UNSPACED_RUN.fullmatch(name):
            unspaced.setdefault(name, code)
            continue
        names.setdefault(first, set()).add((tuple(rest), code))
        if not rest:
            stems.setdefault(_stem(first), set()).add(code)
    return _Gazetteer(
        {word: tuple(sorted(some, key=lambda entry: (-len(entry[0]), entry[1]))) for word, some in names.items()},
        {stem: codes.pop() for stem, codes in stems.items() if len(codes) == 1 and len(stem) >= _STEM},
        unspaced,
        max(map(len, unspaced), default=0),
    )


def _folded(word: str, language: str) -> str:
    """A word without case and accents; Vietnamese keeps them, where Bỉ is Belgium and Bí is not."""
    return normalised("NFC", word.casefold()) if language == "vi" else fold_accents(word)


def _stem(word: str) -> str:
    """A name without the vowels that an ending takes the place of: two where five letters stay, or else one."""
    if len(word) > _STEM + _CUT_OFF and word[-1] in _VOWELS and word[-2] in _VOWELS:
        return word[:-2]
    return word[:-1] if word[-1:] in _VOWELS else word


def _in_runs(text: str, gazetteer: _Gazetteer) -> Iterator[str]:
    """Places in a script without spaces: the longest name at each character."""
    for run in _UNSPACED_RUN.findall(text):
        start = 0
        while start < len(run):
            for length in range(min(gazetteer.longest, len(run) - start), 1, -1):
                if code := gazetteer.unspaced.get(run[start : start + length]):
                    yield code
                    start += length - 1
                    break
            start += 1


def _in_words(words: Sequence[str], language: str) -> Iterator[str]:
    passed = 0
    for index, word in enumerate(words):
        if index < passed or word[0].islower():
            continue
        code, length = _place_at(words, index, language)
        if code:
            yield code
        passed = index + length


def _place_at(words: Sequence[str], index: int, language: str) -> tuple[str, int]:
    """The place that a word begins to name, "" for none, and how many words its name has."""
    longer, alone = _beginning(words[index], language)
    for rest, code in longer:
        following = words[index + 1 : index + 1 + len(rest)]
        if len(following) == len(rest) and all(map(partial(_may_be, language), following, rest)):
            return code, 1 + len(rest)
    return alone, 1


@lru_cache(maxsize=1 << 17)
def _beginning(word: str, language: str) -> tuple[tuple[_Rest, ...], str]:
    """The names that begin with a word, and the place that it names by itself, with an ending, or ""."""
    if word[0].islower():
        return (), ""
    gazetteer = _gazetteer(language)
    whole = _folded(word, language)
    for form in (whole, _TO_THE.sub("ا", whole), _PREFIXED.sub("", whole)):
        alone = next((code for rest, code in gazetteer.names.get(form, ()) if not rest), "")
        alone = alone or _by_stem(form, gazetteer.stems, _ENDINGS.get(language, _LONGEST_ENDING))
        longer = tuple(entry for entry in gazetteer.names.get(form, ()) if entry[0])
        if longer or alone:
            return longer, alone
    return (), ""


def _by_stem(word: str, stems: Mapping[str, str], longest: int) -> str:
    for length in range(len(word), max(_STEM, len(word) - longest) - 1, -1):
        # Four letters without an ending are another word: the Greek island Σάμος is Σάμο, and Samoa is Σαμόα.
        bare = length == len(word) == _STEM
        if not bare and (code := stems.get(word[:length])) and _is_ending(len(word) - length, length):
            return code
    return ""


def _may_be(language: str, word: str, expected: str) -> bool:
    """Whether a word is the expected one, or has another ending."""
    folded, stem = _folded(word, language), _stem(expected)
    ended = len(stem) >= _STEM and folded.startswith(stem) and _is_ending(len(folded) - len(stem), len(stem))
    return folded == expected or ended


def _is_ending(letters: int, stem: int) -> bool:
    return letters <= (_SHORT_ENDING if stem == _STEM else _LONGEST_ENDING)
