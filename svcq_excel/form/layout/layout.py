"""The one layout of the sheet 評分表: for a rubric, what stands in which cell, and in which role.

Writer, reader and correction forms walk its boxes; no other file holds a coordinate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from svcq_excel.form.layout.building import Builder
from svcq_excel.form.layout.fitting import needed
from svcq_excel.form.layout.grid import Layout
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.once_a_form import OnceAForm


@OnceAForm
def lay_out(rubric: Rubric) -> Layout:
    """The layout of a rubric's blank form; it depends on nothing but the rubric."""
    return Builder(rubric, {}).build()


def lay_out_with(rubric: Rubric, texts: Mapping[tuple[str, str], str]) -> Layout:
    """The layout of a form in which these texts stand already, by the places of their entries.

    Where they need more room, rows are higher than in the blank form, and of a leaf there are more
    where the ones that it has cannot be high enough; everything else stands as it stands there.
    """
    blank = lay_out(rubric)
    for place, text in texts.items():
        if (box := blank.entries.get(place)) and text:
            rows = blank.heights[box.row : box.last_row + 1]
            if needed(replace(box, text=text), blank.columns, rubric) > sum(rows):
                return Builder(rubric, texts).build()
    return blank
