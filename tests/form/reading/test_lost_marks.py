"""Whose a form is that lost its hidden sheet: its properties say, else its head, else nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET, PROPERTY_PREFIX
from svcq_excel.form.reading.head import kind_of
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Value
from tests.form.filling import UNIT, Filling, identity
from tests.form.memory import Grid, InMemory, filled_grids

TITLE, UNIT_ROW, CODE, NAME = 0, 1, 2, 5


@pytest.fixture
def sheets(rubric: Rubric) -> dict[str, Grid]:
    grids = filled_grids(rubric, Filling())
    del grids[HIDDEN_SHEET]
    return grids


def facts_of(sheets: Mapping[str, Grid], rubric: Rubric, **properties: str) -> FormFacts:
    facts = read_form(InMemory(sheets, properties), rubric)
    assert isinstance(facts, FormFacts)
    return facts


def codes(facts: FormFacts, rubric: Rubric) -> set[str]:
    found = check(CheckedForm(facts, rubric, {UNIT.code: UNIT}, "105年度上半年"))
    return {v.code for v in found} - {"score-missing"}


def retyped(sheets: dict[str, Grid], row: int, column: int, value: Value) -> dict[str, Grid]:
    sheets[FORM_SHEET][row][column] = value
    return sheets


def test_the_properties_say_it_in_full(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    own = identity(rubric)
    facts = facts_of(sheets, rubric, **{PROPERTY_PREFIX + k: v for k, v in own.pairs()})
    assert facts.identity == own
    assert facts.recovered == "隱藏工作表已不在，依檔案摘要資訊認定單位"
    assert codes(facts, rubric) == {"identity-recovered"}


@pytest.mark.parametrize("kind", ["self", "hq"])
def test_the_head_says_the_unit_and_the_title_the_kind(rubric: Rubric, kind: str) -> None:
    grids = filled_grids(rubric, Filling(), kind)
    del grids[HIDDEN_SHEET]
    facts = facts_of(grids, rubric)
    there = replace(identity(rubric, assessor=kind), format="", digest="", round="")
    assert facts.identity == there
    assert "依表首的編號認定單位，考核期別無從核對" in facts.recovered
    assert codes(facts, rubric) == {"identity-recovered"}


def test_a_note_above_the_title_changes_nothing(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    grid = sheets[FORM_SHEET]
    grid.insert(0, ["", "", "104年度本署來文附件", *[""] * (len(grid[0]) - 3)])
    assert facts_of(sheets, rubric).identity.assessor == "self"


def test_a_word_for_a_kind_in_the_agencys_name_names_nobody(rubric: Rubric) -> None:
    cyclists = rubric.model_copy(update={"agency": "自行車管理處"})
    assert kind_of(cyclists.title_of_form("hq"), cyclists) == "hq"
    assert kind_of(f"{cyclists.title_of_form('hq')}（稿）", cyclists) == "hq"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "評分表",
        "經濟部水利署105年度提升服務品質(考核小組)考核項目及評分表",
        "(自行)(本署)評分表",
    ],
)
def test_where_the_title_names_nobody_or_a_committee_it_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], title: str
) -> None:
    facts = facts_of(retyped(sheets, TITLE, 1, title), rubric)
    assert facts.identity.assessor == ""
    assert codes(facts, rubric) == {"identity-recovered", "unknown-assessor"}


def test_a_title_of_another_year_tells_another_assessment(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    title = rubric.title_of_form("self").replace("105", "104")
    facts = facts_of(retyped(sheets, TITLE, 1, title), rubric)
    assert codes(facts, rubric) == {"other-rubric"}


def test_keys_of_another_rubric_tell_another_assessment(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    for row in sheets[FORM_SHEET]:
        row[0] = row[0] if str(row[0]).startswith("#") else f"X{row[0]}"
    assert codes(facts_of(sheets, rubric), rubric) == {"other-rubric"}


def test_a_name_without_a_code_is_told(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    facts = facts_of(retyped(sheets, UNIT_ROW, CODE, ""), rubric)
    assert (facts.identity.unit, facts.identity.unit_name) == ("", UNIT.name)
    assert "依表首的機關名稱認定單位" in facts.recovered


def test_a_head_without_a_unit_goes_back(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    blank = retyped(retyped(sheets, UNIT_ROW, CODE, ""), UNIT_ROW, NAME, "\u200b")
    facts = facts_of(blank, rubric)
    assert codes(facts, rubric) == {"identity-recovered", "unknown-unit"}
    assert "表首也沒有單位的編號及名稱" in facts.recovered


def test_marks_that_are_there_outweigh_the_head(rubric: Rubric) -> None:
    grids = retyped(filled_grids(rubric, Filling()), UNIT_ROW, CODE, "A02")
    facts = facts_of(grids, rubric)
    assert facts.identity == identity(rubric)
    assert codes(facts, rubric) == {"identity-conflict"}
