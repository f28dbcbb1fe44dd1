"""Totals, grades, ranks and rewards follow from the accepted forms and the rubric alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Kind
from svcq_excel.text.roc_dates import WrittenDate
from tests.results.samples import submission, units, wra


def results(*submissions: object, corrections: object = ()) -> dict[str, UnitResult]:
    found = conclude(wra(), units(), submissions, corrections)  # type: ignore[arg-type]
    return {result.unit.code: result for result in found}


def test_a_full_form_has_the_full_score_of_every_item() -> None:
    [first] = [r for r in results(submission("A01", 1000)).values() if r.status == "accepted"]
    assert first.total == 1000
    assert first.grade == "優"
    assert {wra().nodes[id].name: int(score) for id, score in first.items.items()} == {
        "服務流程": 280,
        "機關形象": 170,
        "顧客關係": 150,
        "資訊提供及檢索服務": 100,
        "線上服務及電子參與": 100,
        "提供創新服務情形": 100,
        "辦理服務規劃創新整合情形": 100,
    }
    assert len(first.leaves) == 25


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("1000", "優"),
        ("900", "優"),
        ("899.5", "甲"),
        ("899", "甲"),
        ("800", "甲"),
        ("799.9999", "乙"),
        ("700", "乙"),
        ("600", "丙"),
        ("599.5", "丁"),
        ("0", "丁"),
    ],
)
def test_a_grade_is_the_one_whose_lower_bound_the_total_reaches(total: str, grade: str) -> None:
    assert results(submission("A01", Decimal(total)))["A01"].grade == grade


def test_every_unit_has_a_row_a_kind_in_the_order_of_the_list() -> None:
    found = conclude(wra(), units(), [submission("A02", 900, "self"), submission("A01", 800, "hq")])
    assert [(r.kind, r.unit.code) for r in found] == [
        (kind, unit.code) for kind in ("hq", "self") for unit in units()
    ]


def test_without_any_form_self_assessments_are_missing() -> None:
    assert {(r.kind, r.status) for r in conclude(wra(), units(), [])} == {("self", "missing")}


def test_a_correction_alone_makes_its_kind_expected() -> None:
    found = conclude(wra(), units(), [], {("A03", "hq")})
    assert {r.kind for r in found} == {"hq"}
    assert [r.unit.code for r in found if r.status == "needs-correction"] == ["A03"]


def test_forms_of_units_that_are_not_on_the_list_make_no_kind_expected() -> None:
    found = conclude(wra(), units(), [submission("A01", 900)], {("", "committee")})
    assert {r.kind for r in found} == {"hq"}


def test_a_unit_to_be_corrected_has_no_figures_though_another_form_was_accepted() -> None:
    found = results(
        submission("A01", 950, "committee", "甲委員"),
        submission("A02", 900, "committee", "甲委員"),
        corrections={("A01", "committee")},
    )
    assert (found["A01"].status, found["A01"].total, found["A01"].rank) == (
        "needs-correction",
        None,
        None,
    )
    assert not found["A01"].items
    assert found["A02"].rank == 1


def test_members_of_a_committee_are_averaged_without_losing_a_grade_to_rounding() -> None:
    members = [
        submission("A01", total, "committee", name, assessor_name=name, assessed=day)
        for total, name, day in (
            (899, "甲", WrittenDate(2016, 9)),
            (900, "乙", WrittenDate(2016, 9, 3)),
            (901, "丙", WrittenDate(2016, 9, 2)),
        )
    ]
    [found] = [r for r in results(*members).values() if r.total is not None]
    assert found.total == 900
    assert found.grade == "優"
    assert found.assessed == WrittenDate(2016, 9, 3)
    assert found.assessors == ("甲", "乙", "丙")
    assert any(score % 1 for score in found.leaves.values()), "thirds of points are kept"


def test_a_mean_that_is_no_decimal_is_rounded_half_up_to_four_places() -> None:
    members = [submission("A01", 800, "committee", str(i)) for i in range(2)]
    [found] = [
        r
        for r in results(*members, submission("A01", 801, "committee", "2")).values()
        if r.total is not None
    ]
    assert found.total == Decimal("800.3333")


def _form(who: str, **texts: Any) -> Submission:
    return submission("A01", 900, "committee", who, called=f"委員{who}", **texts)


def test_texts_of_several_assessors_stand_together_each_with_whose_it_is() -> None:
    found = results(
        _form("甲", comments="好", notes={"A1.1.2": "一"}),
        _form("乙", comments="佳", remarks={"A1": {"strengths": "快"}}),
        _form("丙", comments=" 好\n", remarks={"A1": {"strengths": "快"}}),
    )["A01"]
    assert found.comments == "委員甲、委員丙：好\n委員乙：佳"
    assert found.notes == {"A1.1.2": "委員甲：一"}
    assert found.remarks == {"A1": {"strengths": "委員乙、委員丙：快"}}


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    found = results(
        submission("A01", 900),
        submission("A02", 950),
        submission("A03", 950),
        submission("A04", 899),
    )
    ranks = {code: (r.rank, r.tied) for code, r in found.items() if r.rank}
    assert ranks == {"A01": (3, False), "A02": (1, True), "A03": (1, True), "A04": (4, False)}


totals = st.decimals(0, 1000, places=2)


@given(st.lists(st.tuples(totals, st.sampled_from(["", "甲組", "乙組"])), max_size=12))
def test_ranks_agree_with_counting_who_is_better(cases: list[tuple[Decimal, str]]) -> None:
    listed = [Unit(f"U{i}", f"單位{i}", group) for i, (_, group) in enumerate(cases)]
    kinds: tuple[Kind, ...] = ("hq", "self")
    forms = [
        submission(unit.code, total, kind)
        for unit, (total, _) in zip(listed, cases, strict=True)
        for kind in kinds
    ]
    for result in conclude(wra(), listed, forms):
        rivals = [total for total, group in cases if group == result.unit.group]
        assert result.rank == 1 + sum(
            total > result.total for total in rivals if result.total is not None
        )
        assert result.tied == (rivals.count(result.total) > 1)  # type: ignore[arg-type]


def test_the_three_cases_of_the_rewards_and_no_others() -> None:
    found = results(*(submission(f"A{i:02}", 990 - 10 * i) for i in range(1, 6)))
    said = {code: r.reward.text[:8] if r.reward else None for code, r in found.items()}
    assert said["A01"] == "機關首長嘉獎二次"
    assert said["A02"] == said["A03"] == "機關首長嘉獎一次"
    assert said["A04"] is said["A05"] is said["A06"] is None

    below = results(*(submission(f"A{i:02}", 890 - 10 * i) for i in range(1, 6)))
    rewards = [below[f"A{i:02}"].reward for i in range(1, 5)]
    assert [r.text if r else None for r in rewards] == ["未達優等，而名列前三名者不另敘獎"] * 3 + [
        None
    ]
    assert {r.clause for r in rewards if r} == {"柒、二"}

    own = results(submission("A01", 990, "self"))
    assert own["A01"].rank == 1
    assert own["A01"].reward is None
