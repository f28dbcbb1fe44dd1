"""kpw-102: a form for each month with the steps due in it, answered by a status and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.definition import OtherRoundsError
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.pipeline import assess, issue, review
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.results.outcome_json import as_json
from svcq_excel.returns.correcting import return_forms
from svcq_excel.rubric.node import STATUSES
from tests.assessments.checklists import DONE, handed_in, plan_of
from tests.conftest import Convert
from tests.form.filling import entered, facts_of
from tests.paper.filled_form import Entry, Paper
from tests.results.reading import opened

ANSWERS = {
    "A3.1": {"status": "已完成", "done": "服務臺輪值表已訂定", "proof": "附件一"},
    "A3.2": {"status": "辦理中", "done": "排定六月下旬測試"},
    "A3.3": {"status": "未辦理"},
    "A3.4": {"status": "不適用", "note": "無臨櫃業務"},
    "A4.1": {"status": "已完成"},
    "A4.2": {"status": "做完了"},
}


@pytest.fixture
def june(tmp_path: Path) -> Plan:
    return plan_of(tmp_path, "102年6月")


def answered(plan: Plan, folder: Path) -> Path:
    (form,) = issue(plan, [SELF], folder / "blank")
    paper = Paper(form.path, plan.rubric)
    for step, answer in ANSWERS.items():
        paper.enter(step, **answer)
    paper.enter(assessor="秘書室", date="102年6月20日")
    paper.save(folder / "returned.xlsx")
    return folder / "returned.xlsx"


def test_the_form_of_april_holds_april_s_step_alone(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月")
    (form,) = issue(plan, [SELF], tmp_path / "blank")
    sheet = opened(form.path.read_bytes())[FORM_SHEET]
    keys = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    assert [key for key in keys if not key.startswith("#")] == ["A1"]


def test_a_step_is_answered_from_a_list_and_has_no_score(june: Plan, tmp_path: Path) -> None:
    (form,) = issue(june, [SELF], tmp_path / "blank")
    book = opened(form.path.read_bytes())
    assert REMARKS_SHEET not in book.sheetnames
    box = lay_out(june.rubric).entries["A3.1", "status"]
    lists = {
        str(rule.sqref): rule.formula1
        for rule in book[FORM_SHEET].data_validations.dataValidation
        if rule.type == "list"
    }
    (offered,) = {formula for cells, formula in lists.items() if box.address in cells}
    assert offered == f'"{",".join(STATUSES)}"'
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not {text for text in texts if isinstance(text, str) and "得分" in text}


def test_what_was_answered_is_read(june: Plan, tmp_path: Path) -> None:
    facts = facts_of(answered(june, tmp_path), june.rubric)
    found = entered(facts).entries
    for step, answer in ANSWERS.items():
        for key, text in answer.items():
            assert found[step, "score" if key == "status" else key] == text
    assert len(found) == sum(map(len, ANSWERS.values())) + 2, "and who answered, and when"


@pytest.mark.office
def test_the_form_says_what_is_done_and_what_is_missing(
    june: Plan, tmp_path: Path, office: Convert
) -> None:
    layout = lay_out(june.rubric)
    (saved,) = office([answered(june, tmp_path)], "xlsx", tmp_path / "out")
    sheet = opened(saved.read_bytes(), values=True)[FORM_SHEET]
    said = {step: value(sheet, layout.advice[step, "check"]) for step in (*ANSWERS, "A2.4")}
    assert said == {
        "A3.1": "符合",
        "A3.2": "符合",
        "A3.3": "符合",
        "A3.4": "符合",
        "A4.1": "請填辦理情形",
        "A4.2": "請用選單選取",
        "A2.4": "未填",
    }
    assert value(sheet, layout.advice["", "total"]) == "已完成 2／37 項"
    assert value(sheet, layout.advice["A", "section_sum"]) == "已完成 2／10 項"
    assert value(sheet, layout.advice["B", "section_sum"]) == "已完成 0／8 項"
    assert value(sheet, layout.advice["", "progress"]) == "尚有 31 項未填，2 項請更正"


def value(sheet: Worksheet, box: Box) -> object:
    return sheet.cell(box.row + 1, box.column + 1).value


def test_what_comes_back_is_judged_by_how_its_steps_were_answered(
    june: Plan, tmp_path: Path
) -> None:
    (file,) = assess(june, [answered(june, tmp_path)]).files
    told = {(v.criterion, v.code) for v in file.violations if v.criterion in ANSWERS}
    assert told == {
        ("A4.1", "done-missing"),
        ("A4.1", "proof-missing"),
        ("A4.2", "status-unknown"),
    }
    rest = {v.code for v in file.violations if v.criterion not in ANSWERS}
    assert rest == {"status-missing"}
    assert len(file.violations) == len(told) + len(june.rubric.leaves) - len(ANSWERS)
    assert file.status == "needs-correction"


@pytest.mark.parametrize("typed", ["已完成", "　已完成 ", "已 完\n成", "已完成\u200b"])
def test_blanks_in_a_status_mean_nothing(june: Plan, tmp_path: Path, typed: str) -> None:
    inbox = handed_in(june, tmp_path, {"P1": {"A3.1": {**DONE, "status": typed}}})
    outcome = assess(june, [inbox])
    assert outcome.findings == ()
    assert outcome.units[0].steps["A3.1"] == ("已完成", "已依計畫辦理", "附件一")


@pytest.mark.parametrize("typed", ["完成", "已完成（部分）", 1, "95", "已完成、辦理中"])
def test_any_other_status_is_asked_about(june: Plan, tmp_path: Path, typed: Entry) -> None:
    inbox = handed_in(june, tmp_path, {"P1": {"A3.1": {**DONE, "status": typed}}})
    ((_, violation),) = assess(june, [inbox]).findings
    assert (violation.code, violation.criterion) == ("status-unknown", "A3.1")


def test_the_forms_tell_the_round_and_with_it_the_steps(june: Plan, tmp_path: Path) -> None:
    inbox = handed_in(june, tmp_path, {"P1": {}})
    outcome = assess(plan_of(tmp_path, None), [inbox])
    assert outcome.round == "102年6月"
    assert outcome.rubric == june.rubric
    assert outcome.findings == ()


def test_a_form_of_another_round_is_none_of_this_one(june: Plan, tmp_path: Path) -> None:
    inbox = handed_in(june, tmp_path, {"P1": {}})
    december = plan_of(tmp_path, "102年12月", ("P1", "P2"))
    with pytest.raises(OtherRoundsError, match="沒有「102年12月」的，所載考核期別為「102年6月」"):
        assess(december, [inbox])
    (tmp_path / "二").mkdir()
    other = handed_in(december, tmp_path / "二", {"P2": {}})
    ((_, violation),) = assess(december, [inbox, other]).findings
    assert violation.code == "other-rubric"
    found = assess(december, [inbox, handed_in(december, tmp_path, {"P1": {}})])
    assert [file.status for file in found.files] == ["ignored", "accepted"]
    assert not found.findings, "of both rounds its own is there"


def test_a_checklist_of_the_whole_year_is_read_too(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, None)
    outcome = assess(plan, [handed_in(plan, tmp_path, {"P1": {}})])
    assert outcome.findings == ()
    assert list(outcome.units[0].steps) == [leaf.id for leaf in plan.rubric.leaves]


def test_the_json_has_a_status_for_each_step_and_no_score(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月", ("P1", "P2"))
    inbox = handed_in(plan, tmp_path, {"P1": {"A1": {"status": "未辦理"}}})
    units = as_json(assess(plan, [inbox]), None)["units"]
    assert isinstance(units, list)
    first, second = units
    assert first["leaves"] == {"A1": "未辦理"}
    assert [first[key] for key in ("total", "grade", "rank", "items")] == [None, None, None, {}]
    assert (second["status"], second["leaves"]) == ("missing", {})


def test_of_two_forms_their_statuses_are_compared(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年4月")
    inbox = handed_in(plan, tmp_path, {"P1": {}})
    again = handed_in(plan, tmp_path / "blank 102年4月", {"P1": {"A1": {"status": "未辦理"}}})
    outcome = assess(plan, [inbox, again])
    (superseded,) = (file for file in outcome.files if file.status == "superseded")
    assert {each.entry for each in superseded.differences} == {"辦理狀態", "辦理情形", "佐證資料"}


def test_a_correction_form_holds_what_was_answered_and_marks_what_is_not(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "102年6月")
    answers = {"A3.1": {"status": "做完了", "done": "已測試"}}
    inbox = handed_in(plan, tmp_path, {"P1": answers})
    (returned,) = return_forms(*review(plan, [inbox]), tmp_path / "back").forms
    entries = entered(facts_of(returned.path, plan.rubric)).entries
    assert entries["A3.1", "score"] == "做完了"
    assert entries["A3.1", "done"] == "已測試"
    assert entries["A3.2", "score"] == "已完成"
    cell = lay_out(plan.rubric).entries["A3.1", "status"].address
    comment = opened(returned.path.read_bytes())[FORM_SHEET][cell].comment
    assert comment
    assert "辦理狀態填為「做完了」" in comment.text
