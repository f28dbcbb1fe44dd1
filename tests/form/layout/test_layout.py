"""One layout for any rubric: nothing overlaps, everything has its place, rows and pages fit."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from svcq_excel.form.formulas.form_formulas import formula_of
from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.grid import KEYS, TOP_ROWS, Role
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.styles import FORMATS
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load as shipped
from tests.form.rubrics import rubrics

EXCEL_ROW_PT = 409
SCREEN_PX = 1010


def cells(layout: Layout) -> Counter[tuple[int, int]]:
    return Counter(
        (row, column)
        for box in layout.boxes
        for row in range(box.row, box.last_row + 1)
        for column in range(box.column, box.last_column + 1)
    )


def assert_sound(rubric: Rubric) -> None:
    layout = lay_out(rubric)
    assert_boxes_lie_apart_and_inside(layout)
    assert_every_leaf_can_be_answered(layout)
    assert_keys_lead_to_the_entries(layout)
    assert_rows_and_columns_fit(layout)
    assert_pages_fit(layout)
    assert_texts_are_shown_whole(layout)


def assert_boxes_lie_apart_and_inside(layout: Layout) -> None:
    taken = cells(layout)
    assert max(taken.values()) == 1, "boxes overlap"
    assert all(0 <= row < len(layout.heights) for row, _ in taken)
    assert all(0 < column < len(layout.columns) for _, column in taken), "column A is for keys"


def assert_every_leaf_can_be_answered(layout: Layout) -> None:
    for leaf in layout.rubric.leaves:
        asked = {key for id, key in layout.entries if id == leaf.id}
        wanted = {"status", "done", "proof", "note"} if leaf.due else {"score", "note"}
        wanted |= {"measure"} if leaf.measure else set()
        wanted |= {"this_year", "last_year"} if leaf.growth else set()
        wanted |= {"band"} if len(leaf.bands) > 1 and not leaf.measure else set()
        assert asked == wanted, leaf.id
        assert (leaf.id, "check") in layout.advice
    whole_form = {key for id, key in layout.entries if not id}
    assert whole_form == {"assessor", "date"} | ({"comments"} if layout.rubric.comments else set())


def assert_keys_lead_to_the_entries(layout: Layout) -> None:
    """CONTRACT: an entry cell is where a leaf's row meets a key's column."""
    rows: dict[str, list[int]] = {}
    for row, key in layout.keys.items():
        rows.setdefault(key, []).append(row)
    assert len(rows[KEYS]) == 1
    columns = [column.key for column in layout.columns]
    assert len(set(columns)) == len(columns)
    assert columns[0] == KEYS
    for (id, key), box in layout.entries.items():
        if id:
            assert [box.row] == rows[id], id
            assert box.column == columns.index(layout.main if key == "handed_in" else key)
    assert {key for key in rows if not key.startswith("#")} == set(layout.rubric.leaf_by_id)


def assert_rows_and_columns_fit(layout: Layout) -> None:
    assert all(0 <= height <= EXCEL_ROW_PT for height in layout.heights), max(layout.heights)
    assert sum(column.pixels for column in layout.columns[1:]) <= SCREEN_PX
    assert all(column.pixels > 0 for column in layout.columns)


def assert_pages_fit(layout: Layout) -> None:
    """Every page but the first repeats the column heads; every row's text stays on one page."""
    heads = layout.heights[TOP_ROWS - 1]
    edges = [0, *layout.breaks, len(layout.heights)]
    assert all(first < last for first, last in pairwise(edges)), "a page has no rows"
    assert all(row >= TOP_ROWS for row in layout.breaks)
    for first, last in pairwise(edges):
        used = sum(layout.heights[first:last]) + (heads if first else 0)
        assert used <= layout.paper.page_pt, (first, last, used)
    for box in layout.boxes:
        crossed = [row for row in layout.breaks if box.row < row <= box.last_row]
        long_text = box.what in {"purpose", "notice", "criterion", "range", "band_text"}
        in_rows = box.role is not Role.LABEL or box.what == "unused" or long_text
        assert not crossed or in_rows, f"{box.what} runs over a page's end"


def assert_texts_are_shown_whole(layout: Layout) -> None:
    """Every label, in its own size, has room for all its lines; the head shrinks its texts."""
    for box in layout.boxes:
        text = box.text
        if box.role is Role.TOTAL and box.what == "sum":
            text = str(formula_of(layout, box).compute({}))
        if not text or box.row < TOP_ROWS:
            continue
        size = FORMATS[box.what]["font_size"]
        pixels = sum(c.pixels for c in layout.columns[box.column : box.last_column + 1])
        heights = layout.heights[box.row : box.last_row + 1]
        room = sum(heights) + 0.2 * len(heights)
        assert metrics.height(text, pixels, size) <= room, (box.what, text, heights)


@given(rubrics())
def test_any_rubric_has_a_sound_layout(rubric: Rubric) -> None:
    assert_sound(rubric)


def test_the_reference_rubric_has_a_sound_layout(rubric: Rubric) -> None:
    assert_sound(rubric)


@pytest.mark.parametrize("id", ["khb-106", "hccg-105", "kpw-102"])
def test_the_other_shipped_rubrics_have_a_sound_layout(id: str) -> None:
    assert_sound(shipped(id))


@given(rubrics())
def test_a_layout_depends_on_nothing_but_the_rubric(rubric: Rubric) -> None:
    same = Rubric.model_validate(rubric.model_dump())
    lay_out.cache_clear()
    first = lay_out(rubric)
    lay_out.cache_clear()
    assert lay_out(same) == first


@pytest.mark.parametrize("length", [200, 800])
def test_a_label_far_longer_than_its_place_breaks_no_limit(rubric: Rubric, length: int) -> None:
    """It cannot be shown whole; the form must still open and print."""
    item = rubric.tree[0].children[0]
    leaf = item.leaves[-1].model_copy(update={"label": "長" * length})
    node = item.model_copy(update={"label": "長" * length, "children": (leaf,), "cap": leaf.cap})
    changed = rubric.model_copy(update={"tree": (node,)})
    layout = lay_out(Rubric.model_validate(changed.model_dump()))  # a copy keeps what is cached
    assert_rows_and_columns_fit(layout)
    assert_pages_fit(layout)
    assert_boxes_lie_apart_and_inside(layout)


def test_every_page_of_the_reference_form_begins_with_a_leaf_or_a_section(rubric: Rubric) -> None:
    layout = lay_out(rubric)
    beginnings = [layout.keys.get(row) for row in layout.breaks]
    assert all(beginnings), beginnings


def test_the_reference_form_shows_its_texts_word_for_word(rubric: Rubric) -> None:
    shown = [box.text for box in lay_out(rubric).boxes]
    for _, node in rubric.walk():
        for text in (node.printed, node.text, node.notice, *(band.text for band in node.bands)):
            assert not text or any(text in label for label in shown), text


def test_labels_that_run_on_stand_again_on_the_next_page(rubric: Rubric) -> None:
    layout = lay_out(rubric)
    again = {box.row: box.text for box in layout.boxes if box.what == "continued"}
    assert set(again) <= set(layout.breaks)
    assert any(text.endswith("（續）") for text in again.values())


@pytest.mark.parametrize("key", ["measure", "band", "score", "note"])
def test_the_reference_form_names_its_entry_columns(rubric: Rubric, key: str) -> None:
    assert key in [column.key for column in lay_out(rubric).columns]
