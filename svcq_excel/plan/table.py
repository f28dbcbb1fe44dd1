"""Reads a small table that people keep in a workbook or a CSV file, as text with row numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from unicodedata import normalize

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import reason_of
from svcq_excel.text.big5 import decoded_big5
from svcq_excel.text.unseen import is_invisible
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_COLUMNS, MAX_LIST_ROWS
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.opening import BLANK, open_bytes
from svcq_excel.workbooks.workbook import Unreadable

Rows = Sequence[Sequence[object]]

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip: .xlsx, .ods; OLE2: .xls
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_RETYPE = "請將此格設為「文字」格式後重新輸入，且不要換行"
_SAVE_AS = "請用試算表程式開啟，取消密碼後另存為 .xlsx、.ods 或「CSV UTF-8」"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its row as spreadsheets count, and its texts in the order they were asked for."""

    number: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What stood in the columns asked for; `problems` are cells that cannot be taken as text."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Row number and text of every entry; a column that is absent is all blank."""
        at = self.columns.index(name)
        return ((row.number, row.texts[at]) for row in self.rows)


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The first visible sheet with a row of headings that has all required columns.

    The content decides what the file is, not its extension. Raises DefinitionError where there is
    no such table or nothing stands below its headings.
    """
    file, wanted = str(path), (*required, *optional)
    nearest: list[str] = []
    for rows in _sheets(path):
        for at, row in enumerate(rows):
            headings = [_heading(value) for value in row]
            if all(name in headings for name in required):
                return _below(file, rows, at, headings, wanted)
            hits = sum(name in headings for name in required)
            if any(headings) and (not nearest or hits > sum(name in nearest for name in required)):
                nearest = headings
    if not nearest:
        raise _refusal(file, "檔案沒有內容", f"請提供有{_listed(required)}欄的表格")
    missing = [name for name in required if name not in nearest]
    raise _refusal(
        file,
        f"找不到{_listed(missing)}欄；最接近欄名的一列是{_listed([x for x in nearest if x][:10])}",
        f"請將{_listed(required)}放在同一列作為欄名",
    )


def _below(file: str, rows: Rows, at: int, headings: list[str], wanted: tuple[str, ...]) -> Table:
    """The entries below the row of headings."""
    repeated = [name for name in wanted if headings.count(name) > 1]
    if repeated:
        raise _refusal(file, f"{_listed(repeated)}欄出現兩次以上", "請只保留一欄", at + 1)
    found, problems = [], []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        if all(str(value).strip() == "" for value in row):
            continue
        cells = dict(zip(headings, row, strict=False))
        read = [_text(cells.get(name, "")) for name in wanted]
        found.append(Row(number, tuple(text for text, _ in read)))
        problems += [
            Problem(file, f"{name}「{text}」{fault}", _RETYPE, number)
            for name, (text, fault) in zip(wanted, read, strict=True)
            if fault
        ]
    if not found:
        raise _refusal(file, "欄名之下沒有任何資料", "請至少填寫一筆", at + 1)
    return Table(file, wanted, tuple(found), tuple(problems))


def _text(value: object) -> tuple[str, str]:
    """A cell as text, and what forbids to take it so.

    Codes such as 01 are text; of a number only a whole one shows what was typed.
    """
    match value:
        case bool():
            return str(value).upper(), "是邏輯值，不是文字"
        case int() | float() if float(value).is_integer() and abs(value) < 1e15:
            return str(int(value)), ""
        case int() | float():
            return str(value), "是帶小數或過長的數字，無法確定原來的寫法"
        case date() | time() | timedelta():
            return str(value), "是日期或時間，無法確定原來的寫法"
    text = str(value).strip()
    if text in _ERRORS:
        return text, "是公式的錯誤值"
    hidden = sorted({f"U+{ord(char):04X}" for char in text if is_invisible(char)})
    if hidden:
        shown = "".join("\N{REPLACEMENT CHARACTER}" if is_invisible(c) else c for c in text)
        return shown, f"含有換行或看不見的字元（{'、'.join(hidden)}）"
    return text, ""


def _heading(value: object) -> str:
    """A column's name for comparing: widths, blanks and invisible characters do not count."""
    text = normalize("NFKC", str(value)[:40])
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _sheets(path: Path) -> Iterator[Rows]:
    file, data = str(path), _content(path)
    if not data.startswith(_WORKBOOKS):
        yield _csv(file, data)
        return
    book = open_bytes(data, path.suffix, MAX_LIST_ROWS)
    if book == BLANK:
        return
    if isinstance(book, Unreadable):
        raise _refusal(file, book.found, _SAVE_AS)
    for name in book.sheets_shown:
        rows = guarded(partial(book.rows, name))
        if isinstance(rows, Unreadable):
            raise _refusal(file, rows.found, _SAVE_AS)
        if name in book.too_large:
            message = f"工作表「{name}」超過 {MAX_LIST_ROWS:,} 列或 {MAX_COLUMNS} 欄，範圍過大"
            raise _refusal(file, message, "請刪除表格以外的內容後存檔")
        yield rows


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _refusal(str(path), "找不到這個檔案", "請確認路徑與檔名")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"無法開啟檔案（{reason_of(error)}）"
        raise _refusal(str(path), message, "請確認檔案可以讀取，且未被其他程式鎖住") from error
    if len(data) > MAX_BYTES:
        raise _refusal(str(path), "檔案超過 20 MiB", "請只保留名單的表格")
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
            raise _refusal(file, "無法當作 CSV 讀取", _SAVE_AS) from error
    raise _refusal(file, "不是試算表，也不是 UTF-8 或 Big5 的 CSV 檔", _SAVE_AS)


def _utf_8(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _refusal(file: str, message: str, fix: str, line: int | None = None) -> DefinitionError:
    return DefinitionError([Problem(file, message, fix, line)])


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"「{name}」" for name in names)
