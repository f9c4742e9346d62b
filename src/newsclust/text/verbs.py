"""Verbs by their endings, in languages whose news writes them into every headline: they name nothing."""

from __future__ import annotations

import regex

# Endings of finite verbs and infinitives that few nouns share; a noun that does shows other endings beside them.
_ENDINGS = {
    "en": r"\w{4,}ed",
    "es": r"\w{3,}(?:ó|aron|ieron|ará|arán)",
    "pt": r"\w{3,}(?:ou|aram|eram|iram|ará)",
    "it": r"\w{3,}(?:ò|arono|irono)",
    "ru": r"\w{2,}(?:[аеиоуыя]л(?:а|о|и|ся|ась|ось|ись)?|[аеиуыя]ть(?:ся)?|[аеуя]ют(?:ся)?|[аеуя]ет(?:ся)?|[ия]тся)",
    "uk": r"\w{2,}(?:[аияу]в(?:ся)?|[аиіяу]л(?:а|о|и)(?:ся)?|[аиіяу]ти(?:ся)?|[ауюя]є(?:ться)?|[аиуюя]ть(?:ся)?)",
    "be": r"\w{2,}(?:[аіыяу]ў(?:ся)?|[аіыяу]л(?:а|о|і)(?:ся)?|[аіыя]ць|[ауя]е(?:цца)?)",
}
_CASES = {
    "ru": r"\w{3,}(?:ам|ами|ах|ов|ом|ой|ей|ем|ии|ию|ия|ие|ью|ям|ями|ях|ого|ому|ую|ый|ая|ые|ых)",
    "uk": r"\w{3,}(?:ам|ами|ах|ів|ом|ою|ей|ем|ії|ію|ія|ям|ями|ях|ого|ому|ий|их|ння|нню)",
    "be": r"\w{3,}(?:ам|амі|ах|аў|ом|ай|ей|ем|іі|ію|ія|ям|ямі|ях|ага|аму|ыя|ых)",
}
_VERBS = {language: regex.compile(endings) for language, endings in _ENDINGS.items()}
_NOUNS = {language: regex.compile(endings) for language, endings in _CASES.items()}
_CAPITAL_NOUNS = frozenset(("de", "lb"))


def is_verb(forms: dict[str, int], languages: set[str]) -> bool:
    """Tell whether the forms of a word, with how often each was met, are mostly those of a verb in a language of its.

    German writes nouns with a capital, so that a word in small letters is none.
    """
    if languages <= _CAPITAL_NOUNS:
        return all(map(str.islower, forms))
    return any(_are_verbs(forms, language) for language in sorted(languages))


def _are_verbs(forms: dict[str, int], language: str) -> bool:
    verbs, nouns = _VERBS.get(language), _NOUNS.get(language)
    if verbs is None or (nouns and any(map(nouns.fullmatch, forms))):
        return False
    told = sum(count for form, count in forms.items() if verbs.fullmatch(form))
    return 2 * told > sum(forms.values())
