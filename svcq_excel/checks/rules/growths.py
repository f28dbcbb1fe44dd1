"""成長率: the figures of this year and last year that a rate is counted from."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.answers import Answer, CheckedForm, read_figure
from svcq_excel.checks.examples import edit
from svcq_excel.checks.numerals import NumberReading
from svcq_excel.checks.rule import ScoreRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import Cell
from svcq_excel.form.writing.validations import YEARS
from svcq_excel.rubric.model import Growth, number

_CLAUSE = "考核項目：成長率計算式"
_LEAF = "B2.1.2"
_NO_RATE = "因此不計算成長率"

Figure = tuple[str, Cell, NumberReading]
"""本年度 or 上年度, the cell, and what it means as a number."""


class GrowthNotANumber(ScoreRule):
    """The rate decides nothing, so a figure that cannot be read keeps no form back."""

    code = "growth-not-a-number"
    severity = "warning"
    title = "成長率的年度數據無法判讀"
    clause = _CLAUSE
    shown_on = "hccg-105"
    bad = edit(_LEAF, this_year="約一千件", last_year=870.0)
    good = edit(_LEAF, this_year="９１２件", last_year=0.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer, growth, figures in _grown(form):
            example = "88 或 88%" if growth.is_percentage else "數字"
            for year, cell, reading in figures:
                if fault := _fault(cell, reading):
                    found = f"{year}的{growth.of}是{fault}"
                    todo = f"請改填{example}，單位為{growth.unit}"
                    yield self.at(answer, found, _NO_RATE, todo, cell)


class GrowthIncomplete(ScoreRule):
    code = "growth-incomplete"
    severity = "notice"
    title = "成長率只填了一個年度"
    clause = _CLAUSE
    shown_on = "hccg-105"
    requires = ("growth-not-a-number",)
    bad = edit(_LEAF, this_year=912.0)
    good = edit(_LEAF, this_year=912.0, last_year=870.0)

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        for answer, growth, figures in _grown(form):
            blank = [(year, cell) for year, cell, reading in figures if reading.number is None]
            if len(blank) == 1:
                ((year, cell),) = blank
                found = f"未填{year}的{growth.of}"
                yield self.at(answer, found, _NO_RATE, f"請補填{year}", cell)


def _grown(form: CheckedForm) -> Iterator[tuple[Answer, Growth, list[Figure]]]:
    """The leaves with a rate, and their figures in the order of the form's columns."""
    for answer in form.answers:
        if growth := answer.leaf.growth:
            cells = [(title, answer.entry.others.get(key)) for key, title in YEARS.items()]
            yield (
                answer,
                growth,
                [(title, cell, read_figure(cell, growth.unit)) for title, cell in cells if cell],
            )


def _fault(cell: Cell, reading: NumberReading) -> str:
    """In words, why the rate cannot be counted from what stands there; a blank is no fault."""
    if reading.number is None:
        return reading.fault or ("公式，但檔案內沒有計算結果" if cell.formula else "")
    return f" {number(reading.number)}，小於 0" if reading.number < 0 else ""
