"""統計圖表 and 圖表資料: the charts, each with what is to be seen in words, and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter.chart import Chart as ExcelChart
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from svcq_excel.results.charts.drawn import charts_of
from svcq_excel.results.charts.framing import Frame
from svcq_excel.results.charts.native import native
from svcq_excel.results.charts.tables import FIRST, ChartTable, spreads, tables_of
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.printing import LINE
from svcq_excel.results.page.sheet import Content, Formula, Sheet, SheetCell
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.wording import heading

DATA = "圖表資料"
_GAP_PT, DRAWN_OVER = 10.0, 12
"""Rows that a chart lies over, as one could not be as high."""
_PT_PER_PX = 72 / 96
_BOUNDS = "（各界線，標示於圖的右端）"
_INDENT_PX = 8
_CATEGORY, _LABEL, _FIGURE = 430, 240, 96
_TOGETHER = 2
"""Rows of a table that are not left alone."""


def write_charts(book: ExcelBook, name: str, outcome: Outcome) -> Iterable[StreamedSheet]:
    """Adds both sheets."""
    tables = tables_of(charts_of(outcome))
    _write_pictures(book, name, outcome, tables)
    _write_figures(book, DATA, outcome, tables)
    return ()


def draw(
    sheet: Sheet, worksheet: Worksheet, drawn: ExcelChart, frame: Frame, alternative: str
) -> None:
    """Puts a chart below the last row, over rows that stay on one page with what comes next."""
    where = {
        "x_offset": _INDENT_PX,
        "y_offset": _INDENT_PX,
        "object_position": 2,
        "description": alternative,
    }
    worksheet.insert_chart(sheet.next_row, 0, drawn, where)
    points = (frame.height + 2 * _INDENT_PX) * _PT_PER_PX
    for _ in range(DRAWN_OVER):
        sheet.tie()
        sheet.gap(points / DRAWN_OVER)
    sheet.tie()


def any_result(outcome: Outcome) -> bool:
    """Whether there is anything to draw."""
    return any(result.status == "accepted" for result in outcome.units)


def _write_pictures(
    book: ExcelBook, name: str, outcome: Outcome, tables: Sequence[ChartTable]
) -> None:
    sheet = Sheet(book, name, LINE)
    worksheet = book.workbook.worksheets()[-1]
    sheet.title(heading(outcome, name))
    head = sheet.next_row - 1
    for table in tables:
        drawn = native(book.workbook, table.chart, table.frame, table.cells(DATA))
        sheet.gap(_GAP_PT)
        draw(
            sheet, worksheet, drawn, table.frame, f"{table.chart.title}。{table.chart.alternative}"
        )
        sheet.across(table.chart.alternative, "note")
        if table.chart.note:
            sheet.tie()
            sheet.across(table.chart.note, "note")
    sheet.finish((head, head))


def _write_figures(
    book: ExcelBook, name: str, outcome: Outcome, tables: Sequence[ChartTable]
) -> None:
    columns = max(len(table.heads) for table in tables)
    sheet = Sheet(book, name, [_CATEGORY, _LABEL, *[_FIGURE] * (columns - FIRST)])
    sheet.title(heading(outcome, name))
    sheet.across("「統計圖表」各圖的數字，一圖一表。", "line_right")
    head = sheet.next_row - 1
    for table in tables:
        sheet.across(table.chart.title, "sub_bar")
        sheet.row([SheetCell(text, "head") for text in table.heads])
        for at in range(table.frame.slots):
            if at < _TOGETHER or at >= table.frame.slots - _TOGETHER:
                sheet.tie()
            sheet.row(list(_cells(table, at, sheet.next_row)))
        sheet.gap(_GAP_PT)
    sheet.finish((head, head), zoom=90)


def _cells(table: ChartTable, at: int, row: int) -> Iterator[SheetCell]:
    """A category's row; below the last one, where the bounds have their names, theirs alone."""
    chart = table.chart
    look = "rate" if chart.axis.percent else "figure" if chart.axis.whole else "score"
    named = at < len(chart.categories)
    yield SheetCell(chart.categories[at] if named else _BOUNDS, "text")
    yield SheetCell(table.frame.labels[at], "small_centred")
    for each in chart.series:
        yield SheetCell(each.values[at] if named else None, look)
    if chart.shape == "spans":
        yield SheetCell(_spread(table, at, row), look)
    yield from (SheetCell(bound.value, "figure") for bound in chart.bounds)


def _spread(table: ChartTable, at: int, row: int) -> Content:
    lowest, _, highest = (each.values for each in table.chart.series)
    value = spreads(lowest, highest)[at]
    cells = xl_rowcol_to_cell(row, FIRST + 2), xl_rowcol_to_cell(row, FIRST)
    return None if value is None else Formula(f"={cells[0]}-{cells[1]}", value)
