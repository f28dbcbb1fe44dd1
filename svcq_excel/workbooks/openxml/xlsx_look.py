"""A closer look at one worksheet of .xlsx or .xlsm, at the raw XML: every form passes here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, partial
from itertools import chain

from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.look import CellPlace, Look, address
from svcq_excel.workbooks.openxml.addressing import place_of
from svcq_excel.workbooks.openxml.appearance import Drawn, veils
from svcq_excel.workbooks.openxml.formats import own_formats, percent_styles
from svcq_excel.workbooks.openxml.formula_texts import FormulaTexts
from svcq_excel.workbooks.openxml.grammar import STYLE
from svcq_excel.workbooks.openxml.rows import Cells, cut
from svcq_excel.workbooks.veils import Veil

# %b stands for the prefix of the namespace, mostly none. No cell's tag has 400 letters; the bound
# and the possessive + keep the time in proportion to the size of any sheet, and the cache small.
_WITH_STYLE = rb"""<%bc\b[^<>]{0,400}?\ss\s*=\s*["'](?:%b)["'][^<]{0,400}"""
_WITH_VALUE = rb"<%bc\s[^<]{1,400}+<%b(?:v|f|is)[\s/>]"
_VALUE_STARTS = (b"v>", b"v ", b"f>", b"f ", b"is>", b"is ")
_ANY_NUMBER, _FEW = b"[0-9]{1,6}", 100
_ON = re.compile(rb"""\ssheet\s*=\s*["'](?:1|true)["']""")

_IN_CELL = rb"""<%bc\s[^<>]{0,400}?\br\s*=\s*["']%b["'][^<>]*+>\s*"""
_NEGATIVE = _IN_CELL + rb"<%bv>(-[0-9.]{1,20})<"

_LOW = 500
"""So many rows, from the first to the last column of a sheet, can be read."""


class XlsxLook(Look):
    """A look at one worksheet; each question searches the sheet once, when first asked."""

    def __init__(self, sheet: bytes, styles: bytes, drawn: Callable[[], Drawn]) -> None:
        self.sheet = cut(sheet)
        self._styles, self._drawn = styles, drawn
        self._prefix, self._cells = self.sheet.prefix, self.sheet.cells
        self._all = Cells(self._cells, self._prefix)

    def formulas(self) -> frozenset[CellPlace]:
        return self._formulas

    def formula_text(self, row: int, column: int) -> str:
        return self._texts.at(row, column)

    def error(self, row: int, column: int) -> str:
        return self._errors.get((row, column), "")

    def percent(self, row: int, column: int) -> bool:
        return (row, column) in self._percents

    def negative(self, row: int, column: int) -> float | None:
        if b"v>-" not in self._cells:
            return None
        found = self._at(_NEGATIVE, row, column)
        return float(found) if found else None

    def _at(self, pattern: bytes, row: int, column: int) -> bytes | None:
        """What a pattern finds in one cell."""
        place = address(row, column).encode("ascii")
        wanted = re.compile(pattern % (self._prefix, place, self._prefix))
        found = wanted.search(self._cells) or wanted.search(self._all.placed)
        return found[1] if found else None

    def rows_hidden(self) -> frozenset[int]:
        return self._rows_hidden

    @cached_property
    def _rows_hidden(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(each.hidden for each in self.sheet.pieces))

    def reaches_far(self, most_rows: int = MAX_ROWS) -> bool:
        """Cells stand in their order, and a low sheet is not too large however wide it is."""
        if self._is_low(len(self._cells)):
            return False
        starts = (b"<%b%b" % (self._prefix, start) for start in _VALUE_STARTS)
        last = max(map(self._cells.rfind, starts))  # behind it there is only styling
        if last < 0 or self._is_low(last):
            return False
        places = _places(re.findall(_WITH_VALUE % (self._prefix, self._prefix), self._cells))
        return any(row >= most_rows or column >= MAX_COLUMNS for row, column in places)

    def _is_low(self, end: int) -> bool:
        """Whether the last cell before a place stands among the first rows."""
        start = self._cells.rfind(b"<%bc " % self._prefix, 0, end)
        if start < 0:
            return True
        place = place_of(self._cells[start : self._cells.find(b">", start)])
        return place is not None and place[0] < _LOW

    def formats(self) -> dict[CellPlace, str]:
        """The cells in a number format of the workbook's own."""
        codes = own_formats(self._styles)
        if not codes:
            return {}
        tags = self._styled(codes, self._all.placed)
        styles = {place: STYLE.search(tag) for tag in tags if (place := place_of(tag))}
        return {place: codes[int(style[1])] for place, style in styles.items() if style}

    def veils(self, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        return veils(self.sheet, self.rows_hidden(), cells, self._drawn())

    def protected(self) -> bool:
        sheet = self.sheet.whole
        tag = sheet.rfind(b"<%bsheetProtection " % self._prefix)
        return tag >= 0 and bool(_ON.search(sheet, tag, sheet.find(b">", tag)))

    @cached_property
    def _texts(self) -> FormulaTexts:
        return FormulaTexts(self._all.placed, self._prefix)

    @cached_property
    def _formulas(self) -> frozenset[CellPlace]:
        return frozenset(chain.from_iterable(each.formulas for each in self.sheet.pieces))

    @cached_property
    def _errors(self) -> dict[CellPlace, str]:
        found = (each.errors.items() for each in self.sheet.pieces)
        return dict(chain.from_iterable(found))

    @cached_property
    def _percents(self) -> frozenset[CellPlace]:
        styles = percent_styles(self._styles)
        return self._all.where(partial(self._styled, styles)) if styles else frozenset()

    def _styled(self, styles: Collection[int], cells: bytes) -> list[bytes]:
        """The tags of the cells in these styles; many styles are too many to search for each."""
        few = len(styles) <= _FEW
        wanted = b"|".join(b"%d" % at for at in styles) if few else _ANY_NUMBER
        tags: list[bytes] = re.findall(_WITH_STYLE % (self._prefix, wanted), cells)
        styled = ((tag, STYLE.search(tag)) for tag in tags)
        return tags if few else [tag for tag, each in styled if each and int(each[1]) in styles]


def _places(tags: Iterable[bytes]) -> frozenset[CellPlace]:
    return frozenset(filter(None, map(place_of, tags)))
