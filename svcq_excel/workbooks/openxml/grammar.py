"""How cells and strings of .xlsx are spelled, by any program and by those that offices use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

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
STRINGS = re.compile(rb"<((?:\w+:)?)sst(?=[\s/>])[^<>]*+>\s*+")
ROW, ROW_END, CELL, STRING_END = b"<row ", b"</row>", b"<c ", b"</si>"
_LONGEST_TAG = 380  # of a cell; what looks for formulas looks little further


@lru_cache(maxsize=64)
def pattern(name: bytes, prefix: bytes) -> re.Pattern[bytes]:
    spelled = _PARTS[name]
    for word in reversed(_PARTS):
        spelled = spelled.replace(word, _PARTS[word])
    return re.compile(re.sub(rb"(?<=[</?])P(?=[\w(])", prefix, spelled))


def usual_row(piece: bytes) -> bytes | None:
    """The places in a row as office programs write it, without its first letters, and what follows
    it up to the next; None of any other."""
    tag, *cells = piece.split(CELL)
    first = _places_in(ROW + tag) if b"xmlns" not in tag else None
    others = _USUAL_CELLS.said_of(cells) if first is not None else None
    return b" ".join([first or b"", *others]) if others is not None else None


def _usual_cell(piece: bytes) -> bytes | None:
    """The places in a cell, without its first letters, and what follows it up to the next."""
    is_plain = piece.find(b">") < _LONGEST_TAG and b"xmlns" not in piece
    return _places_in(CELL + piece) if is_plain else None


def _places_in(piece: bytes) -> bytes | None:
    tokens = pattern(b"USUAL", b"").split(piece)
    return None if any(tokens[::3]) else b" ".join(filter(None, tokens))


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


_USUAL_CELLS, _USUAL_STRINGS = SeenBefore(_usual_cell), SeenBefore(_usual_string)
