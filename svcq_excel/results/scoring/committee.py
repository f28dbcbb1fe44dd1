"""Several assessors' scores made one, and what is to be seen when they lie side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.assessors import Assessor
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult, UnitStatus
from svcq_excel.rubric.clauses import Committee
from svcq_excel.rubric.model import Rubric


def combined(committee: Committee, scores: Sequence[Decimal]) -> Fraction:
    """One score of several, as the clause says; exact, so that thirds add up to a whole."""
    if len(scores) == 1:
        return Fraction(scores[0])
    counted = [Fraction(score) for score in counting(committee, scores)]
    return sum(counted, Fraction(0)) / len(counted)


def counting(committee: Committee, scores: Sequence[Decimal]) -> list[Decimal]:
    """The scores whose mean it is, in order: of a median those in the middle, one or two."""
    ordered = sorted(scores)
    kept = ordered[committee.trim : -committee.trim]
    match committee.method:
        case "mean":
            return ordered
        case "trimmed" if kept:
            return kept
    return ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]


def spread(scores: Sequence[Decimal]) -> Decimal:
    """全距: the highest less the lowest."""
    return max(scores) - min(scores)


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """One assessor: what is still to come, and how the level compares with the others'."""

    key: str
    called: str
    """As people tell one from the others."""
    scored: tuple[Unit, ...]
    missing: tuple[Unit, ...]
    """Of whose forms none came."""
    to_correct: tuple[Unit, ...]
    """Of whose forms one has to be corrected."""
    level: Fraction | None
    """The mean distance from the median of the units' assessors; None where there are no others."""
    apart: bool
    """Whether that is far, by the rubric's clause."""


def members_of(
    rubric: Rubric, results: Sequence[UnitResult], listed: Sequence[Assessor] = ()
) -> tuple[CommitteeMember, ...]:
    """Those on the list, in its order, then others who handed in.

    Without a list each is taken to assess all units of the groups of which a form came.
    """
    forms = {(form.assessor, result.unit.code): form for result in results for form in result.forms}
    by_key = {assessor.key: assessor for assessor in listed if assessor.kind == "committee"}
    open_ones = (each.key for result in results for each in result.outstanding if each.key)
    keys = dict.fromkeys([*by_key, *(key for key, _ in forms), *open_ones])
    return tuple(_member(rubric, results, key, by_key.get(key), forms) for key in keys)


def _member(
    rubric: Rubric,
    results: Sequence[UnitResult],
    key: str,
    assessor: Assessor | None,
    forms: Mapping[tuple[str, str], Submission],
) -> CommitteeMember:
    scored = [result for result in results if (key, result.unit.code) in forms]
    wrong = [result for result in results if _state(result, key) == "needs-correction"]
    groups = {result.unit.group for result in (*scored, *wrong)}
    told = {result.unit.code for result in (*scored, *wrong)}
    missing = [
        result
        for result in results
        if (_state(result, key) == "missing" if assessor else result.unit.group in groups)
        if result.unit.code not in told and key not in result.absent
    ]
    distances = list(_distances(key, scored))
    level = sum(distances, Fraction(0)) / len(distances) if distances else None
    most = rubric.clauses.committee.apart_share * rubric.full_score
    return CommitteeMember(
        key,
        assessor.called if assessor else key,
        tuple(result.unit for result in scored),
        tuple(result.unit for result in missing),
        tuple(result.unit for result in wrong),
        level,
        level is not None and abs(level) > most,
    )


def _distances(key: str, scored: Sequence[UnitResult]) -> Iterator[Fraction]:
    """From the middle of what all assessors gave a unit: one far off does not move it."""
    for result in scored:
        totals = {form.assessor: Fraction(form.total) for form in result.forms}
        if len(totals) > 1:
            yield totals[key] - median(totals.values())


def _state(result: UnitResult, key: str) -> UnitStatus | None:
    """Of an assessor whose form is awaited."""
    return next((each.status for each in result.outstanding if each.key == key), None)
