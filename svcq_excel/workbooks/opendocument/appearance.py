"""What a person sees in the cells of a sheet of .ods: how each is drawn, and what lies over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from svcq_excel.workbooks.areas import ALL, Area, CellPlace, merges_of
from svcq_excel.workbooks.bounds import MAX_AREAS, MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.opendocument.cells import SHAPE, Row, rows_of
from svcq_excel.workbooks.opendocument.faces import Styles, points, styles_of
from svcq_excel.workbooks.opendocument.markup import repeats, said_in
from svcq_excel.workbooks.veils import LOWEST_PT, NARROWEST_PT, Face, Frame, Veil, veils_in

_ADDRESS = re.compile(r"\.\$?([A-Z]{1,3})\$?([0-9]{1,7})(?![\w(])")
_SPAN = re.compile(rb"<text:span\s([^<>]*)>\s*[^<\s]")
_CONDITIONAL = re.compile(rb"<calcext:conditional-format(?=\s)")
_APPLIED = re.compile(rb"""calcext:apply-style-name\s*=\s*["']([^"']*)""")
_VALUE_HIDDEN = re.compile(rb"""calcext:show-value\s*=\s*["']false""")
_ZEROS = re.compile(rb"""config:name\s*=\s*["']ShowZeroValues["'][^<>]*>\s*false""")
_HIDDEN = {"collapse", "filter"}
_MOST_ALIKE = 500  # rows that are repeated and of which each is looked at
_EDGE_PT, _USUAL_PT, _USUAL_HEIGHT_PT = 3.0, 64.0, 12.8


class Sheet(NamedTuple):
    """A sheet, and what else says how its cells are drawn."""

    attributes: bytes
    lines: Sequence[bytes]
    """What stands before its first row, and each row."""
    beside: bytes
    """Those of them that say more than what stands in a row."""
    prefix: bytes
    head: bytes
    """What stands before all sheets."""
    common: bytes
    """The file of styles."""
    settings: bytes


def veils(sheet: Sheet, cells: Mapping[CellPlace, object]) -> Iterator[Veil]:
    walk = _Walk(sheet, styles_of(sheet.head, sheet.common), frozenset(cells))
    walk.columns()
    walk.rows()
    return veils_in(cells, walk.frame(), walk.faces)


class _Walk:
    """One way over a table, from its first to its last row."""

    def __init__(self, sheet: Sheet, styles: Styles, asked: frozenset[CellPlace]) -> None:
        self.sheet, self.styles, self.asked = sheet, styles, asked
        self.columns_asked: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in asked:
            self.columns_asked[row].append(column)
        self.faces: defaultdict[CellPlace, list[Face]] = defaultdict(list)
        self.widths: dict[int, float] = {}
        self.usual: dict[int, str] = {}
        self.heights: list[tuple[range, float]] = []
        self.hidden: set[int] = set()
        self.merges: list[Area] = []
        self.covers: list[tuple[Area, str]] = []
        self.anchored: list[tuple[int, int, Mapping[str, str]]] = []
        self.conditional: list[Area] = []

    def columns(self) -> None:
        at = 0
        for tag in re.findall(
            rb"<%b:table-column(?=[\s/>])[^<>]*" % self.sheet.prefix, self.sheet.beside
        ):
            said = said_in(tag)
            columns = range(at, min(at + repeats(tag), MAX_COLUMNS))
            width = self.styles.length(
                "table-column", said.get("style-name", ""), "column-width", _USUAL_PT
            )
            is_hidden = said.get("visibility") in _HIDDEN
            self.widths.update(dict.fromkeys(columns, 0.0 if is_hidden else width))
            self.usual.update(dict.fromkeys(columns, said.get("default-cell-style-name", "")))
            at = columns.stop

    def rows(self) -> None:
        last = max(self.columns_asked, default=-1)
        for rows, row in rows_of(self.sheet.lines, self.sheet.prefix, MAX_ROWS):
            height = self.styles.length(
                "table-row", row.said.get("style-name", ""), "row-height", _USUAL_HEIGHT_PT
            )
            if row.said.get("visibility") in _HIDDEN:
                self.hidden.update(rows)
                height = 0.0
            if height != _USUAL_HEIGHT_PT:
                self.heights.append((rows[:_MOST_ALIKE], height))
            for reaching in row.reaching:
                self.merge(rows, *reaching)
            for columns, shape in row.shapes:
                self.shape(rows, columns, shape)
            if rows.start <= last:
                self.drawn(row, [at for at in rows if at in self.columns_asked])

    def drawn(self, row: Row, rows: Sequence[int]) -> None:
        """How those cells of a row are drawn that are asked for."""
        usual = row.said.get("default-cell-style-name", "")
        for place in [(at, column) for at in rows for column in self.columns_asked[at]]:
            if cell := row.cell(place[1]):
                name = said_in(cell.tag).get("style-name") or usual
                self.face(place, name or self.usual.get(place[1], ""), cell.markup)

    def face(self, place: CellPlace, name: str, cell: bytes) -> None:
        face = self.styles.face(name)
        self.faces[place].append(face)
        for tag in _SPAN.findall(cell) if b"<text:span" in cell else ():
            self.faces[place].append(
                self.styles.run(said_in(b" " + tag).get("style-name", ""), face)
            )
        if self.styles.may_hide(name):
            self.conditional.append((place[0], place[0], place[1], place[1]))

    def merge(self, rows: range, columns: range, down: int, right: int) -> None:
        if len(self.merges) <= MAX_AREAS:
            self.merges += [(r, r + down - 1, c, c + right - 1) for r in rows for c in columns]

    def shape(self, rows: range, columns: range, said: Mapping[str, str]) -> None:
        """A shape that is anchored here; most say in which cell they end."""
        if not rows or not columns:
            return
        if end := _ADDRESS.search(said.get("end-cell-address", "")):
            down, right = (points(said.get(k, ""), 99) > _EDGE_PT for k in ("end-y", "end-x"))
            bottom, last = int(end[2]) - 1 - (not down), _column(end[1]) - (not right)
            area = (rows.start, bottom, columns.start, last)
            self.covers.append((area, said.get("name", "")))
        else:
            self.anchored.append((rows.start, columns.start, said))

    def frame(self) -> Frame:
        sheet = self.sheet
        begin = sheet.beside.find(b"<%b:shapes>" % sheet.prefix)
        if begin >= 0:
            end = sheet.beside.find(b"</%b:shapes>" % sheet.prefix, begin)
            over = SHAPE.findall(sheet.beside, begin, max(end, begin))
            self.anchored += [(0, 0, said_in(tag)) for tag in over]
        self.covers += map(self.measured, self.anchored[: MAX_AREAS + 1])
        self.conditions()
        low = {row: height for rows, height in self.heights if height < LOWEST_PT for row in rows}
        narrow = {column: width for column, width in self.widths.items() if width < NARROWEST_PT}
        return Frame(
            merges_of(tuple(self.merges)),
            low,
            narrow,
            frozenset(self.hidden),
            bool(_ZEROS.search(sheet.settings)),
            self.covers if len(self.covers) <= MAX_AREAS else [(ALL, "")],
            self.printed(),
            self.conditional if len(self.conditional) <= MAX_AREAS else [ALL],
        )

    def measured(self, shape: tuple[int, int, Mapping[str, str]]) -> tuple[Area, str]:
        """What lies under a shape that says where it begins, from a cell on, and its size."""
        row, column, said = shape
        x, y, width, height = (points(said.get(k, ""), 0) for k in ("x", "y", "width", "height"))
        heights = self.heights_by_row
        y += sum(heights.get(at, _USUAL_HEIGHT_PT) for at in range(row))
        x += sum(self.widths.get(at, _USUAL_PT) for at in range(column))
        rows = _under(heights, _USUAL_HEIGHT_PT, y, y + height, MAX_ROWS)
        columns = _under(self.widths, _USUAL_PT, x, x + width, MAX_COLUMNS)
        return (*rows, *columns), said.get("name", "")

    @cached_property
    def heights_by_row(self) -> Mapping[int, float]:
        return {row: height for rows, height in self.heights for row in rows}

    def conditions(self) -> None:
        for piece in _CONDITIONAL.split(self.sheet.beside)[1 : MAX_AREAS + 2]:
            tag = piece[: piece.find(b">")]
            names = [name.decode("utf-8", "replace") for name in _APPLIED.findall(piece)]
            if _VALUE_HIDDEN.search(piece) or any(map(self.styles.hides, names)):
                self.conditional += _areas(said_in(tag).get("target-range-address", ""))

    def printed(self) -> list[Area] | None:
        said = said_in(b" " + self.sheet.attributes)
        if said.get("print") == "false":
            return []
        return list(_areas(said.get("print-ranges", "")[:8192])) or None


def _areas(said: str) -> Iterator[Area]:
    """The areas that a list of them names: 表.A1:表.B2 表.C3."""
    for area in re.split(r"\s+(?=[^'\s]*(?:'[^']*')?[^'\s]*\.)", said.strip()):
        ends = [(int(row) - 1, _column(letters)) for letters, row in _ADDRESS.findall(area)[:2]]
        if ends:
            rows, columns = sorted(row for row, _ in ends), sorted(column for _, column in ends)
            yield rows[0], rows[-1], columns[0], columns[-1]


def _under(
    sizes: Mapping[int, float], usual: float, begin: float, end: float, most: int
) -> tuple[int, int]:
    """The first and last of the rows or columns between two edges."""
    first, last, edge = -1, -1, 0.0
    for at in range(most):
        edge += sizes.get(at, usual)
        if first < 0 and edge > begin:
            first = at
        if first >= 0 and (at == first or edge - sizes.get(at, usual) + _EDGE_PT < end):
            last = at
        if edge >= end:
            break
    return first, last


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
