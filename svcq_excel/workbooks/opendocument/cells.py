"""The cells of a table in .ods: what each tells; counted, since only their order tells places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from svcq_excel.workbooks.bounds import MAX_COLUMNS, MAX_ROWS
from svcq_excel.workbooks.look import CellPlace, Seen
from svcq_excel.workbooks.opendocument.markup import is_xml, plain, repeats, said_in, text_in
from svcq_excel.workbooks.seen_before import SeenBefore

# %b stands for the prefix of the namespace of tables.
ROW = rb"<%b:table-row(?=[\s/>])"
CELL = rb"<%b:(?:covered-)?table-cell(?=[\s/>])"
SHAPE = re.compile(rb"<draw:[\w-]+(?=\s)[^<>]*?\ssvg:width[^<>]*>")
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

_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUTHS = {"TRUE", "FALSE"}


@dataclass(frozen=True, slots=True)
class _Look(Seen):
    tags: Mapping[CellPlace, bytes] = field(default_factory=dict)
    """Of the cells with a formula, as far as each stands for itself."""

    def formula_text(self, row: int, column: int) -> str:
        return _spelled(self.tags.get((row, column), b""))


class Cell(NamedTuple):
    """A cell, with the columns that it stands for."""

    columns: range
    tag: bytes
    markup: bytes
    """All of it, with its tag."""
    formula: bool
    percent: bool
    error: str


class Row(NamedTuple):
    """A row by itself: where it stands, those before it say."""

    said: Mapping[str, str]
    """Its attributes."""
    times: int
    """How often it stands there, one below the other."""
    is_whole: bool
    """Whether it is one element of XML, with nothing behind it."""
    reach: int
    """Its columns up to the last one with a value."""
    hidden: bool
    cells: Sequence[Cell]
    starts: Sequence[int]
    """Of each of them, its first column."""
    telling: Sequence[Cell]
    """Those with a formula, a percentage or an error."""
    reaching: Sequence[tuple[range, int, int]]
    """Those that reach over others: the columns, and over how many rows and columns."""
    shapes: Sequence[tuple[range, Mapping[str, str]]]
    """What is anchored in its cells."""

    def cell(self, column: int) -> Cell | None:
        found = self.cells[at] if (at := bisect_right(self.starts, column) - 1) >= 0 else None
        return found if found and column in found.columns else None


def lines_of(table: bytes, prefix: bytes) -> list[bytes]:
    """What stands before the first row, and each row."""
    return re.split(ROW % prefix, table)


def read_rows(lines: Sequence[bytes], prefix: bytes) -> Sequence[Row]:
    """Each line, as far as it is a row."""
    return _reading(prefix).said_of(lines) or ()


def rows_of(lines: Sequence[bytes], prefix: bytes, most: int) -> Iterator[tuple[range, Row]]:
    """The rows of a table, each with the numbers that it stands for, up to so many."""
    at, reading = 0, _reading(prefix)
    for line in islice(lines, 1, None):
        if at >= most or (row := reading.of(line)) is None:
            return
        rows = range(at, min(at + row.times, most))
        at = rows.stop
        yield rows, row


def look_at(lines: Sequence[bytes], prefix: bytes, is_protected: bool) -> Seen:
    formulas: set[CellPlace] = set()
    percents: set[CellPlace] = set()
    errors: dict[CellPlace, str] = {}
    tags: dict[CellPlace, bytes] = {}
    hidden: set[int] = set()
    for rows, row in rows_of(lines, prefix, MAX_ROWS):
        if row.hidden:
            hidden.update(rows)
        for cell in row.telling:
            places = [(row, column) for row in rows for column in cell.columns]
            if cell.formula and places:
                formulas.update(places)
                tags[places[0]] = cell.tag
            percents.update(places if cell.percent else ())
            errors.update(dict.fromkeys(places, cell.error) if cell.error else {})
    seen = frozenset(formulas), errors, frozenset(percents), frozenset(hidden)
    return _Look(*seen, is_protected, tags=tags)


def codes_shown(
    lines: Sequence[bytes], prefix: bytes, most_rows: int
) -> Iterator[tuple[CellPlace, str]]:
    """What cells with numbers show; not what shows decimals, exponents or ###."""
    for rows, row in rows_of(lines, prefix, most_rows):
        for cell in row.cells:
            text = plain(cell.markup) if _FLOAT.search(cell.tag) else ""
            if text and not _NO_CODE.search(text):
                shown = _GROUPED.sub("", text)
                yield from (((row, column), shown) for row in rows for column in cell.columns)


@lru_cache(maxsize=4)
def _reading(prefix: bytes) -> SeenBefore[Row]:
    cells = re.compile(CELL % prefix)
    begin = b"<%b:table-row" % prefix
    return SeenBefore(lambda line: _row(begin, line, cells.split(line)[1:]))


def _row(begin: bytes, line: bytes, cells: Sequence[bytes]) -> Row:
    tag, found = line.partition(b"<")[0], list(_cells(cells))
    beyond = [markup.partition(b"<")[0] for markup in cells[len(found) :]]
    valued = [cell.columns.stop for cell in found if b"value" in cell.tag]
    valued += [MAX_COLUMNS + 1 for tag in beyond if b"value" in tag]
    spanned = [(cell.columns, *_spans(cell.tag)) for cell in found if b"-spanned" in cell.tag]
    drawn = [cell for cell in found if b"<draw:" in cell.markup]
    return Row(
        said_in(tag),
        repeats(tag),
        is_xml(begin + line),
        max(valued, default=0),
        bool(_HIDDEN.search(tag)),
        found,
        [cell.columns.start for cell in found],
        [cell for cell in found if cell.formula or cell.percent or cell.error],
        [each for each in spanned if each[1:] != (1, 1)],
        [(cell.columns, said_in(shape)) for cell in drawn for shape in SHAPE.findall(cell.markup)],
    )


def _spans(tag: bytes) -> tuple[int, int]:
    said = said_in(tag)
    return _count(said.get("number-rows-spanned")), _count(said.get("number-columns-spanned"))


def _count(said: str | None) -> int:
    return max(int(said), 1) if said and said.isdecimal() and len(said) < 8 else 1


def _cells(markups: Sequence[bytes]) -> Iterator[Cell]:
    at = 0
    for markup in markups:
        if at >= MAX_COLUMNS:
            return
        tag = markup.partition(b"<")[0]
        columns = range(at, min(at + repeats(tag), MAX_COLUMNS))
        at = columns.stop
        formula = b":formula" in tag
        marked = b"error" in tag and bool(_MARKED.search(tag))
        percent = b"percentage" in tag and bool(_PERCENTAGE.search(tag))
        error = _error(markup, marked) if marked or formula else ""
        yield Cell(columns, tag, markup, formula, percent, error)


def _spelled(said: bytes) -> str:
    """The formula in a cell's tag as people see it: of:=[.A1]+1 is =A1+1."""
    found = _FORMULA.search(said)
    text = text_in(found[1] or found[2]) if found else ""
    return (
        "=" + _ADDRESSED.sub(lambda each: each[1].removeprefix(".").replace(":.", ":"), text)
        if text
        else ""
    )


def _error(cell: bytes, marked: bool) -> str:
    """The error value in a cell; programs other than LibreOffice only show it, as a text.

    A TRUE that came from .xlsx LibreOffice writes as a formula whose value is the number 1.
    """
    text = plain(cell)
    return text if marked or text in _ERRORS or text in _TRUTHS else ""
