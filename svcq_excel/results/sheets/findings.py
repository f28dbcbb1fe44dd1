"""檢核結果: every violation of every file and unit's result, the gravest first, with a link."""

from __future__ import annotations

from svcq_excel.checks.catalogue import titles
from svcq_excel.checks.violation import SEVERITY_WORDS, Violation
from svcq_excel.results.model import GRAVITY, FileResult, Outcome, UnitResult, unit_in
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import SEVERITY_TONES
from svcq_excel.results.wording import heading, name_with_code, result_of, violations_by_severity

_COLUMNS = (
    ListColumn("檔案", 160),
    ListColumn(OPEN, 50, "link"),
    ListColumn("單位", 100),
    ListColumn("嚴重性", 62, "centred", SEVERITY_TONES),
    ListColumn("問題", 140),
    ListColumn("工作表", 70, "centred"),
    ListColumn("儲存格", 62, "centred"),
    ListColumn("細項", 126),
    ListColumn("內容", 240),
    ListColumn("代碼", 140, "small", hidden=True),
)


def write_findings(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: errors, warnings, notices; within each in the order of the units."""
    units = {result.unit.code: name_with_code(result.unit) for result in outcome.units}
    found = sorted(outcome.findings, key=lambda finding: GRAVITY.index(finding[1].severity))
    sheet = Sheet(book, name, widths(_COLUMNS))
    sheet.title(heading(outcome, "檢核結果"))
    sheet.across(violations_by_severity(violation for _, violation in found), "line_right")
    for problem in outcome.unmatched:
        sheet.across(f"請留意：{problem}", "line")
    filtered(sheet, _COLUMNS, [_contents(outcome, units, *finding) for finding in found])


def _contents(
    outcome: Outcome, units: dict[str, str], about: FileResult | UnitResult, violation: Violation
) -> list[Content]:
    code, place = unit_in(about), (violation.sheet, violation.cell)
    return [
        result_of(outcome, about) if isinstance(about, UnitResult) else about.path,
        file_link(about, *place) if isinstance(about, FileResult) else None,
        units.get(code, code) or None,
        SEVERITY_WORDS[violation.severity],
        titles()[violation.code],
        violation.sheet,
        violation.cell,
        violation.criterion_name,
        violation.message,
        violation.code,
    ]
