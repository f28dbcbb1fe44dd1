"""What becomes of a form's table that is copied into a new workbook, as grids of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.workbooks.workbook import Value

Grid = list[list[Value]]
Sheets = Mapping[str, Grid]
Paste = Callable[[Grid], Grid]

KEYS_ROW = 3


def whole(grid: Grid) -> Grid:
    """With the hidden column and the hidden row, but for the mark that says what they are."""
    return [["" if value == "#keys" else value for value in row] for row in grid]


def without_column(grid: Grid) -> Grid:
    return [row[1:] for row in grid]


def without_row(grid: Grid) -> Grid:
    return grid[:KEYS_ROW] + grid[KEYS_ROW + 1 :]


def visible(grid: Grid) -> Grid:
    return without_column(without_row(grid))


def at(rows: int, columns: int, paste: Paste = visible) -> Paste:
    """Pasted so many rows and columns away from the first cell."""

    def apply(grid: Grid) -> Grid:
        before: list[Value] = [""] * columns
        moved = [before + row for row in paste(grid)]
        blank: list[Value] = [""] * len(moved[0])
        return [*(list(blank) for _ in range(rows)), *moved]

    return apply


def without_columns(*columns: int) -> Paste:
    return lambda grid: visible(
        [[value for i, value in enumerate(row) if i not in columns] for row in grid]
    )


def with_column(column: int) -> Paste:
    return lambda grid: visible([[*row[:column], "", *row[column:]] for row in grid])


def pasted(sheets: Sheets, paste: Paste) -> dict[str, Grid]:
    """The two sheets that people fill in, and no hidden sheet."""
    return {"工作表1": paste(sheets[FORM_SHEET]), "工作表2": remarks(sheets[REMARKS_SHEET])}


def remarks(grid: Grid) -> Grid:
    return [row[1:] for row in (grid[0], *grid[2:])]
