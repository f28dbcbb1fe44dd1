"""檢核結果: every violation of every file, the gravest first, with a link to its cell."""

from __future__ import annotations

from typing import get_args

from svcq_excel.checks.violation import SEVERITY_WORDS, Severity, Violation
from svcq_excel.results.links import OPEN, file_link
from svcq_excel.results.listing import Column, heads, rows, widths
from svcq_excel.results.model import FileResult, Outcome
from svcq_excel.results.sheet import Book, Content, Sheet
from svcq_excel.results.text import heading, name_with_code

_GRAVITY: tuple[Severity, ...] = get_args(Severity)
_TONES = {SEVERITY_WORDS["error"]: "wrong", SEVERITY_WORDS["warning"]: "ask"}

_COLUMNS = (
    Column("檔案", 160),
    Column(OPEN, 50, "link"),
    Column("單位", 100),
    Column("嚴重性", 62, "centred", _TONES),
    Column("代碼", 140, "small"),
    Column("工作表", 70, "centred"),
    Column("儲存格", 62, "centred"),
    Column("細項", 126),
    Column("內容", 240),
)


def write_findings(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: errors, warnings, notices; within each in the order of the files."""
    units = {result.unit.code: name_with_code(result.unit) for result in outcome.units}
    found = [(file, violation) for file in outcome.files for violation in file.violations]
    found.sort(key=lambda pair: _GRAVITY.index(pair[1].severity))
    sheet = Sheet(book, name, widths(_COLUMNS))
    sheet.title(heading(outcome, "檢核結果"))
    sheet.across(_counts([violation for _, violation in found]), "line_right")
    head = heads(sheet, _COLUMNS)
    last = rows(sheet, _COLUMNS, [_contents(units, *pair) for pair in found])
    sheet.raw.autofilter(head, 0, last, len(_COLUMNS) - 1)
    sheet.finish((head, head))


def _counts(violations: list[Violation]) -> str:
    def count(severity: Severity) -> int:
        return sum(violation.severity == severity for violation in violations)

    return "，".join(f"{SEVERITY_WORDS[s]} {count(s)} 項" for s in _GRAVITY)


def _contents(units: dict[str, str], file: FileResult, violation: Violation) -> list[Content]:
    return [
        file.path,
        file_link(file, violation.sheet, violation.cell),
        units.get(file.unit, file.unit) if file.unit else None,
        SEVERITY_WORDS[violation.severity],
        violation.code,
        violation.sheet,
        violation.cell,
        violation.criterion_name,
        violation.message,
    ]
