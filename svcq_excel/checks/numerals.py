"""Numbers as people type them: which spellings are read, which are normalised, which refused.

Nothing is guessed. The grammar is written down here because `float()` takes ٩٥, 1_0, 1e2 and NaN
and refuses 95分.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from svcq_excel.form.facts import Cell
from svcq_excel.text.unseen import BLANKS
from svcq_excel.workbooks.workbook import Value

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.[0-9]{0,9})?", re.ASCII
)
_FLOAT_NOISE = 9  # decimals beyond which a stored number is noise of binary fractions
_BEYOND = 10**15  # office programs keep fifteen digits


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a cell means as a number: its value, whether it had to be normalised, or a fault."""

    number: Decimal | None = None
    normalised: bool = False
    fault: str = ""
    """In words, what stands there instead of a number; "" for a number or a blank."""


BLANK = NumberReading()


def read_number(cell: Cell | None, units: Sequence[str] = ("分",)) -> NumberReading:
    """The number in a cell; a trailing unit such as 分 is allowed and noted."""
    if cell is None:
        return BLANK
    if cell.error:
        word = "邏輯值" if cell.error in {"TRUE", "FALSE"} else "錯誤值"
        return NumberReading(fault=f"{word} {cell.error}")
    value = cell.value
    if type(value) is float or type(value) is int:
        return _stored(value)
    return _read(value, units)


@lru_cache(maxsize=4096)
def _stored(value: float) -> NumberReading:
    if isinstance(value, float) and not math.isfinite(value):
        return NumberReading(fault="無限大或無效的數字")
    if abs(value) >= _BEYOND:
        return NumberReading(fault=f"過大的數字 {float(value):g}")
    if float(value).is_integer():
        return NumberReading(Decimal(int(value)))
    return NumberReading(Decimal(repr(round(value, _FLOAT_NOISE))) + 0)  # + 0 makes of -0 a 0


def _read(value: Value, units: Sequence[str]) -> NumberReading:
    if isinstance(value, bool):
        return NumberReading(fault=f"邏輯值 {str(value).upper()}")
    if isinstance(value, date | time | timedelta):
        return NumberReading(fault=f"日期或時間（{value}）")
    if not isinstance(value, str):
        return _stored(value)
    text = value.translate(_FULL_WIDTH).strip(BLANKS)
    if not text:
        return BLANK
    bare = text[1:] if text[0] in "'’" else text
    unit = next((unit for unit in units if bare.endswith(unit)), "")
    bare = bare.removesuffix(unit).strip(BLANKS)
    if not _NUMBER.fullmatch(bare):
        return NumberReading(fault=f"文字「{shorten(value)}」")
    return NumberReading(Decimal(bare.replace(",", "").rstrip(".")) + 0, normalised=True)


def shorten(value: str, most: int = 40) -> str:
    """A text short enough to stand in a message, on one line."""
    text = " ".join(value.split())
    return text if len(text) <= most else text[: most - 1] + "…"
