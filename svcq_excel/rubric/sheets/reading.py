"""Reads a definition from a workbook: raw data as YAML gives it, and where each part stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import reason_of
from svcq_excel.rubric.sheets.cells import Place
from svcq_excel.rubric.sheets.columns import (
    CLAUSES_SHEET,
    DOCUMENTS,
    DOCUMENTS_SHEET,
    GRADES,
    GRADES_SHEET,
    LEVEL,
    MOST_LEVELS,
    PLAN_SHEET,
    REQUIRED,
    REWARDS,
    REWARDS_SHEET,
    TREE,
    TREE_SHEET,
    Column,
)
from svcq_excel.rubric.sheets.rows.item_rows import read_clauses, read_items
from svcq_excel.rubric.sheets.rows.list_rows import read_documents, read_list
from svcq_excel.rubric.sheets.rows.table import Row, table_of
from svcq_excel.rubric.sheets.rows.taking import Raw, Taking
from svcq_excel.rubric.sheets.rows.tree_rows import read_tree
from svcq_excel.rubric.sheets.values import listed
from svcq_excel.rubric.sheets.workbook_source import WorkbookSource
from svcq_excel.rubric.source import Keys
from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_LIST_ROWS
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Unreadable

_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip: .xlsx, .ods; OLE2: .xls, and what is locked
_SAVE_AS = "請以試算表程式開啟，取消密碼後另存為 .xlsx 或 .ods"

Fault = tuple[Keys, Problem]
"""What is wrong with a part, told already."""


def is_workbook(path: Path) -> bool:
    """Whether a file is one by how it begins; what cannot be read is none."""
    try:
        with path.open("rb") as file:
            return file.read(4) in _STARTS
    except (OSError, ValueError):
        return False


def read_workbook(path: Path) -> tuple[WorkbookSource, tuple[Fault, ...]]:
    """The data of a workbook's sheets, with the faults that do not keep it from being read on.

    Raises DefinitionError where there is no definition in it at all.
    """
    book = _opened(path)
    taking = Taking()
    tables = {
        sheet: table_of(book, sheet, heads, REQUIRED[sheet], taking.tell)
        for sheet, heads in _heads().items()
    }
    lacking = [sheet for sheet in (PLAN_SHEET, TREE_SHEET) if not tables[sheet]]
    if lacking:
        told = [_at(path.name, *fault[1:]) for fault in taking.faults if fault[2] in lacking]
        known = {problem.sheet for problem in told}
        told += [_absent(path.name, sheet, book) for sheet in lacking if sheet not in known]
        raise DefinitionError(told)
    data = _data(tables, taking)
    source = WorkbookSource(path.name, data, taking.given, taking.cells)
    faults = (
        (keys, source.problem_at(place, sheet, message, fix, keys))
        for keys, place, sheet, message, fix in taking.faults
    )
    return source, tuple(faults)


def _heads() -> dict[str, Mapping[str, Sequence[str]]]:
    lists: dict[str, tuple[Column, ...]] = {
        TREE_SHEET: TREE,
        GRADES_SHEET: GRADES,
        REWARDS_SHEET: REWARDS,
        DOCUMENTS_SHEET: DOCUMENTS,
    }
    items = {sheet: dict.fromkeys(REQUIRED[sheet], ()) for sheet in (PLAN_SHEET, CLAUSES_SHEET)}
    return {
        **items,
        **{sheet: {each.head: each.also for each in lists[sheet]} for sheet in lists},
    }


def _data(tables: Mapping[str, list[Row]], taking: Taking) -> Raw:
    data: Raw = {"format": 1}
    read_items(tables[PLAN_SHEET], data, taking)
    levels = data.get("levels")
    known = [str(level) for level in levels] if isinstance(levels, list) else []
    if len(known) > MOST_LEVELS:
        place = taking.cells.get(("levels",))
        message = f"「{LEVEL}」有 {len(known)} 層"
        taking.tell(place, PLAN_SHEET, message, f"請至多列 {MOST_LEVELS} 層", ("levels",))
    data["tree"] = tree = read_tree(tables[TREE_SHEET], known[:MOST_LEVELS], taking)
    data["grades"] = read_list(tables[GRADES_SHEET], GRADES, ("grades",), taking)
    data["rewards"] = read_list(tables[REWARDS_SHEET], REWARDS, ("rewards",), taking)
    data["documents"] = read_documents(tables[DOCUMENTS_SHEET], taking)
    data["clauses"] = read_clauses(tables[CLAUSES_SHEET], tree, taking)
    return data


def _opened(path: Path) -> OpenedWorkbook:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "路徑中有不能使用的字元"
        fix = "請核對檔名與權限，並關閉開著它的程式"
        problem = Problem(path.name, f"檔案無法開啟（{reason}）", fix)
        raise DefinitionError([problem]) from None
    if len(content) > MAX_BYTES:
        fix = "請刪除圖片等與定義無關的內容"
        raise DefinitionError([Problem(path.name, "檔案超過 20 MiB", fix)])
    book = open_bytes(content, path.suffix, MAX_LIST_ROWS)
    if isinstance(book, Unreadable):
        raise DefinitionError([Problem(path.name, book.found, _SAVE_AS)])
    return book


def _at(file: str, place: Place | None, sheet: str, message: str, fix: str) -> Problem:
    line, cell = (place.row + 1, place.cell) if place else (None, "")
    return Problem(file, message, fix, line, (), sheet, cell)


def _absent(file: str, sheet: str, book: OpenedWorkbook) -> Problem:
    if any(name.strip() == sheet for name in book.sheet_names):
        return Problem(file, "欄名之下沒有任何資料", "請填寫", None, (), sheet)
    needed = listed((PLAN_SHEET, TREE_SHEET))
    fix = f"評分表定義的活頁簿須有{needed}工作表；可由 svcq rubric export 產生一份來修改"
    return Problem(file, f"沒有「{sheet}」工作表", fix)
