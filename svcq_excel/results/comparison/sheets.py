"""The sheets 比較… of a statistics workbook, where results of earlier rounds are known."""

from __future__ import annotations

from svcq_excel.results.comparison.checklists import write_once_overdue, write_progress
from svcq_excel.results.comparison.comparing import comparison
from svcq_excel.results.comparison.item_means import write_item_means
from svcq_excel.results.comparison.items import write_items
from svcq_excel.results.comparison.totals import write_totals
from svcq_excel.results.comparison.trend import trend, write_trend
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Book, Sheet
from svcq_excel.results.wording import heading

_WIDTH = 900


def write_comparisons(book: Book, outcome: Outcome) -> None:
    """Adds them, one after the other for each kind of assessment that both rounds have: the round
    before in full, further ones as a row of totals."""
    if not outcome.previous:
        return
    nearest, rubric = outcome.previous[-1], outcome.rubric
    lacking = []
    for kind in outcome.kinds:
        compared = comparison(outcome, kind, nearest)
        if compared is None:
            lacking.append(rubric.kind_word(kind))
            continue
        more = f"（{rubric.kind_word(kind)}）" if kind != outcome.kinds[0] else ""
        items = f"比較各要項{more}" if rubric.is_checklist else f"比較各項得分{more}"
        if rubric.is_checklist:
            write_progress(book, f"比較完成率{more}", outcome, compared)
            write_once_overdue(book, f"比較前期逾期{more}", outcome, compared)
        else:
            write_totals(book, f"比較總分名次{more}", outcome, compared)
        first = write_items(book, items, outcome, compared)
        write_item_means(book, f"比較各項平均{more}", outcome, compared, items, first)
        if found := trend(outcome, kind):
            write_trend(book, f"比較歷期{more}", outcome, kind, found)
    if lacking:
        sheet = Sheet(book, "比較說明", [_WIDTH])
        sheet.title(heading(outcome, "與前期比較"))
        said = "、".join(lacking)
        head = sheet.next_row
        sheet.across(f"前期（{nearest.called}）沒有{said}考核的結果，未列比較。", "line")
        sheet.finish((head, head), frozen=False)
