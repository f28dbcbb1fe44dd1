"""Where shapes, pictures, controls and open comments lie over the cells of a sheet of .xlsx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from svcq_excel.workbooks.areas import Area
from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.openxml.opc import relations_of
from svcq_excel.workbooks.zip_parts import Parts

_ID = re.compile(rb"""\s\w+:id\s*=\s*["']([^"'<]*)["']""")
_EMU_PT = 12_700
_EDGE_EMU = 3 * _EMU_PT
"""By less than this a shape only touches the next cell."""
_VML_SHAPE = re.compile(rb"<v:shape(?=[\s>])")
_VML_ANCHOR = re.compile(rb"<x:Anchor\s*>([^<]*)<")
_VML_HIDDEN = re.compile(rb"visibility\s*:\s*hidden")
_VML_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_VML_VISIBLE = re.compile(rb"<x:Visible\s*/?>")
_EMU_PX = 9_525
Size = Callable[[int], float]
"""Of a row or a column by its number, in points."""


def covers(
    parts: Parts, member: str, tags: bytes, height: Size, width: Size
) -> Iterator[tuple[Area, str]]:
    """The cells under each shape, and what the shape is called."""
    relations = relations_of(parts, member)
    for id in _ID.findall(tags):
        relation = relations.get(id.decode("utf-8", "replace"))
        if relation and relation.is_a("drawing"):
            for anchor in parts.xml(relation.member).iter():
                if anchor.tag.endswith("Anchor"):  # also what only newer programs show
                    yield from _anchored(anchor, height, width)
        elif relation:
            yield from _in_vml(parts.read(relation.member))


def _anchored(anchor: Element, height: Size, width: Size) -> Iterator[tuple[Area, str]]:
    named = anchor.find(".//{*}cNvPr")
    if named is not None and named.get("hidden") in {"1", "true"}:
        return
    name = named.get("name", "") if named is not None else ""
    begins, ends, extent = anchor.find("{*}from"), anchor.find("{*}to"), anchor.find("{*}ext")
    place = anchor.find("{*}pos")
    if begins is not None and ends is not None:
        area = (
            *_span(*_at(begins, "row"), *_at(ends, "row")),
            *_span(*_at(begins, "col"), *_at(ends, "col")),
        )
    elif extent is not None and (begins is not None or place is not None):
        if begins is not None:
            row, down = _at(begins, "row")
            column, right = _at(begins, "col")
        else:
            row, column, (down, right) = 0, 0, (_said(place, "y"), _said(place, "x"))
        top, bottom = _measured(row, down, _said(extent, "cy"), height, MAX_ROWS)
        left, last = _measured(column, right, _said(extent, "cx"), width, MAX_COLUMNS)
        area = (top, bottom, left, last)
    else:
        return
    if area[0] <= area[1] and area[2] <= area[3]:
        yield area, name


def _at(corner: Element, what: str) -> tuple[int, int]:
    texts = (corner.findtext(f"{{*}}{what}"), corner.findtext(f"{{*}}{what}Off"))
    at, offset = (_int(text) for text in texts)
    return at, offset


def _span(first: int, begin: int, last: int, end: int) -> tuple[int, int]:
    """Without the last row or column where the shape hardly reaches into it."""
    return first, last if end > _EDGE_EMU else last - 1


def _measured(at: int, offset: int, length: int, size: Size, most: int) -> tuple[int, int]:
    """The first and last of the rows or columns over which a length reaches."""
    first, rest = at, offset + 0.0
    while first < most and rest >= size(first) * _EMU_PT:
        rest -= size(first) * _EMU_PT
        first += 1
    last, rest = first, rest + length - _EDGE_EMU
    while last < most and rest > size(last) * _EMU_PT:
        rest -= size(last) * _EMU_PT
        last += 1
    return first, last


def _in_vml(part: bytes) -> Iterator[tuple[Area, str]]:
    for shape in _VML_SHAPE.split(part)[1:]:
        is_note, anchor = _VML_NOTE.search(shape), _VML_ANCHOR.search(shape)
        shows = _VML_VISIBLE.search(shape) if is_note else not _VML_HIDDEN.search(shape)
        if shows and anchor:
            said = [_int(text) for text in anchor[1].decode("latin-1").split(",")]
            if len(said) == 8:
                left, right_by, top, down_by, last, last_by, bottom, bottom_by = said
                rows = _span(top, down_by, bottom, bottom_by * _EMU_PX)
                columns = _span(left, right_by, last, last_by * _EMU_PX)
                if rows[0] <= rows[1] and columns[0] <= columns[1]:
                    yield (*rows, *columns), "註解" if is_note else ""


def _said(element: Element | None, key: str) -> int:
    return _int(element.get(key)) if element is not None else 0


def _int(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else 0
