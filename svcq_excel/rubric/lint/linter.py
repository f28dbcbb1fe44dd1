"""Judges whether a rubric that is sound in shape is also sound in sense: sums, bands, grades.

A rule is a function that yields faults as (keys, message, fix); the keys lead from what the rule
looks at, one node or the whole rubric, to the part at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from svcq_excel.definition import Problem
from svcq_excel.rubric.lint.checklist import CHECKLIST_RULES
from svcq_excel.rubric.lint.clauses import CLAUSE_RULES
from svcq_excel.rubric.lint.node import NODE_RULES
from svcq_excel.rubric.lint.whole import WHOLE_RULES, placed
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.source import Keys, Source

_WITHIN_A_NODE = {"bands", "measure", "growth", "due"}


def lint(rubric: Rubric, source: Source, told: Iterable[Keys] = ()) -> tuple[Problem, ...]:
    """Every fault of a rubric, in the order of its file; none when forms can be made of it.

    Parts of which something was `told` already hold stand-ins: what follows from those is no fault.
    """
    whole = (*WHOLE_RULES, *CLAUSE_RULES, *CHECKLIST_RULES)
    faults = [fault for rule in whole for fault in rule(rubric)]
    for keys, _, node in placed(rubric):
        for rule in NODE_RULES:
            faults += [((*keys, *at), message, fix) for at, message, fix in rule(node)]
    doubtful = {_doubtful(keys) for keys in told}
    above = {at[:many] for at in doubtful for many in range(len(at) + 1)}
    sound = (fault for fault in faults if not _concerns(fault[0], doubtful, above))
    return source.in_order(source.problem(*fault) for fault in sound)


def _node_of(keys: Keys) -> Keys:
    """The node that a part belongs to, or the entry of a list; else the part."""
    last = max((at for at, key in enumerate(keys) if isinstance(key, int)), default=len(keys) - 1)
    inner = next((at for at, key in enumerate(keys) if key in _WITHIN_A_NODE), last + 1)
    return keys[: min(last + 1, inner)]


def _doubtful(keys: Keys) -> Keys:
    """What is in doubt together with a part: of grades all, as they are compared; the whole tree
    with the step, and all with the levels."""
    if keys[:1] == ("grades",):
        return keys[:1]
    if keys[:1] == ("levels",):
        return ()
    return ("tree",) if keys == ("step",) else _node_of(keys)


def _concerns(keys: Keys, doubtful: Set[Keys], above: Set[Keys]) -> bool:
    """Whether a fault may come from a doubtful part: it is in it, or above it, as sums are."""
    within = (many for many in range(len(keys) + 1) if keys[:many] in doubtful)
    return _node_of(keys) in above or any(keys[at : at + 1] != ("children",) for at in within)
