"""Where the pages of a long table end: never so that what stands below it is left alone."""

from __future__ import annotations

from collections.abc import Sequence

from svcq_excel.form.layout.pages import paginate

_PAGE_PT = 500.0
"""The height of A4 across within the margins of `Sheet.finish` (516), with a little to spare."""
_WIDEST_LINE_PX = 1045
"""What A4 across has at most: a wider table is printed smaller, and more rows of it on a page."""
_KEPT = 2


def breaks(
    heights: Sequence[float], heads: tuple[int, int], foot: int, pixels: float
) -> tuple[int, ...]:
    """The rows that begin a page, of a table as wide as this; `foot` is the row below its last."""
    first, last = heads
    page = _PAGE_PT * max(pixels / _WIDEST_LINE_PX, 1)
    ends = min(max(foot - _KEPT, last + 1), foot)
    starts = dict.fromkeys(range(last + 1, ends + 1), 0.0)
    return paginate(heights, starts, last + 1, last + 1 - first, page)
