"""One sheet of the statistics workbook: puts contents into cells and makes rows high enough.

All that reaches a cell passes through `Sheet.put`, so that text from units is never taken for a
formula, an address or a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from svcq_excel.form.layout import metrics
from svcq_excel.form.styles import column_width
from svcq_excel.palette import FONT
from svcq_excel.results.page.breaking import breaks
from svcq_excel.results.page.cutting import pieces
from svcq_excel.results.page.figures import room, with_decimals
from svcq_excel.results.page.printing import pages_across, set_up
from svcq_excel.results.page.styles import BARS, look_of, size_of
from svcq_excel.results.page.worksheet import LeanWorksheet
from svcq_excel.rubric.exact import Figure
from svcq_excel.rubric.node import json_number
from svcq_excel.text.sheet_names import sheet_name
from svcq_excel.text.visible import printable

LEAST_PT, MOST_PT = 20.0, 400.0
"""Row heights; no row can be higher than 409 points."""
_TITLE_PT = 28
MOST_LINKS = 65_000
"""Excel opens no sheet with more than 65,530."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and its value, which is stored beside it."""

    text: str
    value: Figure | str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens a file."""

    text: str
    target: str


Content = str | int | Figure | Formula | Link | None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What stands in a cell and how it looks; it may take several columns."""

    content: Content
    look: str
    columns: int = 1


class _Figure(NamedTuple):
    """A number on its way into a cell."""

    row: int
    column: int
    look: str
    value: Figure
    formula: str = ""


class Book:
    """A workbook in the making, with each cell format added once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
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

    def sheet(self, name: str, tail: str = "") -> Worksheet:
        """A new sheet of this name, as far as sheets may be called so and no other one is."""
        taken = [sheet.get_name() for sheet in self.workbook.worksheets()]
        return self.workbook.add_worksheet(sheet_name(name, taken, tail), LeanWorksheet)


class Sheet:
    """Rows are added from the top down; `next_row` is where the next one goes."""

    def __init__(self, book: Book, name: str, widths: Sequence[int], tail: str = "") -> None:
        self.book, self.widths, self.raw = book, list(widths), book.sheet(name, tail)
        self.next_row = 0
        self._links = 0
        self._heights: list[float] = []
        self._figures: list[_Figure] = []
        self._merged: set[tuple[int, int]] = set()
        self._tied: set[int] = set()

    def row(self, cells: Sequence[SheetCell], least: float = LEAST_PT, more: float = 0) -> int:
        """Adds a row, high enough for its texts and `more` points; returns its number."""
        row, column, height = self.next_row, 0, least
        for cell in cells:
            last = column + cell.columns - 1
            self.merge(row, column, row, last, cell.content, cell.look)
            if pixels := sum(self.widths[column : last + 1]):
                needed = metrics.height(_text(cell.content), pixels, size_of(cell.look))
                height = max(height, needed)
            column = last + 1
        self._end_row(min(height + more, MOST_PT))
        return row

    def across(self, text: str, look: str, least: float = LEAST_PT) -> None:
        """Adds a text from edge to edge, in as many rows as it needs."""
        for part in pieces(text, sum(self.widths), size_of(look), MOST_PT):
            self.row([SheetCell(part, look, len(self.widths))], least)
            if look in BARS:
                self._tied.add(self.next_row)

    def gap(self, points: float) -> None:
        """Adds an empty row."""
        self._end_row(points)

    def _end_row(self, points: float) -> None:
        self.raw.set_row(self.next_row, points)
        self._heights.append(points)
        self.next_row += 1

    def title(self, text: str, label: str = "") -> None:
        """The title; what the source calls the table, 附表2, stands at its right."""
        if label:
            left = SheetCell(text, "title", len(self.widths) - 1)
            self.row([left, SheetCell(label, "label")], _TITLE_PT)
        else:
            self.across(text, "title", _TITLE_PT)

    def put(self, row: int, column: int, content: Content, look: str) -> None:
        """The one way into a cell."""
        match content:
            case None | "":
                self.raw.write_blank(row, column, None, self.book.format(look))
            case str():
                self.raw.write_string(row, column, printable(content), self.book.format(look))
            case int():
                self.raw.write_number(row, column, content, self.book.format(look))
            case Formula(text, str() as value):
                self.raw.write_formula(row, column, text, self.book.format(look), value)
            case Decimal() | Fraction() as value:
                self._figures.append(_Figure(row, column, look, value))
            case Formula(text, Decimal() | Fraction() as value):
                self._figures.append(_Figure(row, column, look, value, text))
            case Link(text, target):
                self._link(row, column, text, target, look)

    def merge(
        self, row: int, column: int, last_row: int, last_column: int, content: Content, look: str
    ) -> None:
        """A content over a range of cells; a range of one cell is not merged."""
        if (row, column) != (last_row, last_column):
            self.raw.merge_range(row, column, last_row, last_column, "", self.book.format(look))
            self._merged.add((row, column))
        self.put(row, column, content, look)

    def comment(self, row: int, column: int, text: str) -> None:
        """A note at a cell, which shows itself where the mouse rests on it."""
        look = {"font_name": FONT, "font_size": 10, "x_scale": 2.2, "y_scale": 1.2}
        self.raw.write_comment(row, column, printable(text), look)

    def make_room(self, column: int, most: Figure, look: str) -> None:
        """Makes a column wide enough for a figure that may come to stand there."""
        self.widths[column] = max(self.widths[column], room(most, look))

    def _write_figures(self) -> None:
        """All at the end, once it is known whether one of them has decimals."""
        decimals = with_decimals((each.look, each.value) for each in self._figures)
        for row, column, look, exact, formula in self._figures:
            if (row, column) not in self._merged:
                self.make_room(column, exact, look)
            value, form = json_number(exact), self.book.format(look, look in decimals, True)
            if formula:
                self.raw.write_formula(row, column, formula, form, value)
            else:
                self.raw.write_number(row, column, value, form)
        for i, pixels in enumerate(self.widths):
            if pixels:
                self.raw.set_column(i, i, column_width(pixels))
            else:  # nobody reads it, programs do
                self.raw.set_column(i, i, None, None, {"hidden": True})

    def _link(self, row: int, column: int, text: str, target: str, look: str) -> None:
        if self._links >= MOST_LINKS:
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
        foot: int = 0,
    ) -> None:
        """Heads (first and last row) and print set-up, see `set_up`.

        Wherever pages end, what stands below the table from the row `foot` on keeps two rows with
        it, and a bar the one below.
        """
        self._write_figures()
        book, bottom = self.book.workbook, self.next_row - 1
        set_up(book, self.raw, self.widths, bottom, heads, frozen_columns, zoom, frozen)
        if foot or self._tied:
            below = foot or self.next_row
            width = sum(self.widths) / pages_across(self.widths)
            self.raw.set_h_pagebreaks(breaks(self._heights, heads, below, width, self._tied))


def _text(content: Content) -> str:
    """What decides a row's height; numbers take one line."""
    match content:
        case str():
            return content
        case Link(text):
            return text
    return ""
