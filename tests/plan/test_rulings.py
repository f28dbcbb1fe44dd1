"""複評 and 加減分 are read from a small table, and every doubt about them is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.definition import DefinitionError
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rulings import Reevaluated, Rulings, read_rulings
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Clauses, Rubric
from svcq_excel.rubric.shipped import load

from .conftest import Write

UNITS = (Unit("A01", "衛生局"), Unit("A02", "稅務局"))


@pytest.fixture(scope="module")
def adjusted() -> Rubric:
    clauses = {
        "adjustments": [
            {"name": "獲獎加分", "effect": "bonus", "most": 5},
            {"name": "逾期扣分", "effect": "deduction", "most": 10},
        ]
    }
    return load("hccg-105").model_copy(update={"clauses": Clauses.model_validate(clauses)})


def read(folder: Path, rubric: Rubric, *lines: str) -> Rulings:
    path = folder / "裁定.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_rulings(path, rubric, UNITS)


def test_results_of_reevaluations_and_points_are_read(tmp_path: Path, adjusted: Rubric) -> None:
    found = read(
        tmp_path,
        adjusted,
        "編號,複評結果,複評日期,獲獎加分,逾期扣分",
        "A01,通過,105年11月3日,2.5,",
        "A02,未通過,,,10",
    )
    assert found.reevaluated == {
        "A01": Reevaluated(True, date(2016, 11, 3)),
        "A02": Reevaluated(False, None),
    }
    assert found.adjustments == {
        "A01": {"獲獎加分": Decimal("2.5")},
        "A02": {"逾期扣分": Decimal(10)},
    }


def test_points_typed_as_numbers_are_points(adjusted: Rubric, xlsx: Write) -> None:
    path = xlsx((("代碼", "獲獎加分", "逾期扣分"), ("A01", 2.5, None), ("A02", 0.1, 10)))
    assert read_rulings(path, adjusted, UNITS).adjustments == {
        "A01": {"獲獎加分": Decimal("2.5")},
        "A02": {"獲獎加分": Decimal("0.1"), "逾期扣分": Decimal(10)},
    }


def test_a_plan_can_be_told_from_others_with_rulings_in_it(
    tmp_path: Path, adjusted: Rubric
) -> None:
    decided = read(tmp_path, adjusted, "編號,複評結果", "A01,通過")
    plans = {Plan(adjusted, UNITS), Plan(adjusted, UNITS, rulings=decided)}
    assert len(plans) == 2


def test_points_above_their_limit_count_up_to_it_and_are_kept_as_they_stand(
    tmp_path: Path, adjusted: Rubric
) -> None:
    found = read(tmp_path, adjusted, "編號,獲獎加分,逾期扣分", "A01,6,10")
    assert found.adjustments == {"A01": {"獲獎加分": Decimal(5), "逾期扣分": Decimal(10)}}
    assert [(r.unit, r.column, r.text, r.line) for r in found.rows] == [
        ("A01", "獲獎加分", "6", 2),
        ("A01", "逾期扣分", "10", 2),
    ]


def test_what_is_left_out_is_not_decided(tmp_path: Path, adjusted: Rubric) -> None:
    assert read(tmp_path, adjusted, "編號,受考核單位名稱", "A01,衛生局") == Rulings()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A01,及格,,,", "複評結果「及格」無法判讀"),
        ("A01,通過,明天,,", "複評日期「明天」不是日期"),
        ("A01,,,,-3", "逾期扣分「-3」不是 0 至 10 的數字"),
        ("A01,,,五,", "獲獎加分「五」不是 0 至 5 的數字"),
    ],
)
def test_each_doubt_is_told_with_its_row(
    row: str, message: str, tmp_path: Path, adjusted: Rubric
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, adjusted, "編號,複評結果,複評日期,獲獎加分,逾期扣分", row)
    (problem,) = caught.value.problems
    assert (problem.message, problem.line) == (message, 2)


def test_a_row_of_a_unit_that_is_not_there_decides_nothing_and_is_kept_to_be_told(
    tmp_path: Path, adjusted: Rubric
) -> None:
    rows = ("A09,,,2,", "A01,,,3,")
    rulings = read(tmp_path, adjusted, "編號,複評結果,複評日期,獲獎加分,逾期扣分", *rows)
    assert rulings.adjustments.keys() == {"A01"}
    (problem,) = rulings.unmatched
    assert problem.message.startswith("編號「A09」不在受考核單位名單內") and problem.line == 2
