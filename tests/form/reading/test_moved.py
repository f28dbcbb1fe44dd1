"""Cells that moved keep their meaning: rows, columns and sheets inserted, renamed, rearranged.

An office program that inserts a row moves merges and validations along; the reader only sees
values, so these forms are made anew from the values, moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.identity import FORM_SHEET, GUIDE_SHEET, HIDDEN_SHEET, REMARKS_SHEET
from svcq_excel.form.layout.grid import KEYS, TOP_ROWS
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.opening import OpenedWorkbook
from svcq_excel.workbooks.workbook import Unreadable, Value
from tests.form.filling import Filling, blank, entered, facts_of, fill, identity
from tests.form.fillings import right_answer
from tests.receiving import open_workbook

Grid = list[list[Value]]


@pytest.fixture(scope="module")
def filling(rubric: Rubric) -> Filling:
    answers = [right_answer(leaf, i + 1) for i, leaf in enumerate(rubric.leaves)]
    entries = {key: value for answer in answers for key, value in answer.items()}
    entries |= {("", "assessor"): "王大明", ("", "date"): "105.9.10", ("", "comments"): "佳"}
    entries |= {(leaf.id, "note"): f"備註 {leaf.id}" for leaf in rubric.leaves[::3]}
    return Filling(entries, {(item.id, "progress"): item.name for item in rubric.items})


@pytest.fixture(scope="module")
def sheets(
    rubric: Rubric, filling: Filling, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Grid]:
    """The values of a filled form, by sheet."""
    path = tmp_path_factory.mktemp("moved") / "form.xlsx"
    path.write_bytes(fill(rubric, filling))
    return values_of(path)


def values_of(path: Path) -> dict[str, Grid]:
    workbook = open_workbook(path)
    assert isinstance(workbook, OpenedWorkbook)
    return {name: [list(row) for row in workbook.rows(name)] for name in workbook.sheet_names}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moved") / "moved.xlsx"


def write(path: Path, sheets: Mapping[str, Grid]) -> Path:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for row, values in enumerate(grid):
                for column, value in enumerate(values):
                    if value and isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value != "":
                        sheet.write(row, column, value)
    path.write_bytes(stream.getvalue())
    return path


def with_rows(grid: Grid, where: Sequence[int]) -> Grid:
    moved = [list(row) for row in grid]
    for at in sorted(where, reverse=True):
        moved.insert(min(at, len(moved)), [""] * len(grid[0]))
    return moved


def with_columns(grid: Grid, where: Sequence[int]) -> Grid:
    moved = [list(row) for row in grid]
    for at in sorted(where, reverse=True):
        for row in moved:
            row.insert(min(at, len(row)), "")
    return moved


PLACES = st.lists(st.integers(0, 80), max_size=4)


@settings(max_examples=30)
@given(rows=PLACES, columns=PLACES, others=PLACES)
@example(rows=[0], columns=[0], others=[0])
def test_inserted_rows_and_columns_shift_nothing(
    path: Path,
    rubric: Rubric,
    filling: Filling,
    sheets: Mapping[str, Grid],
    rows: list[int],
    columns: list[int],
    others: list[int],
) -> None:
    moved = {
        name: with_columns(
            with_rows(grid, rows if name == FORM_SHEET else others),
            columns if name == FORM_SHEET else others,
        )
        for name, grid in sheets.items()
    }
    facts = facts_of(write(path, moved), rubric)
    assert entered(facts) == filling
    assert facts.identity == identity(rubric)
    cells = [entry.score for (entry,) in facts.entries.values()]
    assert [moved[FORM_SHEET][c.row][c.column] for c in cells] == [c.value for c in cells]


@settings(max_examples=20)
@given(
    order=st.permutations([FORM_SHEET, REMARKS_SHEET, GUIDE_SHEET, HIDDEN_SHEET]),
    names=st.lists(
        st.sampled_from(["工作表1", "Sheet1", "A01 評分", "第一河川局", "評分表 (2)"]),
        min_size=2,
        max_size=2,
        unique=True,
    ),
    more=st.booleans(),
)
def test_sheets_may_be_renamed_and_rearranged(
    path: Path,
    rubric: Rubric,
    filling: Filling,
    sheets: Mapping[str, Grid],
    order: list[str],
    names: list[str],
    more: bool,
) -> None:
    renamed = dict(zip((FORM_SHEET, REMARKS_SHEET), names, strict=True))
    moved: dict[str, Grid] = {"附件照片": [["說明"], [5.0]]} if more else {}
    moved |= {renamed.get(name, name): sheets[name] for name in order}
    facts = facts_of(write(path, moved), rubric)
    assert entered(facts) == filling
    assert facts.identity == identity(rubric)
    assert facts.copies == ()


def blocks(rubric: Rubric, grid: Grid) -> tuple[Grid, list[Grid]]:
    """The head, and the rows from one leaf's first to the next one's."""
    starts = [box.row for (id, key), box in lay_out(rubric).entries.items() if key == "score"]
    edges = [*sorted(starts), len(grid)]
    body = [grid[a:b] for a, b in pairwise(edges)]
    return grid[: edges[0]], body


def test_leaves_may_stand_in_another_order(
    path: Path, rubric: Rubric, filling: Filling, sheets: Mapping[str, Grid]
) -> None:
    head, body = blocks(rubric, sheets[FORM_SHEET])
    Random(105).shuffle(body)
    moved = {**sheets, FORM_SHEET: [*head, *(row for block in body for row in block)]}
    found = entered(facts_of(write(path, moved), rubric))
    assert {k: v for k, v in found.entries.items() if k[0]} == {
        k: v for k, v in filling.entries.items() if k[0]
    }


def codes(path: Path, rubric: Rubric, sheets: Mapping[str, Grid]) -> list[tuple[str, str | None]]:
    """What is told as an error, and of which leaf; sums that became values are not meant here."""
    facts = facts_of(write(path, sheets), rubric)
    found = check(CheckedForm(facts, rubric, {}, None))
    wanted = [v for v in found if v.severity == "error" and v.code != "unknown-unit"]
    return [(v.code, v.criterion) for v in wanted]


Spoil = Callable[[Grid, int], Grid]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda grid, row: grid[:row] + grid[row + 4 :], "criterion-missing"),
        (lambda grid, row: [*grid, *grid[row : row + 4]], "criterion-repeated"),
    ],
    ids=["deleted", "doubled"],
)
def test_a_leafs_rows_that_are_gone_or_doubled_are_told(
    path: Path, rubric: Rubric, sheets: Mapping[str, Grid], spoil: Spoil, code: str
) -> None:
    leaf = rubric.leaves[0]
    row = lay_out(rubric).entries[leaf.id, "score"].row
    spoilt = {**sheets, FORM_SHEET: spoil(sheets[FORM_SHEET], row)}
    assert codes(path, rubric, sheets) == []
    assert codes(path, rubric, spoilt) == [(code, leaf.id)]


@pytest.mark.parametrize("slip", [1, -1, 2])
def test_a_form_with_scores_pasted_some_rows_off_goes_back(
    path: Path, rubric: Rubric, sheets: Mapping[str, Grid], slip: int
) -> None:
    """Single scores may seem right in their new row; the form as a whole never counts."""
    score = lay_out(rubric).column("score")
    column = [row[score] for row in sheets[FORM_SHEET]]
    grid = [list(row) for row in sheets[FORM_SHEET]]
    for row in range(TOP_ROWS + 2, len(grid) - 2):
        grid[row][score] = column[row - slip]
    assert codes(path, rubric, {**sheets, FORM_SHEET: grid}) != []


def test_a_form_pasted_as_values_has_its_wording_still(path: Path, rubric: Rubric) -> None:
    """What was a formula is a label then: of some leaves the label is part of a sum."""
    path.write_bytes(blank(rubric))
    facts = facts_of(write(path, values_of(path)), rubric)
    assert not any(cell.formula for cell in facts.shown.values())
    found = {violation.code for violation in check(CheckedForm(facts, rubric, {}, None))}
    assert "score-missing" in found
    assert not found & {"criterion-altered", "total-altered"}


def test_a_copy_of_the_form_sheet_with_other_values_is_told(
    path: Path, rubric: Rubric, sheets: Mapping[str, Grid]
) -> None:
    copied = {**sheets, "評分表 (2)": sheets[FORM_SHEET]}
    assert codes(path, rubric, copied) == [("criterion-repeated", None)]


def test_without_its_keys_and_its_wording_a_sheet_is_no_form(
    path: Path, rubric: Rubric, sheets: Mapping[str, Grid]
) -> None:
    text = lay_out(rubric).column("text")
    blanked = [
        ["" if value == KEYS or i == text else value for i, value in enumerate(row)]
        for row in sheets[FORM_SHEET]
    ]
    workbook = open_workbook(write(path, {**sheets, FORM_SHEET: blanked}))
    assert isinstance(workbook, OpenedWorkbook)
    assert isinstance(read_form(workbook, rubric), Unreadable)
    listed: Grid = [["編號", "得分"], ["A01", 95.0]]
    facts = facts_of(write(path, {**sheets, FORM_SHEET: listed}), rubric)
    assert not facts.is_form
    assert facts.identity == identity(rubric)
