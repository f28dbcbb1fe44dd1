"""Writes what a unit entered into the entries of a fresh form, and comments on what is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.cell_text import printable
from svcq_excel.form.facts import Cell
from svcq_excel.form.grid import Box
from svcq_excel.form.styles import DATE_FORMAT, FORMATS, WRONG

Looks = Callable[[dict[str, Any]], Format]
_COMMENT = {"x_scale": 2.0, "y_scale": 1.2, "font_size": 10, "author": "檢核"}


def write_entry(
    sheet: Worksheet, box: Box, cell: Cell | None, flag: str | None, add_format: Looks
) -> None:
    """One entry, blank or with what was entered; coloured and commented on where it is wrong."""
    look = dict(FORMATS[box.what])
    if flag:
        look["bg_color"] = WRONG
    value = "" if cell is None or cell.error else cell.value
    if isinstance(value, date | datetime) and box.what == "date":
        day = value.date() if isinstance(value, datetime) else value
        look["num_format"] = DATE_FORMAT
        sheet.write_datetime(box.row, box.column, datetime.combine(day, time()), add_format(look))
    elif isinstance(value, bool):
        sheet.write_boolean(box.row, box.column, value, add_format(look))
    elif isinstance(value, int | float) and math.isfinite(value):
        if cell and cell.percent:
            look["num_format"] = "0%" if round(value * 100, 9).is_integer() else "0.0#%"
        sheet.write_number(box.row, box.column, value, add_format(look))
    elif value == "":
        sheet.write_blank(box.row, box.column, None, add_format(look))
    else:
        sheet.write_string(box.row, box.column, printable(str(value)), add_format(look))
    if flag:
        sheet.write_comment(box.row, box.column, printable(flag), _COMMENT)
