"""Where less is better, form, office program and checks say the same of a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.form.facts import Cell
from svcq_excel.form.formulas.form_formulas import formulas_of
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.reader import read_rubric
from svcq_excel.workbooks.opening import OpenedWorkbook
from tests.conftest import Convert
from tests.form.filling import at, blank, load, saved
from tests.receiving import open_workbook
from tests.rubric.small_rubric import SOUND, write

LEAF = "A1.2"
SAYS = [
    (0, 20, "11-20分", "符合"),
    (5, 20, "11-20分", "符合"),
    (5.5, 20, "1-10分", "佐證數據最高可得10分"),
    (10, 10, "1-10分", "符合"),
    (10.5, 1, "僅得0分", "超過容許上限，僅得0分"),
    (10.5, 0, "僅得0分", "符合"),
    (101, 0, "僅得0分", "佐證數據超出範圍"),
    (0.88, 20, "－", "百分比請填如 88 或 88%"),
]


@pytest.fixture
def lower(tmp_path: Path) -> Rubric:
    measure = 'measure: {label: 逾期比率, unit: "%", max: 100, better: lower}'
    text = SOUND.replace("measure: {label: 測試分數, unit: 分, max: 100}", measure)
    text = text.replace("measure_min: 90", "measure_max: 5")
    return read_rubric(write(tmp_path, text.replace("measure_min: 70", "measure_max: 10")))


@pytest.mark.parametrize(("figure", "score", "allowed", "checked"), SAYS)
def test_the_form_advises_and_the_check_finds_the_same(
    lower: Rubric, figure: float, score: float, allowed: str, checked: str
) -> None:
    layout = lay_out(lower)
    formulas = formulas_of(layout)
    boxes = [layout.entries[LEAF, key] for key in ("measure", "score")]
    entries = {
        box.address: Cell(FORM_SHEET, box.row, box.column, value)
        for box, value in zip(boxes, (figure, score), strict=True)
    }
    said = [
        formulas[layout.advice[LEAF, what].address].compute(entries)
        for what in ("allowed", "check")
    ]
    assert said == [allowed, checked]


@pytest.mark.office
def test_the_office_program_says_it_too(lower: Rubric, office: Convert, tmp_path: Path) -> None:
    book, layout = load(blank(lower)), lay_out(lower)
    paths = []
    for i, (figure, score, _, _) in enumerate(SAYS):
        for key, value in (("measure", figure), ("score", score)):
            at(book[FORM_SHEET], layout.entries[LEAF, key]).value = value
        paths.append(tmp_path / f"{i}.xlsx")
        paths[-1].write_bytes(saved(book))
    for path, (_, _, allowed, checked) in zip(
        office(paths, "xlsx", tmp_path / "out"), SAYS, strict=True
    ):
        workbook = open_workbook(path)
        assert isinstance(workbook, OpenedWorkbook)
        rows = workbook.rows(FORM_SHEET)
        boxes = [layout.advice[LEAF, what] for what in ("allowed", "check")]
        assert [rows[box.row][box.column] for box in boxes] == [allowed, checked]
