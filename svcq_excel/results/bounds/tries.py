"""One unit with points more or fewer, a step at a time: where another thing follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from svcq_excel.results.bounds.points import given_otherwise, of_the_sum, room
from svcq_excel.results.bounds.what_if import WhatIf, consequence
from svcq_excel.results.model import UnitResult
from svcq_excel.rubric.model import Node, Rubric


@dataclass(frozen=True, slots=True)
class Border:
    """What so many points bring, and no fewer."""

    points: Fraction
    """More of the unit's score, or fewer."""
    in_all: Fraction | None
    """Of a committee, what its members together give more or fewer; None where each of them gives
    `points`."""
    before: UnitResult
    after: UnitResult
    node: str = ""
    """Whose score it is, where it is not the sum that matters."""


def sum_decides(rubric: Rubric) -> bool:
    """Whether nothing looks at single scores."""
    return not (rubric.clauses.floors or rubric.clauses.ranking.ties)


class Tries:
    def __init__(self, rubric: Rubric, what_if: WhatIf, at: int, result: UnitResult) -> None:
        self._rubric, self._what_if, self._at, self._result = rubric, what_if, at, result
        many = len(result.forms)
        self._by_one = many == 1 or rubric.clauses.committee.method == "mean"
        """Whether a step of any one form counts; else all of them give one together."""
        self._together = 1 if self._by_one else many
        self._leaves = of_the_sum(rubric)
        self._tried: dict[tuple[int, str], UnitResult] = {(0, ""): result}

    def borders(self, way: int) -> Iterator[Border]:
        """One after the other, each at the fewest steps that bring it."""
        most, reached = self._within(way, self._leaves), 0
        if most and sum_decides(self._rubric) and not self._may_change(way * most):
            return
        there, last = consequence(self._result), consequence(self._try(way * most))
        while there != last:
            low, beyond = reached, most
            while beyond - low > 1:
                middle = (low + beyond) // 2
                if consequence(self._try(way * middle)) == there:
                    low = middle
                else:
                    beyond = middle
            before, after = self._try(way * reached), self._try(way * beyond)
            yield self._border(way * beyond, before, after)
            reached, there = beyond, consequence(after)

    def floor_border(self, node: Node, way: int) -> Iterator[Border]:
        """Where points of this node bring another thing than points elsewhere."""

        def differs(steps: int) -> bool:
            elsewhere = consequence(self._try(way * steps))
            return consequence(self._try(way * steps, node)) != elsewhere

        most = self._within(way, node.leaves)
        if most and differs(most):
            steps = next(fewer for fewer in range(1, most + 1) if differs(fewer))
            yield self._border(way * steps, self._result, self._try(way * steps, node), node.name)

    def _try(self, steps: int, node: Node | None = None) -> UnitResult:
        """With so many steps more, or fewer, of this node or of what no floor looks at; once."""
        key = steps, node.id if node else ""
        if key not in self._tried:
            leaves = node.leaves if node else self._leaves
            given = steps * self._together
            forms = given_otherwise(self._rubric, self._result.forms, given, leaves)
            self._tried[key] = self._what_if.other_forms(self._at, forms)
        return self._tried[key]

    def _may_change(self, steps: int) -> bool:
        """At less cost than of forms."""
        scored = (self._result.scored or Fraction(0)) + self._points(steps)
        after = self._what_if.other_score(self._at, scored)
        return consequence(after) != consequence(self._result)

    def _within(self, way: int, leaves: Sequence[Node]) -> int:
        """How many steps of these leaves lie within reach."""
        there = room(self._rubric, self._result.forms, way > 0, leaves) // self._together
        return min(self._reach, there)

    @cached_property
    def _reach(self) -> int:
        """As near as the rubric calls near, from what totals are out of to what is scored."""
        rubric, many = self._rubric, len(self._result.forms)
        near = rubric.near_threshold * Fraction(rubric.full_score) / Fraction(rubric.full_total)
        return floor(near / Fraction(rubric.step) * many / self._together)

    def _points(self, steps: int) -> Fraction:
        given = Fraction(steps * self._together) * Fraction(self._rubric.step)
        return given / len(self._result.forms)

    def _border(self, steps: int, before: UnitResult, after: UnitResult, node: str = "") -> Border:
        points = self._points(steps)
        in_all = points * len(self._result.forms) if self._by_one else None
        return Border(points, in_all, before, after, node)
