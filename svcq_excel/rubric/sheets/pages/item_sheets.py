"""Writes 計畫 and 條款: rows of 項目 and 值, each with what it means and what it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.clause_items import CLAUSE, CLAUSES, Clause
from svcq_excel.rubric.sheets.columns import CLAUSES_SHEET, PLAN_SHEET
from svcq_excel.rubric.sheets.items import (
    ABOUT,
    ITEM,
    ITEMS,
    NO_WORDS,
    SUM_ABOUT,
    SUM_ITEM,
    VALUE,
    Item,
    kind_items,
)
from svcq_excel.rubric.sheets.pages.looks import ASIDE, CENTRED, ENTERED, NAMED, PERCENT, TO_LOOK_AT
from svcq_excel.rubric.sheets.pages.page import Page
from svcq_excel.rubric.sheets.values import NUMBER, SHARE, WHOLE, Shown
from svcq_excel.rubric.source import Keys

_NOTES = {
    ITEM: "項目的名稱請勿更改；次序可以更改，不用的列可以刪除。",
    VALUE: "請填在這一欄；各項的意義見右欄。",
    CLAUSE: "條款的名稱；加減分、單項最低分可以有數項，依序編號：加減分1、加減分2。",
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of 計畫: a definition's, or one that belongs to the rest of a plan."""

    name: str
    value: Shown | None
    about: str
    choices: tuple[str, ...] = ()
    is_number: bool = False
    is_share: bool = False
    mark: str = ""
    """Why a person should look at the value before it is used."""


def write_items(book: xlsxwriter.Workbook, rubric: Rubric, more: Sequence[PlanRow]) -> None:
    """計畫: `more` rows stand below those that say what is assessed by whom."""
    columns = [(ITEM, _NOTES[ITEM], 26.0), (VALUE, _NOTES[VALUE], 70.0), (ABOUT, "", 70.0)]
    page = Page(book, PLAN_SHEET, columns, frozen=1)
    rows = list(_rows(rubric))
    for row in (*rows[:4], *more, *rows[4:]):
        at = page.next_row()
        page.put(0, row.name, NAMED)
        _value(page, 1, row)
        page.put(2, row.about, ASIDE)
        if row.choices:
            page.offer(1, row.choices, at, at)
    page.finish()


def _rows(rubric: Rubric) -> Iterator[PlanRow]:
    for item in ITEMS:
        for value in _values(rubric, item):
            yield _row(item, value)
        if item.keys == ("item_level",):
            yield from _sums(rubric)
        if item.keys == ("step",):
            yield from _kinds(rubric)


def _values(rubric: Rubric, item: Item) -> list[object]:
    value = _led_to(rubric, item.keys)
    if not item.repeats:
        return [value]
    assert isinstance(value, tuple)
    return list(value) or [None]


def _row(item: Item, value: object) -> PlanRow:
    kind = item.value
    shown = None if value is None or value in ((), "") else kind.shown(value)
    is_number, is_share = kind in (NUMBER, WHOLE), kind is SHARE
    return PlanRow(item.name, shown, item.about, kind.choices, is_number, is_share)


def _led_to(part: object, keys: Keys) -> object:
    for key in keys:
        part = getattr(part, str(key)) if part is not None else None
    return part


def _sums(rubric: Rubric) -> Iterator[PlanRow]:
    """Those that are shown first, in their order; a digest depends on it."""
    for level in dict.fromkeys((*rubric.sums, *rubric.levels)):
        said = rubric.sums.get(level)
        yield PlanRow(f"{SUM_ITEM}{level}", NO_WORDS if said == "" else said, SUM_ABOUT)


def _kinds(rubric: Rubric) -> Iterator[PlanRow]:
    items = {str(item.keys[1]): item for item in kind_items()}
    said = {str(kind): word for kind, word in rubric.kinds.items()}
    for kind in dict.fromkeys((*said, *items)):
        yield PlanRow(items[kind].name, said.get(kind), items[kind].about)


def write_clauses(book: xlsxwriter.Workbook, rubric: Rubric) -> None:
    """條款: every clause there is, those that are not used with blank values."""
    columns = [
        (CLAUSE, _NOTES[CLAUSE], 16.0),
        (ITEM, _NOTES[ITEM], 18.0),
        (VALUE, _NOTES[VALUE], 44.0),
        (ABOUT, "", 70.0),
    ]
    page = Page(book, CLAUSES_SHEET, columns, frozen=2)
    for clause in CLAUSES:
        for name, part in _parts(rubric, clause):
            for item in clause.items:
                row = _row(item, _led_to(part, item.keys))
                at = page.next_row()
                page.put(0, name, NAMED)
                page.put(1, row.name, NAMED)
                _value(page, 2, row)
                page.put(3, row.about, ASIDE)
                if row.choices:
                    page.offer(2, row.choices, at, at)
    page.finish()


def _parts(rubric: Rubric, clause: Clause) -> Iterator[tuple[str, object]]:
    """A clause with its part of the model; of those that repeat one more, which is blank."""
    part = _led_to(rubric.clauses, clause.keys)
    if not clause.repeats:
        yield clause.name, part
        return
    assert isinstance(part, tuple)
    for at, each in enumerate((*part, None), start=1):
        yield f"{clause.name}{at}", each


def _value(page: Page, column: int, row: PlanRow) -> None:
    look: dict[str, Any] = {**ENTERED, **(PERCENT if row.is_share else {})}
    if row.mark:
        look |= TO_LOOK_AT
        page.note(column, row.mark)
    if row.value is None and (row.is_number or row.is_share):
        page.put_blank_number(column, look)
    else:
        page.put(column, row.value, {**look, **(CENTRED if row.is_number or row.is_share else {})})
