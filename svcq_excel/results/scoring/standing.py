"""名次: who is compared with whom, by what, and what decides between equals (Ranking)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from svcq_excel.checks.submission import Submission
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.converting import adjusted
from svcq_excel.rubric.clauses import FIRSTS, TOTAL, Ranking
from svcq_excel.rubric.model import Rubric

Merit = tuple[Fraction, ...]
"""What units are compared by, the weightiest first; more is better."""


class Standing(NamedTuple):
    rank: int
    tied: bool
    places: int | None = None
    """序位合計: the sum of the ranks that the assessors gave."""
    left_out: tuple[str, ...] = ()
    """The assessors who gave no ranks, since they assessed some units of the field only."""


Field = Mapping[int, UnitResult]
"""The results that are compared with one another, by their place among all."""


def fields(rubric: Rubric, results: Sequence[UnitResult]) -> list[Field]:
    """All results, each among those of its field."""
    found: defaultdict[tuple[str, str], dict[int, UnitResult]] = defaultdict(dict)
    for at, result in enumerate(results):
        group = result.unit.group if rubric.clauses.ranking.within == "group" else ""
        found[result.kind, group][at] = result
    return list(found.values())


def is_open(field: Field) -> bool:
    """Whether a unit may still come to a result, and change the ranks of others."""
    return any(result.status != "accepted" for result in field.values())


def standings(rubric: Rubric, results: Sequence[UnitResult]) -> dict[int, Standing]:
    """By place among the results; who has no total, or is barred, is compared with no one."""
    found: dict[int, Standing] = {}
    for field in fields(rubric, results):
        found |= Comparison(rubric, field).standings
    return found


class Comparison:
    """The units of a field beside one another; and where one stood, were its result another.

    By 序位法 nobody has a place before all units of the field have all forms.
    """

    def __init__(self, rubric: Rubric, field: Field) -> None:
        self._rubric, self._ranking = rubric, rubric.clauses.ranking
        self._compared = {at: result for at, result in field.items() if _is_compared(result)}
        by_places = self._ranking.by == "places"
        self._waits = by_places and is_open(field)
        self._places, self._left_out = _places(rubric, self._compared) if by_places else ({}, ())

    @cached_property
    def standings(self) -> dict[int, Standing]:
        if self._waits or (self._ranking.by == "places" and not self._places):
            return {}
        sums = {at: sum(given) for at, given in self._places.items()}
        return {
            at: Standing(*self._ladder.place(merit, merit), sums.get(at), self._left_out)
            for at, merit in self._merits.items()
        }

    def instead(self, at: int, result: UnitResult) -> Standing | None:
        """Of a unit with another result; the others' are as they are."""
        if self._waits or not _is_compared(result):
            return None
        if self._ranking.by == "places":  # one unit's scores move the others' places
            whole = {**self._compared, at: result}
            return Comparison(self._rubric, whole).standings.get(at)
        merit = _merit(self._rubric, result, ())
        return Standing(*self._ladder.place(merit, self._merits.get(at)))

    @cached_property
    def _merits(self) -> dict[int, Merit]:
        return {
            at: _merit(self._rubric, result, self._places.get(at, ()))
            for at, result in self._compared.items()
        }

    @cached_property
    def _ladder(self) -> Ladder:
        return Ladder(self._merits.values(), self._ranking)


def _is_compared(result: UnitResult) -> bool:
    return result.total is not None and not result.barred


class Ladder:
    """Merits in their order. Equals share a rank; the next is skipped (1, 1, 3) or, dense, is not
    (1, 1, 2)."""

    def __init__(self, merits: Iterable[Merit], ranking: Ranking) -> None:
        self._many = Counter(merits)
        self._dense = ranking.method == "dense"
        self._steps = sorted(self._many if self._dense else self._many.elements())

    def place(self, merit: Merit, left: Merit | None) -> tuple[int, bool]:
        """The rank of a merit, and whether another unit has it; its own unit has `left` here."""
        above = len(self._steps) - bisect_right(self._steps, merit)
        if left is not None and left > merit:
            above -= not self._dense or self._many[left] == 1
        return above + 1, self._many[merit] > (left == merit)


def ranked(merits: Iterable[Merit], ranking: Ranking) -> list[int]:
    merits = list(merits)
    ladder = Ladder(merits, ranking)
    return [ladder.place(merit, merit)[0] for merit in merits]


def _places(rubric: Rubric, field: Field) -> tuple[dict[int, tuple[int, ...]], tuple[str, ...]]:
    """The rank that each assessor of the whole field gave, and who did not assess all of it.

    The latter has to be as the list or a decision has it; else the forms are not all there, and
    nobody has a place.
    """
    ranking = rubric.clauses.ranking
    totals = {
        at: {form.assessor: _given(rubric, result, form) for form in result.forms}
        for at, result in field.items()
    }
    assessors = sorted({key for given in totals.values() for key in given})
    lacking = {key: [at for at in field if key not in totals[at]] for key in assessors}
    for key, without in lacking.items():
        if any(field[at].expected is None and key not in field[at].absent for at in without):
            return {}, ()
    given = [
        ranked([(t[key],) for t in totals.values()], ranking)
        for key in assessors
        if not lacking[key]
    ]
    left_out = tuple(key for key in assessors if lacking[key])
    return dict(zip(field, zip(*given, strict=True), strict=True)) if given else {}, left_out


def _given(rubric: Rubric, result: UnitResult, form: Submission) -> Fraction:
    """What an assessor's places follow: the scores alone or, by the clause, with 加減分."""
    score = Fraction(form.total)
    if rubric.clauses.ranking.places_of == "totals":
        return adjusted(rubric, score, result.adjusted)
    return score


def _merit(rubric: Rubric, result: UnitResult, places: Sequence[int]) -> Merit:
    total = result.total or Fraction(0)
    first = Fraction(-sum(places)) if rubric.clauses.ranking.by == "places" else total
    others = {TOTAL: total, FIRSTS: Fraction(places.count(1) if places else 0)}
    ties = (
        others[tie]
        if tie in others
        else sum((result.leaves[leaf.id] for leaf in rubric.nodes[tie].leaves), Fraction(0))
        for tie in rubric.clauses.ranking.ties
    )
    return (first, *ties)
