"""摘要: one line a unit, with what to do about it first; then files that belong to no line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePath

from svcq_excel.checks.violation import SEVERITY_WORDS, Violation
from svcq_excel.plan.assessors import assessor_kind
from svcq_excel.results.awaiting import awaited, status_word, tones_with
from svcq_excel.results.model import (
    FILE_STATUS_WORDS,
    GRAVITY,
    FileResult,
    Outcome,
    UnitResult,
)
from svcq_excel.results.page.links import OPEN, file_link
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import (
    count,
    files_by_status,
    heading,
    units_by_status,
    violations_by_severity,
)

_COLUMNS = (
    ListColumn("編號", 50, "centred"),
    ListColumn("受考核單位名稱", 140),
    ListColumn("類別", 54, "centred"),
    ListColumn("情形", 72, "centred", STATUS_TONES),
    *(ListColumn(word, 60, "centred") for word in SEVERITY_WORDS.values()),
    ListColumn("檔案", 230),
    ListColumn("首要處理事項", 400),
    ListColumn(OPEN, 54, "link"),
)


def write_overview(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: units in their order, then files that a person has to look at."""
    tones = tones_with(STATUS_TONES, outcome.units)
    columns = [replace(column, tones=tones) if column.tones else column for column in _COLUMNS]
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(heading(outcome, "檢核摘要"))
    sheet.across(f"{units_by_status(outcome)}　　{files_by_status(outcome)}", "line")
    found = violations_by_severity(violation for _, violation in outcome.findings)
    sheet.across(f"全部檔案：{found}", "line")
    for problem in outcome.unmatched:
        sheet.across(f"請留意：{problem}", "line")
    shown = {file.path for result in outcome.units for file in outcome.files_of(result)}
    filtered(
        sheet,
        columns,
        [
            *(_unit(outcome, result) for result in outcome.units),
            *(_file(outcome, f) for f in outcome.by_unit if _needs_a_line(f, shown)),
        ],
    )


def _needs_a_line(file: FileResult, shown: Collection[str]) -> bool:
    return bool(file.violations) and file.status != "blank" and file.path not in shown


def _unit(outcome: Outcome, result: UnitResult) -> Sequence[Content]:
    files = outcome.files_of(result)
    kind, status = outcome.rubric.kind_word(result.kind), status_word(result)
    *about, first, link = _about(outcome, files, result)
    if told := awaited(result):
        found = result.violations or any(file.violations for file in files)
        first = f"{told}；{first}" if found else f"{told}，請催繳"
    return (result.unit.code, result.unit.name, kind, status, *about, first, link)


def _file(outcome: Outcome, file: FileResult) -> Sequence[Content]:
    name = outcome.unit_names.get(file.unit or "", "（單位不明）")
    kind = outcome.rubric.kind_word(assessor_kind(file.assessor)) if file.assessor else None
    return (file.unit, name, kind, FILE_STATUS_WORDS[file.status], *_about(outcome, [file]))


def _about(
    outcome: Outcome, files: Sequence[FileResult], result: UnitResult | None = None
) -> Sequence[Content]:
    """How much is wrong with these files, and the result, their names, and the gravest of it."""
    every: Sequence[FileResult | UnitResult] = (*files, result) if result else files
    found = [(each, violation) for each in every for violation in each.violations]
    first = min(found, key=lambda finding: GRAVITY.index(finding[1].severity), default=None)
    counts = (count((violation for _, violation in found), severity) for severity in GRAVITY)
    names = "\n".join(PurePath(file.path).name for file in files)
    return (*counts, names, *(_first(*first) if first else _nothing(outcome, files)))


def _first(about: FileResult | UnitResult, violation: Violation) -> tuple[str, Content]:
    """What to do first, and where; of a file that does not count, only that it does not."""
    told = f"{SEVERITY_WORDS[violation.severity]}：{violation.message}"
    if isinstance(about, UnitResult):
        return told, None
    if about.status == "superseded":
        return about.reason, file_link(about)
    return told, file_link(about, violation.sheet, violation.cell)


def _nothing(outcome: Outcome, files: Sequence[FileResult]) -> tuple[str, Content]:
    if not files:
        return f"尚未收到{outcome.form_word}，請催繳", None
    return "無須處理", file_link(files[0]) if len(files) == 1 else None
