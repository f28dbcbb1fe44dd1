"""A unit's forms with some points more or less: what is given to a what-if to score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from math import floor

from svcq_excel.checks.submission import Submission
from svcq_excel.rubric.model import Node, Rubric


def given_otherwise(
    rubric: Rubric, forms: Sequence[Submission], steps: int, leaves: Sequence[Node]
) -> tuple[Submission, ...]:
    """Forms that give so many steps more in all, or fewer, at the first of these leaves that have
    room for it; one form gets a step after the other."""
    share, rest = divmod(abs(steps), len(forms))
    way = rubric.step if steps > 0 else -rubric.step
    return tuple(
        replace(form, scores=_moved(form, leaves, way * (share + (at < rest))))
        for at, form in enumerate(forms)
    )


def room(rubric: Rubric, forms: Sequence[Submission], up: bool, leaves: Sequence[Node]) -> int:
    """How many steps these leaves can be given, or lose, in one form after the other."""
    if not forms:
        return 0
    caps = sum((leaf.cap for leaf in leaves), Decimal(0))
    given = [sum((form.scores[leaf.id] for leaf in leaves), Decimal(0)) for form in forms]
    left = caps - max(given) if up else min(given)
    return floor(left / rubric.step) * len(forms)


def _moved(form: Submission, leaves: Sequence[Node], points: Decimal) -> dict[str, Decimal]:
    scores = dict(form.scores)
    for leaf in leaves:
        there = scores[leaf.id]
        least, most = -there, leaf.cap - there
        step = min(max(points, least), most)
        scores[leaf.id], points = there + step, points - step
        if not points:
            break
    return scores


def of_the_sum(rubric: Rubric) -> tuple[Node, ...]:
    """The leaves that no floor looks at, those last that may break a tie."""
    ties = _below(rubric, rubric.clauses.ranking.ties)
    floors = _below(rubric, {each.node for each in rubric.clauses.floors})
    others = (leaf for leaf in rubric.leaves if leaf.id not in floors)
    return tuple(sorted(others, key=lambda leaf: leaf.id in ties))


def _below(rubric: Rubric, ids: Collection[str]) -> set[str]:
    """The ids of the leaves below these nodes; a tie may be broken by what is no node."""
    return {leaf.id for id in ids if id in rubric.nodes for leaf in rubric.nodes[id].leaves}
