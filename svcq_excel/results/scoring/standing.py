"""名次: who is compared with whom, by what, and what decides between equals (Ranking)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
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
    """By place among the results; who has no total, or is barred, is compared with no one.

    By 序位法 nobody has a place before all units of the field have all forms.
    """
    found: dict[int, Standing] = {}
    for field in fields(rubric, results):
        compared = {
            at: result
            for at, result in field.items()
            if result.total is not None and not result.barred
        }
        if rubric.clauses.ranking.by == "total" or not is_open(field):
            found |= _within(rubric, compared)
    return found


def _within(rubric: Rubric, field: Field) -> dict[int, Standing]:
    ranking = rubric.clauses.ranking
    places, left_out = _places(rubric, field) if ranking.by == "places" else ({}, ())
    if ranking.by == "places" and not places:
        return {}
    merits = {at: _merit(rubric, result, places.get(at, ())) for at, result in field.items()}
    ranks = ranked(merits.values(), ranking)
    sharing = Counter(merits.values())
    sums = {at: sum(given) for at, given in places.items()}
    return {
        at: Standing(rank, sharing[merit] > 1, sums.get(at), left_out)
        for (at, merit), rank in zip(merits.items(), ranks, strict=True)
    }


def ranked(merits: Iterable[Merit], ranking: Ranking) -> list[int]:
    """Equals share a rank; the next is skipped (1, 1, 3) or, dense, is not (1, 1, 2)."""
    merits = list(merits)
    ladder = sorted(merits if ranking.method == "competition" else set(merits), reverse=True)
    steps = {merit: at for at, merit in reversed(list(enumerate(ladder, 1)))}
    return [steps[merit] for merit in merits]


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
