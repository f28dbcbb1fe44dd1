"""A closer look into .xls: its BIFF8 records, one after the other.

The numbers of records and the places in them are those of [MS-XLS], sections 2.3 and 2.4. Older
.xls (Excel 95) tells nothing here, nor does one with a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from struct import unpack_from

from svcq_excel.workbooks.look import (
    ERRORS,
    Book,
    CellPlace,
    Look,
    Oddity,
    Seen,
    from_rk,
    shown_in,
)
from svcq_excel.workbooks.ole.biff import OF_CELLS, Records, a_cell_twice, records_of
from svcq_excel.workbooks.ole.properties import saved_by, user_properties
from svcq_excel.workbooks.ole.storage import DAMAGES, SIGNATURE, Storage, root
from svcq_excel.workbooks.veils import Face, Veil
from svcq_excel.workbooks.xls.appearance import OF_A_SHEET, OF_FACES, faces_of, veils
from svcq_excel.workbooks.xls.globals import OF_THE_BOOK, Globals, globals_of

_DDE = "\3"  # between the name of the program and what it is asked for
_ROW, _FORMULA, _MULRK, _NUMBER, _RK, _BOOLERR = 0x208, 0x06, 0xBD, 0x203, 0x27E, 0x205
_PROTECT = 0x12
_HIDDEN = 0x20
_ERROR_RESULT, _NOT_A_NUMBER = 2, 0xFFFF

_STREAMS = ("workbook", "book")
_NUMBERS = {_MULRK, _FORMULA, _NUMBER, _RK}
_TELLING = {_PROTECT, _ROW, _MULRK, _FORMULA, _NUMBER, _RK, _BOOLERR}
"""The kinds of records that tell something; most records are neither."""
_OF_A_SHEET = OF_A_SHEET | OF_CELLS | _TELLING
_MOST_KEPT = 2 * 1024 * 1024
"""Bytes of all records of a workbook of which a sheet's are walked once."""


class XlsBook(Book):
    suffixes = frozenset({".xls", ".xlt", ".et", ".ett"})
    checksummed = False

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._kept: dict[int, Sequence[tuple[int, bytes]]] = {}

    def for_calamine(self) -> bytes:
        return self._data

    def is_encrypted(self) -> bool:
        return self.globals.encrypted

    def differs(self) -> str:
        try:
            streams = self._root.twice(_STREAMS) if self._root else False
        except DAMAGES:
            streams = False
        return "檔案內有不只一份活頁簿" if streams else ""

    def differs_on(self, name: str) -> str:
        start = self.globals.starts.get(name)
        twice = start is not None and a_cell_twice(partial(self._records, start))
        return f"工作表「{name}」的內容可作兩種解讀" if twice else ""

    def oddities(self) -> Iterator[Oddity]:
        if self.globals.has_macro_sheets or "_vba_project_cur" in self.names:
            yield "macros"
        dde = [_DDE in link for link in self.globals.links]
        if not all(dde):
            yield "external-links"
        if any(dde):
            yield "dde"
        if self.globals.has_connections:
            yield "connections"

    def places(self) -> Sequence[int]:
        return list(self.globals.starts.values())

    def sheet(self, name: str) -> Look:
        try:
            if name in self.globals.starts:
                start = self.globals.starts[name]
                look = _look(self._records(start), self.globals.percents)
                return replace(look, appearance=partial(self._veils, start))
        except DAMAGES:  # a record shorter than its kind demands
            pass
        return Look()

    def _veils(self, start: int, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        try:
            return list(veils(self._records(start), self._faces, cells))
        except DAMAGES:
            return ()

    @cached_property
    def _faces(self) -> Sequence[Face]:
        found = [each for each in self._of_the_book if each[0] in OF_FACES]
        return faces_of(tuple(found), tuple(self.globals.all_codes.items()))

    def shown(self, name: str, rows: Sequence[Sequence[object]]) -> dict[CellPlace, str]:
        try:
            if name in self.globals.starts:
                found = records_of(self._workbook, self.globals.starts[name], _NUMBERS)
                return shown_in(dict(_formats(found, self.globals.codes)), rows)
        except DAMAGES:
            pass
        return {}

    def properties(self) -> dict[str, str]:
        return user_properties(self._stream("\x05DocumentSummaryInformation"))

    @cached_property
    def globals(self) -> Globals:
        try:
            return globals_of(self._of_the_book)
        except DAMAGES:
            return Globals(False, {}, frozenset(), [], False, False)

    @cached_property
    def _of_the_book(self) -> Sequence[tuple[int, bytes]]:
        return [*records_of(self._workbook, 0, OF_THE_BOOK | OF_FACES)]

    def _records(self, start: int) -> Records:
        """Those of a sheet, which three looks ask for; of a large one each walks them itself."""
        found = records_of(self._workbook, start, _OF_A_SHEET)
        if len(self._workbook) > _MOST_KEPT:
            return found
        if start not in self._kept:
            self._kept[start] = [*found]
        return self._kept[start]

    @cached_property
    def _workbook(self) -> bytes:
        return self._stream("Workbook")

    @cached_property
    def names(self) -> Sequence[str]:
        """Of the streams and folders in the file, in small letters."""
        return self._root.names if self._root else ()

    def saved_by(self) -> tuple[str, datetime | None]:
        """The program that saved the workbook, and when."""
        return saved_by(self._stream("\x05SummaryInformation"))

    @cached_property
    def _root(self) -> Storage | None:
        try:
            return root(self._data) if self._data.startswith(SIGNATURE) else None
        except DAMAGES:
            return None

    def _stream(self, name: str) -> bytes:
        try:
            return self._root.stream(name) if self._root else b""
        except DAMAGES:
            return b""


def _look(records: Records, percent_styles: frozenset[int]) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    hidden: set[int] = set()
    negatives: dict[CellPlace, float] = {}
    is_protected = False
    for kind, body in records:
        if kind not in _TELLING:
            continue
        if kind == _PROTECT:
            is_protected = bool(unpack_from("<H", body)[0])
        elif kind == _ROW:
            if body[12] & _HIDDEN:
                hidden.add(unpack_from("<H", body)[0])
        elif kind == _MULRK:
            row, first = unpack_from("<HH", body)
            for i, at in enumerate(range(4, len(body) - 7, 6)):
                if unpack_from("<H", body, at)[0] in percent_styles:
                    percents.add((row, first + i))
        else:
            row, column, style = unpack_from("<HHH", body)
            if style in percent_styles:
                percents.add((row, column))
            if kind == _FORMULA:
                formulas.add((row, column))
            elif kind == _NUMBER and body[13] & 0x80:
                negatives[row, column] = unpack_from("<d", body, 6)[0]
            elif kind == _RK and body[9] & 0x80:
                negatives[row, column] = from_rk(unpack_from("<I", body, 6)[0])
            if (code := _error(kind, body)) is not None:
                errors[row, column] = ERRORS.get(code, "#N/A")
    seen = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return Seen(*seen, is_protected, negatives=negatives)


def _formats(records: Records, codes: Mapping[int, str]) -> Iterator[tuple[CellPlace, str]]:
    """The cells with a number in a format of the workbook's own."""
    for kind, body in records:
        row, column, style = unpack_from("<HHH", body)
        if kind != _MULRK:
            styles = [(column, style)]
        else:
            places = enumerate(range(4, len(body) - 7, 6))
            styles = [(column + i, unpack_from("<H", body, at)[0]) for i, at in places]
        yield from (((row, at), codes[style]) for at, style in styles if style in codes)


def _error(kind: int, body: bytes) -> int | None:
    """The code of the error value that a cell holds or its formula gave."""
    if kind == _BOOLERR:
        return body[6] if body[7] else None
    if kind == _FORMULA and unpack_from("<H", body, 12)[0] == _NOT_A_NUMBER:
        return body[8] if body[6] == _ERROR_RESULT else None
    return None
