"""Cells of comparisons: figures of either round, and what changed between them, live."""

from __future__ import annotations

from fractions import Fraction

from svcq_excel.results.comparison.comparing import Column, Comparison, Line, Side
from svcq_excel.results.comparison.wording import points
from svcq_excel.results.model import UNIT_STATUS_WORDS
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Content, SheetCell
from svcq_excel.results.wording import total_look


def change(
    column: Column, before: str, now: str, was: Fraction | None, is_now: Fraction | None
) -> Content:
    """What the cells `now` and `before` differ by."""
    value = column.change(was, is_now)
    if value is None or not column.before or not column.now:
        return None
    if not column.as_shares:
        return formulas.difference(now, before, value)
    shares = (f"{now}/{points(column.now)}", f"{before}/{points(column.before)}")
    return formulas.apart(*shares, value)


def change_look(column: Column, rates: bool = False) -> str:
    return "rate_change" if column.as_shares or rates else "difference"


def whole_change(compared: Comparison, line: Line, before: str, now: str) -> SheetCell:
    """The change of a total whose figures stand in these cells."""
    whole = compared.whole
    totals = [side.total if side else None for side in (line.before, line.now)]
    look = change_look(whole, compared.rubric.is_checklist)
    return SheetCell(change(whole, before, now, *totals), look)


def whole_figure(compared: Comparison, side: Side | None) -> SheetCell:
    """A total, or what stands in its place."""
    if side is None:
        return SheetCell(None, "total")
    if side.total is None:
        return SheetCell(side.status, status_look(side.status))
    if compared.rubric.is_checklist:
        return SheetCell(side.total, "rate")
    return SheetCell(side.total, total_look(compared.rubric, side.total))


def status_look(word: str) -> str:
    """Of a word in the place of a total: 尚缺 2 份."""
    known = (look for look, said in UNIT_STATUS_WORDS.items() if said in word)
    return next(known, "centred")
