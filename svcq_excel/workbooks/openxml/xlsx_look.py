"""A closer look at one worksheet of .xlsx or .xlsm, at the raw XML: every form passes here.

Regular expressions find the few cells asked for twenty times faster than a parser reads the sheet.
They rest on what XML and the file format promise: inside a tag or a text there is no bare `<`, and
a cell's formula is the cell's first child.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, partial

from svcq_excel.workbooks.bare_xml import has_pair
from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.look import CellPlace, Look, address
from svcq_excel.workbooks.openxml.addressing import addressed, place_of, rows_hidden_in
from svcq_excel.workbooks.openxml.appearance import Drawn, Sheet, veils
from svcq_excel.workbooks.openxml.formats import own_formats, percent_styles
from svcq_excel.workbooks.openxml.formula_texts import FormulaTexts
from svcq_excel.workbooks.veils import Veil

_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")

_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")
_ERROR_TYPES = b'"e"', b"'e'"
_RICH = re.compile(rb"""\svm\s*=""")
"""Of a picture in a cell, which is an error value to programs that know of no such pictures."""

# %b stands for the prefix of the namespace, mostly none. No cell's tag has 400 letters; the bound
# and the possessive + keep the time in proportion to the size of any sheet, and the cache small.
_WITH_FORMULA = rb"<%bc\s[^<]{1,400}+<%bf[\s/>]"
_WITH_NUMBER_SIGN = (
    rb"(<%bc\s[^<]{1,400}+)(?:<%bf[^<]*+(?:</%bf\s*+>\s*+)?)?<%bv(?:\s[^<>]*+)?>(#[^<]*+)"
)
_WITH_STYLE = rb"""<%bc\b[^<>]{0,400}?\ss\s*=\s*["'](?:%b)["'][^<]{0,400}"""
_WITH_VALUE = rb"<%bc\s[^<]{1,400}+<%b(?:v|f|is)[\s/>]"
_VALUE_STARTS = (b"v>", b"v ", b"f>", b"f ", b"is>", b"is ")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]{1,6})["']""")
_ANY_NUMBER, _FEW = b"[0-9]{1,6}", 100
_ON = re.compile(rb"""\ssheet\s*=\s*["'](?:1|true)["']""")

_IN_CELL = rb"""<%bc\s[^<>]{0,400}?\br\s*=\s*["']%b["'][^<>]*+>\s*"""
_NEGATIVE = _IN_CELL + rb"<%bv>(-[0-9.]{1,20})<"

_LOW = 500
"""So many rows, from the first to the last column of a sheet, can be read."""


class XlsxLook(Look):
    """A look at one worksheet; each question searches the sheet once, when first asked."""

    def __init__(
        self, sheet: bytes, member: str, styles: bytes, drawn: Callable[[], Drawn]
    ) -> None:
        self._sheet, self._member, self._styles, self._drawn = sheet, member, styles, drawn
        root = _ROOT.search(self._sheet, 0, 4096)
        self._prefix = root[1] if root else b""
        self.xml = self._sheet, self._prefix
        # A third of a form's sheet comes after its cells.
        end = self._sheet.rfind(b"</%bsheetData>" % self._prefix)
        self._cells = self._sheet[: end if end >= 0 else None]

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
        found = wanted.search(self._cells) or wanted.search(self._placed)
        return found[1] if found else None

    def rows_hidden(self) -> frozenset[int]:
        return self._rows_hidden

    @cached_property
    def _rows_hidden(self) -> frozenset[int]:
        numbers = rows_hidden_in(self._cells, self._prefix)
        if None in numbers:
            numbers = rows_hidden_in(self._placed, self._prefix)
        return frozenset(number for number in numbers if number is not None)

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
        tags = self._styled(codes, self._placed)
        styles = {place: _STYLE.search(tag) for tag in tags if (place := place_of(tag))}
        return {place: codes[int(style[1])] for place, style in styles.items() if style}

    def veils(self, cells: Mapping[CellPlace, object]) -> Iterable[Veil]:
        begin = max(self._sheet.find(b"<%bsheetData" % self._prefix), 0)
        head, tail = self._sheet[:begin], self._sheet[len(self._cells) :]
        sheet = Sheet(self._member, head, self._cells, tail, self._prefix, self.rows_hidden())
        return veils(sheet, cells, self._drawn())

    def protected(self) -> bool:
        tag = self._sheet.rfind(b"<%bsheetProtection " % self._prefix)
        return tag >= 0 and bool(_ON.search(self._sheet, tag, self._sheet.find(b">", tag)))

    @cached_property
    def _placed(self) -> bytes:
        """The cells, each with its address, as nearly every sheet has them anyway."""
        return addressed(self._cells, self._prefix)

    @cached_property
    def _texts(self) -> FormulaTexts:
        return FormulaTexts(self._placed, self._prefix)

    @cached_property
    def _formulas(self) -> frozenset[CellPlace]:
        return self._with(re.compile(_WITH_FORMULA % (self._prefix, self._prefix)).findall)

    @cached_property
    def _errors(self) -> dict[CellPlace, str]:
        starts = has_pair(self._cells, b">", b"#")  # as every error value does
        if not starts or not any(kind in self._cells for kind in _ERROR_TYPES):
            return {}
        pattern = _WITH_NUMBER_SIGN % ((self._prefix,) * 4)
        texts = dict(re.findall(pattern, self._cells))
        if None in map(place_of, texts):
            texts = dict(re.findall(pattern, self._placed))
        return {
            place: text.decode("utf-8", "replace")
            for tag, text in texts.items()
            if _ERROR_TYPE.search(tag)
            and (place := place_of(tag))
            and (place in self._formulas or not _RICH.search(tag))
        }

    @cached_property
    def _percents(self) -> frozenset[CellPlace]:
        styles = percent_styles(self._styles)
        return self._with(partial(self._styled, styles)) if styles else frozenset()

    def _styled(self, styles: Collection[int], cells: bytes) -> list[bytes]:
        """The tags of the cells in these styles; many styles are too many to search for each."""
        few = len(styles) <= _FEW
        wanted = b"|".join(b"%d" % at for at in styles) if few else _ANY_NUMBER
        tags: list[bytes] = re.findall(_WITH_STYLE % (self._prefix, wanted), cells)
        styled = ((tag, _STYLE.search(tag)) for tag in tags)
        return tags if few else [tag for tag, each in styled if each and int(each[1]) in styles]

    def _with(self, tags_in: Callable[[bytes], Iterable[bytes]]) -> frozenset[CellPlace]:
        """Where the cells stand whose tags are found so."""
        places = set(map(place_of, tags_in(self._cells)))
        if None in places:  # a cell that does not say where it stands
            places = set(map(place_of, tags_in(self._placed)))
        return frozenset(place for place in places if place)


def _places(tags: Iterable[bytes]) -> frozenset[CellPlace]:
    return frozenset(filter(None, map(place_of, tags)))
