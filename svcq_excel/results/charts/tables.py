"""Where the figures of a chart stand; on the sheet that holds those of all charts, one table lies
below another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from svcq_excel.results.charts.framing import Frame, framed
from svcq_excel.results.charts.model import Chart
from svcq_excel.rubric.node import json_number

LABELS, FIRST = 1, 2
"""The columns of what a chart shows of each category, and of its first figures."""
SPREAD = "全距"
HEADS = 2
"""Rows above the first table: the sheet's title and what it is for."""
_AROUND = 3
"""Rows of a table that are no category: its bar, its heads, a gap."""


@dataclass(frozen=True, slots=True)
class ChartCells:
    """What a native chart is drawn of: the first and the last row, and columns."""

    sheet: str
    first: int
    last: int
    labels: int
    figures: tuple[int, ...]
    bounds: tuple[int, ...] = ()

    @property
    def spread(self) -> int:
        """Of spans: it stands behind the highest figures."""
        return self.figures[-1] + 1

    def of(self, column: int) -> str:
        """The address of a column's figures."""
        return self._address(self.first, column, self.last)

    def head(self, column: int) -> str:
        return self._address(self.first - 1, column, self.first - 1)

    def series(self, column: int, values: Sequence[Fraction | None]) -> dict[str, Any]:
        """In XlsxWriter's words; where nothing stands, a chart does not keep a 0."""
        kept = [None if value is None else json_number(value) for value in values]
        return {
            "name": self.head(column),
            "categories": self.of(self.labels),
            "values": self.of(column),
            "values_data": [*kept, *[None] * (self.last + 1 - self.first - len(kept))],
        }

    def _address(self, first: int, column: int, last: int) -> str:
        return f"={quote_sheetname(self.sheet)}!{xl_range_abs(first, column, last, column)}"


class RowCells(ChartCells):
    """The same of a table in which a series is a row and a category a column: `first` and `last`
    are columns, `labels` is the row of heads, `figures` are rows."""

    def _address(self, first: int, column: int, last: int) -> str:
        return f"={quote_sheetname(self.sheet)}!{xl_range_abs(column, first, column, last)}"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A chart's figures; rows count from nothing."""

    chart: Chart
    frame: Frame
    first: int
    """The row of its first category."""

    @property
    def last(self) -> int:
        return self.first + self.frame.slots - 1

    @property
    def heads(self) -> tuple[str, ...]:
        return (
            self.chart.over,
            "圖上標示",
            *(each.name for each in self.chart.series),
            *([SPREAD] if self.chart.shape == "spans" else []),
            *(bound.name for bound in self.chart.bounds),
        )

    def cells(self, sheet: str) -> ChartCells:
        """Where they are, on a sheet of this name."""
        bounds, series = len(self.chart.bounds), len(self.chart.series)
        ends = range(len(self.heads) - bounds, len(self.heads))
        figures = tuple(range(FIRST, FIRST + series))
        return ChartCells(sheet, self.first, self.last, LABELS, figures, tuple(ends))


def spreads(
    lowest: Sequence[Fraction | None], highest: Sequence[Fraction | None]
) -> list[Fraction | None]:
    """全距, where both are known."""
    pairs = zip(lowest, highest, strict=True)
    return [None if low is None or high is None else high - low for low, high in pairs]


def tables_of(charts: Sequence[Chart]) -> tuple[ChartTable, ...]:
    return tuple(_placed(charts))


def _placed(charts: Iterable[Chart]) -> Iterator[ChartTable]:
    row = HEADS
    for chart in charts:
        table = ChartTable(chart, framed(chart), row + _AROUND - 1)
        yield table
        row = table.last + 2
