"""檢核結果統計表 and 完成率 of a checklist: how much of it each unit has done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.page.sheet import Book, Content, Formula, Sheet, SheetCell
from svcq_excel.results.page.styles import STATUS_TONES
from svcq_excel.results.scoring.checklist import Progress, progress
from svcq_excel.results.sheets.signing import sign
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Kind, Node
from svcq_excel.rubric.node import STATUSES

_UNIT = (ListColumn("編號", 60, "centred"), ListColumn("受考核單位名稱", 230))
_COUNTS = ("應辦", *STATUSES)
_TABLE = (
    *_UNIT,
    *(ListColumn(title, 84, "centred") for title in _COUNTS),
    ListColumn("完成率", 92, "rate"),
    ListColumn("情形", 92, "centred", STATUS_TONES),
)
_FIRST, _RATE, _STATE = len(_UNIT), len(_UNIT) + len(_COUNTS), len(_TABLE) - 1
_THREE_LINES = 48.0  # points: where a line may break is for the office program to say
_WIDEST = 150


def write_checklist_table(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet: one row a unit, and all of those that were handed in together."""
    results = outcome.of_kind(kind)
    sheet = Sheet(book, name, widths(_TABLE), frozen_columns=_FIRST)
    sheet.title(outcome.rubric.title_of_table(kind))
    _line(sheet, outcome, results)
    head = heads(sheet, _TABLE)
    for result in results:
        sheet.row(list(_row(result, sheet.next_row)))
    sheet.colour_words((head + 1, _STATE, sheet.next_row - 1, _STATE), STATUS_TONES)
    foot = sheet.row(list(_sums(results, head + 1, sheet.next_row)), 24)
    sheet.across("※完成率＝已完成÷（應辦－不適用）；待補正、尚缺及未繳的單位不計入合計。", "note")
    sign(sheet, outcome.rubric)
    sheet.finish((head, head), foot=foot)


def _line(sheet: Sheet, outcome: Outcome, results: Sequence[UnitResult]) -> None:
    sheet.across(f"受考核單位：{len(results)}個　考核期別：{outcome.round}", "line")


def _row(result: UnitResult, row: int) -> Iterator[SheetCell]:
    yield SheetCell(result.unit.code, "centred")
    yield SheetCell(result.unit.name, "text")
    counted = progress(result.steps.values())
    yield SheetCell(counted.asked, "centred")
    accepted = result.status == "accepted"
    for status in STATUSES:
        yield SheetCell(counted.by_status[status] if accepted else None, "centred")
    yield SheetCell(_rate(counted, row) if accepted else None, "rate")
    yield SheetCell(UNIT_STATUS_WORDS[result.status], "centred")


def _sums(results: Sequence[UnitResult], first: int, row: int) -> Iterator[SheetCell]:
    """What was asked of units whose form is awaited is no part of the sum."""
    handed_in = [result for result in results if result.status == "accepted"]
    whole = progress(step for result in handed_in for step in result.steps.values())
    yield SheetCell("合計", "mean_label", _FIRST)
    states = xl_range(first, _STATE, row - 1, _STATE)
    for at, count in enumerate((whole.asked, *(whole.by_status[s] for s in STATUSES)), _FIRST):
        cells, word = xl_range(first, at, row - 1, at), UNIT_STATUS_WORDS["accepted"]
        yield SheetCell(formulas.summed_where(states, word, cells, count), "mean")
    yield SheetCell(_rate(whole, row), "mean_rate")
    yield SheetCell(f"{UNIT_STATUS_WORDS['accepted']}{len(handed_in)}個", "mean")


def _rate(counted: Progress, row: int) -> Formula:
    asked, done, *_, not_applicable = (xl_rowcol_to_cell(row, at) for at in range(_FIRST, _RATE))
    return formulas.completion(done, asked, not_applicable, counted.rate)


def write_completion(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet: each unit's 完成率 by the nodes of the first level, and over all."""
    tops, results = outcome.rubric.tree, outcome.of_kind(kind)
    pixels = min((LINE_PX - sum(widths(_UNIT))) // (len(tops) + 1), _WIDEST)
    columns = (
        *_UNIT,
        *(ListColumn(top.printed, pixels, "rate") for top in tops),
        ListColumn("全部", pixels, "rate"),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=len(_UNIT))
    sheet.title(heading(outcome, f"各{outcome.rubric.levels[0]}{name}"))
    sheet.across("各格為完成率，公式所列為已完成與適用的步驟數；－為沒有適用的步驟。", "line_right")
    head = heads(sheet, columns, least=_THREE_LINES)
    rows(sheet, columns, [(*_whose(result), *_rates(result, tops)) for result in results])
    handed_in = [result for result in results if result.status == "accepted"]
    sheet.row(
        [
            SheetCell("合計", "mean_label", len(_UNIT)),
            *(SheetCell(_share(counted), "mean_rate") for counted in _by_top(handed_in, tops)),
        ],
        24,
    )
    sheet.finish((head, head))


def _whose(result: UnitResult) -> tuple[str, str]:
    return result.unit.code, result.unit.name


def _rates(result: UnitResult, tops: Sequence[Node]) -> list[Content]:
    if result.status == "accepted":
        return [_share(counted) for counted in _by_top([result], tops)]
    return [UNIT_STATUS_WORDS[result.status]] * (len(tops) + 1)


def _by_top(results: Sequence[UnitResult], tops: Sequence[Node]) -> Iterator[Progress]:
    """Of the steps below each node, then of all."""
    whole = Progress(0, Counter())
    for top in tops:
        ids = [leaf.id for leaf in top.leaves]
        counted = progress(r.steps[id] for r in results for id in ids if id in r.steps)
        whole = Progress(whole.asked + counted.asked, whole.by_status + counted.by_status)
        yield counted
    yield whole


def _share(counted: Progress) -> Content:
    """The rate as a formula that shows what it was counted from."""
    return formulas.share(counted.done, counted.applying, counted.rate)
