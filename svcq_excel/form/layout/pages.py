"""Where the pages of a printed form break: between leaves where it can be, else between bands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from svcq_excel.form.layout.grid import Box, Role

_A4_LANDSCAPE_PT = 595.0
_MARGINS_PT = 82.0  # top, bottom and the footer
_SLACK = 0.95  # printers and office programs round row heights differently

PAGE_PT = (_A4_LANDSCAPE_PT - _MARGINS_PT) * _SLACK

_EMPTY_IS_BAD = 1.6

CONTINUED = "（續）"
"""How a label ends that stands again on the next page; no part of the wording."""


def paginate(
    heights: Sequence[float],
    starts: Mapping[int, float],
    top_rows: int,
    repeated: int = 1,
    page: float = PAGE_PT,
) -> tuple[int, ...]:
    """The rows on which a new page begins.

    `heights` and `page` are points; `starts` says how bad it is to begin a page on a row (0 fine,
    1 a last resort), rows not in it must follow the one before. The `top_rows` stand on page one;
    the last `repeated` of them, the column heads, again on every page.
    """
    breaks: list[int] = []
    top, used = top_rows, sum(heights[:top_rows])
    while True:
        candidates: list[tuple[float, int]] = []
        filled = used
        for row in range(top, len(heights)):
            if row > top and row in starts and filled <= page:
                candidates.append((starts[row] + _EMPTY_IS_BAD * (1 - filled / page), row))
            filled += heights[row]
            if filled > page:
                break
        if filled <= page or not candidates:
            return tuple(breaks)
        top = min(candidates)[1]
        breaks.append(top)
        used = sum(heights[top_rows - repeated : top_rows])


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
