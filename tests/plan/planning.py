"""Writes plan workbooks as a person's Excel would: openpyxl, a sheet a table."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).parents[2] / "samples"

Rows = Sequence[Sequence[object]]

HEADS = {
    "考核人員": ("編號", "考核人員", "組別", "受考核單位"),
    "決定": ("檔案", "考核人員", "受考核單位", "決定", "理由", "決定人"),
    "複評及加減分": ("編號", "複評結果", "複評日期"),
}
USUAL = {"評分表定義": "wra-105", "期別": "105年度上半年", "考核種類": "自行考核"}


def units_of(id: str) -> Rows:
    folder = SAMPLES if id == "wra-105" else SAMPLES / id
    with (folder / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write_plan(
    path: Path,
    matters: Mapping[str, object] | Rows = USUAL,
    units: Rows | None = None,
    **lists: Rows,
) -> Path:
    """A plan workbook with all its sheets; lists that are not given have their heads alone."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "計畫"
    rows = matters.items() if isinstance(matters, Mapping) else matters
    for row in (("項目", "值"), *rows):
        sheet.append(row)
    given: dict[str, Rows] = {"受考核單位": units_of("wra-105") if units is None else units}
    given |= {name: [head] for name, head in HEADS.items()}
    for name, rows_of in {**given, **lists}.items():
        below = book.create_sheet(name)
        for each in rows_of:
            below.append(each)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def edit(folder: Path, matters: Mapping[str, object], **lists: Rows) -> None:
    """Fills in the plan workbook that `svcq new` made, as Excel would save it."""
    path = folder / "考核計畫.xlsx"
    book = load_workbook(path)
    for name, value in matters.items():
        _put(book["計畫"], row_of(book["計畫"], name), 2, value)
    for name, rows in lists.items():
        heads = [cell.value for cell in book[name][1]]
        columns = [heads.index(str(head)) + 1 for head in rows[0]]
        for at, row in enumerate(rows[1:], 2):
            for column, value in zip(columns, row, strict=True):
                _put(book[name], at, column, value)
    book.save(path)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    sheet.cell(row, column).value = value


def row_of(sheet: Worksheet, name: str) -> int:
    """The first row of 計畫 with this 項目."""
    return [cell.value for cell in sheet["A"]].index(name) + 1
