"""Sheets of results as HTML: the same writers fill it that fill the workbook, so that texts and the
order of rows are the same by construction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf

from svcq_excel.results.page.paging import Paper
from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.sheet import Area, Content, Grid
from svcq_excel.results.screen.cells import Cell, Cells
from svcq_excel.results.screen.tables import section_of


@dataclass(frozen=True, slots=True)
class PageSection:
    """A sheet as a part of the page."""

    name: str
    id: str
    markup: str
    paper: Paper
    printed: bool
    """Whether it is printed, to be signed and kept."""


class HtmlBook:
    """Takes sheets, each of which is markup as soon as it is finished."""

    def __init__(self) -> None:
        self.sections: list[PageSection] = []
        self.printed = False
        """Whether the sheets to come are printed."""
        self.looks: set[str] = set()
        """All that occur."""

    def sheet(self, name: str, tail: str = "") -> Grid:
        return _HtmlGrid(self, name + tail)


class _HtmlGrid:
    """The cells of a sheet until it is finished; whatever a cell holds is text."""

    most_pt = inf

    def __init__(self, book: HtmlBook, name: str) -> None:
        self._book, self._name, self._cells = book, name, Cells()

    def put(self, row: int, column: int, content: Content, look: str, decimals: bool) -> None:
        self._cells.put(row, column, Cell(content, look, decimals))
        self._book.looks.add(look)

    def merge(self, area: Area, look: str) -> None:
        self._cells.merge(area)

    def comment(self, row: int, column: int, text: str) -> None:
        self._cells.comments[row, column] = text

    def set_height(self, row: int, points: float) -> None:
        """A browser knows how high its rows have to be."""

    def set_widths(self, widths: Sequence[int]) -> None:
        self._cells.widths = list(widths)

    def filter(self, area: Area) -> None:
        """Every list of the page can be filtered."""

    def colour_word(self, area: Area, word: str, tone: str) -> None:
        self._cells.toned_words.append((area, word, tone))
        self._book.looks.add(tone)

    def colour_where(self, area: Area, formula: str, tone: str, rows: Collection[int]) -> None:
        self._cells.toned.update({(row, area[1]): tone for row in rows})
        self._book.looks.add(tone)

    def finish(self, print_set_up: PrintSetUp) -> None:
        id = f"sheet{len(self._book.sections) + 1}"
        markup = section_of(self._cells, self._name, id, print_set_up)
        paper = print_set_up.pages.paper
        section = PageSection(self._name, id, markup, paper, self._book.printed)
        self._book.sections.append(section)
        self._cells = Cells()
