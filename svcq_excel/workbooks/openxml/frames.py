"""What a sheet of .xlsx does around its cells: columns, rows, merges, zeros, conditions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from svcq_excel.workbooks.areas import ALL, Area, Merges
from svcq_excel.workbooks.bounds import MAX_AREAS, MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.openxml.addressing import addressed, column_of
from svcq_excel.workbooks.veils import NARROWEST_PT

_ATTRIBUTE = re.compile(rb"""\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_AREA = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_COLUMN = rb"<%bcol\s[^<>]*>"
_FORMAT = rb"<%bsheetFormatPr\s[^<>]*>"
_VIEW = rb"<%bsheetView\s[^<>]*>"
_MERGE = rb"<%bmergeCell\s[^<>]*>"
_ROW = rb"<%brow(?=[\s>])[^<>]*>"
_CONDITIONAL = re.compile(rb"<(?:\w+:)?conditionalFormatting(?=[\s>])")
_RULE = re.compile(rb"<(?:\w+:)?cfRule\b[^<>]*>")
_SQREF = re.compile(rb"<\w+:sqref>([^<]*)<")
_NO_VALUE = re.compile(rb"""\sshowValue\s*=\s*["'](?:0|false)["']""")
_OWN_LOOK = re.compile(rb"<x14:dxf>(?!\s*</)", re.DOTALL)
_OFF, _ON = {"0", "false"}, {"1", "true"}

_PIXEL_PT, _DIGIT_PX, _MARGIN_PX, _USUAL_CHARACTERS = 0.75, 7, 5, 8.43
_USUAL_PT = 15.0


def attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {k.decode(): (a or b).decode("utf-8", "replace") for k, a, b in found}


class Head(NamedTuple):
    """What stands before the cells."""

    widths: dict[int, float]
    """Of narrow columns, in points."""
    all_widths: dict[int, float]
    width: float
    """Of all others."""
    height: float
    """Of rows that say none."""
    hides_zeros: bool

    def width_of(self, column: int) -> float:
        return self.all_widths.get(column, self.width)


@lru_cache(maxsize=32)  # the forms of a round agree in these bytes, as in those of the tail
def head_of(head: bytes, prefix: bytes) -> Head:
    usual, height = _USUAL_CHARACTERS, _USUAL_PT
    for tag in re.findall(_FORMAT % prefix, head):
        said = attributes(tag)
        usual = _number(said.get("defaultColWidth"), _USUAL_CHARACTERS)
        height = _number(said.get("defaultRowHeight"), _USUAL_PT)
        if said.get("zeroHeight") in _ON:
            height = 0
    widths: dict[int, float] = {}
    columns = re.findall(_COLUMN % prefix, head)
    if len(columns) > MAX_AREAS:  # nobody has so many: each is told
        columns = [b'<col min="1" max="16384" hidden="1">']
    for tag in columns:
        said = attributes(tag)
        first, last = (int(_number(said.get(key), 0)) for key in ("min", "max"))
        hidden = said.get("hidden") in _ON
        width = 0.0 if hidden else _points(_number(said.get("width"), usual))
        for column in range(max(first, 1) - 1, min(last, MAX_COLUMNS)):
            widths[column] = width
    views = [attributes(tag) for tag in re.findall(_VIEW % prefix, head)]
    narrow = {at: width for at, width in widths.items() if width < NARROWEST_PT}
    if _points(usual) < NARROWEST_PT:
        others = range(MAX_COLUMNS)
        narrow = {**{at: _points(usual) for at in others if at not in widths}, **narrow}
    hides = any(view.get("showZeros") in _OFF for view in views)
    return Head(narrow, widths, _points(usual), height, hides)


def heights_in(cells: bytes, prefix: bytes) -> dict[int, float | None]:
    """How high each row is, in points, a hidden one 0; None where it does not say."""
    tags = [attributes(tag) for tag in re.findall(_ROW % prefix, cells)]
    if not all("r" in said for said in tags):
        placed = addressed(cells, prefix)
        tags = [attributes(tag) for tag in re.findall(_ROW % prefix, placed)]
    return {
        int(said["r"]) - 1: 0 if said.get("hidden") in _ON else _height(said.get("ht"))
        for said in tags
        if re.fullmatch("[0-9]{1,7}", said.get("r", ""))
    }


def _height(said: str | None) -> float | None:
    found = _number(said, math.nan)
    return None if math.isnan(found) else found


class Conditional(NamedTuple):
    """Where conditional formats apply."""

    areas: tuple[Area, ...]
    formats: frozenset[int]
    """Which of the workbook's they are."""
    hides: bool
    """Whether one hides what stands there, whatever those look like."""


class Tail(NamedTuple):
    """What stands after the cells."""

    merges: Merges
    conditional: tuple[Conditional, ...]
    drawing: bytes
    """The tags that lead to shapes."""


@lru_cache(maxsize=32)
def tail_of(tail: bytes, prefix: bytes) -> Tail:
    tags = re.findall(_MERGE % prefix, tail)
    merges = (attributes(tag).get("ref", "").encode() for tag in tags)
    areas = [area for ref in merges for area in areas_in(ref)] if len(tags) <= MAX_AREAS else None
    shapes = re.findall(rb"<(?:\w+:)?(?:drawing|legacyDrawing)\s[^<>]*>", tail)
    return Tail(Merges(areas), tuple(_conditional(tail)), b"".join(shapes))


def _conditional(tail: bytes) -> Iterator[Conditional]:
    pieces = _CONDITIONAL.split(tail)[1:]
    if len(pieces) > MAX_AREAS:
        yield Conditional((ALL,), frozenset(), True)
        return
    for piece in pieces:
        inside = piece[: piece.find(b"conditionalFormatting")]
        named = attributes(inside[: inside.find(b">")]).get("sqref", "").encode()
        areas = tuple(areas_in(named or b" ".join(_SQREF.findall(inside))))
        ids = {attributes(tag).get("dxfId", "") for tag in _RULE.findall(inside)}
        hides = bool(_NO_VALUE.search(inside) or _OWN_LOOK.search(inside))
        known = frozenset(int(id) for id in ids if id.isdecimal())
        yield Conditional(areas if len(areas) <= MAX_AREAS else (ALL,), known, hides)


def areas_in(said: bytes) -> Iterator[Area]:
    """The areas that a list of them names: A1:B2 C3."""
    for left, top, right, bottom in _AREA.findall(said):
        rows = sorted((int(top), int(bottom or top)))
        columns = sorted((column_of(left.upper()), column_of((right or left).upper())))
        if rows[0] <= MAX_ROWS * 4:
            yield rows[0] - 1, rows[1] - 1, columns[0], columns[1]


def _points(characters: float) -> float:
    return (characters * _DIGIT_PX + _MARGIN_PX) * _PIXEL_PT if characters > 0 else 0.0


def _number(said: str | None, otherwise: float) -> float:
    try:
        return float(said) if said else otherwise
    except ValueError:
        return otherwise
