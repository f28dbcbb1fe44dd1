"""Ways in which an entry is made to look otherwise than it is, as openpyxl can write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy

from openpyxl.cell import Cell
from openpyxl.chart import BarChart
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.workbooks.veils import Why

Cover = Callable[[Worksheet, Cell], object]


def _font(**looks: object) -> Cover:
    return lambda sheet, cell: setattr(cell, "font", Font(**{"size": 14, **looks}))  # type: ignore[arg-type]


def _format(code: str) -> Cover:
    return lambda sheet, cell: setattr(cell, "number_format", code)


def _black_on_black(sheet: Worksheet, cell: Cell) -> None:
    cell.fill, cell.font = PatternFill("solid", fgColor="FF000000"), Font(size=14)


def _rows(sheet: Worksheet, cell: Cell) -> range:
    own = (each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    merged = next(own, CellRange(cell.coordinate))
    return range(merged.min_row, merged.max_row + 1)


def _low(sheet: Worksheet, cell: Cell) -> None:
    rows = _rows(sheet, cell)
    for row in rows:
        sheet.row_dimensions[row].height = 3 / len(rows)


def _narrow(sheet: Worksheet, cell: Cell) -> None:
    sheet.column_dimensions[cell.column_letter].width = 0.5


def _closed(sheet: Worksheet, cell: Cell) -> None:
    sheet.column_dimensions[cell.column_letter].hidden = True


def _merged(sheet: Worksheet, cell: Cell) -> None:
    rows = _rows(sheet, cell)
    kept = [copy(each) for each in sheet.merged_cells.ranges if cell.coordinate not in each]
    above = next((e for e in kept if f"{cell.column_letter}{cell.row - 1}" in e), None)
    first = above.min_row if above else cell.row - 1
    sheet.merged_cells.ranges = {each for each in kept if each is not above}
    left = above.min_col if above else cell.column
    right = above.max_col if above else cell.column
    sheet.merged_cells.add(CellRange(None, left, first, right, rows[-1]))


def _covered(sheet: Worksheet, cell: Cell) -> None:
    chart = BarChart()
    chart.width, chart.height = 4, 2
    sheet.add_chart(chart, cell.coordinate)


def _unprinted(sheet: Worksheet, cell: Cell) -> None:
    sheet.print_area = "B1:C4"


def _conditional(sheet: Worksheet, cell: Cell) -> None:
    white = DifferentialStyle(font=Font(color="FFFFFFFF"))
    sheet.conditional_formatting.add(
        cell.coordinate, Rule(type="expression", dxf=white, formula=["TRUE"], priority=1)
    )


COVERS: Mapping[str, tuple[Why, Cover]] = {
    "another text": ("format", _format('"別的";"別的";"別的";"別的"')),
    "nothing": ("format", _format(";;;")),
    "white": ("ink", _font(color="FFFFFFFF")),
    "pale": ("ink", _font(color="FFFFF2CC")),
    "black on black": ("ink", _black_on_black),
    "size 1": ("size", _font(size=1)),
    "size 4": ("size", _font(size=4)),
    "Wingdings": ("symbols", _font(name="Wingdings")),
    "Symbol": ("symbols", _font(name="Symbol")),
    "struck": ("struck", _font(strike=True)),
    "repeated": (
        "repeated",
        lambda sheet, cell: setattr(cell, "alignment", Alignment(horizontal="fill")),
    ),
    "low": ("row", _low),
    "narrow": ("column", _narrow),
    "closed": ("column", _closed),
    "merged": ("merge", _merged),
    "covered": ("covered", _covered),
    "unprinted": ("unprinted", _unprinted),
    "on a condition": ("conditional", _conditional),
}
