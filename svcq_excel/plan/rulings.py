"""What the organiser decides after the forms came in: results of re-evaluations, bonus, deductions.

One small table: 編號, 複評結果 (通過 or 未通過), 複評日期, and a column for each 加分 or 扣分 of
the rubric, by its name. Units and cells may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from svcq_excel.definition import Problem
from svcq_excel.plan.lists.heads import CODE
from svcq_excel.plan.lists.list_file import ListSource
from svcq_excel.plan.lists.roster import blanks, clashes, verify
from svcq_excel.plan.lists.table import Table, read_table
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.clauses import Adjustment
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.text.roc_dates import parse_date

RESULT, DAY = "複評結果", "複評日期"
_PASSED = {"通過": True, "未通過": False, "": None}
_POINTS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reevaluated:
    """The result of a re-evaluation, and its day where that is known."""

    passed: bool
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """One cell of the table in which something was decided."""

    unit: str
    column: str
    text: str
    source: str
    line: int
    sheet: str = ""

    @property
    def where(self) -> str:
        sheet = f"「{self.sheet}」" if self.sheet else ""
        return f"「{PurePath(self.source).name}」{sheet}第 {self.line} 列的"


@dataclass(frozen=True, slots=True)
class Rulings:
    """By unit code; of a unit that is not there nothing was decided."""

    reevaluated: Mapping[str, Reevaluated] = field(default_factory=dict, hash=False)
    adjustments: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict, hash=False)
    """Points by the adjustment's name, never negative: whether they count up or down is its own;
    within its limit, where it has one."""
    rows: tuple[Ruling, ...] = ()
    """All that was decided, as it stands in the table."""
    unmatched: tuple[Problem, ...] = ()
    """Rows of units that are not there."""


NONE = Rulings()


def read_rulings(path: ListSource, rubric: Rubric, units: tuple[Unit, ...]) -> Rulings:
    """The rulings of an .xlsx, .ods, .xls or .csv file.

    Raises DefinitionError with every problem found.
    """
    adjustments = {adjustment.name: adjustment for adjustment in rubric.clauses.adjustments}
    table = read_table(path, required=(CODE,), optional=(RESULT, DAY, *adjustments))
    verify(
        table,
        blanks(table, CODE),
        clashes(table, CODE),
        _unclear(table),
        *(_no_points(table, adjustment) for adjustment in adjustments.values()),
    )
    known = {unit.code for unit in units}
    reevaluated, adjusted, rows = {}, {}, []
    for row in table.rows:
        code, result, day, *points = row.texts
        if code not in known:
            continue
        if (passed := _PASSED[result]) is not None:
            reevaluated[code] = Reevaluated(passed, parse_date(day))
        given = {n: text for n, text in zip(adjustments, points, strict=True) if text}
        adjusted[code] = {name: _within(adjustments[name], given[name]) for name in given}
        said = {RESULT: result, **given} if result else given
        rows += [
            Ruling(code, name, said[name], table.file, row.number, table.sheet) for name in said
        ]
    within = {code: given for code, given in adjusted.items() if given}
    return Rulings(reevaluated, within, tuple(rows), tuple(_strangers(table, known)))


def _within(adjustment: Adjustment, text: str) -> Decimal:
    points = Decimal(text)
    return points if adjustment.most is None else min(points, adjustment.most)


def _strangers(table: Table, known: set[str]) -> Iterator[Problem]:
    for row, code in table.column(CODE):
        if code and code not in known:
            message = f"編號「{code}」不在受考核單位名單內，這一列沒有採用"
            told = table.problem(message, "請核對編號，或刪除這一列", row, CODE)
            yield replace(told, file=PurePath(table.file).name)


def _unclear(table: Table) -> Iterator[Problem]:
    for row, result in table.column(RESULT):
        if result not in _PASSED:
            message = f"{RESULT}「{result}」無法判讀"
            yield table.problem(message, "請填 通過 或 未通過，尚未複評者留空", row, RESULT)
    for row, day in table.column(DAY):
        if day and parse_date(day) is None:
            message = f"{DAY}「{day}」不是日期"
            yield table.problem(message, "請填如 105年11月3日", row, DAY)


def _no_points(table: Table, adjustment: Adjustment) -> Iterator[Problem]:
    for row, text in table.column(adjustment.name):
        most = adjustment.most
        if text and not _POINTS.fullmatch(text):
            range = "不小於 0" if most is None else f" 0 至 {number(most)} "
            message = f"{adjustment.name}「{text}」不是{range}的數字"
            fix = "請更正；扣分也填正數" if adjustment.effect == "deduction" else "請更正"
            yield table.problem(message, fix, row, adjustment.name)
