"""What is entered above the scores: the day of the assessment."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import dated
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.text.roc_dates import parse_date


class DateInvalid(FormRule):
    """A blank is none: the statistics table then shows no 考核年月."""

    code = "date-invalid"
    severity = "error"
    title = "考核日期無法判讀"
    clause = "考核結果統計表：考核年月"
    bad = dated("105年2月30日")
    good = dated("105.2.29")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        cell = form.facts.date
        if cell and not cell.blank and parse_date(cell.value) is None:
            yield self.violation(
                f"填為「{shorten(str(cell.value))}」，沒有這個日期，或不是日期的寫法",
                "",
                "請填實際日期，例如 105年9月10日",
                cell=cell,
                name="考核日期",
                entry="date",
            )
