"""A checklist's results: each unit's steps with their statuses, and how many of them are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from svcq_excel.checks.answers import Status
from svcq_excel.checks.submission import Submission
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UNIT_STATUS_WORDS, UnitResult
from svcq_excel.results.scoring.completeness import by_unit
from svcq_excel.results.scoring.totals import together
from svcq_excel.rubric.model import Kind
from svcq_excel.rubric.node import DONE, STATUSES

NOT_APPLICABLE = STATUSES[3]
_BEHIND = (STATUSES[2], *STATUSES[1::-1], NOT_APPLICABLE)
"""Where several assessors differ, the first of these that one of them says."""


def conclude(
    plan: Plan, submissions: Iterable[Submission], corrections: Collection[tuple[str, str]] = ()
) -> tuple[UnitResult, ...]:
    """One result per kind and unit, each with every step that the unit's form holds."""
    return tuple(
        result if result.status == "accepted" else _awaited(plan, result)
        for result in by_unit(plan.units, submissions, corrections, _answered, plan.expected)
    )


def _answered(unit: Unit, kind: Kind, forms: Sequence[Submission]) -> UnitResult:
    return UnitResult(
        unit,
        kind,
        "accepted",
        steps={id: _of_all(forms, id) for id in forms[0].statuses},
        assessed=max((form.assessed for form in forms if form.assessed), default=None),
        assessors=tuple(dict.fromkeys(form.assessor_name for form in forms if form.assessor_name)),
        forms=tuple(forms),
        notes={
            id: together(forms, partial(_note, leaf=id))
            for id in forms[0].statuses
            if any(id in form.notes for form in forms)
        },
    )


def _note(form: Submission, leaf: str) -> str:
    return form.notes.get(leaf, "")


def _of_all(forms: Sequence[Submission], step: str) -> Status:
    word = min((form.statuses[step].word for form in forms), key=_BEHIND.index)
    done = together(forms, lambda form: form.statuses[step].done)
    return Status(word, done, together(forms, lambda form: form.statuses[step].proof))


def _awaited(plan: Plan, result: UnitResult) -> UnitResult:
    status = Status(UNIT_STATUS_WORDS[result.status])
    return replace(
        result, steps={leaf.id: status for leaf in plan.rubric_of(result.unit.code).leaves}
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps there are, and how many of them were answered in each way."""

    asked: int
    by_status: Counter[str]

    @property
    def done(self) -> int:
        return self.by_status[DONE]

    @property
    def applying(self) -> int:
        return self.asked - self.by_status[NOT_APPLICABLE]

    @property
    def rate(self) -> Fraction | None:
        """已完成 of those that apply; None where none does."""
        return Fraction(self.done, self.applying) if self.applying else None


def progress(steps: Iterable[Status]) -> Progress:
    words = Counter(step.word for step in steps)
    return Progress(words.total(), words)


def overdue(step: Status) -> bool:
    """Whether a step that was due is still open, or nobody has said that it is not."""
    return step.word not in {DONE, NOT_APPLICABLE}
