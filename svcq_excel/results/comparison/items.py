"""比較各項得分: the items of each unit in this round and the one before."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from svcq_excel.results.comparison.comparing import Column, Comparison, Line
from svcq_excel.results.comparison.live import change, change_look
from svcq_excel.results.comparison.wording import about, on_items, points, title
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.figures import room
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough

_CODE, _UNIT, _TRIPLE = 46, 148, 126
_FIRST = 2
_WORDS = ("前期", "本期", "增減")


def write_items(book: Book, name: str, outcome: Outcome, compared: Comparison) -> int:
    """Adds the sheet of units by items, three columns an item; returns its first row of units."""
    heads = [HeadOver("編號"), HeadOver("受考核單位名稱")]
    heads += [HeadOver(_head(compared, column), _WORDS) for column in compared.columns]
    widths = [_CODE, _UNIT]
    for column, head in zip(compared.columns, heads[_FIRST:], strict=True):
        each = wide_enough(head.text, "head", _TRIPLE) // 3
        most = -max(column.before or 0, column.now or 0)
        look = change_look(column, compared.rubric.is_checklist)
        widths += [each, each, max(each, room(Fraction(most), look))]
    sheet = Sheet(book, name, widths, frozen_columns=_FIRST)
    sheet.title(
        title(outcome, compared, "各要項完成率" if compared.rubric.is_checklist else "各項得分")
    )
    for text in (*about(outcome, compared), *on_items(compared)):
        sheet.across(text, "line")
    rows = stacked_heads(sheet, heads)
    for line in compared.lines:
        sheet.row(list(_cells(compared, line, sheet.next_row)))
    sheet.finish(rows, zoom=90)
    return rows[1] + 1


def cells_of(name: str, compared: Comparison, first: int, at: int) -> list[str]:
    """Where the figures of an item stand on this sheet: of the earlier round, of this one, and
    what they differ by."""
    sheet, last = quote_sheetname(name), first + len(compared.lines) - 1
    columns = (_FIRST + 3 * at + side for side in range(3))
    return [f"{sheet}!{xl_range_abs(first, column, last, column)}" for column in columns]


def _head(compared: Comparison, column: Column) -> str:
    if compared.rubric.is_checklist:
        return column.name
    if column.as_shares:
        return f"{column.name}\n前期{points(column.before)}分，本期{points(column.now)}分"
    said = "" if column.before else "本期新增，"
    said = said if column.now else "前期項目，"
    return f"{column.name}\n{said}{points(column.now or column.before)}分"


def _cells(compared: Comparison, line: Line, row: int) -> Iterator[SheetCell]:
    yield SheetCell(line.code, "centred")
    yield SheetCell(line.name, "text")
    rates = compared.rubric.is_checklist
    for at, column in enumerate(compared.columns):
        was = line.before.items[at] if line.before else None
        now = line.now.items[at] if line.now else None
        yield SheetCell(was, "rate" if rates else "score")
        yield SheetCell(now, "rate" if rates else "score")
        before, after = (xl_rowcol_to_cell(row, _FIRST + 3 * at + side) for side in (0, 1))
        yield SheetCell(change(column, before, after, was, now), change_look(column, rates))
