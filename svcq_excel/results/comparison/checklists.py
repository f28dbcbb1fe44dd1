"""比較完成率 and 比較前期逾期 of a checklist: how far each unit has come since the round before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.plan.carried import STEP
from svcq_excel.results.comparison.comparing import Comparison, Line
from svcq_excel.results.comparison.live import whole_change, whole_figure
from svcq_excel.results.comparison.wording import about, title
from svcq_excel.results.model import Outcome
from svcq_excel.results.page import formulas
from svcq_excel.results.page.listing import ListColumn, filtered, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads
from svcq_excel.results.page.styles import STEP_TONES
from svcq_excel.results.scoring.checklist import overdue

_CODE, _UNIT, _COUNT, _RATE, _STEPS, _NOTE = 52, 170, 60, 80, 76, 150
_FIRST, _WIDE = 2, 3
_CHANGE = _FIRST + 2 * _WIDE
_SAID = (
    "完成率＝已完成÷（應辦－不適用），增減為百分點；"
    "「本期已結」為前期逾期而本期已完成或不適用的步驟。"
)
_NOT_HERE = "不在本期表件"


def write_progress(book: Book, name: str, outcome: Outcome, compared: Comparison) -> None:
    """Adds the sheet: a row a unit."""
    per_side = [_COUNT, _COUNT, _RATE]
    pixels = [_CODE, _UNIT, *per_side, *per_side, _RATE, _STEPS, _STEPS, _NOTE]
    sheet = Sheet(book, name, pixels, frozen_columns=_FIRST)
    sheet.title(title(outcome, compared, "完成率"))
    for text in about(outcome, compared):
        sheet.across(text, "line")
    sheet.across(_SAID, "line")
    words = ("應辦", "已完成", "完成率")
    heads = stacked_heads(
        sheet,
        [
            *(HeadOver("編號"), HeadOver("受考核單位名稱")),
            HeadOver(f"前期（{compared.before}）", words),
            HeadOver(f"本期（{compared.now}）", words),
            HeadOver("完成率\n增減"),
            HeadOver("前期逾期步驟", ("步驟數", "本期\n已結")),
            HeadOver("說明"),
        ],
    )
    first = sheet.next_row
    for line in compared.lines:
        sheet.row(list(_cells(compared, line, sheet.next_row)))
    foot = sheet.row(list(_means(compared, first, sheet.next_row)), 24)
    sheet.finish(heads, foot=foot)


def _cells(compared: Comparison, line: Line, row: int) -> Iterator[SheetCell]:
    yield SheetCell(line.code, "centred")
    yield SheetCell(line.name, "text")
    for side in (line.before, line.now):
        yield SheetCell(side.asked if side else None, "centred")
        yield SheetCell(side.done if side else None, "centred")
        yield whole_figure(compared, side)
    before, now = (xl_rowcol_to_cell(row, _FIRST + at) for at in (_WIDE - 1, 2 * _WIDE - 1))
    yield whole_change(compared, line, before, now)
    open_before = line.earlier.open if line.earlier else {}
    yield SheetCell(len(open_before) if line.before else None, "centred")
    settled = sum(_settled(line, step) for step in open_before)
    yield SheetCell(settled if line.before and line.now else None, "centred")
    yield SheetCell(line.note, "small")


def _settled(line: Line, step: str) -> bool:
    now = line.result.steps.get(step) if line.result else None
    return now is not None and not overdue(now)


def _means(compared: Comparison, first: int, row: int) -> Iterator[SheetCell]:
    both = [line for line in compared.lines if line.is_in_both]
    counted = xl_range(first, _CHANGE, row - 1, _CHANGE)
    yield SheetCell(f"兩期都有完成率的 {len(both)} 個單位平均", "mean_label", _FIRST)
    for at, of in enumerate(("before", "now"), 1):
        column = _FIRST + at * _WIDE - 1
        rates = [side.total for line in both if (side := getattr(line, of))]
        cells = xl_range(first, column, row - 1, column)
        yield SheetCell(None, "mean", _WIDE - 1)
        yield SheetCell(formulas.mean_where(counted, cells, rates), "mean_rate")
    yield SheetCell(formulas.mean_where(counted, counted, compared.changes), "mean_rate_change")
    yield SheetCell(None, "mean", 3)


def write_once_overdue(book: Book, name: str, outcome: Outcome, compared: Comparison) -> None:
    """Adds the sheet: what was overdue in the earlier round, and how it stands in this one."""
    rubric = outcome.rubric
    columns = (
        ListColumn("編號", 56, "centred", identifies=True),
        ListColumn("受考核單位名稱", 140, identifies=True),
        ListColumn(rubric.levels[0], 190, "small"),
        ListColumn(STEP, 70, "centred", identifies=True),
        ListColumn(rubric.levels[-1], 190, "small"),
        ListColumn("前期\n辦理狀態", 80, "centred", STEP_TONES),
        ListColumn("本期\n辦理狀態", 100, "centred", STEP_TONES),
        ListColumn("本期辦理情形", 250),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(title(outcome, compared, "前期逾期步驟"))
    sheet.across(f"前期（{compared.before}）列為逾期的步驟，及其在本期的辦理狀態。", "line_right")
    filtered(sheet, columns, list(_steps(compared)))


def _steps(compared: Comparison) -> Iterator[Sequence[Content]]:
    for line in compared.lines:
        for step, was in (line.earlier.open if line.earlier else {}).items():
            now = line.result.steps.get(step) if line.result else None
            yield (
                line.code,
                line.name,
                was.part,
                step,
                was.name,
                was.status,
                now.word if now else _NOT_HERE,
                now.done if now else None,
            )
