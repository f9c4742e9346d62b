"""One term for each person and place of a story, whatever its texts call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

from newsclust.building.people import family_of
from newsclust.building.words import Word
from newsclust.text.folding import fold_accents
from newsclust.text.naming.cldr import city_name, country_name
from newsclust.text.naming.mentioned_places import place_named_by
from newsclust.text.verbs import is_verb

_PARTS = regex.compile(r"[\p{L}\p{M}]+")
_VIETNAMESE = {"vi"}
_LONGEST_SYLLABLE = 6
"""Letters of the longest syllables of Vietnamese, "nghiêng": a longer word is a foreign name."""


def one_term_each(words: Mapping[str, Word], people: Iterable[str], language: str) -> dict[str, Word]:
    """Join what names one person, or one country or city; people come most often named first.

    A person takes in the family name, and every name that ends in it: "AS Donald Trump", Трамп. Countries and cities
    are named in `language`.
    """
    persons = _by_sound(people)
    joined: dict[str, Word] = {}
    for key, word in words.items():
        name, spelled = _person_or_place(word, persons, language)
        if name:
            known = joined.setdefault(name, Word())
            # A short name in capitals (USA) is how the texts write it.
            short = next((form for form in known.surfaces if form.isupper()), "")
            known.add(word)
            spelled = short or spelled
            known.surfaces = {spelled: 1}
            known.capitals, known.small = 1, 0
        else:
            joined[key] = word
    return joined


def leave_out_what_names_nothing(words: dict[str, Word]) -> None:
    """Take verbs out of `words`, and single syllables: Vietnamese parts words with spaces, "thành phố" is one."""
    for key, word in list(words.items()):
        syllable = word.languages <= _VIETNAMESE and _is_syllable(key, word)
        if syllable or (not word.is_name and is_verb(word.surfaces, word.languages)):
            del words[key]


def _is_syllable(key: str, word: Word) -> bool:
    return " " not in key and len(key) <= _LONGEST_SYLLABLE and not all(map(str.isupper, word.surfaces))


def _by_sound(people: Iterable[str]) -> dict[tuple[str, str], tuple[str, set[tuple[str, str]]]]:
    """Each person's name and the sounds of all its parts, by that of the family name."""
    persons: dict[tuple[str, str], tuple[str, set[tuple[str, str]]]] = {}
    for name in people:
        parts = [family_of(part) for part in _PARTS.findall(name)]
        persons.setdefault(parts[-1], (name, set(parts)))
    return persons


def _person_or_place(
    word: Word, persons: Mapping[tuple[str, str], tuple[str, set[tuple[str, str]]]], language: str
) -> tuple[str, str]:
    """A key for what a word names, and the name; "" for a word that names neither."""
    if all(map(str.islower, word.surfaces)):
        return "", ""
    for surface in sorted(word.surfaces, key=lambda surface: (-word.surfaces[surface], surface)):
        parts = [family_of(part) for part in _PARTS.findall(surface)]
        person = persons.get(parts[-1]) if parts else None
        if person is None and parts:
            person = next((one for one in persons.values() if parts[-1] in one[1]), None)
        if person:
            return f"person {person[0]}", person[0]
        for spoken in sorted(word.languages):
            if place := place_named_by(surface, spoken):
                name = city_name(place, language) if "/" in place else country_name(place, language)
                as_written = surface.isupper() or fold_accents(surface) == fold_accents(name)  # USA, Zürich
                return f"place {place}", surface if as_written else name
    return "", ""
