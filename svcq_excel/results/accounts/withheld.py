"""What a unit is not told of a committee, unless the plan lets it: who its members are, and what
each of them gave. All of them together stand there as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from svcq_excel.checks.submission import Entered, Submission
from svcq_excel.plan.expected import Outstanding
from svcq_excel.results.model import UnitResult
from svcq_excel.rubric.exact import decimal
from svcq_excel.rubric.model import Rubric
from svcq_excel.text.roc_dates import roc

T = TypeVar("T")
_A_MEMBER = "考核人員"
_LEFT_OUT = "未評全部單位"
"""In the grounds of a result by 序位法, what names those whose places do not count."""


def without_members(rubric: Rubric, result: UnitResult) -> UnitResult:
    """A committee's result as its unit may know it; of others nothing is withheld."""
    if result.kind != "committee":
        return result
    return replace(
        result,
        forms=(_together(result),) if result.total is not None else (),
        assessors=(),
        outstanding=tuple(Outstanding("", _A_MEMBER, each.status) for each in result.outstanding),
        absent={},
        grounds=tuple(each for each in result.grounds if _LEFT_OUT not in each),
        changes=(*_score_changes(rubric, result), *_changes(result)),
        score_changes=(),
    )


def _together(result: UnitResult) -> Submission:
    """What all forms come to as the form of one; of what they say, that on which they agree."""
    forms = result.forms
    return Submission(
        result.unit.code,
        result.kind,
        result.kind,
        {leaf: decimal(score) for leaf, score in result.leaves.items()},
        result.assessed,
        called=f"共 {len(forms)} 位",
        growths=_agreed(forms, lambda form: form.growths),
        entered=_agreed(forms, _entered),
    )


def _entered(form: Submission) -> Mapping[str, Entered]:
    """Nothing but the figure and the band that were chosen."""
    return {
        leaf: Entered("", "", "", each.measure, each.band) for leaf, each in form.entered.items()
    }


def _agreed(
    forms: Sequence[Submission], of: Callable[[Submission], Mapping[str, T]]
) -> dict[str, T]:
    """By leaf id, what all forms say alike."""
    first, *others = [of(form) for form in forms]
    return {
        leaf: said
        for leaf, said in first.items()
        if all(leaf in each and each[leaf] == said for each in others)
    }


def _changes(result: UnitResult) -> Iterator[str]:
    """Who is absent is not named."""
    for change in result.changes:
        absence = next((a for a in result.absent.values() if change.endswith(a.told(""))), None)
        yield f"有考核人員{absence.word}，不計其評分" if absence else change


def _score_changes(rubric: Rubric, result: UnitResult) -> Iterator[str]:
    for change in result.score_changes:
        name, on = rubric.nodes[change.leaf].name, roc(change.day)
        why = f"理由：{change.reason}；核定人 {change.by}，{on}"
        yield f"「{name}」有考核人員的評分經核定調整（{why}）"
