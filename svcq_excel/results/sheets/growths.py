"""成長率: this year's and last year's figures as each form has them, and the rate counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from svcq_excel.checks.numerals import NumberReading
from svcq_excel.checks.submission import Submission
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.sheet import Book, Content, Formula, Sheet, SheetCell
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Growth, Rubric

_HEADS = ("編號", "受考核單位名稱", "考核人員", "項目", "本年度", "上年度", "單位", "成長率")
_WIDTHS = [50, 160, 110, 260, 90, 90, 60, 90]
_THIS, _LAST = 4, 5
NO_RATE = "－"


def write_growths(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: a row for each figure that was entered at all."""
    rubric = outcome.rubric
    sheet = Sheet(book, name, _WIDTHS, frozen_columns=2)
    sheet.title(heading(outcome, "成長率"))
    sheet.across("成長率＝（本年度－上年度）÷上年度；上年度為 0 者無成長率。", "line_right")
    head = sheet.row([SheetCell(text, "head") for text in _HEADS], 24)
    for result in outcome.units:
        for form in result.forms:
            for leaf, (this, last) in form.growths.items():
                growth = rubric.nodes[leaf].growth
                if growth:
                    whose = _whose(rubric, result, form)
                    sheet.row(list(_cells(whose, growth, this, last, sheet.next_row)))
    if sheet.next_row == head + 1:
        sheet.row([SheetCell("無", "centred", len(_WIDTHS))])
    sheet.finish((head, head))


def _whose(rubric: Rubric, result: UnitResult, form: Submission) -> tuple[str, str, str]:
    who = form.assessor if form.kind == "committee" else rubric.kind_word(form.kind)
    return result.unit.code, result.unit.name, who


def _cells(
    whose: tuple[str, str, str], growth: Growth, this: NumberReading, last: NumberReading, row: int
) -> Iterator[SheetCell]:
    for text, look in zip(
        (*whose, growth.label), ("centred", "text", "centred", "text"), strict=True
    ):
        yield SheetCell(text, look)
    yield SheetCell(_figure(this), "figure")
    yield SheetCell(_figure(last), "figure")
    yield SheetCell(growth.unit, "centred")
    yield SheetCell(_rate(growth, this.number, last.number, row), "rate")


def _figure(reading: NumberReading) -> Content:
    """The number, or what stands there instead; "" for a blank."""
    return reading.fault.strip() if reading.number is None else reading.number


def _rate(growth: Growth, this: Decimal | None, last: Decimal | None, row: int) -> Content:
    if this is None or last is None or this < 0:
        return NO_RATE
    rate = growth.rate(this, last)
    if rate is None:
        return NO_RATE
    a, b = (xl_rowcol_to_cell(row, column) for column in (_THIS, _LAST))
    return Formula(f"=ROUND(({a}-{b})/{b},4)", rate)
