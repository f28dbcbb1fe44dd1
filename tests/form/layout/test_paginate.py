"""Pages are planned together: the best way to part the rows, and none left a quarter bare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.form.layout.grid import TOP_ROWS
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.layout.pages import BETWEEN_BANDS, paginate
from svcq_excel.rubric.shipped import load

PAGE, HEADS = 100.0, 10.0
BADNESS = (0.0, 0.3, 1.0, 2.0, 4.0)


def filled(heights: Sequence[float], breaks: Sequence[int], top: int, page: float) -> list[float]:
    """The share of each page that is filled, the heads repeated on all but the first."""
    edges = [0, *breaks, len(heights)]
    heads = [0.0, *(heights[top - 1] for _ in breaks)]
    sums = [sum(heights[a:b]) for a, b in pairwise(edges)]
    return [(head + each) / page for head, each in zip(heads, sums, strict=True)]


def parted(heights: Sequence[float], starts: dict[int, float]) -> Iterator[tuple[int, ...]]:
    """All ways to part the rows into pages, if any."""
    rows = sorted(starts)
    for count in range(len(rows) + 1):
        for breaks in combinations(rows, count):
            if max(filled(heights, breaks, 1, PAGE)) <= 1:
                yield breaks


def bare(heights: Sequence[float], starts: dict[int, float], breaks: Sequence[int]) -> list[int]:
    """The breaks before which a quarter is empty though rows up to a good break would fit."""
    shares = filled(heights, breaks, 1, PAGE)
    found = []
    for first, at, share in zip([0, *breaks], breaks, shares, strict=False):
        more = [*(row for row, bad in starts.items() if bad <= BETWEEN_BANDS), len(heights)]
        room = PAGE - (HEADS if first else 0)
        fitting = [row for row in more if row > at and sum(heights[first:row]) <= room]
        if share < 0.75 and fitting:
            found.append(at)
    return found


@given(
    st.lists(
        st.tuples(st.integers(5, 60), st.sampled_from([None, *BADNESS])), min_size=1, max_size=9
    )
)
def test_pages_are_the_best_of_all_ways_to_part_the_rows(
    rows: list[tuple[int, float | None]],
) -> None:
    heights = [HEADS, *(float(height) for height, _ in rows)]
    starts = {at: bad for at, (_, bad) in enumerate(rows, 1) if bad is not None and at > 1}
    ways = [way for way in parted(heights, starts) if not bare(heights, starts, way)]
    breaks = paginate(heights, starts, 1, PAGE)
    if ways:
        assert breaks in ways
        assert (
            cost(heights, starts, breaks) <= min(cost(heights, starts, way) for way in ways) + 1e-9
        )


def cost(heights: Sequence[float], starts: dict[int, float], breaks: Sequence[int]) -> float:
    shares = filled(heights, breaks, 1, PAGE)[:-1]
    empty = sum(1.6 * (1 - share) + (0 if share > 0.75 else 1.5) for share in shares)
    return empty + sum(starts[row] for row in breaks)


def test_of_rows_that_are_all_alike_only_the_last_page_is_short() -> None:
    assert paginate([10.0] * 26, dict.fromkeys(range(1, 26), 0.0), 1, PAGE) == (10, 19)


def test_what_is_too_long_for_a_page_has_one_of_its_own_and_the_rest_is_planned_on() -> None:
    heights = [HEADS, 50.0, 150.0, 50.0, 50.0]
    assert paginate(heights, dict.fromkeys(range(2, 5), 0.0), 1, PAGE) == (2, 3, 4)


@pytest.mark.parametrize("id", ["wra-105", "khb-106", "hccg-105", "kpw-102"])
def test_no_page_of_a_form_is_a_quarter_empty_where_another_band_or_leaf_had_room(id: str) -> None:
    layout = lay_out(load(id))
    heights, page, leaves = layout.heights, layout.paper.page_pt, set(layout.rubric.leaves)
    begun = {box.row for box in layout.boxes if box.node in leaves and box.what != "continued"}
    shares = filled(heights, layout.breaks, TOP_ROWS, page)
    for first, at, share in zip([0, *layout.breaks], layout.breaks, shares, strict=False):
        more = min((row for row in begun if row > at), default=len(heights))
        room = page - (heights[TOP_ROWS - 1] if first else 0)
        assert share >= 0.75 or sum(heights[first:more]) > room, (id, at, share)
