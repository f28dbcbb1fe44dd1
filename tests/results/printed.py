"""The paper of a sheet as it is set up: how much of a table a page holds, which rows it has."""

from __future__ import annotations

from functools import lru_cache

from openpyxl.worksheet.worksheet import Worksheet

_INCHES = {9: (8.27, 11.69), 8: (11.69, 16.54)}
"""A4 and A3 upright, by the numbers that Excel gives them."""


def room(sheet: Worksheet) -> tuple[float, float]:
    """The pixels across and the points down within the margins of a page, at its scale."""
    page, margins = sheet.page_setup, sheet.page_margins
    wide, high = _INCHES[int(page.paperSize or 0)]
    if page.orientation == "landscape":
        wide, high = high, wide
    across, down = wide - margins.left - margins.right, high - margins.top - margins.bottom
    return across * 96 / scale(sheet), down * 72 / scale(sheet)


def is_fitted(sheet: Worksheet) -> bool:
    """Whether all columns are fitted to the width of a page, and rows break as is set."""
    said = sheet.sheet_properties.pageSetUpPr
    return bool(said and said.fitToPage)


def scale(sheet: Worksheet) -> float:
    """That which is set, or at which all columns fit between the margins."""
    if not is_fitted(sheet):
        return (sheet.page_setup.scale or 100) / 100
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    margins, paper = sheet.page_margins, _INCHES[int(sheet.page_setup.paperSize or 0)]
    wide = paper[1] if sheet.page_setup.orientation == "landscape" else paper[0]
    across = (wide - margins.left - margins.right) * 96
    return min(1.0, across / pixels(sheet, 1, sheet.max_column))


def pixels(sheet: Worksheet, first: int, last: int) -> float:
    """The width of these columns, hidden ones aside."""
    return sum(_widths(sheet)[first - 1 : last])


@lru_cache(maxsize=256)
def _widths(sheet: Worksheet) -> list[float]:
    """Of each column; neighbours of one width stand together in a file."""
    found = [0.0] * sheet.max_column
    for each in sheet.column_dimensions.values():
        for at in range(int(each.min or 1), int(each.max or 1) + 1):
            if at <= len(found) and not each.hidden:
                found[at - 1] = each.width * 8
    return found


def points(sheet: Worksheet, first: int, last: int) -> float:
    return sum(sheet.row_dimensions[row].height or 0 for row in range(first, last + 1))


def pages(sheet: Worksheet) -> list[range]:
    """The rows of each page, those that are printed on each of them left out."""
    ends = [each.id for each in sheet.row_breaks.brk]
    return [range(a + 1, b + 1) for a, b in zip([0, *ends], [*ends, sheet.max_row], strict=True)]


def across(sheet: Worksheet) -> list[range]:
    """The columns of each page, those that are printed on each of them left out."""
    ends = [each.id for each in sheet.col_breaks.brk]
    return [range(a + 1, b + 1) for a, b in zip([0, *ends], [*ends, sheet.max_column], strict=True)]


def repeated_rows(sheet: Worksheet) -> tuple[int, int]:
    """The first and the last of the heads that stand on each page."""
    first, last = str(sheet.print_title_rows).replace("$", "").split(":")
    return int(first), int(last)


def repeated_columns(sheet: Worksheet) -> int:
    """How many of the first columns stand on each page."""
    named = sheet.print_title_cols
    return ord(str(named)[-1]) - ord("A") + 1 if named else 0
