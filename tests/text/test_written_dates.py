"""考核日期 as units write it: the day that stands there, or the month, and nothing invented."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.text.roc_dates import WrittenDate, parse_date, roc
from svcq_excel.text.written_dates import DateReading, read_date

DAY = WrittenDate(2016, 7, 5)
DAYS = st.dates(date(1912, 1, 1), date(2910, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        datetime(2016, 7, 5, 10, 0),
        date(105, 7, 5),
        1050705,
        "105.7.5",
        "105‧7‧5",
        "105 / 7 / 5",
        "中華民國105年7月5日",
        "105年7月5號",
        "105年7月5",
        "105年7月5日（星期二）",
        "105 年 7 月 5 日（週二）",
        "105年7月5日，星期二",
        "105年7月5日禮拜二",
        "105/7/5(二)",
        "民國105.7.5(二) 上午",
        "105/7/5 10:00",
        "２０１６／７／５　１０：００",
        "2016/7/5 上午 12:00:00",
        "2016-07-05T10:00:00",
        "105/7/5 10時",
        "105年7月5日上午10時30分",
        "105年7月5日（二）下午2時30分",
        "105年7月5日14:00～16:00",
        "105年7月5日10:00-12:00",
        "105年7月5日上午9點半至12點",
        "一〇五年七月五日",
        "中華民國一○五年七月五日（星期二）",
        "民國一百零五年七月五日",
    ],
)
def test_what_stands_beside_a_day_does_not_change_it(value: object) -> None:
    assert read_date(value) == DateReading(DAY)


@pytest.mark.parametrize(
    "value",
    [
        "105年7月",
        "105年07月份",
        "105/7",
        "105.7",
        "105-07",
        "2016/7",
        "105年7月上旬",
        "一〇五年七月",
    ],
)
def test_a_month_stays_a_month(value: str) -> None:
    reading = read_date(value)
    assert reading == DateReading(WrittenDate(2016, 7))
    assert reading.date and roc(reading.date) == "105年7月"


@pytest.mark.parametrize(
    "value",
    [
        "105年7月5日至7日",
        "105年7月5日(二)至7月7日(四)",
        "105年7月5日起至7月8日止",
        "105年7月5日 至 105年8月2日",
        "105年7月5日－8月2日",
        "105年7月5、6日",
        "105年7月5日，6日",
        "105年7月5日及6日",
        "105/7/5~105/7/6",
        "105/7/5-7/6",
        "105.7.5–7.6",
        "105.07.05～07.06",
        "105.7.5、6、7",
    ],
)
def test_of_a_range_the_first_day_is_taken(value: str) -> None:
    assert read_date(value) == DateReading(DAY, is_range=True)


@pytest.mark.parametrize("value", ["105年7月至8月", "105年7-8月", "105年7月、8月"])
def test_of_several_months_the_first_is_taken(value: str) -> None:
    assert read_date(value) == DateReading(WrittenDate(2016, 7), is_range=True)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "待定",
        "105年",
        "105年上半年",
        "105年第1季",
        "7月5日",
        "7/5",
        "10/5",
        "5/7/2016",
        "105年2月30日",
        "105年2月30日（二）",
        "105年13月",
        "105/13",
        "105年7月5日左右",
        "105年7月5日 王大明",
        "105年7月5日至",
        "105/7/5/6",
        "105.7.5.10",
        105.7,
        True,
        None,
        "一" * 30_000,
    ],
)
def test_nothing_is_guessed(value: object) -> None:
    assert read_date(value).date is None


@given(DAYS, st.sampled_from(["", "（星期三）", " 10:00", " 下午3時"]))
def test_a_day_with_a_weekday_or_a_time_is_that_day(day: date, beside: str) -> None:
    for text in (roc(day), day.isoformat(), f"{day.year - 1911}/{day.month}/{day.day}"):
        assert read_date(text + beside) == DateReading(WrittenDate(day.year, day.month, day.day))


@given(st.text("0123456789年月日號./-~至、 (星期二)上午:時〇一十百", max_size=20) | st.text())
def test_what_is_a_day_alone_is_the_same_day(value: str) -> None:
    day, reading = parse_date(value), read_date(value)
    if day is not None:
        assert reading == DateReading(WrittenDate(day.year, day.month, day.day))
    if reading.date is not None and reading.date.day:
        date(*reading.date)
