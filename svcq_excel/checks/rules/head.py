"""What is entered above the scores: the day of the assessment."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import dated
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.text.roc_dates import roc

_MONTH = "考核結果統計表：考核年月"


class DateInvalid(FormRule):
    """A blank is none: the statistics table then shows no 考核年月."""

    code = "date-invalid"
    severity = "error"
    title = "考核日期無法判讀"
    clause = _MONTH
    bad = dated("105年2月30日")
    good = dated("105年2月29日（星期一）上午10時")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        cell = form.facts.date
        if cell and not (cell.blank or cell.error) and form.day.date is None:
            yield self.violation(
                f"填為「{shorten(str(cell.value))}」，沒有這個日期，或不是日期的寫法",
                "",
                "請填實際日期，例如 105年9月10日",
                cell=cell,
                name="考核日期",
                entry="date",
            )


class DateRange(FormRule):
    """Of several days the first one counts."""

    code = "date-range"
    severity = "warning"
    title = "考核日期是一段期間"
    clause = _MONTH
    bad = dated("105年7月5日至7日")
    good = dated("105年7月")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        cell = form.facts.date
        reading = form.day
        if cell and reading.date and reading.is_range:
            found = f"填為「{shorten(str(cell.value))}」，是一段期間，以 {roc(reading.date)} 計"
            todo = "請確認考核年月無誤"
            yield self.violation(found, "", todo, cell=cell, name="考核日期", entry="date")
