"""Inserts a row above a form and a column before its labels, as an office program does.

openpyxl moves cells and their formulas; what else has a place on the sheet moves here.
"""

from __future__ import annotations

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

_ROW_PT, _COLUMN_CHARACTERS = 20, 8


def insert(sheet: Worksheet, columns: int) -> None:
    """The hidden key column stays the first; all else moves a row down and a column right."""
    last = f"{get_column_letter(columns)}{sheet.max_row}"
    merged = [area.coord for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(area)
    _move_sizes(sheet, columns)
    sheet.move_range(f"B1:{last}", rows=1, cols=1, translate=True)
    sheet.move_range(f"A1:A{sheet.max_row}", rows=1)
    for area in merged:
        sheet.merge_cells(_moved(area))
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(_moved(str(check.sqref)))
    _move_colours(sheet)
    _move_pages(sheet, _moved(f"B1:{last}"))


def _move_sizes(sheet: Worksheet, columns: int) -> None:
    rows = {at: (row.height, row.hidden) for at, row in sheet.row_dimensions.items()}
    for at, (height, hidden) in {0: (_ROW_PT, False), **rows}.items():
        row = sheet.row_dimensions[at + 1]
        row.height, row.hidden = height, hidden
    letters = [get_column_letter(at) for at in range(2, columns + 2)]
    widths = [sheet.column_dimensions[letter].width for letter in letters[:-1]]
    for letter, width in zip(letters, [_COLUMN_CHARACTERS, *widths], strict=True):
        sheet.column_dimensions[letter].width = width


def _move_colours(sheet: Worksheet) -> None:
    moved = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.formula = [_moved_formula(text) for text in rule.formula]
            moved.add(_moved(str(area.sqref)), rule)
    sheet.conditional_formatting = moved


def _moved_formula(text: str) -> str:
    """Each colour stands on a single column, so a fixed column may as well be a relative one."""
    moved = Translator("=" + text.replace("$", ""), "A1").translate_formula("B2")
    return str(moved).removeprefix("=")


def _move_pages(sheet: Worksheet, area: str) -> None:
    head = int(str(sheet.print_title_rows).rpartition("$")[2]) + 1
    sheet.print_title_rows, sheet.print_area = f"{head}:{head}", area
    sheet.freeze_panes = f"A{head + 1}"
    for page in sheet.row_breaks.brk:
        page.id += 1


def _moved(areas: str) -> str:
    ranges = [CellRange(area) for area in areas.split()]
    for each in ranges:
        each.shift(1, 1)
    return " ".join(each.coord for each in ranges)
