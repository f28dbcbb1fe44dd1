"""Who is near a bound: whose grade, reward or re-evaluation some points, an assessor or another
rounding would change. Each is found by scoring again, and told with what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from svcq_excel.checks.submission import Submission
from svcq_excel.results.bounds.points import given_otherwise, of_the_sum, room
from svcq_excel.results.bounds.tries import Border, Tries, sum_decides
from svcq_excel.results.bounds.what_if import WhatIf, consequence
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.committee import combined
from svcq_excel.rubric.clauses import Rounding
from svcq_excel.rubric.exact import Way
from svcq_excel.rubric.model import Rubric

_UNROUNDED = 12
"""More decimals than it takes to tell two figures of a round apart."""
_WAYS: tuple[Way, ...] = ("half-up", "half-even", "down", "up")
_PLACES = (0, 1, 2, 4)
_ANOTHER = "＋"
"""The key of an assessor who is not there."""


@dataclass(frozen=True, slots=True)
class Near:
    """A unit near a bound, and what would change."""

    result: UnitResult
    borders: tuple[Border, ...]
    point: tuple[tuple[Fraction, UnitResult], ...]
    """One point more and one fewer, as far as there is room for it."""
    without: tuple[tuple[str, UnitResult], ...]
    """Without one of its assessors: those with whom something changes."""
    another: tuple[tuple[str, UnitResult], ...]
    """With one more, who gives what the named one does: the highest and the lowest."""
    roundings: tuple[tuple[Rounding, UnitResult], ...]
    """Other roundings that change something."""


def has_bounds(rubric: Rubric) -> bool:
    """Whether anything follows from scores, and the plan asks to be told who is near it."""
    follows = rubric.grades or rubric.rewards or rubric.clauses.floors
    return not rubric.is_checklist and bool(follows) and rubric.near_threshold > 0


def near_bounds(outcome: Outcome) -> tuple[Near, ...]:
    """In the order of the results."""
    finding = _Finding(outcome, WhatIf(outcome))
    found = (finding.near(at, result) for at, result in enumerate(outcome.units))
    return tuple(near for near in found if near)


class _Finding:
    def __init__(self, outcome: Outcome, what_if: WhatIf) -> None:
        self._rubric, self._what_if = outcome.rubric, what_if
        others = _roundings(outcome.rubric.clauses.rounding) if what_if.is_rounded else ()
        first = {leaf.id for leaf in of_the_sum(self._rubric)}
        self._leaves = sorted(self._rubric.leaves, key=lambda leaf: leaf.id not in first)
        self._rounded = [(rounding, what_if.rounded_by(rounding)) for rounding in others]

    def near(self, at: int, result: UnitResult) -> Near | None:
        if result.total is None:
            return None
        now = consequence(result)
        borders, without = tuple(self._borders(at, result)), tuple(self._without(at, result))
        roundings = tuple(
            (rounding, every[at])
            for rounding, every in self._rounded
            if consequence(every[at]) != now
        )
        if not (borders or without or roundings):
            return None
        point, another = tuple(self._point(at, result)), tuple(self._another(at, result))
        return Near(result, borders, point, without, another, roundings)

    def _borders(self, at: int, result: UnitResult) -> Iterator[Border]:
        tries = Tries(self._rubric, self._what_if, at, result)
        for way in (1, -1):
            yield from tries.borders(way)
            for each in self._rubric.clauses.floors:
                yield from tries.floor_border(self._rubric.nodes[each.node], way)

    def _point(self, at: int, result: UnitResult) -> Iterator[tuple[Fraction, UnitResult]]:
        forms, step = result.forms, Fraction(self._rubric.step)
        steps = max(1, floor(1 / step))
        for way in (1, -1):
            if room(self._rubric, forms, way > 0, self._leaves) >= steps * len(forms):
                others = given_otherwise(
                    self._rubric, forms, way * steps * len(forms), self._leaves
                )
                yield way * steps * step, self._what_if.other_forms(at, others)

    def _without(self, at: int, result: UnitResult) -> Iterator[tuple[str, UnitResult]]:
        now, committee = consequence(result), self._rubric.clauses.committee
        of_sums = sum_decides(self._rubric) and self._rubric.clauses.ranking.by == "total"
        for form in result.forms if len(result.forms) > 1 else ():
            others = [each for each in result.forms if each is not form]
            if of_sums and committee.method == "mean":  # then what is left out of sums decides
                scored = combined(committee, [each.total for each in others])
                if consequence(self._what_if.other_score(at, scored)) == now:
                    continue
            after = self._what_if.other_forms(at, others, form.assessor)
            if consequence(after) != now:
                yield _called(form), after

    def _another(self, at: int, result: UnitResult) -> Iterator[tuple[str, UnitResult]]:
        """Not by 序位法: who assesses one unit of a field alone gives no places."""
        if result.kind == "committee" and self._rubric.clauses.ranking.by == "total":
            forms = sorted(result.forms, key=lambda form: form.total)
            for form in dict.fromkeys((len(forms) - 1, 0)):
                more = replace(forms[form], assessor=_ANOTHER)
                after = self._what_if.other_forms(at, [*result.forms, more])
                yield _called(forms[form]), after


def _called(form: Submission) -> str:
    return form.called or form.assessor_name or form.assessor


def _roundings(now: Rounding) -> Iterator[Rounding]:
    """None, and other ways and other decimals than the plan's."""
    yield _rounding(_UNROUNDED, now.method)
    for way in _WAYS:
        if way != now.method:
            yield _rounding(now.places, way)
    for places in _PLACES:
        if places != now.places:
            yield _rounding(places, now.method)


def _rounding(places: int, way: Way) -> Rounding:
    """Also what no plan may ask for."""
    return Rounding().model_copy(update={"places": places, "method": way})


def is_none(rounding: Rounding) -> bool:
    return rounding.places == _UNROUNDED
