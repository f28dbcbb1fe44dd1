"""Where the pages of a printed form break: between leaves where it can be, else between bands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from svcq_excel.form.layout.grid import Box, Role

ANYWHERE, BEFORE_LEAF, BETWEEN_BANDS, AFTER_NOTICE = 0.0, 0.3, 1.0, 2.0
AFTER_HEADING, INSIDE_TEXT = 4.0, 8.0
"""How bad a page break is there; the last two only where a page would be too long otherwise."""

_EMPTY_IS_BAD = 1.6
_BARE, _BARE_IS_BAD = 0.25, 1.5
"""The share of a page from which on it is missed where nothing stands on it."""

_HALF_PT = 20.0
"""Of the advice of three lines, the half."""

CONTINUED = "（續）"
"""How a label ends that stands again on the next page; no part of the wording."""


def paginate(
    heights: Sequence[float],
    starts: Mapping[int, float],
    top_rows: int,
    page: float,
    repeated: int = 1,
) -> tuple[int, ...]:
    """The rows on which a new page begins: of all choices the best for all pages together.

    `heights` and `page` are points; `starts` says how bad it is to begin a page on a row (0 fine,
    1 between bands), rows not in it must follow the one before. The `top_rows` stand on page one;
    the last `repeated` of them, the column heads, again on every page. No page is left a quarter
    empty that more rows would fill, up to a break between bands or a better one.
    """
    down, end = [0.0, *accumulate(heights)], len(heights)
    heads = down[top_rows] - down[top_rows - repeated]
    rows = [top_rows, *sorted(row for row in starts if top_rows < row < end), end]
    least = {top_rows: (0.0, top_rows)}  # by the row that begins a page, and where the one before
    for at, top in enumerate(rows[:-1]):
        if top in least:
            elsewhere = down[top] - heads if at else 0.0
            reach = bisect_right(rows, page + elsewhere, at + 2, key=down.__getitem__)
            filled = {row: (down[row] - elsewhere) / page for row in rows[at + 1 : reach]}
            for row, cost in _ends(filled, starts, end):
                so_far = least[top][0] + cost
                if row not in least or so_far < least[row][0]:
                    least[row] = so_far, top
    breaks, row = [], end
    while (row := least[row][1]) > top_rows:
        breaks.append(row)
    return tuple(reversed(breaks))


def _ends(
    filled: Mapping[int, float], starts: Mapping[int, float], end: int
) -> Iterator[tuple[int, float]]:
    """Where a page may end, and how bad that is, of rows by the share of it that they fill."""
    good = [row for row in filled if row == end or starts[row] <= BETWEEN_BANDS]
    for row, share in filled.items():
        if row == end:
            yield row, 0.0
        elif share > 1 - _BARE:
            yield row, starts[row] + _EMPTY_IS_BAD * (1 - share)
        elif not good or row >= good[-1]:
            yield row, starts[row] + _EMPTY_IS_BAD * (1 - share) + _BARE_IS_BAD


def apart(
    starts: Mapping[int, float], boxes: Sequence[Box], heights: Sequence[float], top_rows: int
) -> dict[int, float]:
    """How bad page breaks are where they would part a block near its middle: what stands there
    would be cut, or LibreOffice prints it over the heads of the next page."""
    down, heads = [0.0, *accumulate(heights)], heights[top_rows - 1]
    bad = dict(starts)
    for box in boxes:
        if box.role in {Role.INPUT, Role.ADVICE} or box.what == "unused":
            middle = (down[box.row] + down[box.last_row + 1]) / 2
            for row in range(box.row + 1, box.last_row + 1):
                if row in starts and -_HALF_PT < down[row] - middle < heads + _HALF_PT:
                    bad[row] = max(starts[row], AFTER_HEADING)
    return bad


def split(box: Box, breaks: Sequence[int]) -> Iterator[Box]:
    """A label that runs on over a page break stands again, as （續）, on the next page.

    Entries are never split: their value has one place.
    """
    inside = [row for row in breaks if box.row < row <= box.last_row]
    if box.what not in {"sum", "level"} or box.node is None or not inside:
        yield box
        return
    yield replace(box, last_row=inside[0] - 1)
    text = f"{box.node.printed}\n{CONTINUED}"
    for top, end in pairwise([*inside, box.last_row + 1]):
        yield replace(box, what="continued", role=Role.LABEL, row=top, last_row=end - 1, text=text)
