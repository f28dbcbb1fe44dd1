"""Writes what a unit entered into the entries of a fresh form, and comments on what is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.facts import Cell
from svcq_excel.form.layout.fitting import SMALL_PT, text_size
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.styles import DATE_FORMAT, FORMATS
from svcq_excel.palette import FONT, SIZE_PT, WRONG
from svcq_excel.text.roc_dates import parse_date
from svcq_excel.text.visible import printable


class FormSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet whose formulas use no function newer than Excel 2007.

    XlsxWriter looks for thirty newer ones in each formula, which takes a third of a form's time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Looks:
    """The formats of entries in one workbook, each added once."""

    def __init__(self, add_format: Callable[[dict[str, Any]], Format]) -> None:
        self._add_format = add_format
        self._formats: dict[tuple[str, bool, str, int], Format] = {}

    def of(self, what: str, wrong: bool, number_format: str = "", size: int = 0) -> Format:
        """`size` in points, where it is not the usual one."""
        key = what, wrong, number_format, size
        if key not in self._formats:
            look = dict(FORMATS[what])
            if wrong:
                look["bg_color"] = WRONG
            if number_format:
                look["num_format"] = number_format
            if size:
                look["font_size"] = size
            self._formats[key] = self._add_format(look)
        return self._formats[key]

    def of_text(self, what: str, wrong: bool, cell: Cell | None, pixels: int) -> Format:
        """That of an entry so many pixels wide, small where its text is long."""
        size = text_size(what, cell.text, pixels) if cell else 0
        return self.of(what, wrong, size=size if size == SMALL_PT else 0)


_SCRIPT = 4  # the family that 標楷體 is of
_COMMENT = {
    "x_scale": 2.0,
    "y_scale": 2.0,  # nine lines: what is wrong with an entry, and what to do
    "font_name": FONT,
    "font_family": _SCRIPT,
    "font_size": SIZE_PT,
    "author": "檢核",
}


def write_entry(
    sheet: Worksheet, box: Box, pixels: int, cell: Cell | None, flag: str | None, looks: Looks
) -> None:
    """One entry, so many pixels wide, blank or with what was entered; coloured and commented on
    where it is wrong."""
    look = looks.of_text(box.what, bool(flag), cell, pixels)
    at = box.row, box.column
    is_text = box.what != "date" and FORMATS[box.what].get("num_format") == "@"
    value = cell.text if cell and is_text else "" if cell is None or cell.error else cell.value
    day = parse_date(value) if isinstance(value, date) and box.what == "date" else None
    if day:
        dated = looks.of(box.what, bool(flag), DATE_FORMAT)
        sheet.write_datetime(*at, datetime.combine(day, time()), dated)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value, look)
    elif isinstance(value, int | float) and math.isfinite(value):
        if cell and cell.percent:
            whole = round(value * 100, 9).is_integer()
            look = looks.of(box.what, bool(flag), "0%" if whole else "0.0#%")
        sheet.write_number(*at, value, look)
    elif value == "":
        sheet.write_blank(*at, None, look)
    else:
        sheet.write_string(*at, printable(str(value)), look)
    if flag:
        sheet.write_comment(*at, printable(flag), _COMMENT)


def write_remark(
    sheet: Worksheet,
    at: tuple[int, int],
    cell: Cell | None,
    flag: str | None,
    look: Format,
) -> None:
    """A text on the sheet 優缺點及改善事項, as `write_entry` writes those of the form itself."""
    sheet.write_string(*at, printable(cell.text if cell else ""), look)
    if flag:
        sheet.write_comment(*at, printable(flag), _COMMENT)
