"""A chart as SVG: a row a category, bars from left to right, bounds as lines from top to bottom.

It takes its ink from the page around it, light or dark; what its series are is told by patterns,
so that nothing is lost in grey. Texts are escaped, and none is wider than its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from svcq_excel.form.layout import metrics
from svcq_excel.results.charts.fitting import cut, figure, lines, ticks
from svcq_excel.results.charts.model import Chart
from svcq_excel.results.charts.svg_marks import (
    DASHES,
    escaped,
    flat,
    patterns,
    px,
    rectangle,
    said,
    sign,
    upright,
    way,
)

WIDTH = 900
_NAMES = 270
_SIZE, _LINE = 14.0, 18
EM = _SIZE * 1.12
"""Pixels an em, as the metrics count them: letters of screens are wider than those of 標楷體."""
_BAR, _BESIDE, _BETWEEN = 16, 2, 10
_EDGE = 8


class _Name(NamedTuple):
    """A bound's name, where its middle and its foot are."""

    text: str
    middle: float
    foot: float
    line: float


class _Frame(NamedTuple):
    """Where figures stand: from `left` on, over a width of `width`."""

    chart: Chart
    left: float
    width: float

    def x(self, value: Fraction) -> float:
        axis = self.chart.axis
        share = float((value - axis.least) / (axis.most - axis.least))
        return self.left + self.width * min(max(share, 0), 1)


def svg(chart: Chart, key: str) -> str:
    """The element, to stand in a page; `key` tells it from the page's other charts."""
    frame = _frame(chart)
    names, top = _names(frame)
    legend, top = _legend(chart, key, top)
    rows, bottom = _rows(frame, key, top)
    height = bottom + 2 * _LINE + _EDGE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {px(height)}" role="img" '
        f'class="chart" aria-labelledby="{key}-t {key}-d" font-size="{px(_SIZE)}" '
        f'fill="currentColor"><title id="{key}-t">{escaped(chart.title)}</title>'
        f'<desc id="{key}-d">{escaped(chart.alternative)}</desc>'
        f"<defs>{''.join(patterns(key))}</defs>"
    )
    parts = (*legend, *_scale(frame, top, bottom), *_bounds(names, bottom), *rows)
    return f"{head}{''.join(parts)}</svg>"


def _frame(chart: Chart) -> _Frame:
    wanted = max((metrics.ems(name) for name in chart.categories), default=0) * EM + 2 * _EDGE
    left = min(wanted, _NAMES)
    beside = (
        max((metrics.ems(figure(value, chart.axis)) for value in chart.figures), default=0) * EM
    )
    return _Frame(chart, left, WIDTH - left - beside - 2 * _EDGE)


def _names(frame: _Frame) -> tuple[list[_Name], float]:
    """The bounds' names on as many lines as keep them apart; where what follows begins."""
    ends: list[float] = []
    found = []
    for bound in sorted(frame.chart.bounds, key=lambda each: each.value):
        text = cut(bound.name, (WIDTH - 2 * _EDGE) / EM)
        half, line = metrics.ems(text) * EM / 2, frame.x(bound.value)
        middle = min(max(line, half), WIDTH - half)
        free = (at for at, end in enumerate(ends) if end + _EDGE < middle - half)
        level = next(free, len(ends))
        ends[level : level + 1] = [middle + half]
        found.append(_Name(text, middle, float((level + 1) * _LINE - 4), line))
    return found, float(len(ends) * _LINE + (_EDGE if ends else 0))


def _bounds(names: list[_Name], bottom: float) -> Iterator[str]:
    for at, name in enumerate(names):
        yield upright(name.line, name.foot + 4, bottom, DASHES[at % len(DASHES)])
    yield from (said(name.text, name.middle, name.foot, "middle") for name in names)


def _legend(chart: Chart, key: str, top: float) -> tuple[list[str], float]:
    """What the patterns are, where there are several; where what follows begins."""
    if len(chart.series) == 1:
        return [], top
    found, x, foot = [], float(_EDGE), top + _LINE
    for at, each in enumerate(chart.series):
        name = cut(each.name, WIDTH / EM - 4)
        room = metrics.ems(name) * EM + 24
        if x > _EDGE and x + room > WIDTH - _EDGE:
            x, foot = float(_EDGE), foot + _LINE
        spans = chart.shape in {"spans", "lines"}
        found += [sign(at, x + 8, foot - 5) if spans else rectangle(x, foot - 12, 16, 13, at, key)]
        found.append(said(name, x + 22, foot))
        x += room + 2 * _EDGE
    return found, foot + 2 * _EDGE


def _rows(frame: _Frame, key: str, top: float) -> tuple[list[str], float]:
    """Every category's name and bars; where the last one ends."""
    chart, found, begun = frame.chart, list[str](), top
    beside = len(chart.series) if chart.shape == "columns" else 1
    bars = beside * _BAR + (beside - 1) * _BESIDE
    for at, category in enumerate(chart.categories):
        name = lines(category, (frame.left - 2 * _EDGE) / EM, 2)
        room = max(bars, len(name) * _LINE)
        foot = top + (room - len(name) * _LINE) / 2 + _LINE - 4
        found.append(f"<g><title>{escaped(category)}</title>")
        for line, text in enumerate(name):
            found.append(said(text, frame.left - _EDGE, foot + line * _LINE, "end"))
        found += _marks(frame, at, key, top + (room - bars) / 2)
        found.append("</g>")
        top += room + _BETWEEN
    if chart.shape == "lines":
        middles = [
            begun + (top - begun) * (2 * at + 1) / (2 * len(chart.categories))
            for at in range(len(chart.categories))
        ]
        found = [*_ways(frame, middles), *found]
    return found, top


def _ways(frame: _Frame, middles: list[float]) -> Iterator[str]:
    """A line a series, from category to category; it is broken where one has no figure."""
    for which, each in enumerate(frame.chart.series):
        points = list[tuple[float, float]]()
        for value, middle in zip((*each.values, None), (*middles, 0.0), strict=True):
            if value is not None:
                points.append((frame.x(value), middle))
            elif points:
                yield way(points, which)
                points = []


def _marks(frame: _Frame, at: int, key: str, top: float) -> Iterator[str]:
    values = [each.values[at] for each in frame.chart.series]
    match frame.chart.shape:
        case "spans":
            yield from _span(frame, values, top + _BAR / 2)
        case "stacked":
            yield from _stack(frame, values, key, top)
        case "columns":
            yield from _beside(frame, values, key, top)
        case "lines":
            for which, value in enumerate(values):
                if value is not None:
                    yield sign(which, frame.x(value), top + _BAR / 2)


def _beside(frame: _Frame, values: list[Fraction | None], key: str, top: float) -> Iterator[str]:
    start = frame.x(Fraction(0))
    for which, value in enumerate(values):
        if value is not None:
            end, y = frame.x(value), top + which * (_BAR + _BESIDE)
            yield rectangle(min(start, end), y, abs(end - start), _BAR, which, key)
            yield said(figure(value, frame.chart.axis), max(start, end) + 5, y + _BAR - 3)


def _stack(frame: _Frame, values: list[Fraction | None], key: str, top: float) -> Iterator[str]:
    """A figure stands in its part where there is room; in the chart's table it always does."""
    sofar = Fraction(0)
    for which, value in enumerate(values):
        if value:
            start, end = frame.x(sofar), frame.x(sofar + value)
            sofar += value
            yield rectangle(start, top, end - start, _BAR, which, key)
            text = figure(value, frame.chart.axis)
            if metrics.ems(text) * EM + _EDGE < end - start:
                yield said(text, (start + end) / 2, top + _BAR - 3, "middle")


def _span(frame: _Frame, values: list[Fraction | None], middle: float) -> Iterator[str]:
    known = [(which, value) for which, value in enumerate(values) if value is not None]
    if known:
        xs = [frame.x(value) for _, value in known]
        most = max(value for _, value in known)
        yield flat(middle, min(xs), max(xs))
        yield said(figure(most, frame.chart.axis), max(xs) + _EDGE, middle + 5)
        yield from (sign(which, frame.x(value), middle) for which, value in known)


def _scale(frame: _Frame, top: float, bottom: float) -> Iterator[str]:
    axis, foot = frame.chart.axis, bottom + _LINE
    for tick in ticks(axis):
        yield upright(frame.x(tick), top, bottom, opacity=".15" if tick else ".6")
        yield said(figure(tick, axis), frame.x(tick), foot, "middle")
    title = cut(axis.title, frame.width / EM)
    yield said(title, frame.left + frame.width / 2, foot + _LINE, "middle")
