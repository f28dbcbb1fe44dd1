"""The looks of a title and of a unit's name in a form's head that are too long for their line."""

from __future__ import annotations

from typing import Any

from svcq_excel.form.layout import metrics
from svcq_excel.form.layout.fitting import width
from svcq_excel.form.layout.grid import Box
from svcq_excel.form.layout.heads import title_size
from svcq_excel.form.layout.layout import Layout, lay_out
from svcq_excel.form.styles import FORMATS
from svcq_excel.rubric.model import Rubric

_SIZES_PT = (9, 8, 7, 6, 5)
_LEAST_PT = 8  # what is still read with ease; programs shrink a name on one line to any size
_PX_PER_PT = 96 / 72
_PADDING_PX = 6


def title_look(layout: Layout) -> dict[str, Any]:
    """The cell format for the titles of all sheets, in XlsxWriter's words."""
    box = _box(layout, "title")
    pixels = width(layout.columns, box.column, box.last_column)
    return {**FORMATS["title"], "font_size": title_size(layout.rubric, pixels)}


def unit_name_look(layout: Layout, name: str) -> dict[str, Any]:
    """The cell format for a name, in XlsxWriter's words."""
    box, look = _box(layout, "unit_name"), FORMATS["unit_name"]
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
    return _is_long(layout, _box(layout, "unit_name"), name)


def _box(layout: Layout, what: str) -> Box:
    return next(box for box in layout.boxes if box.what == what)


def _is_long(layout: Layout, box: Box, name: str) -> bool:
    room = width(layout.columns, box.column, box.last_column) - _PADDING_PX
    return metrics.ems(name) * _LEAST_PT * _PX_PER_PT > room
