"""The live formulas of the statistics workbook, each with its value as the rubric counts it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from svcq_excel.results.sheet import Formula
from svcq_excel.results.totals import PLACES
from svcq_excel.rubric.model import Rubric, number


def total(cells: str, parts: Iterable[Decimal], value: Decimal) -> Formula:
    """The sum of a range; of fractions it is rounded as the total is, for programs add floats."""
    summed = f"SUM({cells})"
    if any(part != part.to_integral_value() for part in parts):
        summed = f"ROUND({summed},{PLACES})"
    return Formula(f"={summed}", value)


def grade(cell: str, rubric: Rubric, value: str | None) -> Formula:
    """The grade whose lower bound a total reaches."""
    text = '""'
    for step in reversed(rubric.grades):
        name = step.name.replace('"', '""')
        text = f'IF({cell}>={number(step.min)},"{name}",{text})'
    return Formula(f"={text}", value or "")


def difference(minuend: str, subtrahend: str, value: Decimal) -> Formula:
    """One score less another."""
    return Formula(f"={minuend}-{subtrahend}", value)


def visible_mean(cells: str, values: list[Decimal]) -> Formula:
    """The mean of the rows that a filter leaves; of all while nothing is filtered."""
    mean = sum(values, Decimal(0)) / len(values) if values else ""
    return Formula(f'=IFERROR(SUBTOTAL(101,{cells}),"")', mean)
