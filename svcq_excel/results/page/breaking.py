"""Where the pages of a table end: never so that a bar, or what stands below it, is left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from svcq_excel.form.layout.pages import paginate

_KEPT = 2


def breaks(
    heights: Sequence[float],
    heads: tuple[int, int],
    foot: int,
    page: float,
    tied: Collection[int] = (),
) -> tuple[int, ...]:
    """The rows that begin a page of so many points; `foot` is the row below the table's last,
    `tied` are those that follow a bar."""
    first, last = heads
    ends = min(max(foot - _KEPT, last + 1), foot)
    room = page - sum(heights[first : last + 1])
    below = sum(heights[ends:])
    while below > room and ends < len(heights) - 1:  # too much to stay together
        below -= heights[ends]
        ends += 1
    starts = dict.fromkeys(_free(heights, range(last + 1, ends + 1), tied, room), 0.0)
    return paginate(heights, starts, last + 1, page, last + 1 - first)


def _free(
    heights: Sequence[float], rows: range, tied: Collection[int], room: float
) -> Iterator[int]:
    """The rows that may begin a page: those that are not tied, or too much to stay together."""
    together = 0.0
    for row in rows[: len(heights) - rows.start]:
        together += heights[row]
        if row not in tied or together > room:
            together = heights[row]
            yield row
