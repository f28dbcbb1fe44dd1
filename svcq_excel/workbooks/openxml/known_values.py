"""Rows of .xlsx whose values the reader told before, in another form: it gets the others alone.

What it makes of a row hangs on the row's bytes, on the texts that it names, on the cell formats and
on where the workbook's days begin: rows are known again where all of these are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from svcq_excel.workbooks.areas import CellPlace
from svcq_excel.workbooks.bounds import MAX_SMALL_PART
from svcq_excel.workbooks.openxml.grammar import ROW, usual_texts
from svcq_excel.workbooks.openxml.rows import LARGE, CutSheet, Row, cut
from svcq_excel.workbooks.seen_before import Kept
from svcq_excel.workbooks.thinned import T, Values, trimmed

_WORKBOOK, _STYLES, _STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_DAYS_BEGIN = b"1904"
Key = tuple[bytes, ...]
"""A row, and the texts that it names."""


class Reading(NamedTuple):
    """How the rows of a workbook are read."""

    told: Kept[Key, Values]
    texts: Sequence[bytes]

    def key(self, row: Row) -> Key | None:
        """None where it cannot be known what the values hang on."""
        named = row.texts_named
        if named is None or (named and max(named) >= len(self.texts)):
            return None
        return (row.piece, *[self.texts[at] for at in named])


@lru_cache(maxsize=8)  # the forms of a round agree in both, unless a program saved them anew
def _told(styles: bytes, workbook: bytes) -> Kept[Key, Values]:
    return Kept()


class ThinSheet:
    """A sheet without the rows whose values are known."""

    def __init__(self, sheet: CutSheet, rows: Sequence[Row], reading: Reading) -> None:
        self._told = reading.told
        pairs = [(row, reading.key(row)) for row in rows]
        known = [(row, self._told.get(key)) for row, key in pairs if key]
        # What is blank counts where nothing else stands beside or below it: that only they tell.
        self._width = max((len(said) for _, said in known if said), default=0)
        self._height = max((row.number for row, said in known if said), default=0)
        self._known: Mapping[int, Values] = {
            row.number: said
            for row, said in known
            if said is not None
            and row.reach <= self._width
            and (row.number <= self._height or not row.reach)
        }
        self._asked = [(row, key) for row, key in pairs if row.number not in self._known]
        self.spelled = b"".join(self._pieces(sheet))

    def _pieces(self, sheet: CutSheet) -> Iterator[bytes]:
        yield sheet.before
        for row, _ in self._asked:
            yield ROW
            yield row.piece
        yield sheet.tail

    def last(self, end: CellPlace | None) -> CellPlace | None:
        """The last row and column, given those of what was left."""
        if not self._height:
            return end
        row, column = end or (0, 0)
        return max(row, self._height - 1), max(column, self._width - 1)

    def whole(self, rows: list[list[T]]) -> list[list[T]]:
        """The values of all rows, given those of what was left."""
        for asked, key in self._asked:
            if key:
                said = trimmed(rows[asked.number - 1] if asked.number <= len(rows) else [])
                self._told.keep(key, said, sum(map(len, key)))
        width = max(self._width, len(rows[0]) if rows else 0)
        numbers = range(1, max(self._height, len(rows)) + 1)
        found = (self._known.get(at) or (rows[at - 1] if at <= len(rows) else ()) for at in numbers)
        blank: Any = ""
        return [[*said, *[blank] * (width - len(said))] for said in found]


def thin_sheets(parts: Mapping[str, bytes], sheets: Iterable[str]) -> Mapping[str, ThinSheet]:
    """By their names, the sheets among these parts that the reader need not get whole."""
    styles, workbook = parts.get(_STYLES), parts.get(_WORKBOOK)
    if not styles or not workbook or max(len(styles), len(workbook)) > MAX_SMALL_PART:
        return {}
    told = _told(styles, workbook if _DAYS_BEGIN in workbook else b"")
    strings = parts.get(_STRINGS)
    reading = Reading(told, usual_texts(strings) if strings else ())
    small = {name: part for name in sheets if 0 < len(part := parts.get(name, b"")) <= LARGE}
    cuts = ((name, cut(part)) for name, part in small.items())
    return {name: ThinSheet(sheet, sheet.rows, reading) for name, sheet in cuts if sheet.rows}
