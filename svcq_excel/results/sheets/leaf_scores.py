"""細項得分: units by leaves, to be filtered and sorted, with the means of what a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsxwriter.utility import xl_range

from svcq_excel.results.model import UNIT_STATUS_WORDS, Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.listing import BUTTON_PT
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Node, Rubric, number

_CODE, _UNIT, _KIND, _LEAF, _TOTAL = 50, 120, 50, 47, 68
_FIRST = 3


def write_leaf_scores(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: one row a unit and kind."""
    rubric = outcome.rubric
    leaves = len(rubric.leaves)
    sheet = Sheet(book, name, [_CODE, _UNIT, _KIND, *[_LEAF] * leaves, _TOTAL])
    sheet.title(heading(outcome, "細項得分"))
    texts = ["編號", "受考核單位名稱", "類別", *_leaf_heads(rubric), "總分"]
    head = sheet.row([SheetCell(text, "narrow_head") for text in texts], more=BUTTON_PT)
    for result in outcome.units:
        sheet.row(list(_cells(rubric, result, sheet.next_row)))
    last = sheet.next_row - 1
    sheet.raw.autofilter(head, 0, last, len(sheet.widths) - 1)
    _means(sheet, outcome, head + 1, last)
    sheet.finish((head, head), _FIRST, zoom=80)


def _leaf_heads(rubric: Rubric) -> Iterator[str]:
    for item in rubric.items:
        for leaf in item.leaves:
            yield "\n".join([*_names(item, leaf), f"{number(leaf.cap)}分"])


def _names(item: Node, leaf: Node) -> list[str]:
    return [leaf.name] if item is leaf else [item.name, leaf.name]


def _cells(rubric: Rubric, result: UnitResult, row: int) -> Iterator[SheetCell]:
    yield SheetCell(result.unit.code, "centred")
    yield SheetCell(result.unit.name, "text")
    yield SheetCell(rubric.kind_word(result.kind), "centred")
    yield from (SheetCell(result.leaves.get(leaf.id), "score") for leaf in rubric.leaves)
    if result.total is None:
        yield SheetCell(UNIT_STATUS_WORDS[result.status], result.status)
    else:
        scores = xl_range(row, _FIRST, row, _FIRST + len(rubric.leaves) - 1)
        adjusted = number(result.adjusted) if result.adjusted else ""
        parts = result.leaves.values()
        yield SheetCell(formulas.total(rubric, scores, parts, result.total, adjusted), "total")


def _means(sheet: Sheet, outcome: Outcome, first: int, last: int) -> None:
    """Set apart by a low row, so that sorting and filtering leave the means where they are."""
    scored = [result for result in outcome.units if result.total is not None]
    values: list[list[Decimal]] = [
        [result.leaves[leaf.id] for result in scored] for leaf in outcome.rubric.leaves
    ]
    values.append([result.total for result in scored if result.total is not None])
    sheet.gap(6)
    cells = [
        SheetCell(formulas.visible_mean(xl_range(first, column, last, column), found), "mean")
        for column, found in enumerate(values, _FIRST)
    ]
    sheet.row([SheetCell("平均（篩選後之各列）", "mean_label", _FIRST), *cells])
