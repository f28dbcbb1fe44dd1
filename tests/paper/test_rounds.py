"""The samples of khb-106, hccg-105 and kpw-102: each round is what it was made to be."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from svcq_excel.cli.demo import ROUNDS, plan_of, samples_of
from svcq_excel.pipeline import assess
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.rubric.shipped import shipped

MOST_BYTES = 600_000

HCCG = {
    "A01": (Fraction("907"), "甲", 1),
    "A02": (Fraction("866.3333"), "甲", 2),
    "A03": (Fraction("688.6667"), "乙", 4),
    "A04": (Fraction("800"), "甲", 3),
    "A05": (Fraction("655.3333"), "丙", 5),
}
"""Total, grade and rank; A03 was 丙 before it passed its re-evaluation."""


@cache
def outcome(id: str) -> Outcome:
    return assess(plan_of(id), [samples_of(id) / "returned"])


def said(file: FileResult) -> str:
    found = (f"{v.criterion}:{v.code}" if v.criterion else v.code for v in file.violations)
    return " ".join([file.status, *found])


def forms(id: str) -> dict[tuple[str, str], str]:
    """What is said of each form, by its unit and assessor."""
    return {
        (file.unit or "", file.assessor or ""): said(file)
        for file in outcome(id).files
        if file.status != "ignored"
    }


def test_every_assessment_that_ships_has_samples() -> None:
    assert set(ROUNDS) == {rubric.id for rubric in shipped()}


def test_the_samples_of_khb_106_are_the_source_s_own_result() -> None:
    (result,) = outcome("khb-106").units
    assert result.total == 950
    assert set(result.items.values()) == {95}
    assert forms("khb-106") == {("KHB", "self"): "accepted uniform-scores"}


def test_the_first_group_s_committee_has_handed_in_every_form() -> None:
    members = {member for unit, member in forms("hccg-105") if unit == "A05"}
    assert members == {"委員甲", "委員乙", "委員丙"}
    results = {r.unit.code: r for r in outcome("hccg-105").units if r.kind == "committee"}
    found = {code: (results[code].total, results[code].grade, results[code].rank) for code in HCCG}
    assert found == HCCG
    assert (results["A03"].reevaluation, results["A05"].reevaluation) == ("passed", "due")
    others = {result.status for code, result in results.items() if code not in HCCG}
    assert others == {"missing"}


def test_of_the_checklists_one_is_whole_one_open_one_faulty_and_one_missing() -> None:
    assert forms("kpw-102") == {
        ("P1", "self"): "accepted",
        ("P2", "self"): "accepted",
        ("P3", "self"): "needs-correction C2.2:status-missing D2:status-unknown",
    }
    assert [result.status for result in outcome("kpw-102").units] == [
        *("accepted", "accepted", "needs-correction", "missing")
    ]


def test_a_figure_of_growth_that_is_none_is_told_and_nothing_last_year_is_no_fault() -> None:
    assert forms("hccg-105")["A02", "self"] == "accepted B2.1.2:growth-not-a-number"


@pytest.mark.parametrize("id", ["khb-106", "hccg-105", "kpw-102"])
def test_the_folder_stays_small(id: str) -> None:
    returned = samples_of(id) / "returned"
    assert sum(path.stat().st_size for path in returned.iterdir()) < MOST_BYTES
