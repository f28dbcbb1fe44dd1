"""Reads a small table that people keep in a workbook or a CSV file, as text with row numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import reason_of
from svcq_excel.plan.cells import RETYPE, text_of
from svcq_excel.plan.heads import (
    ASSESSOR,
    NAME,
    SPELLINGS,
    Head,
    Rows,
    find_head,
    known_in,
    shown_heading,
)
from svcq_excel.plan.notes import Entry, asides
from svcq_excel.text.big5 import decoded_big5
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_COLUMNS, MAX_LIST_ROWS
from svcq_excel.workbooks.guarding import guarded
from svcq_excel.workbooks.look import CellPlace
from svcq_excel.workbooks.opening import BLANK, open_bytes
from svcq_excel.workbooks.workbook import Unreadable

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip: .xlsx, .ods; OLE2: .xls
_SAVE_AS = "請用試算表程式開啟，取消密碼後另存為 .xlsx、.ods 或「CSV UTF-8」"


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One sheet of a workbook that holds several tables: the plan workbook's 受考核單位."""

    path: Path
    name: str

    def __str__(self) -> str:
        return f"{self.path}「{self.name}」"


Shown = Mapping[CellPlace, str]
"""What cells with numbers show, where that is not the number itself: 01."""


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
    called: Mapping[str, str] = field(default_factory=dict)
    """What the list itself calls its columns."""
    doubts: tuple[Problem, ...] = ()
    """What was left out or taken as was meant most likely: nothing is wrong, a person may look."""

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """Row number and text of every entry; a column that is absent is all blank."""
        at = self.columns.index(name)
        return ((row.number, row.texts[at]) for row in self.rows)

    def call(self, name: str) -> str:
        """A column by the name that the list gives it."""
        return self.called.get(name, name)


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The first visible sheet with a head that has all required columns.

    The content decides what the file is, not its extension. Raises DefinitionError where there is
    no such table or nothing stands below its head.
    """
    file, wanted = str(path), (*required, *optional)
    nearest: Sequence[object] = ()
    for rows, shown in _sheets(path):
        if head := find_head(rows, required, wanted):
            is_roster = bool({NAME, ASSESSOR} & {*required})
            return _below(file, rows, shown, head, wanted, is_roster)
        for row in rows:
            hits = len(known_in(row, required))
            if any(map(shown_heading, row)) and (
                not nearest or hits > len(known_in(nearest, required))
            ):
                nearest = row
    if not nearest:
        raise _refusal(file, "檔案沒有內容", f"請提供有{_listed(required)}欄的表格")
    missing = [name for name in required if name not in known_in(nearest, required)]
    named = [text for text in map(shown_heading, nearest) if text]
    raise _refusal(
        file,
        f"找不到{_listed(missing)}欄；最接近欄名的一列是{_listed(named[:10])}",
        f"請將{_listed(required)}放在同一列作為欄名",
    )


def _below(
    file: str, rows: Rows, shown: Shown, head: Head, wanted: tuple[str, ...], is_roster: bool
) -> Table:
    """The entries below the head, without what is no entry."""
    if head.repeated:
        called = [head.called[name] for name in head.repeated]
        raise _refusal(file, f"{_listed(called)}欄出現兩次以上", "請只保留一欄", head.row + 1)
    entries: list[Entry] = []
    faults: dict[int, list[Problem]] = {}
    for at, row in enumerate(rows[head.below :], start=head.below):
        filled = tuple(text for value in row if (text := str(value).strip()))
        if filled and not head.stands_again_in(row, rows):
            cells = {name: text_of(name, *_cell(name, at, row, head, shown)) for name in wanted}
            entries.append(Entry(at + 1, tuple(text for text, _ in cells.values()), filled))
            faults[at + 1] = [
                Problem(file, f"{head.called[name]}「{text}」{fault}", RETYPE, at + 1)
                for name, (text, fault) in cells.items()
                if fault
            ]
    notes = asides(entries, NAME in wanted) if is_roster else []
    found = [Row(each.number, each.texts) for each in entries if each not in notes]
    if not found:
        raise _refusal(file, "欄名之下沒有任何資料", "請至少填寫一筆", head.below)
    problems = tuple(problem for row in found for problem in faults[row.number])
    doubts = (*_guessed(file, head, wanted), *_left_out(file, notes))
    return Table(file, wanted, tuple(found), problems, head.called, doubts)


def _cell(
    name: str, at: int, row: Sequence[object], head: Head, shown: Shown
) -> tuple[object, str]:
    """The value in a column, and what it shows where that may matter."""
    column = head.columns.get(name)
    if column is None or column >= len(row):
        return "", ""
    return row[column], shown.get((at, column), "") if name in SPELLINGS else ""


def _guessed(file: str, head: Head, wanted: Sequence[str]) -> Iterator[Problem]:
    """Where two columns may be meant, and neither has the name asked for."""
    for name in wanted[:2]:
        if other := head.others.get(name):
            taken = head.called[name]
            message = f"以「{taken}」欄為{name}；另有「{other}」欄，未採用"
            yield Problem(file, message, f"若應採用後者，請將其欄名改為「{name}」", head.row + 1)


def _left_out(file: str, notes: Sequence[Entry]) -> Iterator[Problem]:
    """Rows below one another are told at once."""
    runs: list[list[Entry]] = []
    for note in notes:
        if runs and note.number == runs[-1][-1].number + 1:
            runs[-1].append(note)
        else:
            runs.append([note])
    for run in runs:
        more = f"等 {len(run)} 列" if len(run) > 1 else ""
        message = f"「{_short(run[0].filled[0])}」{more}看來是合計或附註，未列入名單"
        fix = "若應列入，請更正其編號及名稱；否則不必處理"
        yield Problem(file, message, fix, run[0].number)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else f"{line[:20]}…"


def _sheets(path: Path) -> Iterator[tuple[Rows, Shown]]:
    file, data = str(path), _content(path)
    if not data.startswith(_WORKBOOKS):
        yield _csv(file, data), {}
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
        shown = guarded(partial(book.shown, name))
        yield rows, {} if isinstance(shown, Unreadable) else shown


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
