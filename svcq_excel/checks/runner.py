"""Runs the rules over a form: all faults at once, but none that merely follows from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.catalogue import rules_over
from svcq_excel.checks.rule import FormRule
from svcq_excel.checks.violation import Violation

_FOREIGN = "other-rubric"


def check(form: CheckedForm) -> tuple[Violation, ...]:
    """Every violation, in the form's order; those of the form as a whole first."""
    found: list[Violation] = []
    seen: defaultdict[str | None, set[str]] = defaultdict(set)
    for rule in rules_over(form.rubric.is_checklist, form.ours):
        for violation in rule.find(form):
            if _fresh(violation, rule, seen):
                seen[violation.criterion].add(violation.code)
                found.append(violation)
    if not found:
        return ()
    if _FOREIGN in seen[None]:
        return tuple(v for v in found if v.code == _FOREIGN)
    order = {id: i for i, id in enumerate(form.rubric.nodes)}
    found.sort(key=lambda v: (order.get(v.criterion or "", -1), v.code))
    return tuple(found)


def _fresh(violation: Violation, rule: FormRule, seen: Mapping[str | None, set[str]]) -> bool:
    """Whether nothing that the rule requires has failed, on the whole form or at this place;
    the form as a whole has failed wherever a part of it has."""
    at = seen if violation.criterion is None else (None, violation.criterion)
    return all(seen[place].isdisjoint(rule.requires) for place in at if place in seen)
