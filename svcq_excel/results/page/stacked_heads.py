"""Heads of two rows: a text over its columns, or one text beside them that takes both rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svcq_excel.results.page.sheet import Sheet, SheetCell


@dataclass(frozen=True, slots=True)
class HeadOver:
    """A head over the heads of its columns; without any it is a column's own."""

    text: str
    columns: tuple[str, ...] = ()


def stacked_heads(sheet: Sheet, heads: Sequence[HeadOver]) -> tuple[int, int]:
    """Adds both rows; returns their numbers."""
    upper = [
        SheetCell(head.text if head.columns else "", "head", len(head.columns) or 1)
        for head in heads
    ]
    lower = [SheetCell(text, "head") for head in heads for text in head.columns or (head.text,)]
    rows = sheet.row(upper, 24), sheet.row(lower, 24)
    column = 0
    for head in heads:
        if not head.columns:
            sheet.merge(rows[0], column, rows[1], column, head.text, "head")
        column += len(head.columns) or 1
    return rows
