"""成績調整 is applied row by row before anything is counted; what cannot be is told with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import WHOEVER, Expected
from svcq_excel.plan.rulings import NONE
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.results.model import Outcome
from svcq_excel.results.noticing import noticed
from svcq_excel.results.outcome_json import as_json
from svcq_excel.results.scoring.changing import Changed, changed
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Rubric
from tests.results.reading import grid, opened, row_of
from tests.results.scoring.clause_cases import UNITS, form, rubric

MEMBERS = ("委員甲", "委員乙", "委員丙")


def change(
    unit: str, leaf: str, before: object, after: object, assessor: str = "", **more: object
) -> ScoreChange:
    said: dict[str, Any] = {
        "kind": "committee",
        "reason": "申復",
        "by": "王處長",
        "day": date(2016, 7, 20),
        "source": "計畫/成績調整.csv",
        "line": 7,
        **more,
    }
    points = Decimal(str(before)), Decimal(str(after))
    return ScoreChange(
        unit=unit, leaf=leaf, before=points[0], after=points[1], assessor=assessor, **said
    )


def outcome(
    plan: Rubric,
    forms: Sequence[Submission],
    changes: Sequence[ScoreChange],
    expected: Expected = WHOEVER,
) -> Outcome:
    counted = changed(forms, changes, UNITS, expected)
    units = tuple(counted.shown_in(conclude(plan, UNITS, counted.forms, (), NONE, expected)))
    units = noticed(plan, units, NONE, counted.unmade)
    return Outcome(plan, "105年度", units, (), (), tuple(counted.unmatched(units)))


def one(plan: Rubric, changes: Sequence[ScoreChange]) -> Outcome:
    return outcome(plan, [form("A", 45, 30), form("B", 50, 30)], changes)


def test_a_change_counts_in_items_totals_grades_and_ranks() -> None:
    made = one(rubric(), [change("A", "X", 45, 58)])
    first, second, *_ = made.units
    assert [first.leaves["X"], first.total, first.grade, first.rank] == [58, 88, "甲", 1]
    assert [second.total, second.rank] == [80, 2]
    assert not made.needs_a_person or all(u.status != "accepted" for u in made.units[2:])


def test_it_may_lift_over_a_floor_and_break_a_tie() -> None:
    plan = rubric(floors=[{"node": "X", "min": 50}], ranking={"ties": ["Y"]})
    assert one(plan, []).units[0].barred
    made = one(plan, [change("A", "X", 45, 50), change("B", "Y", 30, 29)])
    assert [unit.barred for unit in made.units[:2]] == [False, False]
    assert [unit.rank for unit in made.units[:2]] == [1, 2]


def test_a_member_s_score_is_changed_before_the_mean_which_stays_exact() -> None:
    forms = [form("A", score, 30, who) for who, score in zip(MEMBERS, (40, 41, 42), strict=True)]
    made = outcome(rubric(), forms, [change("A", "X", 41, 45, "委員乙")])
    assert made.units[0].leaves["X"] == Fraction(127, 3)
    trimmed = rubric(committee={"method": "trimmed", "per": "total"})
    assert outcome(trimmed, forms, [change("A", "X", 42, 20, "委員丙")]).units[0].total == 70


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (change("A", "X", 44, 50, "委員甲"), "原得分填 44 分，採計的得分為 40 分"),
        (change("A", "X", 40, 50), "這個單位有 3 份評分表，未填考核人員，無法確定調整哪一位的評分"),
        (change("A", "X", 40, 50, "路人"), "這個單位沒有考核人員「路人」的評分表"),
        (change("B", "X", 40, 50), "這個單位沒有採計的評分表，尚無得分可以調整"),
        (change("A", "X", 40, 50, "委員甲", fault="不能給 50 分"), "不能給 50 分"),
    ],
)
def test_what_cannot_be_applied_is_an_error_with_its_row_and_changes_nothing(
    row: ScoreChange, fault: str
) -> None:
    forms = [form("A", score, 30, who) for who, score in zip(MEMBERS, (40, 41, 42), strict=True)]
    made, before = outcome(rubric(), forms, [row]), outcome(rubric(), forms, [])
    (told,) = [v for unit in made.units for v in unit.violations if v.code == "score-change-unused"]
    assert told.severity == "error" and made.needs_a_person
    used = "暫未採用" if row.unit == "B" else "沒有採用"
    assert told.found == f"「成績調整.csv」第 7 列的成績調整：{fault}，{used}"
    assert told.todo.startswith("該筆請保留") == (row.unit == "B")
    assert [unit.leaves for unit in made.units] == [unit.leaves for unit in before.units]
    assert [unit.score_changes for unit in made.units] == [()] * len(made.units)


@pytest.mark.parametrize(
    "row",
    [
        change("Z", "X", 45, 50),
        change("A", "X", 45, 50, kind="hq"),
        change("A", "X", 45, 50, kind=None, fault="考核種類「市府」不是"),
    ],
)
def test_a_row_of_no_unit_or_kind_that_is_there_is_told_as_matching_nothing(
    row: ScoreChange,
) -> None:
    (problem,) = one(rubric(), [row]).unmatched
    assert (problem.file, problem.line) == ("成績調整.csv", 7)
    assert problem.message.startswith("成績調整：") and "沒有採用" in problem.message


def test_a_member_who_is_away_has_no_score_to_change() -> None:
    away = Absence("委員乙", (), "迴避", "曾任該單位", "主任", "決定.csv", 2)
    forms = [form("A", 40, 30, who) for who in MEMBERS]
    made = outcome(rubric(), forms, [change("A", "X", 40, 50, "委員乙")], Expected((), (away,)))
    (told,) = [v for v in made.units[0].violations if v.code == "score-change-unused"]
    assert "考核人員「委員乙」的評分依名單或決定不計入" in told.found


def test_a_second_change_starts_from_what_the_first_made() -> None:
    both = [change("A", "X", 45, 48), change("A", "X", 48, 50, line=8)]
    assert one(rubric(), both).units[0].leaves["X"] == 50
    assert [each.line for each in one(rubric(), both).units[0].score_changes] == [7, 8]
    again = one(rubric(), [change("A", "X", 45, 48), change("A", "X", 45, 50, line=8)])
    assert again.units[0].leaves["X"] == 48
    (told,) = [v for v in again.units[0].violations if v.code == "score-change-unused"]
    assert "第 8 列" in told.found and "採計的得分為 48 分" in told.found


LEAVES = st.sampled_from("XY")
ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), LEAVES, st.integers(20, 40), st.sampled_from(MEMBERS)),
    max_size=8,
    unique_by=lambda row: (row[0], row[1], row[3]),
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_neither_the_order_of_files_nor_of_rows_matters(
    rows: list[tuple[str, str, int, str]], random: Random
) -> None:
    forms = [form(unit, 30, 25, who) for unit in "ABC" for who in MEMBERS]
    start = {"X": 30, "Y": 25}
    changes = [change(unit, leaf, start[leaf], after, who) for unit, leaf, after, who in rows]
    shuffled = random.sample(forms, len(forms)), random.sample(changes, len(changes))
    first, other = outcome(rubric(), forms, changes), outcome(rubric(), *shuffled)
    counted = [
        [(u.leaves, u.total, u.grade, u.rank) for u in made.units] for made in (first, other)
    ]
    assert counted[0] == counted[1]
    sums = {
        unit: sum(
            (Fraction(30 if leaf == "X" else 25) for _ in MEMBERS for leaf in "XY"), Fraction(0)
        )
        + sum(after - start[leaf] for code, leaf, after, _ in rows if code == unit)
        for unit in "ABC"
    }
    assert {u.unit.code: u.total for u in first.units[:3]} == {
        unit: Fraction(round(total / 3 * 10_000), 10_000) for unit, total in sums.items()
    }


def test_each_is_shown_where_the_score_stands() -> None:
    made = one(rubric(), [change("A", "X", 45, 48)])
    book = write_statistics(made)
    said = "「流程」（甲委員所評）經申復由 45 分調整為 48 分（核定人 王處長，105年7月20日）"
    table = grid(book, "考核結果統計表")
    assert [f"※單位A{said}。"] == [row[0] for row in table if str(row[0]).startswith("※單位A")]
    assert "成績經核定調整，見附註" in row_of(book, "考核結果統計表", "A")
    assert any(said in str(cell) for row in grid(book, "排名與獎懲") for cell in row)
    findings = [row for row in grid(book, "檢核結果") if row[4] == "得分經核定調整"]
    assert [row[7] for row in findings] == ["流程"] and said[4:] in str(findings[0][8])
    sheet = opened(book)["細項得分"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert cell.value == 48 and cell.fill.fgColor.rgb == "FFFFF3D6"
    assert cell.comment and said[4:] in cell.comment.text


def test_json_tells_what_was_changed_beside_what_counts() -> None:
    made = one(rubric(), [change("A", "X", 45, "48.5")])
    unit = as_json(made, None)["units"][0]  # type: ignore[index]
    assert unit["leaves"] == {"X": 48.5, "Y": 30}
    assert unit["changes"] == [
        {
            "leaf": "X",
            "assessor": "甲委員",
            "from": 45,
            "to": 48.5,
            "reason": "申復",
            "by": "王處長",
            "date": "2016-07-20",
        }
    ]
    assert as_json(made, None)["units"][1]["changes"] == []  # type: ignore[index]


def test_without_changes_nothing_is_another() -> None:
    forms = (form("A", 45, 30),)
    assert changed(forms, (), UNITS) == Changed(forms)
    assert replace(Changed(forms), forms=()) == Changed()
