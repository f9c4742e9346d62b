"""Languages that are written in two scripts, each in the one of them that its articles are compared in.

To a model, and to whatever compares words and names, 臺灣 and 台湾 or Београд and Beograd are words of two languages.
What is shown keeps the letters it came in. `docs/decisions/one-script.md` has what this gains.
"""

from __future__ import annotations

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

    Chinese comes in simplified characters; Serbian, Bosnian and Uzbek in Latin letters. The answer depends on it alone.
    """
    convert = _CONVERSIONS.get(article.language)
    if convert is None:
        return article
    title, text = article.title and convert(article.title), convert(article.text)
    return article if (title, text) == (article.title, article.text) else replace(article, title=title, text=text)


def where_mixed(articles: Sequence[Article]) -> list[Article]:
    """The articles, in one script those of a language that comes in both: what their keywords are taken from."""
    compared = list(map(in_one_script, articles))
    both = list(zip(articles, compared, strict=True))
    in_the_one = {article.language for article, same in both if _is_in_the_one(article, same)}
    return [same if article.language in in_the_one else article for article, same in both]


def _is_in_the_one(article: Article, compared: Article) -> bool:
    return article is compared or _APOSTROPHE.sub("'", article.body) == compared.body


def _simplified(text: str) -> str:
    simplified: str = _traditional_to_simplified().convert(text)
    return simplified


@lru_cache(maxsize=1)
def _traditional_to_simplified() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


def _letters(lower: Mapping[str, str]) -> dict[int, str]:
    """A table for str.translate of letters in both cases."""
    return str.maketrans({**lower, **{letter.upper(): latin.capitalize() for letter, latin in lower.items()}})


_SERBIAN = _letters(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž"}
)


def _serbian(text: str) -> str:
    return text.translate(_SERBIAN)


# The official alphabet of 1995. Its marks of ў, ғ and ъ are typed in half a dozen ways, and here as an apostrophe: of
# three ways the one that the built-in model knows best.
_UZBEK = _letters(
    dict(zip("абвгджзийклмнопрстуфхқҳэ", "abvgdjziyklmnoprstufxqhe", strict=True))
    | {"е": "e", "ё": "yo", "ю": "yu", "я": "ya", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh"}
    | {"ў": "o'", "ғ": "g'", "ъ": "'", "ь": "", "ы": "i"}
)
_YE = regex.compile(r"(?V1i)(?<![\p{L}--[аеёиоуэюяўъь]])е")  # at the beginning and behind vowels
_APOSTROPHE = regex.compile(r"(?<=\p{L})[ʻʼ‘’`´]")


def _uzbek(text: str) -> str:
    text = _YE.sub(lambda letter: "Ye" if letter[0].isupper() else "ye", text)
    return _APOSTROPHE.sub("'", text.translate(_UZBEK))


_CONVERSIONS: Mapping[str, Callable[[str], str]] = {"zh": _simplified, "sr": _serbian, "bs": _serbian, "uz": _uzbek}
