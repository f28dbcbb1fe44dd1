"""Where the figures of each chart stand on the sheet that holds them, one table below another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from svcq_excel.results.charts.framing import Frame, framed
from svcq_excel.results.charts.model import Chart

LABELS, FIRST = 1, 2
"""The columns of what a chart shows of each category, and of its first figures."""
SPREAD = "全距"
HEADS = 2
"""Rows above the first table: the sheet's title and what it is for."""
_AROUND = 3
"""Rows of a table that are no category: its bar, its heads, a gap."""


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

    def column_of_bound(self, at: int) -> int:
        return len(self.heads) - len(self.chart.bounds) + at


def tables_of(charts: Sequence[Chart]) -> tuple[ChartTable, ...]:
    return tuple(_placed(charts))


def _placed(charts: Iterable[Chart]) -> Iterator[ChartTable]:
    row = HEADS
    for chart in charts:
        table = ChartTable(chart, framed(chart), row + _AROUND - 1)
        yield table
        row = table.last + 2
