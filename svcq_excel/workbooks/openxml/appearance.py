"""What a person sees in the cells of a sheet of .xlsx: each question asked of few bytes.

The styles, and what stands before and after the cells, the forms of a round have in common: they
are read once. In the cells only what is styled unusually is searched for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from svcq_excel.workbooks.areas import ALL, Area, CellPlace
from svcq_excel.workbooks.bounds import MAX_AREAS
from svcq_excel.workbooks.look import address
from svcq_excel.workbooks.openxml.addressing import addressed, place_of
from svcq_excel.workbooks.openxml.faces import Looks, looks_of
from svcq_excel.workbooks.openxml.frames import areas_in, head_of, tail_of
from svcq_excel.workbooks.openxml.grammar import style_of, usual_texts
from svcq_excel.workbooks.openxml.rows import CutSheet
from svcq_excel.workbooks.openxml.shapes import covers
from svcq_excel.workbooks.veils import LOWEST_PT, Face, Frame, Veil, veils_in
from svcq_excel.workbooks.zip_parts import Parts, parse

_MOST = 400  # letters of a tag
_SHARED = rb"""[^<>]*?\st\s*=\s*["']s["'][^<>]*+>\s*<%bv>\s*([0-9]{1,7})<"""
_CELLS = rb"<%bc(?=\s)"
_STRING = re.compile(rb"<(?:\w+:)?si(?=[\s>/])")
_RUN = re.compile(rb"<(?:\w+:)?r(?=[\s>])")
_LONGEST_NAME = 8_192  # of what a name stands for
_RUNS = b"rPr"
_PREFIX = re.compile(rb"<((?:\w+:)?)t(?:\s[^<>]*)?>\s*[^<\s]")
_FONT = re.compile(rb"<(?:\w+:)?rPr\b[^<>]*>(?:<[^<>]*>){0,60}?</(?:\w+:)?rPr\s*>")


class Drawn(NamedTuple):
    """What else says how the cells of a sheet are drawn."""

    parts: Parts
    sheet: str
    """Its name."""
    member: str
    styles: bytes
    theme: bytes
    strings: bytes
    workbook: bytes


def veils(
    sheet: CutSheet, hidden: frozenset[int], cells: Mapping[CellPlace, object], by: Drawn
) -> Iterator[Veil]:
    """Why the cells with these values are seen otherwise, apart from the rows that are hidden."""
    looks = looks_of(by.styles, by.theme)
    faces: defaultdict[CellPlace, list[Face]] = defaultdict(list)
    asked = _asked(sheet, cells, None if _RUNS in by.strings else looks)
    for place, cell in asked.items():
        if face := looks.special.get(style_of(_tag(cell))):
            faces[place].append(face)
    for place, face in _of_runs(sheet, asked, looks, by.strings):
        faces[place].append(face)
    return veils_in(cells, _frame(sheet, hidden, looks, by), faces)


def _frame(sheet: CutSheet, hidden: frozenset[int], looks: Looks, by: Drawn) -> Frame:
    head, tail = head_of(sheet.head, sheet.prefix), tail_of(sheet.tail, sheet.prefix)
    heights = {
        row: head.height if height is None else height
        for piece in sheet.pieces
        for row, height in piece.heights.items()
    }
    over: list[tuple[Area, str]] = []
    if tail.drawing:
        shapes = covers(
            by.parts,
            by.member,
            tail.drawing,
            lambda row: heights.get(row, head.height),
            head.width_of,
        )
        over += islice(shapes, MAX_AREAS + 1)
        over = over if len(over) <= MAX_AREAS else [(ALL, "")]
    return Frame(
        tail.merges,
        {row: height for row, height in heights.items() if height < LOWEST_PT},
        head.widths,
        hidden,
        head.hides_zeros,
        over,
        _printed(by.workbook, by.sheet),
        [
            area
            for each in tail.conditional
            if each.hides or each.formats & looks.hiding
            for area in each.areas
        ],
    )


def _asked(
    sheet: CutSheet, cells: Collection[CellPlace], looks: Looks | None
) -> dict[CellPlace, bytes]:
    """What is written in these cells, each without the first letters of its tag; with looks, only
    in rows of which a cell looks unusual."""
    if sheet.rows is None:
        return {at: cell for at, cell in _all(sheet) if at in cells}
    unusual = looks.special.keys() if looks else None
    rows = {
        row.number - 1: row
        for row in sheet.rows
        if unusual is None or row.has_runs or not row.styles.isdisjoint(unusual)
    }
    spelled = ((at, rows[at[0]].cell(_spelled(at))) for at in cells if at[0] in rows)
    return {at: cell for at, cell in spelled if cell is not None}


def _all(sheet: CutSheet) -> Iterator[tuple[CellPlace, bytes]]:
    start = re.compile(_CELLS % sheet.prefix)
    pieces = start.split(sheet.cells)[1:]
    if None in map(_place, pieces):  # a cell that does not say where it stands
        pieces = start.split(addressed(sheet.cells, sheet.prefix))[1:]
    for piece in pieces:
        if place := _place(piece):
            yield place, piece


def _place(cell: bytes) -> CellPlace | None:
    return place_of(_tag(cell))


def _tag(cell: bytes) -> bytes:
    return cell[:_MOST].partition(b">")[0]


@lru_cache(maxsize=1024)
def _spelled(place: CellPlace) -> bytes:
    return address(*place).encode("ascii")


def _of_runs(
    sheet: CutSheet, asked: Mapping[CellPlace, bytes], looks: Looks, strings: bytes
) -> Iterator[tuple[CellPlace, Face]]:
    """The faces of the parts of the texts in these cells, where each has its own font."""
    for place, cell in asked.items():
        if _RUNS in cell:
            yield from ((place, face) for face in _runs(cell, looks, style_of(_tag(cell))))
    if _RUNS in strings:
        found = re.compile(_SHARED % sheet.prefix)
        shared = ((place, cell, found.match(cell)) for place, cell in asked.items())
        wanted = [(place, cell, int(said[1])) for place, cell, said in shared if said]
        texts = (usual_texts(strings) or _STRING.split(strings)[1:]) if wanted else []
        for place, cell, at in wanted:
            if at < len(texts) and _RUNS in texts[at]:
                yield from ((place, face) for face in _runs(texts[at], looks, style_of(_tag(cell))))


def _runs(text: bytes, looks: Looks, style: int) -> Iterator[Face]:
    """The faces of the parts of a text in which something stands."""
    for run in _RUN.split(text)[1:]:
        prefix = _PREFIX.search(run)
        if prefix and (said := _FONT.search(run)):
            yield looks.colours.face_of_run(prefix[1], said[0], looks.of(style))


@lru_cache(maxsize=4)  # the forms of a round agree in it, unless a program saved them anew
def _printed(workbook: bytes, sheet: str) -> tuple[Area, ...] | None:
    """What of a sheet is printed; None for all of it."""
    root = parse(workbook)
    names = [each.get("name", "") for each in root.iterfind("{*}sheets/{*}sheet")]
    numbers = {str(i) for i, name in enumerate(names) if name == sheet}
    for each in root.iterfind("{*}definedNames/{*}definedName"):
        is_area = each.get("name", "").lower() == "_xlnm.print_area"
        if is_area and each.get("localSheetId", "").strip() in numbers:
            said = (each.text or "")[:_LONGEST_NAME].replace(sheet.replace("'", "''"), "")
            return tuple(areas_in(said.encode())) or None
    return None
