"""What the secretariat decided on single files overrules which form counts, and is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.checks.deciding import on_no_file
from svcq_excel.checks.examples import edit, marked, stamped
from svcq_excel.checks.settling import settle
from svcq_excel.definition import DefinitionError
from svcq_excel.plan.decisions import Absence, Decision, decisions_beside, read_decisions
from svcq_excel.plan.plan import Plan
from tests.checks.test_batch import checked, dated, statuses

HEAD = "檔案,決定,理由,決定人\n"
OTHER = edit("A1.1.2", score=20.0)


def decided(plan: Plan, *decisions: tuple[str, bool]) -> Plan:
    made = [
        Decision(file, adopted, "來電確認", "王科長", "決定.csv", at)
        for at, (file, adopted) in enumerate(decisions, 2)
    ]
    return replace(plan, decisions=tuple(made))


def settled(plan: Plan, *files: CheckedFile) -> dict[str, CheckedFile]:
    return {file.name: file for file in settle(files, plan)}


def test_an_adopted_form_counts_though_another_came_later(plan: Plan) -> None:
    old, new = checked(plan, "舊.xlsx"), dated(checked(plan, "新.xlsx", OTHER), 1)
    files = settled(decided(plan, ("舊.xlsx", True)), old, new)
    assert statuses(files) == {"舊.xlsx": "accepted", "新.xlsx": "superseded"}
    for file in files.values():
        assert "依決定採用：來電確認（王科長）" in file.reason


def test_an_excluded_form_counts_as_if_it_had_not_come(plan: Plan) -> None:
    old, new = checked(plan, "舊.xlsx"), dated(checked(plan, "新.xlsx", OTHER), 1)
    files = settled(decided(plan, ("新.xlsx", False)), old, new)
    assert statuses(files) == {"舊.xlsx": "accepted", "新.xlsx": "ignored"}
    assert files["新.xlsx"].submission is None
    assert files["新.xlsx"].reason == "依決定排除：來電確認（王科長）"


def test_a_file_is_named_as_lists_call_it_or_by_its_own_name(plan: Plan) -> None:
    for said in ("收件/甲 局/表.xlsx", "甲 局/表.xlsx", "表.xlsx", "./收件/甲 局/表.xlsx"):
        files = settled(decided(plan, (said, False)), checked(plan, "收件/甲 局/表.xlsx"))
        assert statuses(files) == {"表.xlsx": "ignored"}


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ([("表.xlsx", False)], "有 2 個"),
        ([("甲/表.xlsx", True), ("甲/表.xlsx", False)], "有不止一筆決定"),
        ([("甲/借.xlsx", True)], "無法採用"),
    ],
)
def test_a_decision_that_cannot_be_followed_stops_the_run(
    decisions: list[tuple[str, bool]], said: str, plan: Plan
) -> None:
    files = [checked(plan, "甲/表.xlsx"), checked(plan, "乙/表.xlsx")]
    files.append(checked(plan, "甲/借.xlsx", marked("表首", "A02", "第二河川局")))
    with pytest.raises(DefinitionError) as caught:
        settle(files, decided(plan, *decisions))
    (problem,) = caught.value.problems
    assert said in str(problem)
    assert problem.line


def test_a_decision_on_a_file_that_did_not_come_is_told_with_its_row_and_reason(
    plan: Plan,
) -> None:
    plan = decided(plan, ("沒有.xlsx", True), ("表.xlsx", False))
    files = settled(plan, checked(plan, "甲/表.xlsx"))
    assert statuses(files) == {"表.xlsx": "ignored"}
    (problem,) = on_no_file(list(files.values()), plan.on_files)
    assert "「沒有.xlsx」不在收件之中" in problem.message and "來電確認" in problem.message
    assert problem.line == plan.decisions[0].line


def test_a_form_of_an_absent_member_does_not_count_and_cannot_be_adopted_as_well(
    plan: Plan,
) -> None:
    absent = Absence("hq", ("A01",), "不計", "未到場", "秘書室", "決定.csv", 9)
    form = checked(plan, "表.xlsx", stamped(assessor="hq"))
    other = checked(plan, "他.xlsx", stamped(assessor="hq", unit="A02", unit_name="第二河川局"))
    files = settled(replace(plan, decisions=(absent,)), form, other)
    assert statuses(files) == {"表.xlsx": "ignored", "他.xlsx": "accepted"}
    assert files["表.xlsx"].reason == "依決定不計：未到場（秘書室）"
    assert files["表.xlsx"].submission is None
    both = decided(plan, ("表.xlsx", True))
    with pytest.raises(DefinitionError, match="第 9 列卻決定其考核人員不計"):
        settled(replace(both, decisions=(*both.decisions, absent)), form)


def test_decisions_are_read_with_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "決定.csv"
    path.write_text(HEAD + "甲.zip!表.xlsx,採用,來電確認,王科長\n", encoding="utf-8-sig")
    assert decisions_beside(tmp_path) == path
    (decision,) = read_decisions(path)
    assert isinstance(decision, Decision)
    assert (decision.file, decision.adopted) == ("甲.zip!表.xlsx", True)
    assert decision.in_words == "依決定採用：來電確認（王科長）"


@pytest.mark.parametrize(
    "row", ["表.xlsx,採納,因,王", "表.xlsx,採用,,王", "表.xlsx,採用,因,", ",排除,因,王"]
)
def test_a_decision_without_its_parts_is_refused_with_its_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "決定.csv"
    path.write_text(HEAD + "好.xlsx,排除,因,王\n" + row + "\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_decisions(path)
    assert {problem.line for problem in caught.value.problems} == {3}


def test_where_no_decisions_lie_there_are_none(tmp_path: Path) -> None:
    assert decisions_beside(tmp_path) is None


def borrowed(plan: Plan, other: float, units: int) -> list[bool]:
    """Whether the two forms of A01, one with other scores, are told as perhaps another unit's."""
    leaves = [leaf.id for leaf in plan.rubric.leaves]
    edits = [edit(leaf, score=1.0) for leaf in leaves[: int(len(leaves) * other)]]
    files = [checked(plan, "一"), checked(plan, "二", *edits)]
    for unit in plan.units[1:units]:
        files.append(checked(plan, unit.code, stamped(unit=unit.code, unit_name=unit.name)))
    told = settled(plan, *files)
    return ["borrowed-form" in {v.code for v in told[name].violations} for name in ("一", "二")]


def test_two_unlike_forms_of_a_unit_beside_a_missing_one_may_be_a_borrowed_form(
    plan: Plan,
) -> None:
    assert borrowed(plan, other=0.8, units=13) == [True, True]


def test_a_correction_of_few_scores_is_no_borrowed_form(plan: Plan) -> None:
    assert borrowed(plan, other=0.2, units=13) == [False, False]


def test_where_nobody_is_missing_no_form_was_borrowed(plan: Plan) -> None:
    assert borrowed(plan, other=0.8, units=14) == [False, False]
