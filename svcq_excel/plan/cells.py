"""A cell of a list as text, or what forbids to take it so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

from svcq_excel.plan.heads import ASSESSES, CONTACT, EMAIL, PHONE, SPELLINGS
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.unseen import is_invisible

RETYPE = "請將此格設為「文字」格式後重新輸入，且不要換行"

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


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
        case date() | time() | timedelta():
            return str(value), "是日期或時間，無法確定原來的寫法"
        case _:
            text = str(value).strip()
    if text in _ERRORS:
        return text, "是公式的錯誤值"
    if name in _SEVERAL:
        text = _SEVERAL[name](text)
    hidden = sorted({f"U+{ord(char):04X}" for char in text if is_invisible(char)})
    if hidden:
        marked = "".join("\N{REPLACEMENT CHARACTER}" if is_invisible(c) else c for c in text)
        return marked, f"含有換行或看不見的字元（{'、'.join(hidden)}）"
    return text, ""


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
