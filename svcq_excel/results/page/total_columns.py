"""原得分, 換算, 加減分, 總分: what leads from scores to a total, in every table alike.

Where nothing is converted or adjusted, a total is what was scored and stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from svcq_excel.results.awaiting import status_word
from svcq_excel.results.model import UnitResult
from svcq_excel.results.page import formulas
from svcq_excel.results.page.sheet import Formula, SheetCell
from svcq_excel.results.scoring.converting import converted
from svcq_excel.results.scoring.grading import METHODS
from svcq_excel.results.wording import total_head, total_look
from svcq_excel.rubric.clauses import Rounding
from svcq_excel.rubric.exact import Way, decimal
from svcq_excel.rubric.model import Kind, Rubric, number

_ADJUSTED = "加減分"
_WAYS: dict[Way, str] = {
    "half-up": "四捨五入",
    "down": "無條件捨去",
    "up": "無條件進位",
    "half-even": "四捨六入五成雙",
}


def total_heads(rubric: Rubric, kinds: Collection[Kind]) -> dict[str, Decimal]:
    """The columns' heads, the total's last, each with what its figures are out of."""
    heads = {total_head(rubric): rubric.full_total}
    if _adjusts(rubric, kinds):
        heads = {_ADJUSTED: rubric.most_total, **heads}
    if rubric.clauses.scale:
        heads = {f"換算\n滿分{number(rubric.full_total)}分": rubric.full_total, **heads}
    if len(heads) > 1:
        heads = {scored_head(rubric): rubric.full_score, **heads}
    return heads


def look_below(rubric: Rubric, head: str) -> str:
    """How the figures of a column look: 加減分 with its sign, in every table."""
    looks = {_ADJUSTED: "difference", total_head(rubric): "total"}
    return looks.get(head, "score")


def scored_head(rubric: Rubric) -> str:
    return f"原得分\n滿分{number(rubric.full_score)}分"


def total_cells(
    rubric: Rubric,
    result: UnitResult,
    scores: str,
    at: Callable[[int], str],
    kinds: Collection[Kind] = (),
) -> Iterator[SheetCell]:
    """What stands below the heads, live: `scores` is a range, `at` gives each one's address.

    `kinds` are those of the table, where it has others than the result's own.
    """
    kinds = kinds or [result.kind]
    figures = total_figures(rubric, result, kinds)
    if result.total is None:
        yield from (SheetCell(None, "score") for _ in figures[1:])
        yield SheetCell(status_word(result), result.status)
        return
    live, points, steps = formulas.scored(rubric, result.forms, scores), "", iter(figures)
    scored = result.scored or Fraction(0)
    if len(result.forms) == 1 and scored != sum(result.leaves.values()):
        live = number(decimal(scored))  # of members whose totals are not to be told
    if len(figures) > 1:
        yield SheetCell(Formula(f"={live}", next(steps)), "score")
        live = at(0)
    if rubric.clauses.scale:
        live = formulas.converted(rubric, live)
        yield SheetCell(Formula(f"={live}", next(steps)), "score")
        live = at(1)
    if _adjusts(rubric, kinds):
        yield SheetCell(next(steps), "difference")
        points = at(len(figures) - 2)
    parts = (*figures, *result.leaves.values())
    yield SheetCell(
        formulas.total(rubric, live, parts, next(steps), points), total_look(rubric, result.total)
    )


def total_figures(
    rubric: Rubric, result: UnitResult, kinds: Collection[Kind]
) -> tuple[Fraction, ...]:
    """The figures of the columns, where the result has any."""
    scored, total = result.scored or Fraction(0), result.total or Fraction(0)
    figures: tuple[Fraction, ...] = (total,)
    if _adjusts(rubric, kinds):
        figures = (result.adjusted, *figures)
    if rubric.clauses.scale:
        figures = (converted(rubric, scored), *figures)
    return (scored, *figures) if len(figures) > 1 else figures


def explained(rubric: Rubric, kinds: Collection[Kind]) -> Iterator[str]:
    """In words, for below or above a table, what does not go without saying."""
    whole, full, to = rubric.clauses, number(rubric.full_score), number(rubric.full_total)
    adjusts = _adjusts(rubric, kinds)
    if whole.scale or adjusts:
        steps = f"（滿分 {full} 分）×{to}÷{full}" if whole.scale else ""
        steps += "＋加減分" if adjusts else ""
        limits = f"，至少 0 分、至多 {number(rubric.most_total)} 分" if adjusts else ""
        yield f"總分（滿分 {to} 分）＝原得分{steps}{limits}，{rounding_in_words(whole.rounding)}。"
    if "committee" in kinds and whole.committee.combines_totals:
        method = METHODS[whole.committee.method]
        combined = "原得分" if whole.scale or adjusts else "總分"
        yield (
            f"{combined}（滿分 {full} 分）為各考核人員所評總和之{method}；"
            f"各項目及細項所列為逐細項之{method}，其合計可能與{combined}不同。"
        )


def rounding_in_words(rounding: Rounding) -> str:
    places = f"取至小數第 {rounding.places} 位" if rounding.places else "取整數"
    return f"{places}（{_WAYS[rounding.method]}）"


def _adjusts(rubric: Rubric, kinds: Collection[Kind]) -> bool:
    return any(rubric.clauses.adjusting(kind) for kind in kinds)
