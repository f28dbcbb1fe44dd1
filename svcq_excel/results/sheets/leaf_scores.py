"""細項得分: units by leaves, to be filtered and sorted, with the means of what a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.results.awaiting import ELSEWHERE, without_list
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.listing import BUTTON_PT
from svcq_excel.results.page.sheet import Book, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough
from svcq_excel.results.page.total_columns import explained, total_cells, total_figures, total_heads
from svcq_excel.results.wording import head_with_cap, heading

_CODE, _UNIT, _KIND, _LEAF, _TOTAL = 50, 120, 64, 47, 68
_HEAD_PT = 90.0
_FIRST = 3
_MARKED = "※加底色的得分依核定調整，說明見該格的註解。"


def write_leaf_scores(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: one row a unit and kind."""
    rubric = outcome.rubric
    heads, totals = list(_heads(outcome)), total_heads(rubric, outcome.kinds)
    below = [text for head in heads for text in head.columns or (head.text,)][_FIRST:]
    least = [_LEAF] * len(rubric.leaves) + [_TOTAL] * len(totals)
    each = [
        wide_enough(text, "narrow_head", px, _HEAD_PT)
        for text, px in zip(below, least, strict=True)
    ]
    sheet = Sheet(book, name, [_CODE, _UNIT, _KIND, *each], frozen_columns=_FIRST)
    for column, leaf in enumerate(rubric.leaves, _FIRST):
        sheet.make_room(column, leaf.cap, "score")
    for column, full in enumerate(totals.values(), _FIRST + len(rubric.leaves)):
        sheet.make_room(column, full, "total")
    sheet.title(heading(outcome, "細項得分"))
    changed = _MARKED if any(result.score_changes for result in outcome.units) else ""
    list_lacks = without_list(outcome.units, ELSEWHERE)
    for text in (*explained(rubric, outcome.kinds), list_lacks, changed):
        if text:
            sheet.across(text, "line")
    rows = stacked_heads(sheet, heads, "narrow_head", BUTTON_PT)
    for result in outcome.units:
        row = sheet.row(list(_cells(outcome, result, sheet.next_row)))
        said = _changed(result)
        for column, leaf in enumerate(rubric.leaves, _FIRST):
            if leaf.id in said:
                sheet.comment(row, column, said[leaf.id])
    last = sheet.next_row - 1
    sheet.filter(rows[1], last)
    _means(sheet, outcome, rows[1] + 1, last)
    sheet.finish(rows, zoom=80)


def _heads(outcome: Outcome) -> Iterator[HeadOver]:
    rubric = outcome.rubric
    yield from (HeadOver("編號"), HeadOver("受考核單位名稱"), HeadOver("類別"))
    for item in rubric.items:
        leaves = tuple(map(head_with_cap, item.leaves))
        yield HeadOver(leaves[0]) if item.is_leaf else HeadOver(item.name, leaves)
    yield from map(HeadOver, total_heads(rubric, outcome.kinds))


def _cells(outcome: Outcome, result: UnitResult, row: int) -> Iterator[SheetCell]:
    rubric, after = outcome.rubric, _FIRST + len(outcome.rubric.leaves)
    yield SheetCell(result.unit.code, "centred")
    yield SheetCell(result.unit.name, "text")
    yield SheetCell(rubric.kind_word(result.kind), "centred")
    changed = {change.leaf for change in result.score_changes}
    for leaf in rubric.leaves:
        look = "changed_score" if leaf.id in changed else "score"
        yield SheetCell(result.leaves.get(leaf.id), look)
    scores = xl_range(row, _FIRST, row, after - 1)

    yield from total_cells(
        rubric, result, scores, lambda i: xl_rowcol_to_cell(row, after + i), outcome.kinds
    )


def _changed(result: UnitResult) -> dict[str, str]:
    """By leaf, what was decided on its score."""
    said: dict[str, str] = {}
    for change in result.score_changes:
        earlier = f"{said[change.leaf]}\n" if change.leaf in said else ""
        said[change.leaf] = f"{earlier}{change.told()}"
    return said


def _means(sheet: Sheet, outcome: Outcome, first: int, last: int) -> None:
    """Set apart by a low row, so that sorting and filtering leave the means where they are."""
    rubric = outcome.rubric
    scored = [result for result in outcome.units if result.total is not None]
    values = [[result.leaves[leaf.id] for result in scored] for leaf in rubric.leaves]
    steps = [total_figures(rubric, result, outcome.kinds) for result in scored]
    values += [[each[i] for each in steps] for i in range(len(sheet.widths) - _FIRST - len(values))]
    sheet.gap(6)
    cells = [
        SheetCell(formulas.visible_mean(xl_range(first, column, last, column), found), "mean")
        for column, found in enumerate(values, _FIRST)
    ]
    sheet.row([SheetCell("平均（篩選後之各列）", "mean_label", _FIRST), *cells])
