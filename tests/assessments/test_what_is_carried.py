"""What a checklist carries is known by its form: no run forgets it, and none believes another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svcq_excel.definition import DefinitionError
from svcq_excel.form.identity import HIDDEN_SHEET
from svcq_excel.pipeline import assess, review, send_back
from svcq_excel.plan.decisions import read_decisions
from svcq_excel.plan.plan import Plan
from tests.assessments.checklists import Answers, handed_in, plan_of, without_marks, without_row
from tests.paper.saving import convert

JUNE, CODES = "102年6月", ("P1", "P2")


def table(folder: Path, *rows: str) -> Path:
    path = folder / "open.csv"
    path.write_text("\n".join(["編號,步驟代號", *rows, ""]), "utf-8")
    return path


@pytest.fixture
def june(tmp_path: Path) -> Plan:
    return plan_of(tmp_path, JUNE, CODES, table(tmp_path, "P2,A1"))


@pytest.fixture
def plain(tmp_path: Path) -> Plan:
    return plan_of(tmp_path, JUNE, CODES)


@pytest.fixture
def inbox(june: Plan, tmp_path: Path) -> Path:
    return handed_in(june, tmp_path, {"P1": {}, "P2": {}})


def told(plan: Plan, inbox: Path) -> str:
    with pytest.raises(DefinitionError) as caught:
        assess(plan, [inbox])
    return str(caught.value)


def test_the_table_that_the_forms_were_made_with_is_the_right_one(june: Plan, inbox: Path) -> None:
    outcome = assess(june, [inbox])
    assert outcome.findings == ()
    assert ["A1" in unit.steps for unit in outcome.units] == [False, True]


@pytest.mark.parametrize("round", [JUNE, None])
def test_a_run_that_forgets_the_table_is_told_the_steps_and_the_option(
    round: str | None, inbox: Path, tmp_path: Path
) -> None:
    message = told(plan_of(tmp_path, round, CODES), inbox)
    assert "P2.xlsx" in message and "A1「訂定機關年度提升服務品質執行(工作)計畫」" in message
    assert "--carried" in message and "P1" not in message


def test_nothing_is_sent_back_either(plain: Plan, inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="--carried"):
        send_back(plain, inbox, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_forms_without_a_step_of_the_table_are_told_as_well(plain: Plan, tmp_path: Path) -> None:
    inbox = handed_in(plain, tmp_path, {"P1": {}, "P2": {}})
    message = told(plan_of(tmp_path, JUNE, CODES, table(tmp_path, "P2,A1")), inbox)
    assert "沒有前期未完成而本次帶入的步驟 A1" in message and "P1" not in message


def test_another_table_is_told_both_ways(inbox: Path, tmp_path: Path) -> None:
    message = told(plan_of(tmp_path, JUNE, CODES, table(tmp_path, "P1,A1", "P2,A2.3")), inbox)
    assert "「P1 新建工程處」的檢核表沒有前期未完成而本次帶入的步驟 A1" in message
    assert "「P2 養護工程處」的檢核表帶有前期未完成的步驟 A1" in message


def test_what_is_due_anyway_is_not_carried(plain: Plan, tmp_path: Path) -> None:
    inbox = handed_in(plain, tmp_path, {"P1": {}, "P2": {}})
    open_in_june = plan_of(tmp_path, JUNE, CODES, table(tmp_path, "P2,A3.1"))
    assert assess(open_in_june, [inbox]).findings == ()


def test_a_deleted_row_hides_nothing(plain: Plan, inbox: Path) -> None:
    without_row(inbox / "P2.xlsx", "A1")
    assert "A1" in told(plain, inbox)


def test_forms_that_are_out_already_tell_it_by_their_rows(
    june: Plan, plain: Plan, inbox: Path
) -> None:
    for each in inbox.iterdir():
        without_marks(each)
    assert "carried" not in {
        row[0] for row in load_workbook(inbox / "P2.xlsx")[HIDDEN_SHEET].values
    }
    assert assess(june, [inbox]).findings == ()
    assert "P2.xlsx" in told(plain, inbox)


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_mark_survives_another_program(
    suffix: str, june: Plan, plain: Plan, inbox: Path, tmp_path: Path
) -> None:
    """Even where the row is deleted."""
    without_row(inbox / "P2.xlsx", "A1")
    again = tmp_path / "again"
    again.mkdir()
    convert([inbox / "P2.xlsx"], suffix, again)
    assert "A1" in told(plain, again)
    _, (file,) = review(june, [again])
    assert [v.code for v in file.violations] == ["criterion-missing"]


def test_a_blank_form_tells_what_its_unit_carries_while_no_other_came(
    june: Plan, plain: Plan, tmp_path: Path
) -> None:
    """Its unit is missing, and its open steps with it."""
    answers: dict[str, Answers] = {"P1": {}}
    inbox = handed_in(june, tmp_path, answers)
    blank = next((tmp_path / f"blank {JUNE}").glob("P2*.xlsx"))
    (inbox / "P2.xlsx").write_bytes(blank.read_bytes())
    assert "P2.xlsx" in told(plain, inbox)
    assert assess(june, [inbox]).units[1].steps["A1"].word == "未繳"


def test_a_form_that_a_decision_leaves_aside_tells_nothing(
    plain: Plan, inbox: Path, tmp_path: Path
) -> None:
    decisions = tmp_path / "決定.csv"
    decisions.write_text("檔案,決定,理由,決定人\nP2.xlsx,排除,另有表件,科長\n", "utf-8")
    outcome = assess(replace(plain, decisions=read_decisions(decisions)), [inbox])
    assert [unit.status for unit in outcome.units] == ["accepted", "missing"]


def test_a_long_list_stands_on_the_hidden_sheet(tmp_path: Path) -> None:
    """A document's property would be too short for it."""
    steps = [leaf.id for leaf in plan_of(tmp_path, None).rubric.leaves if 6 not in leaf.due]
    assert len(steps) > 2
    plan = plan_of(tmp_path, JUNE, CODES, table(tmp_path, *(f"P2,{step}" for step in steps)))
    inbox = handed_in(plan, tmp_path, {"P2": {}})
    assert plan.carried_to("P2") == tuple(steps)
    assert assess(plan, [inbox]).findings == ()
