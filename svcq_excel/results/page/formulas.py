"""The live formulas of the statistics workbook, each with its value as the rubric counts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from svcq_excel.checks.submission import Submission
from svcq_excel.results.page.sheet import Formula
from svcq_excel.results.scoring.committee import counting
from svcq_excel.rubric.exact import rounded
from svcq_excel.rubric.model import Rubric, number

_ROUND = {"half-up": "ROUND", "down": "ROUNDDOWN", "up": "ROUNDUP"}
_NOISE = 9  # decimals beyond which a sum is noise of binary fractions


def scored(rubric: Rubric, forms: Sequence[Submission], cells: str) -> str:
    """原得分, as an expression: the sum of a range or, by the clause, the mean of those of the
    assessors' totals that count."""
    committee = rubric.clauses.committee
    if len(forms) > 1 and committee.combines_totals:
        totals = counting(committee, [form.total for form in forms])
        return f"AVERAGE({','.join(map(number, totals))})"
    return f"SUM({cells})"


def converted(rubric: Rubric, scored: str) -> str:
    """換算, as an expression."""
    return f"{scored}*{number(rubric.full_total)}/{number(rubric.full_score)}"


def total(
    rubric: Rubric, unrounded: str, parts: Iterable[Fraction], value: Fraction, points: str = ""
) -> Formula:
    """總分: with the points in a cell, within what totals may be, rounded as the rubric says.

    Of whole parts it is whole; anything else is freed of the noise of floats before.
    """
    rounding = rubric.clauses.rounding
    if points:
        unrounded = f"MIN(MAX({unrounded}+{points},0),{number(rubric.most_total)})"
    if points or any(part.denominator != 1 for part in (*parts, value)):
        unrounded = f"ROUND({unrounded},{_NOISE})"
        unrounded = f"{_ROUND[rounding.method]}({unrounded},{rounding.places})"
    return Formula(f"={unrounded}", value)


def grade(cell: str, rubric: Rubric, value: str | None) -> Formula:
    """The grade whose lower bound a total reaches."""
    text = '""'
    for step in reversed(rubric.grades):
        name = step.name.replace('"', '""')
        text = f'IF({cell}>={number(step.min)},"{name}",{text})'
    return Formula(f"={text}", value or "")


def difference(minuend: str, subtrahend: str, value: Fraction) -> Formula:
    """One score less another."""
    return Formula(f"={minuend}-{subtrahend}", value)


def apart(minuend: str, subtrahend: str, value: Fraction) -> Formula:
    """The same of means and shares: freed of the noise of floats, that equals differ by nothing."""
    return Formula(f"=ROUND({minuend}-{subtrahend},{_NOISE})", rounded(value, _NOISE))


def completion(done: str, asked: str, not_applicable: str, value: Fraction | None) -> Formula:
    """完成率: what is done of the steps that apply; a stroke where none does."""
    rate = f'=IF({asked}-{not_applicable}=0,"－",{done}/({asked}-{not_applicable}))'
    return Formula(rate, "－" if value is None else value)


def share(part: int, whole: int, value: Fraction | None) -> Formula | str:
    """A rate that shows what it was counted from; a stroke of nothing."""
    return "－" if value is None else Formula(f"={part}/{whole}", value)


def summed_where(heads: str, word: str, cells: str, value: int) -> Formula:
    """The sum of the cells beside which a word stands."""
    return Formula(f'=SUMIF({heads},"{word}",{cells})', Fraction(value))


def visible_mean(cells: str, values: Sequence[Fraction]) -> Formula:
    """The mean of the rows that a filter leaves; of all while nothing is filtered."""
    mean = sum(values, Fraction(0)) / len(values) if values else ""
    return Formula(f'=IFERROR(SUBTOTAL(101,{cells}),"")', mean)


def of_numbers(function: str, cells: str, value: Fraction | str) -> Formula:
    """AVERAGE, MAX or MIN of the numbers among the cells; nothing where there are none."""
    return Formula(f'=IF(COUNT({cells})=0,"",{function}({cells}))', value)


def mean_where(counted: str, cells: str, values: Sequence[Fraction]) -> Formula:
    """The mean of the cells beside which a number stands among those that are counted."""
    mean = sum(values, Fraction(0)) / len(values) if values else ""
    found = f"SUMPRODUCT(--ISNUMBER({counted}),{cells})/COUNT({counted})"
    return Formula(f'=IF(COUNT({counted})=0,"",{found})', mean)


def count_where(cells: str, test: str, value: int) -> Formula:
    """How many numbers pass a test such as >0."""
    return Formula(f'=COUNTIF({cells},"{test}")', Fraction(value))
