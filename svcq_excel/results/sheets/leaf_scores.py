"""細項得分: units by leaves, to be filtered and sorted, with the means of what a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlsxwriter.utility import xl_range

from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.listing import BUTTON_PT
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough
from svcq_excel.results.wording import heading, total_look
from svcq_excel.rubric.exact import decimal
from svcq_excel.rubric.model import Rubric, number

_CODE, _UNIT, _KIND, _LEAF, _TOTAL = 50, 120, 64, 47, 68
_HEAD_PT = 90.0
_FIRST = 3


def write_leaf_scores(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: one row a unit and kind."""
    rubric = outcome.rubric
    heads = list(_heads(rubric))
    below = [text for head in heads for text in head.columns or (head.text,)]
    leaves = [wide_enough(text, "narrow_head", _LEAF, _HEAD_PT) for text in below[_FIRST:-1]]
    sheet = Sheet(book, name, [_CODE, _UNIT, _KIND, *leaves, _TOTAL])
    for column, leaf in enumerate(rubric.leaves, _FIRST):
        sheet.make_room(column, leaf.cap, "score")
    sheet.make_room(len(sheet.widths) - 1, rubric.full_total, "total")
    sheet.title(heading(outcome, "細項得分"))
    rows = stacked_heads(sheet, heads, "narrow_head", BUTTON_PT)
    for result in outcome.units:
        sheet.row(list(_cells(rubric, result, sheet.next_row)))
    last = sheet.next_row - 1
    sheet.raw.autofilter(rows[1], 0, last, len(sheet.widths) - 1)
    _means(sheet, outcome, rows[1] + 1, last)
    sheet.finish(rows, _FIRST, zoom=80)


def _heads(rubric: Rubric) -> Iterator[HeadOver]:
    yield from (HeadOver("編號"), HeadOver("受考核單位名稱"), HeadOver("類別"))
    for item in rubric.items:
        leaves = tuple(f"{leaf.name}\n{number(leaf.cap)}分" for leaf in item.leaves)
        yield HeadOver(leaves[0]) if item.is_leaf else HeadOver(item.name, leaves)
    yield HeadOver("總分")


def _cells(rubric: Rubric, result: UnitResult, row: int) -> Iterator[SheetCell]:
    yield SheetCell(result.unit.code, "centred")
    yield SheetCell(result.unit.name, "text")
    yield SheetCell(rubric.kind_word(result.kind), "centred")
    yield from (SheetCell(result.leaves.get(leaf.id), "score") for leaf in rubric.leaves)
    if result.total is None:
        yield SheetCell(UNIT_STATUS_WORDS[result.status], result.status)
    else:
        scores = xl_range(row, _FIRST, row, _FIRST + len(rubric.leaves) - 1)
        adjusted = number(decimal(result.adjusted)) if result.adjusted else ""
        parts = result.leaves.values()
        live = formulas.total(rubric, scores, parts, result.total, adjusted)
        yield SheetCell(live, total_look(rubric, result))


def _means(sheet: Sheet, outcome: Outcome, first: int, last: int) -> None:
    """Set apart by a low row, so that sorting and filtering leave the means where they are."""
    scored = [result for result in outcome.units if result.total is not None]
    values: list[list[Fraction]] = [
        [result.leaves[leaf.id] for result in scored] for leaf in outcome.rubric.leaves
    ]
    values.append([result.total for result in scored if result.total is not None])
    sheet.gap(6)
    cells = [
        SheetCell(formulas.visible_mean(xl_range(first, column, last, column), found), "mean")
        for column, found in enumerate(values, _FIRST)
    ]
    sheet.row([SheetCell("平均（篩選後之各列）", "mean_label", _FIRST), *cells])
