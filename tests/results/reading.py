"""Reads a statistics workbook back for the tests: values, formulas, and a sheet as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.results.printed import scale

Grid = list[list[object]]


def opened(workbook: bytes, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(workbook), data_only=values)


def grid(workbook: bytes, sheet: str) -> Grid:
    """The stored values of a sheet, row by row."""
    return [list(row) for row in opened(workbook, values=True)[sheet].iter_rows(values_only=True)]


def row_of(workbook: bytes, sheet: str, first: object, column: int = 1) -> list[object]:
    """The first row with this value in a column."""
    return next(row for row in grid(workbook, sheet) if row[column] == first)


def dump(workbook: bytes, name: str) -> str:
    """A sheet as lines of text: everything that decides how it looks and counts."""
    formulas, values = opened(workbook)[name], opened(workbook, values=True)[name]
    return "\n".join([*_sheet(formulas), *_cells(formulas, values)]) + "\n"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    page = sheet.page_setup
    yield f"工作表 {sheet.title}"
    yield f"紙張 {page.paperSize} {page.orientation} 縮放 {scale(sheet):.0%}"
    rows, columns = ([each.id for each in b.brk] for b in (sheet.row_breaks, sheet.col_breaks))
    centred = sheet.print_options.horizontalCentered
    yield f"分頁 列{rows} 欄{columns} 首頁編號 {page.useFirstPageNumber} 水平置中 {centred}"
    yield f"列印範圍 {sheet.print_area} 標題列 {sheet.print_title_rows}"
    footer = sheet.HeaderFooter.oddFooter
    assert footer
    yield "頁尾 " + "｜".join(part.text or "" for part in (footer.left, footer.right) if part)
    yield f"凍結 {sheet.freeze_panes} 格線 {sheet.sheet_view.showGridLines}"
    yield f"保護 {sheet.protection.sheet} 篩選 {sheet.auto_filter.ref}"
    for range in sorted(str(range) for range in sheet.merged_cells.ranges):
        yield f"合併 {range}"
    for letter, column in sheet.column_dimensions.items():
        yield f"欄寬 {letter} {column.width:.2f}"
    for number, row in sheet.row_dimensions.items():
        yield f"列高 {number} {row.height}"


def _cells(formulas: Worksheet, values: Worksheet) -> Iterator[str]:
    for row in formulas.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            stored = values[cell.coordinate].value
            text = str(cell.value).replace("\n", "⏎")
            yield f"{cell.coordinate} {text}" + (f" → {stored}" if stored != cell.value else "")


def recovered(shown: str) -> str:
    """The text that was spelled out as visible: the characters in place of their codes."""
    codes = r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})"
    return re.sub(codes, lambda found: chr(int(found[1] or found[2], 16)), shown)
