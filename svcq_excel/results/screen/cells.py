"""The cells of a sheet on their way to a page: what each of them shows, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape

from svcq_excel.results.page.figures import shown
from svcq_excel.results.page.sheet import Area, Content, Formula, Link
from svcq_excel.results.page.styles import look_of
from svcq_excel.text.visible import printable

_OPENING = "link"
_SCALED = "["
"""With a condition begins a number format that no table of this page has."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how it looks."""

    content: Content
    look: str
    decimals: bool = False

    @property
    def text(self) -> str:
        """As the workbook shows it; of what is live the value."""
        content = self.content.value if isinstance(self.content, Formula) else self.content
        match content:
            case None:
                return ""
            case str():
                return printable(content)
            case Link(text):
                return text
            case int() | Decimal() | Fraction():
                exact = Decimal(content) if isinstance(content, int) else content
                decimals = self.decimals and not isinstance(content, int)
                pattern = str(look_of(self.look, decimals, True).get("num_format", "General"))
                return shown(exact, "General" if pattern.startswith(_SCALED) else pattern)

    @property
    def markup(self) -> str:
        return escape(self.text)


class Cells:
    """Rows of cells; one that is merged covers others."""

    def __init__(self) -> None:
        self.rows: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        """By its first cell, the last row and column of an area."""
        self.comments: dict[tuple[int, int], str] = {}
        self.toned_words: list[tuple[Area, str, str]] = []
        self.toned: dict[tuple[int, int], str] = {}
        self.widths: list[int] = []
        self._covered: set[tuple[int, int]] = set()

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.rows[row][column] = cell

    def merge(self, area: Area) -> None:
        row, column, last_row, last_column = area
        self.merged[row, column] = last_row, last_column
        for each in range(row, last_row + 1):
            self._covered.update((each, at) for at in range(column, last_column + 1))
        self._covered.discard((row, column))

    def of_row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Those that are seen, by column."""
        found = self.rows.get(row, {})
        return ((at, found[at]) for at in sorted(found) if (row, at) not in self._covered)

    def hidden(self) -> set[int]:
        """The columns that nobody reads, and those that only open files: a page may be read where
        these are not."""
        nobody = {at for at, pixels in enumerate(self.widths) if not pixels}
        cells = (each for row in self.rows.values() for each in row.items())
        return nobody | {at for at, cell in cells if cell.look == _OPENING}

    def tone(self, row: int, column: int, cell: Cell) -> str:
        """The colour that a cell has for what it holds; "" where it has none."""
        if tone := self.toned.get((row, column)):
            return tone
        if not isinstance(cell.content, str):
            return ""
        for (top, left, bottom, right), word, tone in self.toned_words:
            if cell.content == word and top <= row <= bottom and left <= column <= right:
                return tone
        return ""
