"""A sheet as a table: its heads wherever they stand, and the rows below that hold anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from svcq_excel.rubric.sheets.cells import NOT_COMPUTED, Cell, Place, cell_of, folded
from svcq_excel.rubric.sheets.values import listed
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.look import Look
from svcq_excel.workbooks.opening import OpenedWorkbook
from svcq_excel.workbooks.workbook import Unreadable

_MOST_ROWS_ABOVE = 50
_MARKS = "*＊※:："
_BLANK = Cell("")

Told = Callable[[Place | None, str, str, str], None]
"""Takes a fault: where it stands, in which sheet, the message, the fix."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the heads, by head."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell]

    def __getitem__(self, head: str) -> Cell:
        return self.cells.get(head, _BLANK)

    def place(self, head: str) -> Place | None:
        column = self.columns.get(head)
        return None if column is None else Place(self.sheet, self.number, column)


def table_of(
    book: OpenedWorkbook,
    sheet: str,
    heads: Mapping[str, Sequence[str]],
    required: Sequence[str],
    tell: Told,
) -> list[Row]:
    """The rows of a sheet that hold anything below known heads; `heads` has other words for each.

    What keeps a sheet from being read is told, and gives no rows.
    """
    name = next((each for each in book.sheet_names if folded(each) == sheet), None)
    if name is None:
        return []
    rows = guarded(partial(book.rows, name))
    if isinstance(rows, Unreadable):
        tell(None, name, rows.found, "請以試算表程式開啟，另存為 .xlsx 或 .ods")
        return []
    if name in book.too_large:
        tell(None, name, "資料的範圍過大", "請刪除表格以外的內容後存檔")
        return []
    if not any(str(value).strip() for row in rows for value in row):
        return []
    meant = {folded(word): head for head, also in heads.items() for word in (head, *also)}
    at, columns = _head(rows, meant, required)
    if at is None:
        missing = [head for head in required if head not in columns]
        tell(None, name, f"找不到{listed(missing)}欄", f"請將{listed(required)}寫在同一列作為欄名")
        return []
    for column, head in _named(rows[at], meant):
        if columns[head] != column:
            fix = "請只保留一欄，另一欄刪除或改名"
            tell(Place(name, at, column), name, f"「{head}」欄出現兩次", fix)
    look = guarded(lambda: book.closer.sheet(name))
    seen = Look() if isinstance(look, Unreadable) else look

    uncomputed = seen.formulas()

    def cell(number: int, column: int, value: object) -> Cell:
        if (number, column) in uncomputed and not str(value).strip():
            return NOT_COMPUTED
        is_error = bool(seen.error(number, column))
        return cell_of(value, seen.percent(number, column), is_error)

    found = []
    for number, row in enumerate(rows[at + 1 :], start=at + 1):
        here = {head: cell(number, at, row[at]) for head, at in columns.items() if at < len(row)}
        if filled := {head: each for head, each in here.items() if not each.is_blank}:
            found.append(Row(name, number, columns, filled))
    return found


def _head(
    rows: Sequence[Sequence[object]], meant: Mapping[str, str], required: Sequence[str]
) -> tuple[int | None, dict[str, int]]:
    """The first row with all required heads; without one, none, and the heads that come closest."""
    nearest: dict[str, int] = {}
    for at, row in enumerate(rows[:_MOST_ROWS_ABOVE]):
        columns: dict[str, int] = {}
        for column, head in _named(row, meant):
            columns.setdefault(head, column)
        if all(head in columns for head in required):
            return at, columns
        if len(columns) > len(nearest):
            nearest = columns
    return None, nearest


def _named(row: Sequence[object], meant: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for column, value in enumerate(row):
        if isinstance(value, str) and (head := meant.get(folded(value).strip(_MARKS))):
            yield column, head
