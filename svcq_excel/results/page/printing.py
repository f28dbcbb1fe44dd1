"""How a sheet is printed and looked at: A4 across, heads on each page, no grid lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.styles import NO_MARKS
from svcq_excel.palette import FONT

LINE_PX = 1018
"""The pixels of a printed line: A4 landscape at 100 %, with a little to spare."""
_LEAST_SCALE = 0.55  # of print; what would be smaller goes on beside it, on further pages
_DEEP = 9_999  # a row below any that is written
_FOOTER = f'&L&"{FONT}"&9&A&R&"{FONT}"&9第 &P 頁，共 &N 頁'


def pages_across(widths: Sequence[int]) -> int:
    return ceil(sum(widths) * _LEAST_SCALE / LINE_PX)


@dataclass(frozen=True, slots=True)
class PrintSetUp:
    """Frozen and repeated heads (first and last row) of a sheet whose last row is `bottom`, where
    that is known already; and the rows that begin a page."""

    widths: Sequence[int]
    bottom: int | None
    heads: tuple[int, int]
    frozen_columns: int = 0
    zoom: int = 100
    frozen: bool = True
    portrait: bool = False
    breaks: tuple[int, ...] = ()


def set_up(workbook: xlsxwriter.Workbook, sheet: Worksheet, so: PrintSetUp) -> None:
    """Sets a worksheet up; the name ColumnTitle is how screen readers find the heads."""
    (first, last), right = so.heads, len(so.widths) - 1
    if so.frozen:
        sheet.freeze_panes(last + 1, so.frozen_columns)
    sheet.repeat_rows(first, last)
    if so.portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(_FOOTER)
    across = pages_across(so.widths)
    sheet.fit_to_pages(across, 0)
    if across > 1 and so.frozen_columns:
        sheet.repeat_columns(0, so.frozen_columns - 1)
    if so.bottom is not None:
        sheet.print_area(0, 0, so.bottom, right)
    sheet.hide_gridlines(2)
    sheet.ignore_errors(dict.fromkeys(NO_MARKS, xl_range(0, 0, so.bottom or _DEEP, right)))
    sheet.set_zoom(so.zoom)
    if so.breaks:
        sheet.set_h_pagebreaks(so.breaks)
    name = quote_sheetname(sheet.get_name())
    workbook.define_name(f"{name}!ColumnTitle", f"={name}!{xl_range_abs(first, 0, last, right)}")
