"""The wording of a leaf is the same, known by its block as a whole or read cell by cell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.layout.grid import Role
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.pages import CONTINUED
from svcq_excel.form.reading.keyed_sheet import Keyed, keyed_sheet
from svcq_excel.form.reading.table_body import Body
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.workbook import Value
from tests.form.memory import Grid
from tests.form.reading.test_copies import EACH, filled

_LEAF = "B1.1.1.2"
_VALUES = st.sampled_from(["", 0, 0.0, 9.0, False, "改寫", f"分數\n{CONTINUED}", "0", " "])
_EDITS = st.lists(st.tuples(st.integers(0, 75), st.integers(1, 7), _VALUES), max_size=3)


@cache
def clean() -> tuple[Rubric, Grid]:
    rubric = load("wra-105")
    return rubric, filled(rubric)[FORM_SHEET]


def copied() -> Grid:
    return [[*values] for values in clean()[1]]


def form_of(rows: Grid, rubric: Rubric) -> Keyed:
    form = keyed_sheet(FORM_SHEET, rows)
    assert form
    sums = (box for box in lay_out(rubric).boxes if box.role is Role.TOTAL)
    return replace(form, formulas=frozenset((box.row, box.column) for box in sums))


def wordings(body: Body) -> dict[str, tuple[str, ...]]:
    return {id: entry.wording for id, (entry,) in body.entries().items()}


def cell_by_cell(body: Body) -> dict[str, tuple[str, ...]]:
    body.labels = []
    return wordings(body)


@EACH
def test_every_leaf_of_a_form_as_it_was_issued_is_known_by_its_block(rubric: Rubric) -> None:
    body = Body(rubric, form_of(filled(rubric)[FORM_SHEET], rubric))
    rows = [row for _, row in body.form.marks]
    ends = dict(pairwise(rows))
    for id, place in body.places.leaves.items():
        row = body.form.row_of[id]
        assert body.labels[row : ends.get(row)] == place.block, id
    assert wordings(body) == cell_by_cell(body)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(edits=_EDITS, formulas=st.frozensets(st.tuples(st.integers(0, 99), st.integers(1, 7))))
@example([(42, 5, "改寫")], frozenset())
@example([(42, 2, 0)], frozenset())
@example([(42, 2, False)], frozenset())
@example([], frozenset({(42, 3), (42, 5)}))
def test_whatever_stands_in_its_place_is_read_as_it_is_cell_by_cell(
    edits: list[tuple[int, int, Value]], formulas: frozenset[tuple[int, int]]
) -> None:
    rubric, rows = clean()[0], copied()
    for row, column, value in edits:
        rows[row][column] = value
    form = form_of(rows, rubric)
    form = replace(form, formulas=form.formulas ^ formulas)
    assert wordings(Body(rubric, form)) == cell_by_cell(Body(rubric, form))


@pytest.mark.parametrize(("below", "key"), [(0, "range"), (1, "range"), (1, "text")])
def test_a_label_changed_in_the_second_form_is_told_after_a_clean_one(below: int, key: str) -> None:
    rubric, first = clean()
    second, body = copied(), Body(rubric, form_of(first, rubric))
    row, column = body.form.row_of[_LEAF] + below, body.form.columns[key]
    second[row][column] = f"{second[row][column]}改"
    known, said = wordings(body), wordings(Body(rubric, form_of(second, rubric)))
    assert {id for id in known if known[id] != said[id]} == {_LEAF}
