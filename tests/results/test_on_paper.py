"""The results of rounds of any size on paper: every page holds what it is to hold, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.results.contents import fill
from svcq_excel.results.entries.entry import Section
from svcq_excel.results.page.binding import bound
from svcq_excel.results.workbook import statistics_sheets
from tests import kai
from tests.results import printed
from tests.results.reading import opened
from tests.results.rounds import RUBRICS, SIZES, round_of

ROUNDS = [(id, count) for id in RUBRICS for count in SIZES]
_MOST_ROWS = 5_000
_PADDING_PX, _PADDING_PT = 5, 2


@cache
def book(id: str, count: int) -> Workbook:
    """Of a large round the sheets that people print."""
    outcome = round_of(id, count)
    wanted = [
        each
        for each in statistics_sheets(outcome)
        if count < 20 or each.section is Section.RESULTS or each.name == "細項得分"
    ]
    made = bound("統計表", outcome.rubric, lambda book: fill(book, outcome, wanted))
    return opened(made, values=True)


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_every_page_has_room_for_its_rows_and_columns(id: str, count: int) -> None:
    """Else an office program would break it once more, and the numbers would not be true."""
    for sheet in book(id, count):
        if sheet.max_row > _MOST_ROWS:
            continue
        wide, high = printed.room(sheet)
        first, last = printed.repeated_rows(sheet)
        heads = printed.points(sheet, first, last)
        for at, rows in enumerate(printed.pages(sheet)):
            used = printed.points(sheet, rows[0], rows[-1]) + (heads if at else 0)
            assert used <= 0.97 * high, (sheet.title, rows)
        if printed.is_fitted(sheet):
            assert not sheet.col_breaks.brk
            continue
        kept = printed.pixels(sheet, 1, printed.repeated_columns(sheet))
        for at, columns in enumerate(printed.across(sheet)):
            used = printed.pixels(sheet, columns[0], columns[-1]) + (kept if at else 0)
            assert used <= 0.975 * wide, (sheet.title, columns)


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_the_foot_tells_the_pages_of_the_sheet_from_one_on(id: str, count: int) -> None:
    for sheet in book(id, count):
        if sheet.max_row > _MOST_ROWS:
            continue  # of more pages than Excel takes breaks
        pages = len(printed.pages(sheet)) * len(printed.across(sheet))
        foot = sheet.oddFooter
        assert foot and foot.right.text == f"第 &P 頁，共 {pages} 頁", sheet.title
        assert sheet.page_setup.useFirstPageNumber and not sheet.page_setup.firstPageNumber


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_letters_are_of_seven_points_on_paper(id: str, count: int) -> None:
    for sheet in book(id, count):
        sizes = {cell.font.sz or 0 for row in sheet.iter_rows() for cell in row if cell.value}
        scale = printed.scale(sheet)
        assert round(min(sizes) * scale, 2) >= 6.9, (sheet.title, scale)


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_no_page_is_blank(id: str, count: int) -> None:
    for sheet in book(id, count):
        for rows in printed.pages(sheet):
            area = sheet.iter_rows(rows[0], rows[-1], values_only=True)
            assert any(value not in (None, "") for row in area for value in row), sheet.title


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_signatures_have_two_units_above_them(id: str, count: int) -> None:
    sheet = book(id, count).worksheets[0]
    *_, last = printed.pages(sheet)
    codes = [cell.value for row in sheet.iter_rows(last[0], last[-1]) for cell in row]
    assert "承辦人：" in codes
    units = [code for code in codes if re.fullmatch("A[0-9]{3}", str(code))]
    assert len(units) >= min(2, count)


@pytest.mark.parametrize(("id", "count"), ROUNDS)
def test_no_text_is_wider_or_higher_than_its_cell(id: str, count: int) -> None:
    """By the widths of the font's own letters."""
    for sheet in book(id, count):
        spans = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
        for cell in _texts(sheet):
            area = spans.get(cell.coordinate)
            right, bottom = (area.max_col, area.max_row) if area else (cell.column, cell.row)
            pixels = printed.pixels(sheet, cell.column, right) - _PADDING_PX
            points = printed.points(sheet, cell.row, bottom) - _PADDING_PT
            size = float(cell.font.sz or 0)
            ems, text = pixels / (size * 96 / 72), str(cell.value)
            if not pixels + _PADDING_PX:
                continue  # hidden: for programs
            if cell.hyperlink:
                assert kai.width(text) <= ems, (sheet.title, cell.coordinate, text)
            needed = kai.lines(text, round(ems, 2)) * size * kai.LINE
            assert needed <= points + 1, (sheet.title, cell.coordinate, text)


def _texts(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                yield cell


@pytest.mark.parametrize("id", RUBRICS)
def test_a_longer_table_has_more_pages(id: str) -> None:
    pages = [len(printed.pages(book(id, count).worksheets[0])) for count in SIZES]
    assert all(few <= many for few, many in pairwise(pages)) and pages[-1] > 5
