"""What a person sees in cells of .xlsb: number formats, fonts, rows, columns, merges.

The numbers of records and the places in them are those of [MS-XLSB], sections 2.3 and 2.4. Colours
of a theme, shapes, conditional formats and print areas are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import unpack_from
from typing import NamedTuple

from svcq_excel.workbooks.areas import Area, CellPlace, merges_of
from svcq_excel.workbooks.bounds import MAX_COLUMNS
from svcq_excel.workbooks.openxml.faces import BUILT_IN, INDEXED
from svcq_excel.workbooks.veils import LOWEST_PT, NARROWEST_PT, Face, Frame, Veil, veils_in

_ROW, _CELLS = 0, {*range(2, 12), 62}
_FONT, _FORMAT, _FILL, _XF, _COLUMN, _MERGE, _VIEW = 43, 44, 45, 47, 60, 176, 137
_BEGIN_CELL_FORMATS, _END_CELL_FORMATS = 617, 618
_HIDDEN, _STRUCK, _SHOWS_ZEROS, _SOLID, _REPEATED, _SYMBOL_CHARSET = 0x10, 0x08, 0x10, 1, 4, 2
_INDEXED, _RGB = 1, 2
_DATE = "yyyy"
_WIDTH_PT, _MARGIN_PT = 5.25 / 256, 3.75

Records = Iterable[tuple[int, int, int]]
"""The kind of each record, and where its content begins and ends."""


def faces_of(styles: bytes, records: Records) -> tuple[Face, ...]:
    """By cell format, how its cells are drawn."""
    codes, fonts, fills, found = dict[int, str](), list[Face](), list[str](), list[Face]()
    of_cells = False
    for kind, at, end in records:
        if kind == _FORMAT:
            codes[unpack_from("<H", styles, at)[0]] = _text(styles, at + 2, end)
        elif kind == _FONT:
            height, flags = unpack_from("<HH", styles, at)
            name = _text(styles, at + 21, end)
            name += " (Symbol)" if styles[at + 10] == _SYMBOL_CHARSET else ""
            ink = _colour(styles, at + 12, "000000")
            fonts.append(Face("", ink, "FFFFFF", height / 20, name, bool(flags & _STRUCK)))
        elif kind == _FILL:
            solid = unpack_from("<I", styles, at)[0] == _SOLID
            fills.append(_colour(styles, at + 4, "FFFFFF") if solid else "FFFFFF")
        elif kind in {_BEGIN_CELL_FORMATS, _END_CELL_FORMATS}:
            of_cells = kind == _BEGIN_CELL_FORMATS
        elif kind == _XF and of_cells:
            format, font, fill = unpack_from("<HHH", styles, at + 2)
            found.append(
                (fonts[font] if font < len(fonts) else Face())._replace(
                    code=codes.get(format) or BUILT_IN.get(format, _DATE),
                    fill=fills[fill] if fill < len(fills) else "FFFFFF",
                    repeated=styles[at + 12] & 7 == _REPEATED,
                )
            )
    return tuple(found)


class Drawn(NamedTuple):
    """What some rows of a sheet, and what is beside them, say of how its cells are seen."""

    styles: Mapping[CellPlace, int]
    """Of the cells with a value."""
    heights: Mapping[int, float]
    """Of low rows, in points; of a hidden one 0."""
    hidden: Sequence[int]
    widths: Mapping[int, float]
    """Of narrow columns."""
    merges: Sequence[Area]
    hides_zeros: bool


def drawn_in(sheet: bytes, records: Records) -> Drawn:
    heights, widths, merges = dict[int, float](), dict[int, float](), list[Area]()
    styles = dict[CellPlace, int]()
    hidden, hides_zeros, row = list[int](), False, 0
    for kind, at, _ in records:
        if kind == _ROW:
            row, height = unpack_from("<I", sheet, at)[0], unpack_from("<H", sheet, at + 8)[0]
            if sheet[at + 11] & _HIDDEN:
                hidden.append(row)
                heights[row] = 0
            elif 0 < height / 20 < LOWEST_PT:
                heights[row] = height / 20
        elif kind in _CELLS:
            column, style = unpack_from("<II", sheet, at)
            styles[row, column] = style & 0xFFFFFF
        elif kind == _COLUMN:
            first, last, width, _, flags = unpack_from("<IIIIH", sheet, at)
            points = 0.0 if flags & 1 or not width else width * _WIDTH_PT + _MARGIN_PT
            if points < NARROWEST_PT:
                widths.update(dict.fromkeys(range(first, min(last, MAX_COLUMNS) + 1), points))
        elif kind == _MERGE:
            merges.append(unpack_from("<4I", sheet, at))
        elif kind == _VIEW:
            hides_zeros |= not unpack_from("<H", sheet, at)[0] & _SHOWS_ZEROS
    return Drawn(styles, heights, hidden, widths, merges, hides_zeros)


def veils(
    drawn: Sequence[Drawn], faces: Sequence[Face], cells: Mapping[CellPlace, object]
) -> Iterator[Veil]:
    styles = dict[CellPlace, int]()
    heights, widths, merges = dict[int, float](), dict[int, float](), list[Area]()
    hidden = set[int]()
    for each in drawn:
        styles.update(each.styles)
        heights.update(each.heights)
        hidden.update(each.hidden)
        widths.update(each.widths)
        merges += each.merges
    zeros = any(each.hides_zeros for each in drawn)
    frame = Frame(merges_of(tuple(merges)), heights, widths, frozenset(hidden), zeros)
    found = {place: styles[place] for place in cells if place in styles}
    seen = {place: faces[style : style + 1] for place, style in found.items()}
    return veils_in(cells, frame, seen)


def _colour(part: bytes, at: int, otherwise: str) -> str:
    kind, index = part[at] >> 1, part[at + 1]
    if kind == _INDEXED and index < len(INDEXED):
        return INDEXED[index]
    rgb = part[at + 4 : at + 7].hex().upper()
    return rgb if kind == _RGB and len(rgb) == 6 else otherwise


def _text(part: bytes, at: int, end: int) -> str:
    length = unpack_from("<I", part, at)[0]
    return part[at + 4 : min(at + 4 + 2 * length, end)].decode("utf-16-le", "replace")
