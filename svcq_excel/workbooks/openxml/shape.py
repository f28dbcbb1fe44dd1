"""Whether the cells and strings of .xlsx stand as every program reads them: each cell once, in its
order, with one value; each string with one text.

What a second value, another order or a foreign element would mean is not agreed upon: one program
takes the first, one the last, one repairs the file, one refuses it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from svcq_excel.workbooks.openxml.addressing import column_of
from svcq_excel.workbooks.openxml.grammar import STRING_END, STRINGS, pattern, usual_texts
from svcq_excel.workbooks.openxml.rows import CutSheet, open_tags

_ADDRESS = re.compile(rb"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW_NUMBER = re.compile(rb"""<\S*row\b[^<>]*?\sr\s*=\s*["']([0-9]{1,7})["']""")
_STRING = "儲存格的文字可作兩種解讀"
_WHOLE = "各儲存格"


def cells_differ(sheet: CutSheet) -> str:
    """Where on a sheet a cell is not what every program takes it for; "" for nowhere."""
    if sheet.rows is not None:
        return _out_of_order(b" ".join([row.places for row in sheet.rows]))
    whole, prefix = sheet.whole, sheet.prefix
    opening = pattern(b"OPENING", prefix).search(whole)
    if not opening:
        return ""
    start, end = opening.end(), whole.rfind(b"</%bsheetData" % prefix)
    if not _is_only(whole, opening, end, prefix):
        return _WHOLE
    if end < 0:
        return ""
    cells = whole[start:end]
    if b"xmlns" in cells and pattern(b"DECLARING", prefix).search(cells):
        return _WHOLE
    if pattern(b"LONG", prefix).search(cells):
        return _WHOLE
    at, row = 0, pattern(b"ROW", prefix)
    while found := row.match(cells, at):
        at = found.end()
    if cells[at:].strip():
        return _row_of(cells[at : at + 1000])
    stand = pattern(b"STAND", prefix).findall(cells)
    return _out_of_order(b" ".join([place or tag for tag, place in stand]))


def strings_differ(strings: bytes) -> str:
    """That a shared string is not what every program takes it for; "" where each is."""
    root = STRINGS.search(strings, 0, 4096)
    if not root:
        return _STRING if strings else ""
    at = root.end()
    if not root[1] and usual_texts(strings):
        at = strings.rfind(STRING_END) + len(STRING_END)
    items = pattern(b"ITEMS", root[1]).match(strings, at)
    at = items.end() if items else at
    is_whole = pattern(b"END", root[1]).match(strings, at) or root[0].rstrip().endswith(b"/>")
    return "" if is_whole else _STRING


def _is_only(sheet: bytes, opening: re.Match[bytes], end: int, prefix: bytes) -> bool:
    """Whether the cells are those of the sheet itself, and there are no others."""
    alone = sheet.count(b"sheetData") == 1 + (end >= 0)
    if not alone and len(pattern(b"ANY", prefix).findall(sheet)) != 1 + (end >= 0):
        return False
    return open_tags(sheet[: opening.start()], prefix) == 1


def _row_of(rows: bytes) -> str:
    found = _ROW_NUMBER.match(rows)
    return f"第 {int(found[1])} 列" if found else _WHOLE


@lru_cache(maxsize=16)  # in the forms of a round the same cells stand
def _out_of_order(stand: bytes) -> str:
    """The first cell that does not come after the one before it, or stands in another row."""
    row = column = 0
    is_said = True
    for place in stand.split():
        if place.isdigit() or place == b"row":
            number = row + 1 if place == b"row" else int(place)
            if number <= row:
                return f"第 {number} 列"
            row, column, is_said = number, 0, place != b"row"
        elif place == b"c":
            column += 1
        elif found := _ADDRESS.fullmatch(place):
            number, at = int(found[2]), column_of(found[1]) + 1
            if number < row or (number > row and is_said) or (at <= column and number == row):
                return place.decode("ascii")
            row, column = number, at
        else:
            return _WHOLE
    return ""
