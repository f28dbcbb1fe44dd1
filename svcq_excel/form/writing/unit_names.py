"""A unit's name in the head of its form: one that is too long for its line gets two or three."""

from __future__ import annotations

from typing import Any

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.fitting import width
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.styles import FORMATS
from svcq_excel.rubric.model import Rubric

_SIZES_PT = (9, 8, 7, 6, 5)
_LEAST_PT = 8  # what is still read with ease; programs shrink a name on one line to any size
_PX_PER_PT = 96 / 72
_PADDING_PX = 6


def unit_name_look(layout: Layout, name: str) -> dict[str, Any]:
    """The cell format for a name, in XlsxWriter's words."""
    box, look = _box(layout), FORMATS["unit_name"]
    if not _is_long(layout, box, name):
        return look
    pixels = width(layout.columns, box.column, box.last_column)
    sizes = (
        size
        for size in _SIZES_PT
        if metrics.line_count(name, (pixels - _PADDING_PX) / (size * _PX_PER_PT))
        * (size * metrics.LINE)
        <= layout.heights[box.row]
    )
    return {**look, "font_size": next(sizes, _SIZES_PT[-1]), "shrink": False, "text_wrap": True}


def needs_its_own_look(rubric: Rubric, name: str) -> bool:
    """Whether the look that serves other units' names would make this one too small to read."""
    layout = lay_out(rubric)
    return _is_long(layout, _box(layout), name)


def _box(layout: Layout) -> Box:
    return next(box for box in layout.boxes if box.what == "unit_name")


def _is_long(layout: Layout, box: Box, name: str) -> bool:
    room = width(layout.columns, box.column, box.last_column) - _PADDING_PX
    return metrics.ems(name) * _LEAST_PT * _PX_PER_PT > room
