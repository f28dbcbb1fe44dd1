"""成績調整: what was decided on single scores, applied to the forms before anything is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from svcq_excel.checks.submission import Submission
from svcq_excel.definition import Problem
from svcq_excel.plan.expected import WHOEVER, Expected
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult
from svcq_excel.rubric.model import number
from svcq_excel.text.folding import fold

NO_FORM = "這個單位沒有採計的評分表，尚無得分可以調整"


@dataclass(frozen=True, slots=True)
class Changed:
    """The forms as they count, and what became of each row of the table."""

    forms: tuple[Submission, ...] = ()
    made: tuple[ScoreChange, ...] = ()
    """With the unit's code and, of a committee's member, the name as the program knows them."""
    unmade: tuple[ScoreChange, ...] = ()
    """Each with its fault."""

    def shown_in(self, results: Iterable[UnitResult]) -> Iterator[UnitResult]:
        """The results, each with the changes that it was concluded with."""
        made: defaultdict[tuple[str, str | None], list[ScoreChange]] = defaultdict(list)
        for change in self.made:
            made[change.unit, change.kind].append(change)
        for result in results:
            own = made[result.unit.code, result.kind]
            yield replace(result, score_changes=tuple(own)) if own else result

    def unmatched(self, results: Iterable[UnitResult]) -> Iterator[Problem]:
        """Rows of units, and of kinds of assessment, of which there is no result to tell it at."""
        known = {(result.unit.code, result.kind) for result in results}
        for change in self.unmade:
            if (change.unit, change.kind) not in known:
                message = f"成績調整：{change.fault}，這一列沒有採用"
                yield change.problem(message, "請核對後更正或刪除這一列")


def changed(
    forms: Iterable[Submission],
    changes: Sequence[ScoreChange],
    units: Sequence[Unit],
    expected: Expected = WHOEVER,
) -> Changed:
    """Row by row: a second change of a score starts from what the first made of it."""
    known = {fold(unit.code): unit for unit in units} if changes else {}
    counted, made, unmade = list(forms), [], []
    own: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for at, form in enumerate(counted):
        own[form.unit, form.kind].append(at)
    for row in changes:
        unit = known.get(fold(row.unit))
        change = replace(row, unit=unit.code) if unit else row
        places = [(at, counted[at]) for at in own[change.unit, change.kind]]
        at, fault = _form_of(change, places, unit, expected)
        if fault := change.fault or fault or _otherwise(change, counted[at]):
            unmade.append(replace(change, fault=fault))
            continue
        form = counted[at]
        counted[at] = replace(form, scores={**form.scores, change.leaf: change.after})
        who = (form.called or form.assessor) if change.kind == "committee" else ""
        made.append(replace(change, assessor=who))
    return Changed(tuple(counted), tuple(made), tuple(unmade))


def _form_of(
    change: ScoreChange,
    own: Sequence[tuple[int, Submission]],
    unit: Unit | None,
    expected: Expected,
) -> tuple[int, str]:
    """The place of the form whose score is meant, or why it cannot be told."""
    if unit is None:
        return 0, f"編號「{change.unit}」不在受考核單位名單內"
    counting = [each for each in own if _counts(each[1], unit, expected)]
    if not counting:
        return 0, NO_FORM
    meant = [each for each in counting if not change.assessor or _is_by(each[1], change.assessor)]
    if len(meant) == 1:
        return meant[0][0], ""
    if meant:
        said = f"這個單位有 {len(meant)} 份評分表"
        return 0, f"{said}，未填考核人員，無法確定調整哪一位的評分"
    if any(_is_by(form, change.assessor) for _, form in own):
        return 0, f"考核人員「{change.assessor}」的評分依名單或決定不計入"
    return 0, f"這個單位沒有考核人員「{change.assessor}」的評分表"


def _counts(form: Submission, unit: Unit, expected: Expected) -> bool:
    if form.kind != "committee":
        return True
    members = expected.of(unit)
    listed = members is None or any(fold(each.key) == fold(form.assessor) for each in members)
    return listed and not expected.absence(unit, form.assessor)


def _is_by(form: Submission, said: str) -> bool:
    return fold(said) in {fold(form.assessor), fold(form.called), fold(form.assessor_name)}


def _otherwise(change: ScoreChange, form: Submission) -> str:
    """Why a row does not start from what stands there."""
    there = form.scores[change.leaf]
    if there == change.before:
        return ""
    return f"原得分填 {number(change.before)} 分，採計的得分為 {number(there)} 分"
