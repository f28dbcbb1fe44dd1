"""Workbooks that are no form of ours: none is taken for one, and what resembles one is told."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, HIDDEN_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable, Value
from tests.form.filling import Filling
from tests.form.memory import Grid, InMemory, filled_grids
from tests.form.reading.pasting import visible


def read(sheets: Mapping[str, Grid], rubric: Rubric) -> FormFacts | Unreadable:
    return read_form(InMemory(sheets), rubric)


@pytest.fixture(scope="module")
def sheets(rubric: Rubric) -> dict[str, Grid]:
    return filled_grids(rubric, Filling())


STRANGERS: dict[str, Grid] = {
    "a list": [["編號", "機關名稱", "得分", "備註"], ["A01", "第一河川局", 95.0, ""]],
    "our column heads": [["評核項目", "評核指標", "級距", "評分參考標準", "得分", "備註", "檢核"]],
    "the remarks": [["優點", "缺點", "建議改善事項", "改善事項辦理情形", "備註"], ["1.服務流程"]],
    "nothing": [],
    "a blank row": [[""]],
    "many cells": [[float(i * j) for i in range(100)] for j in range(200)],
}


@pytest.mark.parametrize("grid", STRANGERS.values(), ids=STRANGERS)
def test_another_workbook_is_no_form(rubric: Rubric, grid: Grid) -> None:
    facts = read({"工作表1": grid, "工作表2": grid}, rubric)
    assert isinstance(facts, Unreadable)
    assert facts.found == "活頁簿內沒有本系統產製的評分表"


def test_of_hundreds_of_workbooks_none_is_a_form(rubric: Rubric) -> None:
    """Tables as offices have them, with some of our words among theirs."""
    chance = Random(105)
    ours: list[Value] = [box.text for box in lay_out(rubric).boxes if box.text]
    theirs: list[Value] = ["", "合計", "單位", "日期", "承辦人", 95.0, 1e6, "第一季", "備註", True]
    for _ in range(300):
        words = theirs + chance.sample(ours, 20)
        rows = range(chance.randrange(1, 80))
        grid = [chance.choices(words, k=chance.randrange(1, 15)) for _ in rows]
        assert isinstance(read({"工作表1": grid}, rubric), Unreadable)


_CELLS = st.sampled_from(
    ["得分", "備註", "81-120分", "1-30分", "－", "", 95.0, "服務流程\n(280分)"]
)


@given(st.lists(st.lists(_CELLS, max_size=12), max_size=12))
def test_a_few_of_our_words_make_no_form(rubric: Rubric, grid: Grid) -> None:
    assert isinstance(read({"工作表1": grid}, rubric), Unreadable)


def test_the_guide_and_the_notice_are_no_second_form(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    guide = {name: grid for name, grid in sheets.items() if name not in {FORM_SHEET, HIDDEN_SHEET}}
    assert isinstance(read(guide, rubric), Unreadable)


@pytest.mark.parametrize("share", [0.6, 0.8])
def test_what_is_left_of_a_table_is_told_from_another_workbook(
    rubric: Rubric, sheets: dict[str, Grid], share: float
) -> None:
    grid = visible(sheets[FORM_SHEET])
    facts = read({"工作表1": grid[: int(share * len(grid))]}, rubric)
    assert isinstance(facts, Unreadable)
    assert "看似本考核的評分表" in facts.found


def test_a_table_that_shares_some_of_our_texts_is_another_workbook(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    """Such as the form of a year in which most was put otherwise."""
    facts = read({"工作表1": visible(sheets[FORM_SHEET])[:24]}, rubric)
    assert isinstance(facts, Unreadable)
    assert "沒有本系統產製的評分表" in facts.found
