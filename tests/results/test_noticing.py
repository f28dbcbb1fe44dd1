"""What is told of a unit's result is counted again here, from the forms and the rulings alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.checks.violation import Violation
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.rulings import NONE, RESULT, Reevaluated, Ruling, Rulings
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.noticing import noticed
from svcq_excel.results.outcome_json import as_json
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_report, write_statistics
from svcq_excel.rubric.model import Clauses, Judgement, Rubric
from tests.results.reading import grid
from tests.results.samples import submission, units, wra

A01, A02, A03 = (unit.code for unit in units()[:3])
_REEVALUATED = {"kind": "hq", "grades": ["丙"], "becomes": "乙", "clause": "伍"}
_BONUS = {"name": "獲獎加分", "effect": "bonus", "most": 5}


def rubric_with(clauses: Mapping[str, object] | None = None, **judgement: object) -> Rubric:
    return wra().model_copy(
        update={
            "clauses": Clauses.model_validate(clauses or {}),
            "judgement": Judgement.model_validate(judgement),
        }
    )


def results(
    rubric: Rubric, forms: Sequence[Submission], rulings: Rulings = NONE
) -> dict[tuple[str, str], UnitResult]:
    found = noticed(rubric, conclude(rubric, units(), forms, (), rulings), rulings)
    return {(each.unit.code, each.kind): each for each in found}


def codes(result: UnitResult) -> list[str]:
    return [violation.code for violation in result.violations]


def ruled(code: str, column: str, text: str) -> Rulings:
    row = (Ruling(code, column, text, "裁定/裁定.csv", 7),)
    if column == RESULT:
        return Rulings({code: Reevaluated(text == "通過")}, {}, row)
    return Rulings({}, {code: {column: min(Decimal(text), Decimal(5))}}, row)


TOTALS = st.integers(0, 1000)


@settings(max_examples=60, deadline=None)
@given(st.lists(TOTALS, min_size=1, max_size=3), st.sampled_from([0, 5, 8]), st.integers(0, 5))
def test_near_a_bound_is_told_of_the_mean_with_what_was_added(
    totals: list[int], near: int, bonus: int
) -> None:
    rubric = rubric_with({"adjustments": [_BONUS]}, near_threshold=near)
    rulings = Rulings({}, {A01: {"獲獎加分": Decimal(bonus)}})
    forms = [submission(A01, t, "committee", f"委員{i}") for i, t in enumerate(totals)]
    found = results(rubric, forms, rulings)[A01, "committee"]
    total = min(Fraction(sum(totals), len(totals)) + bonus, Fraction(1000))
    mean = Fraction(int(total * 100 + Fraction(1, 2)), 100)
    below = [bound for bound in (900, 800, 700, 600) if 0 < bound - mean <= near]
    assert codes(found).count("near-threshold") == len(below)


@pytest.mark.parametrize(("total", "told"), [(795, 1), (794, 0), (800, 0), (799, 1)])
def test_a_bound_is_near_up_to_the_margin_and_no_longer_once_it_is_reached(
    total: int, told: int
) -> None:
    found = results(rubric_with(near_threshold=5), [submission(A01, total)])[A01, "hq"]
    assert codes(found) == ["near-threshold"] * told


def test_what_one_member_gave_is_not_near_a_bound() -> None:
    """The case of the secretariat: a member's 798 in a unit of 868.67, and a mean of 799.33."""
    forms = [submission(A01, t, "committee", f"委員{t}") for t in (798, 900, 908)]
    forms += [submission(A02, t, "committee", f"委員{t}") for t in (780, 800, 818)]
    found = results(wra(), forms)
    assert codes(found[A01, "committee"]) == []
    (told,) = found[A02, "committee"].violations
    assert told.message == (
        "總分 799.33 分（滿分 1000 分），距「甲」的下限 800 差 0.67 分；請確認各項得分無誤。"
    )


@settings(max_examples=60, deadline=None)
@given(TOTALS, st.lists(TOTALS, min_size=1, max_size=3), st.sampled_from(["0.1", "0.032"]))
def test_totals_of_the_tables_are_apart(own: int, theirs: list[int], share: str) -> None:
    rubric = rubric_with({"scale": {"to": 100}}, apart_share=share, near_threshold=0)
    forms = [submission(A01, t, "committee", f"委員{i}") for i, t in enumerate(theirs)]
    found = results(rubric, [submission(A01, own, "self"), *forms])
    mean = Fraction(sum(theirs), len(theirs)) / 10
    shown = [Fraction(int(v * 100 + Fraction(1, 2)), 100) for v in (Fraction(own, 10), mean)]
    is_apart = abs(shown[0] - shown[1]) > Fraction(share) * 100
    assert codes(found[A01, "self"]) == ["self-hq-apart"] * is_apart
    assert codes(found[A01, "committee"]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10), min_size=25, max_size=25), min_size=3, max_size=3))
def test_a_total_that_no_member_could_have_given_is_told(scores: list[list[int]]) -> None:
    rubric = rubric_with({"committee": {"method": "median"}}, near_threshold=0)
    ids = [leaf.id for leaf in rubric.leaves]
    forms = [
        Submission(
            A01, "committee", f"委員{i}", {k: Decimal(s) for k, s in zip(ids, row, strict=True)}
        )
        for i, row in enumerate(scores)
    ]
    middle = sum(sorted(row)[1] for row in zip(*scores, strict=True))
    totals = [sum(row) for row in scores]
    outside = not min(totals) <= middle <= max(totals)
    found = results(rubric, forms)[A01, "committee"]
    assert codes(found) == ["total-outside-range"] * outside


@pytest.mark.parametrize(
    ("total", "text", "told"),
    [
        (650, "通過", ""),
        (650, "未通過", ""),
        (750, "通過", "這個單位為乙等，不須複評，沒有採用"),
        (None, "通過", "這個單位未繳，尚無總分，暫未採用"),
    ],
)
def test_a_reevaluation_that_is_not_due_is_told_with_its_row(
    total: int | None, text: str, told: str
) -> None:
    rubric = rubric_with({"reevaluation": _REEVALUATED})
    forms = [submission(A02, 750)] + ([submission(A01, total)] if total else [])
    found = results(rubric, forms, ruled(A01, RESULT, text))[A01, "hq"]
    said = "".join(v.message for v in found.violations)
    assert codes(found) == ["ruling-unused"] * bool(told)
    assert told in said and ("「裁定.csv」第 7 列的複評結果「通過」" in said) == bool(told)


def test_what_waits_for_a_total_is_to_be_kept_and_says_what_the_unit_waits_for() -> None:
    """To delete the row, as of one without use, would lose what was decided."""
    rubric = rubric_with({"adjustments": [_BONUS]})
    expected = Expected(tuple(Assessor(n, n, "committee") for n in ("甲", "乙")))
    forms, rulings = [submission(A01, 900, "committee", "甲")], ruled(A01, "獲獎加分", "3")
    concluded = conclude(rubric, units(), forms, (), rulings, expected)
    found = {r.unit.code: r for r in noticed(rubric, concluded, rulings)}[A01]
    (told,) = found.violations
    assert told.message == (
        "「裁定.csv」第 7 列的獲獎加分 3 分：這個單位尚缺 1 份，尚無總分，暫未採用；"
        "該筆請保留，有總分後再執行即採用。"
    )


def test_a_reevaluation_without_a_clause_is_told() -> None:
    found = results(rubric_with(), [submission(A01, 650)], ruled(A01, RESULT, "通過"))
    assert "沒有複評的規定" in found[A01, "hq"].violations[0].message


def test_points_for_a_unit_without_a_total_and_above_their_limit_are_told() -> None:
    rubric = rubric_with({"adjustments": [_BONUS]})
    given_up = results(rubric, [submission(A02, 750)], ruled(A01, "獲獎加分", "3"))
    assert codes(given_up[A01, "hq"]) == ["ruling-unused"]
    fine = results(rubric, [submission(A01, 750)], ruled(A01, "獲獎加分", "5"))
    assert codes(fine[A01, "hq"]) == []
    above = results(rubric, [submission(A01, 750)], ruled(A01, "獲獎加分", "6"))[A01, "hq"]
    assert codes(above) == ["adjustment-above-limit"]
    assert above.total == 755 and "以 5 分計" in above.violations[0].message


def test_points_of_another_kind_of_assessment_are_no_use_to_a_unit_s_own() -> None:
    rubric = rubric_with({"adjustments": [{**_BONUS, "kind": "hq"}]})
    found = results(rubric, [submission(A01, 750, "self")], ruled(A01, "獲獎加分", "3"))
    told = [violation.message for each in found.values() for violation in each.violations]
    assert len(told) == 1 and "獲獎加分 3 分：這個單位沒有適用的考核，沒有採用" in told[0]
    both = [submission(A01, 750, "self"), submission(A02, 750)]
    found = results(rubric, both, ruled(A01, "獲獎加分", "3"))
    assert codes(found[A01, "hq"]) == ["ruling-unused"] and not codes(found[A01, "self"])


def outcome() -> Outcome:
    rulings = ruled(A02, RESULT, "通過")
    rubric = rubric_with({"reevaluation": _REEVALUATED})
    found = results(rubric, [submission(A01, 899), submission(A02, 750)], rulings)
    return Outcome(rubric, "105年度", tuple(found.values()), ())


def test_a_notice_of_a_result_stands_under_its_unit_everywhere() -> None:
    made = outcome()
    document: Any = as_json(made, None)
    told = {u["unit"]: u["violations"] for u in document["units"]}
    assert [v["code"] for v in told[A01]] == ["near-threshold"]
    assert [v["code"] for v in told[A02]] == ["ruling-unused"] and not told[A03]
    rows = grid(write_statistics(made), "檢核結果")
    assert [(row[0], str(row[2])[:3], row[9]) for row in rows[3:]] == [
        ("（本署考核結果）", A02, "ruling-unused"),
        ("（本署考核結果）", A01, "near-threshold"),
    ]
    rules = grid(write_report(made), "各項問題")
    assert [row[5] for row in rules if row[6] == "near-threshold"] == [units()[0].name]
    first = grid(write_report(made), "摘要")
    assert any(A02 in row and any("複評結果「通過」" in str(c) for c in row) for row in first)


def test_a_ruling_without_use_needs_a_person_and_an_aid_does_not() -> None:
    rubric = wra()
    forms = [submission(unit.code, 899) for unit in units()]
    aids = Outcome(rubric, "105年度", tuple(results(rubric, forms).values()), ())
    assert all(codes(unit) == ["near-threshold"] for unit in aids.units)
    assert not aids.needs_a_person
    lost = results(rubric, forms, ruled(A01, RESULT, "通過"))
    assert Outcome(rubric, "105年度", tuple(lost.values()), ()).needs_a_person


def test_the_message_is_a_violation_like_any_other() -> None:
    assert all(isinstance(v, Violation) for _, v in outcome().findings)
