"""Edits that part scores from their keys or wording: the scores stay, or the form goes back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.runner import check
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.grid import TOP_ROWS
from svcq_excel.form.reading.reader import read_form
from svcq_excel.rubric.model import Rubric
from svcq_excel.workbooks.workbook import Unreadable, Value
from tests.conftest import Convert
from tests.form.filling import UNIT, Filling, facts_of, fill, load, saved
from tests.form.fillings import right_answer
from tests.form.memory import Grid, InMemory, filled_grids

Edit = Callable[[Grid], object]
Change = Callable[[Worksheet], object]


def answers(rubric: Rubric) -> Filling:
    """All scores differ from those beside them."""
    found = [right_answer(leaf, i + 1) for i, leaf in enumerate(rubric.leaves)]
    return Filling({key: value for answer in found for key, value in answer.items()})


@pytest.fixture(scope="module")
def sheets(rubric: Rubric) -> dict[str, Grid]:
    return filled_grids(rubric, answers(rubric))


def judged(facts: FormFacts | Unreadable, rubric: Rubric) -> tuple[set[str], dict[str, Decimal]]:
    """The codes of the errors, and the scores."""
    if isinstance(facts, Unreadable):
        return {facts.reason}, {}
    form = CheckedForm(facts, rubric, {UNIT.code: UNIT})
    return {v.code for v in check(form) if v.severity == "error"}, form.points


def after(edit: Edit, sheets: dict[str, Grid], rubric: Rubric) -> tuple[set[str], bool]:
    """What is said of an edited form, and whether its scores are what they were."""
    grid = [list(row) for row in sheets[FORM_SHEET]]
    edit(grid)
    _, before = judged(read_form(InMemory(sheets), rubric), rubric)
    errors, now = judged(read_form(InMemory({**sheets, FORM_SHEET: grid}), rubric), rubric)
    return errors, now == before


ROWS = st.integers(TOP_ROWS, 71)
KEY, TEXT, SCORE = 0, 5, 8


@given(first=ROWS, last=ROWS, slip=st.sampled_from([-2, -1, 1, 2]), cut=st.booleans())
def test_a_block_of_scores_some_rows_off_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], first: int, last: int, slip: int, cut: bool
) -> None:
    """Few rows may be a run of leaves of one row each: to them it is as if scores were typed."""
    first, last = min(first, last - 12), max(last, first + 12)
    first = max(first, TOP_ROWS)

    def edit(grid: Grid) -> None:
        block = [row[SCORE] for row in grid[first : last + 1]]
        for row in grid[first : last + 1] if cut else ():
            row[SCORE] = ""
        for row, value in zip(grid[first + slip :], block, strict=False):
            row[SCORE] = value if value != "" or cut else row[SCORE]

    errors, same = after(edit, sheets, rubric)
    assert errors or same


@given(first=ROWS)
def test_a_list_of_scores_pasted_down_the_column_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], first: int
) -> None:
    """One below the other, as they stand in a list: most are covered by merged cells."""

    def edit(grid: Grid) -> None:
        for row, leaf in zip(grid[first:], rubric.leaves, strict=False):
            row[SCORE] = float(leaf.cap)

    errors, _ = after(edit, sheets, rubric)
    assert errors


@given(first=ROWS, last=ROWS, seed=st.integers(0, 9), columns=st.sampled_from(["all", "shown"]))
def test_sorted_rows_give_the_same_scores_or_an_error(
    rubric: Rubric, sheets: dict[str, Grid], first: int, last: int, seed: int, columns: str
) -> None:
    """With the hidden column a row keeps what it is; without it keys and wording part."""
    left = KEY if columns == "all" else KEY + 1

    def edit(grid: Grid) -> None:
        order = list(range(min(first, last), max(first, last) + 1))
        moved = [grid[row][left:] for row in Random(seed).sample(order, len(order))]
        for row, values in zip(order, moved, strict=True):
            grid[row][left:] = values

    errors, same = after(edit, sheets, rubric)
    assert errors or same


@given(first=ROWS, last=ROWS, slip=st.integers(-8, 8))
def test_keys_some_rows_off_give_the_same_scores_or_an_error(
    rubric: Rubric, sheets: dict[str, Grid], first: int, last: int, slip: int
) -> None:
    def edit(grid: Grid) -> None:
        rows = range(min(first, last), max(first, last) + 1)
        keys = [grid[row][KEY] for row in rows]
        for row, key in zip(rows, keys, strict=True):
            if TOP_ROWS <= row + slip < len(grid):
                grid[row + slip][KEY] = key

    errors, same = after(edit, sheets, rubric)
    assert errors or same


@given(one=st.integers(0, 24), other=st.integers(0, 24))
def test_exchanged_keys_go_back(
    rubric: Rubric, sheets: dict[str, Grid], one: int, other: int
) -> None:
    ids = [rubric.leaves[one].id, rubric.leaves[other].id]

    def edit(grid: Grid) -> None:
        for row in grid:
            if row[KEY] in ids:
                row[KEY] = ids[1 - ids.index(str(row[KEY]))]

    errors, same = after(edit, sheets, rubric)
    assert "criterion-mistaken" in errors if one != other else same


@given(first=ROWS, last=ROWS, slip=st.sampled_from([-1, 1]))
def test_cells_pushed_aside_give_the_same_scores_or_an_error(
    rubric: Rubric, sheets: dict[str, Grid], first: int, last: int, slip: int
) -> None:
    def edit(grid: Grid) -> None:
        for row in grid[min(first, last) : max(first, last) + 1]:
            row[1:] = ["", *row[1:-1]] if slip > 0 else [*row[2:], ""]

    errors, same = after(edit, sheets, rubric)
    assert errors or same


def put(row: int, value: Value) -> Edit:
    def edit(grid: Grid) -> None:
        grid[row][SCORE] = value

    return edit


@pytest.mark.parametrize(
    ("row", "value"),
    [
        *((8, 95.0), (10, "９５分"), (6, 0.0), (63, 5.0), (72, 1.0)),
        *((67, 20.0), (67, 25.0), (37, 36.0), (5, 30.0)),
    ],
    ids=[
        *("below", "text", "purpose", "notice", "comments"),
        *("sum, leaf above", "sum, leaf below", "another sum", "first sum"),
    ],
)
def test_a_score_where_none_is_asked_for_goes_back(
    rubric: Rubric, sheets: dict[str, Grid], row: int, value: Value
) -> None:
    errors, same = after(put(row, value), sheets, rubric)
    assert (errors, same) == ({"score-misplaced"}, True)


@pytest.mark.parametrize(
    ("row", "value"),
    [(8, "同上"), (8, " "), (8, "\u200b\u00a0"), (67, 95.0), (67, ""), (73, 95.0)],
    ids=["word", "blank", "unseen", "another sum", "no sum", "comment"],
)
def test_what_is_no_score_there_does_no_harm(
    rubric: Rubric, sheets: dict[str, Grid], row: int, value: Value
) -> None:
    assert after(put(row, value), sheets, rubric) == (set(), True)


def test_a_second_column_of_scores_goes_back(rubric: Rubric, sheets: dict[str, Grid]) -> None:
    def edit(grid: Grid) -> None:
        for row in grid:
            row.insert(SCORE + 1, row[SCORE] if isinstance(row[SCORE], str) else 1.0)

    assert after(edit, sheets, rubric) == ({"score-misplaced"}, True)


def covered(row: int) -> Change:
    """A number in a cell that a merged one covers, where nobody sees it."""

    def change(sheet: Worksheet) -> None:
        sheet._cells[row, SCORE + 1] = Cell(sheet, row, SCORE + 1, 95)

    return change


def merged(sheet: Worksheet) -> None:
    """The scores of two leaves become one cell, which keeps the first."""
    sheet.merge_cells("I65:I66")


def repeated_unseen(sheet: Worksheet) -> None:
    """The row of a leaf once more, below the form, with another score."""
    last = sheet.max_row + 1
    for column in range(1, SCORE + 1):
        sheet.cell(last, column).value = sheet.cell(66, column).value
    sheet.cell(last, SCORE + 1).value = 7
    sheet.row_dimensions[last].hidden = True


CHANGES: tuple[tuple[Change, str], ...] = (
    (covered(10), "score-misplaced"),
    (covered(64), "score-misplaced"),
    (merged, "score-missing"),
    (repeated_unseen, "criterion-repeated"),
)


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_an_office_program_keeps_what_tells_a_slip(
    office: Convert, rubric: Rubric, tmp_path: Path, ending: str
) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(CHANGES))]
    expected = [{code} for _, code in CHANGES]
    for path, (change, _) in zip(paths, CHANGES, strict=True):
        book = load(fill(rubric, answers(rubric)))
        change(book[FORM_SHEET])
        path.write_bytes(saved(book))
    for made in (paths, office(paths, ending, tmp_path / "out")):
        assert [judged(facts_of(path, rubric), rubric)[0] for path in made] == expected
