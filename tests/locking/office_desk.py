"""A folder of an assessment as a secretary has it, and what strangers do to an archive."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import xlsxwriter
from openpyxl import load_workbook

from svcq_excel.assessment.locking.freezing import Locked, lock
from svcq_excel.assessment.locking.manifest import MANIFEST
from svcq_excel.assessment.opened import Assessment, open_folder
from svcq_excel.seal_key import SealKey, lay_key
from tests.conftest import SAMPLES

ROUND = "105年度上半年"
CAME = ("A01", "A02", "A08", "第三河川局")
PLAN = (("評分表定義", "wra-105"), ("期別", ROUND), ("繳交期限", "105年7月31日"))


def new_folder(
    path: Path, plan: tuple[tuple[str, str], ...] = PLAN, **sheets: list[list[str]]
) -> Path:
    """A folder with its plan workbook, and a few forms that came."""
    (path / "收件" / "郵寄 到 的").mkdir(parents=True)
    rows = list(csv.reader((SAMPLES / "units.csv").read_text("utf-8-sig").splitlines()))
    with xlsxwriter.Workbook(path / "考核計畫.xlsx") as book:
        for name, table in {
            "計畫": [["項目", "值"], *map(list, plan)],
            "受考核單位": rows,
            **sheets,
        }.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(table):
                sheet.write_row(at, 0, row)
        lay_key(book, SealKey(bytes(32)))
    for start in CAME:
        for each in (SAMPLES / "returned").glob(f"{start}*"):
            shutil.copy2(each, path / "收件")
    return path


def assessment(path: Path) -> Assessment:
    return open_folder(path)


def locked(path: Path) -> Locked:
    opened = assessment(path)
    return lock(opened.places(), opened.plan())


def members(archive: Path) -> dict[str, bytes]:
    with ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def pack(archive: Path, parts: Mapping[str, bytes], how: int = ZIP_STORED) -> None:
    with ZipFile(archive, "w", how) as made:
        for name, data in parts.items():
            made.writestr(name, data)


def manifest_with(
    parts: Mapping[str, bytes], change: Callable[[dict[str, object]], object]
) -> bytes:
    """The manifest changed by somebody who knows how it is made."""
    said = json.loads(parts[MANIFEST])
    for each in said["files"]:
        data = parts.get(each["path"], b"")
        each |= {"size": len(data), "sha256": sha256(data).hexdigest()}
    change(said)
    del said["check"]
    whole = json.dumps(said, sort_keys=True, separators=(",", ":"))
    said["check"] = sha256(whole.encode("ascii")).hexdigest()
    return json.dumps(said).encode()


def with_cell(workbook: bytes, sheet: str, cell: str, value: object) -> bytes:
    book, stream = load_workbook(BytesIO(workbook)), BytesIO()
    book[sheet][cell].value = value
    book.save(stream)
    return stream.getvalue()
