"""What a cell of a definition holds, as text and as number, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from unicodedata import normalize

from svcq_excel.rubric.node import number
from svcq_excel.rubric.source import NOT_FOR_CELLS
from svcq_excel.text.unseen import BLANKS
from svcq_excel.workbooks.look import address

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_EXACT_DIGITS = 9
"""Decimals of a number that a formula computed; behind them stands what computers add."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a workbook, counted from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Cell:
    """Its text, and the number that it holds or that its text is; or what is wrong with it."""

    text: str
    number: Decimal | None = None
    is_percent: bool = False
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(BLANKS)


NOT_COMPUTED = Cell("=", fault="是公式，檔案內沒有其計算結果")
"""A formula that no office program worked out: it shows nothing, and is not blank."""


def cell_of(value: object, is_percent: bool = False, is_error: bool = False) -> Cell:
    """A cell from what the reader of workbooks gives."""
    if is_error:
        return Cell(str(value) or "#", fault="是公式的錯誤值")
    match value:
        case bool():
            return Cell(str(value).upper(), fault="是邏輯值")
        case int() | float():
            exact = Decimal(repr(round(value, _EXACT_DIGITS)))
            return Cell(number(exact), exact, is_percent)
        case date() | time() | timedelta():
            return Cell(str(value), fault="成了日期或時間，無法確定原來的寫法")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if NOT_FOR_CELLS.search(text):
        return Cell(NOT_FOR_CELLS.sub("？", text), fault="含有看不見的控制字元")
    return Cell(text, *_number_in(text))


def _number_in(text: str) -> tuple[Decimal | None, bool]:
    """A number as people write it: ４０, 1,000, 40分, 90%; and whether it is a percentage."""
    plain = _GROUPED.sub("", folded(text))
    bare = plain.removesuffix("分").removesuffix("%")
    if not _NUMBER.fullmatch(bare) or len(bare) > 30:
        return None, False
    is_percent = plain.endswith("%")
    return Decimal(bare) / (100 if is_percent else 1), is_percent


def folded(text: str) -> str:
    """Equal for what people take for the same: widths and blanks do not count."""
    return "".join(char for char in normalize("NFKC", text) if char.isprintable() and char != " ")
