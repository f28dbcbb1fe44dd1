"""A closer look into .ods: cells are counted, since only their order says where they stand.

Regular expressions find rows and cells many times faster than a parser reads the whole; they rest
on what XML promises: inside a tag or a text there is no bare `<`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from svcq_excel.workbooks.look import (
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    CellPlace,
    Look,
    Seen,
)
from svcq_excel.workbooks.zip_parts import Parts

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_PREFIX = re.compile(
    rb"""xmlns:(\w+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:table:1\.0["']"""
)
# %b stands for that prefix. A tag's attributes reach to the next tag: in between are only blanks.
_TABLE = rb"<%b:table\s([^<]*)"
_ROW = rb"<%b:table-row(?=[\s/>])"
_CELL = rb"<%b:(?:covered-)?table-cell(?=[\s/>])"
_NAME = re.compile(rb"""\w:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REPEATED = re.compile(rb"""-repeated\s*=\s*["']([0-9]{1,9})["']""")
_HIDDEN = re.compile(rb""":visibility\s*=\s*["'](?:collapse|filter)["']""")
_PROTECTED = re.compile(rb""":protected\s*=\s*["']true["']""")
_PERCENTAGE = re.compile(rb""":value-type\s*=\s*["']percentage["']""")
_MARKED = re.compile(rb""":value-type\s*=\s*["']error["']""")

_COMMENT = re.compile(rb"<(\w+:annotation)\b.*?</\1\s*>", re.DOTALL)
_PARAGRAPH = re.compile(rb"<(\w+:p)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUTHS = {"TRUE", "FALSE"}


class OdsBook(Book):
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def sheet(self, name: str) -> Look:
        content, prefix = self._content
        for table in re.finditer(_TABLE % prefix, content):
            named = _NAME.search(table[1])
            if named and _text(named[1] or named[2] or b"") == name:
                end = content.find(b"</%b:table>" % prefix, table.end())
                cells = content[table.end() : end if end >= 0 else None]
                return _look(cells, prefix, bool(_PROTECTED.search(table[1])))
        return Look()

    def properties(self) -> dict[str, str]:
        found = self._parts.xml("meta.xml").iter(f"{_META}user-defined")
        return {each.get(f"{_META}name", ""): "".join(each.itertext()) for each in found}

    @cached_property
    def _content(self) -> tuple[bytes, bytes]:
        """The content, and its prefix for the names of what makes up tables."""
        content = self._parts.read("content.xml")
        prefix = _PREFIX.search(content, 0, 16_384)
        if not prefix or "content.xml" in self._parts.declaring or b"\0" in content:
            return b"", b""
        return content, prefix[1]


def _look(table: bytes, prefix: bytes, is_protected: bool) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    hidden: set[int] = set()
    rows = range(0)
    for line in re.split(_ROW % prefix, table)[1:]:
        said = line[: line.find(b"<")]
        rows = range(rows.stop, min(rows.stop + _repeats(said), MAX_ROWS))
        if _HIDDEN.search(said):
            hidden.update(rows)
        if not _tells(line):
            continue
        for columns, cell in _cells(line, prefix):
            said = cell[: cell.find(b"<")]
            formula, percent = b":formula" in said, bool(_PERCENTAGE.search(said))
            marked = bool(_MARKED.search(said))
            error = _error(cell, marked) if formula or marked else ""
            if formula or percent or error:
                places = [(row, column) for row in rows for column in columns]
                formulas.update(places if formula else ())
                percents.update(places if percent else ())
                errors.update(dict.fromkeys(places, error) if error else {})
    return Seen(frozenset(formulas), errors, frozenset(percents), frozenset(hidden), is_protected)


def _cells(line: bytes, prefix: bytes) -> Iterator[tuple[range, bytes]]:
    """The cells of a row that tell something, each with the columns it stands for."""
    at = 0
    for cell in re.split(_CELL % prefix, line)[1:]:
        repeats = _repeats(cell[: cell.find(b"<")]) if b"-repeated" in cell else 1
        if _tells(cell):
            yield range(at, min(at + repeats, MAX_COLUMNS)), cell
        at += repeats


def _tells(markup: bytes) -> bool:
    """Most rows and cells have none of these, and only count."""
    return b":formula" in markup or b"percentage" in markup or b"error" in markup


def _repeats(said: bytes) -> int:
    if b"-repeated" not in said:
        return 1
    found = _REPEATED.search(said)
    return int(found[1]) if found else 1


def _error(cell: bytes, marked: bool) -> str:
    """The error value in a cell; programs other than LibreOffice only show it, as a text.

    A TRUE that came from .xlsx LibreOffice writes as a formula whose value is the number 1.
    """
    lines = _PARAGRAPH.findall(_COMMENT.sub(b"", cell))
    text = _text(b"".join(_TAG.sub(b"", line) for _, line in lines))
    return text if marked or text in _ERRORS or text in _TRUTHS else ""


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
