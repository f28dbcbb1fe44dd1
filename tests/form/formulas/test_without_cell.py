"""Excel for the web and Google Sheets cannot tell a cell's format: a right form is right there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svcq_excel.form.formulas.form_formulas import formulas_of
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Node
from svcq_excel.rubric.shipped import load as load_rubric
from svcq_excel.workbooks.opening import OpenedWorkbook
from tests.conftest import Convert
from tests.form.filling import at, blank, load, saved
from tests.form.formulas.answering import Typed
from tests.receiving import open_workbook

_FORMAT_OF = re.compile(r'CELL\("format",[A-Z]+[0-9]+\)')


@pytest.mark.office
@pytest.mark.parametrize("id", ["wra-105", "hccg-105"])
def test_percentages_are_right_where_no_format_can_be_told(
    office: Convert, id: str, tmp_path: Path
) -> None:
    rubric = load_rubric(id)
    layout, asked = lay_out(rubric), 0
    book = load(blank(rubric))
    sheet = book[FORM_SHEET]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                told, count = _FORMAT_OF.subn("NA()", str(cell.value))
                cell.value, asked = told, asked + count
    assert asked > 5
    for leaf in rubric.leaves:
        for key, typed in _right(leaf).items():
            typed.put_into(at(sheet, layout.entries[leaf.id, key]))
    path = tmp_path / "web.xlsx"
    path.write_bytes(saved(book))
    (made,) = office([path], "xlsx", tmp_path / "out")
    workbook = open_workbook(made)
    assert isinstance(workbook, OpenedWorkbook)
    rows = workbook.rows(FORM_SHEET)
    for (node, what), box in layout.advice.items():
        shown = str(rows[box.row][box.column])
        assert not shown.startswith("#"), (node, what)
        if what == "check":
            assert shown.startswith("符合"), (node, shown)
    for leaf in rubric.leaves:
        if leaf.growth and leaf.growth.is_percentage:
            box = layout.advice[leaf.id, "growth"]
            assert rows[box.row][box.column] == pytest.approx(0.1), "88% after 80% is 10% more"
    assert len(formulas_of(layout)) > len(rubric.leaves)


def _right(leaf: Node) -> dict[str, Typed]:
    """The leaf's lowest band, with the figure as a percentage where it is one."""
    score = float(leaf.bands[-1].min if leaf.bands else leaf.cap)
    typed = {"score": Typed(score)}
    if leaf.picks_band:
        typed["band"] = Typed(leaf.bands[-1].label, is_text=True)
    if leaf.measure:
        figure = float(leaf.bands[0].measure_min or 0)
        percent = leaf.measure.is_percentage
        typed["measure"] = Typed(figure / 100, "0%") if percent else Typed(figure)
    if leaf.growth:
        percent = leaf.growth.is_percentage
        years = {"this_year": 88.0, "last_year": 80.0}
        for key, figure in years.items():
            typed[key] = Typed(figure / 100, "0%") if percent else Typed(figure)
    return typed
