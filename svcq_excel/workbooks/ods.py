"""A closer look into .ods: cells are counted, since only their order says where they stand.

Regular expressions find rows and cells many times faster than a parser reads the whole; they rest
on what XML promises: inside a tag or a text there is no bare `<`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import unescape

from svcq_excel.text.roc_dates import TAIPEI
from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_PROPERTIES, MAX_ROWS
from svcq_excel.workbooks.look import (
    Book,
    CellPlace,
    Look,
    Oddity,
    Seen,
)
from svcq_excel.workbooks.properties import moment, said_in
from svcq_excel.workbooks.zip_parts import Parts, packed

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
_FORMULA = re.compile(
    rb""":formula\s*=\s*(?:"(?:\w+:)?=([^"]{1,8192})"|'(?:\w+:)?=([^']{1,8192})')"""
)
_ADDRESSED = re.compile(r"\[([^\[\]]*)\]")
_PERCENTAGE = re.compile(rb""":value-type\s*=\s*["']percentage["']""")
_MARKED = re.compile(rb""":value-type\s*=\s*["']error["']""")

# White space beside the tags that make up tables; within a paragraph it is text.
_AFTER = rb"(</?%b:[^<>]*+>)\s++(?=<)"
_BEFORE = rb"(?<=>)\s++(?=</?%b:)"
_BETWEEN_PARAGRAPHS = re.compile(rb"(</\w+:p\s*+>)\s++(?=<)")
_BLANKS = (b"\n", b" ", b"\r", b"\t")
_MANIFEST = "META-INF/manifest.xml"
_GENERATOR = re.compile(r"<meta:generator>([^<]+)<")
_SAVED = re.compile(r"<dc:date>([^<]+)<")
_SIGNS: dict[Oddity, tuple[bytes, ...]] = {
    "external-links": (b"'file:", b"<table:table-source", b"<table:cell-range-source"),
    "dde": (b"<office:dde-source", b"=DDE("),
    "connections": (b"<table:database-source-",),
}

_COMMENT = re.compile(rb"<(\w+:annotation)\b.*?</\1\s*>", re.DOTALL)
_PARAGRAPH = re.compile(rb"<(\w+:p)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUTHS = {"TRUE", "FALSE"}


class OdsBook(Book):
    suffixes = frozenset({".ods", ".ots"})

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def read_ahead(self) -> None:
        self._parts.read("content.xml")

    def for_calamine(self) -> bytes:
        """The reader takes white space after a paragraph for part of the cell's text."""
        content = self._parts.read("content.xml")
        spaced = any(b":p>" + blank in content for blank in _BLANKS)
        return (self.mended() if spaced else None) or self._parts.data

    def mended(self) -> bytes | None:
        """The reader stumbles over white space between rows and cells, which means nothing."""
        content, prefix = self._content
        bare = re.sub(_BEFORE % prefix, b"", re.sub(_AFTER % prefix, rb"\1", content))
        bare = _BETWEEN_PARAGRAPHS.sub(rb"\1", bare)
        if len(bare) == len(content):
            return None
        members = {name: self._parts.read(name) for name in ("mimetype", _MANIFEST)}
        return packed({**members, "content.xml": bare})

    def is_encrypted(self) -> bool:
        return b"encryption-data" in self._parts.read(_MANIFEST)

    def saved_by(self) -> tuple[str, datetime | None]:
        text = self._parts.read("meta.xml", MAX_PROPERTIES).decode("utf-8", "replace")
        return said_in(text, _GENERATOR), moment(said_in(text, _SAVED), TAIPEI)

    def oddities(self) -> Iterator[Oddity]:
        names = [name.lower() for name in self._parts.members]
        modules = (
            name
            for name in names
            if name.startswith(("basic/", "scripts/"))
            and not name.endswith(("-lb.xml", "-lc.xml", "/"))
        )
        if any(modules):
            yield "macros"
        content = self._parts.read("content.xml")
        content = content[max(content.find(b"<office:body"), 0) :]
        has_source = b"-source" in content  # what most have not needs one search
        for oddity, signs in _SIGNS.items():
            if any(sign in content for sign in signs if has_source or b"-source" not in sign):
                yield oddity

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


@dataclass(frozen=True, slots=True)
class _Look(Seen):
    tags: Mapping[CellPlace, bytes] = field(default_factory=dict)
    """Of the cells with a formula, as far as each stands for itself."""

    def formula_text(self, row: int, column: int) -> str:
        return _spelled(self.tags.get((row, column), b""))


def _look(table: bytes, prefix: bytes, is_protected: bool) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    tags: dict[CellPlace, bytes] = {}
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
                if formula and places:
                    tags[places[0]] = said
                percents.update(places if percent else ())
                errors.update(dict.fromkeys(places, error) if error else {})
    seen = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return _Look(*seen, is_protected, tags=tags)


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


def _spelled(said: bytes) -> str:
    """The formula in a cell's tag as people see it: of:=[.A1]+1 is =A1+1."""
    found = _FORMULA.search(said)
    text = _text(found[1] or found[2]) if found else ""
    return (
        "=" + _ADDRESSED.sub(lambda each: each[1].removeprefix(".").replace(":.", ":"), text)
        if text
        else ""
    )


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
