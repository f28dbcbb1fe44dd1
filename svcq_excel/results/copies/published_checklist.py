"""公告版 of a checklist: how many steps each unit has done, and nothing of what it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.results.awaiting import PROVISIONAL
from svcq_excel.results.copies.published import OPEN, STILL_OPEN, kinds_of
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet, Sheets
from svcq_excel.results.scoring.checklist import progress
from svcq_excel.results.wording import beside
from svcq_excel.rubric.model import Kind
from svcq_excel.rubric.node import STATUSES

_TABLE = "檢核結果統計表"
_COLUMNS = (
    ListColumn("編號", 60, "centred"),
    ListColumn("受考核單位名稱", 260),
    *(ListColumn(title, 84, "centred") for title in ("應辦", *STATUSES)),
    ListColumn("完成率", 92, "rate"),
    ListColumn("備註", 92, "centred"),
)


def published_checklist(outcome: Outcome) -> Sheets:
    """How it is called, and what adds its sheets."""
    kinds = kinds_of(outcome)

    def add(book: Book) -> None:
        for kind in kinds:
            more = beside(outcome.rubric, kind, kinds[0])
            _table(book, f"{_TABLE}{more}", outcome, kind)

    return _title(outcome, kinds[0]), add


def _title(outcome: Outcome, kind: Kind) -> str:
    return f"{outcome.rubric.title_of_table(kind)}{_mark(outcome.of_kind(kind))}"


def _mark(results: Sequence[UnitResult]) -> str:
    return f"（{PROVISIONAL}）" if any(map(_is_open, results)) else ""


def _is_open(result: UnitResult) -> bool:
    return result.status != "accepted"


def _table(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    results = outcome.of_kind(kind)
    sheet = Sheet(book, name, widths(_COLUMNS), frozen_columns=2)
    sheet.title(_title(outcome, kind))
    agency, period = outcome.rubric.agency, outcome.round
    sheet.across(
        f"實施考核機關：{agency}　受考核單位：{len(results)}個　考核期別：{period}", "line"
    )
    head = heads(sheet, _COLUMNS)
    rows(sheet, _COLUMNS, [list(_cells(each)) for each in results])
    sheet.across("※完成率＝已完成÷（應辦－不適用）。", "note")
    if any(map(_is_open, results)):
        sheet.across(STILL_OPEN, "note")
    sheet.finish((head, head))


def _cells(result: UnitResult) -> Iterator[Content]:
    yield from (result.unit.code, result.unit.name)
    counted, is_open = progress(result.steps.values()), _is_open(result)
    yield counted.asked
    yield from (None if is_open else counted.by_status[word] for word in STATUSES)
    yield None if is_open else counted.rate
    yield OPEN if is_open else None
