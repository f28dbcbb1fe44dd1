"""Dates as offices write them: 105年9月10日, 105.9.10, 2016/9/10 and their like."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple
from unicodedata import normalize

ROC_OFFSET = 1911
"""民國 1 年 is 1912."""

_DAY_0, _YEAR_1, _GREGORIAN = 2_415_019, 1_721_424, 2_299_161
"""Julian day numbers: of 30 December 1899, 1 January 1 and 15 October 1582."""

TAIPEI = timezone(timedelta(hours=8))
"""Asia/Taipei, which has had no summer time since 1979."""

_ERA = r"(?:(?:中華)?民國)?"
_WRITTEN = tuple(
    re.compile(_ERA + pattern)
    for pattern in (
        r"(?P<y>[0-9]{1,4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日",
        r"(?P<y>[0-9]{1,4})(?P<s>[./-])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{3,4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    )
)

_CLOCK = re.compile(
    r"(?P<day>.*?)(?:T|\s+)?(?P<half>上午|中午|下午|晚上)?\s*"
    r"(?P<h>[0-9]{1,2})(?::|時|點)(?:(?P<m>[0-9]{2})分?)?(?:(?::|(?<=分))(?P<s>[0-9]{2})秒?)?整?"
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|週|周|禮拜)[一二三四五六日天]\)?")
_UNTIL = re.compile(r"\s*(?:以前|之前|前|截止|為止|止)$")


class WrittenDate(NamedTuple):
    """A day as it was written, or a month where no more was; years are those of 西元."""

    year: int
    month: int
    day: int = 0
    """0 where only the month was written."""


def parse_date(value: object) -> date | None:
    """The day that was meant, or None where it cannot be told or does not exist.

    Years below 1911 are ROC years, in date cells too: LibreOffice makes the year 105 of 105/9/10.
    A number is read by its digits (20160910, 1050910), never as a spreadsheet's serial date.
    """
    match value:
        case datetime() | date():
            return _day(value.year, value.month, value.day)
        case bool():
            return None
        case int() | float() if value == value and abs(value) < 1e8 and value == int(value):
            text = str(int(value))
        case str():
            text = "".join(normalize("NFKC", value).split())
        case _:
            return None
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _WRITTEN)), None)
    return _day(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def parse_deadline(text: str) -> datetime | None:
    """The last moment that was meant, in Taipei; without a time of day the day's last one.

    As letters say it too: 105年7月31日(星期日)下午5時前.
    """
    plain = _UNTIL.sub("", _WEEKDAY.sub("", normalize("NFKC", text)).strip())
    clock = _CLOCK.fullmatch(plain)
    day = parse_date(clock["day"] if clock else plain)
    at = _time_of(clock) if clock else time.max
    return None if day is None or at is None else datetime.combine(day, at, TAIPEI)


def _time_of(clock: re.Match[str]) -> time | None:
    hour, minute, second = int(clock["h"]), int(clock["m"] or 0), int(clock["s"] or 0)
    if clock["half"] in {"下午", "晚上"} and hour < 12:
        hour += 12
    if (hour, minute, second) == (24, 0, 0):
        return time.max
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def roc_deadline(due: datetime) -> str:
    """The deadline as it is written, so that `parse_deadline` reads the same moment."""
    there = due.astimezone(TAIPEI)
    return roc(there.date()) if there.time() == time.max else roc_moment(due, _to_the_minute(due))


def roc_moment(moment: datetime, beside: datetime | None = None) -> str:
    """The moment as documents print it, 105年7月31日 17:00, by the clock in Taipei; to the second
    and beyond where nothing less tells it from the one that it is held against."""
    there = moment.astimezone(TAIPEI)
    looks = [_shown(there, look) for look in _CLOCKS]
    other = beside.astimezone(TAIPEI) if beside else there
    pairs = ((look, _shown(other, clock)) for look, clock in zip(looks, _CLOCKS, strict=True))
    return next((look for look, against in pairs if look != against), looks[0])


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


_CLOCKS = "%H:%M", "%H:%M:%S", "%H:%M:%S.%f"


def _shown(there: datetime, clock: str) -> str:
    return f"{roc(there.date())} {there.strftime(clock)}"


def roc(day: date | WrittenDate) -> str:
    """The day as documents print it, 105年9月10日, or the month where no day was written; from
    1912 on."""
    return f"{roc_month(day)}{day.day}日" if day.day else roc_month(day)


def roc_month(day: date | WrittenDate) -> str:
    """The month as documents print it, 105年9月; from 1912 on."""
    return f"{day.year - ROC_OFFSET}年{day.month}月"


def early_day(days: int) -> date | None:
    """The day that a spreadsheet shows so many days after 30 December 1899, before 15 October 1582:
    there LibreOffice follows the Julian calendar. None for days that no other calendar has.
    """
    at = days + _DAY_0
    if not _YEAR_1 <= at < _GREGORIAN:
        return None
    years, rest = divmod(4 * (at + 32_082) + 3, 1461)  # counted from March of the year -4800
    months, left = divmod(5 * (rest // 4) + 2, 153)
    try:
        return date(years - 4800 + months // 10, (months + 2) % 12 + 1, left // 5 + 1)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    if year == 0:
        return None
    try:
        return date(year + ROC_OFFSET if year < ROC_OFFSET else year, month, day)
    except ValueError:
        return None
