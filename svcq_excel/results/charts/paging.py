"""Charts too high for a page are drawn as several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from svcq_excel.results.charts.framing import framed
from svcq_excel.results.charts.model import Chart, Series

MOST_PX = 560
"""With its words below it, such a chart fills a page."""


def on_pages(chart: Chart) -> Iterator[Chart]:
    """The chart, or parts of it about equally long."""
    frame, rows = framed(chart), len(chart.categories)
    around = frame.top + frame.bottom
    most = max(int((MOST_PX - around) / (frame.height - around) * rows), 1)
    if not chart.lying or rows <= most:
        yield chart
        return
    pieces = -(-rows // most)
    for start, end in pairwise(round(at * rows / pieces) for at in range(pieces + 1)):
        yield replace(
            chart,
            title=f"{chart.title}（第 {start + 1}～{end} 項，共 {rows} 項）",
            categories=chart.categories[start:end],
            series=tuple(Series(each.name, each.values[start:end]) for each in chart.series),
        )
