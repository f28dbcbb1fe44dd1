"""Charts with a row a unit: totals with the grades' bounds, one assessment beside another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from svcq_excel.results.charts.model import Axis, Bound, Chart, Series
from svcq_excel.results.charts.parting import MOST, UNITS, kind_of, named_shortly, not_drawn, parts
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Kind, Rubric, number


def totals(outcome: Outcome, kind: Kind) -> Iterator[Chart]:
    """The totals of one kind of assessment, the highest first."""
    rubric, results = outcome.rubric, outcome.of_kind(kind)
    note, bounds = not_drawn(results), _bounds(rubric)
    axis = _axis(rubric, results)
    for part in parts(outcome, results, _total):
        yield Chart(
            part.title(f"各單位總分{kind_of(outcome, kind)}"),
            "columns",
            UNITS,
            part.names,
            (Series("總分", tuple(map(_total, part.results))),),
            axis,
            _totals_in_words(rubric, part.results),
            bounds,
            note=note,
        )
        note = ""


def self_against(outcome: Outcome, other: Kind) -> Iterator[Chart]:
    """What units gave themselves beside what others gave them, where both are known."""
    rubric = outcome.rubric
    own = {result.unit.code: result.total for result in outcome.of_kind("self")}
    both = [result for result in outcome.of_kind(other) if own[result.unit.code] is not None]
    words = rubric.kind_word("self"), rubric.kind_word(other)
    axis = _axis(rubric, (*outcome.of_kind("self"), *outcome.of_kind(other)))
    for part in parts(outcome, both, _total, MOST * 3 // 5):
        first = tuple(own[result.unit.code] for result in part.results)
        second = tuple(map(_total, part.results))
        yield Chart(
            part.title(f"各單位{words[0]}與{words[1]}考核總分"),
            "columns",
            UNITS,
            part.names,
            (Series(words[0], first), Series(words[1], second)),
            axis,
            _differences_in_words(words, part.results, first, second),
        )


def _total(result: UnitResult) -> Fraction | None:
    return result.total if result.status == "accepted" else None


def _bounds(rubric: Rubric) -> tuple[Bound, ...]:
    """The totals from which on there is a grade; the last one begins at nothing."""
    return tuple(
        Bound(f"{grade.name} {number(grade.min)}分", Fraction(grade.min))
        for grade in rubric.grades
        if grade.min > 0
    )


def _axis(rubric: Rubric, results: Sequence[UnitResult]) -> Axis:
    known = [total for total in map(_total, results) if total is not None]
    most = max([Fraction(rubric.full_total), *known])
    title = f"總分（滿分 {number(rubric.full_total)} 分）"
    return Axis(title, Fraction(0), most)


def _totals_in_words(rubric: Rubric, results: Sequence[UnitResult]) -> str:
    values = [total for total in map(_total, results) if total is not None]
    mean = sum(values, Fraction(0)) / len(values)
    said = f"{len(results)} 個單位的總分（滿分 {number(rubric.full_total)} 分），由高而低。"
    if len(results) > 1:
        first, last = results[0], results[-1]
        said += (
            f"最高為{named_shortly(first)} {shown(values[0])} 分，"
            f"最低為{named_shortly(last)} {shown(values[-1])} 分，平均 {shown(mean)} 分。"
        )
    else:
        said += f"{named_shortly(results[0])} {shown(values[0])} 分。"
    return said + _by_bounds(rubric, values)


def _by_bounds(rubric: Rubric, values: Sequence[Fraction]) -> str:
    left, said = list(values), []
    for grade in rubric.grades:
        reached = [value for value in left if value >= grade.min]
        left = [value for value in left if value < grade.min]
        if reached and grade.min > 0:
            said.append(f"達 {number(grade.min)} 分（{grade.name}）{len(reached)} 個")
        elif reached:
            left += reached
    lowest = min((grade.min for grade in rubric.grades if grade.min > 0), default=None)
    if left and lowest is not None:
        said.append(f"未達 {number(lowest)} 分 {len(left)} 個")
    return f"{'、'.join(said)}。" if said else ""


def _differences_in_words(
    words: tuple[str, str],
    results: Sequence[UnitResult],
    first: Sequence[Fraction | None],
    second: Sequence[Fraction | None],
) -> str:
    apart = [
        (a - b, result)
        for a, b, result in zip(first, second, results, strict=True)
        if a is not None and b is not None
    ]
    mean = sum((difference for difference, _ in apart), Fraction(0)) / len(apart)
    said = f"{len(results)} 個單位的{words[0]}與{words[1]}考核總分，每單位並列兩條。"
    farthest, whose = max(apart, key=lambda pair: abs(pair[0]))
    if not farthest:
        return f"{said}兩者均相同。"
    return (
        f"{said}相差最多為{named_shortly(whose)}，{words[0]}較{words[1]}{_higher(farthest)}；"
        f"平均{_higher(mean)}。"
    )


def _higher(difference: Fraction) -> str:
    way = "高" if difference >= 0 else "低"
    return f"{way} {shown(abs(difference))} 分"
