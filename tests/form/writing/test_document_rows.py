"""The lines that say whether documents were handed in: entered, read, carried; and not required."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from svcq_excel.checks.differing import differences
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, identity_of
from svcq_excel.form.layout.grid import document_row
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.writing.prefilled import carried
from svcq_excel.form.writing.writer import render
from svcq_excel.issuing.stamper import Stamper
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Rubric
from tests.receiving import content_of

REPORT = document_row("annual-report"), "handed_in"


def form_of(plan: Plan, rubric: Rubric) -> bytes:
    return Stamper(rubric).stamp(identity_of(rubric, "x", plan.units[0], SELF), "self")


def read(data: bytes, rubric: Rubric, folder: Path) -> FormFacts:
    (folder / "表.xlsx").write_bytes(data)
    facts = content_of(folder / "表.xlsx", rubric)
    assert isinstance(facts, FormFacts)
    return facts


def entered(data: bytes, rubric: Rubric, moved: int = 0) -> bytes:
    """The form with 已繳 in the line of 績效總報告, and so many rows inserted above it."""
    book = openpyxl.load_workbook(BytesIO(data))
    box = lay_out(rubric).entries[REPORT]
    sheet = book[FORM_SHEET]
    sheet.cell(box.row + 1, box.column + 1, "已繳")
    if moved:
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(box.row - 1, moved)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("moved", [0, 2])
def test_what_is_picked_is_read_wherever_its_row_is(
    plan: Plan, rubric: Rubric, tmp_path: Path, moved: int
) -> None:
    facts = read(entered(form_of(plan, rubric), rubric, moved), rubric, tmp_path)
    assert {id: cell.value for id, cell in facts.documents.items()} == {"annual-report": "已繳"}
    assert not facts.misplaced


def test_it_is_compared_and_carried_into_the_next_form(
    plan: Plan, rubric: Rubric, tmp_path: Path
) -> None:
    facts = read(entered(form_of(plan, rubric), rubric), rubric, tmp_path)
    (difference,) = differences(facts, read(form_of(plan, rubric), rubric, tmp_path), rubric)
    assert "績效總報告「已繳」" in difference.in_words
    again = render(rubric, facts.identity, "標題", carried(facts))
    assert read(again, rubric, tmp_path).documents.keys() == {"annual-report"}


def test_a_form_without_these_lines_is_read_as_ever(
    plan: Plan, rubric: Rubric, tmp_path: Path
) -> None:
    before = Rubric.model_validate({**rubric.model_dump(), "documents": ()})
    old, new = (read(form_of(plan, each), rubric, tmp_path) for each in (before, rubric))
    assert old == new
    assert lay_out(before).boxes == lay_out(rubric).boxes[: len(lay_out(before).boxes)]
