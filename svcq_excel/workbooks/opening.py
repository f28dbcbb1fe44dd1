"""Opens bytes as a workbook by what they hold, not by a name; never raises for what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from svcq_excel.workbooks.bounds import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from svcq_excel.workbooks.decrypting import decrypted
from svcq_excel.workbooks.guarding import DoctypeError, TwoDocumentsError, guarded
from svcq_excel.workbooks.look import Book, CellPlace, Oddity
from svcq_excel.workbooks.origin import Origin, origin_of
from svcq_excel.workbooks.second_look import closer_book
from svcq_excel.workbooks.sniffing import sniff, trimmed
from svcq_excel.workbooks.workbook import Rows, Unreadable
from svcq_excel.workbooks.zip_parts import Parts

LOCKED = Unreadable("locked", "檔案設有開啟密碼")
BLANK = Unreadable("unreadable", "活頁簿的工作表都是空白的")
SHARED = Unreadable("unreadable", "活頁簿有不只一張工作表取自檔案內的同一處")
"""No office program writes such a file, and each of those sheets would have to be read."""
BUILT_IN: Oddity = "built-in-password"


class OpenedWorkbook:
    """A workbook's parts and its worksheets, each read once when first asked for."""

    def __init__(
        self, parts: Parts, closer: Book, book: CalamineWorkbook, oddities: Sequence[Oddity]
    ) -> None:
        self._parts, self.closer, self._book, self._oddities = parts, closer, book, oddities
        sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        self.sheet_names: Sequence[str] = [sheet.name for sheet in sheets]
        self.sheets_shown: Sequence[str] = [
            sheet.name
            for sheet in sheets
            if sheet.visible == SheetVisibleEnum.Visible and not closer.hides(sheet.name)
        ]
        self._rows: dict[str, Rows] = {}
        self.too_large: list[str] = []
        """The worksheets that were asked for, but reach too far."""

    @cached_property
    def origin(self) -> Origin:
        return origin_of(self.closer, self._oddities)

    def rows(self, sheet: str) -> Rows:
        if sheet not in self._rows:
            rows = self._read(sheet)
            if rows is None:
                self.too_large.append(sheet)
            self._rows[sheet] = rows or []
        return self._rows[sheet]

    def shown(self, sheet: str) -> dict[CellPlace, str]:
        """What cells with numbers show, where it is known and not the number itself: 01, A01."""
        return self.closer.shown(sheet, self.rows(sheet))

    def _read(self, sheet: str) -> Rows | None:
        is_far = self.closer.reaches_far(sheet)
        if self._parts.damaged:  # what the reader does not notice where a sheet's cells are whole
            raise ValueError(f"checksum of {self._parts.damaged[0]}")
        if self._parts.declaring:
            raise DoctypeError(self._parts.declaring[0])
        if differs := self.closer.differs_on(sheet):
            raise TwoDocumentsError(differs)
        if is_far:
            return None
        found = self._book.get_sheet_by_name(sheet)
        last_row, last_column = self.closer.last(sheet, found.end) or (0, 0)
        if last_row >= self.closer.most_rows or last_column >= MAX_COLUMNS:
            return None
        return self.closer.whole(sheet, found.to_python(skip_empty_area=False))


def open_bytes(
    data: bytes, suffix: str = "", most_rows: int = MAX_ROWS
) -> OpenedWorkbook | Unreadable:
    """The workbook that a file holds whose name ends in `suffix`, or why it holds none.

    Of sheets that reach beyond so many rows nothing is read.
    """
    return guarded(lambda: _opened(data, suffix.lower(), most_rows))


def _opened(
    data: bytes, suffix: str, most_rows: int, oddities: tuple[Oddity, ...] = ()
) -> OpenedWorkbook | Unreadable:
    data, had_junk = trimmed(data)
    if had_junk:
        oddities += ("junk-around",)
    family = sniff(data)
    if isinstance(family, Unreadable):
        locked = family.reason == LOCKED.reason and BUILT_IN not in oddities
        return _unlocked(data, suffix, most_rows, oddities) if locked else family
    parts = Parts(data)
    closer = closer_book(parts, family)
    closer.most_rows = most_rows
    closer.read_ahead()
    if len(set(places := closer.places())) < len(places):
        return SHARED
    try:
        book = _read_by_calamine(closer)
    except CalamineError:
        if closer.is_encrypted() and BUILT_IN not in oddities:
            return _unlocked(data, suffix, most_rows, oddities)
        raise
    if not parts.damaged and (differs := closer.differs()):
        raise TwoDocumentsError(differs)
    if suffix and suffix not in closer.suffixes:
        oddities = ("wrong-extension", *oddities)
    opened = OpenedWorkbook(parts, closer, book, oddities)
    return _unfit(book.sheet_names, opened) or opened


def _read_by_calamine(closer: Book) -> CalamineWorkbook:
    """The reader's workbook, of a mended copy where it refuses what the format allows."""
    try:
        return CalamineWorkbook.from_filelike(BytesIO(closer.for_calamine()))
    except CalamineError:
        if (copy := closer.mended()) is None:
            raise
        return CalamineWorkbook.from_filelike(BytesIO(copy))


def _unlocked(
    data: bytes, suffix: str, most_rows: int, oddities: tuple[Oddity, ...]
) -> OpenedWorkbook | Unreadable:
    """An encrypted file, read on if the password that every Excel knows opens it."""
    plain = decrypted(data, MAX_BYTES)
    return _opened(plain, suffix, most_rows, (*oddities, BUILT_IN)) if plain else LOCKED


def _unfit(all_sheets: Sequence[str], opened: OpenedWorkbook) -> Unreadable | None:
    """Why nothing could be read from a workbook that opened."""
    if len(all_sheets) > MAX_SHEETS:
        return Unreadable("unsafe", f"活頁簿有 {len(all_sheets):,} 張工作表")
    # No office program allows it, and the reader would give one sheet's values for both.
    if twins := [name for name, count in Counter(all_sheets).items() if count > 1]:
        raise TwoDocumentsError(f"活頁簿有不只一張工作表名為「{twins[0]}」")
    if not opened.sheet_names:
        return Unreadable("unreadable", "活頁簿內沒有工作表")
    if not any(opened.rows(name) or opened.too_large for name in opened.sheet_names):
        return BLANK
    return None
