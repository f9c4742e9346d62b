"""What Unicode's Common Locale Data Repository (CLDR) says of a language, as Babel ships it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_NO_COUNTRIES = frozenset(("EZ", "QO", "XA", "XB", "ZZ"))
"""The euro zone, outlying Oceania, pseudo-locales, and what is not known."""

_SHORT_NAMES = {
    "ar": (("US", "أميركا"), ("US", "أمريكا")),
    "de": (("US", "USA"),),
    "el": (("US", "ΗΠΑ"),),
    "en": (
        *(("US", "USA"), ("US", "U.S"), ("GB", "UK"), ("GB", "Britain"), ("AE", "UAE"), ("TR", "Turkey")),
        *(("CZ", "Czech Republic"), ("CI", "Ivory Coast"), ("PS", "Palestine")),
    ),
    "es": (("US", "EE.UU"), ("US", "EEUU")),
    "fa": (("US", "آمریکا"),),
    "fr": (("US", "USA"),),
    "id": (("GB", "Inggris"),),
    "it": (("US", "USA"), ("US", "Usa")),
    "nl": (("US", "VS"),),
    "pl": (("US", "USA"),),
    "pt": (("US", "EUA"),),
    "ro": (("US", "SUA"),),
    "ru": (("US", "США"), ("GB", "Британия")),
    "tr": (("US", "ABD"),),
    "uk": (("US", "США"), ("GB", "Британія")),
    "vi": (("US", "Mỹ"),),
    "zh": (("GB", "英国"), ("GB", "英國")),
}
"""How news calls some countries; CLDR's short and other names, which Babel leaves out."""


@lru_cache(maxsize=256)
def locale_data(language: str) -> Mapping[str, Any]:
    """A language's own part of CLDR, or its parent's where it has no months (Bokmål has Norwegian's); {} where unknown.

    Read from Babel's file itself. What Babel loads is shared with all that use it in this process, merged or not as the
    first of them asked for it; and merging mixes languages: German has Azerbaijani months too if those came first.
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        name = str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return {}
    while name:
        data = _read(name)
        if "months" in data:
            return data
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]
    return {}


def territory_names(language: str) -> Iterator[tuple[str, str]]:
    """The ISO 3166 code and each name of each country, and of the European Union and the United Nations."""
    for names in (locale_data(language).get("territories", {}), *_regional(language)):
        for code, name in sorted(names.items()):
            if len(code) == 2 and code not in _NO_COUNTRIES:
                yield code, name
                if " (" in name:  # "Myanmar (Burma)"
                    yield code, name.partition(" (")[0]
    yield from _SHORT_NAMES.get(language, ())


def country_name(code: str, language: str) -> str:
    """A country's name in a language, or else in English; its code where it has none."""
    for known in (language, "en"):
        if name := locale_data(known).get("territories", {}).get(code):
            return str(name)
    return code


def city_name(zone: str, language: str) -> str:
    """The name of a time zone's city in a language, or else in English: Стамбул for "Europe/Istanbul"."""
    translated = locale_data(language).get("time_zones", {}).get(zone, {}).get("city")
    return str(translated or zone.rpartition("/")[2].replace("_", " "))


def city_names(language: str) -> Iterator[tuple[str, str]]:
    """A time zone's id ("Europe/Istanbul") and the name of its city, some 400 large ones, most capitals among them."""
    from babel.core import get_global

    translated = locale_data(language).get("time_zones", {})
    for zone in sorted(get_global("zone_territories")):
        if zone.count("/") == 1 and not zone.startswith("Etc/"):
            yield zone, translated.get(zone, {}).get("city") or zone.partition("/")[2].replace("_", " ")


@lru_cache(maxsize=256)
def _regional(language: str) -> tuple[Mapping[str, Any], ...]:
    """What a language's countries and scripts call countries otherwise: zh_Hant, sr_Latn, pt_PT."""
    from babel.localedata import locale_identifiers

    names = sorted(name for name in locale_identifiers() if name.startswith(f"{language}_"))
    tables = (data["territories"] for data in map(_read, names) if "territories" in data)
    return tuple(table for table in tables if table)


def _read(name: str) -> Mapping[str, Any]:
    from babel.localedata import resolve_locale_filename

    with open(resolve_locale_filename(name), "rb") as file:
        data: dict[str, Any] = pickle.load(file)  # noqa: S301 - part of the installed Babel
    return data
