"""考核日期 as units write it: with a weekday, a time, 號 for 日, as a range, or only its month."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from svcq_excel.text.roc_dates import WrittenDate, parse_date

_NUMERALS = {**{char: value for value, char in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0}
_IN_WORDS = re.compile(f"[{''.join(_NUMERALS)}十百]+(?=[年月日號])")
_DASHES = str.maketrans(dict.fromkeys("〜∼–—―−‐‑─", "~"))
_BETWEEN_NO_DIGITS = re.compile("(?<![0-9]) | (?![0-9])")

_LONGEST = 60
"""More characters than any date takes."""

_ERA = "(?:(?:中華)?民國)?"
_SIGN = "[./‧·・-]"
_DAY = re.compile(
    rf"{_ERA}(?:(?P<y>[0-9]{{1,4}})年(?P<m>[0-9]{{1,2}})月(?P<d>[0-9]{{1,2}})(?:[日號]|(?![0-9]))"
    rf"|(?P<y2>[0-9]{{1,4}})(?P<s>{_SIGN})(?P<m2>[0-9]{{1,2}})(?P=s)(?P<d2>[0-9]{{1,2}})(?![0-9])"
    r"|(?P<y3>[0-9]{3,4})(?P<m3>[0-9]{2})(?P<d3>[0-9]{2})(?![0-9]))"
)
_MONTH = re.compile(
    rf"{_ERA}(?:(?P<y>[0-9]{{1,4}})年(?P<m>[0-9]{{1,2}})"
    r"(?:月份?(?:[上中下]旬|[初中底])?|(?=[~至到、-][0-9]+月))"
    rf"|(?P<y2>[0-9]{{3,4}}){_SIGN}(?P<m2>[0-9]{{1,2}}))(?![0-9])"
)

_WEEKDAY = r"\(?(?:星期|週|周|禮拜)[一二三四五六日天]\)?|\([一二三四五六日天]\)"
_HALF = "(?:上午|下午|中午|早上|晚上|[AaPp][Mm])"
_PART = "(?::[0-9]{2}(?::[0-9]{2})?|[時點](?:[0-9]{1,2}分|半|整)?)"
_TIME = f"{_HALF}?[0-9]{{1,2}}{_PART}{_HALF}?"
_BESIDE = re.compile(
    f"(?:[, ]?(?:{_WEEKDAY}|T?{_TIME}(?:[~至到-]{_TIME})?|{_HALF}|全天|起))*", re.ASCII
)
"""What may stand behind a day and does not change it."""

_MORE = re.compile(
    f"[~至到、,及與和-](?:(?:[0-9]{{1,4}}{_SIGN})?[0-9]{{1,2}}{_SIGN}[0-9]{{1,2}}"
    f"|{_ERA}(?:[0-9]{{1,4}}年)?(?:[0-9]{{1,2}}月份?)?(?:[0-9]{{1,2}}[日號]?)?)(?<=[0-9日號月份])"
)
"""A further day or month, of which as much is written as is another one."""


class DateReading(NamedTuple):
    """What a cell means as a date; nothing where it cannot be told or does not exist."""

    date: WrittenDate | None = None
    is_range: bool = False
    """Whether more than one day or month was written, of which this is the first."""


def read_date(value: object) -> DateReading:
    """The day that stands there, or the month where no day does."""
    if (day := parse_date(value)) is not None:
        return DateReading(WrittenDate(day.year, day.month, day.day))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return DateReading()
    text = " ".join(normalize("NFKC", value).split()).translate(_DASHES)
    text = _BETWEEN_NO_DIGITS.sub("", text)
    text = _IN_WORDS.sub(lambda said: str(_number(said[0])), text)
    for pattern in (_DAY, _MONTH):
        if (found := pattern.match(text)) and (rest := _rest(text[found.end() :])) is not None:
            return DateReading(_existing(found), is_range=rest)
    return DateReading()


def _rest(text: str) -> bool | None:
    """Whether what follows is a further date; None where it is something else."""
    beside = _BESIDE.match(text)
    text = text[beside.end() if beside else 0 :]
    is_range = False
    while more := _MORE.match(text):
        beside = _BESIDE.match(text, more.end())
        text, is_range = text[beside.end() if beside else more.end() :], True
    return None if text.rstrip("止。") else is_range


def _existing(found: re.Match[str]) -> WrittenDate | None:
    said = {key[0]: int(part) for key, part in found.groupdict().items() if part and key != "s"}
    first = parse_date(f"{said['y']}/{said['m']}/{said.get('d', 1)}")
    return WrittenDate(first.year, first.month, said.get("d", 0)) if first else None


def _number(text: str) -> int:
    """Of 一百零五 or 一〇五, of 十二 or 二十一."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_NUMERALS[char]) for char in text))
    total, last = 0, 0
    for char in text:
        if char in _NUMERALS:
            last = _NUMERALS[char]
        else:
            total, last = total + (last or 1) * (100 if char == "百" else 10), 0
    return total + last
