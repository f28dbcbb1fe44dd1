"""A unit learns what its committee came to, not who of it gave what, unless the plan lets it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from svcq_excel.checks.submission import Entered, Submission
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.decisions import Absence
from svcq_excel.plan.expected import Expected, Outstanding
from svcq_excel.results.accounts.books import write_account
from svcq_excel.results.accounts.withheld import without_members
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Rubric
from tests.results.reading import Grid, grid, opened
from tests.results.samples import outcome as of_wra
from tests.results.samples import submission
from tests.results.scoring.clause_cases import UNITS, form, rubric
from tests.results.scoring.test_changing import change
from tests.results.scoring.test_changing import outcome as changed_outcome

NAMES = ("趙委員", "錢委員", "孫委員")
GIVEN = ((37, 31), (41, 29), (48, 27))


def forms() -> list[Submission]:
    return [form("A", *each, who) for who, each in zip(NAMES, GIVEN, strict=True)]


def told(made: Outcome) -> Outcome:
    """The outcome as a unit may know it."""
    units = tuple(without_members(made.rubric, each) for each in made.units)
    return replace(made, units=units)


def whole_of(book: bytes) -> str:
    with ZipFile(BytesIO(book)) as package:
        return "".join(package.read(name).decode("utf-8") for name in package.namelist())


def rows_of(made: Outcome) -> Grid:
    book = write_account(made, "A")
    return grid(book, opened(book).sheetnames[0])


@pytest.mark.parametrize("method", ["mean", "median", "trimmed"])
@pytest.mark.parametrize("per", ["leaf", "total"])
def test_no_member_and_no_single_score_is_in_what_goes_to_the_unit(method: str, per: str) -> None:
    plan = rubric(committee={"method": method, "per": per})
    made = Outcome(plan, "105年度", conclude(plan, UNITS, forms()), ())
    book = write_account(told(made), "A")
    whole = whole_of(book)
    assert not [name for name in NAMES if name in whole]
    rows = rows_of(told(made))
    result = made.units[0]
    figures = [cell for row in rows for cell in row if isinstance(cell, int | float)]
    allowed = {*map(float, result.leaves.values()), float(result.total or 0)}
    assert {float(each) for each in figures} <= allowed
    assert [row[0] for row in rows if str(row[0]).startswith("考核人員：")] == [
        "考核人員：共 3 位　考核日期：105年9月10日"
    ]
    before = write_account(made, "A")
    assert all(name in whole_of(before) for name in NAMES), "the office's own sheet has them"


def test_a_total_that_is_not_its_leaves_sum_stands_as_it_is() -> None:
    """A formula over what the members gave would tell it."""
    plan = rubric(committee={"method": "median", "per": "total"})
    given = [form("A", 60, 25, "甲"), form("A", 55, 30, "乙"), form("A", 55, 25, "丙")]
    made = Outcome(plan, "105年度", conclude(plan, UNITS, given), ())
    sheet = opened(write_account(told(made), "A")).worksheets[0]
    live = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not [each for each in live if "AVERAGE" in each]
    assert any("85" in each for each in live)


def test_bands_and_figures_stand_there_where_all_members_agree() -> None:
    plan = rubric()
    said = {"X": Entered("評分表", "K8", 40, Decimal(90), "一級")}
    same = [replace(each, entered=said) for each in forms()]
    made = Outcome(plan, "105年度", conclude(plan, UNITS, same), ())
    (one,) = told(made).units[0].forms
    assert one.entered == {"X": Entered("", "", "", Decimal(90), "一級")}
    same[0] = replace(same[0], entered={"X": said["X"]._replace(measure=Decimal(91))})
    made = Outcome(plan, "105年度", conclude(plan, UNITS, same), ())
    assert told(made).units[0].forms[0].entered == {}


def test_who_was_absent_and_whose_score_was_changed_is_not_named() -> None:
    absence = Absence(NAMES[2], ("A",), "迴避", "曾任職", "科長", "決定.csv", 2)
    listed = tuple(Assessor(name, name, "committee") for name in NAMES)
    results = conclude(rubric(), UNITS, forms(), expected=Expected(listed, (absence,)))
    made = Outcome(rubric(), "105年度", results, ())
    assert made.units[0].changes[0].startswith(NAMES[2])
    assert told(made).units[0].changes == ("有考核人員迴避，不計其評分",)
    row = change("A", "X", 48, 42, NAMES[2])
    changed = told(changed_outcome(rubric(), forms(), [row])).units[0]
    assert changed.score_changes == ()
    assert changed.changes == (
        "「流程」有考核人員的評分經核定調整（理由：申復；核定人 王處長，105年7月20日）",
    )


def test_of_who_is_awaited_the_number_is_told() -> None:
    listed = tuple(Assessor(name, name, "committee") for name in NAMES)
    results = conclude(rubric(), UNITS, forms()[:1], expected=Expected(listed))
    made = told(Outcome(rubric(), "105年度", results, ())).units[0]
    assert made.status == "incomplete" and made.forms == ()
    assert made.outstanding == (Outstanding("", "考核人員", "missing"),) * 2
    assert not [name for name in NAMES if name in whole_of(write_account(_of(made), "A"))]


def _of(result: UnitResult) -> Outcome:
    return Outcome(rubric(), "105年度", (result,), ())


def test_of_a_single_assessor_nothing_is_withheld() -> None:
    made = of_wra([submission("A01", 900)])
    assert told(made) == made
    assert isinstance(made.rubric, Rubric)
