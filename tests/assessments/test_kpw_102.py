"""kpw-102: a form for each month with the steps due in it, answered by a status and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from samples.paper import Paper
from svcq_excel.definition import DefinitionError
from svcq_excel.form.grid import Box
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout import lay_out
from svcq_excel.pipeline import assess, define, issue
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.node import STATUSES
from tests.conftest import Convert
from tests.form.filling import entered, facts_of
from tests.results.reading import opened

ANSWERS = {
    "A3.1": {"status": "已完成", "done": "服務臺輪值表已訂定", "proof": "附件一"},
    "A3.2": {"status": "辦理中", "done": "排定六月下旬測試"},
    "A3.3": {"status": "未辦理"},
    "A3.4": {"status": "不適用", "note": "無臨櫃業務"},
    "A4.1": {"status": "已完成"},
    "A4.2": {"status": "做完了"},
}


def plan_of(folder: Path, round: str) -> Plan:
    (folder / "units.csv").write_text("編號,受考核單位名稱\nP1,新建工程處\n", "utf-8")
    return define("kpw-102", folder / "units.csv", round)


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
    assert value(sheet, layout.advice["", "total"]) == "已完成 2／36 項"
    assert value(sheet, layout.advice["A", "section_sum"]) == "已完成 2／9 項"
    assert value(sheet, layout.advice["B", "section_sum"]) == "已完成 0／8 項"
    assert value(sheet, layout.advice["", "progress"]) == "尚有 30 項未填，2 項請更正"


def value(sheet: Worksheet, box: Box) -> object:
    return sheet.cell(box.row + 1, box.column + 1).value


def test_what_comes_back_is_not_judged_by_rules_on_scores(june: Plan, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="尚未提供"):
        assess(june, [answered(june, tmp_path)])
