"""How a table is divided into pages: on which paper, at which scale, and which rows and columns
begin one.

All of it is decided here: no office program knows of how many pages a sheet is where several are
printed together. Only the last bit of the scale is left to it, where all columns stand beside one
another: where the letters of the table are missing its columns are wider, and have to fit as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import floor

from svcq_excel.results.page.breaking import breaks

_SLACK = 0.965  # printers round the widths of columns and the heights of rows up
_SIDE_IN, TOP_IN, BOTTOM_IN = 0.4, 0.5, 0.6
"""The margins; those at the sides are the least ones."""
_MOST_BREAKS = 1_000
"""Excel heeds 1,026 of a sheet."""
_FEW, _LESS = 5, 8
_LEAST = 0.77
"""The scale at which the smallest letters, of 9 points, are of almost 7 on paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A format of paper as Excel numbers it, and the room within its margins."""

    number: int
    inches: tuple[float, float]

    @property
    def is_portrait(self) -> bool:
        return self.inches[0] < self.inches[1]

    @property
    def pixels(self) -> float:
        return (self.inches[0] - 2 * _SIDE_IN) * 96 * _SLACK

    @property
    def points(self) -> float:
        return (self.inches[1] - TOP_IN - BOTTOM_IN) * 72 * _SLACK


_A4, _A3, _UPRIGHT = Paper(9, (11.69, 8.27)), Paper(8, (16.54, 11.69)), Paper(9, (8.27, 11.69))
_WIDEST_PX = _A3.pixels / _LEAST


@dataclass(frozen=True, slots=True)
class Pages:
    """The rows and columns that begin a page; `count` is 0 where it is for nobody to say."""

    paper: Paper
    percent: int
    across: int
    """The pixels of all columns together."""
    columns: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    count: int = 0

    @property
    def side_in(self) -> float:
        """The margins at the left and the right between which the columns are of that scale."""
        if self.columns or self.percent == 100:
            return _SIDE_IN
        return max(_SIDE_IN, (self.paper.inches[0] - self.across * self.percent / 9600) / 2)

    def of_rows(
        self,
        heights: Sequence[float],
        heads: tuple[int, int],
        foot: int = 0,
        tied: Collection[int] = (),
        may_shrink: bool = True,
    ) -> Pages:
        """With the rows; what stands below the table begins with the row `foot`. Where letters a
        little smaller save a page of a few, they are smaller, if they still may be."""
        found = self._at(self.percent, heights, heads, foot, tied)
        smaller = max(self.percent - _LESS, round(_LEAST * 100))
        if may_shrink and 1 <= len(found.rows) < _FEW and smaller < self.percent:
            other = self._at(smaller, heights, heads, foot, tied)
            found = other if other.count < found.count else found
        return found if len(found.rows) <= _MOST_BREAKS else self

    def _at(
        self,
        percent: int,
        heights: Sequence[float],
        heads: tuple[int, int],
        foot: int,
        tied: Collection[int],
    ) -> Pages:
        page = self.paper.points * 100 / percent
        rows = breaks(heights, heads, foot or len(heights), page, tied)
        count = (len(rows) + 1) * (len(self.columns) + 1)
        return replace(self, percent=percent, rows=rows, count=count)


def pages_of(widths: Sequence[int], repeated: int, portrait: bool = False) -> Pages:
    """The smallest paper on which all columns can be read beside one another; where there is none,
    as few pages across as it takes, with the first columns on each."""
    for paper in (_UPRIGHT,) if portrait else (_A4, _A3):
        scale = paper.pixels / max(sum(widths), 1)
        if scale >= _LEAST or portrait:
            return Pages(paper, _percent(scale), sum(widths))
    fewest = len(_starts(widths, repeated, _WIDEST_PX))
    # No page is wider than it has to be for as many of them.
    limits = range(max(widths) + sum(widths[:repeated]), floor(_WIDEST_PX))
    at = bisect_left(limits, -fewest, key=lambda px: -len(_starts(widths, repeated, px)))
    widest = limits[at] if at < len(limits) else _WIDEST_PX
    starts = _starts(widths, repeated, widest)
    return Pages(_A3, _percent(_A3.pixels / widest), sum(widths), starts)


def _percent(scale: float) -> int:
    return min(floor(scale * 100), 100)


def _starts(widths: Sequence[int], repeated: int, most: float) -> tuple[int, ...]:
    """The columns that begin a page where none may be wider than this."""
    starts, used = list[int](), 0
    for column, pixels in enumerate(widths):
        if used + pixels > most and column > repeated:
            starts.append(column)
            used = sum(widths[:repeated])
        used += pixels
    return tuple(starts)


def columns_together(widths: Sequence[int], repeated: int) -> int:
    """How many of the first columns stand on one page: texts across a table go no further."""
    starts = pages_of(widths, repeated).columns
    return starts[0] if starts else len(widths)
