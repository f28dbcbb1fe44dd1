"""What a person sees in the cells of a sheet of .xls: how each is drawn, and what lies over it.

The numbers of records and the places in them are those of [MS-XLS], sections 2.3 and 2.4. Colours
beyond the palette, conditional formats and print areas are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from struct import unpack_from

from svcq_excel.workbooks.areas import ALL, Area, CellPlace, merges_of
from svcq_excel.workbooks.bounds import MAX_AREAS, MAX_COLUMNS
from svcq_excel.workbooks.ole.biff import Records
from svcq_excel.workbooks.openxml.faces import BUILT_IN, INDEXED
from svcq_excel.workbooks.veils import LOWEST_PT, NARROWEST_PT, Face, Frame, Veil, veils_in

_FONT, _PALETTE, _XF = 0x31, 0x92, 0xE0
OF_FACES = {_FONT, _PALETTE, _XF}
_ROW, _COLUMNS, _VIEW, _MERGES, _DRAWING, _OBJECT = 0x208, 0x7D, 0x23E, 0xE5, 0xEC, 0x5D
_MULRK, _CELLS = 0xBD, {0x06, 0x203, 0x204, 0x27E, 0xFD, 0xD6, 0x205}
OF_A_SHEET = {_ROW, _COLUMNS, _VIEW, _MERGES, _DRAWING, _OBJECT, _MULRK, *_CELLS}
"""The kinds of records that say how a sheet looks."""

_ANCHOR = bytes.fromhex("000010f012000000")  # OfficeArtClientAnchorSheet, with its length
_NOTE, _DROP_DOWN = 0x19, 0x14  # shown only when pointed at
_HIDDEN_ROW, _SHOWS_ZEROS, _STRUCK, _FILL = 0x20, 0x10, 0x08, 4
_SYMBOL_CHARSET = 2
_DATE = "yyyy"
_WIDTH_PT, _MARGIN_PT = 5.25 / 256, 3.75
_FIRST_OF_PALETTE, _SKIPPED_FONT = 8, 4


@lru_cache(maxsize=4)  # the forms of a round agree in them, unless a program saved them anew
def faces_of(
    records: tuple[tuple[int, bytes], ...], format_codes: tuple[tuple[int, str], ...]
) -> tuple[Face, ...]:
    """By cell format, how its cells are drawn."""
    codes = dict(format_codes)
    palette, fonts, formats = list(INDEXED), list[Face](), list[bytes]()
    pens = list[tuple[bytes, int]]()
    for kind, body in records:
        if kind == _PALETTE:
            for i in range(min((len(body) - 2) // 4, 56)):
                palette[_FIRST_OF_PALETTE + i] = body[2 + 4 * i : 5 + 4 * i].hex().upper()
        elif kind == _FONT:
            pens.append((body, unpack_from("<H", body, 4)[0]))
        elif kind == _XF:
            formats.append(body)
    for body, colour in pens:
        height, flags = unpack_from("<HH", body)
        ink = palette[colour] if colour < len(palette) else "000000"
        text = body[16:].decode("utf-16-le" if body[15] & 1 else "latin-1", "replace")
        name = f"{text} (Symbol)" if body[12] == _SYMBOL_CHARSET else text
        fonts.append(Face("General", ink, "FFFFFF", height / 20, name, bool(flags & _STRUCK)))
    return tuple([_face(body, fonts, palette, codes) for body in formats])


def _face(
    body: bytes, fonts: Sequence[Face], palette: Sequence[str], codes: Mapping[int, str]
) -> Face:
    font, format = unpack_from("<HH", body)
    pattern, ground = unpack_from("<I", body, 14)[0] >> 26, unpack_from("<H", body, 18)[0] & 0x7F
    font -= font > _SKIPPED_FONT
    face = fonts[font] if font < len(fonts) else Face()
    return face._replace(
        code=codes.get(format) or BUILT_IN.get(format, _DATE),
        fill=palette[ground] if pattern == 1 and ground < len(palette) else face.fill,
        repeated=body[6] & 7 == _FILL,
    )


def veils(
    records: Records, faces: Sequence[Face], cells: Mapping[CellPlace, object]
) -> Iterator[Veil]:
    heights, widths = dict[int, float](), dict[int, float]()
    merges, covers, anchors = list[Area](), list[tuple[Area, str]](), list[Area]()
    drawn = defaultdict[CellPlace, list[Face]](list)
    hidden, hides_zeros = set[int](), False
    rows = {row for row, _ in cells}
    for kind, body in records:
        if kind in _CELLS or kind == _MULRK:
            row, column = unpack_from("<HH", body)
            count = (len(body) - 6) // 6 if kind == _MULRK else 1
            for i in range(count) if row in rows else ():
                if (row, column + i) in cells:
                    style = unpack_from("<H", body, 4 + 6 * i)[0]
                    drawn[row, column + i] += faces[style : style + 1]
        elif kind == _ROW:
            row, height = unpack_from("<H", body)[0], unpack_from("<H", body, 6)[0] & 0x7FFF
            if body[12] & _HIDDEN_ROW:
                hidden.add(row)
                heights[row] = 0
            elif 0 < height / 20 < LOWEST_PT:
                heights[row] = height / 20
        elif kind == _COLUMNS:
            first, last, width, _, flags = unpack_from("<5H", body)
            points = 0.0 if flags & 1 or not width else width * _WIDTH_PT + _MARGIN_PT
            if points < NARROWEST_PT:
                widths.update(dict.fromkeys(range(first, min(last, MAX_COLUMNS) + 1), points))
        elif kind == _VIEW:
            hides_zeros |= not unpack_from("<H", body)[0] & _SHOWS_ZEROS
        elif kind == _MERGES:
            merges += [unpack_from("<4H", body, at) for at in range(2, len(body) - 7, 8)]
        elif kind == _DRAWING:
            anchors += _anchors(body)
        elif kind == _OBJECT:
            if unpack_from("<H", body, 4)[0] not in {_NOTE, _DROP_DOWN}:
                covers += [(area, "") for area in anchors]
            anchors = []
    over = covers if len(covers) <= MAX_AREAS else [(ALL, "")]
    frame = Frame(merges_of(tuple(merges)), heights, widths, frozenset(hidden), hides_zeros, over)
    return veils_in(cells, frame, drawn)


def _anchors(body: bytes) -> Iterator[Area]:
    for piece in body.split(_ANCHOR)[1:]:
        if len(piece) >= 18:
            left, _, top, _, right, reach, bottom, depth = unpack_from("<8H", piece, 2)
            last, lowest = right - (reach < 64), bottom - (depth < 32)
            if top <= lowest and left <= last:
                yield top, lowest, left, last
