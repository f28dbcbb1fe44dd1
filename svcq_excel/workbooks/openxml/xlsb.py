"""A closer look into .xlsb: its BIFF12 records, one after the other.

The numbers of records and the places in them are those of [MS-XLSB], sections 2.3 and 2.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from

from svcq_excel.workbooks.bounds import MAX_COLUMNS
from svcq_excel.workbooks.look import (
    ERRORS,
    CellPlace,
    Look,
    Seen,
    from_rk,
    percent_formats,
)
from svcq_excel.workbooks.openxml.package import PackageBook
from svcq_excel.workbooks.openxml.xlsb_appearance import faces_of, veils
from svcq_excel.workbooks.veils import Face, Veil
from svcq_excel.workbooks.zip_parts import Parts

BUNDLE_SHEET = 156
_ROW, _BLANK, _ERROR, _RICH_TEXT = 0, 1, 3, 62
_FORMULA_ERROR, _FORMULAS = 11, {8, 9, 10, 11}
_VALUES = {*range(2, 12), _RICH_TEXT}
_PROTECTION, _PROTECTION_ISO = 535, 678
_FORMAT, _BEGIN_CELL_FORMATS, _END_CELL_FORMATS, _CELL_FORMAT = 44, 617, 618, 47
_HIDDEN = 0x10
_DDE_LINK, _BEGIN_LINK = 1, 360  # [MS-XLSB] BrtBeginSupBook
_RK, _REAL = 2, 5

_DAMAGES = (StructError, IndexError)
_Records = Iterator[tuple[int, int, int]]


class XlsbBook(PackageBook):
    suffixes = frozenset({".xlsb"})
    ending = "bin"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._looks: dict[str, Seen] = {}

    def places(self) -> Sequence[str]:
        return [member.lower() for member in self._members.values() if member]

    def sheet(self, name: str) -> Look:
        look = self._look(name)
        return replace(look, appearance=partial(self._veils, name)) if look else Look()

    def _veils(self, name: str, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        styles = self.parts.read(self.single("styles"))
        part = self.parts.read(self._members[name])
        try:
            return list(veils(part, records(part), _faces(styles), cells))
        except _DAMAGES:
            return ()

    def differs_on(self, name: str) -> str:
        look = self._look(name)
        return f"工作表「{name}」的內容可作兩種解讀" if look and look.is_twice else ""

    def reaches_far(self, name: str) -> bool:
        look = self._look(name)
        return bool(look and look.is_far)

    def _look(self, name: str) -> Seen | None:
        if name not in self._looks and name in self._members:
            part = self.parts.read(self._members[name])
            percents = _percents(self.parts.read(self.single("styles")))
            self._looks[name] = _look(part, percents, self.most_rows)
        return self._looks.get(name)

    def is_dde(self, link: bytes) -> bool:
        kind, at, _ = next(iter(records(link)), (0, 0, 0))
        return kind == _BEGIN_LINK and link[at : at + 2] == _DDE_LINK.to_bytes(2, "little")

    def without(self, workbook: bytes, relations: Set[str]) -> bytes:
        kept, at = [], 0
        for place, relation, _ in sheets(workbook):
            if relation in relations:
                kept.append(workbook[at : place.start])
                at = place.stop
        return b"".join((*kept, workbook[at:]))

    @cached_property
    def _members(self) -> dict[str, str]:
        """The zip member of each sheet, by the sheet's name."""
        found: dict[str, str] = {}
        for _, id, name in sheets(self.parts.read(self.main)):
            relation = self.relations.get(id)
            found.setdefault(name, relation.member if relation else "")
        return found


def records(part: bytes) -> _Records:
    """The kind of each record, and where its content begins and ends."""
    at, end = 0, len(part)
    while at + 2 <= end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = part[at]
        at += 1
        if size & 0x80:  # few records are so long
            size &= 0x7F
            for shift in (7, 14, 21):
                byte = part[at]
                at += 1
                size |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
        yield kind, at, at + size
        at += size


def sheets(workbook: bytes) -> Iterator[tuple[slice, str, str]]:
    """Where each sheet's record lies in the workbook's part; its relation's id; its name."""
    begin = 0
    try:
        for kind, at, end in records(workbook):
            if kind == BUNDLE_SHEET:
                relation, after = _text(workbook, at + 8)
                yield slice(begin, end), relation, _text(workbook, after)[0]
            begin = end
    except _DAMAGES:
        pass


@lru_cache(maxsize=4)  # the forms of a round agree in them, unless a program saved them anew
def _percents(styles: bytes) -> frozenset[int]:
    """The cell formats, counted from 0, that show a percentage."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    of_cells = False
    try:
        for kind, at, _ in records(styles):
            if kind == _FORMAT:
                codes[unpack_from("<H", styles, at)[0]] = _text(styles, at + 2)[0]
            elif kind in {_BEGIN_CELL_FORMATS, _END_CELL_FORMATS}:
                of_cells = kind == _BEGIN_CELL_FORMATS
            elif kind == _CELL_FORMAT and of_cells:
                formats.append(unpack_from("<H", styles, at + 2)[0])
    except _DAMAGES:
        pass
    percents = percent_formats(codes)
    return frozenset(i for i, id in enumerate(formats) if id in percents)


@lru_cache(maxsize=4)
def _faces(styles: bytes) -> Sequence[Face]:
    return faces_of(styles, records(styles))


def _look(sheet: bytes, percent_styles: frozenset[int], most_rows: int) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    hidden: set[int] = set()
    negatives: dict[CellPlace, float] = {}
    is_protected, is_far, is_twice, row, last = False, False, False, -1, -1
    try:
        for kind, at, _ in records(sheet):
            if kind in _VALUES:
                column, style = unpack_from("<II", sheet, at)
                if row >= most_rows or column >= MAX_COLUMNS:
                    is_far = True
                    break
                is_twice, last = is_twice or column <= last, column
                if style & 0xFFFFFF in percent_styles:
                    percents.add((row, column))
                if kind in _FORMULAS:
                    formulas.add((row, column))
                elif kind == _REAL and sheet[at + 15] & 0x80:
                    negatives[row, column] = unpack_from("<d", sheet, at + 8)[0]
                elif kind == _RK and sheet[at + 11] & 0x80:
                    negatives[row, column] = from_rk(unpack_from("<I", sheet, at + 8)[0])
                if kind in {_ERROR, _FORMULA_ERROR}:
                    errors[row, column] = ERRORS.get(sheet[at + 8], "#N/A")
            elif kind == _ROW:
                above, row, last = row, unpack_from("<I", sheet, at)[0], -1
                is_twice = is_twice or row <= above
                if sheet[at + 11] & _HIDDEN and row < most_rows:
                    hidden.add(row)
            elif kind in {_PROTECTION, _PROTECTION_ISO}:
                # After a password, or after how often it was hashed.
                locked = at + (2 if kind == _PROTECTION else 4)
                is_protected = bool(unpack_from("<I", sheet, locked)[0])
    except _DAMAGES:
        pass
    seen = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return Seen(*seen, is_protected, is_far, negatives, is_twice)


def _text(part: bytes, at: int) -> tuple[str, int]:
    """A string that begins with the number of its letters, and where it ends."""
    length = unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * length
    if length > len(part):  # also in place of a string that is not there
        return "", at + 4
    return part[at + 4 : end].decode("utf-16-le", "replace"), end
