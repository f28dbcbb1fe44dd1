"""A form on somebody's desk: entries by their names, and what people do to forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.remarks import COLUMNS, FIRST_ROW
from svcq_excel.rubric.model import Rubric

from .inserting import insert

Entry = str | int | float | date | None


class Paper:
    """A form of a rubric, opened with openpyxl, which drops the stored results of formulas."""

    def __init__(self, path: Path, rubric: Rubric) -> None:
        self.rubric, self.layout = rubric, lay_out(rubric)
        self.book = load_workbook(path)
        self.sheet: Worksheet = self.book[FORM_SHEET]

    def save(self, path: Path) -> None:
        self.book.save(path)

    # -- filling in ---------------------------------------------------------------------------

    def enter(self, leaf: str = "", **values: Entry) -> None:
        """Entries of a leaf, or of the form as a whole; a % in a text makes it a percentage."""
        for key, value in values.items():
            cell = self.entry(leaf, key)
            if key == "measure" and isinstance(value, str) and value.endswith("%"):
                cell.value, cell.number_format = int(value[:-1]) / 100, "0%"
            else:
                cell.value = value

    def remark(self, item: str, **texts: str) -> None:
        """Texts of an item on the sheet 優缺點及改善事項."""
        row = FIRST_ROW + [item.id for item in self.rubric.items].index(item)
        columns = {column.key: at for at, column in enumerate(COLUMNS)}
        for key, text in texts.items():
            self.book[REMARKS_SHEET].cell(row + 1, columns[key] + 1).value = text

    def entry(self, leaf: str, key: str) -> Cell:
        return self._at(self.layout.entries[leaf, key])

    def _at(self, box: Box) -> Cell:
        cell = self.sheet.cell(box.row + 1, box.column + 1)
        assert isinstance(cell, Cell)
        return cell

    # -- what people do to forms --------------------------------------------------------------

    def retype(self, leaf: str, spell: Callable[[str], str]) -> None:
        """The score that stands there already, spelled otherwise."""
        cell = self.entry(leaf, "score")
        cell.value = spell(str(cell.value))

    def type_over_total(self, total: int) -> None:
        self._at(self.layout.advice["", "total"]).value = total

    def reword(self, leaf: str, old: str, new: str) -> None:
        """Change the wording of a leaf's own labels."""
        for box in self.layout.boxes:
            if box.node and box.node.id == leaf and old in box.text:
                self._at(box).value = box.text.replace(old, new)

    def rearrange(self, title: str, note: str) -> None:
        """Rename the sheet, insert a row with a note above and an empty column before the form."""
        self.sheet.protection.disable()
        insert(self.sheet, len(self.layout.columns))
        self.sheet.title, self.sheet.cell(1, 3).value = title, note
