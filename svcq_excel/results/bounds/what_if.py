"""Results concluded again with something changed: by the scoring itself, never beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.decisions import Absence
from svcq_excel.results.model import Outcome, Reevaluation, UnitResult
from svcq_excel.results.scoring.converting import adjusted
from svcq_excel.results.scoring.grading import placed
from svcq_excel.results.scoring.standing import Comparison, Field, Standing, fields, is_open
from svcq_excel.results.scoring.totals import judged, ranked, reckoned
from svcq_excel.rubric.clauses import Rounding
from svcq_excel.rubric.model import Reward


class Consequence(NamedTuple):
    """What follows from a result: where this is the same, nothing has changed for the unit."""

    grade: str | None
    reward: Reward | None
    reevaluation: Reevaluation | None
    barred: bool


def consequence(result: UnitResult) -> Consequence:
    return Consequence(result.grade, result.reward, result.reevaluation, result.barred)


MOST_BY_PLACES = 60
"""By 序位法 a score of one unit moves the places of all: in larger fields they are left as they
are, since each what-if would take as long as the ranking."""


class WhatIf:
    """A round whose units may be looked at with other forms, or all with another clause."""

    def __init__(self, outcome: Outcome) -> None:
        self._rubric, self._rulings = outcome.rubric, outcome.rulings
        self._results = outcome.units

    def other_forms(self, at: int, forms: Sequence[Submission], left_out: str = "") -> UnitResult:
        """One unit's result of these forms, the others as they are; without the member who is
        `left_out`, as though that were decided."""
        before = self._before(at)
        if left_out:
            decided = Absence(left_out, (), "不計", "", "", "", 0)
            before = replace(before, absent={**before.absent, left_out: decided})
        before = replace(before, forms=tuple(forms))
        return self._placed(at, reckoned(self._rubric, before, self._rulings))

    def other_score(self, at: int, scored: Fraction) -> UnitResult:
        """One unit's result, had this been scored in all; its single scores as they are."""
        return self._placed(at, judged(self._rubric, self._before(at), scored, self._rulings))

    def _before(self, at: int) -> UnitResult:
        """As it was before anything followed from its scores."""
        result = self._results[at]
        return UnitResult(
            result.unit,
            result.kind,
            result.status,
            items=result.items,
            leaves=result.leaves,
            forms=result.forms,
            expected=result.expected,
            absent=result.absent,
        )

    def _placed(self, at: int, found: UnitResult) -> UnitResult:
        field = self._fields[at]
        if field.is_large:
            now = self._results[at]
            standing = Standing(now.rank, now.tied) if now.rank and not found.barred else None
        else:
            standing = field.comparison.instead(at, found)
        return placed(self._rubric, found, standing, field.is_open)

    def rounded_by(self, rounding: Rounding) -> tuple[UnitResult, ...]:
        """All results, were totals rounded otherwise."""
        clauses = self._rubric.clauses.model_copy(update={"rounding": rounding})
        rubric = self._rubric.model_copy(update={"clauses": clauses})
        found = [
            result
            if result.scored is None
            else judged(rubric, self._before(at), result.scored, self._rulings)
            for at, result in enumerate(self._results)
        ]
        return ranked(rubric, found)

    @cached_property
    def is_rounded(self) -> bool:
        """Whether any total has more decimals than whole points before it is rounded."""
        return any(
            adjusted(self._rubric, result.scored, result.adjusted).denominator != 1
            for result in self._results
            if result.scored is not None
        )

    @property
    def has_large_fields(self) -> bool:
        """Whether there are fields whose places are left as they are."""
        return any(map(self._is_large, fields(self._rubric, self._results)))

    def _is_large(self, field: Field) -> bool:
        return self._rubric.clauses.ranking.by == "places" and len(field) > MOST_BY_PLACES

    @cached_property
    def _fields(self) -> dict[int, _Field]:
        """By place among the results."""
        found: dict[int, _Field] = {}
        for field in fields(self._rubric, self._results):
            one = _Field(Comparison(self._rubric, field), is_open(field), self._is_large(field))
            found |= dict.fromkeys(field, one)
        return found


class _Field(NamedTuple):
    """Units that are compared with one another."""

    comparison: Comparison
    is_open: bool
    is_large: bool
