"""Aids to judgement: nothing is wrong, but a person may want to look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from svcq_excel.checks.examples import edit, full_marks, same, together
from svcq_excel.checks.form import Form
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.rubric.model import number

NEAR = Decimal(5)
"""Points below a grade's bound that count as near."""

_INCOMPLETE = (
    "score-missing",
    "score-not-computed",
    "score-not-a-number",
    "criterion-missing",
    "criterion-repeated",
)


class UniformScores(FormRule):
    code = "uniform-scores"
    severity = "notice"
    title = "各項得分比例完全相同"
    clause = "審閱提示，不影響得分"
    requires = _INCOMPLETE
    bad = full_marks
    good = same

    def find(self, form: Form) -> Iterator[Violation]:
        if not form.complete or len(form.answers) < 3:
            return
        caps, points = form.rubric.leaf_by_id, form.points
        id, first = next(iter(points.items()))
        full = caps[id].cap
        if all(each * full == first * caps[id].cap for id, each in points.items()):
            percent = number((first / full * 100).quantize(Decimal("0.1")))
            found = f"{len(form.answers)} 項得分都是該項滿分的 {percent}%"
            yield self.violation(found, "", "請確認是否逐項評定")


class NearThreshold(FormRule):
    code = "near-threshold"
    severity = "notice"
    title = "總分略低於等第下限"
    clause = "審閱提示，不影響得分"
    requires = _INCOMPLETE
    bad = together(full_marks, edit("A1.1.2", score=0.0), edit("C1.1", score=47.0))
    good = together(full_marks, edit("A1.1.2", score=0.0))

    def find(self, form: Form) -> Iterator[Violation]:
        if not form.complete:
            return
        total = form.sums[""]
        for grade in form.rubric.grades:
            if 0 < grade.min - total <= NEAR:
                short = number(grade.min - total)
                bound = f"「{grade.name}」的下限 {number(grade.min)}"
                found = f"總分 {number(total)}，距{bound} 差 {short} 分"
                yield self.violation(found, "", "請確認各項得分無誤", value=float(total))
