"""From accepted forms to each unit's scores, total, grade, rank and reward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.expected import WHOEVER, Expected
from svcq_excel.plan.rulings import NONE, Rulings
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.committee import combined
from svcq_excel.results.scoring.completeness import by_unit
from svcq_excel.results.scoring.grading import held, placed, reevaluated, totalled
from svcq_excel.results.scoring.standing import fields, is_open, standings
from svcq_excel.rubric.model import Kind, Node, Rubric


def conclude(
    rubric: Rubric,
    units: Sequence[Unit],
    submissions: Iterable[Submission],
    corrections: Collection[tuple[str, str]] = (),
    decided: Rulings = NONE,
    expected: Expected = WHOEVER,
) -> tuple[UnitResult, ...]:
    """One result per kind and unit, ranked; no total where a form lacks or has to be corrected."""

    def scored(unit: Unit, kind: Kind, forms: Sequence[Submission]) -> UnitResult:
        return _scored(rubric, unit, kind, forms, decided)

    return _ranked(rubric, by_unit(units, submissions, corrections, scored, expected))


def _scored(
    rubric: Rubric, unit: Unit, kind: Kind, forms: Sequence[Submission], decided: Rulings
) -> UnitResult:
    committee = rubric.clauses.committee
    scores = {
        leaf.id: combined(committee, [form.scores[leaf.id] for form in forms])
        for leaf in rubric.leaves
    }

    def summed(leaves: Sequence[Node]) -> Fraction:
        return sum((scores[leaf.id] for leaf in leaves), Fraction(0))

    result = UnitResult(
        unit,
        kind,
        "accepted",
        items={item.id: summed(item.leaves) for item in rubric.items},
        leaves=scores,
        assessed=max((form.assessed for form in forms if form.assessed), default=None),
        assessors=tuple(dict.fromkeys(form.assessor_name for form in forms if form.assessor_name)),
        comments=together(form.comments for form in forms),
        remarks={
            item: {
                key: together(form.remarks.get(item, {}).get(key, "") for form in forms)
                for key in _keys(form.remarks.get(item, {}) for form in forms)
            }
            for item in _keys(form.remarks for form in forms)
        },
        forms=tuple(forms),
        notes={
            leaf: together(form.notes.get(leaf, "") for form in forms)
            for leaf in _keys(form.notes for form in forms)
        },
    )
    if committee.per == "total":
        scored = combined(committee, [form.total for form in forms])
    else:
        scored = summed(rubric.leaves)
    result = totalled(rubric, result, scored, decided)
    return reevaluated(rubric, held(rubric, result), decided)


def _keys(mappings: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def together(texts: Iterable[str]) -> str:
    """What several assessors wrote, one below the other."""
    return "\n".join(text for text in texts if text)


def _ranked(rubric: Rubric, results: Sequence[UnitResult]) -> tuple[UnitResult, ...]:
    found = standings(rubric, results)
    awaiting = {at for field in fields(rubric, results) if is_open(field) for at in field}
    return tuple(
        placed(rubric, result, found.get(at), at in awaiting) for at, result in enumerate(results)
    )
