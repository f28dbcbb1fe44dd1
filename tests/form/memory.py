"""A workbook that is nothing but grids of values, and the grids of a form that is filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

from python_calamine import CalamineWorkbook

from svcq_excel.form.facts import Cell
from svcq_excel.form.writing.prefilled import Filled
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.look import Book
from svcq_excel.workbooks.workbook import Value
from tests.form.filling import Filling, identity

Grid = list[list[Value]]


class Properties(Book):
    """Sees document properties and nothing else."""

    def __init__(self, properties: Mapping[str, str]) -> None:
        self._properties = dict(properties)

    def properties(self) -> dict[str, str]:
        return self._properties


class InMemory:
    """Has values and document properties, and nothing else that a closer look would see."""

    def __init__(
        self,
        sheets: Mapping[str, Grid],
        properties: Mapping[str, str] | None = None,
        hidden: Collection[str] = (),
    ) -> None:
        self._sheets, self.hidden = sheets, hidden
        self.closer = Properties(properties or {})

    @property
    def sheet_names(self) -> Sequence[str]:
        return list(self._sheets)

    @property
    def sheets_shown(self) -> Sequence[str]:
        return [name for name in self._sheets if name not in self.hidden]

    def rows(self, sheet: str) -> Grid:
        return self._sheets[sheet]


def grids(data: bytes) -> dict[str, Grid]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def filled_grids(rubric: Rubric, filling: Filling, kind: str = "self") -> dict[str, Grid]:
    """The values of a form with these entries, the results of its formulas among them."""
    entries = {place: Cell("", 0, 0, value) for place, value in filling.entries.items()}
    remarks: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for (item, key), text in filling.remarks.items():
        remarks[item][key] = Cell("", 0, 0, text)
    title = rubric.title_of_form("hq" if kind == "hq" else "self")
    return grids(render(rubric, identity(rubric), title, Filled(entries, remarks)))
