"""A form whose keys are gone is read by its texts, or sent back: no score is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable
from tests.conftest import Convert
from tests.form.filling import Filling, entered, facts_of, identity
from tests.form.fillings import right_answer
from tests.form.memory import Grid, InMemory, filled_grids
from tests.form.reading.pasting import (
    Paste,
    at,
    pasted,
    visible,
    whole,
    with_column,
    without_column,
    without_columns,
    without_row,
)
from tests.form.reading.test_moved import write
from tests.form.rubrics import rubrics


def read(sheets: Mapping[str, Grid], rubric: Rubric) -> FormFacts | Unreadable:
    return read_form(InMemory(sheets), rubric)


def form_of(sheets: Mapping[str, Grid], rubric: Rubric) -> FormFacts:
    facts = read(sheets, rubric)
    assert isinstance(facts, FormFacts), facts
    return facts


def filling_of(rubric: Rubric) -> Filling:
    """Every leaf with another score than the next one, as far as its cap goes."""
    answers = [right_answer(leaf, i + 1) for i, leaf in enumerate(rubric.leaves)]
    entries = {key: value for answer in answers for key, value in answer.items()}
    entries |= {("", "assessor"): "王大明", ("", "date"): "105.9.10"}
    entries |= {("", "comments"): "佳"} if rubric.comments else {}
    entries |= {(leaf.id, "note"): f"備註 {leaf.id}" for leaf in rubric.leaves[::3]}
    return Filling(entries, {(item.id, "progress"): item.name for item in rubric.items})


@pytest.fixture(scope="module")
def filling(rubric: Rubric) -> Filling:
    return filling_of(rubric)


@pytest.fixture(scope="module")
def sheets(rubric: Rubric, filling: Filling) -> dict[str, Grid]:
    return filled_grids(rubric, filling)


PASTES: dict[str, Paste] = {
    "all cells": whole,
    "without the hidden column": without_column,
    "without the hidden row": without_row,
    "what can be seen": visible,
    "further down and right": at(7, 3),
    "all cells, further down and right": at(2, 5, whole),
    "a column in front of the scores": with_column(8),
    "a column in front of the wording": with_column(5),
    "without the column of checks": without_columns(10),
}


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
def test_a_table_that_was_pasted_elsewhere_gives_the_same_entries(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid], paste: Paste
) -> None:
    facts = form_of(pasted(sheets, paste), rubric)
    assert entered(facts) == filling
    assert "鍵值欄已不在" in facts.recovered
    assert facts.misplaced == () and facts.copies == ()
    assert [(m.unit, m.unit_name) for m in facts.marks] == [("A01", "第一河川局")]


@settings(max_examples=25)
@given(rubrics(), st.integers(0, 9), st.integers(0, 4))
def test_whatever_the_rubric_no_score_is_another_leafs(
    rubric: Rubric, rows: int, columns: int
) -> None:
    """Rubrics whose wording repeats itself may give less, but never something else."""
    filling = filling_of(rubric)
    facts = read(pasted(filled_grids(rubric, filling), at(rows, columns)), rubric)
    if isinstance(facts, FormFacts):
        found = {key: value for key, value in entered(facts).entries.items() if key[0]}
        assert found.items() <= filling.entries.items()


def test_keys_are_not_looked_for_in_texts_where_they_stand(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    facts = form_of(sheets, rubric)
    assert (entered(facts), facts.recovered) == (filling, "")
    assert facts.identity == identity(rubric)


def body_row(rubric: Rubric, leaf: str) -> int:
    """The first row of a leaf's block in what is pasted without the hidden row."""
    return lay_out(rubric).entries[leaf, "score"].row - 1


def changed(sheets: dict[str, Grid], row: int, old: str, new: str) -> dict[str, Grid]:
    made = pasted(sheets, visible)
    made["工作表1"][row] = [
        value.replace(old, new) if isinstance(value, str) else value
        for value in made["工作表1"][row]
    ]
    return made


def test_a_leaf_whose_wording_was_changed_is_missing_with_those_beside_it(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    row = body_row(rubric, "C1.2")
    facts = form_of(changed(sheets, row, "標竿學習", "標竿"), rubric)
    assert set(rubric.leaf_by_id) - set(facts.entries) == {"C1.1", "C1.2", "C1.3"}
    read = {key: value for key, value in entered(facts).entries.items() if key[0]}
    assert read.items() < filling.entries.items()


@pytest.mark.parametrize("edit", ["inserted", "deleted", "exchanged"])
def test_a_table_with_rows_moved_among_themselves_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], edit: str
) -> None:
    made = pasted(sheets, visible)
    grid, row = made["工作表1"], body_row(rubric, "A2.2.2")
    if edit == "inserted":
        grid.insert(row, [""] * len(grid[0]))
    elif edit == "deleted":
        del grid[row]
    else:
        grid[row - 12 : row], grid[row : row + 12] = grid[row : row + 12], grid[row - 12 : row]
    facts = read(made, rubric)
    assert isinstance(facts, Unreadable)
    assert facts.reason == "no-form"
    assert "表格已被改動" in facts.found


def test_the_last_rows_may_be_gone_and_are_missing(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    made = pasted(sheets, visible)
    del made["工作表1"][body_row(rubric, "D1.2")]
    facts = form_of(made, rubric)
    assert set(rubric.leaf_by_id) - set(facts.entries) == {"D1.1", "D1.2", "D1.3"}
    assert facts.comments is not None
    assert facts.comments.value == "佳"


def test_the_comments_are_below_their_heading_wherever_that_is(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    made = pasted(sheets, visible)
    made["工作表1"].insert(-2, [""] * len(made["工作表1"][0]))
    assert entered(form_of(made, rubric)) == filling


def test_without_the_column_of_measures_these_are_missing(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    facts = form_of(pasted(sheets, without_columns(6)), rubric)
    there = {key: value for key, value in filling.entries.items() if key[1] != "measure"}
    assert entered(facts).entries == there


@pytest.mark.parametrize("column", [1, 4, 5, 8], ids=["項目", "級距", "評分參考標準", "得分"])
def test_without_a_column_that_says_what_is_scored_it_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], column: int
) -> None:
    facts = read(pasted(sheets, without_columns(column)), rubric)
    assert isinstance(facts, Unreadable)
    assert "表格已被改動" in facts.found


def test_a_second_column_of_scores_is_no_form_to_choose_from(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    made = pasted(sheets, visible)
    for row in made["工作表1"]:
        row.append(row[7])
    assert isinstance(read(made, rubric), Unreadable)


def test_scores_pasted_a_row_off_beside_the_texts_are_told(
    rubric: Rubric, sheets: dict[str, Grid]
) -> None:
    made = pasted(sheets, visible)
    grid = made["工作表1"]
    scores = [row[7] for row in grid]
    for row in range(body_row(rubric, "C1.1"), len(grid) - 2):
        grid[row][7] = scores[row - 1]
    assert form_of(made, rubric).misplaced


def test_two_tables_are_told_as_copies(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    twice = {**sheets, "備份": visible(sheets[FORM_SHEET])}
    assert form_of(twice, rubric).copies == ("備份",)
    pasted_twice = {**pasted(sheets, visible), "備份": whole(sheets[FORM_SHEET])}
    assert form_of(pasted_twice, rubric).copies == ("備份",)


def test_remarks_are_found_by_their_heads_where_only_they_lost_their_keys(
    rubric: Rubric, filling: Filling, sheets: dict[str, Grid]
) -> None:
    grid = [row[1:] for row in sheets[REMARKS_SHEET]]
    facts = form_of({**sheets, REMARKS_SHEET: grid}, rubric)
    assert entered(facts) == filling


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_pasted_table_that_an_office_program_saved_reads_the_same(
    office: Convert,
    rubric: Rubric,
    filling: Filling,
    sheets: dict[str, Grid],
    tmp_path: Path,
    ending: str,
) -> None:
    path = write(tmp_path / "form.xlsx", pasted(sheets, at(2, 1)))
    (made,) = office([path], ending, tmp_path / "out")
    for each in (path, made):
        facts = facts_of(each, rubric)
        assert entered(facts) == filling
        assert facts.identity.unit == "A01"
