"""Figures of growth: what cannot be read is told, and no form goes back for it."""

from __future__ import annotations

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import UNIT, clean_facts, edit
from svcq_excel.checks.runner import check
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.workbook import Value

COUNT, PERCENTAGE = "B2.1.1", "A2.2.1.2"


def found(leaf: str, **years: Value) -> tuple[Violation, ...]:
    rubric = load("hccg-105")
    return check(CheckedForm(edit(leaf, **years)(clean_facts(rubric)), rubric, {UNIT.code: UNIT}))


@pytest.mark.parametrize(
    ("leaf", "this", "last"),
    [
        (COUNT, "", ""),
        (COUNT, 12.0, 9.0),
        (COUNT, 12.0, 0.0),
        (COUNT, "１２項", " 9 "),
        (PERCENTAGE, "88％", "86%"),
    ],
    ids=["blank", "numbers", "nothing last year", "as texts", "percentages"],
)
def test_what_can_be_read_is_no_fault(leaf: str, this: Value, last: Value) -> None:
    assert found(leaf, this_year=this, last_year=last) == ()


@pytest.mark.parametrize(
    ("leaf", "this", "said"),
    [
        (COUNT, "約十項", "本年度的提供線上服務項目數是文字「約十項」；因此不計算成長率"),
        (COUNT, -3.0, "是 -3，小於 0"),
        (PERCENTAGE, 0.88, "是 0.88，無法確定是 88% 還是 0.88%"),
    ],
)
def test_what_cannot_be_read_is_a_warning_at_its_cell(leaf: str, this: Value, said: str) -> None:
    (violation,) = found(leaf, this_year=this, last_year=80.0)
    assert (violation.code, violation.severity) == ("growth-not-a-number", "warning")
    assert (violation.criterion, violation.entry) == (leaf, "this_year")
    assert said in violation.message


def test_both_years_are_looked_at() -> None:
    faults = found(COUNT, this_year="無", last_year="不詳")
    assert [violation.entry for violation in faults] == ["this_year", "last_year"]


def test_one_year_alone_is_noted_at_the_other() -> None:
    (violation,) = found(COUNT, last_year=9.0)
    assert (violation.code, violation.severity) == ("growth-incomplete", "notice")
    assert violation.entry == "this_year"
