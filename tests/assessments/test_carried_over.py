"""What was open on a checklist in one round stands on the unit's form of the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.checks.batch import check_file
from svcq_excel.checks.examples import clean_facts, doubled, stamped, together
from svcq_excel.definition import DefinitionError
from svcq_excel.pipeline import assess, define, issue, review
from svcq_excel.plan.assessors import SELF
from svcq_excel.plan.carried import read_carried
from svcq_excel.plan.plan import Plan
from svcq_excel.results.workbook import write_statistics
from svcq_excel.returns.correcting import return_forms
from svcq_excel.rubric.shipped import load
from tests.assessments.checklists import (
    Answers,
    handed_in,
    marks_of,
    plan_of,
    steps_on,
    without_row,
)
from tests.receiving import facts_received
from tests.results.reading import grid

CODES = ("P1", "P2", "P3")
AT_WORK: Answers = {"A1": {"status": "辦理中", "done": "尚在會簽"}}


def results_of(plan: Plan, folder: Path, answers: dict[str, Answers]) -> Path:
    inbox = handed_in(plan, folder, answers)
    path = folder / f"{plan.round}.xlsx"
    path.write_bytes(write_statistics(assess(plan, [inbox])))
    return path


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """The results of a round of one step: P1 did it, P2 is at it, P3 handed in nothing."""
    plan = plan_of(tmp_path, "102年4月", CODES)
    return results_of(plan, tmp_path, {"P1": {}, "P2": AT_WORK})


@pytest.fixture
def june(april: Path, tmp_path: Path) -> Plan:
    return plan_of(tmp_path, "102年6月", CODES, april)


def test_open_steps_stand_on_the_next_form_of_their_unit_alone(june: Plan, tmp_path: Path) -> None:
    due = [leaf.id for leaf in load("kpw-102").leaves if 6 in leaf.due]
    steps = [steps_on(form.path) for form in issue(june, [SELF], tmp_path / "blank")]
    assert steps == [due, ["A1", *due], ["A1", *due]]


def test_each_form_is_held_against_its_own_steps(june: Plan, tmp_path: Path) -> None:
    inbox = handed_in(june, tmp_path, {"P1": {}, "P2": AT_WORK})
    outcome = assess(june, [inbox])
    assert outcome.findings == ()
    first, second, third = outcome.units
    assert "A1" not in first.steps
    assert second.steps["A1"].word == "辦理中"
    assert third.steps["A1"].word == "未繳"
    rows = grid(write_statistics(outcome), "單位與步驟")
    assert next(row[3:] for row in rows if row[0] == "A1") == ["－", "辦理中", "未繳"]


def test_the_round_need_not_be_named(june: Plan, april: Path, tmp_path: Path) -> None:
    inbox = handed_in(june, tmp_path, {code: {} for code in CODES})
    outcome = assess(define("kpw-102", tmp_path / "units.csv", carried=april), [inbox])
    assert outcome.findings == ()
    assert [len(unit.steps) for unit in outcome.units] == [37, 38, 38]


def test_a_step_stays_open_until_it_is_done(june: Plan, tmp_path: Path) -> None:
    """C1 is due in June and not in December."""
    answers = {**AT_WORK, "C1": {"status": "未辦理"}}
    after = results_of(june, tmp_path, {"P1": {}, "P2": answers, "P3": {}})
    december = plan_of(tmp_path, "102年12月", CODES, after)
    assert december.carried == {"P2": ("A1", "C1")}


def test_what_is_due_anyway_stands_there_once(tmp_path: Path) -> None:
    june = plan_of(tmp_path, "102年6月")
    after = results_of(june, tmp_path, {"P1": {"A3.1": {"status": "未辦理"}}})
    december = plan_of(tmp_path, "102年12月", carried=after)
    (form,) = issue(december, [SELF], tmp_path / "blank")
    assert steps_on(form.path) == [leaf.id for leaf in load("kpw-102").leaves if 12 in leaf.due]


def test_a_carried_step_that_was_deleted_goes_back_with_its_form(
    june: Plan, tmp_path: Path
) -> None:
    inbox = handed_in(june, tmp_path, {"P2": {"A3.1": {"status": "未辦理"}}})
    without_row(inbox / "P2.xlsx", "A1")
    plan, files = review(june, [inbox])
    assert [(v.code, v.criterion) for file in files for v in file.violations] == [
        ("criterion-missing", "A1")
    ]
    (returned,) = return_forms(plan, files, tmp_path / "back").forms
    assert steps_on(returned.path)[0] == "A1"
    marks = dict(marks_of(returned.path))
    assert marks["carried"] == "A1"


def test_what_stands_in_the_row_of_another_units_step_is_no_fault(june: Plan) -> None:
    mine = stamped(
        unit="P1", unit_name="新建工程處", round="102年6月", digest=june.rubric_of("P1").digest
    )
    facts = together(mine, doubled("A1"))(clean_facts(june.rubric))
    checked = check_file(facts_received("form.xlsx", facts, june.rubric), june)
    assert checked.violations == ()


def test_a_round_that_left_nothing_open_carries_nothing(tmp_path: Path) -> None:
    april = plan_of(tmp_path, "102年4月")
    after = results_of(april, tmp_path, {"P1": {}})
    assert plan_of(tmp_path, "102年6月", carried=after).carried == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("P9,A1", "編號「P9」不在受考核單位名單內"),
        ("P1,Z9", "步驟代號「Z9」不是「kpw-102」的步驟"),
        ("P1,", "步驟代號「」不是「kpw-102」的步驟"),
    ],
)
def test_what_cannot_be_carried_is_told_with_its_row(
    tmp_path: Path, row: str, message: str
) -> None:
    path = tmp_path / "open.csv"
    path.write_text(f"編號,步驟代號\nP1,A1\n{row}\n", "utf-8")
    plan = plan_of(tmp_path, None)
    with pytest.raises(DefinitionError) as caught:
        read_carried(path, plan.rubric, plan.units)
    (problem,) = caught.value.problems
    assert (problem.message, problem.line) == (message, 3)


def test_scores_are_not_carried_over(april: Path, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="不是檢核表"):
        define("wra-105", tmp_path / "units.csv", carried=april)
