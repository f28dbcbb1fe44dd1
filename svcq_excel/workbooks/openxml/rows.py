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
from svcq_excel.workbooks.openxml.grammar import CELL, ROW, ROW_END, pattern, usual_row
from svcq_excel.workbooks.seen_before import SeenBefore

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
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]{1,6})["']""")
_EMPTY = re.compile(rb"[^<>]*(?:/>|></c>)")
_PLAIN_TAG = re.compile(rb"""r="[A-Z]*[0-9]+"(?: [A-Za-z][\w:.]*="[^"&<>]*")*/?""")
_NAMES_TEXT = b' t="s"'
_TEXT_NAMED = re.compile(rb"[^<>]*><v>([0-9]{1,7})</v></c>")
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
        return self.where(re.compile(_WITH_FORMULA % (self._prefix, self._prefix)).findall)

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

    def __init__(self, piece: bytes, places: bytes) -> None:
        super().__init__(piece, b"")
        self.piece, self.places = piece, places
        """Where the row and its cells stand."""
        self.number = int(places.partition(b" ")[0])
        """From 1."""

    @property
    def spelled(self) -> bytes:
        return ROW + self._spelled

    @cached_property
    def styles(self) -> frozenset[int]:
        """The formats of its cells."""
        return frozenset(style_of(cell.partition(b">")[0]) for cell in self._pieces)

    @cached_property
    def has_runs(self) -> bool:
        """Whether parts of a text in it may have their own fonts."""
        return b"rPr" in self._spelled

    @cached_property
    def reach(self) -> int:
        """The number of its last cell in which something is written, from 1; 0 for none."""
        written = (i for i, cell in enumerate(self._pieces) if not _EMPTY.match(cell))
        last = max(written, default=-1)
        place = self.places.split(b" ")[last + 1]
        return column_of(place.rstrip(b"0123456789")) + 1 if last >= 0 else 0

    @cached_property
    def texts_named(self) -> Sequence[int] | None:
        """The shared strings that its cells name; None where its values may hang on more."""
        tags = [piece.partition(b">")[0] for piece in self.piece.split(CELL)]
        if not all(map(_PLAIN_TAG.fullmatch, tags)):
            return None
        cells = zip(tags[1:], self._pieces, strict=True)
        naming = [cell for tag, cell in cells if _NAMES_TEXT in tag and not _EMPTY.match(cell)]
        found = [_TEXT_NAMED.match(cell) for cell in naming]
        return [int(each[1]) for each in found if each] if all(found) else None

    def cell(self, address: bytes) -> bytes | None:
        """What is written of a cell, without the first letters of its tag."""
        begin = b'r="%b"' % address
        found = next((cell for cell in self._pieces if cell.startswith(begin)), None)
        return found if found is None else b" " + found

    @property
    def _pieces(self) -> Sequence[bytes]:
        return self._spelled.split(CELL)[1:]


@lru_cache(maxsize=8192)  # the forms of a round have most tags in common
def style_of(tag: bytes) -> int:
    """The format of the cell with this tag."""
    found = _STYLE.search(tag)
    return int(found[1]) if found else 0


def _row(piece: bytes) -> Row | None:
    places = usual_row(piece)
    if places is None or piece.count(ROW_END) + piece.partition(b">")[0].endswith(b"/") != 1:
        return None
    is_one = places.count(b" ") == piece.count(CELL)
    return Row(piece, places) if is_one else None


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
