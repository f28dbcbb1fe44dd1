"""A chart as spreadsheet programs draw it, of the cells that hold its figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart as ExcelChart

from svcq_excel.form.layout import metrics
from svcq_excel.palette import FONT, INK, LINE
from svcq_excel.results.charts.fitting import figure, tick_step
from svcq_excel.results.charts.framing import EM, GAP, SIZE_PT, TITLE_PT, Frame, has_legend
from svcq_excel.results.charts.model import Chart, Series
from svcq_excel.results.charts.tables import ChartCells, spreads
from svcq_excel.rubric.node import json_number

_TEXT = {"name": FONT, "size": SIZE_PT, "color": f"#{INK}"}
_UPWARDS = {**_TEXT, "rotation": -90}
_EDGE = {"color": f"#{INK}", "width": 0.75}
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "#A3ABBA"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": f"#{INK}", "bg_color": "#FFFFFF"}},
    {"fill": {"color": f"#{INK}"}},
    {"fill": {"color": "#FFFFFF"}},
)
"""Four that differ in grey; LibreOffice makes stripes of other patterns, too."""
_DASHES = ("dash", "round_dot", "dash_dot", "square_dot", "long_dash", "long_dash_dot")
_DASHES_OF_SERIES = ("solid", "dash", "square_dot", "dash_dot", "long_dash_dot_dot")
_MARKS = ("circle", "diamond", "square", "triangle", "x")
_NOTHING = {"none": True}


def native(
    workbook: xlsxwriter.Workbook, chart: Chart, frame: Frame, cells: ChartCells
) -> ExcelChart:
    """The chart, to be put on a sheet."""
    if chart.shape == "lines":
        drawn = workbook.add_chart({"type": "line"})
        _add_series_as_lines(drawn, chart, cells)
        _set_up(drawn, chart, frame)
        return drawn
    drawn = workbook.add_chart(_kind(chart))
    _add_bars(drawn, chart, frame, cells)
    if chart.shape == "spans" or chart.bounds:
        lines = workbook.add_chart({"type": "line"})
        _add_lines(lines, chart, frame, cells)
        drawn.combine(lines)
    _set_up(drawn, chart, frame)
    return drawn


def _kind(chart: Chart) -> dict[str, str]:
    kind = {"type": "bar" if chart.lying else "column"}
    return kind if chart.shape == "columns" else {**kind, "subtype": "stacked"}


def _add_series_as_lines(drawn: ExcelChart, chart: Chart, cells: ChartCells) -> None:
    """Each with a mark and dashes of its own; their names are cut to what the legend shows."""
    for at, each in enumerate(chart.series):
        edge = {"color": f"#{INK}", "width": 1.5, "dash_type": _DASHES_OF_SERIES[at % 5]}
        filled = {"color": f"#{INK}" if at % 2 == 0 else "#FFFFFF"}
        mark = {"type": _MARKS[at % 5], "size": 8, "border": _EDGE, "fill": filled}
        place = {**cells.series(cells.figures[at], each.values), "name": each.name}
        drawn.add_series({**place, "line": edge, "marker": mark})


def _add_bars(drawn: ExcelChart, chart: Chart, frame: Frame, cells: ChartCells) -> None:
    if chart.shape == "spans":
        lowest, _, highest = (each.values for each in chart.series)
        below = {"fill": _NOTHING, "border": _NOTHING, "gap": GAP}
        drawn.add_series({**cells.series(cells.figures[0], lowest), **below})
        spread = cells.series(cells.spread, spreads(lowest, highest))
        drawn.add_series({**spread, **_FILLS[0], "border": _EDGE})
        return
    font = _UPWARDS if frame.figures_turned and not chart.lying else _TEXT
    labels: dict[str, Any] = {
        "value": True,
        "font": font,
        "num_format": _number_format(chart),
        "fill": {"color": "#FFFFFF"},
    }
    if chart.shape == "columns":
        labels["position"] = "outside_end"
    for at, each in enumerate(chart.series):
        said = (
            labels
            if chart.shape == "columns"
            else {**labels, "custom": _fitting(frame, chart, each)}
        )
        look = {**_FILLS[at % len(_FILLS)], "border": _EDGE, "data_labels": said}
        drawn.add_series({**cells.series(cells.figures[at], each.values), **look, "gap": GAP})


def _fitting(frame: Frame, chart: Chart, series: Series) -> list[dict[str, bool] | None]:
    """Which parts of a stack are too small for their figure."""
    most = chart.axis.most
    rooms = (float((value or 0) / most) * frame.plot for value in series.values)
    texts = (figure(value or Fraction(0), chart.axis) for value in series.values)
    return [
        None if metrics.ems(text) * EM + 2 <= room else {"delete": True}
        for room, text in zip(rooms, texts, strict=True)
    ]


def _add_lines(lines: ExcelChart, chart: Chart, frame: Frame, cells: ChartCells) -> None:
    """Bounds, and the marks of spans."""
    if chart.shape == "spans":
        mark = {"type": "diamond", "size": 8, "fill": {"color": f"#{INK}"}, "border": _EDGE}
        middle = cells.series(cells.figures[1], chart.series[1].values)
        lines.add_series({**middle, "line": _NOTHING, "marker": mark})
    for at, (column, bound) in enumerate(zip(cells.bounds, chart.bounds, strict=True)):
        line = {"color": f"#{INK}", "width": 1.5, "dash_type": _DASHES[at % len(_DASHES)]}
        look: dict[str, Any] = {"line": line, "marker": {"type": "none"}}
        if frame.bounds_named:
            look["data_labels"] = {
                "series_name": True,
                "position": "right",
                "font": _TEXT,
                "custom": [{"delete": True}] * (frame.slots - 1),
            }
        lines.add_series({**cells.series(column, [bound.value] * frame.slots), **look})


def _set_up(drawn: ExcelChart, chart: Chart, frame: Frame) -> None:
    drawn.set_title(
        {
            "name": chart.title,
            "name_font": {**_TEXT, "size": TITLE_PT, "bold": True},
            "overlay": True,
            "layout": None,
        }
    )
    drawn.set_size({"width": round(frame.width), "height": round(frame.height)})
    axis = chart.axis
    of_categories = {
        "num_font": {**_TEXT, "rotation": -90 if frame.turned else 0},
        "label_position": "low",
        "major_tick_mark": "none",
        "line": _EDGE,
        "major_gridlines": {"visible": False},
        # Of bars that lie, the first category is the uppermost, and figures stand below the last.
        **({"reverse": True, "crossing": "max"} if chart.lying else {}),
    }
    of_figures = {
        "name": axis.title,
        "name_font": {**_TEXT, "bold": False},
        "num_font": _TEXT,
        "num_format": "0%" if axis.percent else "General",
        "min": json_number(axis.least),
        "max": json_number(axis.most),
        "major_unit": json_number(tick_step(axis)),
        "major_gridlines": {"visible": True, "line": {"color": "#D5DAE3", "width": 0.5}},
        "line": {"color": f"#{LINE}", "width": 0.5},
    }
    drawn.set_x_axis(of_figures if chart.lying else of_categories)
    drawn.set_y_axis(of_categories if chart.lying else of_figures)
    legend: dict[str, Any] = {"position": "bottom", "font": _TEXT}
    if chart.shape == "spans":
        legend["delete_series"] = [0]
    drawn.set_legend(legend if has_legend(chart) else _NOTHING)
    drawn.set_plotarea(
        {
            "layout": {
                "x": frame.left / frame.width,
                "y": frame.top / frame.height,
                "width": (frame.width - frame.left - frame.right) / frame.width,
                "height": (frame.height - frame.top - frame.bottom) / frame.height,
            }
        }
    )
    drawn.set_chartarea({"border": {"color": f"#{LINE}"}})
    drawn.show_blanks_as("gap")


def _number_format(chart: Chart) -> str:
    times = 100 if chart.axis.percent else 1
    decimals = "0" if all((value * times).denominator == 1 for value in chart.figures) else "0.00"
    return decimals + ("%" if chart.axis.percent else "")
