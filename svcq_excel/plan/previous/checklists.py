"""檢核結果統計表, 完成率 and 逾期步驟 of an earlier round of a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from svcq_excel.plan.carried import STEP
from svcq_excel.plan.lists.heads import CODE, NAME
from svcq_excel.plan.previous.cells import ResultSheet
from svcq_excel.plan.previous.model import (
    EarlierItem,
    EarlierTable,
    EarlierUnit,
    OpenStep,
)
from svcq_excel.text.folding import fold

CHECKLIST_TABLE, RATES, OVERDUE = "檢核結果統計表", "完成率", "逾期步驟"
ASKED, DONE, RATE, STATE, STATUS, ALL = "應辦", "已完成", "完成率", "情形", "辦理狀態", "全部"
_WHOLE = Fraction(1)
_NONE_APPLIES = "－"


def read_overdue(sheet: ResultSheet) -> dict[str, dict[str, OpenStep]]:
    """By code as people read it, the steps by id; what they belong to stands before the ids, what
    they are called behind them."""
    found: dict[str, dict[str, OpenStep]] = {}
    at = sheet.heads.get(STEP)
    if at is None:
        sheet.lacks(STEP)
        return {}
    for row, code, _ in sheet.rows():
        if id := sheet.at(row, at):
            step = OpenStep(sheet.at(row, at - 1), sheet.at(row, at + 1), sheet.text(row, STATUS))
            found.setdefault(fold(code), {})[id] = step
    return found


def read_rates(sheet: ResultSheet) -> dict[str, dict[str, Fraction | None]]:
    """By code as people read it, 完成率 of each part; where none applies, or the form is awaited,
    none."""
    known = {CODE, NAME, ALL, ""}
    parts = {head: at for head, at in sheet.heads.items() if head not in known}
    return {
        fold(code): {head: _rate(sheet, row, at) for head, at in parts.items()}
        for row, code, _ in sheet.rows()
    }


def read_checklist(
    sheet: ResultSheet,
    kind: str,
    rates: Mapping[str, Mapping[str, Fraction | None]],
    overdue: Mapping[str, Mapping[str, OpenStep]],
) -> EarlierTable:
    """One table, with what the sheets beside it tell of each unit."""
    for head in (ASKED, DONE, RATE, STATE):
        if head not in sheet.heads:
            sheet.lacks(head)
            return EarlierTable(kind, "", _WHOLE, (), ())
    parts = tuple(next(iter(rates.values()), {}))
    units, seen = list[EarlierUnit](), set[str]()
    for row, code, name in sheet.rows():
        if fold(code) in seen:
            sheet.repeats(row, code)
        seen.add(fold(code))
        rate, by_part = _rate(sheet, row, sheet.heads[RATE]), rates.get(fold(code), {})
        asked = sheet.number(row, sheet.heads[ASKED], whole=True)
        done = sheet.number(row, sheet.heads[DONE], asked, whole=True)
        units.append(
            EarlierUnit(
                code,
                name,
                total=rate,
                status="" if done is not None else sheet.text(row, STATE),
                items=tuple(by_part.get(part) for part in parts),
                asked=None if asked is None else int(asked),
                done=None if done is None else int(done),
                open=overdue.get(fold(code), {}),
            )
        )
    items = tuple(EarlierItem(part, _WHOLE) for part in parts)
    return EarlierTable(kind, next(iter(sheet.above), ""), _WHOLE, items, tuple(units))


def _rate(sheet: ResultSheet, row: int, column: int) -> Fraction | None:
    """Words stand there where the form is awaited, a stroke where no step applies."""
    found = sheet.figure(row, column, _WHOLE)
    return found if isinstance(found, Fraction) else None
