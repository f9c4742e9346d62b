"""Languages by the letters they are written in, where those settle the matter without a detector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsclust.articles import UNDETERMINED
from newsclust.languages.scripts import ARABIC, CYRILLIC, DEVANAGARI, HAN, LATIN, script_of

SHARED_SCRIPTS = frozenset({LATIN, CYRILLIC, ARABIC, DEVANAGARI})
"""Scripts of many languages; every other script names its language."""


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Scripts that give the language of a news text away. Others of the same script are found by their telling letters or
# must be declared.
_LANGUAGE_OF_SCRIPT = {
    "Armenian": "hy",
    "Bengali": "bn",
    "Canadian": "iu",
    "Cherokee": "chr",
    "Ethiopic": "am",
    "Georgian": "ka",
    "Greek": "el",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Han": "zh",
    "Hangul": "ko",
    "Hebrew": "he",
    "Kana": "ja",
    "Kannada": "kn",
    "Khmer": "km",
    "Lao": "lo",
    "Malayalam": "ml",
    "Mongolian": "mn",
    "Myanmar": "my",
    "Nko": "und",
    "Odia": "or",
    "Ol Chiki": "sat",
    "Sinhala": "si",
    "Syriac": "und",
    "Tamil": "ta",
    "Telugu": "te",
    "Thaana": "dv",
    "Thai": "th",
    "Tibetan": "bo",
    "Tifinagh": "zgh",
}


class _Alphabet(NamedTuple):
    """The letters by which a language stands out in its script.

    `letters`: all that it has beyond the script's common ones. `needed`: of each group at least one must occur.
    """

    language: str
    letters: str
    needed: tuple[str, ...] = ()


_COMMON_LETTERS = {
    LATIN: frozenset("abcdefghijklmnopqrstuvwxyz"),
    CYRILLIC: frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    ARABIC: frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىًٌٍَُِّْٰـ"),
}
# Where the letters beyond the common ones settle it: the smallest alphabet that holds (nearly) all that were met wins.
# Most of these languages are unknown to langdetect, which calls Kazakh Russian and Pashto Persian without a doubt.
_ALPHABETS = {
    LATIN: (
        _Alphabet("az", "əğışçöü", ("ə",)),
        _Alphabet("ee", "ɖƒɣŋɔɛʋãĩũẽõáàéèíìóòúù", ("ɖƒ", "ŋɔɛ")),
        _Alphabet("eo", "ĉĝĥĵŝŭ", ("ĉĝĵŝŭ",)),
        _Alphabet("fo", "ðøæáíóúý", ("ð",)),
        _Alphabet("ha", "ɓɗƙƴ", ("ɓɗƙƴ",)),
        _Alphabet("ig", "ịọụṅàáèéìíòóùú", ("ịụ",)),
        _Alphabet("is", "þðæöáéíóúý", ("þ",)),
        _Alphabet("ku", "çêîşû", ("êî", "ş")),
        _Alphabet("mt", "ħġċżàèìòù", ("ħġċ",)),
        _Alphabet("tk", "ňýžşçöüä", ("ňý", "ş")),
        _Alphabet("yo", "ṣẹọàáèéìíòóùúǹńḿ", ("ṣ",)),
    ),
    CYRILLIC: (
        _Alphabet("ba", "әғҙҡңөүһҫ"),
        _Alphabet("be", "іў", ("ў",)),
        _Alphabet("ce", "ӏ"),
        _Alphabet("cv", "ӑӗҫӳ"),
        _Alphabet("kk", "әғқңөұүһі"),
        _Alphabet("ky", "ңөү"),
        _Alphabet("mk", "јљњџѓќѕѐѝ"),
        _Alphabet("mn", "өү"),
        _Alphabet("os", "ӕ"),
        _Alphabet("sr", "јљњћђџ", ("ћђ",)),
        _Alphabet("tg", "ғӣқӯҳҷ"),
        _Alphabet("tt", "әҗңөүһ"),
        _Alphabet("uk", "іїєґ"),
        _Alphabet("uz", "ўқғҳ", ("ў",)),
    ),
    ARABIC: (
        _Alphabet("ckb", "پچژگکیڤۆێڕڵەھڎ", ("ۆێڕڵە",)),
        _Alphabet("fa", "پچژگکیۀ"),
        _Alphabet("ps", "پچژگکیټډړږښځڅېۍګڼے", ("ټډړږښځڅېۍڼ",)),
        _Alphabet("sd", "پچژگکیٻڀٿڃڄٺٽڇڌڏڊڍڙڦڪڳڱڻھہ۾۽", ("ٻڀٿڃڄٺٽڇڌڏڊڍڙڦڪڳڱڻ",)),
        _Alphabet("ug", "پچژگېۇۆۈۋەڭھ", ("ۇۈۋېڭ",)),
        _Alphabet("ur", "پچژگکیہھٹڈڑںےۓۂۃٔ", ("ٹڈڑںےہ",)),
    ),
}
# Letters and points that the first language of a script does without.
_TELLING_LETTERS = {
    "Ethiopic": ("ti", "ቐቑቒቓቔቕኣ"),
    "Hebrew": ("yi", "װױײ"),
    "Bengali": ("as", "ৰৱ"),
}
# Telling letters must be at least two, and one in a hundred: a name quoted from another language is not enough.
_FEWEST_TELLING = 2
_TELLING_SHARE = 0.01
_FOREIGN_SHARE = 0.02

_WRITTEN_IN: Mapping[str, frozenset[str]] = {
    CYRILLIC: _codes("ab av az ba be bg ce crh cu cv kk ky kv ku mk mn os ro ru sah sr tg tk tt ug uk uz"),
    ARABIC: _codes("ace ar az bjn ckb fa ha kk kr ks ku ky min ms ps sd so tg tk tr ug ur uz"),
    DEVANAGARI: _codes("awa bho hi kok ks mag mai mr ne pi sa sat sd"),
    HAN: _codes("ja ko vi za zh"),
    "Kana": _codes("ja"),
    "Hangul": _codes("ko"),
    "Hebrew": _codes("he yi"),
    "Ethiopic": _codes("am om ti"),
    "Bengali": _codes("as bn mni"),
    "Gurmukhi": _codes("pa sd"),
    "Tibetan": _codes("bo dz"),
    "Myanmar": _codes("my shn"),
    "Tifinagh": _codes("kab zgh"),
}
# Languages of other scripts that newspapers also print in Latin letters.
_ALSO_LATIN = _codes(
    "ace az bjn crh ha iu kab kk kok kr ks ku ky min mni ms om ro sat sd so sr tg tk tr tt ug uz vi za zgh"
)
_NEVER_LATIN = frozenset(_LANGUAGE_OF_SCRIPT.values()).union(*_WRITTEN_IN.values()) - _ALSO_LATIN - {UNDETERMINED}


def is_written_in(language: str, script: str) -> bool:
    """Say whether newspapers print a language in a script; any language not known better may use Latin letters."""
    if script == LATIN:
        return language not in _NEVER_LATIN
    return language in _WRITTEN_IN.get(script, ()) or language == _LANGUAGE_OF_SCRIPT.get(script)


def by_alphabet(script: str, characters: Mapping[str, int], letters: int) -> str | None:
    """Find the smallest alphabet that holds the letters a text has beyond the common ones of its script.

    `characters` counts the characters of the text in lower case, `letters` is how many are letters of the script.
    None where such letters are few, or fit no alphabet that settles the matter.
    """
    if script not in _ALPHABETS:
        return None
    common = _COMMON_LETTERS[script]
    special = {c: n for c, n in characters.items() if c not in common and script_of(c) == script}
    total = sum(special.values())
    if total < max(_FEWEST_TELLING, _TELLING_SHARE * letters):
        return None
    fitting = [
        (len(alphabet.letters), alphabet.language)
        for alphabet in _ALPHABETS[script]
        if all(any(c in special for c in group) for group in alphabet.needed)
        and sum(n for c, n in special.items() if c not in alphabet.letters) <= _FOREIGN_SHARE * total
    ]
    return min(fitting)[1] if fitting else None


def by_script(script: str, characters: Mapping[str, int], letters: int) -> str:
    """Name the language of a script that has one, or "und"; arguments as for `by_alphabet`."""
    language, telling = _TELLING_LETTERS.get(script, ("", ""))
    if telling and sum(characters.get(c, 0) for c in telling) >= max(_FEWEST_TELLING, _TELLING_SHARE * letters):
        return language
    return _LANGUAGE_OF_SCRIPT[script]
