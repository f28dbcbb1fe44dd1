"""No green corner stands on a form where all is well, and a text in place of a score has one."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from openpyxl.worksheet.cell_range import CellRange

from svcq_excel.form.facts import Cell
from svcq_excel.form.identity import Identity
from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import Correction, Filled, Notice
from svcq_excel.form.writing.writer import render
from svcq_excel.rubric.model import Rubric

IDENTITY = Identity("1", "wra-105", "d", "105年度", "001", "第一河川局", "self")


def unmarked(form: bytes, sheet: int) -> list[CellRange]:
    with ZipFile(BytesIO(form)) as archive:
        xml = archive.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    (areas,) = re.findall('<ignoredError sqref="([^"]*)" numberStoredAsText="1"', xml)
    return [CellRange(area) for area in areas.split()]


def test_codes_and_texts_are_unmarked_and_figures_are_not(rubric: Rubric) -> None:
    areas = unmarked(render(rubric, IDENTITY, "評分表"), 1)
    figures = {"score", "measure"}
    for box in lay_out(rubric).boxes:
        told = box.what in {"unit", "unit_name", "assessor", "date"}
        if not told and not (box.node and box.role is Role.INPUT):
            continue
        spared = any(
            area.min_col <= box.column + 1 <= area.max_col
            and area.min_row <= box.row + 1 <= area.max_row
            for area in areas
        )
        assert spared == (box.what not in figures), box


def test_comments_are_set_in_the_font_of_the_form(rubric: Rubric) -> None:
    leaf = rubric.leaves[0]
    wrong = Correction((leaf.id, "score"), leaf.name, "超過滿分", "請更正")
    notice = Notice("補正通知", "A01", "", (), (wrong,))
    form = render(
        rubric, IDENTITY, "評分表", Filled({(leaf.id, "score"): Cell("K8", 7, 10, 999)}, {}, notice)
    )
    with ZipFile(BytesIO(form)) as archive:
        comments = archive.read("xl/comments1.xml").decode()
    assert '<rFont val="標楷體"/>' in comments
    assert "Tahoma" not in comments
    assert openpyxl.load_workbook(BytesIO(form))
