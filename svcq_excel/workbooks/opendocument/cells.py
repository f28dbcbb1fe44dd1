"""The cells of a table in .ods: what each tells, counted, since only their order says where it is.

A tag's attributes reach to the next tag: in between are only blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.look import CellPlace, Seen
from svcq_excel.workbooks.seen_before import SeenBefore

# %b stands for the prefix of the namespace of tables.
ROW = rb"<%b:table-row(?=[\s/>])"
CELL = rb"<%b:(?:covered-)?table-cell(?=[\s/>])"
_REPEATED = re.compile(rb"""-repeated\s*=\s*["']([0-9]{1,9})["']""")
_HIDDEN = re.compile(rb""":visibility\s*=\s*["'](?:collapse|filter)["']""")
_FORMULA = re.compile(
    rb""":formula\s*=\s*(?:"(?:\w+:)?=([^"]{1,8192})"|'(?:\w+:)?=([^']{1,8192})')"""
)
_ADDRESSED = re.compile(r"\[([^\[\]]*)\]")
_PERCENTAGE = re.compile(rb""":value-type\s*=\s*["']percentage["']""")
_FLOAT = re.compile(rb""":value-type\s*=\s*["']float["']""")
_NO_CODE = re.compile(r"[0-9]\.[0-9]|[%#]|E[+-]")
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_MARKED = re.compile(rb""":value-type\s*=\s*["']error["']""")

_TEXT = re.compile(rb"<(/?)(\w+:(?:annotation|p))\b[^<>]*>")
_TAG = re.compile(rb"<[^<>]*>")
_SLASH = ord("/")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUTHS = {"TRUE", "FALSE"}


@dataclass(frozen=True, slots=True)
class _Look(Seen):
    tags: Mapping[CellPlace, bytes] = field(default_factory=dict)
    """Of the cells with a formula, as far as each stands for itself."""

    def formula_text(self, row: int, column: int) -> str:
        return _spelled(self.tags.get((row, column), b""))


def look_at(table: bytes, prefix: bytes, is_protected: bool) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    tags: dict[CellPlace, bytes] = {}
    hidden: set[int] = set()
    rows = range(0)
    for line in re.split(ROW % prefix, table)[1:]:
        said = line[: line.find(b"<")]
        rows = range(rows.stop, min(rows.stop + repeats(said), MAX_ROWS))
        if _HIDDEN.search(said):
            hidden.update(rows)
        if not _tells(line):
            continue
        found = list(_cells(line, prefix, _tells))
        told = _TELLING.said_of(cell for _, cell in found) or ()
        for (columns, _), (said, percent, error) in zip(found, told, strict=True):
            formula = b":formula" in said
            if formula or percent or error:
                places = [(row, column) for row in rows for column in columns]
                formulas.update(places if formula else ())
                if formula and places:
                    tags[places[0]] = said
                percents.update(places if percent else ())
                errors.update(dict.fromkeys(places, error) if error else {})
    seen = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return _Look(*seen, is_protected, tags=tags)


def _told_by(cell: bytes) -> tuple[bytes, bool, str]:
    """The tag of a cell that tells something, whether it shows a percentage, and its error."""
    said = cell[: cell.find(b"<")]
    marked = bool(_MARKED.search(said))
    error = _error(cell, marked) if marked or b":formula" in said else ""
    return said, bool(_PERCENTAGE.search(said)), error


_TELLING = SeenBefore(_told_by)


def codes_shown(table: bytes, prefix: bytes, most_rows: int) -> Iterator[tuple[CellPlace, str]]:
    """What cells with numbers show; not what shows decimals, exponents or ###."""
    at = 0
    for line in re.split(ROW % prefix, table)[1:]:
        rows = range(at, min(at + repeats(line[: line.find(b"<")]), most_rows))
        at = rows.stop
        for columns, cell in _cells(line, prefix, _is_number):
            text = _plain(cell)
            if text and not _NO_CODE.search(text):
                shown = _GROUPED.sub("", text)
                yield from (((row, column), shown) for row in rows for column in columns)


def _cells(
    line: bytes, prefix: bytes, wanted: Callable[[bytes], bool]
) -> Iterator[tuple[range, bytes]]:
    """The wanted cells of a row, each with the columns it stands for."""
    at = 0
    for cell in re.split(CELL % prefix, line)[1:]:
        count = repeats(cell[: cell.find(b"<")]) if b"-repeated" in cell else 1
        if wanted(cell):
            yield range(at, min(at + count, MAX_COLUMNS)), cell
        at += count


def _tells(markup: bytes) -> bool:
    """Most rows and cells have none of these, and only count."""
    return b":formula" in markup or b"percentage" in markup or b"error" in markup


def _is_number(cell: bytes) -> bool:
    return bool(_FLOAT.search(cell[: cell.find(b"<")]))


def _spelled(said: bytes) -> str:
    """The formula in a cell's tag as people see it: of:=[.A1]+1 is =A1+1."""
    found = _FORMULA.search(said)
    text = text_in(found[1] or found[2]) if found else ""
    return (
        "=" + _ADDRESSED.sub(lambda each: each[1].removeprefix(".").replace(":.", ":"), text)
        if text
        else ""
    )


def repeats(said: bytes) -> int:
    if b"-repeated" not in said:
        return 1
    found = _REPEATED.search(said)
    return int(found[1]) if found else 1


def _error(cell: bytes, marked: bool) -> str:
    """The error value in a cell; programs other than LibreOffice only show it, as a text.

    A TRUE that came from .xlsx LibreOffice writes as a formula whose value is the number 1.
    """
    text = _plain(cell)
    return text if marked or text in _ERRORS or text in _TRUTHS else ""


def _plain(cell: bytes) -> str:
    """The text that a cell shows."""
    return text_in(_TAG.sub(b"", b"".join(_lines(cell))))


def _lines(cell: bytes) -> Iterator[bytes]:
    """What stands in its paragraphs, but not in comments; from tag to tag, so that no tag that is
    never closed has everything after it searched."""
    comment, paragraph, start = b"", b"", 0
    for tag in _TEXT.finditer(cell):
        closing, name = tag[1], tag[2]
        if not closing and cell[tag.end() - 2] == _SLASH:
            continue  # empty
        if comment:
            if closing and name == comment:
                comment, start = b"", tag.end()
        elif name.endswith(b":annotation"):
            if paragraph and not closing:
                yield cell[start : tag.start()]
            comment = b"" if closing else name
        elif not closing and not paragraph:
            paragraph, start = name, tag.end()
        elif closing and name == paragraph:
            yield cell[start : tag.start()]
            paragraph = b""


def text_in(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
