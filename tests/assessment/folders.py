"""Folders of assessments as a secretary would have them, with what came in."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from svcq_excel.assessment.folder import Folder, folder_at

SAMPLES = Path(__file__).parents[2] / "samples"
MATTERS = {
    "評分表定義": "wra-105",
    "期別": "105年度上半年",
    "繳交期限": "105年7月31日",
    "考核種類": "自行考核",
    "聯絡人": "綜合企劃組 林小姐",
    "聯絡電話": "02-3707-3000",
}
Rows = Sequence[Sequence[object]]


def units_of(id: str) -> list[list[str]]:
    folder = SAMPLES if id == "wra-105" else SAMPLES / id
    with (folder / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def assessment(
    path: Path,
    matters: Mapping[str, object] = MATTERS,
    units: Rows | None = None,
    returned: Path | None = SAMPLES / "returned",
    **lists: Rows,
) -> Folder:
    """A folder with its plan workbook, forms that were issued, and what came back."""
    path.mkdir(parents=True)
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "計畫"
    for row in (("項目", "值"), *matters.items()):
        sheet.append([*row])
    given = {"受考核單位": units_of("wra-105") if units is None else units, **lists}
    for name, rows in given.items():
        below = book.create_sheet(name)
        for each in rows:
            below.append(each)
    book.save(path / "考核計畫.xlsx")
    folder = folder_at(path)
    assert folder
    if returned:
        shutil.copytree(returned, folder.inbox)
        folder.blank_forms.mkdir()
        (folder.blank_forms / "第一河川局.xlsx").write_bytes(b"")
    return folder
