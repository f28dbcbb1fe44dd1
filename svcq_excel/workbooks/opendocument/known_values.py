"""Rows of .ods whose values the reader told before, in another form: it gets the others alone.

What it makes of a row hangs on nothing but the row's bytes, as long as the document is XML and its
letters are UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from svcq_excel.workbooks.areas import CellPlace
from svcq_excel.workbooks.opendocument.cells import Row, read_rows
from svcq_excel.workbooks.opendocument.content import Content
from svcq_excel.workbooks.opendocument.markup import is_xml
from svcq_excel.workbooks.seen_before import Kept
from svcq_excel.workbooks.thinned import T, Values, trimmed

_PREFIX, _ROW = b"table", b"<table:table-row"
_UTF_8 = re.compile(rb"""<\?xml\s[^<>]*?encoding\s*=\s*["']utf-8["']""", re.IGNORECASE)
_MOST_LINES = 2_000


_TOLD: Kept[bytes, Values] = Kept()


class Asked(NamedTuple):
    """A row that the reader gets."""

    number: int
    """From 0, on the whole sheet."""
    line: bytes
    reach: int
    """Its columns up to the last one with a value; -1 where it is no row by itself."""


class ThinTable:
    """A sheet without the rows whose values are known."""

    def __init__(self, rows: Iterable[tuple[bytes, Row]]) -> None:
        self.known: dict[int, Values] = {}
        self._asked: list[Asked] = []
        for number, (line, row) in enumerate(rows):
            values = _TOLD.get(line) if row.is_whole else None
            if values is not None:
                self.known[number] = values
            else:
                self._asked.append(Asked(number, line, row.reach if row.is_whole else -1))
        self._width = max((len(values) for values in self.known.values()), default=0)
        self._height = max((at for at, values in self.known.items() if values), default=-1) + 1

    def last(self, end: CellPlace | None) -> CellPlace | None:
        """The last row and column, given those of what was left."""
        if end is not None:
            end = self._number(end[0]), end[1]
        if not self._height:
            return end
        row, column = end or (0, 0)
        return max(row, self._height - 1), max(column, self._width - 1)

    def whole(self, rows: list[list[T]]) -> list[list[T]]:
        """The values of all rows, given those of what was left."""
        for values, asked in zip(rows, self._asked, strict=False):
            told = trimmed(values)
            if len(told) == asked.reach:
                _TOLD.keep(asked.line, told, len(asked.line))
        for asked in self._asked[len(rows) :]:  # below the last value
            if not asked.reach:
                _TOLD.keep(asked.line, (), len(asked.line))
        width = max(self._width, len(rows[0]) if rows else 0)
        height = max(self._height, self._number(len(rows) - 1) + 1 if rows else 0)
        blank: Any = ""
        found: list[list[T]] = [[blank] * width for _ in range(height)]
        for number, known in self.known.items():
            if known:
                found[number][: len(known)] = known
        for values, asked in zip(rows, self._asked, strict=False):
            found[asked.number][: len(values)] = values
        return found

    def _number(self, at: int) -> int:
        """Where a row stands on the whole sheet."""
        return self._asked[at].number


class ThinContent(NamedTuple):
    """The content without the rows whose values are known, and those sheets that lack any."""

    spelled: bytes
    tables: dict[str, ThinTable]


def thin(content: Content) -> ThinContent | None:
    """None where it is not plain that each row stands for itself."""
    lines, begun = content.pieces, content.begun
    if content.prefix != _PREFIX or not _UTF_8.match(content.head) or len(lines) > _MOST_LINES:
        return None
    if not begun or (places := content.in_order()) is None:
        return None
    rows = read_rows(lines, _PREFIX)
    others = (
        _ROW + line for line, row in zip(lines[1:], rows[1:], strict=True) if not row.is_whole
    )
    before = begun + lines[0][content.first :]
    if not _is_xml(b"".join((before, *others))):
        return None
    gone: set[int] = set()
    tables: dict[str, ThinTable] = {}
    for name, (first, last) in places.items():
        valued = [at for at in range(first + 1, last + 1) if rows[at].reach]
        end = max(valued, default=first) + 1
        if any(row.times != 1 for row in rows[first + 1 : end]):
            continue
        tables[name] = ThinTable(zip(lines[first + 1 : end], rows[first + 1 : end], strict=True))
        gone.update(first + 1 + number for number in tables[name].known)
    kept = (_ROW + line for at, line in enumerate(lines) if at and at not in gone)
    return ThinContent(b"".join((before, *kept)), tables)


_is_xml = lru_cache(maxsize=4)(is_xml)  # the forms of a round agree in all but some of their rows
