"""A large workbook is gone by the time that its longest sheets are written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

from svcq_excel.results.page.binding import bound
from svcq_excel.results.page.excel import ExcelBook, ExcelGrid
from svcq_excel.results.page.paging import pages_of
from svcq_excel.results.page.printing import PrintSetUp
from svcq_excel.results.page.sheet import Sheet, SheetCell
from svcq_excel.results.page.streaming import Row, StreamedSheet
from svcq_excel.rubric.shipped import load


def test_no_cell_is_held_any_more_when_rows_are_streamed() -> None:
    held: list[ref[object]] = []
    seen: list[object] = []

    def rows() -> Iterator[Row]:
        seen.extend(each() for each in held)
        yield Row([SheetCell("列", "text")])

    def fill(book: ExcelBook) -> list[StreamedSheet]:
        whole = Sheet(book, "整頁", [100])
        whole.row([SheetCell("甲", "text")])
        whole.finish((0, 0))
        grid, streamed = whole.grid, book.sheet("逐列")
        assert isinstance(grid, ExcelGrid)
        held.extend(map(ref, (book.workbook, grid.worksheet, streamed.worksheet)))
        set_up = PrintSetUp(pages_of([100], 0), 0, None, (0, 0))
        return [StreamedSheet(streamed, [100], ["text"], rows, set_up)]

    gc.disable()  # nobody comes to look for what is dead
    try:
        bound("標題", load("wra-105"), fill)
    finally:
        gc.enable()
    assert seen == [None, None, None]
