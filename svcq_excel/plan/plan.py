"""What one run works with: the rubric, the units, and the round where it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.decisions import Decision
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.units import Unit
from svcq_excel.rubric.model import Rubric


@dataclass(frozen=True)
class Plan:
    rubric: Rubric
    units: tuple[Unit, ...]
    round: str | None = None
    """考核期別; None where the forms shall tell."""
    deadline: datetime | None = None
    """The last moment at which a form is in time."""
    decisions: tuple[Decision, ...] = ()
    assessors: tuple[Assessor, ...] = ()
    """The committee's members, where their list was given."""
    rulings: Rulings = NONE

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}
