"""The rows of a sheet of .xlsx: what a row's bytes say is found once, however many forms have it.

Regular expressions find the few cells asked for twenty times faster than a parser reads the sheet.
They rest on what XML and the file format promise: inside a tag or a text there is no bare `<`, and
a cell's formula is the cell's first child.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from svcq_excel.workbooks.areas import CellPlace
from svcq_excel.workbooks.bare_xml import has_pair
from svcq_excel.workbooks.openxml.addressing import addressed, column_of, place_of, rows_hidden_in
from svcq_excel.workbooks.openxml.frames import heights_in
from svcq_excel.workbooks.openxml.grammar import (
    CELL,
    PLAIN_TAG,
    ROW,
    ROW_END,
    USUAL_CELLS,
    WITH_FORMULA,
    Cell,
    pattern,
    places_in,
)
from svcq_excel.workbooks.seen_before import SeenBefore

_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")
_ERROR_TYPES = b'"e"', b"'e'"
_RICH = re.compile(rb"""\svm\s*=""")
"""Of a picture in a cell, which is an error value to programs that know of no such pictures."""

_WITH_NUMBER_SIGN = (
    rb"(<%bc\s[^<]{1,400}+)(?:<%bf[^<]*+(?:</%bf\s*+>\s*+)?)?<%bv(?:\s[^<>]*+)?>(#[^<]*+)"
)
_CLOSED = b"</sheetData>"
LARGE = 512 * 1024
"""Bytes of a sheet that is not kept for the next workbook."""


class Cells:
    """Some cells, as they are spelled; each question searches them once, when first asked."""

    def __init__(self, spelled: bytes, prefix: bytes) -> None:
        self._spelled, self._prefix = spelled, prefix

    @property
    def spelled(self) -> bytes:
        return self._spelled

    @cached_property
    def placed(self) -> bytes:
        """The cells, each with its address, as nearly every sheet has them anyway."""
        return addressed(self.spelled, self._prefix)

    @cached_property
    def formulas(self) -> frozenset[CellPlace]:
        return self.where(re.compile(WITH_FORMULA % (self._prefix, self._prefix)).findall)

    @cached_property
    def errors(self) -> Mapping[CellPlace, str]:
        starts = has_pair(self.spelled, b">", b"#")  # as every error value does
        if not starts or not any(kind in self.spelled for kind in _ERROR_TYPES):
            return {}
        pattern = _WITH_NUMBER_SIGN % ((self._prefix,) * 4)
        texts = dict(re.findall(pattern, self.spelled))
        if None in map(place_of, texts):
            texts = dict(re.findall(pattern, self.placed))
        return {
            place: text.decode("utf-8", "replace")
            for tag, text in texts.items()
            if _ERROR_TYPE.search(tag)
            and (place := place_of(tag))
            and (place in self.formulas or not _RICH.search(tag))
        }

    @cached_property
    def hidden(self) -> Sequence[int]:
        """The rows that are hidden or filtered out."""
        numbers = rows_hidden_in(self.spelled, self._prefix)
        if None in numbers:
            numbers = rows_hidden_in(self.placed, self._prefix)
        return [number for number in numbers if number is not None]

    @cached_property
    def heights(self) -> Mapping[int, float | None]:
        """How high each row is, in points; None where it does not say."""
        return heights_in(self.spelled, self._prefix)

    def where(self, tags_in: Callable[[bytes], Iterable[bytes]]) -> frozenset[CellPlace]:
        """Where the cells stand whose tags are found so."""
        places = set(map(place_of, tags_in(self.spelled)))
        if None in places:  # a cell that does not say where it stands
            places = set(map(place_of, tags_in(self.placed)))
        return frozenset(place for place in places if place)


class Row(Cells):
    """A row as office programs write it, without its first letters."""

    def __init__(self, piece: bytes, tag: bytes, places: bytes, cells: Sequence[Cell]) -> None:
        super().__init__(piece, b"")
        self.piece, self._tag, self._row = piece, tag, cells
        self.places = b" ".join([places, *[cell.places for cell in cells]])
        """Where the row and its cells stand."""
        self.number = int(places)
        """From 1."""

    @property
    def spelled(self) -> bytes:
        return ROW + self.piece

    @cached_property
    def formulas(self) -> frozenset[CellPlace]:
        return frozenset(cell.place for cell in self._row if cell.has_formula and cell.place)

    @cached_property
    def hidden(self) -> Sequence[int]:
        return super().hidden if b"hidden" in self._tag else ()

    @cached_property
    def heights(self) -> Mapping[int, float | None]:
        return _heights_in(self._tag)

    @cached_property
    def styles(self) -> frozenset[int]:
        """The formats of its cells."""
        return frozenset(cell.style for cell in self._row)

    @cached_property
    def has_runs(self) -> bool:
        """Whether parts of a text in it may have their own fonts."""
        return b"rPr" in self.piece

    @cached_property
    def reach(self) -> int:
        """The number of its last cell in which something is written, from 1; 0 for none."""
        last = next((cell for cell in reversed(self._row) if cell.is_written), None)
        return column_of(last.places.rstrip(b"0123456789")) + 1 if last else 0

    @cached_property
    def texts_named(self) -> Sequence[int] | None:
        """The shared strings that its cells name; None where its values may hang on more."""
        if not PLAIN_TAG.match(self._tag) or not all(cell.is_plain for cell in self._row):
            return None
        return [cell.text for cell in self._row if cell.text is not None]

    def cell(self, address: bytes) -> bytes | None:
        """What is written of a cell, without the first letters of its tag."""
        begin = b'r="%b"' % address
        cells = self.piece.split(CELL)[1:]
        found = next((cell for cell in cells if cell.startswith(begin)), None)
        return found if found is None else b" " + found


@lru_cache(maxsize=8192)
def _heights_in(tag: bytes) -> Mapping[int, float | None]:
    return heights_in(ROW + tag, b"")


def _row(piece: bytes) -> Row | None:
    tag = piece[: piece.find(b">") + 1]
    if piece.count(ROW_END) + tag.endswith(b"/>") != 1 or b"xmlns" in tag:
        return None
    before, *pieces = piece.split(CELL)
    places = places_in(ROW + before)
    cells = USUAL_CELLS.said_of(pieces) if places and places.isdigit() else None
    return Row(piece, tag, places or b"", cells) if cells is not None else None


_KNOWN = SeenBefore(_row)


@dataclass(frozen=True)
class CutSheet:
    """A sheet, cut where its cells end, and between its rows."""

    whole: bytes
    prefix: bytes
    head: bytes
    """What stands before its cells."""
    cells: bytes
    """These, and what stands before them."""
    tail: bytes
    rows: Sequence[Row] | None
    """None where they are not as office programs write them."""

    @property
    def before(self) -> bytes:
        """What stands before the cells, with the tag that opens them."""
        return self.cells[: self.cells.find(b">", len(self.head)) + 1]

    @cached_property
    def pieces(self) -> Sequence[Cells]:
        """Pieces that hold all the cells."""
        return (Cells(self.cells, self.prefix),) if self.rows is None else self.rows


def cut(sheet: bytes) -> CutSheet:
    return _cut(sheet) if len(sheet) > LARGE else _cut_before(sheet)


def _cut(sheet: bytes) -> CutSheet:
    root = _ROOT.search(sheet, 0, 4096)
    prefix = root[1] if root else b""
    begin = max(sheet.find(b"<%bsheetData" % prefix), 0)
    # A third of a form's sheet comes after its cells.
    end = sheet.rfind(b"</%bsheetData>" % prefix)
    end = end if end >= 0 else len(sheet)
    head, tail = sheet[:begin], sheet[end:]
    rows = None if prefix else _rows(head, sheet[begin:end], tail)
    return CutSheet(sheet, prefix, head, sheet[:end], tail, rows)


# Of the sheets of a form, most are the same in all forms of a round.
_cut_before = lru_cache(maxsize=16)(_cut)


def _rows(head: bytes, cells: bytes, tail: bytes) -> Sequence[Row] | None:
    """The rows between the tags, if all is as office programs write it."""
    opening = pattern(b"OPENING", b"").match(cells)
    named = any(b"sheetData" in each for each in (head, tail[len(_CLOSED) :]))
    if not opening or not tail.startswith(_CLOSED) or named or open_tags(head, b"") != 1:
        return None
    before, *rows = cells[opening.end() :].split(ROW)
    return None if before.strip() else _KNOWN.said_of(rows)


@lru_cache(maxsize=16)  # the forms of a round agree in what stands before the cells
def open_tags(head: bytes, prefix: bytes) -> int:
    """How many tags are open where the cells begin."""
    tags = pattern(b"HEAD", prefix).findall(head)
    return sum(-1 if closes else not closed for closes, closed in tags)
