"""考核人員評分: what each assessor gave and still owes; 評分差距: leaf by leaf how far apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.plan.units import Unit
from svcq_excel.results.awaiting import forms_counted, status_word, tones_with, without_list
from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome, UnitResult, UnitStatus
from svcq_excel.results.page.listing import ListColumn, filtered, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.page.total_columns import explained, look_below, total_figures, total_heads
from svcq_excel.results.scoring.committee import CommitteeMember, members_of, spread
from svcq_excel.results.scoring.grading import METHODS
from svcq_excel.results.wording import heading, name_with_code
from svcq_excel.rubric.exact import rounded, shown
from svcq_excel.rubric.model import number


def write_members(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: what each assessor gave each unit, then each assessor's own line."""
    results = outcome.of_kind("committee")
    members = members_of(outcome.rubric, results, outcome.assessors)
    full, totals = number(outcome.rubric.full_score), total_heads(outcome.rubric, ["committee"])
    tones = tones_with(STATUS_TONES, results)
    columns = (
        ListColumn("編號", 60, "centred"),
        ListColumn("受考核單位名稱", 170),
        *(ListColumn(f"{member.key}\n滿分{full}分", 66, "score") for member in members),
        *(ListColumn(head, 80, look_below(outcome.rubric, head), tones) for head in totals),
        ListColumn("全距", 66, "score"),
        ListColumn("份數", 50, "centred"),
        ListColumn("尚缺", 180),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(heading(outcome, "考核人員評分"))
    if not outcome.rubric.clauses.committee.combines_totals:
        made = "總分" if len(totals) == 1 else "原得分"
        text = f"{made}（滿分 {full} 分）為各細項之{METHODS[_method(outcome)]}合計。"
        sheet.across(text, "line_right")
    for text in (*explained(outcome.rubric, ["committee"]), without_list(results)):
        if text:
            sheet.across(text, "line_right")
    head = heads(sheet, columns)
    rows(sheet, columns, [list(_totals(outcome, result, members)) for result in results])
    sheet.across("各考核人員", "bar", 24)
    for member in members:
        sheet.across(_said(outcome, member), "note")
    sheet.finish((head, head))


def _method(outcome: Outcome) -> str:
    return outcome.rubric.clauses.committee.method


def _totals(
    outcome: Outcome, result: UnitResult, members: Sequence[CommitteeMember]
) -> Iterator[Content]:
    totals = {form.assessor: form.total for form in result.forms}
    yield result.unit.code
    yield result.unit.name
    for member in members:
        absence = result.absent.get(member.key)
        yield totals.get(member.key) if absence is None else absence.word
    figures = total_figures(outcome.rubric, result, ["committee"])
    if result.total is None:
        yield from (None for _ in figures[1:])
        yield status_word(result)
    else:
        yield from figures
    yield spread([*totals.values()]) if totals else None
    yield forms_counted(result)
    yield "、".join(
        f"{member.called}（{UNIT_STATUS_WORDS[status]}）"
        for member in members
        for status, units in _awaited(member)
        if result.unit in units
    )


def _awaited(member: CommitteeMember) -> tuple[tuple[UnitStatus, tuple[Unit, ...]], ...]:
    return ("needs-correction", member.to_correct), ("missing", member.missing)


def _said(outcome: Outcome, member: CommitteeMember) -> str:
    done = f"{member.called}：已評 {len(member.scored)} 個單位"
    left = [
        f"{UNIT_STATUS_WORDS[status]} {len(units)} 個：{'、'.join(map(name_with_code, units))}"
        for status, units in _awaited(member)
        if units
    ]
    parts = [done, *(left or ["均已繳交" if member.scored else "沒有應評的單位"])]
    if member.level is not None:
        level = rounded(member.level)
        way = "高" if level > 0 else "低"
        parts.append(
            f"平均較各考核人員之中位數{way} {shown(abs(level))} 分" if level else "水準相同"
        )
    if member.apart:
        share = outcome.rubric.clauses.committee.apart_share * 100
        parts.append(f"【相差超過滿分的 {number(share)}%，請確認】")
    return "；".join(parts)


def write_spreads(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: a row a unit and leaf, to be sorted by how far assessors lie apart."""
    columns = (
        ListColumn("編號", 60, "centred"),
        ListColumn("受考核單位名稱", 150),
        ListColumn("評核細項", 240),
        ListColumn("滿分", 56, "score"),
        ListColumn("人數", 56, "score"),
        ListColumn(METHODS[_method(outcome)], 90, "score"),
        ListColumn("最低", 64, "score"),
        ListColumn("最高", 64, "score"),
        ListColumn("全距", 64, "score"),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(heading(outcome, "評分差距"))
    results = outcome.of_kind("committee")
    filtered(sheet, columns, [row for result in results for row in _spreads(outcome, result)])


def _spreads(outcome: Outcome, result: UnitResult) -> Iterator[Sequence[Content]]:
    for leaf in outcome.rubric.leaves if result.forms else ():
        given = [form.scores[leaf.id] for form in result.forms]
        whose = (result.unit.code, result.unit.name, leaf.name, leaf.cap, len(given))
        yield (*whose, result.leaves.get(leaf.id), min(given), max(given), spread(given))
