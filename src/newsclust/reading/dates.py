"""Publication dates as files write them, to timezone-aware UTC datetimes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from newsclust.languages.calendars import in_gregorian

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Years outside these are a filler ("0001-01-01", "9999-12-31"), not a publication date."""

LONGEST = 80
"""Longest text tried as a date, in characters."""

DAY_FIRST, MONTH_FIRST, EITHER = "day first", "month first", "either"
"""What a date in numbers says of their order: "27/02/2025", "02/27/2025", "03/04/2025"."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})T?(?:(\d{2})(\d{2})(\d{2})?)?Z?$")  # GDELT: 20250227T101500Z
_EPOCH = re.compile(r"-?\d{9,19}(?:\.\d+)?$")
_NET_EPOCH = re.compile(r"\\?/Date\((-?\d{9,16})(?:[+-]\d{4})?\)\\?/$")
_MAIL = re.compile(
    r"(?:[^\W\d]+,?\s)?(?:\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}(?:,?\s\d{1,2}:\d\d(?::\d\d)?)?"
    r"|[A-Za-z]{3} +\d{1,2} \d\d:\d\d:\d\d(?: [+-]\d{4})? \d{4})"
    r"(?:\s?(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)(?:\s\([^)]*\))?)?$"
)
_NUMBERS = re.compile(
    r"(?<![\d./-])(?:(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?|"
    r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?)(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d.,:-])(\d{1,2})(?:[:.]|\s?[hH时時点點시]\s?|\sUhr\s)(\d{2})(?!\d)(?:\s?[:.分분m]\s?(\d{2})(?!\d))?(?:[.,]\d+)?"
)
_HALF = re.compile(
    r"(?<![^\W\d_])(?:([ap])\.?\s?m\.?|(上午|午前|오전|ص|sáng)|(下午|晚上|午後|오후|م|chiều|tối))(?![^\W\d_])", re.I
)
_OFFSET = re.compile(r"(?:\b(?:UTC|GMT)\s?|(?<=\s)|(?<=:\d\d)|(?<=\())([+\-−])(\d{1,2})(?::?(\d{2}))?(?![\d/.-])")
_ZONE = re.compile(r"(?<![^\W\d_])[A-Z]{1,5}(?![^\W_])")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_FRACTION = re.compile(r"(:\d\d)[.,](\d+)")
_COUNTRY = re.compile(r"//[^/?#]*\.([a-z]{2})(?::\d+)?(?:[/?#]|$)", re.I)
"""The country in the host's name of an address."""
_ZONES: Mapping[str, float] = {
    zone: hours
    for hours, zones in {
        0: "UTC GMT UT Z WET", 1: "CET MEZ WEST BST WAT", 2: "CEST MESZ EET SAST CAT", 3: "EEST MSK TRT EAT",
        3.5: "IRST", 4: "GST", 5: "PKT UZT", 5.5: "IST", 5.75: "NPT", 7: "WIB ICT", 8: "WITA SGT HKT MYT PHT AWST",
        9: "WIT JST KST", 9.5: "ACST", 10: "AEST", 11: "AEDT", 12: "NZST", 13: "NZDT", -3: "BRT ART ADT", -4: "EDT AST",
        -3.5: "NST", -5: "EST ET CDT", -6: "CST CT MDT", -7: "MST MT PDT", -8: "PST PT AKDT", -9: "AKST", -10: "HST",
    }.items()
    for zone in zones.split()
}  # fmt: skip
"""Hours that zones known by letters are ahead of UTC. IST is India's, and EST to PST are America's, where the source
does not say otherwise (_ZONES_OF)."""
_ZONES_OF: Mapping[tuple[str, str], float] = {
    ("IST", "il"): 2, ("IST", "he"): 2, ("IST", "ie"): 1, ("IST", "ga"): 1, ("BST", "bd"): 6, ("BST", "bn"): 6,
    ("CST", "cn"): 8, ("CST", "tw"): 8, ("CST", "zh"): 8, ("EST", "au"): 10, ("EDT", "au"): 11, ("PST", "ph"): 8,
    ("PST", "tl"): 8, ("PST", "pk"): 5, ("AST", "sa"): 3, ("AST", "ar"): 3, ("WIT", "br"): -3,
}  # fmt: skip
"""The same for a source's country or language."""
_THAI_MARCH = re.compile(r"มี\.?\s?ค\.?(?!\w)")
"""The short name of March, which dateparser takes for that of January (ม.ค.)."""
_WORDS_DROPPED = 3
"""Most words in front of a date in words that are left out: "Publicado el jueves 27 de febrero"."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the rest of the input tells of a date: the language and address of its article, the order of numbers.

    `order` is DAY_FIRST, MONTH_FIRST or "". With `patient` false, names of months are not tried: they take dateparser
    3 to 30 ms a date.
    """

    language: str = ""
    url: str = ""
    patient: bool = True
    order: str = ""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as it was written, what it means where that can be told, and what it says of the order of numbers."""

    raw: Any = None
    moment: datetime | None = None
    order: str = ""


def parse_date(value: Any, *, patient: bool = True) -> datetime | None:
    """Read a date of any common form; naive ones are UTC. None for what cannot be read, never an error.

    Understood: RFC 3339 and ISO 8601, RFC 2822, seconds (or milli-, micro-, nanoseconds) since 1970,
    `20250227T101500Z`, numeric forms with words around, years of other calendars, and, through dateparser, names of
    months in its languages. A numeric date whose day and month could be swapped ("03/04/2025") is unreadable, as a
    wrong date is worse than none. `patient=False` leaves out dateparser, which takes 3 to 30 ms a date.
    """
    return read_date(value, Told(patient=patient)).moment


def read_date(value: Any, told: Told) -> ReadDate:
    """Read a date as `parse_date` does, with what the rest of the input tells of it."""
    if value is None or isinstance(value, bool):
        return ReadDate(value)
    if isinstance(value, datetime):
        return ReadDate(value, in_utc(value))
    if isinstance(value, int):
        value = str(value) if abs(value) < 10**19 else ""
    if isinstance(value, float):
        return ReadDate(value, _epoch(value) if abs(value) < 1e19 else None)
    if isinstance(value, list):
        return ReadDate(value, _of_parts(value))
    if not isinstance(value, str):
        return ReadDate(value)
    text = " ".join(value[: LONGEST + 1].split())
    if not 4 < len(text) <= LONGEST:
        return ReadDate(value)
    country = _COUNTRY.search(told.url)
    moment, order = _parse_text(text, told.patient, told.language, country[1].lower() if country else "", told.order)
    return ReadDate(value, moment, order)


@lru_cache(maxsize=16384)
def _parse_text(text: str, patient: bool, language: str, country: str, order: str) -> tuple[datetime | None, str]:
    if _EPOCH.match(text):
        return _compact(text) or _epoch(float(text)), ""
    if match := _NET_EPOCH.match(text):
        return _epoch(float(match[1])), ""
    for attempt in (_iso, _compact, _mail):
        if (moment := attempt(text)) is not None:
            return moment, ""
    plain, digits = _in_plain_digits(text)
    plain = in_gregorian(plain, language, digits)
    if plain != text and (moment := _iso(plain)) is not None:
        return moment, ""
    rest, clock = _without_clock(plain, language, country)
    if clock is None:
        return None, ""
    if match := _NUMBERS.search(rest):
        day, told = _day(match, order)
        return (_moment(day, clock) if day else None), told
    if not (patient and _YEAR.search(rest) and _DAY.search(rest)):
        return None, ""
    named = _in_words(rest, language)
    return (_moment((named.year, named.month, named.day), clock) if named else None), ""


def _in_plain_digits(text: str) -> tuple[str, str]:
    """The text with the digits 0 to 9, and the script of the digits it had: "fa", "ar" or ""."""
    if text.isascii():
        return text, ""
    script = "fa" if re.search("[۰-۹]", text) else "ar" if re.search("[٠-٩]", text) else ""
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in text), script


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of the day, and the hours that its zone is ahead of UTC."""

    hour: int = 0
    minute: int = 0
    second: int = 0
    ahead: float = 0.0


def _without_clock(text: str, language: str, country: str) -> tuple[str, _Clock | None]:
    """A text without the time of the day that it gives, and this time; None for one that no day has."""
    day = _NUMBERS.search(text)
    first, last = day.span() if day else (0, 0)
    match = next((clock for clock in _CLOCK.finditer(text) if not first <= clock.start() < last), None)
    if match is None:
        return text, _Clock()
    behind = text[match.end() :]
    hour = int(match[1])
    half = _HALF.search(behind[:12]) or _HALF.search(text[max(0, match.start() - 8) : match.start()])
    if half and hour <= 12:
        afternoon = bool(half[3]) or (half[1] or "").lower() == "p"
        hour = hour % 12 + (12 if afternoon else 0)
    clock = _Clock(hour, int(match[2]), int(match[3] or 0), _ahead(behind, language, country))
    fits = hour < 24 and clock.minute < 60 and clock.second < 60
    rest = f"{text[: match.start()]} {_HALF.sub(' ', _OFFSET.sub(' ', _without_zones(behind)))}"
    return _HALF.sub(" ", rest) if half else rest, clock if fits else None


def _without_zones(text: str) -> str:
    return _ZONE.sub(lambda name: " " if name[0] in _ZONES else name[0], text)


def _ahead(text: str, language: str, country: str) -> float:
    """The hours that the zone named behind a time is ahead of UTC; 0 where none is."""
    if offset := _OFFSET.search(text):
        hours = int(offset[2]) + int(offset[3] or 0) / 60
        return hours if offset[1] == "+" else -hours
    zone = next((name[0] for name in _ZONE.finditer(text) if name[0] in _ZONES), "UTC")
    for told in (country, language):
        if (zone, told) in _ZONES_OF:
            return _ZONES_OF[zone, told]
    return _ZONES[zone]


def _day(match: re.Match[str], order: str) -> tuple[tuple[int, int, int] | None, str]:
    """Year, month and day of a date in numbers, and what it says of their order."""
    if match[5]:
        return (int(match[5]), int(match[6]), int(match[7])), ""
    first, mark, middle, last = match[1], match[2], match[3], match[4]
    a, b, c = int(first), int(middle), int(last)
    if len(first) == 4:
        return (a, b, c), ""
    if len(last) != 4:
        return None, ""
    if mark == ".":  # with dots the day comes first everywhere
        return (c, b, a), ""
    if a > 12 or b > 12:
        return ((c, b, a), DAY_FIRST) if a > 12 else ((c, a, b), MONTH_FIRST)
    if a == b or order == DAY_FIRST:
        return (c, b, a), ""
    return ((c, a, b), "") if order == MONTH_FIRST else (None, EITHER)


def _moment(day: Sequence[int], clock: _Clock) -> datetime | None:
    try:
        zone = timezone(timedelta(hours=clock.ahead))
        return in_utc(datetime(day[0], day[1], day[2], clock.hour, clock.minute, clock.second, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    text = _FRACTION.sub(lambda m: f"{m[1]}.{m[2][:6]}", text)
    text = text.removesuffix(" UTC").removesuffix(" GMT")
    try:
        return in_utc(datetime.fromisoformat(text.replace(" +", "+")))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if not _MAIL.match(text):
        return None  # what follows passes over "PM" and the zones that it does not know
    try:
        return in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _compact(text: str) -> datetime | None:
    match = _COMPACT.match(text)
    return _of_parts([int(part or 0) for part in match.groups()]) if match else None


def _in_words(text: str, language: str) -> datetime | None:
    """A date with the name of its month, in the language of its source or else in any."""
    import dateparser

    settings = {
        "STRICT_PARSING": True,  # day, month and year must all be there: nothing is filled in from the clock
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "DATE_ORDER": "DMY",
    }
    text = _THAI_MARCH.sub("มีนาคม", text)
    for languages in ([language], None) if language and language != "und" else (None,):
        for form in _forms(text):
            try:
                moment = dateparser.parse(form, settings=settings, languages=languages)
            except Exception:  # dateparser raises many kinds on odd input; an unreadable date must not cost the article
                moment = None
            if moment is not None:
                return moment
    return None


def _forms(text: str) -> Iterator[str]:
    """A date in words: as it is, without what follows its last number, and without words in front."""
    last = max(at for at, mark in enumerate(text) if mark.isdigit())
    words = text[: last + 1].split()
    yield " ".join(text.split()).strip(" |,;:·•-–—")
    yield " ".join(words)
    for dropped in range(1, min(_WORDS_DROPPED, len(words) - 3) + 1):
        if any(mark.isdigit() for mark in words[dropped - 1]):
            return
        yield " ".join(words[dropped:])


def _epoch(number: float) -> datetime | None:
    size = abs(number)
    scale = 1e9 if size >= 1e17 else 1e6 if size >= 1e14 else 1e3 if size >= 1e11 else 1.0
    if not size >= 1e8:  # 1973: smaller numbers are a year, a counter, or a null written as 0
        return None
    try:
        return in_utc(datetime.fromtimestamp(number / scale, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _of_parts(parts: Sequence[Any]) -> datetime | None:
    """A moment from its year, month, day and what follows, as Java and Python's struct_time write it."""
    if not (3 <= len(parts) <= 9 and all(isinstance(part, int) for part in parts)):
        return None
    try:
        return in_utc(datetime(*parts[:6], tzinfo=UTC))  # type: ignore[misc]  # six ints: year to second
    except (ValueError, TypeError, OverflowError):
        return None


def in_utc(moment: datetime) -> datetime | None:
    """The moment in UTC, which a naive one is in already; None where no article is from that year."""
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
