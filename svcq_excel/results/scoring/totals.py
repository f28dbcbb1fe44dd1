"""From accepted forms to each unit's scores, total, grade, rank and reward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

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
        return reckoned(rubric, _with_texts(rubric, unit, kind, forms), decided)

    return ranked(rubric, by_unit(units, submissions, corrections, scored, expected))


def reckoned(rubric: Rubric, result: UnitResult, decided: Rulings = NONE) -> UnitResult:
    """With what its forms come to: scores, total, grade, re-evaluation; all but its place."""
    committee, forms = rubric.clauses.committee, result.forms
    scores = {
        leaf.id: combined(committee, [form.scores[leaf.id] for form in forms])
        for leaf in rubric.leaves
    }

    def summed(leaves: Sequence[Node]) -> Fraction:
        return sum((scores[leaf.id] for leaf in leaves), Fraction(0))

    items = {item.id: summed(item.leaves) for item in rubric.items}
    result = replace(result, items=items, leaves=scores)
    if committee.per == "total":
        scored = combined(committee, [form.total for form in forms])
    else:
        scored = summed(rubric.leaves)
    return judged(rubric, result, scored, decided)


def judged(
    rubric: Rubric, result: UnitResult, scored: Fraction, decided: Rulings = NONE
) -> UnitResult:
    """With the total that what was scored comes to, its grade and re-evaluation."""
    result = totalled(rubric, result, scored, decided)
    return reevaluated(rubric, held(rubric, result), decided)


def _with_texts(rubric: Rubric, unit: Unit, kind: Kind, forms: Sequence[Submission]) -> UnitResult:
    """What the forms say beside their scores."""
    return UnitResult(
        unit,
        kind,
        "accepted",
        assessed=max((form.assessed for form in forms if form.assessed), default=None),
        assessors=tuple(dict.fromkeys(form.assessor_name for form in forms if form.assessor_name)),
        comments=together(forms, lambda form: form.comments),
        remarks={
            item: {
                key: together(forms, partial(_remark, item=item, key=key))
                for key in _keys(form.remarks.get(item, {}) for form in forms)
            }
            for item in _keys(form.remarks for form in forms)
        },
        forms=tuple(forms),
        notes={
            leaf.id: together(forms, partial(_note, leaf=leaf.id))
            for leaf in rubric.leaves
            if any(leaf.id in form.notes for form in forms)
        },
    )


def _remark(form: Submission, item: str, key: str) -> str:
    return form.remarks.get(item, {}).get(key, "")


def _note(form: Submission, leaf: str) -> str:
    return form.notes.get(leaf, "")


def _keys(mappings: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def together(forms: Sequence[Submission], text: Callable[[Submission], str]) -> str:
    """What assessors wrote, one below the other, of several each with whose it is; what several of
    them wrote alike stands once."""
    if len(forms) == 1:
        return text(forms[0])
    wrote: defaultdict[str, list[str]] = defaultdict(list)
    for form in forms:
        if said := text(form).strip():
            wrote[said].append(form.called or form.assessor_name or form.assessor)
    return "\n".join(f"{'、'.join(who)}：{said}" for said, who in wrote.items())


def ranked(rubric: Rubric, results: Sequence[UnitResult]) -> tuple[UnitResult, ...]:
    """Each with its rank among its field, and the reward that follows."""
    found = standings(rubric, results)
    awaiting = {at for field in fields(rubric, results) if is_open(field) for at in field}
    return tuple(
        placed(rubric, result, found.get(at), at in awaiting) for at, result in enumerate(results)
    )
