"""The list of who is near a bound, as an official reads it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from svcq_excel.checks.submission import Submission
from svcq_excel.results.bounds.near import has_bounds, near_bounds
from svcq_excel.results.bounds.what_if import MOST_BY_PLACES
from svcq_excel.results.bounds.words import borders_in_words, changes_in_words
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.judgement import Judgement
from svcq_excel.rubric.model import Reward, Rubric
from svcq_excel.rubric.shipped import load
from tests.results.reading import opened
from tests.results.samples import outcome as of_wra
from tests.results.samples import submission
from tests.results.scoring.clause_cases import UNITS, form, outcome, rubric

NEAR = Judgement(near_threshold=Decimal(3))
PRIZE = Reward(kind="committee", ranks=(1,), text="獎牌", clause="捌")
MEDAL = Reward(kind="committee", grades=("甲",), text="嘉獎", clause="捌、二")


def told(
    plan: Rubric, forms: Sequence[Submission], near: Judgement = NEAR
) -> dict[str, tuple[list[str], list[str]]]:
    plan = plan.model_copy(update={"judgement": near})
    whole = outcome(plan, forms)
    return {
        each.result.unit.code: ([*borders_in_words(plan, each)], [*changes_in_words(plan, each)])
        for each in near_bounds(whole)
    }


def test_so_many_points_are_another_grade_and_what_follows_from_it() -> None:
    found = told(rubric([MEDAL]), [form("A", 48, 30), form("B", 50, 31), form("D", 50, 25)])
    assert [*found] == ["A", "B"]
    assert found["A"][0] == ["再多 2 分（總分 80 分），即為甲等，獎懲為「嘉獎」（捌、二）"]
    assert found["B"][0] == ["再少 2 分（總分 79 分），即降為乙等，不再適用「嘉獎」（捌、二）"]
    assert found["B"][1] == ["多 1 分、少 1 分、多一位給分同甲委員為 81 分：不變"]


def test_points_of_several_assessors_are_added_up() -> None:
    forms = [form("A", 48, 30, "甲"), form("A", 50, 30, "乙"), form("A", 52, 30, "丙")]
    near = told(rubric(), forms, Judgement(near_threshold=Decimal("0.5")))
    borders, changes = near["A"]
    assert borders == ["再少 0.33 分（3 位考核人員合計 1 分，總分 79.67 分），即降為乙等"]
    assert changes[0] == ("少 1 分、不計丙為 79 分、多一位給分同甲為 79.5 分：降為乙等")
    assert changes[1] == "多 1 分、多一位給分同丙為 80.5 分：不變"


def test_the_border_of_a_reward_is_a_rank() -> None:
    found = told(rubric([PRIZE]), [form("A", 60, 30), form("B", 60, 28), form("C", 60, 14)])
    assert [*found] == ["A", "B"]
    assert found["A"][0] == ["再少 3 分（總分 87 分），即降為第2名，不再適用「獎牌」（捌）"]
    assert found["B"][0] == ["再多 2 分（總分 90 分），即升為並列第1名，獎懲為「獎牌」（捌）"]


def test_a_floor_is_a_border_of_its_own() -> None:
    plan = rubric(floors=[{"node": "Y", "min": 24}])
    found = told(plan, [form("A", 60, 25), form("B", 60, 23), form("C", 60, 35)])
    assert found["A"][0] == ["「創新」再少 2 分（總分 83 分），即不列入排名"]
    assert found["B"][0] == ["「創新」再多 1 分（總分 84 分），即列入排名，第3名"]
    assert "C" not in found


def test_reevaluation_is_told() -> None:
    clause = {"kind": "committee", "grades": ["丙"], "becomes": "乙"}
    found = told(rubric(reevaluation=clause), [form("A", 40, 31), form("B", 40, 28)])
    assert found["A"][0] == ["再少 2 分（總分 69 分），即降為丙等，應辦理複評"]
    assert found["B"][0] == ["再多 2 分（總分 70 分），即為乙等，不須複評"]


def test_another_rounding_is_told_of_who_would_be_another() -> None:
    forms = [form("A", 50, 29, "甲"), form("A", 50, 30, "乙"), form("A", 50, 30, "丙")]
    plan = rubric(rounding={"places": 2}, committee={"method": "mean"})
    _, changes = told(plan, forms, Judgement(near_threshold=Decimal(1)))["A"]
    assert changes[0].startswith("多 1 分、不計甲為 80 分")
    assert "取整數（四捨五入）為 80 分" in changes[0]
    assert "不取捨" not in "".join(changes), "what changes nothing is not told"


def test_points_that_all_assessors_give_where_the_middle_counts() -> None:
    forms = [form("A", 48, 30, who) for who in ("甲", "乙", "丙")]
    borders, _ = told(rubric(committee={"method": "median"}), forms)["A"]
    assert borders == ["再多 2 分（3 位考核人員各 2 分，總分 80 分），即為甲等"]


def test_nobody_is_near_what_is_not_asked_for() -> None:
    plan = rubric([MEDAL])
    none = plan.model_copy(update={"judgement": Judgement(near_threshold=Decimal(0))})
    assert has_bounds(plan) and not has_bounds(none)
    assert not has_bounds(load("kpw-102")) and not has_bounds(load("khb-106"))
    assert has_bounds(load("wra-105")) and has_bounds(load("hccg-105"))


def test_large_fields_ranked_by_places_keep_their_ranks() -> None:
    units = tuple(replace(UNITS[0], code=f"{at}") for at in range(MOST_BY_PLACES + 1))
    plan = rubric([PRIZE], ranking={"by": "places"})
    forms = [
        form(unit.code, 50, 20 + at % 3, who) for at, unit in enumerate(units) for who in "甲乙"
    ]
    results = conclude(plan, units, forms)
    whole = Outcome(plan, "105年度", results, ())
    assert all(
        after.rank == near.result.rank for near in near_bounds(whole) for _, after in near.point
    )
    text = _text(whole)
    assert f"以序位法排名而超過 {MOST_BY_PLACES} 個單位者，不推算名次的變動。" in text


def test_the_sheet_stands_among_what_is_to_be_looked_at(tmp_path: Path) -> None:
    whole = of_wra([submission("A01", 899), submission("A02", 950), submission("A03", 700)])
    text = _text(whole)
    assert "再多 1 分（總分 900 分），即為優等" in text
    assert "得分增減總分 5 分（滿分 1000 分" in text
    assert "其他單位的名次及獎懲均為暫定" in text


def _text(whole: Outcome) -> str:
    sheet = opened(write_statistics(whole), values=True)["邊界清單"]
    rows = sheet.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
