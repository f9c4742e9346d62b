from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.reading.dates import parse_date

MORNING = datetime(2025, 2, 27, 10, 15, tzinfo=UTC)
DAY = datetime(2025, 2, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-27T10:15:00Z",
        "2025-02-27T10:15:00.000000123Z",
        "2025-02-27 10:15",
        "2025-02-27 17:15:00 +0700",
        "2025-02-27T17:15:00+07:00",
        "2025-02-27 10:15:00 UTC",
        "20250227T101500Z",
        "20250227101500",
        "Thu, 27 Feb 2025 10:15:00 GMT",
        "Thu, 27 Feb 2025 05:15:00 EST",
        "27.02.2025 10:15",
        "27.02.2025, 10:15",
        "27/02/2025 10:15",
        "2/27/2025 10:15 AM",
        "2025/02/27 10:15:00",
        "1740651300",
        1740651300,
        1740651300.0,
        1740651300000,
        "27 Februari 2025 10:15",
        "27 февраля 2025 г. 10:15",
        "27 de febrero de 2025 10:15",
        "2025年2月27日 10:15",
        "Kamis, 27 Februari 2025 | 17:15 WIB",
    ],
)
def test_common_forms_are_read_to_the_minute(written: object) -> None:
    assert parse_date(written) == MORNING


@pytest.mark.parametrize(
    "written", ["2025-02-27", "20250227", "27. Februar 2025", "February 27, 2025", "27 şubat 2025"]
)
def test_a_day_is_midnight_in_utc(written: str) -> None:
    assert parse_date(written) == DAY


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "5 minutes ago", "soon", "2025", "Februar 2025", "31.02.2025", "0001-01-01",
     "9999-12-31T23:59:59-12:00",
     0, 1, -1, True, None, [], {}, float("nan"), float("inf"), 10**30, "9" * 500, "0000-00-00 00:00:00", "2025-13-45"],
)  # fmt: skip
def test_what_is_no_date_is_none(written: object) -> None:
    assert parse_date(written) is None


def test_a_date_whose_day_and_month_could_be_swapped_is_none() -> None:
    assert parse_date("03/04/2025") is None
    assert parse_date("04/04/2025") == datetime(2025, 4, 4, tzinfo=UTC)


def test_impatient_reading_leaves_out_names_of_months_only() -> None:
    assert parse_date("27 Februari 2025", patient=False) is None
    assert parse_date("2025-02-27", patient=False) == DAY


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_iso_dates_come_back(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == moment


@given(st.one_of(st.text(alphabet="0123456789-/.:TZ+ ap", max_size=30), st.integers(), st.floats()))
def test_nothing_that_looks_like_a_date_raises(value: object) -> None:
    found = parse_date(value, patient=False)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("February 3, 2025 10:00 PM", "2025-02-03T22:00"),
        ("February 3, 2025, 10:00 p.m. ET", "2025-02-04T03:00"),
        ("Feb 3 2025 10:00 AM EST", "2025-02-03T15:00"),
        ("3 Feb 2025 22:15 CET", "2025-02-03T21:15"),
        ("Senin, 03 Feb 2025 14:30 WIB", "2025-02-03T07:30"),
        ("Feb 03, 2025 22:15 (UTC+8)", "2025-02-03T14:15"),
        ("Mon, 03 Feb 2025 14:30:00 EST", "2025-02-03T19:30"),
        ("Thu Feb 27 10:15:00 +0000 2025", "2025-02-27T10:15"),
    ],
)
def test_halves_of_the_day_and_zones_are_never_passed_over(written: str, utc: str) -> None:
    found = parse_date(written)
    assert found is not None
    assert found.isoformat().startswith(utc)
