"""Each clause does what it says, once it is stated, and cites the article that it stands in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from svcq_excel.plan.rulings import Reevaluated, Rulings
from svcq_excel.results.scoring.grading import METHODS
from svcq_excel.rubric.model import Grade, Reward, Rubric
from tests.results.scoring.clause_cases import concluded, form, outcome, ranks, rubric

THREE = [form("A", 50, 30, "甲"), form("A", 53, 30, "乙"), form("A", 20, 33, "丙")]


@pytest.mark.parametrize(
    ("method", "first", "total"), [("mean", "41", 72), ("trimmed", "50", 80), ("median", "50", 80)]
)
def test_committee_scores_are_combined_leaf_by_leaf(method: str, first: str, total: int) -> None:
    found = concluded(rubric(committee={"method": method, "clause": "肆、二"}), THREE)["A"]
    assert found.leaves["X"] == Decimal(first)
    assert found.total == total
    assert any("3 位考核人員" in ground and "（肆、二）" in ground for ground in found.grounds)


@pytest.mark.parametrize("method", ["trimmed", "median"])
def test_totals_may_be_combined_instead_of_leaves(method: str) -> None:
    """85, 85 and 80, with 55 and 25 in the middle of the leaves."""
    forms = [form("A", 60, 25, "甲"), form("A", 55, 30, "乙"), form("A", 55, 25, "丙")]
    by_leaf = concluded(rubric(committee={"method": method}), forms)["A"]
    by_total = concluded(rubric(committee={"method": method, "per": "total"}), forms)["A"]
    assert by_leaf.scored == 80
    assert not by_leaf.grounds
    assert by_total.scored == by_total.total == 85
    assert by_total.grounds == (f"3 位考核人員總分（滿分 100 分）之{METHODS[method]}",)
    assert by_total.items == by_leaf.items, "items stay what the members gave leaf by leaf"


def test_trimming_more_than_there_are_leaves_the_median() -> None:
    plan = rubric(committee={"method": "trimmed", "trim": 2})
    assert concluded(plan, THREE)["A"].leaves["X"] == 50
    assert concluded(plan, THREE[:2])["A"].leaves["X"] == Decimal("51.5")


@pytest.mark.parametrize(
    ("places", "method", "total"),
    [
        (4, "half-up", "79.6667"),
        (2, "half-up", "79.67"),
        (2, "down", "79.66"),
        (1, "up", "79.7"),
        (0, "half-up", "80"),
        (0, "down", "79"),
    ],
)
def test_rounding_decides_the_total_and_by_it_the_grade(
    places: int, method: str, total: str
) -> None:
    forms = [form("A", 50, 30, "甲"), form("A", 50, 29, "乙"), form("A", 50, 30, "丙")]
    found = concluded(rubric(rounding={"places": places, "method": method}), forms)["A"]
    assert found.total == Decimal(total)
    assert found.grade == ("甲" if total == "80" else "乙")


TIED = [form("A", 50, 30), form("B", 48, 32), form("C", 40, 30), form("D", 60, 40), form("E", 0, 9)]


def test_equals_share_a_rank_and_the_next_is_skipped_or_not() -> None:
    assert ranks(concluded(rubric(), TIED)) == {"A": 1, "B": 1, "C": 3, "D": 1, "E": 2}
    dense = concluded(rubric(ranking={"method": "dense"}), TIED)
    assert ranks(dense) == {"A": 1, "B": 1, "C": 2, "D": 1, "E": 2}


def test_units_are_ranked_within_their_group_or_over_all() -> None:
    everyone = concluded(rubric(ranking={"within": "all", "clause": "捌、二"}), TIED)
    assert ranks(everyone) == {"A": 2, "B": 2, "C": 4, "D": 1, "E": 5}
    assert everyone["D"].grounds[-1] == "第1名（捌、二）"
    assert concluded(rubric(ranking={"clause": "捌、二"}), TIED)["D"].grounds[-1] == (
        "組內第1名（捌、二）"
    )


def test_a_chain_of_ties_is_gone_through_in_its_order() -> None:
    assert ranks(concluded(rubric(ranking={"ties": ["X"]}), TIED))["B"] == 2
    assert ranks(concluded(rubric(ranking={"ties": ["Y", "X"]}), TIED))["A"] == 2
    assert not concluded(rubric(ranking={"ties": ["X"]}), TIED)["A"].tied


def by_places(*ties: str) -> Rubric:
    return rubric(ranking={"by": "places", "ties": ties, "clause": "捌、三"})


def test_the_sum_of_the_assessors_ranks_decides_not_the_mean() -> None:
    forms = [
        *(form("A", 60, 40, "甲"), form("B", 30, 30, "甲"), form("C", 10, 10, "甲")),
        *(form("A", 40, 30, "乙"), form("B", 41, 30, "乙"), form("C", 10, 10, "乙")),
        *(form("A", 40, 30, "丙"), form("B", 41, 30, "丙"), form("C", 10, 10, "丙")),
    ]
    assert ranks(concluded(rubric(), forms)) == {"A": 1, "B": 2, "C": 3}
    found = concluded(by_places(), forms)
    assert ranks(found) == {"B": 1, "A": 2, "C": 3}
    assert found["B"].grounds[-1] == "序位合計 4，組內第1名（捌、三）"


def test_equal_sums_of_ranks_go_by_firsts_or_by_the_total() -> None:
    forms = [
        *(form("A", 60, 40, "甲"), form("B", 50, 30, "甲"), form("C", 40, 30, "甲")),
        *(form("A", 0, 10, "乙"), form("B", 30, 30, "乙"), form("C", 31, 30, "乙")),
    ]
    assert ranks(concluded(by_places(), forms)) == {"A": 1, "B": 1, "C": 1}
    assert ranks(concluded(by_places("firsts"), forms)) == {"A": 1, "C": 1, "B": 3}
    by_total = ranks(concluded(by_places("firsts", "total"), forms))
    assert by_total == {"C": 1, "A": 2, "B": 3}


def test_places_follow_the_scores_alone_or_with_what_was_added() -> None:
    """A bonus of 15 lifts B above A in both members' eyes, where it counts for places."""
    forms = [
        *(form("A", 50, 30, "甲"), form("B", 40, 30, "甲"), form("C", 10, 10, "甲")),
        *(form("A", 50, 30, "乙"), form("B", 40, 30, "乙"), form("C", 10, 10, "乙")),
    ]
    decided = Rulings(adjustments={"B": {"加分": Decimal(15)}})
    found = {
        of: concluded(
            rubric(
                ranking={"by": "places", "places_of": of},
                adjustments=[{"name": "加分", "effect": "bonus"}],
            ),
            forms,
            decided,
        )
        for of in (None, "scores", "totals")
    }
    assert ranks(found[None]) == ranks(found["scores"]) == {"A": 1, "B": 2, "C": 3}
    assert ranks(found["totals"]) == {"A": 2, "B": 1, "C": 3}
    assert found["totals"]["B"].grounds[-1] == "序位合計 2，組內第1名"


def test_nobody_has_a_place_among_ranks_before_every_assessor_has_scored_every_unit() -> None:
    """Whether a form of a unit lacks, or a unit has none at all."""
    whole = [form(unit, 50, 30, key) for unit in "ABC" for key in ("甲", "乙")]
    assert ranks(concluded(by_places(), whole)) == {"A": 1, "B": 1, "C": 1}
    for missing in (whole[:-1], whole[:-2]):
        found = concluded(by_places(), missing)
        assert set(ranks(found).values()) == {None}
        for result in found.values():
            assert result.changes == ("評分未齊，暫無序位（捌、三）",)
            assert result.provisional
    apart = outcome(by_places(), [*whole[:-1], *(form(unit, 50, 30, "甲") for unit in "DE")])
    assert {result.status for result in apart.units} == {"accepted"}
    assert apart.needs_a_person, "whoever came counts, but nobody can be compared"


def test_a_floor_bars_from_the_ranking_or_holds_the_grade_down() -> None:
    forms = [form("A", 60, 20), form("B", 40, 32)]
    barred = concluded(rubric(floors=[{"node": "Y", "min": 24, "clause": "陸、三"}]), forms)
    assert ranks(barred) == {"A": None, "B": 1}
    assert barred["A"].grade == "甲"
    assert barred["A"].changes == ("創新 20 分，未達 24 分，不列入排名（陸、三）",)
    held = concluded(rubric(floors=[{"node": "Y", "min": 24, "grade": "乙"}]), forms)
    assert (held["A"].grade, held["A"].rank) == ("乙", 1)
    assert held["B"].grade == "乙"
    assert not held["B"].changes, "a floor lifts nobody and touches nobody above it"
    met = concluded(rubric(floors=[{"node": "Y", "min": 20}]), forms)
    assert met["A"].rank == 1, "a floor that is reached is met"
    lower = concluded(rubric(floors=[{"node": "Y", "min": 33, "grade": "甲"}]), forms)
    assert lower["B"].grade == "乙"


def test_a_grade_that_one_floor_held_stays_held_where_another_changes_nothing() -> None:
    """The table would compute it anew from the total, if it were forgotten."""
    floors = [{"node": "Y", "min": 24, "grade": "乙"}, {"node": "Y", "min": 22, "grade": "甲"}]
    for order in (floors, floors[::-1]):
        found = concluded(rubric(floors=order), [form("A", 60, 20)])["A"]
        assert (found.grade, found.regraded) == ("乙", True)


def test_who_is_barred_from_the_ranking_gets_what_hangs_on_no_rank() -> None:
    prize = Reward(kind="committee", ranks=(1,), text="獎牌", clause="捌")
    thanks = Reward(kind="committee", grades=("甲",), text="感謝狀", clause="捌")
    plan = rubric([prize, thanks], floors=[{"node": "Y", "min": 24}])
    found = concluded(plan, [form("A", 60, 20), form("B", 40, 32)])
    assert (found["A"].rank, found["A"].reward) == (None, thanks)
    assert (found["B"].rank, found["B"].reward) == (1, prize)


def test_bonus_and_deduction_count_in_the_total() -> None:
    plan = rubric(
        adjustments=[
            {"name": "獲獎加分", "effect": "bonus", "most": 5, "clause": "柒、一"},
            {"name": "逾期扣分", "effect": "deduction", "most": 90, "clause": "柒、二"},
        ]
    )
    decided = Rulings(adjustments={"A": {"獲獎加分": Decimal(3)}, "B": {"逾期扣分": Decimal(90)}})
    found = concluded(plan, [form("A", 47, 30), form("B", 50, 30), form("C", 50, 30)], decided)
    assert [found[code].total for code in "ABC"] == [80, 0, 80]
    assert found["A"].grade == "甲"
    assert found["A"].changes == ("獲獎加分 3 分（柒、一）",)
    assert found["B"].changes == ("逾期扣分 90 分（柒、二）",)
    assert not found["C"].changes


def test_an_adjustment_may_be_for_one_kind_and_without_limit() -> None:
    bonus = {"name": "加分", "effect": "bonus", "kind": "hq"}
    decided = Rulings(adjustments={"A": {"加分": Decimal(3)}})
    forms = [form("A", 47, 30)]
    assert concluded(rubric(adjustments=[bonus]), forms, decided)["A"].total == 77
    of_committees = {**bonus, "kind": "committee"}
    assert concluded(rubric(adjustments=[of_committees]), forms, decided)["A"].total == 80
    assert of_committees.pop("kind") and of_committees.get("most") is None
    assert concluded(rubric(adjustments=[of_committees]), forms, decided)["A"].total == 80


@pytest.mark.parametrize(
    ("ceiling", "total", "change"),
    [
        ({}, 100, "加分後超過總分上限，以 100 分計"),
        ({"ceiling": {"to": 102, "clause": "柒"}}, 102, "加分後超過總分上限，以 102 分計（柒）"),
        ({"ceiling": {"to": 110}}, 103, None),
        ({"scale": {"to": 1000}}, 985, None),
    ],
)
def test_no_total_exceeds_the_full_score_or_what_the_clause_says(
    ceiling: dict[str, object], total: int, change: str | None
) -> None:
    bonus = {"name": "加分", "effect": "bonus"}
    plan = rubric((), adjustments=[bonus], **ceiling).model_copy(update={"grades": ()})
    decided = Rulings(adjustments={"A": {"加分": Decimal(5)}})
    found = concluded(plan, [form("A", 60, 38)], decided)["A"]
    assert found.total == total
    assert found.changes == ("加分 5 分", *([change] if change else []))


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("甲", "甲等"),
        ("A", "A等"),
        ("優", "優等"),
        ("優等", "優等"),
        ("特優", "特優等"),
        ("合格", "合格"),
        ("A級", "A級"),
        ("甲上", "甲上"),
    ],
)
def test_a_grade_is_called_as_people_call_it(name: str, called: str) -> None:
    plan = rubric(grading="捌").model_copy(update={"grades": (Grade(name=name, min=Decimal(0)),)})
    assert concluded(plan, [form("A", 60, 38)])["A"].grounds == (f"總分列{called}（捌）",)


def test_rewards_go_by_rank_where_there_are_no_grades() -> None:
    prize = Reward(kind="committee", ranks=(1,), text="獎牌", clause="捌")
    thanks = Reward(kind="committee", text="感謝狀", clause="捌")
    plan = rubric([prize, thanks]).model_copy(update={"grades": ()})
    found = concluded(plan, [form("A", 60, 38), form("B", 50, 38)])
    rewards = {code: result.reward and result.reward.text for code, result in found.items()}
    assert rewards == {"A": "獎牌", "B": "感謝狀"}
    assert all(result.grade is None for result in found.values())


def test_a_rubric_of_100_points_is_scaled_to_1000() -> None:
    plan = rubric(scale={"to": 1000, "clause": "參"}).model_copy(update={"grades": ()})
    found = concluded(plan, [form("A", 50, 30), form("A", 50, 29, "乙")])["A"]
    assert found.total == 795
    assert found.items == {"X": 50, "Y": Decimal("29.5")}
    assert "原得分 79.5 分（滿分 100 分）按滿分 1000 分換算為 795 分（參）" in found.grounds


def test_a_grade_cites_its_article() -> None:
    found = concluded(rubric(grading="捌、一"), [form("A", 50, 30)])["A"]
    assert found.grounds == ("總分列甲等（捌、一）",)


AGAIN = {"kind": "committee", "grades": ["丙"], "becomes": "乙", "clause": "捌、一"}
BLAME = Reward(
    kind="committee", grades=("丙",), reevaluated="failed", text="申誡1次", clause="捌、二"
)


def test_reevaluation_passed_failed_and_still_due() -> None:
    decided = Rulings(
        reevaluated={
            "A": Reevaluated(True, date(2016, 11, 3)),
            "B": Reevaluated(False, None),
            "D": Reevaluated(True, None),
        }
    )
    forms = [form(code, 30, 30) for code in "ABC"] + [form("D", 60, 40)]
    found = concluded(rubric([BLAME], reevaluation=AGAIN), forms, decided)
    assert {code: (r.reevaluation, r.grade, bool(r.reward)) for code, r in found.items()} == {
        "A": ("passed", "乙", False),
        "B": ("failed", "丙", True),
        "C": ("due", "丙", False),
        "D": (None, "甲", False),
    }
    assert found["A"].changes == ("105年11月3日複評通過，丙等改列乙等（捌、一）",)
    assert found["B"].changes == ("複評未通過（捌、一）",)
    assert found["C"].changes == ("丙等應辦理複評（捌、一）",)


def test_a_floor_that_makes_a_grade_low_enough_leads_to_reevaluation() -> None:
    plan = rubric(floors=[{"node": "Y", "min": 24, "grade": "丙"}], reevaluation=AGAIN)
    assert concluded(plan, [form("A", 60, 20)])["A"].reevaluation == "due"
