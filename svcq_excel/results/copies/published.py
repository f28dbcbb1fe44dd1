"""What may be published of a result: made anew of what is named here, so that nothing else is told.

Units' own scores of themselves are published only where nobody else assesses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from svcq_excel.plan.copies import Announced
from svcq_excel.results.awaiting import PROVISIONAL
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.total_columns import total_figures
from svcq_excel.rubric.model import Kind, Rubric
from svcq_excel.text.roc_dates import roc_month

OPEN = "未完成"
"""Of a unit whose result is still open: what it lacks is between it and the office."""
STILL_OPEN = f"※尚有單位的考核未完成，本表為{PROVISIONAL}結果。"


@dataclass(frozen=True, slots=True)
class PublishedUnit:
    """A row of what is published; what is not to be told is not here."""

    code: str
    name: str
    group: str
    month: str
    """考核年月; "" as long as the result is open."""
    is_open: bool
    provisional: bool
    items: Mapping[str, Fraction]
    leaves: Mapping[str, Fraction]
    totals: Sequence[Fraction]
    """What stands below the heads of totals."""
    adjusted: bool
    grade: str
    regraded: bool
    """Whether the grade is another than the total's own."""
    rank: int | None
    reward: str
    clause: str


@dataclass(frozen=True, slots=True)
class Published:
    """All that a 公告版 is made of."""

    rubric: Rubric
    round: str
    announced: tuple[Announced, ...]
    units: Mapping[Kind, tuple[PublishedUnit, ...]]
    """By kind of assessment, in the order of the units file."""

    @property
    def provisional(self) -> bool:
        """Whether any result is still open."""
        return any(each.is_open for units in self.units.values() for each in units)


def published(outcome: Outcome, announced: tuple[Announced, ...]) -> Published:
    made = {
        kind: tuple(_unit(outcome.rubric, each, announced) for each in outcome.of_kind(kind))
        for kind in kinds_of(outcome)
    }
    return Published(outcome.rubric, outcome.round, announced, made)


def kinds_of(outcome: Outcome) -> tuple[Kind, ...]:
    """The kinds of assessment that are published."""
    return tuple(kind for kind in outcome.kinds if kind != "self") or outcome.kinds


def _unit(rubric: Rubric, result: UnitResult, told: Collection[Announced]) -> PublishedUnit:
    total, reward = result.total, result.reward if "reward" in told else None
    shows_total = total is not None and "total" in told
    return PublishedUnit(
        code=result.unit.code,
        name=result.unit.name,
        group=result.unit.group,
        month=roc_month(result.assessed) if result.assessed and total is not None else "",
        is_open=result.status != "accepted",
        provisional=result.provisional,
        items=dict(result.items) if "items" in told else {},
        leaves=dict(result.leaves) if "leaves" in told else {},
        totals=total_figures(rubric, result, [result.kind]) if shows_total else (),
        adjusted=shows_total and bool(result.adjusted),
        grade=(result.grade or "") if "grade" in told else "",
        regraded=result.regraded and "grade" in told,
        rank=result.rank if "rank" in told else None,
        reward=reward.text if reward else "",
        clause=reward.clause if reward else "",
    )


def by_rank(units: Sequence[PublishedUnit]) -> Iterator[PublishedUnit]:
    """By group in the order of the units, then by rank; who has none is left out."""
    groups = list(dict.fromkeys(each.group for each in units))
    ranked = [(groups.index(each.group), each.rank, each) for each in units if each.rank]
    yield from (each for *_, each in sorted(ranked, key=lambda row: row[:2]))
