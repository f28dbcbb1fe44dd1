"""排名與獎懲: the units by rank, what follows from it, and the clause that says so."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.results.awaiting import (
    PROVISIONAL,
    awaited,
    forms_counted,
    nobody,
    provisional_notes,
    status_word,
    tones_with,
    without_list,
)
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.wording import heading, score_changes_of, total_head
from svcq_excel.rubric.model import Clauses, Kind


def write_ranking(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: one part a kind, and units without a rank below the others."""
    grouped = any(result.unit.group for result in outcome.units)
    rewards = outcome.rubric.rewards
    told = outcome.rubric.clauses != Clauses() or any(map(awaited, outcome.units))
    tones = tones_with(STATUS_TONES, outcome.units)
    columns = (
        *([ListColumn("組別", 90, "centred")] if grouped else []),
        ListColumn("名次", 76, "total"),
        ListColumn("編號", 60, "centred"),
        ListColumn("受考核單位名稱", 190 if rewards else 340),
        ListColumn(total_head(outcome.rubric), 80, "total"),
        *([ListColumn("等第", 60, "grade")] if outcome.rubric.grades else []),
        ListColumn("說明", 300 if told else 110, "text" if told else "centred", tones),
        *([ListColumn("獎懲", 240 if told else 340)] if rewards else []),
        *([ListColumn("依據", 100, "centred")] if rewards else []),
        *([ListColumn("份數", 50, "centred")] if "committee" in outcome.kinds else []),
    )
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "考核排名與獎懲" if rewards else "考核排名"))
    head = heads(sheet, columns)
    for kind in outcome.kinds:
        sheet.across(f"考核類別：{outcome.rubric.kind_word(kind)}", "bar", 24)
        listed = _listed(outcome, kind)
        rows(sheet, columns, [list(_contents(outcome, result, grouped)) for result in listed])
    for note in (without_list(outcome.units), *provisional_notes(outcome)):
        if note:
            sheet.across(note, "note")
    sheet.finish((head, head))


def _listed(outcome: Outcome, kind: Kind) -> list[UnitResult]:
    """By group in the order of the units file, then by rank; the others at the end."""
    results = outcome.of_kind(kind)
    groups = list(dict.fromkeys(result.unit.group for result in results))
    return sorted(
        results,
        key=lambda result: (groups.index(result.unit.group), result.rank or len(results) + 1),
    )


def _contents(outcome: Outcome, result: UnitResult, grouped: bool) -> Iterator[Content | SheetCell]:
    mark = f"（{PROVISIONAL}）" if result.provisional else ""
    if grouped:
        yield result.unit.group
    yield SheetCell(result.rank, "provisional_rank") if mark and result.rank else result.rank
    yield result.unit.code
    yield result.unit.name
    yield result.total
    if outcome.rubric.grades:
        yield result.grade
    if result.total is None:
        yield awaited(result) or nobody(result) or status_word(result)
    else:
        said = [f"名次{PROVISIONAL}"] if mark and result.rank else []
        made = [*score_changes_of(outcome.rubric, result), *result.changes]
        yield "\n".join(filter(None, [*said, "；".join(result.grounds), *made]))
    if outcome.rubric.rewards:
        yield f"{mark}{result.reward.text}" if result.reward else None
        yield result.reward.clause if result.reward else None
    if "committee" in outcome.kinds:
        yield forms_counted(result)
