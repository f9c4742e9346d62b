from __future__ import annotations

import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclust.reading.dates import DAY_FIRST, EITHER, MONTH_FIRST, ReadDate, Told, parse_date, read_date

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


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        (20250227, "2025-02-27T00:00"),
        (20250227101500, "2025-02-27T10:15"),
        ([2025, 2, 27, 10, 15], "2025-02-27T10:15"),
        ("/Date(1740651300000)/", "2025-02-27T10:15"),
        ("27 de fevereiro de 2025 às 10h15", "2025-02-27T10:15"),
        ("giovedì 27 febbraio 2025 alle ore 10:15", "2025-02-27T10:15"),
        ("Publié le 27/02/2025 à 10h15", "2025-02-27T10:15"),
        ("Publicado el jueves 27 de febrero de 2025", "2025-02-27T00:00"),
        ("Stand: 27.02.2025 14:05 Uhr", "2025-02-27T14:05"),
        ("czwartek, 27 lutego 2025, godz. 10:15", "2025-02-27T10:15"),
        ("Thứ Năm, 27/2/2025, 10:15 (GMT+7)", "2025-02-27T03:15"),
        ("입력 2025.02.27. 오후 2:05", "2025-02-27T14:05"),
        ("2025年2月27日 下午3:05", "2025-02-27T15:05"),
        ("2025. február 27. 10:15", "2025-02-27T10:15"),
        ("২৭ ফেব্রুয়ারি ২০২৫, ১০:১৫", "2025-02-27T10:15"),
        ("27 กุมภาพันธ์ 2568 14:05 น.", "2025-02-27T14:05"),
        ("27/02/2568", "2025-02-27T00:00"),
        ("民國114年2月27日", "2025-02-27T00:00"),
        ("令和7年2月27日", "2025-02-27T00:00"),
        ("平成元年2月27日", "1989-02-27T00:00"),
        ("۹ اسفند ۱۴۰۳", "2025-02-27T00:00"),
        ("۱۴۰۳/۱۲/۰۹ - ۱۰:۱۵", "2025-02-27T10:15"),
        ("9 Esfand 1403", "2025-02-27T00:00"),
        ("28 شعبان 1446", "2025-02-27T00:00"),
        ("27 شباط 2025", "2025-02-27T00:00"),
        ("27 فبراير/شباط 2025", "2025-02-27T00:00"),
    ],
)
def test_forms_of_the_whole_world_are_read(written: object, utc: str) -> None:
    found = parse_date(written)
    assert found is not None
    assert found.isoformat().startswith(utc)


@pytest.mark.parametrize(
    ("told", "utc"),
    [
        (Told(), "2025-02-27T04:45"),
        (Told(url="https://news.example.il/a"), "2025-02-27T08:15"),
        (Told(language="he"), "2025-02-27T08:15"),
        (Told(url="https://news.example.ie:443/a"), "2025-02-27T09:15"),
    ],
)
def test_a_zone_of_several_countries_is_that_of_its_source(told: Told, utc: str) -> None:
    moment = read_date("27 Feb 2025, 10:15 am IST", told).moment
    assert moment is not None
    assert moment.isoformat().startswith(utc)


def test_numbers_of_an_old_year_are_read_where_the_language_tells_the_calendar() -> None:
    written = ("1403/12/09", "1446/08/28")
    assert [read_date(text, Told()).moment for text in written] == [None, None]
    assert read_date(written[0], Told(language="fa")).moment == DAY
    assert read_date(written[1], Told(language="ar")).moment == DAY


def test_an_order_told_by_other_dates_settles_day_and_month() -> None:
    assert read_date("03/04/2025", Told()) == ReadDate("03/04/2025", None, EITHER)
    first, last = (read_date("03/04/2025", Told(order=order)).moment for order in (DAY_FIRST, MONTH_FIRST))
    assert (first, last) == (datetime(2025, 4, 3, tzinfo=UTC), datetime(2025, 3, 4, tzinfo=UTC))
    assert read_date("27/02/2025", Told()).order == DAY_FIRST
    assert read_date("2/27/2025 10:15 AM", Told()).order == MONTH_FIRST


def test_no_warning_of_a_library_leaves_the_reading_of_dates() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for written in ("27 Feb 2025 10:15 XYZT", "Thu, 27 Feb 2025 10:15:00 QST", "27 Feb", "10:15 PKT"):
            parse_date(written)


@pytest.mark.parametrize(
    "written",
    [
        "4 มี.ค. 2568 10:15",
        "4 มี.ค. 2025 10:15",
        "4 มี.ค. 68 เวลา 10.15 น.",
        "วันอังคารที่ 4 มีนาคม พ.ศ. 2568 เวลา 10:15 น.",
        "เผยแพร่: ๔ มี.ค. ๒๕๖๘ | ๑๐:๑๕ น.",
        "4 มีนาคม ค.ศ. 2025, 10:15",
        1741083300000000000,
        "1741083300000000000",
    ],
)
def test_thai_dates_and_nanoseconds_are_read(written: object) -> None:
    assert parse_date(written) == datetime(2025, 3, 4, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "name"),
    list(enumerate("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(), 1)),
)
def test_a_short_thai_month_is_no_other(month: int, name: str) -> None:
    assert parse_date(f"5 {name} 2568") == datetime(2025, month, 5, tzinfo=UTC)
