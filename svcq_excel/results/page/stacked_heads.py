"""Heads of two rows: a text over its columns, or one text beside them that takes both rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svcq_excel.form.layout import metrics
from svcq_excel.results.page.sheet import Sheet, SheetCell
from svcq_excel.results.page.styles import size_of

_STEP, _MOST_PX = 2, 400  # a head of more lines than fit is high however wide it is


MOST_PT = 54.0
"""What heads may be high, so that a small screen shows the table below them: else they get wide."""


@dataclass(frozen=True, slots=True)
class HeadOver:
    """A head over the heads of its columns; without any it is a column's own."""

    text: str
    columns: tuple[str, ...] = ()


def wide_enough(text: str, look: str, least: int, most_pt: float = MOST_PT) -> int:
    """The pixels of the narrowest column, from `least` on, over which a head is not too high."""
    size, widths = size_of(look), range(least, max(least, _MOST_PX) + 1, _STEP)
    return next((px for px in widths if metrics.height(text, px, size) <= most_pt), least)


def stacked_heads(
    sheet: Sheet, heads: Sequence[HeadOver], look: str = "head", more: float = 0
) -> tuple[int, int]:
    """Adds both rows, the lower one in this look and `more` points high; returns their numbers."""
    upper = [
        SheetCell(head.text if head.columns else "", "head", len(head.columns) or 1)
        for head in heads
    ]
    lower = [SheetCell(text, look) for head in heads for text in head.columns or (head.text,)]
    rows = sheet.row(upper, 20), sheet.row(lower, 24, more)
    column = 0
    for head in heads:
        if not head.columns:
            sheet.merge(rows[0], column, rows[1], column, head.text, look)
        column += len(head.columns) or 1
    return rows
