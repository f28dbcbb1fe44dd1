"""單位與步驟, 逾期步驟 and 辦理情形彙整 of a checklist: every step of every unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.form.layout.grid import months
from svcq_excel.plan.carried import STEP
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, filtered, heads, rows, widths
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import wide_enough
from svcq_excel.results.page.styles import STEP_TONES
from svcq_excel.results.scoring.checklist import overdue
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Kind, Node, Rubric

_NOT_ASKED = "－"
_FROZEN = 2
_NARROWEST, _WIDEST, _HEAD_PT = 44, 120, 86.0
_STEPS = (ListColumn("代號", 48), ListColumn("執行步驟", 196), ListColumn("查核期限", 70))
"""The second takes what the units leave of a page."""


def write_units_by_steps(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet: a row a step below the nodes it belongs to, a column a unit."""
    results = outcome.of_kind(kind)
    left = LINE_PX - sum(widths(_STEPS))
    each = min(max(left // len(results), _NARROWEST), _WIDEST)
    pixels = [wide_enough(result.unit.name, "head", each, _HEAD_PT) for result in results]
    key, step, due = widths(_STEPS)
    step += max(left - sum(pixels), 0)
    sheet = Sheet(book, name, [key, step, due, *pixels], frozen_columns=_FROZEN)
    sheet.title(heading(outcome, "各單位辦理狀態"))
    columns = [column.title for column in _STEPS] + [result.unit.name for result in results]
    head = sheet.row([SheetCell(title, "head") for title in columns], 24)
    for depth, node in outcome.rubric.walk():
        if node.is_leaf:
            sheet.row(list(_step(node, results)))
        else:
            _bar(sheet, node.printed, "sub_bar" if depth else "bar")
    last = sheet.next_row - 1, len(columns) - 1
    sheet.colour_words((head + 1, len(_STEPS), *last), STEP_TONES)
    sheet.finish((head, head))


def _bar(sheet: Sheet, text: str, look: str) -> None:
    """Where there are several pages across it stands over the columns that are on each of them."""
    if sheet.columns_together == len(sheet.widths):
        sheet.across(text, look)
        return
    rest = len(sheet.widths) - _FROZEN
    sheet.row([SheetCell(text, look, _FROZEN), *[SheetCell(None, look)] * rest])
    sheet.tie()


def _step(leaf: Node, results: Sequence[UnitResult]) -> Iterator[SheetCell]:
    yield SheetCell(leaf.id, "centred")
    yield SheetCell(leaf.name, "small")
    yield SheetCell(months(leaf, "、"), "small_centred")
    for result in results:
        step = result.steps.get(leaf.id)
        yield SheetCell(step.word if step else _NOT_ASKED, "small_centred")


def write_overdue(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet: unit by unit, the steps that should be done by now and are not.

    It can be given to the next round, whose forms then hold these steps as well.
    """
    rubric = outcome.rubric
    columns = (
        ListColumn("編號", 52, "centred", identifies=True),
        ListColumn("受考核單位名稱", 140, "small", identifies=True),
        ListColumn(rubric.levels[0], 104, "small"),
        ListColumn(STEP, 70, "centred", identifies=True),
        ListColumn(rubric.levels[-1], 128, "small"),
        ListColumn("查核期限", 72, "small_centred"),
        ListColumn("辦理狀態", 72, "centred", STEP_TONES),
        ListColumn("辦理情形", 380, "small"),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=2)
    sheet.title(heading(outcome, name))
    sheet.across("應於本期以前完成而未完成的步驟；產製下一期表件時，可由本表帶入。", "line_right")
    contents: list[Sequence[Content]] = [
        (
            result.unit.code,
            result.unit.name,
            rubric.path(id)[0].printed,
            id,
            rubric.nodes[id].name,
            months(rubric.nodes[id], "、"),
            step.word,
            step.done,
        )
        for result in outcome.of_kind(kind)
        for id, step in result.steps.items()
        if overdue(step)
    ]
    filtered(sheet, columns, contents)


_TOGETHER = (
    ListColumn("受考核單位名稱", 170, identifies=True),
    ListColumn("辦理狀態", 80, "centred", STEP_TONES),
    ListColumn("辦理情形", 430),
    ListColumn("佐證資料", 190),
    ListColumn("備註", 148),
)


def write_together(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet: below every step what each unit did, as it is reported to the city."""
    sheet = Sheet(book, name, widths(_TOGETHER), frozen_columns=1)
    sheet.title(heading(outcome, name))
    head = heads(sheet, _TOGETHER)
    for depth, node in outcome.rubric.walk():
        if node.is_leaf:
            sheet.across(_wording(outcome.rubric, node), "sub_bar")
            rows(sheet, _TOGETHER, _answers(node, outcome.of_kind(kind)))
        elif not depth:
            sheet.across(node.printed, "bar")
    sheet.finish((head, head))


def _wording(rubric: Rubric, leaf: Node) -> str:
    """A step as the plan words it, after what it belongs to."""
    above = [node.printed for node in rubric.path(leaf.id)[1:]]
    return f"{''.join(above)}{leaf.text or leaf.name}（查核期限：{months(leaf, '、')}）"


def _answers(leaf: Node, results: Sequence[UnitResult]) -> Iterator[Sequence[Content]]:
    for result in results:
        if step := result.steps.get(leaf.id):
            note = result.notes.get(leaf.id)
            yield (result.unit.name, step.word, step.done, step.proof, note)
