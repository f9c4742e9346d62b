"""Languages that are written in two scripts, each in the one of them that its articles are compared in.

To a model, and to whatever compares words and names, 臺灣 and 台湾 or Београд and Beograd are words of two languages.
What is shown keeps the letters it came in. `docs/decisions/one-script.md` has what this gains.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from newsclust.articles import Article

if TYPE_CHECKING:
    import opencc


def in_one_script(article: Article) -> Article:
    """The article as it is compared: the same where its language is written in one script, or it is in the one chosen.

    Chinese comes in simplified characters; Serbian and Uzbek come in Latin letters. The answer depends on it alone.
    """
    convert = _CONVERSIONS.get(article.language)
    if convert is None:
        return article
    title, text = article.title and convert(article.title), convert(article.text)
    return article if (title, text) == (article.title, article.text) else replace(article, title=title, text=text)


def spoken_as(language: str) -> str:
    """The language that one is compared as: Croatian and Bosnian are Serbian in Latin letters, to detectors too."""
    return _SISTERS.get(language, language)


def where_mixed(articles: Sequence[Article]) -> list[Article]:
    """The articles, in one script those of a language that comes in both: what keywords are taken from.

    Of a text in the one script the odd letter of the other, or another apostrophe, is as it is compared in any case.
    """
    compared = list(map(in_one_script, articles))
    languages = [spoken_as(article.language) for article in articles]
    scripts = [_in_the_one(*both) for both in zip(languages, articles, compared, strict=True)]
    in_the_one, in_the_other = (
        {language for language, script in zip(languages, scripts, strict=True) if script is which}
        for which in (True, False)
    )
    mixed = in_the_one & in_the_other
    return [
        same if script or language in mixed else article
        for language, script, article, same in zip(languages, scripts, articles, compared, strict=True)
    ]


def in_its_script(article: Article) -> Article:
    """The article in the script that most of it is in, so far as that is the one chosen; the same otherwise."""
    (own,) = where_mixed([article])
    return own


def _in_the_one(language: str, article: Article, compared: Article) -> bool | None:
    """Whether most letters are of the one script or of the other; None where as many are, as in other languages."""
    if language not in _CONVERSIONS:
        return None
    text = article.body
    if language == "zh":
        own, others = sum(map(_is_simplified, text)), sum(map(operator.ne, text, compared.body))
    else:
        own, others = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    return None if own == others else own > others


_LATIN, _CYRILLIC = regex.compile(r"\p{Latin}"), regex.compile(r"\p{Cyrillic}")


@lru_cache(maxsize=1 << 14)
def _is_simplified(character: str) -> bool:
    """Whether a character is of those that only simplified texts use: Big5 lacks it."""
    return "\u4e00" <= character <= "\u9fff" and not character.encode("big5hkscs", "ignore")


def _simplified(text: str) -> str:
    for converter in _to_simplified():
        text = converter.convert(text)
    return text


@lru_cache(maxsize=1)
def _to_simplified() -> tuple[opencc.OpenCC, ...]:
    """From characters as Taiwan and as Hong Kong write them: each knows some that the other leaves."""
    import opencc

    return opencc.OpenCC("tw2s"), opencc.OpenCC("hk2s")


def _letters(lower: Mapping[str, str]) -> dict[int, str]:
    """A table for str.translate of letters in both cases."""
    return str.maketrans({**lower, **{letter.upper(): latin.capitalize() for letter, latin in lower.items()}})


_SERBIAN = _letters(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)
_AMONG_CAPITALS = regex.compile(r"\p{Lu}(?=\p{Lu})|(?<=\p{Lu})\p{Lu}")


def _latin(text: str, table: Mapping[int, str]) -> str:
    text = _AMONG_CAPITALS.sub(lambda letter: table.get(ord(letter[0]), letter[0]).upper(), text)
    return text.translate(table)


def _serbian(text: str) -> str:
    return _latin(text, _SERBIAN)


# The official alphabet of 1995. Its marks are typed in a dozen ways, most of which are no letters and part a word.
_UZBEK = _letters(
    dict(zip("абвгджзийклмнопрстуфхқҳэ", "abvgdjziyklmnoprstufxqhe", strict=True))
    | {"е": "e", "ё": "yo", "ю": "yu", "я": "ya", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh"}
    | {"ў": "oʻ", "ғ": "gʻ", "ъ": "ʼ", "ь": "", "ы": "i"}
)
# At the beginning and behind vowels.
_YE = regex.compile(r"(?V1)(?<![\p{L}--[аеёиоуэюяўъьАЕЁИОУЭЮЯЎЪЬ]])(?:(?P<capitals>Е(?=\p{Lu}))|[Ее])")
_APOSTROPHE = regex.compile(r"(?<=(?P<turned>[oOgG])|\p{L})['ʻʼ‘’`´ʿʹʽ′＇](?=\p{L}|(?<=[oOgG].))")


def _uzbek(text: str) -> str:
    text = _YE.sub(lambda letter: "ЙЕ" if letter["capitals"] else "Йе" if letter[0] == "Е" else "йе", text)
    return _APOSTROPHE.sub(lambda mark: "ʻ" if mark["turned"] else "ʼ", _latin(text, _UZBEK))


_CONVERSIONS: Mapping[str, Callable[[str], str]] = {"zh": _simplified, "sr": _serbian, "uz": _uzbek}
_SISTERS = {"hr": "sr", "bs": "sr"}
