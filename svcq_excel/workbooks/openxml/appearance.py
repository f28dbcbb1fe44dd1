"""What a person sees in the cells of a sheet of .xlsx: each question asked of few bytes.

The styles, and what stands before and after the cells, the forms of a round have in common: they
are read once. In the cells only what is styled unusually is searched for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from svcq_excel.workbooks.openxml.addressing import place_of
from svcq_excel.workbooks.openxml.faces import Looks, looks_of
from svcq_excel.workbooks.openxml.frames import areas_in, head_of, heights, low_rows, tail_of
from svcq_excel.workbooks.openxml.shapes import covers
from svcq_excel.workbooks.veils import Area, CellPlace, Face, Frame, Veil, veils_in
from svcq_excel.workbooks.zip_parts import Parts, parse

_STYLED = rb"""<%bc\b[^<>]{0,400}?\ss\s*=\s*["'](?:%b)["'][^<>]{0,400}"""
_CELL = rb"<%bc\s[^<>]{0,400}"
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]{1,6})["']""")
_SHARED = rb"""(<%bc\s[^<>]{0,400}?\st\s*=\s*["']s["'][^<>]*+>)\s*<%bv>\s*([0-9]{1,7})<"""
_INLINE = rb"(<%bc\s[^<>]{0,400}+>)\s*(<%bis>(?:(?!</%bis>).)*?<%brPr\b.*?</%bis>)"
_STRING = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si\s*>", re.DOTALL)
_RUNS = (b"<rPr", b":rPr")
_PREFIX = re.compile(rb"<((?:\w+:)?)(?:is|si)\b")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, in three pieces."""

    member: str
    head: bytes
    cells: bytes
    tail: bytes
    prefix: bytes
    hidden: frozenset[int]
    """The rows of which it is told otherwise that they are hidden."""

    @property
    def is_addressed(self) -> bool:
        """Whether all cells and rows say where they stand, as nearly all do."""
        starts = (b"<%bc" % self.prefix, b"<%brow" % self.prefix)
        count = self.cells.count
        return all(
            count(b"%b " % tag) + count(b"%b>" % tag) == count(b'%b r="' % tag) for tag in starts
        )


class Drawn(NamedTuple):
    """What else says how the cells of a sheet are drawn."""

    parts: Parts
    sheet: str
    styles: bytes
    theme: bytes
    strings: bytes
    workbook: bytes


def veils(sheet: Sheet, cells: Mapping[CellPlace, object], by: Drawn) -> Iterator[Veil]:
    """Why the cells with these values are seen otherwise."""
    looks = looks_of(by.styles, by.theme)
    faces: defaultdict[CellPlace, list[Face]] = defaultdict(list)
    for found in (_special(sheet, looks), _of_runs(sheet, looks, by.strings)):
        for place, face in found:
            if place in cells:
                faces[place].append(face)
    return veils_in(cells, _frame(sheet, looks, by), faces)


def _frame(sheet: Sheet, looks: Looks, by: Drawn) -> Frame:
    head, tail = head_of(sheet.head, sheet.prefix), tail_of(sheet.tail, sheet.prefix)
    over: list[tuple[Area, str]] = []
    if tail.drawing:
        rows = heights(sheet.cells, sheet.prefix, head.height)
        over += covers(
            by.parts,
            sheet.member,
            tail.drawing,
            lambda row: rows.get(row, head.height),
            head.width_of,
        )
    return Frame(
        tail.merges,
        low_rows(sheet.cells, sheet.prefix, head.height),
        head.widths,
        sheet.hidden,
        head.hides_zeros,
        over,
        _printed(by.workbook, by.sheet),
        [
            area
            for areas, formats, hides in tail.conditional
            if hides or formats & looks.hiding
            for area in areas
        ],
    )


def _special(sheet: Sheet, looks: Looks) -> Iterator[tuple[CellPlace, Face]]:
    """The cells in formats that may show something else than stands there."""
    if 0 in looks.special:  # which cells that name no format have
        tags = re.findall(_CELL % sheet.prefix, sheet.cells)
    elif looks.special:
        ids = b"|".join(b"%d" % at for at in looks.special)
        tags = re.findall(_STYLED % (sheet.prefix, ids), sheet.cells)
    else:
        return
    for tag in tags:
        face = looks.special.get(_style(tag))
        if face and (place := place_of(tag)):
            yield place, face


@lru_cache(maxsize=8192)
def _style(tag: bytes) -> int:
    found = _STYLE.search(tag)
    return int(found[1]) if found else 0


def _of_runs(sheet: Sheet, looks: Looks, strings: bytes) -> Iterator[tuple[CellPlace, Face]]:
    """The faces of the parts of a text, where each has its own font."""
    if any(run in sheet.cells for run in _RUNS):
        pattern = re.compile(_INLINE % ((sheet.prefix,) * 5), re.DOTALL)
        for tag, text in pattern.findall(sheet.cells):
            if place := place_of(tag):
                yield from ((place, face) for face in _runs(text, looks, _style(tag)))
    if any(run in strings for run in _RUNS):
        texts = _STRING.findall(strings)
        rich = {i: text for i, text in enumerate(texts) if any(run in text for run in _RUNS)}
        for tag, at in re.findall(_SHARED % (sheet.prefix, sheet.prefix), sheet.cells):
            if int(at) in rich and (place := place_of(tag)):
                yield from ((place, face) for face in _runs(rich[int(at)], looks, _style(tag)))


def _runs(text: bytes, looks: Looks, style: int) -> Iterator[Face]:
    face = looks.of(style)
    prefix = _PREFIX.match(text)
    named = prefix[1].rstrip(b":") if prefix else b""
    space = b' xmlns:%b="x"' % named if named else b""
    root: Element = parse(b"<r%b>%b</r>" % (space, text))
    for run in root.iterfind(".//{*}r"):
        if "".join(each.text or "" for each in run.iterfind("{*}t")).strip():
            yield looks.colours.font(run.find("{*}rPr"), face)._replace(code="General")


@lru_cache(maxsize=4)  # the forms of a round agree in it, unless a program saved them anew
def _printed(workbook: bytes, sheet: str) -> tuple[Area, ...] | None:
    """What of a sheet is printed; None for all of it."""
    root = parse(workbook)
    names = [each.get("name", "") for each in root.iterfind("{*}sheets/{*}sheet")]
    numbers = {str(i) for i, name in enumerate(names) if name == sheet}
    for each in root.iterfind("{*}definedNames/{*}definedName"):
        is_area = each.get("name", "").lower() == "_xlnm.print_area"
        if is_area and each.get("localSheetId", "").strip() in numbers:
            said = (each.text or "").replace(sheet.replace("'", "''"), "")
            return tuple(areas_in(said.encode())) or None
    return None
