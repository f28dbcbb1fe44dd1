"""自行與本署差異: what a unit gave itself beside what others gave it, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from svcq_excel.results.awaiting import ELSEWHERE, status_word, without_list
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.figures import room
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough
from svcq_excel.results.page.total_columns import explained
from svcq_excel.results.wording import heading, total_look
from svcq_excel.rubric.model import Kind, number

_CODE, _UNIT, _TRIPLE = 46, 148, 126
_FIRST = 2


def write_differences(book: Book, name: str, outcome: Outcome, other: Kind) -> None:
    """Adds the sheet that compares the self-assessment with another kind."""
    rubric = outcome.rubric
    own_word, other_word = rubric.kind_word("self"), rubric.kind_word(other)
    caps = [*(item.cap for item in rubric.items), rubric.full_total]
    heads = [HeadOver("編號"), HeadOver("受考核單位名稱")]
    words = (own_word, other_word, "差異")
    heads += [HeadOver(f"{item.name}({number(item.cap)}分)", words) for item in rubric.items]
    heads.append(HeadOver(f"總分({number(rubric.full_total)}分)", words))
    tops = [wide_enough(head.text, "head", _TRIPLE) // 3 for head in heads[_FIRST:]]
    each = [max(top, room(-cap, "difference")) for top, cap in zip(tops, caps, strict=True)]
    sheet = Sheet(
        book,
        name,
        [_CODE, _UNIT, *(pixels for pixels in each for _ in words)],
        frozen_columns=_FIRST,
    )
    sheet.title(heading(outcome, f"{own_word}與{other_word}考核差異"))
    sheet.across(f"差異＝{own_word}－{other_word}；加底色者為該欄差異最大的單位。", "line_right")
    texts = [*explained(rubric, ["self", other]), without_list(outcome.units, ELSEWHERE)]
    for text in filter(None, texts):
        sheet.across(text, "line_right")
    rows = stacked_heads(sheet, heads)
    pairs = list(zip(outcome.of_kind("self"), outcome.of_kind(other), strict=True))
    for own, theirs in pairs:
        sheet.row(list(_cells(outcome, own, theirs, sheet.next_row)))
    for part, id in enumerate([*(item.id for item in rubric.items), None]):
        apart = [_apart(own, theirs, id) for own, theirs in pairs]
        _mark_largest(sheet, rows[1] + 1, _FIRST + 3 * part + 2, apart)
    sheet.finish(rows, zoom=90)


def _cells(outcome: Outcome, own: UnitResult, theirs: UnitResult, row: int) -> Iterator[SheetCell]:
    yield SheetCell(own.unit.code, "centred")
    yield SheetCell(own.unit.name, "text")
    column = _FIRST
    for item in outcome.rubric.items:
        first, second = own.items.get(item.id), theirs.items.get(item.id)
        yield SheetCell(first, "score")
        yield SheetCell(second, "score")
        yield SheetCell(_difference(row, column, first, second), "difference")
        column += 3
    yield _total(outcome, own)
    yield _total(outcome, theirs)
    yield SheetCell(_difference(row, column, own.total, theirs.total), "difference")


def _total(outcome: Outcome, result: UnitResult) -> SheetCell:
    if result.total is None:
        return SheetCell(status_word(result), result.status)
    return SheetCell(result.total, total_look(outcome.rubric, result.total))


def _difference(row: int, column: int, first: Fraction | None, second: Fraction | None) -> Content:
    if first is None or second is None:
        return None
    cells = (xl_rowcol_to_cell(row, column), xl_rowcol_to_cell(row, column + 1))
    return formulas.difference(*cells, first - second)


def _apart(own: UnitResult, theirs: UnitResult, id: str | None) -> Fraction:
    """How far apart the scores of an item lie, or the totals; 0 where one of them lacks."""
    first, second = (each.items.get(id) if id else each.total for each in (own, theirs))
    return Fraction(0) if first is None or second is None else abs(first - second)


def _mark_largest(sheet: Sheet, first: int, column: int, apart: Sequence[Fraction]) -> None:
    last = sheet.next_row - 1
    cell, cells = xl_rowcol_to_cell(first, column), xl_range_abs(first, column, last, column)
    largest = f"MAX(MAX({cells}),-MIN({cells}))"
    formula = f"=AND(ISNUMBER({cell}),{cell}<>0,ABS({cell})={largest})"
    most = max(apart, default=Fraction(0))
    held = [row for row, each in enumerate(apart, first) if each and each == most]
    sheet.grid.colour_where((first, column, last, column), formula, "ask", held)
