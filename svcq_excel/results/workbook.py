"""The statistics workbook: the table first, then what stands behind it, one module a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from svcq_excel.results.lock_record import write_lockings
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.binding import Fill, bound
from svcq_excel.results.page.excel import ExcelBook
from svcq_excel.results.page.sheet import Book
from svcq_excel.results.page.streaming import StreamedSheet
from svcq_excel.results.sheets.checklist_steps import (
    write_overdue,
    write_together,
    write_units_by_steps,
)
from svcq_excel.results.sheets.checklist_table import write_checklist_table, write_completion
from svcq_excel.results.sheets.committee_tables import write_members, write_spreads
from svcq_excel.results.sheets.differences import write_differences
from svcq_excel.results.sheets.duplicates import write_several
from svcq_excel.results.sheets.findings import write_findings
from svcq_excel.results.sheets.growths import write_growths
from svcq_excel.results.sheets.hand_ins import write_hand_ins
from svcq_excel.results.sheets.leaf_scores import write_leaf_scores
from svcq_excel.results.sheets.overview import write_overview
from svcq_excel.results.sheets.problems import write_by_criterion, write_by_rule
from svcq_excel.results.sheets.ranking import write_ranking
from svcq_excel.results.sheets.receipts import write_receipts
from svcq_excel.results.sheets.reevaluations import write_reevaluations
from svcq_excel.results.sheets.remarks import write_remarks, write_remarks_by_item
from svcq_excel.results.sheets.sources import write_sources
from svcq_excel.results.sheets.statistics_table import write_table
from svcq_excel.results.sheets.unit_table import write_unit_tables

TABLE, CHECKLIST_TABLE, OVERDUE = "考核結果統計表", "檢核結果統計表", "逾期步驟"
SOURCES = "來源"


def write_statistics(outcome: Outcome) -> bytes:
    """The statistics workbook's bytes (.xlsx); an equal outcome gives equal bytes."""
    rubric, kinds = outcome.rubric, outcome.kinds
    if rubric.is_checklist:
        return bound(rubric.title_of_table(kinds[0]), rubric, _checklist(outcome))

    def fill(book: ExcelBook) -> Iterable[StreamedSheet]:
        write_table(book, TABLE, outcome, kinds[0])
        for kind in kinds[1:]:
            write_table(book, f"{TABLE}（{rubric.kind_word(kind)}）", outcome, kind)
        for kind in kinds:
            if kind != "self" and "self" in kinds:
                name = f"{rubric.kind_word('self')}與{rubric.kind_word(kind)}差異"
                write_differences(book, name, outcome, kind)
        write_ranking(book, "排名與獎懲", outcome)
        if rubric.clauses.reevaluation:
            write_reevaluations(book, "複評", outcome)
        write_leaf_scores(book, "細項得分", outcome)
        if "committee" in kinds:
            write_members(book, "考核人員評分", outcome)
            write_spreads(book, "評分差距", outcome)
        write_remarks(book, "優缺點彙整", outcome)
        if any(leaf.growth for leaf in rubric.leaves):
            write_growths(book, "成長率", outcome)
        if rubric.unit_table_title:
            write_remarks_by_item(book, "各考核項目彙整", outcome)
            write_unit_tables(book, outcome)
        _what_came_in(book, outcome)
        return write_sources(book, SOURCES, outcome)

    return bound(rubric.title_of_table(kinds[0]), rubric, fill)


def _checklist(outcome: Outcome) -> Fill:
    """The sheets of a checklist, on which nothing is scored, graded or ranked."""
    sheets = {
        CHECKLIST_TABLE: write_checklist_table,
        "單位與步驟": write_units_by_steps,
        "完成率": write_completion,
        OVERDUE: write_overdue,
        "辦理情形彙整": write_together,
    }

    def fill(book: ExcelBook) -> Iterable[StreamedSheet]:
        for kind in outcome.kinds:
            more = f"（{outcome.rubric.kind_word(kind)}）" if kind != outcome.kinds[0] else ""
            for name, write in sheets.items():
                write(book, f"{name}{more}", outcome, kind)
        _what_came_in(book, outcome)
        return write_sources(book, SOURCES, outcome)

    return fill


def write_printed(outcome: Outcome) -> bytes:
    """The sheets that are printed and signed, and no others (.xlsx)."""
    rubric, kinds = outcome.rubric, outcome.kinds

    def fill(book: Book) -> Iterable[StreamedSheet]:
        for kind in kinds:
            more = f"（{rubric.kind_word(kind)}）" if kind != kinds[0] else ""
            if rubric.is_checklist:
                write_checklist_table(book, f"{CHECKLIST_TABLE}{more}", outcome, kind)
            else:
                write_table(book, f"{TABLE}{more}", outcome, kind)
        if not rubric.is_checklist:
            write_ranking(book, "排名與獎懲", outcome)
        return ()

    return bound(rubric.title_of_table(kinds[0]), rubric, fill)


def write_report(outcome: Outcome) -> bytes:
    """The report of a check alone: what to do about each unit, what is wrong, who handed in."""
    title = f"{outcome.rubric.title}檢核結果"

    def fill(book: ExcelBook) -> Iterable[StreamedSheet]:
        write_overview(book, "摘要", outcome)
        _what_came_in(book, outcome)
        return ()

    return bound(title, outcome.rubric, fill)


def _what_came_in(book: Book, outcome: Outcome) -> None:
    write_findings(book, "檢核結果", outcome)
    write_by_rule(book, "各項問題", outcome)
    if not outcome.rubric.is_checklist:
        write_by_criterion(book, "易錯細項", outcome)
    write_hand_ins(book, "繳交情形", outcome)
    write_receipts(book, "收件紀錄", outcome)
    if any(file.differences for file in outcome.files):
        write_several(book, "重複繳交", outcome)
    if outcome.lockings:
        write_lockings(book, "定案紀錄", outcome)
