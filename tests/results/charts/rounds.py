"""Rounds of any size for tests of charts: names as long as asked, some units without a result."""

from __future__ import annotations

from decimal import Decimal

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome
from svcq_excel.results.scoring.totals import conclude
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.rubric.shipped import load

_NAME = (
    "經濟部水利署所屬機關暨各縣市政府合署辦公聯合服務中心第{}河川分署"
    "暨流域整體改善與調適規劃工務所及其附屬設施管理維護聯絡處"
)
MEMBERS = ("委員甲", "委員乙", "委員丙")


def name(at: int, letters: int) -> str:
    """A name of so many letters that differs from the others in its middle."""
    whole = _NAME.format(at + 1)
    half = letters // 2
    number = str(at + 1)
    return f"{whole[:half]}{number}{whole[-(letters - half - len(number)) :]}"[:letters]


def units_of(count: int, letters: int = 7, groups: int = 0) -> tuple[Unit, ...]:
    return tuple(
        Unit(f"A{at + 1:03}", name(at, letters), f"第{at % groups + 1}組" if groups else "")
        for at in range(count)
    )


def outcome_of_size(
    id: str,
    count: int,
    letters: int = 7,
    kinds: tuple[Kind, ...] = ("hq",),
    missing: int = 0,
    groups: int = 0,
) -> Outcome:
    """Every unit but the first few of them has forms, no two with the same scores."""
    rubric = load(id)
    units = units_of(count, letters, groups)
    forms = [
        _form(rubric, unit, at, kind, assessor)
        for at, unit in enumerate(units)
        for kind in kinds
        for assessor in (MEMBERS if kind == "committee" else (kind,))
        if at >= missing
    ]
    return Outcome(rubric, rubric.default_round, conclude(rubric, units, forms, ()), ())


def _form(rubric: Rubric, unit: Unit, at: int, kind: Kind, assessor: str) -> Submission:
    """Shares of the caps between six and ten tenths, in whole steps."""
    shift = sum(map(ord, assessor))
    scores = {
        leaf.id: leaf.cap * (60 + (at * 7 + shift + 3 * place) % 41) // 100
        for place, leaf in enumerate(rubric.leaves)
    }
    return Submission(unit.code, kind, assessor, {id: Decimal(s) for id, s in scores.items()})
