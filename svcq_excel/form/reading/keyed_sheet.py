"""A sheet of a form that can be walked by keys: where its rows and columns are, whatever moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from svcq_excel.form.facts import Cell, Entry
from svcq_excel.form.layout.grid import KEYS
from svcq_excel.workbooks.computing.sheet import computed
from svcq_excel.workbooks.look import CellPlace, Look
from svcq_excel.workbooks.veils import Veil
from svcq_excel.workbooks.workbook import Rows

_PICTURES = ("=DISPIMG(", "=_xlfn.DISPIMG(")
_ID = re.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}")
TITLE_ROW, HEADS_ROW = "#title", "#heads"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A sheet, and its rows and columns by key."""

    name: str
    rows: Rows
    key_column: int
    """Where keys stand or stood; -1 for nowhere."""
    columns: Mapping[str, int]
    """The first column of each key."""
    marks: tuple[tuple[str, int], ...]
    """Key and row of every row that has a key, in order."""
    row_of: Mapping[str, int]
    """The first row of each key."""
    look: Look = field(default_factory=Look)
    """A second look at the sheet, once there was one."""
    formulas: frozenset[CellPlace] = frozenset()

    @property
    def has_keys(self) -> bool:
        """Whether the keys stand on the sheet, and were not told from its texts."""
        return KEYS in self.row_of

    @property
    def steps(self) -> tuple[str, ...]:
        """The ids of leaves that its keys name, whether they are this rubric's or not."""
        known = (key for key, _ in self.marks if self.has_keys and _ID.fullmatch(key))
        return tuple(dict.fromkeys(known))

    def looked_at(self, look: Look) -> Keyed:
        return replace(self, look=look, formulas=look.formulas())

    def cell(self, row: int, column: int) -> Cell:
        """A cell, with what its value alone does not tell."""
        value, formula = self.rows[row][column], (row, column) in self.formulas
        if isinstance(value, str) and value[:1] == "=" and is_picture(value):
            return Cell(self.name, row, column)
        error = self.look.error(row, column) if formula or value == "" else ""
        return Cell(self.name, row, column, value, formula, error)

    def text(self, row: int, column: int) -> Cell:
        """A cell in which a text belongs; of a formula there, also how it is spelled."""
        cell = self.cell(row, column)
        if not cell.formula:
            return cell
        return cell._replace(formula_text=self.look.formula_text(row, column))

    def figure(self, row: int, column: int) -> Cell:
        """A cell that counts; of a formula there, also what it computes to."""
        if (row, column) not in self.formulas:
            return self.cell(row, column)
        cell = self.text(row, column)
        if not cell.formula or cell.error:
            return cell
        return cell._replace(computed=computed(self.name, self.rows, self.look, row, column))

    def veils(self, entries: Mapping[str, Sequence[Entry]]) -> tuple[Veil, ...]:
        """Why a person may see something else than what was entered in the rows of the leaves."""
        entered = {
            (cell.row, cell.column): cell.value
            for rows in entries.values()
            for row in rows
            for cell in row.cells()
        }
        return tuple(self.look.veils(entered))

    def filled(self, row: int) -> Iterator[Cell]:
        """The cells of a row in which something stands, but for its key."""
        for column in range(len(self.rows[row])):
            if column != self.key_column and not self.is_empty(row, column):
                cell = self.cell(row, column)
                if not cell.blank or cell.formula:
                    yield cell

    def is_empty(self, row: int, column: int) -> bool:
        """Whether there is nothing in a cell, not even what its value does not tell."""
        if self.rows[row][column] != "" or (row, column) in self.formulas:
            return False
        return not self.look.error(row, column)


def is_picture(text: str) -> bool:
    """Whether a text only stands for a picture in the cell, as WPS stores one."""
    return text.startswith(_PICTURES)


def keyed_sheet(name: str, rows: Rows) -> Keyed | None:
    """A sheet with a row `#keys`."""
    for row in rows:
        if KEYS in row:
            column = row.index(KEYS)
            named = [(key, i) for i, key in enumerate(row) if key and isinstance(key, str)]
            keys = enumerate([row[column] for row in rows])
            marks = [(key.strip(), i) for i, key in keys if key and isinstance(key, str)]
            return walked(name, rows, dict(reversed(named)), marks, column)
    return None


def walked(
    name: str,
    rows: Rows,
    columns: Mapping[str, int],
    marks: list[tuple[str, int]],
    key_column: int,
) -> Keyed:
    return Keyed(name, rows, key_column, columns, tuple(marks), dict(reversed(marks)))
