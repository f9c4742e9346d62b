"""Publication dates as files write them, to timezone-aware UTC datetimes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Years outside these are a filler ("0001-01-01", "9999-12-31"), not a publication date."""

LONGEST = 64
"""Longest text tried as a date, in characters."""

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})T?(?:(\d{2})(\d{2})(\d{2})?)?Z?$")  # GDELT: 20250227T101500Z
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d+)?$")
_NUMERIC = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?)?$"
)
_MAIL = re.compile(
    r"(?:[^\W\d]+,?\s)?(?:\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}(?:,?\s\d{1,2}:\d\d(?::\d\d)?)?"
    r"|[A-Za-z]{3} +\d{1,2} \d\d:\d\d:\d\d(?: [+-]\d{4})? \d{4})"
    r"(?:\s?(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)(?:\s\([^)]*\))?)?$"
)
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_FRACTION = re.compile(r"(:\d\d)[.,](\d+)")


def parse_date(value: Any, *, patient: bool = True) -> datetime | None:
    """Read a date of any common form; naive ones are UTC. None for what cannot be read, never an error.

    Understood: RFC 3339 and ISO 8601, RFC 2822, seconds (or milli-, microseconds) since 1970, `20250227T101500Z`,
    numeric forms, and, through dateparser, names of months in its languages. A numeric date whose day and month could
    be swapped ("03/04/2025") is unreadable, as a wrong date is worse than none. `patient=False` leaves out dateparser,
    which takes 3 to 30 ms a date.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _epoch(float(value)) if abs(value) < 1e18 else None
    if isinstance(value, datetime):
        return in_utc(value)
    if not isinstance(value, str):
        return None
    text = " ".join(value[: LONGEST + 1].split())
    return _parse_text(text, patient) if 4 < len(text) <= LONGEST else None


@lru_cache(maxsize=16384)
def _parse_text(text: str, patient: bool) -> datetime | None:
    if _EPOCH.match(text):
        return _compact(text) or _epoch(float(text))
    for attempt in (_iso, _compact, _mail):
        if (found := attempt(text)) is not None:
            return found
    if _NUMERIC.match(text):
        return _numeric(text)
    return _in_words(text) if patient and _YEAR.search(text) and _DAY.search(text) else None


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
    return _build(*(int(part or 0) for part in match.groups())) if match else None


def _numeric(text: str) -> datetime | None:
    match = _NUMERIC.match(text)
    if match is None:
        return None
    first, mark, middle, last, *clock, half = match.groups()
    a, b, c = int(first), int(middle), int(last)
    hour, minute, second = (int(part or 0) for part in clock)
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if len(first) == 4:
        return _build(a, b, c, hour, minute, second)
    if len(last) != 4:
        return None
    if mark == "." or a > 12 or a == b:  # with dots the day comes first everywhere
        return _build(c, b, a, hour, minute, second)
    return _build(c, a, b, hour, minute, second) if b > 12 else None


def _in_words(text: str) -> datetime | None:
    import dateparser

    settings = {
        "STRICT_PARSING": True,  # day, month and year must all be there: nothing is filled in from the clock
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "DATE_ORDER": "DMY",
    }
    try:
        found = dateparser.parse(text, settings=settings)
    except Exception:
        return None  # dateparser raises many kinds on odd input; an unreadable date must not cost the article
    return in_utc(found) if found is not None else None


def _epoch(number: float) -> datetime | None:
    size = abs(number)
    scale = 1e6 if size >= 1e14 else 1e3 if size >= 1e11 else 1.0
    if size < 1e8:  # 1973: smaller numbers are a year, a counter, or a null written as 0
        return None
    try:
        return in_utc(datetime.fromtimestamp(number / scale, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _build(*parts: int) -> datetime | None:
    try:
        return in_utc(datetime(*parts, tzinfo=UTC))  # type: ignore[arg-type,misc]  # six ints: year to second
    except (ValueError, TypeError):
        return None


def in_utc(moment: datetime) -> datetime | None:
    """The moment in UTC, which a naive one is in already; None where no article is from that year."""
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
