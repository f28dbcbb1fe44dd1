"""Opens the file that a list lies in: the sheets of a workbook, one of them, or a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import partial
from io import StringIO
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import reason_of
from svcq_excel.plan.lists.heads import Rows
from svcq_excel.text.big5 import decoded_big5
from svcq_excel.text.roc_dates import early_day
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_COLUMNS, MAX_LIST_ROWS
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.look import CellPlace, Look
from svcq_excel.workbooks.opening import BLANK, OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip: .xlsx, .ods; OLE2: .xls
_SAVE_AS = "請用試算表程式開啟，取消密碼後另存為 .xlsx、.ods 或「CSV UTF-8」"


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One sheet of a workbook that holds several tables: the plan workbook's 受考核單位."""

    path: Path
    name: str
    book: OpenedWorkbook | None = field(default=None, compare=False, repr=False)
    """The workbook where it is open already: of one file all tables are of one moment."""

    def __str__(self) -> str:
        return f"{self.path}「{self.name}」"


ListSource = Path | SheetOf
"""Where a list lies: the first fitting sheet of a file, or one that is named."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds, and what its cells show where that is not the number itself: 01."""

    rows: Rows
    shown: Mapping[CellPlace, str] = field(default_factory=dict)
    look: Look = field(default_factory=Look)

    def value(self, row: int, column: int) -> object:
        """What stands in a cell, from 0; a day of LibreOffice's year 105, which the reader of
        values takes for a time, as the day."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        value = self.rows[row][column]
        days = self.look.negative(row, column) if isinstance(value, time) else None
        return value if days is None else early_day(int(days)) or value


def file_of(source: ListSource) -> Path:
    return source.path if isinstance(source, SheetOf) else source


def sheets_of(source: ListSource) -> Iterator[Sheet]:
    """The sheets that may hold the list: the visible ones of a file, or the one that is named.

    Raises DefinitionError where there is none such.
    """
    path, named = file_of(source), source if isinstance(source, SheetOf) else None
    if named and named.book:
        yield from _sheets(path, named.book, _named(named, named.book))
        return
    data = _content(path)
    if not data.startswith(_WORKBOOKS):
        yield Sheet(_csv(str(path), data))
    elif book := _opened(path, data):
        yield from _sheets(path, book, _named(named, book) if named else book.sheets_shown)


def _named(source: SheetOf, book: OpenedWorkbook) -> Sequence[str]:
    if source.name not in book.sheet_names:
        raise refusal(source, "沒有這張工作表", "請補上，或還原其名稱")
    return [source.name]


def _sheets(path: Path, book: OpenedWorkbook, names: Sequence[str]) -> Iterator[Sheet]:
    for name in names:
        rows = guarded(partial(book.rows, name))
        if isinstance(rows, Unreadable):
            raise refusal(path, rows.found, _SAVE_AS)
        if name in book.too_large:
            message = f"工作表「{name}」超過 {MAX_LIST_ROWS:,} 列或 {MAX_COLUMNS} 欄，範圍過大"
            raise refusal(path, message, "請刪除表格以外的內容後存檔")
        shown = guarded(partial(book.shown, name))
        look = guarded(partial(book.closer.sheet, name))
        yield Sheet(
            rows,
            {} if isinstance(shown, Unreadable) else shown,
            Look() if isinstance(look, Unreadable) else look,
        )


def opened(path: Path) -> OpenedWorkbook | None:
    """The workbook at a path; None where its sheets are blank. Raises DefinitionError."""
    return _opened(path, _content(path), "請以 Excel 或 LibreOffice 開啟，取消密碼後存檔")


def _opened(path: Path, data: bytes, fix: str = _SAVE_AS) -> OpenedWorkbook | None:
    book = open_bytes(data, path.suffix, MAX_LIST_ROWS)
    if book == BLANK:
        return None
    if isinstance(book, Unreadable):
        raise refusal(path, book.found, fix)
    return book


def refusal(source: ListSource, message: str, fix: str, line: int | None = None) -> DefinitionError:
    """What is wrong with a list as a whole."""
    sheet = source.name if isinstance(source, SheetOf) else ""
    return DefinitionError([Problem(str(file_of(source)), message, fix, line, sheet=sheet)])


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise refusal(path, "找不到這個檔案", "請確認路徑與檔名")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"無法開啟檔案（{reason_of(error)}）"
        raise refusal(path, message, "請確認檔案可以讀取，且未被其他程式鎖住") from error
    if len(data) > MAX_BYTES:
        raise refusal(path, "檔案超過 20 MiB", "請只保留名單的表格")
    return data


def _csv(file: str, data: bytes) -> Rows:
    for decode in (_utf_8, decoded_big5):
        try:
            text = decode(data)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            return list(csv.reader(StringIO(text, newline="")))
        except csv.Error as error:
            raise refusal(Path(file), "無法當作 CSV 讀取", _SAVE_AS) from error
    raise refusal(Path(file), "不是試算表，也不是 UTF-8 或 Big5 的 CSV 檔", _SAVE_AS)


def _utf_8(data: bytes) -> str:
    return data.decode("utf-8-sig")
