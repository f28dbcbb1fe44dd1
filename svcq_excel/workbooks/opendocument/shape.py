"""Whether the content of an .ods is what every program takes it for: names that mean one thing, and
in each cell the value of its own type.

A text with a number beside it is a text to one program and a number to another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from svcq_excel.workbooks.look import Oddity
from svcq_excel.workbooks.seen_before import SeenBefore

_NAMES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0": each.encode()
    for each in ("office", "table", "text")
}
_DECLARED = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_TABLE = rb"<(?:(/)%b:table>|%b:table\s([^<]*))"
_CELL = rb"<%b:(?:covered-)?table-cell\s([^<>]*+)>"
_USUAL = re.compile(
    rb"""(?:table:formula="[^"]*"\s|(?!\S*value)\S++\s)*+office:value-type="""
    rb"""(?:"string"(?:\soffice:string-value="[^"]*")?|"(?:float|percentage)"\soffice:value="[^"]*")"""
    rb"""(?:\scalcext:value-type="\w*")?(?:\s(?!\S*value)\S++)*+\s*/?"""
)
"""What LibreOffice and Excel write."""
_FORMULA = re.compile(rb"""\w:formula\s*=\s*(?:"[^"]*"|'[^']*')""")
_VALUES = re.compile(
    rb"""\w:((?:date|time|boolean|string)-value|value)\s*=|"""
    + (rb"""(?<!calcext):value-type\s*=\s*["']([\w-]*)["']""")
)
_BESIDE = re.compile(rb":(?:table-column|shapes|conditional-format|apply-style-name|show-value)\b")
_SPACED = re.compile(rb":p>\s")
SIGNS: dict[Oddity, tuple[bytes, ...]] = {
    "external-links": (b"'file:", b"<table:table-source", b"<table:cell-range-source"),
    "dde": (b"<office:dde-source", b"=DDE("),
    "connections": (b"<table:database-source-",),
}
_OF_TYPE = {
    b"float": b"value",
    b"percentage": b"value",
    b"currency": b"value",
    b"date": b"date-value",
    b"time": b"time-value",
    b"boolean": b"boolean-value",
    b"string": b"string-value",
}


class TableTag(NamedTuple):
    """Where a table begins or ends."""

    closes: bool
    attributes: bytes
    start: int
    end: int


class Line(NamedTuple):
    """What a row of the content, with all up to the next one, tells by itself."""

    alike: bool
    """Whether every program takes its cells for the same."""
    declares: bool
    """Whether it may say what a name means."""
    spaced: bool
    """Whether white space stands beside a paragraph."""
    tables: Sequence[TableTag]
    """Where tables begin and end in it."""
    beside: bool
    """Whether it says something of columns, shapes or conditions."""
    oddities: tuple[Oddity, ...]


def content_differs(content: bytes, head: bytes, lines: Sequence[Line]) -> str:
    """What of it programs may take otherwise, in words for people; "" for nothing. The lines are
    what follows its head."""
    if _is_ambiguous(content if any(line.declares for line in lines) else head):
        return "檔案內部的名稱可作兩種解讀"
    return "" if all(line.alike for line in lines) else "儲存格的值可作兩種解讀"


@lru_cache(maxsize=2)  # the forms of a round agree in their heads
def _is_ambiguous(declaring: bytes) -> bool:
    """Whether a name that means something to us means several things, or is another's."""
    names = [
        (name, _NAMES.get(unescape((one or other).decode("utf-8", "replace")), b""))
        for name, one, other in _DECLARED.findall(declaring)
    ]
    meant = [own for _, own in names if own]
    mistaken = any(name != own for name, own in names if name in _NAMES.values())
    return mistaken or len({*meant}) < len(meant)


@lru_cache(maxsize=4)
def lines_by(prefix: bytes) -> SeenBefore[Line]:
    cells, table = re.compile(_CELL % prefix), re.compile(_TABLE % (prefix, prefix))

    def tags(line: bytes) -> list[TableTag]:
        found = table.finditer(line)
        return [TableTag(bool(at[1]), at[2] or b"", at.start(), at.end()) for at in found]

    return SeenBefore(
        lambda line: Line(
            all(map(_is_alike, cells.findall(line))),
            b"xmlns" in line,
            bool(_SPACED.search(line)),
            tags(line),
            bool(_BESIDE.search(line)),
            tuple(odd for odd, signs in SIGNS.items() if any(sign in line for sign in signs)),
        )
    )


def _is_alike(tag: bytes) -> bool:
    """Whether every program takes the value in a cell's tag for the same."""
    if b"value" not in tag or _USUAL.fullmatch(tag):
        return True
    told = _VALUES.findall(_FORMULA.sub(b"", tag))
    values = [value for value, _ in told if value]
    types = [kind for _, kind in told if kind]
    return not values or (len(types) == 1 and values == [_OF_TYPE.get(types[0])])
