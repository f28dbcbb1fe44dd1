"""Sheets of results as XlsxWriter writes them.

All that reaches a cell passes through `ExcelGrid.put`, so that text from units is never taken for a
formula, an address or a number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.styles import column_width
from svcq_excel.palette import FONT
from svcq_excel.results.page.printing import PrintSetUp, set_up
from svcq_excel.results.page.sheet import Area, Content, Formula, Link
from svcq_excel.results.page.styles import look_of
from svcq_excel.results.page.worksheet import LeanWorksheet
from svcq_excel.rubric.exact import Figure
from svcq_excel.rubric.node import json_number
from svcq_excel.text.sheet_names import sheet_name
from svcq_excel.text.visible import printable

MOST_PT = 400.0
"""No row can be higher than 409 points."""
MOST_LINKS = 65_000
"""Excel opens no sheet with more than 65,530."""


class ExcelBook:
    """A workbook in the making, with each cell format added once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self.tab = ""
        """The colour of the tabs of sheets to come."""
        self._formats: dict[tuple[str, bool, bool], Format] = {}

    def format(self, look: str, decimals: bool = False, is_number: bool = False) -> Format:
        key = look, decimals, is_number
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(look_of(*key))
        return self._formats[key]

    def style(self, look: str, decimals: bool, is_number: bool) -> int:
        """How parts of the workbook call such a format."""
        index: int = self.format(look, decimals, is_number)._get_xf_index()
        return index

    def sheet(self, name: str, tail: str = "") -> ExcelGrid:
        """A new sheet of this name, as far as sheets may be called so and no other one is."""
        called = sheet_name(name, self.names, tail)
        worksheet = self.workbook.add_worksheet(called, LeanWorksheet)
        if self.tab:
            worksheet.set_tab_color(self.tab)
        return ExcelGrid(self, worksheet)

    @property
    def names(self) -> list[str]:
        """Those of its sheets, in their order."""
        return [sheet.get_name() for sheet in self.workbook.worksheets()]


class ExcelGrid:
    """The cells of a worksheet."""

    most_pt = MOST_PT

    def __init__(self, book: ExcelBook, worksheet: Worksheet) -> None:
        self.book, self.worksheet = book, worksheet
        self._links = 0

    def put(self, row: int, column: int, content: Content, look: str, decimals: bool) -> None:
        sheet, plain = self.worksheet, self.book.format
        match content:
            case None | "":
                sheet.write_blank(row, column, None, plain(look))
            case str():
                sheet.write_string(row, column, printable(content), plain(look))
            case int():
                sheet.write_number(row, column, content, plain(look))
            case Formula(text, str() as said):
                sheet.write_formula(row, column, text, plain(look), said)
            case Formula(text, Decimal() | Fraction() as value):
                self._figure(row, column, value, self.book.format(look, decimals, True), text)
            case Decimal() | Fraction():
                self._figure(row, column, content, self.book.format(look, decimals, True))
            case Link():
                self._link(row, column, content, look)

    def _figure(self, row: int, column: int, exact: Figure, form: Format, live: str = "") -> None:
        value = json_number(exact)
        if live:
            self.worksheet.write_formula(row, column, live, form, value)
        else:
            self.worksheet.write_number(row, column, value, form)

    def _link(self, row: int, column: int, link: Link, look: str) -> None:
        if self._links >= MOST_LINKS:
            self.put(row, column, None, look, False)
            return
        self._links += 1
        self.worksheet.write_url(row, column, link.target, self.book.format(look), link.text)

    def merge(self, area: Area, look: str) -> None:
        self.worksheet.merge_range(*area, "", self.book.format(look))

    def comment(self, row: int, column: int, text: str) -> None:
        look = {"font_name": FONT, "font_size": 10, "x_scale": 2.2, "y_scale": 1.2}
        self.worksheet.write_comment(row, column, printable(text), look)

    def set_height(self, row: int, points: float) -> None:
        self.worksheet.set_row(row, points)

    def set_widths(self, widths: Sequence[int]) -> None:
        for i, pixels in enumerate(widths):
            if pixels:
                self.worksheet.set_column(i, i, column_width(pixels))
            else:  # nobody reads it, programs do
                self.worksheet.set_column(i, i, None, None, {"hidden": True})

    def filter(self, area: Area) -> None:
        self.worksheet.autofilter(*area)

    def colour_word(self, area: Area, word: str, tone: str) -> None:
        said = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        self.worksheet.conditional_format(*area, {**said, "format": self.book.format(tone)})

    def colour_where(self, area: Area, formula: str, tone: str, rows: Collection[int]) -> None:
        holds = {"type": "formula", "criteria": formula, "format": self.book.format(tone)}
        self.worksheet.conditional_format(*area, holds)

    def finish(self, print_set_up: PrintSetUp) -> None:
        set_up(self.book.workbook, self.worksheet, print_set_up)
