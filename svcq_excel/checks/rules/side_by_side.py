"""Aids to judgement that show only where the forms of a round lie side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from svcq_excel.checks.examples import OTHER_UNIT, edit, same, stamped, together
from svcq_excel.checks.rule import BatchRule, Found
from svcq_excel.checks.submission import Submission
from svcq_excel.plan.plan import Plan
from svcq_excel.rubric.model import Kind

_CLAUSE = "審閱提示，不影響得分"
_OTHERS: tuple[Kind, ...] = ("hq", "committee")
_NAMED = 3
"""Units that a message names; of more it says how many."""

_of_head_office = stamped(assessor="hq")
_of_another_unit = stamped(unit=OTHER_UNIT.code, unit_name=OTHER_UNIT.name)


class IdenticalEntries(BatchRule):
    code = "identical-entries"
    answered_by = "scores"
    severity = "notice"
    title = "與其他單位填寫的內容完全相同"
    clause = _CLAUSE
    requires = ("uniform-scores",)
    bad = (same, _of_another_unit)
    good = (same, together(_of_another_unit, edit("C1.1", score=27.0)))

    def find(self, forms: Sequence[Submission], plan: Plan) -> Iterator[Found]:
        if len(plan.rubric.leaves) < plan.rubric.judgement.fewest_leaves:
            return
        alike: defaultdict[object, list[int]] = defaultdict(list)
        for at, form in enumerate(forms):
            alike[tuple(sorted(form.scores.items())), tuple(sorted(form.notes.items()))].append(at)
        order = {unit.code: at for at, unit in enumerate(plan.units)}
        for several in alike.values():
            came = {forms[at].unit for at in several}
            units = sorted(came & order.keys(), key=lambda code: order[code])
            for at in several if len(units) > 1 else ():
                first = [unit for unit in units[: _NAMED + 1] if unit != forms[at].unit][:_NAMED]
                named = "、".join(f"「{plan.by_code[unit].name}」" for unit in first)
                others = len(units) - 1
                more = f"等 {others} 個單位" if others > _NAMED else ""
                found = f"各項得分及備註與{named}{more}的表件完全相同"
                yield at, self.violation(found, "", "請確認各單位是否各自評定")
