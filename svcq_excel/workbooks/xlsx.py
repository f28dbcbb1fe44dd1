"""A closer look into .xlsx and .xlsm, at the raw XML: every form passes here.

Regular expressions find the few cells asked for twenty times faster than a parser reads the sheet.
They rest on what XML and the file format promise: inside a tag or a text there is no bare `<`, and
a cell's formula is the cell's first child.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from svcq_excel.workbooks.look import (
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    CellPlace,
    Look,
    percent_formats,
)
from svcq_excel.workbooks.zip_parts import Parts, parse

_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")

_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")

# %b stands for the prefix of the namespace, mostly none. No cell's tag has 400 letters; the bound
# and the possessive + keep the time in proportion to the size of any sheet, and the cache small.
_WITH_FORMULA = rb"<%bc\s[^<]{1,400}+<%bf[\s/>]"
_WITH_NUMBER_SIGN = (
    rb"(<%bc\s[^<]{1,400}+)(?:<%bf[^<]*+(?:</%bf\s*+>\s*+)?)?<%bv(?:\s[^<>]*+)?>(#[^<]*+)"
)
_WITH_STYLE = rb"""<%bc\b[^<>]{0,400}?\ss\s*=\s*["'](?:%b)["'][^<]{0,400}"""
_WITH_VALUE = rb"<%bc\s[^<]{1,400}+<%b(?:v|f|is)[\s/>]"
_VALUE_STARTS = (b"v>", b"v ", b"f>", b"f ", b"is>", b"is ")
_HIDDEN = re.compile(rb"""hidden\s*=\s*["'](?:1|true)["']""")
_ON = re.compile(rb"""\ssheet\s*=\s*["'](?:1|true)["']""")

_LOW = 500
"""So many rows, from the first to the last column of a sheet, can be read."""

_MAX_SMALL = 8 * 1024 * 1024
"""The parts that the caches below hold are no larger, so that a few bad files fill no memory."""


class XlsxBook(Book):
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._looks: dict[str, XlsxLook] = {}

    def sheet(self, name: str) -> Look:
        return self._look(name)

    def reaches_far(self, name: str) -> bool:
        return self._look(name).reaches_far()

    def _look(self, name: str) -> XlsxLook:
        if name not in self._looks:
            workbook = self._parts.read("xl/workbook.xml", _MAX_SMALL)
            relations = self._parts.read("xl/_rels/workbook.xml.rels", _MAX_SMALL)
            self._looks[name] = XlsxLook(self._parts, _member(workbook, relations, name))
        return self._looks[name]

    def properties(self) -> dict[str, str]:
        return custom_properties(self._parts)


class XlsxLook(Look):
    """A look at one worksheet; each question searches the sheet once, when first asked."""

    def __init__(self, parts: Parts, member: str) -> None:
        self._parts, self._sheet = parts, parts.read(member)
        root = _ROOT.search(self._sheet, 0, 4096)
        self._prefix = root[1] if root else b""
        # A third of a form's sheet comes after its cells.
        end = self._sheet.rfind(b"</%bsheetData>" % self._prefix)
        self._cells = self._sheet[: end if end >= 0 else None]

    def formulas(self) -> frozenset[CellPlace]:
        return self._formulas

    def error(self, row: int, column: int) -> str:
        return self._errors.get((row, column), "")

    def percent(self, row: int, column: int) -> bool:
        return (row, column) in self._percents

    def rows_hidden(self) -> frozenset[int]:
        """Few tags say that something is hidden: from each of them back to where it begins."""
        row, rows = b"<%brow" % self._prefix, set()
        for hidden in _HIDDEN.finditer(self._cells):
            tag = self._cells[self._cells.rfind(b"<", 0, hidden.start()) : hidden.end() + 400]
            tag = tag[: tag.find(b">")]
            if tag.startswith(row) and (found := _ROW_NUMBER.search(tag)):
                rows.add(int(found[1]) - 1)
        return frozenset(rows)

    def reaches_far(self) -> bool:
        """Cells stand in their order, and a low sheet is not too large however wide it is."""
        if self._is_low(len(self._cells)):
            return False
        starts = (b"<%b%b" % (self._prefix, start) for start in _VALUE_STARTS)
        last = max(map(self._cells.rfind, starts))  # behind it there is only styling
        if last < 0 or self._is_low(last):
            return False
        places = _places(re.findall(_WITH_VALUE % (self._prefix, self._prefix), self._cells))
        return any(row >= MAX_ROWS or column >= MAX_COLUMNS for row, column in places)

    def _is_low(self, end: int) -> bool:
        """Whether the last cell before a place stands among the first rows."""
        start = self._cells.rfind(b"<%bc " % self._prefix, 0, end)
        if start < 0:
            return True
        place = _place(self._cells[start : self._cells.find(b">", start)])
        return place is not None and place[0] < _LOW

    def protected(self) -> bool:
        tag = self._sheet.rfind(b"<%bsheetProtection " % self._prefix)
        return tag >= 0 and bool(_ON.search(self._sheet, tag, self._sheet.find(b">", tag)))

    @cached_property
    def _formulas(self) -> frozenset[CellPlace]:
        pattern = _WITH_FORMULA % (self._prefix, self._prefix)
        return _places(re.findall(pattern, self._cells))

    @cached_property
    def _errors(self) -> dict[CellPlace, str]:
        if b"#" not in self._cells:
            return {}  # every error value begins with it, and most sheets have none
        texts = dict(re.findall(_WITH_NUMBER_SIGN % ((self._prefix,) * 4), self._cells))
        return {
            place: text.decode("utf-8", "replace")
            for tag, text in texts.items()
            if _ERROR_TYPE.search(tag) and (place := _place(tag))
        }

    @cached_property
    def _percents(self) -> frozenset[CellPlace]:
        styles = _percent_styles(self._parts.read("xl/styles.xml", _MAX_SMALL))
        if not styles:
            return frozenset()
        pattern = _WITH_STYLE % (self._prefix, b"|".join(b"%d" % style for style in styles))
        return _places(re.findall(pattern, self._cells))


def _places(tags: Iterable[bytes]) -> frozenset[CellPlace]:
    return frozenset(filter(None, map(_place, tags)))


@lru_cache(maxsize=8192)  # the forms of a round have most tags in common
def _place(tag: bytes) -> CellPlace | None:
    found = _REFERENCE.search(tag)
    if not found:
        return None
    letters, digits = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(digits) - 1, column - 1


@lru_cache(maxsize=4)  # the forms of a round agree in these parts, unless a program saved them anew
def _member(workbook: bytes, relations: bytes, sheet: str) -> str:
    """The zip member of the first sheet of this name, or ""."""
    for entry in parse(workbook).iterfind("{*}sheets/{*}sheet"):
        if entry.get("name") == sheet:
            members = targets(relations)
            ids = (value for key, value in entry.items() if key.endswith("}id"))
            return next((members[id][0] for id in ids if id in members), "")
    return ""


@lru_cache(maxsize=4)
def targets(relations: bytes) -> Mapping[str, tuple[str, str]]:
    """The zip member that each relation of a workbook leads to, and the relation's type."""
    found = {}
    for relation in parse(relations):
        target = relation.get("Target", "").replace("\\", "/")
        member = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        found[relation.get("Id", "")] = member, relation.get("Type", "")
    return found


def custom_properties(parts: Parts) -> dict[str, str]:
    return {
        each.get("name", ""): "".join(text for value in each for text in value.itertext())
        for each in parts.xml("docProps/custom.xml")
    }


@lru_cache(maxsize=4)
def _percent_styles(styles: bytes) -> frozenset[int]:
    """The cell formats, counted from 0, that show a percentage."""
    root = parse(styles)
    codes = {
        int(id): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
        if (id := each.get("numFmtId", "")).isdecimal()
    }
    percents = {str(id) for id in percent_formats(codes)}
    formats = root.iterfind("{*}cellXfs/{*}xf")
    return frozenset(i for i, each in enumerate(formats) if each.get("numFmtId") in percents)
