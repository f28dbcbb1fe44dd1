"""複評: the units whose grade asks for a second look, what came of it, and who still waits."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.results.awaiting import ELSEWHERE, without_list
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import REEVALUATION_TONES, REEVALUATION_WORDS
from svcq_excel.results.wording import heading, total_head
from svcq_excel.text.roc_dates import roc


def write_reevaluations(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet."""
    again = [result for result in outcome.units if result.reevaluation]
    due = sum(result.reevaluation == "due" for result in again)
    columns = (
        ListColumn("編號", 60, "centred"),
        ListColumn("組別", 80, "centred"),
        ListColumn("受考核單位名稱", 190),
        ListColumn(total_head(outcome.rubric), 80, "total"),
        ListColumn("複評結果", 90, "centred", REEVALUATION_TONES),
        ListColumn("複評日期", 110, "centred"),
        ListColumn("等第", 60, "grade"),
        ListColumn("說明", 380),
    )
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "複評"))
    sheet.across(f"應複評 {len(again)} 個單位，尚待複評 {due} 個。", "line_right")
    if note := without_list(outcome.units, ELSEWHERE):
        sheet.across(note, "line_right")
    head = heads(sheet, columns)
    rows(sheet, columns, [list(_contents(result)) for result in again])
    sheet.finish((head, head))


def _contents(result: UnitResult) -> Iterator[Content]:
    yield result.unit.code
    yield result.unit.group
    yield result.unit.name
    yield result.total
    yield REEVALUATION_WORDS[result.reevaluation] if result.reevaluation else None
    yield roc(result.reevaluated) if result.reevaluated else None
    yield result.grade
    yield "\n".join(result.changes)
