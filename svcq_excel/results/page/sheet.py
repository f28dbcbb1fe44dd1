"""One sheet of results: puts contents into cells and makes rows high enough, whatever it is
written to: a workbook or a page on the screen (`Book`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.cutting import pieces
from svcq_excel.results.page.figures import room, with_decimals
from svcq_excel.results.page.paging import columns_together, pages_of
from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.styles import BARS, size_of
from svcq_excel.rubric.exact import Figure

LEAST_PT = 20.0
_TITLE_PT = 28


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


Area = tuple[int, int, int, int]
"""The first row and column, and the last ones."""


class Grid(Protocol):
    """What the cells of one sheet are written to."""

    most_pt: float
    """How high a row can be."""

    def put(self, row: int, column: int, content: Content, look: str, decimals: bool) -> None:
        """The one way into a cell: text from units is never taken for anything else."""

    def merge(self, area: Area, look: str) -> None:
        """Makes one cell of several; what stands in it is put there afterwards."""

    def comment(self, row: int, column: int, text: str) -> None: ...
    def set_height(self, row: int, points: float) -> None: ...
    def set_widths(self, widths: Sequence[int]) -> None: ...
    def filter(self, area: Area) -> None: ...

    def colour_word(self, area: Area, word: str, tone: str) -> None:
        """Colours the cells that hold it, now and later."""

    def colour_where(self, area: Area, formula: str, tone: str, rows: Collection[int]) -> None:
        """Colours the cells for which a formula holds; now it does for those of these rows."""

    def finish(self, print_set_up: PrintSetUp) -> None: ...


class Book(Protocol):
    """What sheets are added to."""

    def sheet(self, name: str, tail: str = "") -> Grid:
        """A new sheet of this name, as far as sheets may be called so and no other one is."""


Sheets = tuple[str, Callable[[Book], object]]
"""What a document is called, and what adds its sheets."""


class _Figure(NamedTuple):
    """A number on its way into a cell, live or not."""

    row: int
    column: int
    look: str
    value: Figure
    content: Content


class Sheet:
    """Rows are added from the top down; `next_row` is where the next one goes. The frozen columns
    stand on every page."""

    def __init__(
        self,
        book: Book,
        name: str,
        widths: Sequence[int],
        tail: str = "",
        frozen_columns: int = 0,
    ) -> None:
        self.widths, self.grid = list(widths), book.sheet(name, tail)
        self._frozen_columns = frozen_columns
        self.next_row = 0
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
        self._end_row(min(height + more, self.grid.most_pt))
        return row

    @property
    def columns_together(self) -> int:
        """The first columns, as many as stand on one page."""
        return columns_together(self.widths, self._frozen_columns)

    def across(self, text: str, look: str, least: float = LEAST_PT) -> None:
        """Adds a text from edge to edge of the first page, in as many rows as it needs."""
        columns = self.columns_together
        for part in self.pieces(text, sum(self.widths[:columns]), look):
            self.row([SheetCell(part, look, columns)], least)
            if look in BARS:
                self.tie()

    def pieces(self, text: str, pixels: int, look: str) -> list[str]:
        """A text in as many parts as it needs rows."""
        return pieces(text, pixels, size_of(look), self.grid.most_pt)

    def tie(self) -> None:
        """What comes next stays on the page of the row above it."""
        self._tied.add(self.next_row)

    def gap(self, points: float) -> None:
        """Adds an empty row."""
        self._end_row(points)

    def _end_row(self, points: float) -> None:
        points = metrics.whole_pixels(points)
        self.grid.set_height(self.next_row, points)
        self._heights.append(points)
        self.next_row += 1

    def title(self, text: str, label: str = "") -> None:
        """The title; what the source calls the table, 附表2, stands at its right."""
        if label:
            left = SheetCell(text, "title", self.columns_together - 1)
            self.row([left, SheetCell(label, "label")], _TITLE_PT)
        else:
            self.across(text, "title", _TITLE_PT)

    def put(self, row: int, column: int, content: Content, look: str) -> None:
        """A content into a cell; figures wait until it is known whether they have decimals."""
        match content:
            case Decimal() | Fraction() as value:
                self._figures.append(_Figure(row, column, look, value, content))
            case Formula(_, Decimal() | Fraction() as value):
                self._figures.append(_Figure(row, column, look, value, content))
            case _:
                self.grid.put(row, column, content, look, False)

    def merge(
        self, row: int, column: int, last_row: int, last_column: int, content: Content, look: str
    ) -> None:
        """A content over a range of cells; a range of one cell is not merged."""
        if (row, column) != (last_row, last_column):
            self.grid.merge((row, column, last_row, last_column), look)
            self._merged.add((row, column))
        self.put(row, column, content, look)

    def comment(self, row: int, column: int, text: str) -> None:
        """A note at a cell, which shows itself where the mouse rests on it."""
        self.grid.comment(row, column, text)

    def filter(self, head: int, last: int) -> None:
        """Readers choose among the rows from the one below `head` to the last."""
        self.grid.filter((head, 0, last, len(self.widths) - 1))

    def colour_words(self, area: Area, tones: Mapping[str, str]) -> None:
        """Colours the cells of an area that hold one of the words."""
        for word, tone in tones.items():
            self.grid.colour_word(area, word, tone)

    def make_room(self, column: int, most: Figure, look: str) -> None:
        """Makes a column wide enough for a figure that may come to stand there."""
        self.widths[column] = max(self.widths[column], room(most, look))

    def _write_figures(self) -> None:
        """All at the end, once it is known whether one of them has decimals."""
        decimals = with_decimals((each.look, each.value) for each in self._figures)
        for row, column, look, exact, content in self._figures:
            if (row, column) not in self._merged:
                self.make_room(column, exact, look)
            self.grid.put(row, column, content, look, look in decimals)
        self.grid.set_widths(self.widths)

    def finish(
        self,
        heads: tuple[int, int],
        zoom: int = 100,
        frozen: bool = True,
        foot: int = 0,
        portrait: bool = False,
    ) -> None:
        """Heads (first and last row) and print set-up, see `PrintSetUp`.

        Wherever pages end, what stands below the table from the row `foot` on keeps two rows with
        it, and a bar the one below.
        """
        self._write_figures()
        pages = pages_of(self.widths, self._frozen_columns, portrait)
        pages = pages.of_rows(self._heights, heads, foot, self._tied)
        right, bottom = len(self.widths) - 1, self.next_row - 1
        set_up = PrintSetUp(pages, right, bottom, heads, self._frozen_columns, zoom, frozen)
        self.grid.finish(set_up)


def _text(content: Content) -> str:
    """What decides a row's height; numbers take one line."""
    match content:
        case str():
            return content
        case Link(text) | Formula(_, str() as text):
            return text
    return ""
