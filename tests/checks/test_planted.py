"""Whatever is wrong with a file is found by its code, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.checks.catalogue import catalogue, unit_rules
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.rounds import in_round
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.shipped import load
from tests.checks.desk import Desk, said
from tests.checks.planted_entries import ENTRIES, Plant
from tests.checks.planted_forms import FORMS
from tests.checks.planted_growths import GROWTHS
from tests.checks.planted_looks import LOOKS
from tests.checks.planted_mails import MAILS
from tests.checks.planted_marks import MARKS
from tests.checks.planted_steps import STEPS
from tests.checks.planted_texts import TEXTS

PLANTED = {**ENTRIES, **FORMS, **LOOKS, **MAILS, **MARKS, **TEXTS}
ALL = (*PLANTED.values(), *STEPS.values(), *GROWTHS.values())


@pytest.mark.parametrize(("plant", "expected"), PLANTED.values(), ids=PLANTED)
def test_the_planted_fault_is_found_and_nothing_else(
    plant: Plant, expected: str, plan: Plan, blanks: Path, tmp_path: Path
) -> None:
    desk = Desk(plan, blanks, tmp_path)
    plant(desk)
    assert ", ".join(map(said, desk.assessed())) == expected


@pytest.mark.parametrize(("plant", "expected"), STEPS.values(), ids=STEPS)
def test_what_is_wrong_with_a_step_is_found_and_nothing_else(
    plant: Plant, expected: str, units: tuple[Unit, ...], blanks: Path, tmp_path: Path
) -> None:
    rubric = in_round(load("kpw-102"), "102年6月")
    desk = Desk(Plan(rubric, units, "102年6月"), blanks, tmp_path)
    plant(desk)
    assert said(desk.assessed()[0]) == expected


@pytest.mark.parametrize(("plant", "expected"), GROWTHS.values(), ids=GROWTHS)
def test_what_is_wrong_with_a_growth_is_found_and_nothing_else(
    plant: Plant, expected: str, units: tuple[Unit, ...], blanks: Path, tmp_path: Path
) -> None:
    desk = Desk(Plan(load("hccg-105"), units), blanks, tmp_path)
    plant(desk)
    assert said(desk.assessed()[0]) == expected


@pytest.fixture(scope="session")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("blanks")


def test_every_code_is_planted() -> None:
    """But for what shows only in .xls, which an office program has to write, and for what is told
    of a unit's result (tests/results/test_noticing.py)."""
    words = {word for _, expected in ALL for word in expected.replace(",", "").split()}
    planted = {word.rpartition(":")[2] for word in words}
    assert {rule.code for rule in catalogue()} <= planted | {"sums-disagree", *unit_rules()}


@pytest.mark.parametrize(
    ("plant", "sure"), [("25 with blanks", True), ("another unit, hidden", False)]
)
def test_the_result_says_whether_it_is_sure_whose_a_form_is(
    plant: str, sure: bool, plan: Plan, blanks: Path, tmp_path: Path
) -> None:
    desk = Desk(plan, blanks, tmp_path)
    PLANTED[plant][0](desk)
    (file,) = desk.assessed()
    assert file.sure_whose is sure
