"""The cell formats of .xlsx: which show percentages, and which number formats are its own."""

from __future__ import annotations

from functools import lru_cache

from svcq_excel.workbooks.look import percent_formats
from svcq_excel.workbooks.zip_parts import parse


@lru_cache(maxsize=4)
def percent_styles(styles: bytes) -> frozenset[int]:
    """The cell formats, counted from 0, that show a percentage."""
    formats = _formats(styles)
    percents = percent_formats({id: code for id, code in formats if code})
    return frozenset(i for i, (id, _) in enumerate(formats) if id in percents)


def own_formats(styles: bytes) -> dict[int, str]:
    """By cell format, the code of a number format that is not built in."""
    return {i: code for i, (_, code) in enumerate(_formats(styles)) if code}


def _formats(styles: bytes) -> list[tuple[int, str]]:
    """By cell format, the id of its number format, and the code of one that is not built in."""
    root = parse(styles)
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    ids = [each.get("numFmtId", "") for each in root.iterfind("{*}cellXfs/{*}xf")]
    return [(int(id) if id.isdecimal() else 0, codes.get(id, "")) for id in ids]
