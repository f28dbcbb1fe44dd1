"""考核結果統計表 (附表2), as it stands in the source: one row a unit, one column an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from svcq_excel.form.layout import metrics
from svcq_excel.plan.rounds import is_whole_year
from svcq_excel.results.awaiting import forms_counted, provisional_note, without_list
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.figures import room
from svcq_excel.results.page.printing import LINE_PX
from svcq_excel.results.page.sheet import LEAST_PT, Book, Content, Sheet, SheetCell
from svcq_excel.results.page.stacked_heads import HeadOver, stacked_heads, wide_enough
from svcq_excel.results.page.total_columns import explained, total_cells, total_heads
from svcq_excel.results.sheets.signing import ROOM_TO_SIGN, sign
from svcq_excel.results.wording import head_with_cap, score_changes_of
from svcq_excel.rubric.model import Kind, Rubric, number
from svcq_excel.text.roc_dates import roc_month

_AGENCY, _CODE, _UNIT, _TOTAL, _GRADE, _MONTH = 92, 46, 148, 70, 42, 72
_GROUP, _FORMS, _REMARK = 64, 46, 150
_NARROWEST, _WIDEST = 56, 110
_FIRST_ITEM = 3
_PX_PER_EM = 14.5
_CHANGED = "成績經核定調整，見附註"
_OWN = "同受考核單位"
"""Who assesses where a unit assesses itself: its name stands in the row once."""


def write_table(book: Book, name: str, outcome: Outcome, kind: Kind) -> None:
    """Adds the sheet of one kind of assessment."""
    rubric, results = outcome.rubric, outcome.of_kind(kind)
    more = _More.of(rubric, results)
    sheet = Sheet(book, name, _widths(rubric, kind, more, results), frozen_columns=_FIRST_ITEM)
    for column, item in enumerate(rubric.items, _FIRST_ITEM):
        sheet.make_room(column, item.cap, "score")
    sheet.title(rubric.title_of_table(kind), rubric.table_label)
    _lines(sheet, outcome, len(results))
    heads = stacked_heads(sheet, list(_heads(rubric, kind, more)), "item_head")
    for result in results:
        cells = list(_cells(rubric, result, sheet.next_row, more))
        sheet.row(cells)
    foot = sheet.next_row
    for note in explained(rubric, [kind]):
        sheet.across(f"※{note}", "note")
    provisional = provisional_note(outcome, kind)
    changed = (f"※{each}" for each in _changed(rubric, results))
    for note in filter(None, (*rubric.notes, *changed, without_list(results), provisional)):
        sheet.across(note, "note")
    # What is not final yet is nothing to sign: its note takes of that room.
    sign(sheet, rubric, ROOM_TO_SIGN - LEAST_PT if provisional else ROOM_TO_SIGN)
    sheet.finish(heads, foot=foot)


class _More(NamedTuple):
    """Which columns stand behind those of the source's table."""

    group: bool
    forms: bool
    remark: bool

    @classmethod
    def of(cls, rubric: Rubric, results: Sequence[UnitResult]) -> _More:
        return cls(
            any(result.unit.group for result in results),
            any(result.kind == "committee" for result in results),
            rubric.clauses.change_results
            or any(result.changes or result.score_changes for result in results),
        )


def _widths(rubric: Rubric, kind: Kind, more: _More, results: Sequence[UnitResult]) -> list[int]:
    """Names are given as much as they need for two lines, if the items can spare it."""
    after = [
        *(
            max(wide_enough(head, "item_head", _TOTAL), room(full, "total"))
            for head, full in total_heads(rubric, [kind]).items()
        ),
        *([_GRADE] if rubric.grades else []),
        _MONTH,
        *([_GROUP] if more.group else []),
        *([_FORMS] if more.forms else []),
        *([_REMARK] if more.remark else []),
    ]
    heads = list(map(head_with_cap, rubric.items))
    left = LINE_PX - _AGENCY - _CODE - sum(after)
    least = sum(wide_enough(head, "item_head", _NARROWEST) for head in heads)
    longest = max((metrics.ems(result.unit.name) for result in results), default=0)
    unit = max(_UNIT, min(ceil(longest * _PX_PER_EM / 2), left - least))
    each = min(max((left - unit) // len(heads), _NARROWEST), _WIDEST)
    items = [wide_enough(head, "item_head", each) for head in heads]
    return [_AGENCY, _CODE, unit, *items, *after]


def _lines(sheet: Sheet, outcome: Outcome, units: int) -> None:
    """Between title and table; the round stands there where the title does not say it all."""
    rubric, columns = outcome.rubric, len(sheet.widths)
    period = f"　考核期別：{outcome.round}" if not is_whole_year(outcome.round, rubric) else ""
    said = f"受考核單位：{units}個{period}"
    ends = accumulate(sheet.widths)
    needed = metrics.ems(said) * _PX_PER_EM
    split = next((at for at, end in enumerate(ends, 1) if end > needed), columns)
    split = max(split, _FIRST_ITEM) if rubric.grade_line else columns
    grades = [SheetCell(rubric.grade_line, "line_right", columns - split)]
    sheet.row([SheetCell(said, "line", split), *(grades if split < columns else [])])


def _heads(rubric: Rubric, kind: Kind, more: _More) -> Iterator[HeadOver]:
    yield from (HeadOver("實施考核機關"), HeadOver("編號"), HeadOver("受考核單位名稱"))
    full = f"考核項目及成績({number(rubric.full_score)}分)"
    yield HeadOver(full, tuple(map(head_with_cap, rubric.items)))
    yield from map(HeadOver, total_heads(rubric, [kind]))
    if rubric.grades:
        yield HeadOver("等第")
    yield HeadOver("考核年月")
    if more.group:
        yield HeadOver("組別")
    if more.forms:
        yield HeadOver("份數")
    if more.remark:
        yield HeadOver("備註")


def _cells(rubric: Rubric, result: UnitResult, row: int, more: _More) -> Iterator[SheetCell]:
    own = result.kind == "self" or result.unit.name == rubric.agency
    yield SheetCell(_OWN if own else rubric.agency, "centred")
    yield SheetCell(result.unit.code, "centred")
    yield SheetCell(result.unit.name, "text")
    yield from (SheetCell(result.items.get(item.id), "score") for item in rubric.items)
    after = _FIRST_ITEM + len(rubric.items)
    scores = xl_range(row, _FIRST_ITEM, row, after - 1)
    found = [*total_cells(rubric, result, scores, lambda i: xl_rowcol_to_cell(row, after + i))]
    yield from found
    if rubric.grades:
        total = xl_rowcol_to_cell(row, after + len(found) - 1)
        yield SheetCell(_grade(rubric, result, total), "grade")
    yield SheetCell(roc_month(result.assessed) if result.assessed else None, "centred")
    if more.group:
        yield SheetCell(result.unit.group, "centred")
    if more.forms:
        yield SheetCell(forms_counted(result), "centred")
    if more.remark:
        changed = [_CHANGED] if result.score_changes else []
        yield SheetCell("\n".join([*changed, *result.changes]), "small")


def _changed(rubric: Rubric, results: Sequence[UnitResult]) -> Iterator[str]:
    """What was decided on single scores, a sentence each, in the order of the rows."""
    for result in results:
        for said in score_changes_of(rubric, result):
            yield f"{result.unit.name}{said}。"


def _grade(rubric: Rubric, result: UnitResult, total: str) -> Content:
    """Live, unless another clause than the total's bounds gave it."""
    if result.total is None or result.regraded:
        return result.grade
    return formulas.grade(total, rubric, result.grade)
