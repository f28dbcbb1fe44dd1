"""Opens a file as a workbook by what it holds, not by its name; never raises for what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from svcq_excel.form.closer import closer_book
from svcq_excel.form.closer_look import CloserBook
from svcq_excel.form.facts import Unreadable
from svcq_excel.form.workbook import Family, Rows
from svcq_excel.inbox.sniffing import sniff

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5_000, 200, 100

T = TypeVar("T")


class OpenedWorkbook:
    """A workbook's bytes and its worksheets, each read once when first asked for."""

    def __init__(self, data: bytes, family: Family, book: CalamineWorkbook) -> None:
        self._data, self._family, self._book = data, family, book
        self.sheet_names: Sequence[str] = [
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ][:MAX_SHEETS]
        self._rows: dict[str, Rows] = {}
        self.too_large: list[str] = []
        """The worksheets that were asked for, but reach further than any form."""

    @cached_property
    def closer(self) -> CloserBook:
        return closer_book(self._data, self._family)

    def rows(self, sheet: str) -> Rows:
        if sheet not in self._rows:
            found = self._book.get_sheet_by_name(sheet)
            last_row, last_column = found.end or (0, 0)
            if last_row < MAX_ROWS and last_column < MAX_COLUMNS:
                self._rows[sheet] = found.to_python(skip_empty_area=False)
            else:
                self._rows[sheet] = []
                self.too_large.append(sheet)
        return self._rows[sheet]


def open_workbook(path: Path) -> OpenedWorkbook | Unreadable:
    """The workbook in a file, or why there is none."""
    try:
        with path.open("rb") as file:
            # Asking for the limit at once would reserve that much for every small file.
            too_large = os.fstat(file.fileno()).st_size > MAX_BYTES
            data = b"" if too_large else file.read()
    except OSError as error:
        what = "資料夾" if path.is_dir() else "檔案"
        return Unreadable("unreadable-file", f"{what}無法開啟（{error.strerror or '讀取錯誤'}）")
    if too_large:
        return Unreadable("unsafe-file", "檔案超過 20 MiB")
    family = sniff(data)
    if isinstance(family, Unreadable):
        return family
    return guarded(lambda: _opened(data, family))


def _opened(data: bytes, family: Family) -> OpenedWorkbook | Unreadable:
    try:
        return OpenedWorkbook(data, family, CalamineWorkbook.from_filelike(BytesIO(data)))
    except CalamineError:
        if _has_password(data, family):
            return Unreadable("password-protected", "檔案設有開啟密碼")
        raise


def _has_password(data: bytes, family: Family) -> bool:
    """Only of a file with a name does the reader say so."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / f"copy.{family}"
        copy.write_bytes(data)
        try:
            CalamineWorkbook.from_path(copy).close()
        except PasswordError:
            return True
        except CalamineError:
            pass
    return False


def guarded(read: Callable[[], T]) -> T | Unreadable:
    """What a reader gives, or that it failed: a damaged file can make it panic, and a panic is
    no `Exception`."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        return Unreadable("unsafe-file", "檔案內容過大，無法讀取")
    except Exception:
        return Unreadable("unreadable-file", "檔案已損壞，無法讀取")
    except BaseException:
        return Unreadable("unsafe-file", "檔案使讀取程式異常中止")
