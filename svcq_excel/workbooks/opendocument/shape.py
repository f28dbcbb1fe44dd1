"""Whether the content of an .ods is what every program takes it for: names that mean one thing, and
in each cell the value of its own type.

A text with a number beside it is a text to one program and a number to another.
"""

from __future__ import annotations

import re
from html import unescape

from svcq_excel.workbooks.seen_before import SeenBefore

_NAMES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0": each.encode()
    for each in ("office", "table", "text")
}
_DECLARED = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
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
_OF_TYPE = {
    b"float": b"value",
    b"percentage": b"value",
    b"currency": b"value",
    b"date": b"date-value",
    b"time": b"time-value",
    b"boolean": b"boolean-value",
    b"string": b"string-value",
}


def content_differs(content: bytes, prefix: bytes) -> str:
    """What of it programs may take otherwise, in words for people; "" for nothing."""
    root = content.find(b">", content.find(b"<office:document-content"))
    nested = content.find(b"xmlns", root) >= 0
    names = [
        (name, _NAMES.get(unescape((one or other).decode("utf-8", "replace")), b""))
        for name, one, other in _DECLARED.findall(content if nested else content[:root])
    ]
    meant = [own for _, own in names if own]
    mistaken = any(name != own for name, own in names if name in _NAMES.values())
    if mistaken or len({*meant}) < len(meant):
        return "檔案內部的名稱可作兩種解讀"
    tags = {tag for tag in re.findall(_CELL % prefix, content) if b"value" in tag}
    return "儲存格的值可作兩種解讀" if _ALIKE.said_of(tags) is None else ""


def _is_alike(tag: bytes) -> bool | None:
    """Whether every program takes the value in a cell's tag for the same."""
    if _USUAL.fullmatch(tag):
        return True
    told = _VALUES.findall(_FORMULA.sub(b"", tag))
    values = [value for value, _ in told if value]
    types = [kind for _, kind in told if kind]
    return not values or (len(types) == 1 and values == [_OF_TYPE.get(types[0])]) or None


_ALIKE = SeenBefore(_is_alike)
