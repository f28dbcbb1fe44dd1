"""How cells and strings of .xlsx are spelled, by any program and by those that offices use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from svcq_excel.workbooks.areas import CellPlace
from svcq_excel.workbooks.openxml.addressing import place_of
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
# %b stands for the prefix of the namespace, mostly none. No cell's tag has 400 letters; the bound
# and the possessive + keep the time in proportion to the size of any sheet, and the cache small.
WITH_FORMULA = rb"<%bc\s[^<]{1,400}+<%bf[\s/>]"
STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]{1,6})["']""")
_FORMULA = re.compile(WITH_FORMULA % (b"", b""))
_EMPTY = re.compile(rb"[^<>]*(?:/>|></c>)")
_NAMES_TEXT = b' t="s"'
_TEXT_NAMED = re.compile(rb"[^<>]*><v>([0-9]{1,7})</v></c>")
PLAIN_TAG = re.compile(rb"""r="[A-Z]*[0-9]+"(?: [A-Za-z][\w:.]*="[^"&<>]*")*/?>""")
STRINGS = re.compile(rb"<((?:\w+:)?)sst(?=[\s/>])[^<>]*+>\s*+")
ROW, ROW_END, CELL, STRING_END = b"<row ", b"</row>", b"<c ", b"</si>"
_LONGEST_TAG = 380  # of a cell; what looks for formulas looks little further


@lru_cache(maxsize=64)
def pattern(name: bytes, prefix: bytes) -> re.Pattern[bytes]:
    spelled = _PARTS[name]
    for word in reversed(_PARTS):
        spelled = spelled.replace(word, _PARTS[word])
    return re.compile(re.sub(rb"(?<=[</?])P(?=[\w(])", prefix, spelled))


def places_in(piece: bytes) -> bytes | None:
    """The places of rows and cells as office programs write them; None where there is other."""
    tokens = pattern(b"USUAL", b"").split(piece)
    return None if any(tokens[::3]) else b" ".join(filter(None, tokens))


class Cell(NamedTuple):
    """A cell as office programs write it."""

    places: bytes
    """Where it stands."""
    place: CellPlace | None
    style: int
    has_formula: bool
    is_written: bool
    """Whether anything stands in it."""
    is_plain: bool
    """Whether it is known what its value hangs on."""
    text: int | None
    """The shared string that it names."""


@lru_cache(maxsize=8192)  # the forms of a round have most tags in common
def style_of(tag: bytes) -> int:
    """The format of the cell with this tag."""
    found = STYLE.search(tag)
    return int(found[1]) if found else 0


def _cell(piece: bytes) -> Cell | None:
    """A cell, without its first letters, and what follows it up to the next."""
    is_plain = piece.find(b">") < _LONGEST_TAG and b"xmlns" not in piece
    places = places_in(CELL + piece) if is_plain else None
    if places is None or b" " in places:
        return None
    tag = piece[: piece.index(b">") + 1]
    named = _TEXT_NAMED.match(piece) if _NAMES_TEXT in tag else None
    is_written = not _EMPTY.match(piece)
    is_known = named or not is_written or _NAMES_TEXT not in tag
    return Cell(
        places,
        place_of(b" " + tag),
        style_of(b" " + tag),
        bool(_FORMULA.match(CELL + piece)),
        is_written,
        bool(is_known and PLAIN_TAG.fullmatch(tag)),
        int(named[1]) if named and is_written else None,
    )


@lru_cache(maxsize=1)  # whoever opens a workbook asks before who looks at its cells
def usual_texts(strings: bytes) -> Sequence[bytes]:
    """Every shared string, without its end, where each is as office programs write it; none where
    one is not."""
    root, last = STRINGS.search(strings, 0, 4096), strings.rfind(STRING_END)
    if not root or last < root.end():
        return ()
    texts = strings[root.end() : last].split(STRING_END)
    return texts if _USUAL_STRINGS.said_of(texts) else ()


def _usual_string(piece: bytes) -> bool | None:
    """Whether a text, without its end, is one that every program reads alike."""
    return bool(pattern(b"FULL", b"").fullmatch(piece + STRING_END)) or None


USUAL_CELLS, _USUAL_STRINGS = SeenBefore(_cell), SeenBefore(_usual_string)
