"""A unit's forms with some points more or less: what is given to a what-if to score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import floor

from svcq_excel.checks.submission import Submission
from svcq_excel.rubric.model import Node, Rubric


def given_otherwise(
    rubric: Rubric, forms: Sequence[Submission], steps: int, first: Sequence[Node] = ()
) -> tuple[Submission, ...]:
    """Forms that give so many steps more in all, or fewer; as far as caps and nothing allow.

    One form gets a step after the other. Of a form, leaves that decide more than the total come
    last, or else `first` those that are meant.
    """
    leaves = [*first, *(leaf for leaf in _in_order(rubric) if leaf not in first)]
    share, rest = divmod(abs(steps), len(forms))
    way = rubric.step if steps > 0 else -rubric.step
    return tuple(
        replace(form, scores=_moved(form, leaves, way * (share + (at < rest))))
        for at, form in enumerate(forms)
    )


def room(rubric: Rubric, forms: Sequence[Submission], up: bool) -> int:
    """How many steps can be given, or taken, from one form after the other."""
    left = (rubric.full_score - form.total if up else form.total for form in forms)
    return floor(min(left) / rubric.step) * len(forms)


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


def _in_order(rubric: Rubric) -> Iterator[Node]:
    """Those of which only the sum counts, then those that a floor or a tie looks at."""
    clauses = rubric.clauses
    named = {*(floor.node for floor in clauses.floors), *clauses.ranking.ties} & {*rubric.nodes}
    watched = {leaf.id for id in named for leaf in rubric.nodes[id].leaves}
    yield from sorted(rubric.leaves, key=lambda leaf: leaf.id in watched)
