"""A cell of a list as text, or what forbids to take it so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from svcq_excel.plan.lists.heads import ASSESSES, CONTACT, EMAIL, PHONE, SPELLINGS
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.roc_dates import parse_date, roc
from svcq_excel.text.unseen import is_invisible

RETYPE = "請將此格設為「文字」格式後重新輸入，且不要換行"

NO_FORMULA = "請改填內容，或以 Excel 或 LibreOffice 開啟後存檔"

VALUE = "值"
"""What a plan workbook says of a matter, whatever that is."""
_DAYS = {VALUE, "複評日期", "日期"}
"""Columns in whose cells days stand, typed as such or as text."""

LONG_TEXT = "內文"
"""The column whose texts may have several lines."""

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def shows_more(name: str) -> bool:
    """Whether a number in the column of this name may be a code or a day: its look tells."""
    return name in SPELLINGS or name in _DAYS


def text_of(name: str, value: object, shown: str) -> tuple[str, str]:
    """The text of a cell in the column of this name, and what forbids to take it so.

    Codes such as 01 are text, or numbers that are shown so; of others only a whole one shows what
    was typed.
    """
    match value:
        case bool():
            return str(value).upper(), "是邏輯值，不是文字"
        case int() | float() if float(value).is_integer() and abs(value) < 1e15:
            text = shown or str(int(value))
        case int() | float() if name not in SPELLINGS:  # points, not a code
            return format(Decimal(repr(value)), "f"), ""
        case int() | float():
            return str(value), "是帶小數或過長的數字，無法確定原來的寫法"
        case date() if name in _DAYS and parse_date(value):
            text = _moment(value)
        case date() | time() | timedelta():
            return str(value), "是日期或時間，無法確定原來的寫法"
        case _:
            text = str(value).strip()
    if text in _ERRORS:
        return text, "是公式的錯誤值"
    if name in _SEVERAL:
        text = _SEVERAL[name](text)
    unseen = (char for char in text if is_invisible(char))
    hidden = sorted({f"U+{ord(c):04X}" for c in unseen if c != "\n" or name != LONG_TEXT})
    if hidden:
        marked = "".join("\N{REPLACEMENT CHARACTER}" if is_invisible(c) else c for c in text)
        return marked, f"含有換行或看不見的字元（{'、'.join(hidden)}）"
    return text, ""


def _moment(value: date) -> str:
    """A day as people write it, with the time of day where one was typed: 105年7月31日 17:00."""
    day = parse_date(value)
    assert day
    at = value.time() if isinstance(value, datetime) else time()
    return f"{roc(day)} {at:%H:%M}" if at != time() else roc(day)


def _persons(text: str) -> str:
    """Names, numbers or codes below one another."""
    return "、".join(line.strip().rstrip("、,，;；") for line in text.splitlines() if line.strip())


def _addresses(text: str) -> str:
    """Addresses below one another; what is none stays as it is, to be told."""
    good, bad = addresses_in(text)
    return text if bad else "; ".join(good)


_SEVERAL: dict[str, Callable[[str], str]] = {
    CONTACT: _persons,
    PHONE: _persons,
    ASSESSES: _persons,
    EMAIL: _addresses,
}
"""Columns in whose cells several may stand."""
