"""名次: who is compared with whom, by what, and what decides between equals (Ranking)."""

from __future__ import annotations

from collections import defaultdict
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


def standings(rubric: Rubric, results: Sequence[UnitResult]) -> dict[int, Standing]:
    """By place among the results; who has no total, or is barred, is compared with no one.

    By 序位法 only units are compared that every assessor of the others has scored as well.
    """
    ranking = rubric.clauses.ranking
    fields: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, result in enumerate(results):
        if result.total is not None and not result.barred:
            group = result.unit.group if ranking.within == "group" else ""
            fields[result.kind, group].append(at)
    found: dict[int, Standing] = {}
    for field in fields.values():
        found |= _within(rubric, {at: results[at] for at in field})
    return found


def _within(rubric: Rubric, field: Mapping[int, UnitResult]) -> dict[int, Standing]:
    ranking = rubric.clauses.ranking
    places = _places(rubric, field) if ranking.by == "places" else {}
    compared = {at: field[at] for at in (places if ranking.by == "places" else field)}
    merits = {at: _merit(rubric, result, places.get(at, ())) for at, result in compared.items()}
    ranks = ranked(merits.values(), ranking)
    tied = list(merits.values())
    return {
        at: Standing(rank, tied.count(merit) > 1, sum(places[at]) if at in places else None)
        for (at, merit), rank in zip(merits.items(), ranks, strict=True)
    }


def ranked(merits: Iterable[Merit], ranking: Ranking) -> list[int]:
    """Equals share a rank; the next is skipped (1, 1, 3) or, dense, is not (1, 1, 2)."""
    merits = list(merits)
    ladder = sorted(merits if ranking.method == "competition" else set(merits), reverse=True)
    steps = {merit: at for at, merit in reversed(list(enumerate(ladder, 1)))}
    return [steps[merit] for merit in merits]


def _places(rubric: Rubric, field: Mapping[int, UnitResult]) -> dict[int, tuple[int, ...]]:
    """The rank each assessor gave, of the units that all of them have scored."""
    ranking = rubric.clauses.ranking
    totals = {
        at: {form.assessor: _given(rubric, result, form) for form in result.forms}
        for at, result in field.items()
    }
    assessors = {key for given in totals.values() for key in given}
    whole = {at: given for at, given in totals.items() if set(given) == assessors}
    given = [ranked([(t[key],) for t in whole.values()], ranking) for key in sorted(assessors)]
    return dict(zip(whole, zip(*given, strict=True), strict=True))


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
