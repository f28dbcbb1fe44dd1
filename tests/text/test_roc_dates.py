"""Dates as they are typed, and as documents print them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.roc_dates import early_day, parse_date, roc, roc_month

DAY = date(2016, 9, 10)
# Above the ROC year 1910 a year without its era would be read as 西元.
DAYS = st.dates(date(1912, 1, 1), date(2910, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2016, 9, 10, 14, 30),
        date(105, 9, 10),
        "105年9月10日",
        "105年09月10日",
        "105.9.10",
        "105/09/10",
        "105-9-10",
        "民國105年9月10日",
        "中華民國 105 年 9 月 10 日",
        "中華民國　１０５　年　９　月　１０　日",
        "１０５．９．１０",
        "１０５／９／１０",
        "民國105.9.10",
        "2016/9/10",
        "2016-09-10",
        "2016.9.10",
        "2016年9月10日",
        "20160910",
        "1050910",
        " 105/9/10\n",
        20160910,
        1050910.0,
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(value: object) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("99年9月10日", date(2010, 9, 10)),
        ("1年1月1日", date(1912, 1, 1)),
        ("1911/1/1", date(1911, 1, 1)),
        ("105/2/29", date(2016, 2, 29)),
    ],
)
def test_years_below_1911_are_roc_years(value: str, day: date) -> None:
    assert parse_date(value) == day


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "　",
        "待定",
        "105年9月",
        "105/9",
        "105/9-10",
        "105年9/10",
        "105/13/1",
        "105/2/30",
        "104年2月29日",
        "0/9/10",
        "-105/9/10",
        "9/10/2016",
        "10591",
        "1051301",
        "一〇五年九月十日",
        "١٠٥/٩/١٠",
        "105,9,10",
        "105年9月10日至12日",
        "99999/1/1",
        42623,
        42623.5,
        1e300,
        float("nan"),
        float("inf"),
        True,
        b"105/9/10",
    ],
)
def test_what_is_no_day_is_none(value: object) -> None:
    assert parse_date(value) is None


def test_documents_print_roc_years_without_leading_zeros() -> None:
    assert roc(date(2016, 9, 1)) == "105年9月1日"
    assert roc_month(date(2016, 9, 1)) == "105年9月"


@given(DAYS)
def test_what_documents_print_is_read_back(day: date) -> None:
    assert parse_date(roc(day)) == day
    assert parse_date(f"中華民國{roc(day)}") == day


@given(DAYS)
def test_iso_dates_and_bare_digits_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%Y%m%d}") == day


@given(st.text() | st.text("0123456789年月日./- 民國", max_size=12) | st.floats() | st.integers())
def test_anything_gives_a_day_or_none(value: object) -> None:
    assert parse_date(value) is None or isinstance(parse_date(value), date)


def julian_day_number(year: int, month: int, day: int) -> int:
    """Of a day in the Julian calendar, by the formula in the Explanatory Supplement."""
    leap = -1 if month < 3 else 0  # (month - 9) / 7 without its fraction
    return 367 * year - 7 * (year + 5001 + leap) // 4 + 275 * month // 9 + day + 1_729_777


@given(st.dates(date(1, 1, 1), date(1582, 10, 4)))
def test_a_day_before_the_reform_is_the_one_of_the_julian_calendar(day: date) -> None:
    days = julian_day_number(day.year, day.month, day.day) - 2_415_019
    assert early_day(days) == day


def test_days_outside_the_julian_calendar_and_those_that_no_date_has_are_none() -> None:
    assert early_day(-115_859) == date(1582, 10, 4)  # as LibreOffice stores it
    assert early_day(-115_858) is None
    assert early_day(-800_000) is None
    assert early_day(julian_day_number(100, 2, 29) - 2_415_019) is None
