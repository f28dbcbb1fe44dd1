"""One sheet of the statistics workbook: puts contents into cells and makes rows high enough.

All that reaches a cell passes through `Sheet.put`, so that text from units is never taken for a
formula, an address or a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.layout import metrics
from svcq_excel.form.styles import FONT, NO_MARKS, column_width
from svcq_excel.results.page.cutting import pieces
from svcq_excel.results.page.styles import look_of, size_of
from svcq_excel.rubric.node import json_number
from svcq_excel.text.sheet_names import sheet_name
from svcq_excel.text.visible import printable

LEAST_PT, MOST_PT = 20.0, 400.0
"""Row heights; no row can be higher than 409 points."""

_FOOTER = f'&L&"{FONT}"&9&A&R&"{FONT}"&9第 &P 頁，共 &N 頁'
_MOST_LINKS = 65_000  # Excel opens no sheet with more than 65,530


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and its value, which is stored beside it."""

    text: str
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens a file."""

    text: str
    target: str


Content = str | int | Decimal | Formula | Link | None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What stands in a cell and how it looks; it may take several columns."""

    content: Content
    look: str
    columns: int = 1


class Book:
    """A workbook in the making, with each cell format added once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[str, bool], Format] = {}

    def format(self, look: str, fraction: bool = False) -> Format:
        key = look, fraction
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(look_of(look, fraction))
        return self._formats[key]

    def sheet(self, name: str, tail: str = "") -> Worksheet:
        """A new sheet of this name, as far as sheets may be called so and no other one is."""
        taken = [sheet.get_name() for sheet in self.workbook.worksheets()]
        return self.workbook.add_worksheet(sheet_name(name, taken, tail))


class Sheet:
    """Rows are added from the top down; `next_row` is where the next one goes."""

    def __init__(self, book: Book, name: str, widths: Sequence[int], tail: str = "") -> None:
        self.book, self.widths = book, widths
        self.raw = book.sheet(name, tail)
        self.next_row = 0
        self._links = 0
        for i, pixels in enumerate(widths):
            self.raw.set_column(i, i, column_width(pixels))

    def row(self, cells: Sequence[SheetCell], least: float = LEAST_PT, more: float = 0) -> int:
        """Adds a row, high enough for its texts and `more` points; returns its number."""
        row, column, height = self.next_row, 0, least
        for cell in cells:
            last = column + cell.columns - 1
            self.merge(row, column, row, last, cell.content, cell.look)
            pixels = sum(self.widths[column : last + 1])
            height = max(height, metrics.height(_text(cell.content), pixels, size_of(cell.look)))
            column = last + 1
        self.raw.set_row(row, min(height + more, MOST_PT))
        self.next_row += 1
        return row

    def across(self, text: str, look: str, least: float = LEAST_PT) -> None:
        """Adds a text from edge to edge, in as many rows as it needs."""
        for part in pieces(text, sum(self.widths), size_of(look), MOST_PT):
            self.row([SheetCell(part, look, len(self.widths))], least)

    def gap(self, points: float) -> None:
        """Adds an empty row."""
        self.raw.set_row(self.next_row, points)
        self.next_row += 1

    def title(self, text: str) -> None:
        self.across(text, "title", 32)

    def put(self, row: int, column: int, content: Content, look: str) -> None:
        """The one way into a cell."""
        match content:
            case None | "":
                self.raw.write_blank(row, column, None, self.book.format(look))
            case str():
                self.raw.write_string(row, column, printable(content), self.book.format(look))
            case int() | Decimal():
                value = json_number(Decimal(content))
                self.raw.write_number(row, column, value, self._number_format(look, value))
            case Formula(text, str() as value):
                self.raw.write_formula(row, column, text, self.book.format(look), value)
            case Formula(text, Decimal() as exact):
                value = json_number(exact)
                self.raw.write_formula(row, column, text, self._number_format(look, value), value)
            case Link(text, target):
                self._link(row, column, text, target, look)

    def merge(
        self, row: int, column: int, last_row: int, last_column: int, content: Content, look: str
    ) -> None:
        """A content over a range of cells; a range of one cell is not merged."""
        if (row, column) != (last_row, last_column):
            self.raw.merge_range(row, column, last_row, last_column, "", self.book.format(look))
        self.put(row, column, content, look)

    def _number_format(self, look: str, value: int | float) -> Format:
        return self.book.format(look, fraction=isinstance(value, float))

    def _link(self, row: int, column: int, text: str, target: str, look: str) -> None:
        if self._links >= _MOST_LINKS:
            self.put(row, column, None, look)
            return
        self._links += 1
        self.raw.write_url(row, column, target, self.book.format(look), text)

    def finish(
        self,
        heads: tuple[int, int],
        frozen_columns: int = 0,
        zoom: int = 100,
        frozen: bool = True,
    ) -> None:
        """Frozen and repeated heads (first and last row), print set-up, the heads' name.

        The name ColumnTitle is how screen readers find the heads.
        """
        first, last = heads
        bottom, right = self.next_row - 1, len(self.widths) - 1
        if frozen:
            self.raw.freeze_panes(last + 1, frozen_columns)
        self.raw.repeat_rows(first, last)
        self.raw.set_landscape()
        self.raw.set_paper(9)
        self.raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.raw.center_horizontally()
        self.raw.set_footer(_FOOTER)
        self.raw.fit_to_pages(1, 0)
        self.raw.print_area(0, 0, bottom, right)
        self.raw.hide_gridlines(2)
        self.raw.ignore_errors(dict.fromkeys(NO_MARKS, xl_range(0, 0, bottom, right)))
        self.raw.set_zoom(zoom)
        name = quote_sheetname(self.raw.get_name())
        area = xl_range_abs(first, 0, last, right)
        self.book.workbook.define_name(f"{name}!ColumnTitle", f"={name}!{area}")


def _text(content: Content) -> str:
    """What decides a row's height; numbers take one line."""
    match content:
        case str():
            return content
        case Link(text):
            return text
    return ""
