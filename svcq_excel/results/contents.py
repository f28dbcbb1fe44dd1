"""目次: which sheets a workbook of results has, in the order in which people use them, with what
each of them tells and a link to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from xlsxwriter.utility import quote_sheetname

from svcq_excel.form.layout import metrics
from svcq_excel.results.entries.entry import Entry, Section
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Content, Link, Sheet, SheetCell
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.page.styles import size_of
from svcq_excel.results.wording import heading

CONTENTS = "目次"
_COLUMNS = (
    ListColumn("類別", 110, "centred"),
    ListColumn("工作表", 240, "name_link"),
    ListColumn("內容", 660),
)
_LINKS, _MARGINS_PX = 1, 12
_SAID = "點選工作表名稱，即開啟該工作表；工作表標籤的顏色與下表「類別」相同。"
_INTERNAL = "「內部作業」各表載有檔案名稱、電子郵件等，僅供機關內部使用，請勿對外提供。"


def fill(book: ExcelBook, outcome: Outcome, entries: Sequence[Entry]) -> list[StreamedSheet]:
    """Adds the sheets, and after the first of them the contents; gives those whose rows are
    written last."""
    streamed = list[StreamedSheet]()
    lines = list[tuple[Entry, str]]()
    contents: Sheet | None = None
    for entry in entries:
        before, book.tab = len(book.names), entry.section.colour
        if entry.write:
            entry.write(book, entry.name, outcome)
        if entry.stream:
            streamed += entry.stream(book, entry.name, outcome)
        lines += [(entry, name) for name in book.names[before:]]
        if contents is None:
            book.tab, contents = "", Sheet(book, CONTENTS, widths(_COLUMNS))
    book.tab = ""
    if contents is not None:
        _write(contents, outcome, lines)
    return streamed


def _write(sheet: Sheet, outcome: Outcome, lines: Sequence[tuple[Entry, str]]) -> None:
    sheet.widths[_LINKS] = max(sheet.widths[_LINKS], *(_room(name) for _, name in lines))
    sheet.title(heading(outcome, CONTENTS))
    sheet.across(_SAID, "line")
    if any(entry.section is Section.INTERNAL for entry, _ in lines):
        sheet.across(_INTERNAL, "line")
    head = heads(sheet, _COLUMNS)
    rows(sheet, _COLUMNS, [list(_cells(entry, name)) for entry, name in lines])
    sheet.finish((head, head))


def _cells(entry: Entry, name: str) -> Iterator[Content | SheetCell]:
    yield SheetCell(entry.section.value, entry.section.look)
    yield Link(name, f"internal:{quote_sheetname(name)}!A1")
    yield entry.tells


def _room(name: str) -> int:
    """LibreOffice does not wrap the text of links."""
    return ceil(metrics.ems(name) * size_of("name_link") * 96 / 72) + _MARGINS_PX
