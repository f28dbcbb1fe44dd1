"""Judges whether a rubric that is sound in shape is also sound in sense: sums, bands, grades.

A rule is a function that yields faults as (keys, message, fix); the keys lead from what the rule
looks at, one node or the whole rubric, to the part at fault.
"""

from __future__ import annotations

from svcq_excel.definition import Problem
from svcq_excel.rubric.lint.checklist import CHECKLIST_RULES
from svcq_excel.rubric.lint.clauses import CLAUSE_RULES
from svcq_excel.rubric.lint.node import NODE_RULES
from svcq_excel.rubric.lint.whole import WHOLE_RULES, placed
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.source import Source


def lint(rubric: Rubric, source: Source) -> tuple[Problem, ...]:
    """Every fault of a rubric, in the order of its file; none when forms can be made of it."""
    whole = (*WHOLE_RULES, *CLAUSE_RULES, *CHECKLIST_RULES)
    faults = [fault for rule in whole for fault in rule(rubric)]
    for keys, _, node in placed(rubric):
        for rule in NODE_RULES:
            faults += [((*keys, *at), message, fix) for at, message, fix in rule(node)]
    return source.in_order(source.problem(*fault) for fault in faults)
