"""A round of a checklist is a month, and its form holds the steps that are due in it."""

from __future__ import annotations

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.rounds import in_round, month_of
from svcq_excel.rubric.shipped import load


@pytest.mark.parametrize(
    ("round", "month"),
    [
        ("102年6月", 6),
        ("102年度１２月", 12),
        ("102年04月", 4),
        ("6月", 6),
        ("102年度", None),
        ("102年6月至12月", None),
        ("102年13月", None),
        (None, None),
    ],
)
def test_the_month_of_a_round(round: str | None, month: int | None) -> None:
    assert month_of(round) == month


@pytest.mark.parametrize("month", [4, 6, 12])
def test_a_form_holds_what_is_due(month: int) -> None:
    whole = load("kpw-102")
    part = in_round(whole, f"102年{month}月")
    assert [leaf.id for leaf in part.leaves] == [
        leaf.id for leaf in whole.leaves if month in leaf.due
    ]
    assert all(node.leaves for node in part.nodes.values()), "no heading without a step"
    assert part.digest != whole.digest


def test_without_a_round_a_checklist_is_whole() -> None:
    assert in_round(load("kpw-102"), None) == load("kpw-102")


def test_what_is_scored_is_the_same_in_every_round() -> None:
    assert in_round(load("wra-105"), "105年度上半年") == load("wra-105")


@pytest.mark.parametrize(
    ("round", "message"),
    [("102年5月", "5月沒有應查核的步驟"), ("上半年", "考核期別「上半年」不是查核月份")],
)
def test_a_round_in_which_nothing_is_due(round: str, message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        in_round(load("kpw-102"), round)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.fix == "考核期別請用：102年4月、102年6月、102年12月"
