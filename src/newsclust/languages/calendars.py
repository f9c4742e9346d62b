"""Dates of other calendars as Gregorian ones: Minguo and Japanese eras, Buddhist years, Jalali and Hijri dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

_ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of each era that is written before a year."""
_ERA_YEAR = re.compile(rf"(?:中華)?({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*年")
_BUDDHIST = 543
"""Years by which Buddhist ones, which Thai, Lao and Khmer texts have, are ahead."""
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[4-7]\d\d(?!\d)")
FIRST_BUDDHIST, LAST_BUDDHIST = 2443, 2742
_THAI_ERA = re.compile(r"(?<![\u0e00-\u0e7f])[พค]\.\s?ศ\.\s*|(?<=\d)\s*น\.")
"""The name of an era before a year, and of hours behind a time: "พ.ศ. 2568", "10.15 น."."""
_SHORT_THAI_YEAR = re.compile(r"([\u0e00-\u0e7f]\.?\s*)([4-9]\d)(?![\d.:])")
"""A Buddhist year of two digits behind a Thai month: "4 มี.ค. 68"."""
_OLD_YEAR = r"1[2-5]\d\d"
"""Years of the Jalali calendar (1403 began in 2024) and the Hijri one (1446): no article is from a Gregorian one."""
_BY_NUMBERS = re.compile(rf"(?<!\d)({_OLD_YEAR})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{1,2}})(?!\d)")
_NUMBERS_BACK = re.compile(rf"(?<!\d)(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?({_OLD_YEAR})(?!\d)")
_BY_NAME = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*[./-]?\s*(?:من\s+)?([^\W\d][^\d,،]{{1,24}}?)\s*[,،/-]?\s*({_OLD_YEAR})(?!\d)"
)
_DARI = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()
_SPELLINGS = str.maketrans("يكىأإآةۀ\u200c", "یکیاااهه ")
_JALALI_LANGUAGES = frozenset(("fa", "ps", "ckb", "mzn"))
_HIJRI_LANGUAGES = frozenset(("ar", "ur"))
# Names of the Levant and Iraq, beside which a paper may write the common one: "فبراير/شباط".
_LEVANTINE: Mapping[str, int] = {
    name: month
    for month, names in enumerate(
        "كانون الثاني|شباط|آذار,أذار|نيسان|أيار,ايار|حزيران|تموز|آب|أيلول,ايلول|تشرين الأول|تشرين الثاني|"
        "كانون الأول".split("|"),
        1,
    )
    for name in names.split(",")
}
_LEVANTINE_DATE = re.compile(
    rf"(\d{{1,2}})\s*(?:\w+\s?/\s?)?({'|'.join(_LEVANTINE)})\s*(?:/\s?\w+\s?)?[,،]?\s*(\d{{4}})(?!\d)"
)


def in_gregorian(text: str, language: str, digits: str = "") -> str:
    """The text of a date with its year or day in the Gregorian calendar; unchanged where it is, or cannot be told.

    `text` has digits 0 to 9. `language` is its source's, `digits` the script of digits that it was written in ("fa",
    "ar" or ""): they tell the calendar of a date in numbers.
    """
    text = _ERA_YEAR.sub(lambda match: f"{_ERAS[match[1]] + int(match[2].replace('元', '1'))}年", text)
    text = _SHORT_THAI_YEAR.sub(r"\g<1>25\2", _THAI_ERA.sub(" ", text), count=1)
    if (year := _BUDDHIST_YEAR.search(text)) and FIRST_BUDDHIST <= int(year[0]) <= LAST_BUDDHIST:
        text = f"{text[: year.start()]}{int(year[0]) - _BUDDHIST}{text[year.end() :]}"
    if match := _LEVANTINE_DATE.search(text):
        return _replaced(text, match, f"{match[3]}-{_LEVANTINE[match[2]]:02}-{int(match[1]):02}")
    if (match := _BY_NAME.search(text)) and (month := _months().get(_spelled(match[2]))):
        return _replaced(text, match, _converted(month[0], int(match[3]), month[1], int(match[1])))
    calendar = _calendar_of(language, digits)
    if calendar and (match := _BY_NUMBERS.search(text)):
        return _replaced(text, match, _converted(calendar, int(match[1]), int(match[3]), int(match[4])))
    if calendar and (match := _NUMBERS_BACK.search(text)):
        return _replaced(text, match, _converted(calendar, int(match[4]), int(match[3]), int(match[1])))
    return text


def _replaced(text: str, match: re.Match[str], day: str | None) -> str:
    return text if day is None else f"{text[: match.start()]}{day}{text[match.end() :]}"


def _calendar_of(language: str, digits: str) -> str | None:
    if language in _JALALI_LANGUAGES or (digits == "fa" and language not in _HIJRI_LANGUAGES):
        return "jalali"
    return "hijri" if language in _HIJRI_LANGUAGES or digits == "ar" else None


def _converted(calendar: str, year: int, month: int, day: int) -> str | None:
    """A date of another calendar as ISO 8601; None for one that it does not have."""
    try:
        if calendar == "jalali":
            from persiantools.jdatetime import JalaliDate

            gregorian: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # no types of its own
        else:
            from hijridate import Hijri

            gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return gregorian.isoformat()[:10]


def _spelled(name: str) -> str:
    return " ".join(name.translate(_SPELLINGS).casefold().split())


@lru_cache(maxsize=1)
def _months() -> Mapping[str, tuple[str, int]]:
    """The names of months of the two calendars: the calendar, and the month's number."""
    from hijridate.locales import get_locale
    from persiantools.jdatetime import MONTH_NAMES_EN, MONTH_NAMES_FA

    hijri = (("hijri", get_locale(language).month_names) for language in ("ar", "en", "tr", "bn"))
    jalali = (("jalali", names[1:]) for names in (MONTH_NAMES_FA, MONTH_NAMES_EN, (None, *_DARI)))
    return {
        _spelled(name): (calendar, month)
        for calendar, names in (*hijri, *jalali)
        for month, name in enumerate(names, 1)
        if name
    }
