"""A closer look into .ods: cells are counted, since only their order says where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from svcq_excel.form.closer_look import CloserBook, CloserLook, Place, Seen
from svcq_excel.form.closer_parts import Parts, parse

MAX_ROWS, MAX_COLUMNS = 5_000, 200
"""Beyond these nothing is looked at: one element can repeat a cell a million times."""

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE = _NAMESPACE % "office", _NAMESPACE % "table"
_TEXT, _META = _NAMESPACE % "text", _NAMESPACE % "meta"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUTHS = {"TRUE", "FALSE"}


class OdsBook(CloserBook):
    def __init__(self, data: bytes) -> None:
        self._parts = Parts(data)

    def sheet(self, name: str) -> CloserLook:
        for table in self._content.iter(f"{_TABLE}table"):
            if table.get(f"{_TABLE}name") == name:
                return _look(table)
        return CloserLook()

    def properties(self) -> dict[str, str]:
        found = self._parts.xml("meta.xml").iter(f"{_META}user-defined")
        return {each.get(f"{_META}name", ""): "".join(each.itertext()) for each in found}

    @cached_property
    def _content(self) -> Element:
        return parse(_without_styles(self._parts.read("content.xml")))


def _without_styles(content: bytes) -> bytes:
    """Half of a form's content, and half of the time to parse it, is styles."""
    root_end = content.find(b">", content.find(b":document-content")) + 1
    body = content.find(b"<office:body")
    return content[:root_end] + content[body:] if 0 < root_end < body else content


def _look(table: Element) -> Seen:
    formulas: set[Place] = set()
    percents: set[Place] = set()
    errors: dict[Place, str] = {}
    hidden: set[int] = set()
    for rows, line in _rows(table):
        if line.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden.update(rows)
        for columns, cell in _cells(line):
            formula = cell.get(f"{_TABLE}formula") is not None
            percent = cell.get(f"{_OFFICE}value-type") == "percentage"
            error = _error(cell, formula)
            if formula or percent or error:
                places = [(row, column) for row in rows for column in columns]
                formulas.update(places if formula else ())
                percents.update(places if percent else ())
                errors.update(dict.fromkeys(places, error) if error else {})
    is_protected = table.get(f"{_TABLE}protected") == "true"
    return Seen(frozenset(formulas), errors, frozenset(percents), frozenset(hidden), is_protected)


def _rows(table: Element) -> Iterator[tuple[range, Element]]:
    """The rows, in groups or not, each with the rows it stands for."""
    start = 0
    for line in table.iter(f"{_TABLE}table-row"):
        end = min(start + _repeats(line, "rows"), MAX_ROWS)
        yield range(start, end), line
        start = end


def _cells(line: Element) -> Iterator[tuple[range, Element]]:
    start = 0
    for cell in line:
        if cell.tag in _CELLS:
            end = min(start + _repeats(cell, "columns"), MAX_COLUMNS)
            yield range(start, end), cell
            start = end


def _repeats(element: Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def _error(cell: Element, formula: bool) -> str:
    """The error value shown; programs other than LibreOffice only show it, as a text.

    A TRUE that came from .xlsx LibreOffice writes as a formula whose value is the number 1.
    """
    marked = cell.get(f"{_CALCEXT}value-type") == "error"
    if not marked and not formula:
        return ""
    text = "".join(part for line in cell.iterfind(f"{_TEXT}p") for part in line.itertext())
    return text if marked or text in _ERRORS or text in _TRUTHS else ""
