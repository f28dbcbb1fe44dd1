"""Aids to judgement: what is worth a look, from where on, and that nothing else hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from svcq_excel.checks.batch import CheckedFile, check_file
from svcq_excel.checks.catalogue import batch_rules
from svcq_excel.checks.examples import (
    OTHER_UNIT,
    ROUND,
    UNIT,
    clean_facts,
    dated,
    edit,
    full_marks,
    lowest_tops,
    same,
    stamped,
    together,
)
from svcq_excel.checks.rule import BatchRule, Example
from svcq_excel.checks.settling import compare
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Judgement, Rubric
from svcq_excel.rubric.reader import read_rubric
from svcq_excel.workbooks.workbook import Value
from tests.receiving import facts_received
from tests.rubric.small_rubric import SOUND, told, write

OTHER = stamped(unit=OTHER_UNIT.code, unit_name=OTHER_UNIT.name)
HQ = stamped(assessor="hq")
LOWER = edit("A1.1.2", score=20.0)  # 32 points less

BATCH = pytest.mark.parametrize("rule", batch_rules(), ids=lambda rule: rule.code)


def with_bounds(rubric: Rubric, **bounds: object) -> Rubric:
    judgement = Judgement.model_validate(bounds)
    return rubric.model_copy(update={"judgement": judgement})


def compared(
    rubric: Rubric, *examples: Example, units: Iterable[Unit] = (UNIT, OTHER_UNIT)
) -> tuple[CheckedFile, ...]:
    """Forms of one inbox, each made of a clean one, as files named 0, 1 and so on."""
    plan = Plan(rubric, tuple(units), ROUND)
    clean = clean_facts(rubric)
    files = [
        check_file(facts_received(str(i), example(clean), rubric), plan)
        for i, example in enumerate(examples)
    ]
    return compare(files, plan)


def codes(rubric: Rubric, *examples: Example) -> list[str]:
    """By file, the codes that were found."""
    files = compared(rubric, *examples)
    return [" ".join(violation.code for violation in file.violations) for file in files]


@BATCH
def test_the_bad_forms_are_found_by_this_code_alone(rule: BatchRule, rubric: Rubric) -> None:
    found = {v.code for file in compared(rubric, *rule.bad) for v in file.violations}
    assert found == {rule.code, *rule.accompanied_by}


@BATCH
def test_the_good_forms_have_none(rule: BatchRule, rubric: Rubric) -> None:
    assert [file.violations for file in compared(rubric, *rule.good)] == [()] * len(rule.good)


def test_a_notice_sends_no_form_back(rubric: Rubric) -> None:
    for examples in ([full_marks], [lowest_tops], [same, OTHER]):
        assert {file.status for file in compared(rubric, *examples)} == {"accepted"}


@pytest.mark.parametrize(
    ("full", "step", "near"),
    [(1000, "1", "5"), (1000, "0.5", "5"), (200, "1", "1"), (100, "0.1", "0.5"), (100, "1", "1")],
)
def test_where_nothing_is_said_near_is_a_share_of_the_full_score(
    tmp_path: Path, full: int, step: str, near: str
) -> None:
    small = read_rubric(write(tmp_path, SOUND))
    [top] = small.tree
    tree = (top.model_copy(update={"cap": Decimal(full)}),)
    rubric = small.model_copy(update={"tree": tree, "step": Decimal(step)})
    assert rubric.near_threshold == Decimal(near)


def test_a_score_of_zero_claims_no_band(rubric: Rubric) -> None:
    assert codes(rubric, together(lowest_tops, edit("A2.3.1", score=0.0))) == ["all-band-tops"]


def test_uniform_scores_say_enough(rubric: Rubric) -> None:
    assert codes(rubric, full_marks) == ["uniform-scores"]
    assert codes(rubric, full_marks, together(full_marks, OTHER)) == ["uniform-scores"] * 2


def test_full_scores_are_counted_from_the_share_that_the_rubric_says(rubric: Rubric) -> None:
    six = ("A1.1.2", 100), ("A2.3.1", 30), ("C1.1", 50), ("C1.2", 30), ("C1.3", 20), ("D1.1", 30)
    few = together(*(edit(leaf, score=float(cap)) for leaf, cap in six))
    assert codes(rubric, few) == [""]
    assert codes(with_bounds(rubric, full_share=0.3), few) == ["full-score-without-note"]
    assert codes(with_bounds(rubric, full_share=0.3, fewest_leaves=7), few) == [""]
    noted = together(few, edit("C1.1", note="附件一"), edit("C1.2", note=" \n"))
    (file,) = compared(with_bounds(rubric, full_share=0.25), noted)
    assert "不需佐證數據的 20 項中，5 項得滿分而未填備註" in file.violations[0].message


def test_forms_with_the_same_scores_and_other_notes_are_not_identical(rubric: Rubric) -> None:
    noted = edit("C1.1", note="附件一")
    assert codes(rubric, same, together(OTHER, noted)) == ["", ""]
    assert codes(rubric, noted, together(OTHER, noted)) == ["identical-entries"] * 2


def test_two_forms_of_one_unit_may_be_identical(rubric: Rubric) -> None:
    assert codes(rubric, same, HQ) == ["", ""]


def test_a_form_that_does_not_count_is_not_compared(rubric: Rubric) -> None:
    wrong = together(OTHER, edit("A1.1.2", score=101.0))
    assert codes(rubric, same, wrong) == ["", "score-above-cap"]


def test_of_few_items_chance_makes_forms_identical(rubric: Rubric) -> None:
    assert codes(with_bounds(rubric, fewest_leaves=26), same, OTHER) == ["", ""]


def test_of_many_identical_forms_a_message_names_three(rubric: Rubric) -> None:
    units = [Unit(f"U{i}", f"單位{i}") for i in range(6)]
    forms = [stamped(unit=unit.code, unit_name=unit.name) for unit in units]
    for file in compared(rubric, *forms, units=units):
        (violation,) = file.violations
        assert "等 5 個單位的表件完全相同" in violation.message
        assert violation.message.count("「") == 3


def test_what_is_worth_a_look_is_no_part_of_what_forms_depend_on(rubric: Rubric) -> None:
    changed = with_bounds(rubric, near_threshold=50)
    assert changed.digest == rubric.digest
    assert changed.form_key == rubric.form_key
    assert changed != rubric


def test_a_definition_says_its_bounds(tmp_path: Path) -> None:
    text = SOUND.replace("tree:", "judgement: {near_threshold: 2.5, fewest_leaves: 3}\ntree:")
    judgement = read_rubric(write(tmp_path, text)).judgement
    assert (str(judgement.near_threshold), judgement.fewest_leaves) == ("2.5", 3)
    assert str(judgement.apart_share) == "0.1"


def test_a_bound_that_cannot_be_is_told(tmp_path: Path) -> None:
    text = SOUND.replace("tree:", "judgement: {apart_share: 10, near_treshold: 2}\ntree:")
    problems = told(write(tmp_path, text))
    assert any("「apart_share」的值「10」不應大於 1" in problem for problem in problems)
    assert any("請改為「near_threshold」" in problem for problem in problems)


RIGHT_DATES = [
    "105年9月10日",
    "105.9.10",
    "１０５／９／１０",
    "民國105年2月29日",
    "1050910",
    "105年9月",
    "105年9月10日（星期六）",
    "",
    "  ",
]
RIGHT_STORED = [1050910.0, date(2016, 9, 10), datetime(105, 9, 10)]
WRONG_DATES = ["105年2月30日", "106/2/29", "105.13.1", "9月10日", "上半年", "x" * 500]
WRONG_STORED = [42623.0, True, time(9, 10)]


@pytest.mark.parametrize("value", [*RIGHT_DATES, *RIGHT_STORED])
def test_a_date_in_any_of_its_spellings_is_right(rubric: Rubric, value: Value) -> None:
    assert codes(rubric, dated(value)) == [""]


@pytest.mark.parametrize("value", [*WRONG_DATES, *WRONG_STORED])
def test_a_date_that_cannot_be_is_told_at_its_cell(rubric: Rubric, value: Value) -> None:
    (file,) = compared(rubric, dated(value))
    (violation,) = file.violations
    assert (violation.code, violation.entry, violation.cell) == ("date-invalid", "date", "F3")
    assert file.status == "needs-correction"
    assert len(violation.message) < 120
    assert "請填實際日期，例如 105年9月10日" in violation.message
