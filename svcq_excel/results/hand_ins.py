"""繳交情形: whether each unit's form came, and what became of every file that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from svcq_excel.checks.violation import SEVERITY_WORDS
from svcq_excel.plan.assessors import HQ, SELF
from svcq_excel.plan.dates import roc
from svcq_excel.results.counts import count
from svcq_excel.results.links import OPEN, file_link
from svcq_excel.results.listing import Column, heads, rows, widths
from svcq_excel.results.looks import STATUS_TONES
from svcq_excel.results.model import (
    FILE_STATUS_WORDS,
    UNIT_STATUS_WORDS,
    FileResult,
    Outcome,
    UnitResult,
)
from svcq_excel.results.sheet import Book, Content, Sheet
from svcq_excel.results.text import heading

# Both parts share their heads, which stay in sight on screen and stand on every page.
_COLUMNS = (
    Column("編號", 60, "centred"),
    Column("受考核單位名稱", 160),
    Column("考核人員", 80, "centred"),
    Column("情形", 80, "centred", STATUS_TONES),
    Column(SEVERITY_WORDS["error"], 64, "centred"),
    Column(SEVERITY_WORDS["warning"], 64, "centred"),
    Column("檔案", 240),
    Column(OPEN, 50, "link"),
    Column("說明", 212),
)


def write_hand_ins(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: units above, files below, and the sum that accounts for every file."""
    sheet = Sheet(book, name, widths(_COLUMNS))
    sheet.title(heading(outcome, "繳交情形"))
    head = heads(sheet, _COLUMNS)
    sheet.across("一、各單位", "bar", 24)
    rows(sheet, _COLUMNS, [_unit(outcome, result) for result in outcome.units])
    sheet.across("二、各檔案", "bar", 24)
    rows(sheet, _COLUMNS, [_file(outcome, file) for file in outcome.files])
    sheet.across(_account(outcome.files), "line_right", 24)
    sheet.finish((head, head), 2)


def _unit(outcome: Outcome, result: UnitResult) -> Sequence[Content]:
    unit = result.unit
    files = outcome.files_of(result)
    found = [violation for file in files for violation in file.violations]
    return (
        unit.code,
        unit.name,
        outcome.rubric.kind_word(result.kind),
        UNIT_STATUS_WORDS[result.status],
        count(found, "error"),
        count(found, "warning"),
        "\n".join(file.path for file in files),
        file_link(files[0]) if len(files) == 1 else None,
        _remark(result, files),
    )


def _file(outcome: Outcome, file: FileResult) -> Sequence[Content]:
    word = outcome.rubric.kind_word
    fixed = {assessor.key: word(assessor.kind) for assessor in (SELF, HQ)}
    return (
        file.unit,
        outcome.unit_names.get(file.unit or ""),
        fixed.get(file.assessor or "", file.assessor),
        FILE_STATUS_WORDS[file.status],
        count(file.violations, "error"),
        count(file.violations, "warning"),
        file.path,
        file_link(file),
        file.reason,
    )


def _remark(result: UnitResult, files: Sequence[FileResult]) -> str:
    if result.status == "needs-correction":
        return "評分表有應更正事項，請補正後重送"
    if result.status == "missing":
        return "收到的檔案無法採用，請重送" if files else "尚未收到評分表"
    who = "、".join(result.assessors)
    when = roc(result.assessed) if result.assessed else ""
    return "，".join(part for part in (who, when) if part)


def _account(files: Sequence[FileResult]) -> str:
    counts = Counter(file.status for file in files)
    parts = " + ".join(f"{word} {counts[status]}" for status, word in FILE_STATUS_WORDS.items())
    return f"檔案數 {len(files)} = {parts}"
