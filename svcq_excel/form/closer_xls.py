"""A closer look into .xls: its BIFF8 records, one after the other.

The numbers of records and the places in them are those of [MS-XLS], sections 2.3 and 2.4. Older
.xls (Excel 95) tells nothing here, nor does one with a password.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from struct import error as StructError  # noqa: N812  the library's own name says too little
from struct import unpack_from

from svcq_excel.form.closer_look import CloserBook, CloserLook, Place, Seen, percent_formats
from svcq_excel.form.closer_ole import stream, user_properties

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
_ROW, _FORMULA, _MULRK, _NUMBER, _RK, _BOOLERR = 0x208, 0x06, 0xBD, 0x203, 0x27E, 0x205
_PROTECT = 0x12
_HIDDEN = 0x20
_ERROR_RESULT, _NOT_A_NUMBER = 2, 0xFFFF
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_Records = Iterator[tuple[int, bytes]]


class XlsBook(CloserBook):
    def __init__(self, data: bytes) -> None:
        self._data = data

    def sheet(self, name: str) -> CloserLook:
        try:
            starts, percents = _globals(_records(self._workbook, 0))
            if name in starts:
                return _look(_records(self._workbook, starts[name]), percents)
        except (StructError, IndexError):  # a record shorter than its kind demands
            pass
        return CloserLook()

    def properties(self) -> dict[str, str]:
        return user_properties(stream(self._data, "\x05DocumentSummaryInformation"))

    @cached_property
    def _workbook(self) -> bytes:
        return stream(self._data, "Workbook")


def _records(stream: bytes, at: int) -> _Records:
    """The records from a place on to the end of the substream that begins there."""
    begun = False
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        if kind == _EOF or (begun and kind == _BOF):  # embedded charts follow the cells
            return
        begun = True
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _globals(records: _Records) -> tuple[dict[str, int], frozenset[int]]:
    """Where each sheet begins, and the cell formats that show a percentage."""
    starts: dict[str, int] = {}
    codes: dict[int, str] = {}
    formats: list[int] = []
    for kind, body in records:
        if kind == _FILEPASS:  # from here on all is encrypted
            return {}, frozenset()
        if kind == _BOUNDSHEET:
            starts.setdefault(_text(body, 7, body[6]), unpack_from("<I", body)[0])
        elif kind == _FORMAT:
            id, length = unpack_from("<HH", body)
            codes[id] = _text(body, 4, length)
        elif kind == _XF:
            formats.append(unpack_from("<H", body, 2)[0])
    percents = percent_formats(codes)
    return starts, frozenset(i for i, id in enumerate(formats) if id in percents)


def _look(records: _Records, percent_styles: frozenset[int]) -> Seen:
    formulas: set[Place] = set()
    percents: set[Place] = set()
    errors: dict[Place, str] = {}
    hidden: set[int] = set()
    is_protected = False
    for kind, body in records:
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
        elif kind in {_FORMULA, _NUMBER, _RK, _BOOLERR}:
            row, column, style = unpack_from("<HHH", body)
            if style in percent_styles:
                percents.add((row, column))
            if kind == _FORMULA:
                formulas.add((row, column))
            if (code := _error(kind, body)) is not None:
                errors[row, column] = _ERRORS.get(code, "#N/A")
    return Seen(frozenset(formulas), errors, frozenset(percents), frozenset(hidden), is_protected)


def _error(kind: int, body: bytes) -> int | None:
    """The code of the error value that a cell holds or its formula gave."""
    if kind == _BOOLERR:
        return body[6] if body[7] else None
    if kind == _FORMULA and unpack_from("<H", body, 12)[0] == _NOT_A_NUMBER:
        return body[8] if body[6] == _ERROR_RESULT else None
    return None


def _text(body: bytes, flags_at: int, length: int) -> str:
    """A string of so many letters; its flags tell whether each takes two bytes or one."""
    start = flags_at + 1
    if body[flags_at] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")
