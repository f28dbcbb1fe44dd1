"""A definition's workbook as somebody goes on to edit it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.definition import DefinitionError
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.writing import definition_workbook
from svcq_excel.rubric.shipped import load
from tests.rubric.small_rubric import SOUND, write

TREE, PLAN = "評分項目", "計畫"


class Edited:
    """The small sound rubric, or another, opened in an office program."""

    def __init__(self, folder: Path, rubric: Rubric | None = None) -> None:
        self._folder = folder
        self.rubric = rubric or load(str(write(folder, SOUND)))
        self.book = openpyxl.load_workbook(BytesIO(definition_workbook(self.rubric)))

    def column(self, sheet: str, head: str) -> int:
        (found,) = (cell.column for cell in self.book[sheet][1] if cell.value == head)
        assert found
        return found

    def row(self, sheet: str, *said: str) -> int:
        """The first row that says all of this in its first columns."""
        for row in self.book[sheet].iter_rows(min_row=2):
            texts = [str(cell.value) for cell in row]
            if set(said) <= {*texts}:
                found = row[0].row
                assert found
                return found
        raise AssertionError(said)

    def put(self, sheet: str, row: int, head: str, value: object) -> str:
        """Types a value; the cell's address."""
        cell = self.book[sheet].cell(row, self.column(sheet, head))
        cell.value = value  # type: ignore[assignment]
        return str(cell.coordinate)

    def clause(self, clause: str, item: str, value: object) -> str:
        return self.put("條款", self.row("條款", clause, item), "值", value)

    def plan(self, item: str, value: object) -> str:
        return self.put(PLAN, self.row(PLAN, item), "值", value)

    def node(self, id: str, head: str, value: object) -> str:
        return self.put(TREE, self.row(TREE, id), head, value)

    def sheet(self, name: str) -> Worksheet:
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def saved(self) -> Path:
        path = self._folder / "修改過的定義.xlsx"
        self.book.save(path)
        return path

    def told(self) -> list[str]:
        """What is wrong with it, without the file's name."""
        path = self.saved()
        with pytest.raises(DefinitionError) as caught:
            load(str(path))
        return [str(each).removeprefix(path.name).strip() for each in caught.value.problems]

    def loaded(self) -> Rubric:
        return load(str(self.saved()))
