"""How large a native chart is, where its figures stand in it, and labels that fit beside them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.fitting import CUT, cut, figure, lines, width
from svcq_excel.results.charts.model import Chart

SIZE_PT, TITLE_PT = 10, 13
EM = SIZE_PT * 96 / 72
"""Pixels an em of all texts but the title."""
LINE_PX = EM * metrics.LINE
MOST_PX, _LEAST_PX = 1000, 560
_TITLE_PX, _EDGE = 44, 12
_LOWEST, _HIGHEST, _SHAPE = 370, 470, 0.55
"""Of columns, and how high a chart is of its width: the highest one fills a page."""
_LEAST_SLOT, _ON_ONE_LINE, _MOST_SLOT = 70, 120, 300
_LINES, _TURNED_EMS, _NAME_EMS = 3, 15.0, 20.0
_BAR_PX, _GAP_PX = 18, 8
_LEAST_PLOT_PX = 200
_SAFETY = 0.85
"""Of its place, what programs let a label have before they break it themselves."""
GAP = 60
"""Percent of a bar that lie between the bars of two categories."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything in pixels; what is left of a chart beside `left`, `top`, `right`, `bottom` is
    where its figures stand."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    labels: tuple[str, ...]
    """Of the categories, in lines."""
    turned: bool
    """Whether the labels are written upwards."""
    figures_turned: bool
    bounds_named: bool
    """Whether there is room for a bound's name at the end of its line."""

    @property
    def slots(self) -> int:
        return len(self.labels)

    @property
    def plot(self) -> float:
        """The length of the axis of figures, of bars that lie."""
        return self.width - self.left - self.right

    @property
    def slot(self) -> float:
        """How much each category has of the axis, of columns."""
        return self.plot / self.slots


def framed(chart: Chart) -> Frame:
    return _lying(chart) if chart.lying else _standing(chart)


def _standing(chart: Chart) -> Frame:
    """Columns; where there are bounds, one place is left free for their names."""
    names = [*chart.categories, *([""] if chart.bounds else [])]
    left = _widest(chart, [chart.axis.least, chart.axis.most]) + LINE_PX + 2 * _EDGE
    named = max((metrics.ems(bound.name) * EM for bound in chart.bounds), default=0)
    right = named + _EDGE
    longest = max(map(width, names)) * EM / _SAFETY
    wanted = max(min(longest, _ON_ONE_LINE), longest / _LINES + EM)
    each = min(max(wanted, _LEAST_SLOT), _MOST_SLOT)
    wide = min(max(left + right + len(names) * each, _LEAST_PX), MOST_PX)
    if chart.shape == "lines":  # their names lie beside one another below it
        wide = MOST_PX
    slot = (wide - left - right) / len(names)
    labels, turned = _labels(names, slot)
    room = max(map(width, labels)) * EM if turned else _most_lines(labels) * LINE_PX
    figures = _widest(chart, chart.figures)
    beside = len(chart.series) if chart.shape == "columns" else 1
    upwards = figures + 4 > slot / (beside + (GAP / 100 if beside > 1 else 0))
    top = _TITLE_PX + (figures if upwards else LINE_PX) + 4
    bottom = room + _EDGE + _legend_px(chart)
    return Frame(
        wide,
        min(max(wide * _SHAPE, _LOWEST), _HIGHEST),
        left,
        top,
        right,
        bottom,
        labels,
        turned,
        upwards,
        _are_apart(chart),
    )


def _labels(names: list[str], slot: float) -> tuple[tuple[str, ...], bool]:
    """In lines where that shows all of them, else upwards."""
    broken = [lines(name, max(slot * _SAFETY / EM, 1.0), _LINES) for name in names]
    if not any(CUT in line for label in broken for line in label):
        return tuple("\n".join(label) for label in broken), False
    return tuple(cut(name, _TURNED_EMS) for name in names), True


def _lying(chart: Chart) -> Frame:
    labels = tuple("\n".join(lines(name, _NAME_EMS, 2)) for name in chart.categories)
    beside = len(chart.series) if chart.shape == "columns" else 1
    slot = max(beside * _BAR_PX, _most_lines(labels) * LINE_PX) + _GAP_PX
    bottom = 2 * LINE_PX + 2 * _EDGE + _legend_px(chart)
    left = max(map(width, labels)) * EM + 2 * _EDGE
    right = _widest(chart, chart.figures) + 2 * _EDGE
    high = _TITLE_PX + len(labels) * slot + bottom
    return Frame(MOST_PX, high, left, _TITLE_PX, right, bottom, labels, False, False, False)


def _widest(chart: Chart, values: list[Fraction]) -> float:
    return max((metrics.ems(figure(value, chart.axis)) for value in values), default=1) * EM


def _most_lines(labels: tuple[str, ...]) -> int:
    return max(label.count("\n") + 1 for label in labels)


def _legend_px(chart: Chart) -> float:
    return LINE_PX + _EDGE if has_legend(chart) else 0


def has_legend(chart: Chart) -> bool:
    return len(chart.series) > 1 or not _are_apart(chart)


def _are_apart(chart: Chart) -> bool:
    """Whether the names of the bounds have a line of their own each."""
    axis = chart.axis
    heights = sorted((b.value - axis.least) / (axis.most - axis.least) for b in chart.bounds)
    return all((above - below) * _LEAST_PLOT_PX >= LINE_PX for below, above in pairwise(heights))
