"""What a sheet of .xlsx does around its cells: columns, rows, merges, zeros, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.openxml.addressing import column_of
from svcq_excel.workbooks.veils import LOWEST_PT, NARROWEST_PT, Area, Merges

_ATTRIBUTE = re.compile(rb"""\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_AREA = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_COLUMN = rb"<%bcol\s[^<>]*>"
_FORMAT = rb"<%bsheetFormatPr\s[^<>]*>"
_VIEW = rb"<%bsheetView\s[^<>]*>"
_MERGE = rb"<%bmergeCell\s[^<>]*>"
_ROW = rb"<%brow\s[^<>]*>"
_HEIGHT = re.compile(rb"""\sht\s*=\s*["']([^"']{0,40})""")
_CONDITIONAL = re.compile(rb"<((?:\w+:)?conditionalFormatting)\b([^<>]*)>(.*?)</\1\s*>", re.DOTALL)
_RULE = re.compile(rb"<(?:\w+:)?cfRule\b[^<>]*>")
_SQREF = re.compile(rb"<\w+:sqref>([^<]*)<")
_NO_VALUE = re.compile(rb"""\sshowValue\s*=\s*["'](?:0|false)["']""")
_OWN_LOOK = re.compile(rb"<x14:dxf>(?!\s*</)", re.DOTALL)
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_HIDDEN = re.compile(rb"""hidden\s*=\s*["'](?:1|true)["']""")
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


@lru_cache(maxsize=8)  # the forms of a round agree in these bytes, as in those of the tail
def head_of(head: bytes, prefix: bytes) -> Head:
    usual, height = _USUAL_CHARACTERS, _USUAL_PT
    for tag in re.findall(_FORMAT % prefix, head):
        said = attributes(tag)
        usual = _number(said.get("defaultColWidth"), _USUAL_CHARACTERS)
        height = _number(said.get("defaultRowHeight"), _USUAL_PT)
        if said.get("zeroHeight") in _ON:
            height = 0
    widths: dict[int, float] = {}
    for tag in re.findall(_COLUMN % prefix, head):
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


def low_rows(cells: bytes, prefix: bytes, usual: float) -> dict[int, float]:
    """The rows, each with its number, that are too low for a letter, and how high they are."""
    said = {_number(height.decode("latin-1"), usual) for height in _HEIGHT.findall(cells)}
    if min((usual, *said)) >= LOWEST_PT and b"hidden" not in cells:
        return {}
    rows = heights(cells, prefix, usual)
    return {row: height for row, height in rows.items() if height < LOWEST_PT}


def heights(cells: bytes, prefix: bytes, usual: float) -> dict[int, float]:
    return dict(_rows(re.findall(_ROW % prefix, cells), usual))


def _rows(tags: list[bytes], usual: float) -> Iterator[tuple[int, float]]:
    for tag in tags:
        said = attributes(tag)
        hidden = said.get("hidden") in _ON
        if (row := said.get("r", "")).isdecimal() and len(row) < 8:
            yield int(row) - 1, 0 if hidden else _number(said.get("ht"), usual)


def rows_hidden(cells: bytes, prefix: bytes) -> set[int | None]:
    """Few tags say that something is hidden: from each of them back to where it begins. None stands
    for a row that has no number."""
    row, rows, at = b"<%brow" % prefix, set[int | None](), 0
    while hidden := _HIDDEN.search(cells, at):
        start, end = cells.rfind(b"<", at, hidden.start()), cells.find(b">", hidden.end())
        if cells.startswith(row, start) and start >= at:
            found = _ROW_NUMBER.search(cells, start, end)
            rows.add(int(found[1]) - 1 if found else None)
        if end < 0:
            break
        at = end  # one tag may say it a thousand times
    return rows


class Tail(NamedTuple):
    """What stands after the cells."""

    merges: Merges
    conditional: tuple[tuple[tuple[Area, ...], frozenset[int], bool], ...]
    """Where conditional formats apply, which of the workbook's they are, and whether one hides
    what stands there whatever it looks like."""
    drawing: bytes
    """The tags that lead to shapes."""


@lru_cache(maxsize=8)
def tail_of(tail: bytes, prefix: bytes) -> Tail:
    tags = re.findall(_MERGE % prefix, tail)
    merges = [area for tag in tags for area in areas_in(attributes(tag).get("ref", "").encode())]
    conditional = []
    for _, said, inside in _CONDITIONAL.findall(tail):
        named = attributes(said).get("sqref", "").encode() or b" ".join(_SQREF.findall(inside))
        ids = {attributes(tag).get("dxfId", "") for tag in _RULE.findall(inside)}
        hides = bool(_NO_VALUE.search(inside) or _OWN_LOOK.search(inside))
        known = frozenset(int(id) for id in ids if id.isdecimal())
        conditional.append((tuple(areas_in(named)), known, hides))
    shapes = re.findall(rb"<(?:\w+:)?(?:drawing|legacyDrawing)\s[^<>]*>", tail)
    return Tail(Merges(merges), tuple(conditional), b"".join(shapes))


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
