"""From accepted forms to each unit's scores, total, grade, rank and reward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from svcq_excel.checks.submission import Submission
from svcq_excel.plan.units import Unit
from svcq_excel.results.model import UnitResult
from svcq_excel.rubric.model import Kind, Node, Reward, Rubric

KINDS: tuple[Kind, ...] = ("hq", "self", "committee")
"""The order in which results stand: the head office's first."""

PLACES = 4
"""A total's decimals, rounded half up; only a mean has that many."""


def conclude(
    rubric: Rubric,
    units: Sequence[Unit],
    submissions: Iterable[Submission],
    corrections: Collection[tuple[str, Kind]] = (),
) -> tuple[UnitResult, ...]:
    """One result per kind and unit, in the units' order; kinds are those that came in at all.

    `corrections` are the unit codes and kinds of which a form has to be corrected: such a unit
    has no total, whatever else came in. Where nothing came, self-assessments are missing.
    """
    forms: defaultdict[tuple[str, Kind], list[Submission]] = defaultdict(list)
    for submission in submissions:
        forms[submission.unit, submission.kind].append(submission)
    known = {unit.code for unit in units}
    came = {kind for code, kind in (*forms, *corrections) if code in known}
    results = []
    for kind in [kind for kind in KINDS if kind in came] or ["self"]:
        for unit in units:
            if (unit.code, kind) in corrections:
                results.append(UnitResult(unit, kind, "needs-correction"))
            elif (unit.code, kind) in forms:
                results.append(_scored(rubric, unit, kind, forms[unit.code, kind]))
            else:
                results.append(UnitResult(unit, kind, "missing"))
    return _ranked(rubric, results)


def _scored(rubric: Rubric, unit: Unit, kind: Kind, forms: Sequence[Submission]) -> UnitResult:
    def mean(*nodes: Node) -> Decimal:
        # Divided once, so that thirds of points that add up to a whole one are a whole one.
        leaves = [leaf.id for node in nodes for leaf in node.leaves]
        return sum((form.scores[id] for form in forms for id in leaves), Decimal(0)) / len(forms)

    total = _rounded(mean(*rubric.tree))
    grade = rubric.grade(total)
    return UnitResult(
        unit,
        kind,
        "accepted",
        total=total,
        grade=grade.name if grade else None,
        items={item.id: mean(item) for item in rubric.items},
        leaves={leaf.id: mean(leaf) for leaf in rubric.leaves},
        assessed=max((form.assessed for form in forms if form.assessed), default=None),
        assessors=tuple(dict.fromkeys(form.assessor_name for form in forms if form.assessor_name)),
        comments=_together(form.comments for form in forms),
        remarks={
            item: {
                key: _together(form.remarks.get(item, {}).get(key, "") for form in forms)
                for key in _keys(form.remarks.get(item, {}) for form in forms)
            }
            for item in _keys(form.remarks for form in forms)
        },
        forms=tuple(forms),
        notes={
            leaf: _together(form.notes.get(leaf, "") for form in forms)
            for leaf in _keys(form.notes for form in forms)
        },
    )


def _rounded(value: Decimal) -> Decimal:
    """Only what has more decimals changes: 950 stays 950."""
    step = Decimal(1).scaleb(-PLACES)
    rounded = value.quantize(step, ROUND_HALF_UP)
    return value if rounded == value else rounded


def _keys(mappings: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def _together(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _ranked(rubric: Rubric, results: Sequence[UnitResult]) -> tuple[UnitResult, ...]:
    """Ranks within kind and group: equal totals share a rank, the next is skipped (1, 1, 3)."""
    # Its import takes half a second, which commands that rank nothing need not wait for.
    import pandas as pd

    totals = {at: r.total for at, r in enumerate(results) if r.total is not None}
    table = pd.DataFrame(
        [
            # Whole numbers, for floats would lose what tells two means apart.
            (results[at].kind, results[at].unit.group, int(total.scaleb(PLACES)))
            for at, total in totals.items()
        ],
        columns=["kind", "group", "points"],
    )
    ranks = table.groupby(["kind", "group"])["points"].rank(method="min", ascending=False)
    ties = table.duplicated(keep=False)
    ranked = list(results)
    for at, rank, tied in zip(totals, ranks, ties, strict=True):
        placed = replace(results[at], rank=int(rank), tied=bool(tied))
        ranked[at] = replace(placed, reward=_reward(rubric, placed))
    return tuple(ranked)


def _reward(rubric: Rubric, result: UnitResult) -> Reward | None:
    """The first clause that fits kind, grade and, where it names ranks, rank."""
    return next(
        (
            reward
            for reward in rubric.rewards
            if reward.kind == result.kind
            and result.grade in reward.grades
            and (not reward.ranks or result.rank in reward.ranks)
        ),
        None,
    )
