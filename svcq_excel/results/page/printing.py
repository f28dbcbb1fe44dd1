"""How a sheet is printed and looked at: pages as planned, heads on each of them, no grid lines."""

from __future__ import annotations

from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.styles import NO_MARKS
from svcq_excel.palette import FONT
from svcq_excel.results.page.paging import BOTTOM_IN, TOP_IN, Pages

LINE_PX = 1018
"""The pixels of a printed line: A4 landscape at 100 %, with a little to spare."""
LINE = (LINE_PX // 4,) * 4
"""The columns of a sheet that has no table: programs fit several to a page, but cut one alone."""
_DEEP = 9_999  # a row below any that is written
_FOOTER = f'&L&"{FONT}"&9&A&R&"{FONT}"&9第 &P 頁'
_OF = "，共 {} 頁"


@dataclass(frozen=True, slots=True)
class PrintSetUp:
    """Frozen and repeated heads (first and last row) of a sheet whose last row is `bottom`, where
    that is known already; and its pages."""

    pages: Pages
    right: int
    bottom: int | None
    heads: tuple[int, int]
    frozen_columns: int = 0
    zoom: int = 100
    frozen: bool = True

    @property
    def portrait(self) -> bool:
        return self.pages.paper.is_portrait


def footer(count: int) -> str:
    """The pages of a sheet are numbered from 1 on whatever is printed together with it."""
    return _FOOTER + (_OF.format(count) if count else "")


def set_up(workbook: xlsxwriter.Workbook, sheet: Worksheet, so: PrintSetUp) -> None:
    """Sets a worksheet up; the name ColumnTitle is how screen readers find the heads."""
    (first, last), pages = so.heads, so.pages
    if so.frozen:
        sheet.freeze_panes(last + 1, so.frozen_columns)
    sheet.repeat_rows(first, last)
    if so.portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(pages.paper.number)
    sheet.set_margins(pages.side_in, pages.side_in, TOP_IN, BOTTOM_IN)
    sheet.center_horizontally()
    sheet.set_footer(footer(pages.count))
    sheet.set_start_page(1)
    sheet.set_h_pagebreaks(pages.rows)
    if pages.columns:
        sheet.set_print_scale(pages.percent)
        sheet.set_v_pagebreaks(pages.columns)
        if so.frozen_columns:
            sheet.repeat_columns(0, so.frozen_columns - 1)
    else:
        sheet.fit_to_pages(1, 0)
    if so.bottom is not None:
        sheet.print_area(0, 0, so.bottom, so.right)
    sheet.hide_gridlines(2)
    sheet.ignore_errors(dict.fromkeys(NO_MARKS, xl_range(0, 0, so.bottom or _DEEP, so.right)))
    sheet.set_zoom(so.zoom)
    name = quote_sheetname(sheet.get_name())
    workbook.define_name(f"{name}!ColumnTitle", f"={name}!{xl_range_abs(first, 0, last, so.right)}")
