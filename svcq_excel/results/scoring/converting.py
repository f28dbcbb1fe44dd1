"""原得分, 換算, 加減分, 總分: how what is scored becomes a total; rounding is the last step."""

from __future__ import annotations

from fractions import Fraction

from svcq_excel.rubric.exact import rounded
from svcq_excel.rubric.model import Rubric


def converted(rubric: Rubric, score: Fraction) -> Fraction:
    """換算: a score out of the full score as one out of what totals are out of."""
    return score * Fraction(rubric.full_total) / Fraction(rubric.full_score)


def adjusted(rubric: Rubric, score: Fraction, points: Fraction) -> Fraction:
    """A score converted, with 加減分; within what a total may be, and not rounded."""
    whole = converted(rubric, score) + points
    return min(max(whole, Fraction(0)), Fraction(rubric.most_total))


def total_of(rubric: Rubric, score: Fraction, points: Fraction) -> Fraction:
    """總分, rounded as the clause says."""
    rounding = rubric.clauses.rounding
    return rounded(adjusted(rubric, score, points), rounding.places, rounding.method)
