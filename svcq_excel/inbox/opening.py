"""Opens a file as a workbook by what it holds, not by its name; never raises for what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum

from svcq_excel.form.closer import closer_book
from svcq_excel.form.closer_look import CloserBook
from svcq_excel.form.facts import Unreadable
from svcq_excel.form.workbook import Family, Rows

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5_000, 200, 100

T = TypeVar("T")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TELLING: dict[Family, bytes] = {
    "xlsx": b"xl/workbook.xml",
    "xlsb": b"xl/workbook.bin",
    "ods": b"content.xml",
}
_BEGINNINGS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "圖片"),
    (b"\xff\xd8\xff", "圖片"),
    (b"MZ", "程式檔"),
    (b"<html", "網頁"),
    (b"<!doctype", "網頁"),
    (b"<?xml", "XML 文件"),
)


class OpenedWorkbook:
    """A workbook's bytes and its worksheets, each read once when first asked for."""

    def __init__(self, data: bytes, family: Family, book: CalamineWorkbook) -> None:
        self._data, self._family, self._book = data, family, book
        self.sheet_names: Sequence[str] = [
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ][:MAX_SHEETS]
        self._rows: dict[str, Rows] = {}

    @cached_property
    def closer(self) -> CloserBook:
        return closer_book(self._data, self._family)

    def rows(self, sheet: str) -> Rows:
        if sheet not in self._rows:
            found = self._book.get_sheet_by_name(sheet)
            last_row, last_column = found.end or (0, 0)
            fits = last_row < MAX_ROWS and last_column < MAX_COLUMNS
            self._rows[sheet] = found.to_python(skip_empty_area=False) if fits else []
        return self._rows[sheet]


def open_workbook(path: Path) -> OpenedWorkbook | Unreadable:
    """The workbook in a file, or why there is none."""
    try:
        with path.open("rb") as file:
            # Asking for the limit at once would reserve that much for every small file.
            too_large = os.fstat(file.fileno()).st_size > MAX_BYTES
            data = b"" if too_large else file.read()
    except OSError as error:
        return Unreadable("unreadable-file", f"檔案無法開啟（{error.strerror or '讀取錯誤'}）")
    if too_large:
        return Unreadable("unsafe-file", "檔案超過 20 MiB")
    family = sniff(data)
    if isinstance(family, Unreadable):
        return family
    return guarded(
        lambda: OpenedWorkbook(data, family, CalamineWorkbook.from_filelike(BytesIO(data)))
    )


def guarded(read: Callable[[], T]) -> T | Unreadable:
    """What a reader gives, or that it failed: a damaged file can make it panic, and a panic is
    no `Exception`."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return Unreadable("unreadable-file", "檔案已損壞，無法讀取")


def sniff(data: bytes) -> Family | Unreadable:
    """The format of a workbook by its content."""
    if not data:
        return Unreadable("unreadable-file", "檔案是空的（0 位元組）")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return Unreadable("password-protected", "檔案設有開啟密碼")
        return "xls"
    if data.startswith(_ZIP):
        # Names of members stand in the file as they are; looking for them is a hundred times
        # faster than reading the directory, which stands at the end and the reader opens anyway.
        for family, name in _TELLING.items():
            if data.rfind(name) >= 0:
                return family
        return _other_zip(data)
    start = data[:200].lstrip().lower()
    what = next((word for mark, word in _BEGINNINGS if start.startswith(mark.lower())), "")
    return Unreadable("unreadable-file", f"內容是{what}，不是試算表" if what else "內容不是試算表")


def _other_zip(data: bytes) -> Unreadable:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return Unreadable("unreadable-file", "檔案已損壞或不完整，無法讀取")
    what = "Word 文件" if any(name.startswith("word/") for name in names) else "壓縮檔"
    return Unreadable("unreadable-file", f"內容是{what}，不是試算表")
