"""Whether the cells and strings of .xlsx stand as every program reads them: each cell once, in its
order, with one value; each string with one text.

What a second value, another order or a foreign element would mean is not agreed upon: one program
takes the first, one the last, one repairs the file, one refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from svcq_excel.workbooks.openxml.addressing import column_of
from svcq_excel.workbooks.seen_before import SeenBefore

# P stands for the prefix of the namespace, mostly none, and words in capitals for what stands
# above them. Every repetition is possessive, so that nothing is tried twice.
_PARTS = {
    b"REST": rb"(?=[\s/>])[^<>]*+",
    b"TEXT": rb"(?:<PtREST(?:(?<=/)>|>[^<]*+</Pt\s*+>)\s*+)",
    b"FONT": rb"(?:<PrPrREST(?:(?<=/)>|>(?:\s*+</?P(?!(?:r|t|rPr)\b)\w[^<>]*+>)*+"
    rb"\s*+</PrPr\s*+>)\s*+)",
    b"RUN": rb"(?:<PrREST>\s*+FONT?TEXT?</Pr\s*+>\s*+)",
    b"SPOKEN": rb"(?:<PrPhREST>\s*+TEXT?</PrPh\s*+>\s*+|"
    rb"<PphoneticPrREST>\s*+(?:</PphoneticPr\s*+>\s*+)?)",
    b"STRING": rb"\s*+(?:TEXTSPOKEN*+|(?:RUN|SPOKEN)*+)",
    b"FORMULA": rb"(?:<PfREST(?:(?<=/)>|>[^<]*+</Pf\s*+>)\s*+)",
    b"VALUE": rb"(?:<PvREST(?:(?<=/)>|>[^<]*+</Pv\s*+>)\s*+)",
    b"INLINE": rb"(?:<PisREST(?:(?<=/)>|>STRING</Pis\s*+>)\s*+)",
    b"MORE": rb"(?:<PextLstREST>(?:[^<]++|<(?!/PextLst)(?!/?P(?:c|v|f|is)\b)[^<>]*+>)*+"
    rb"</PextLst\s*+>\s*+)",
    b"CELL": rb"(?:<PcREST(?:(?<=/)>|>\s*+FORMULA?(?:VALUE|INLINE)?MORE?</Pc\s*+>)\s*+)",
    b"ROW": rb"\s*+<ProwREST(?:(?<=/)>|>\s*+CELL*+MORE?</Prow\s*+>)\s*+",
    b"ITEM": rb"\s*+<PsiREST(?:(?<=/)>|>STRING</Psi\s*+>)\s*+",
    b"ITEMS": rb"(?:ITEM)*+",
    b"FULL": rb"\s*+<PsiREST>STRING</Psi>",
    b"END": rb"(?:</Psst|<PextLst)",
    b"STAND": rb"""<P(row|c)(?=[\s/>])(?:[^<>]*?\sr\s*=\s*["']([^"'<>\s]*)["'])?""",
    # What office programs write.
    b"USUAL": rb"""<c\sr="([A-Z]++[0-9]++)"[^<>]*+(?:(?<=/)>|>FORMULA?VALUE?"""
    rb"""(?:<is><tREST>[^<]*+</t></is>)?</c>)|<row\sr="([0-9]++)"[^<>]*+>|</row>""",
    # No program writes so long a tag; what looks for formulas looks no further.
    b"LONG": rb"<Pc\s[^<]{390}",
    b"OPENING": rb"<PsheetDataREST>",
    b"ANY": rb"</?(?:[\w.-]*:)?sheetData\b",
    b"HEAD": rb"""<(/?)[^\s/<>"'?]++(?:[^<>"'/]++|"[^"<]*+"|'[^'<]*+')*+(/?)>""",
    b"DECLARING": rb"<[^<>]*\sxmlns[:=\s]",
}
_ADDRESS = re.compile(rb"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW_NUMBER = re.compile(rb"""<\S*row\b[^<>]*?\sr\s*=\s*["']([0-9]{1,7})["']""")
_STRINGS = re.compile(rb"<((?:\w+:)?)sst(?=[\s/>])[^<>]*+>\s*+")
_STRING = "儲存格的文字可作兩種解讀"
_WHOLE = "各儲存格"
_ROW, _CELL, _STRING_END = b"<row ", b"<c ", b"</si>"
_LONGEST_TAG = 380  # of a cell; what looks for formulas looks little further


def cells_differ(sheet: bytes, prefix: bytes) -> str:
    """Where on a sheet a cell is not what every program takes it for; "" for nowhere."""
    opening = _pattern(b"OPENING", prefix).search(sheet)
    if not opening:
        return ""
    start, end = opening.end(), sheet.rfind(b"</%bsheetData" % prefix)
    if not _is_only(sheet, opening, end, prefix):
        return _WHOLE
    if end < 0:
        return ""
    cells = sheet[start:end]
    if not prefix and (places := _usually_placed(cells)) is not None:
        return _out_of_order(places)
    if b"xmlns" in cells and _pattern(b"DECLARING", prefix).search(cells):
        return _WHOLE
    if _pattern(b"LONG", prefix).search(cells):
        return _WHOLE
    at, row = 0, _pattern(b"ROW", prefix)
    while found := row.match(cells, at):
        at = found.end()
    if cells[at:].strip():
        return _row_of(cells[at : at + 1000])
    stand = _pattern(b"STAND", prefix).findall(cells)
    return _out_of_order(b" ".join([place or tag for tag, place in stand]))


def strings_differ(strings: bytes) -> str:
    """That a shared string is not what every program takes it for; "" where each is."""
    root = _STRINGS.search(strings, 0, 4096)
    if not root:
        return _STRING if strings else ""
    at = root.end()
    if not root[1] and usual_texts(strings):
        at = strings.rfind(_STRING_END) + len(_STRING_END)
    items = _pattern(b"ITEMS", root[1]).match(strings, at)
    at = items.end() if items else at
    is_whole = _pattern(b"END", root[1]).match(strings, at) or root[0].rstrip().endswith(b"/>")
    return "" if is_whole else _STRING


@lru_cache(maxsize=1)  # whoever opens a workbook asks before who looks at its cells
def usual_texts(strings: bytes) -> Sequence[bytes]:
    """Every shared string, without its end, where each is as office programs write it; none where
    one is not."""
    root, last = _STRINGS.search(strings, 0, 4096), strings.rfind(_STRING_END)
    if not root or last < root.end():
        return ()
    texts = strings[root.end() : last].split(_STRING_END)
    return texts if _USUAL_STRINGS.said_of(texts) else ()


def _is_only(sheet: bytes, opening: re.Match[bytes], end: int, prefix: bytes) -> bool:
    """Whether the cells are those of the sheet itself, and there are no others."""
    alone = sheet.count(b"sheetData") == 1 + (end >= 0)
    if not alone and len(_pattern(b"ANY", prefix).findall(sheet)) != 1 + (end >= 0):
        return False
    return _open_tags(sheet[: opening.start()], prefix) == 1


@lru_cache(maxsize=16)  # the forms of a round agree in what stands before the cells
def _open_tags(head: bytes, prefix: bytes) -> int:
    tags = _pattern(b"HEAD", prefix).findall(head)
    return sum(-1 if closes else not closed for closes, closed in tags)


def _usually_placed(cells: bytes) -> bytes | None:
    """Where the cells and rows of a sheet stand, if all are as office programs write them."""
    before, *rows = cells.split(_ROW)
    places = None if before.strip() else _USUAL_ROWS.said_of(rows)
    return None if places is None else b" ".join(places)


def _usual_row(piece: bytes) -> bytes | None:
    """The places in a row, without its first letters, and what follows it up to the next."""
    tag, *cells = piece.split(_CELL)
    first = _places_in(_ROW + tag) if b"xmlns" not in tag else None
    others = _USUAL_CELLS.said_of(cells) if first is not None else None
    return b" ".join([first or b"", *others]) if others is not None else None


def _usual_cell(piece: bytes) -> bytes | None:
    """The places in a cell, without its first letters, and what follows it up to the next."""
    is_plain = piece.find(b">") < _LONGEST_TAG and b"xmlns" not in piece
    return _places_in(_CELL + piece) if is_plain else None


def _places_in(piece: bytes) -> bytes | None:
    tokens = _pattern(b"USUAL", b"").split(piece)
    return None if any(tokens[::3]) else b" ".join(filter(None, tokens))


def _usual_string(piece: bytes) -> bool | None:
    """Whether a text, without its end, is one that every program reads alike."""
    return bool(_pattern(b"FULL", b"").fullmatch(piece + _STRING_END)) or None


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


@lru_cache(maxsize=64)
def _pattern(name: bytes, prefix: bytes) -> re.Pattern[bytes]:
    spelled = _PARTS[name]
    for word in reversed(_PARTS):
        spelled = spelled.replace(word, _PARTS[word])
    return re.compile(re.sub(rb"(?<=[</?])P(?=[\w(])", prefix, spelled))


_USUAL_ROWS, _USUAL_CELLS = SeenBefore(_usual_row), SeenBefore(_usual_cell)
_USUAL_STRINGS = SeenBefore(_usual_string)
