"""Fills a form in as a person does, through openpyxl at the layout's boxes, and reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET, Identity
from svcq_excel.form.layout.grid import Box, document_row
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.form.reading.reader import read_form
from svcq_excel.form.writing.writer import render
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.once_a_form import OnceAForm
from svcq_excel.workbooks.opening import OpenedWorkbook
from svcq_excel.workbooks.workbook import Value
from tests.receiving import open_workbook

UNIT = Unit("A01", "第一河川局")
ROUND = "105年度上半年"

Key = tuple[str, str]
"""A leaf's id and an entry's key, or "" and the key of an entry of the form as a whole."""


@dataclass(frozen=True)
class Filling:
    """What a person enters; what is not entered is not there."""

    entries: Mapping[Key, Value] = field(default_factory=dict)
    remarks: Mapping[Key, str] = field(default_factory=dict)
    """By item id and key."""
    percents: frozenset[Key] = frozenset()
    """Entries in cells that show percentages."""


def identity(rubric: Rubric, unit: Unit = UNIT, assessor: str = "self") -> Identity:
    return Identity("1", rubric.id, rubric.digest, ROUND, unit.code, unit.name, assessor)


@OnceAForm
def blank(rubric: Rubric) -> bytes:
    return render(rubric, identity(rubric), rubric.title_of_form("self"))


def load(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def at(sheet: Worksheet, box: Box) -> Cell:
    return cell_at(sheet, box.row, box.column)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell in this row and column, counted from 0."""
    cell = sheet.cell(row + 1, column + 1)
    assert isinstance(cell, Cell)
    return cell


def pairs(sheet: Worksheet) -> dict[str, str]:
    """What the columns A and B of a sheet say."""
    rows = sheet.iter_rows(min_col=1, max_col=2, values_only=True)
    return {str(key): str(value) for key, value in rows}


def put(cell: Cell, value: Value) -> None:
    """A text stays a text, whatever it begins with; a formula is put in with `cell.value`."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def fill(
    rubric: Rubric, filling: Filling, form: bytes = b"", laid_out: Layout | None = None
) -> bytes:
    """A copy of the form, filled in and saved; it is laid out like the blank one, or as said."""
    book = load(form or blank(rubric))
    layout = laid_out or lay_out(rubric)
    for key, value in filling.entries.items():
        cell = at(book[FORM_SHEET], layout.entries[key])
        put(cell, value)
        if key in filling.percents:
            cell.number_format = "0%"
    rows = [item.id for item in rubric.items]
    columns = [column.key for column in COLUMNS]
    for (item, remark), text in filling.remarks.items():
        row, column = FIRST_ROW + rows.index(item), columns.index(remark)
        put(cell_at(book[REMARKS_SHEET], row, column), text)
    return saved(book)


def facts_of(path: Path, rubric: Rubric) -> FormFacts:
    """The facts in a file that can be read as a form of this rubric."""
    workbook = open_workbook(path)
    assert isinstance(workbook, OpenedWorkbook), workbook
    facts = read_form(workbook, rubric)
    assert isinstance(facts, FormFacts), facts
    return facts


def entered(facts: FormFacts) -> Filling:
    """What was read, as it would have to be entered: blank cells are not there."""
    cells = {
        (leaf, key): getattr(entry, key)
        for leaf, (entry, *_) in facts.entries.items()
        for key in ("score", "band", "measure", "note")
    }
    cells |= {
        (leaf, key): cell
        for leaf, (entry, *_) in facts.entries.items()
        for key, cell in entry.others.items()
    }
    cells |= {("", key): getattr(facts, key) for key in ("assessor", "date", "comments")}
    cells |= {(document_row(id), "handed_in"): cell for id, cell in facts.documents.items()}
    filled = {key: cell for key, cell in cells.items() if cell is not None and not cell.blank}
    return Filling(
        {key: cell.value for key, cell in filled.items()},
        {
            (item, key): str(cell.value)
            for item, remarks in facts.remarks.items()
            for key, cell in remarks.items()
        },
        frozenset(key for key, cell in filled.items() if cell.percent),
    )
