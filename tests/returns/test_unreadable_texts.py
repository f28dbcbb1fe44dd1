"""Texts that became formulas come back as entries to fill in anew, with the formula beside them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel import pipeline
from svcq_excel.form.entered import untouched
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.writing.notice_sheet import NOTICE_SHEET
from svcq_excel.palette import WRONG
from svcq_excel.plan.plan import Plan
from svcq_excel.returns.correcting import return_forms
from tests.checks.desk import Desk
from tests.receiving import content_of

ITEM, SECOND, LEAF = "A1", "A2", "A1.1.1.1"
LONG = "尖峰時段人力不足，等候時間較長。" * 120  # which takes more than one row


@pytest.fixture
def returned(plan: Plan, tmp_path: Path) -> Path:
    (tmp_path / "blanks").mkdir()
    desk = Desk(plan, tmp_path / "blanks", tmp_path)
    paper = desk.paper()
    paper.enter(LEAF, note="=-已改善")
    paper.remark(ITEM, strengths="=+單一窗口", weaknesses=LONG, remark="#NAME?")
    paper.remark(SECOND, progress="=-辦理中")
    desk.hand_in(paper)
    files = pipeline.review(plan, [desk.inbox])[1]
    (form,) = return_forms(plan, files, tmp_path / "補正").forms
    return form.path


def test_they_are_marked_with_the_formula_and_nothing_is_filled_in_for_the_unit(
    returned: Path, plan: Plan
) -> None:
    facts = content_of(returned, plan.rubric)
    assert isinstance(facts, FormFacts)
    note = facts.entries[LEAF][0].note
    assert note and note.blank
    assert {key: cell.value for key, cell in facts.remarks[ITEM].items()} == {"weaknesses": LONG}
    book = openpyxl.load_workbook(returned)
    form, remarks = book[FORM_SHEET], book[REMARKS_SHEET]
    assert isinstance(form, Worksheet) and isinstance(remarks, Worksheet)
    marked = [form[note.address], remarks["C4"], remarks["G4"]]
    said = [cell.comment.text if cell.comment else "" for cell in marked]
    assert "「=-已改善」" in said[0] and "「=+單一窗口」" in said[1] and "#NAME?" in said[2]
    assert all(cell.fill.fgColor.rgb == f"FF{WRONG}" for cell in marked)
    assert remarks["D4"].fill.fgColor.rgb != f"FF{WRONG}"


def test_the_notice_leads_to_them_wherever_long_texts_have_moved_them(
    returned: Path, plan: Plan
) -> None:
    book = openpyxl.load_workbook(returned)
    notice, remarks = book[NOTICE_SHEET], book[REMARKS_SHEET]
    assert isinstance(notice, Worksheet) and isinstance(remarks, Worksheet)
    targets = [
        str(cell.hyperlink.location).rpartition("!")[2]
        for row in notice.iter_rows()
        for cell in row
        if cell.hyperlink and REMARKS_SHEET in str(cell.hyperlink.location)
    ]
    assert len(targets) == 3 and targets[:2] == ["C4", "G4"]
    row = remarks[targets[2]].row
    assert row > 5
    assert remarks.cell(row, 1).value == SECOND


def test_as_it_was_sent_it_holds_nothing_that_was_entered(returned: Path, plan: Plan) -> None:
    facts = content_of(returned, plan.rubric)
    assert isinstance(facts, FormFacts)
    assert untouched(facts)
