"""hccg-105 from the committee's forms to the last table; a test for each clause of 捌、考核結果."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.expected import Expected
from svcq_excel.plan.rulings import NONE, Reevaluated, Rulings
from svcq_excel.plan.units import Unit, read_units
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.text.roc_dates import WrittenDate
from tests.paper.filling import scores
from tests.results.reading import grid, opened, row_of

UNITS = Path(__file__).parents[2] / "samples" / "hccg-105" / "units.csv"
MEMBERS = tuple(Assessor(f"委員{i}", f"委員{i}", "committee") for i in "甲乙丙")

# Mean totals by unit; who is not here is at 750. 衛生局 leads its group, 東區區公所 its own.
TOTALS = {"A01": 930, "A02": 850, "A03": 650, "A04": 660, "A05": 699, "B01": 820, "C01": 790}


@cache
def hccg() -> Rubric:
    return load("hccg-105")


@cache
def units() -> tuple[Unit, ...]:
    return read_units(UNITS)


@cache
def form(unit: str, total: int, member: str) -> Submission:
    chance = Random(f"{unit} {total}")
    given = {leaf: Decimal(score) for leaf, score in scores(hccg(), total, chance).items()}
    return Submission(unit, "committee", member, given, WrittenDate(2016, 10, 5), member)


def forms() -> list[Submission]:
    """Each member a little above or below the others."""
    return [
        form(unit.code, TOTALS.get(unit.code, 750) + by, member.key)
        for unit in units()
        for member, by in zip(MEMBERS, (-6, 0, 6), strict=True)
    ]


def outcome(submissions: list[Submission], decided: Rulings = NONE) -> Outcome:
    results = conclude(hccg(), units(), submissions, (), decided, Expected(MEMBERS))
    return Outcome(hccg(), "105年度", results, (), MEMBERS)


def by_code(found: Outcome) -> dict[str, UnitResult]:
    return {result.unit.code: result for result in found.units}


@pytest.fixture(scope="module")
def found() -> dict[str, UnitResult]:
    decided = Rulings({"A03": Reevaluated(True, date(2016, 11, 3)), "A04": Reevaluated(False)})
    return by_code(outcome(forms(), decided))


def test_clause_8_1_grades_begin_at_800_and_700(found: Mapping[str, UnitResult]) -> None:
    grades = {code: (int(found[code].total or 0), found[code].grade) for code in TOTALS}
    assert grades["A02"] == (850, "甲")
    assert grades["C01"] == (790, "乙")
    assert grades["A05"] == (699, "丙")
    bounds = {total: hccg().grade(Decimal(total)) for total in ("800", "799.9999", "700", "699.5")}
    assert [grade.name for grade in bounds.values() if grade] == ["甲", "乙", "乙", "丙"]
    assert "總分列甲等（捌、一）" in found["A01"].grounds


def test_clause_8_1_the_lowest_is_reevaluated_and_rises_by_passing(
    found: Mapping[str, UnitResult],
) -> None:
    states = {code: (found[code].reevaluation, found[code].grade) for code in ("A03", "A04", "A05")}
    assert states == {"A03": ("passed", "乙"), "A04": ("failed", "丙"), "A05": ("due", "丙")}
    assert found["A03"].changes == ("105年11月3日複評通過，丙等改列乙等（捌、一）",)


def test_clause_8_2_best_of_its_group_with_the_top_grade(found: Mapping[str, UnitResult]) -> None:
    for code in ("A01", "B01"):
        reward = found[code].reward
        assert found[code].rank == 1
        assert (
            reward
            and reward.text.endswith("記嘉獎2次，其他有功人員依規定辦理敘獎")
            and reward.clause == "捌、二"
        )


def test_clause_8_2_others_with_the_top_grade(found: Mapping[str, UnitResult]) -> None:
    reward = found["A02"].reward
    assert reward and reward.text.endswith("記嘉獎1次，其他有功人員依規定辦理敘獎")


def test_clause_8_2_nothing_for_a_first_without_the_top_grade(
    found: Mapping[str, UnitResult],
) -> None:
    assert (found["C01"].rank, found["C01"].grade, found["C01"].reward) == (1, "乙", None)


def test_clause_8_2_a_reprimand_for_who_did_not_pass(
    found: Mapping[str, UnitResult],
) -> None:
    reward = found["A04"].reward
    assert reward and "申誡1次，並列入次年額外考核" in reward.text
    assert found["A03"].reward is found["A05"].reward is None


def test_clause_4_2_the_committee_s_scores_are_averaged(found: Mapping[str, UnitResult]) -> None:
    assert found["A01"].total == 930
    assert "3 位考核人員評分之平均（肆、二）" in found["A01"].grounds


def test_clause_3_groups_are_ranked_apart(found: Mapping[str, UnitResult]) -> None:
    ranks = {code: result.rank for code, result in found.items()}
    assert [ranks[code] for code in ("A01", "A02", "A05", "A04", "A03")] == [1, 2, 3, 4, 5]
    assert [ranks[f"B{i:02}"] for i in range(1, 7)] == [1, 2, 2, 2, 2, 2]


def test_each_line_of_the_ranking_cites_its_clauses() -> None:
    decided = Rulings({"A03": Reevaluated(True, date(2016, 11, 3))})
    workbook = write_statistics(outcome(forms(), decided))
    line = row_of(workbook, "排名與獎懲", "A03", 2)
    assert line[:6] == ["第1組", 5, "A03", "環保局", 650, "乙"]
    assert str(line[6]).splitlines() == [
        "3 位考核人員評分之平均（肆、二）；總分列丙等（捌、一）；組內第5名（捌、二）",
        "105年11月3日複評通過，丙等改列乙等（捌、一）",
    ]
    first = row_of(workbook, "排名與獎懲", "A01", 2)
    assert first[7:] == [
        "機關（單位）主管、承辦科長及承辦人員記嘉獎2次，其他有功人員依規定辦理敘獎",
        "捌、二",
        3,
    ]


def test_a_grade_that_was_changed_is_no_formula_and_is_explained_beside() -> None:
    decided = Rulings({"A03": Reevaluated(True, date(2016, 11, 3))})
    workbook = write_statistics(outcome(forms(), decided))
    rows = {row[1].value: row for row in opened(workbook)["考核結果統計表"].iter_rows()}
    assert rows["A03"][9].value == "乙"
    assert str(rows["A04"][9].value).startswith("=IF(")
    assert rows["A03"][11].value == "第1組"
    assert rows["A03"][12].value == 3
    assert rows["A03"][13].value == "105年11月3日複評通過，丙等改列乙等（捌、一）"


def test_those_who_wait_for_their_reevaluation_are_listed() -> None:
    decided = Rulings({"A03": Reevaluated(True, date(2016, 11, 3))})
    rows = grid(write_statistics(outcome(forms(), decided)), "複評")
    assert rows[1][0] == "應複評 3 個單位，尚待複評 2 個。"
    assert [(row[0], row[4], row[5], row[6]) for row in rows[3:]] == [
        ("A03", "通過", "105年11月3日", "乙"),
        ("A04", "待複評", None, "丙"),
        ("A05", "待複評", None, "丙"),
    ]
    failed = Rulings({"A04": Reevaluated(False)})
    row = row_of(write_statistics(outcome(forms(), failed)), "複評", "A04", 0)
    assert row[4:7] == ["未通過", None, "丙"]


def test_each_assessor_s_totals_the_spread_and_what_is_outstanding() -> None:
    some = [
        f for f in forms() if (f.unit, f.assessor) not in {("A01", "委員乙"), ("C05", "委員乙")}
    ]
    rows = grid(write_statistics(outcome(some)), "考核人員評分")
    line = next(row for row in rows if row[0] == "A01")
    assert line == ["A01", "衛生局", 924, None, 936, "尚缺 1 份", 12, "2／3", "委員乙（未繳）"]
    said = [str(row[0]) for row in rows[-3:]]
    assert said[0] == "委員甲：已評 16 個單位；均已繳交；平均較各考核人員之中位數低 6 分"
    assert said[1].startswith("委員乙：已評 14 個單位；未繳 2 個：A01 衛生局、C05 香山衛生所；")


def test_an_assessor_far_from_the_others_is_noted() -> None:
    strict = [form(f.unit, 560, f.assessor) if f.assessor == "委員丙" else f for f in forms()]
    rows = grid(write_statistics(outcome(strict)), "考核人員評分")
    noted = [str(row[0]) for row in rows[-3:] if "請確認" in str(row[0])]
    assert [line.partition("：")[0] for line in noted] == ["委員丙"]
    assert noted[0].endswith("【相差超過滿分的 10%，請確認】")


def test_the_spread_of_each_leaf_is_shown() -> None:
    rows = grid(write_statistics(outcome(forms())), "評分差距")
    line = next(row for row in rows if row[:3] == ["A01", "衛生局", "有價值的創新服務"])
    low, high = line[6], line[7]
    assert line[3:5] == [200, 3]
    assert isinstance(low, int) and isinstance(high, int) and line[8] == high - low


def test_a_unit_can_be_sent_its_own_sheet() -> None:
    texts = {"A1": {"suggestions": "流程再簡化"}}
    wished = [
        replace(form, comments=f"{form.assessor}的意見", remarks=texts)
        for form in forms()
        if form.unit == "A01"
    ]
    workbook = write_statistics(outcome(wished))
    cells = [cell for row in grid(workbook, "A01 衛生局") for cell in row]
    assert "優質便民服務評核構面(400分)" in cells
    assert "三、應行改進事項：" in cells
    assert "委員甲：委員甲的意見\n委員乙：委員乙的意見\n委員丙：委員丙的意見" in cells
