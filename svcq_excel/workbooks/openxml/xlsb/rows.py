"""What the rows of a sheet of .xlsb tell, each by itself, and all of them together.

The numbers of records and the places in them are those of [MS-XLSB], sections 2.3 and 2.4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from struct import unpack_from
from typing import NamedTuple

from svcq_excel.workbooks.bounds import MAX_COLUMNS
from svcq_excel.workbooks.look import ERRORS, CellPlace, Seen, from_rk
from svcq_excel.workbooks.openxml.xlsb.appearance import Drawn, drawn_in
from svcq_excel.workbooks.openxml.xlsb.records import DAMAGES, ROW, cut, records
from svcq_excel.workbooks.seen_before import SeenBefore

_ERROR, _RICH_TEXT = 3, 62
_FORMULA_ERROR, _FORMULAS = 11, {8, 9, 10, 11}
_VALUES = {*range(2, 12), _RICH_TEXT}
_PROTECTION, _PROTECTION_ISO = 535, 678
_HIDDEN = 0x10
_RK, _REAL = 2, 5


class Told(NamedTuple):
    """What some rows tell besides values."""

    styles: Mapping[int, Sequence[CellPlace]]
    """By cell format, the cells with a value."""
    formulas: Sequence[CellPlace]
    errors: Mapping[CellPlace, str]
    hidden: Sequence[int]
    negatives: Mapping[CellPlace, float]
    is_protected: bool | None
    """None where nothing is said of it."""
    is_far: bool
    """Whether they were walked no further than a value far out."""
    is_twice: bool
    """Whether they were walked no further than a cell or a row that did not come after the one
    before it."""
    rows: tuple[int, int] | None
    """The first and the last of them."""


def rows_of(sheet: bytes, most_rows: int) -> tuple[Sequence[bytes], Sequence[Told]]:
    """A sheet by its rows, and what each tells; in one piece where something is unusual."""
    pieces = cut(sheet)
    told = _telling(most_rows).said_of(pieces)
    return (pieces, told) if told else ([sheet], [_told_in(sheet, most_rows)[0]])


def drawn_by(rows: Sequence[bytes]) -> Sequence[Drawn]:
    """How each says that its cells are drawn. Raises one of DAMAGES."""
    known = _DRAWN.said_of(rows) if len(rows) > 1 else None
    return known or [drawn_in(row, records(row)) for row in rows]


@lru_cache(maxsize=4)
def _telling(most_rows: int) -> SeenBefore[Told]:
    def look(piece: bytes) -> Told | None:
        told, end = _told_in(piece, most_rows)
        return told if end == len(piece) else None

    return SeenBefore(look)


def _drawn(piece: bytes) -> Drawn | None:
    try:
        return drawn_in(piece, records(piece))
    except DAMAGES:
        return None


_DRAWN = SeenBefore(_drawn)


def _told_in(sheet: bytes, most_rows: int) -> tuple[Told, int]:
    """What rows tell, and where the last record ends of those that were walked."""
    styles = defaultdict[int, list[CellPlace]](list)
    formulas, errors, hidden = list[CellPlace](), dict[CellPlace, str](), list[int]()
    negatives: dict[CellPlace, float] = {}
    is_protected: bool | None = None
    is_far, is_twice, first, row, last, whole = False, False, -1, -1, -1, 0
    try:
        for kind, at, end in records(sheet):
            if kind in _VALUES:
                column, style = unpack_from("<II", sheet, at)
                if row >= most_rows or column >= MAX_COLUMNS:
                    is_far = True
                    break
                if column <= last:
                    is_twice = True
                    break
                last = column
                styles[style & 0xFFFFFF].append((row, column))
                if kind in _FORMULAS:
                    formulas.append((row, column))
                elif kind == _REAL and sheet[at + 15] & 0x80:
                    negatives[row, column] = unpack_from("<d", sheet, at + 8)[0]
                elif kind == _RK and sheet[at + 11] & 0x80:
                    negatives[row, column] = from_rk(unpack_from("<I", sheet, at + 8)[0])
                if kind in {_ERROR, _FORMULA_ERROR}:
                    errors[row, column] = ERRORS.get(sheet[at + 8], "#N/A")
            elif kind == ROW:
                above, row, last = row, unpack_from("<I", sheet, at)[0], -1
                first = row if first < 0 else first
                if row <= above:
                    is_twice = True
                    break
                if sheet[at + 11] & _HIDDEN and row < most_rows:
                    hidden.append(row)
            elif kind in {_PROTECTION, _PROTECTION_ISO}:
                # After a password, or after how often it was hashed.
                locked = at + (2 if kind == _PROTECTION else 4)
                is_protected = bool(unpack_from("<I", sheet, locked)[0])
            whole = end
    except DAMAGES:
        pass
    rows = (first, row) if first >= 0 else None
    seen = styles, formulas, errors, hidden, negatives, is_protected
    return Told(*seen, is_far, is_twice, rows), whole


def seen(told: Iterable[Told], percent_styles: frozenset[int]) -> Seen:
    """What all rows of a sheet tell together."""
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    hidden: set[int] = set()
    negatives: dict[CellPlace, float] = {}
    is_protected, is_far, is_twice, above = False, False, False, -1
    for each in told:
        first, last = each.rows or (above + 1, above)
        if first <= above:
            is_twice = True
            break
        above = last
        formulas.update(each.formulas)
        for style in percent_styles.intersection(each.styles):
            percents.update(each.styles[style])
        errors.update(each.errors)
        hidden.update(each.hidden)
        negatives.update(each.negatives)
        if each.is_protected is not None:
            is_protected = each.is_protected
        is_twice, is_far = each.is_twice, each.is_far
        if is_twice or is_far:
            break
    found = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return Seen(*found, is_protected, is_far, negatives, is_twice)
