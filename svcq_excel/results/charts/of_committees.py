"""Charts of a committee: how far its members lie apart on a unit, and who is above or below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from svcq_excel.results.charts.fitting import tick_step
from svcq_excel.results.charts.model import Axis, Bound, Chart, Series
from svcq_excel.results.charts.parting import UNITS, named_shortly, parts
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.scoring.committee import CommitteeMember, members_of
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import number

_SHARES = 20
"""An axis that does not begin at nothing begins at a twentieth of all."""


def spreads(outcome: Outcome) -> Iterator[Chart]:
    """Of each unit the lowest and the highest that a member gave, and what it came to."""
    results = [result for result in outcome.of_kind("committee") if _apart(result) is not None]
    if not results:
        return
    full = Fraction(outcome.rubric.full_score)
    clauses = outcome.rubric.clauses
    changed = bool(clauses.scale) or any(result.adjusted for result in results)
    each = full / _SHARES
    lowest = min(_lowest(result) for result in results)
    axis = Axis(
        f"各考核人員所評總分（滿分 {number(outcome.rubric.full_score)} 分）",
        max(lowest - each, Fraction(0)) // each * each,
        full,
    )

    def counted(result: UnitResult) -> Fraction | None:
        """What the members' totals came to, before it was converted or adjusted."""
        return result.scored if changed else result.total

    for part in parts(outcome, results, counted):
        yield Chart(
            part.title("考核人員評分差距"),
            "spans",
            UNITS,
            part.names,
            (
                Series("最低", tuple(map(_lowest, part.results))),
                Series("原得分" if changed else "總分", tuple(map(counted, part.results))),
                Series("最高", tuple(map(_highest, part.results))),
            ),
            axis,
            _spreads_in_words(part.results),
        )


def levels(outcome: Outcome) -> Iterator[Chart]:
    """How far each member's scores lie above or below the middle, on average."""
    rubric = outcome.rubric
    members = members_of(rubric, outcome.of_kind("committee"), outcome.assessors)
    known = [(each, each.level) for each in members if each.level is not None]
    if not known:
        return
    most = Fraction(rubric.clauses.committee.apart_share * rubric.full_score)
    far = max(Fraction(rubric.step), *(abs(level) for _, level in known)) * Fraction(6, 5)
    limits = (Bound(f"低 {shown(most)}分", -most), Bound(f"高 {shown(most)}分", most))
    yield Chart(
        "各考核人員評分高低",
        "columns",
        "考核人員",
        tuple(member.called for member, _ in known),
        (Series("與中位數平均相差", tuple(level for _, level in known)),),
        _around_nothing("與各考核人員所評總分之中位數平均相差（分）", far),
        _levels_in_words(known, most),
        limits if 0 < most <= far else (),
    )


def _around_nothing(title: str, far: Fraction) -> Axis:
    """As far to both sides, with round figures."""
    step = tick_step(Axis(title, -far, far))
    end = -(-far // step) * step
    return Axis(title, -end, end)


def _apart(result: UnitResult) -> Fraction | None:
    if result.status != "accepted" or len(result.forms) < 2:
        return None
    return _highest(result) - _lowest(result)


def _lowest(result: UnitResult) -> Fraction:
    return Fraction(min(form.total for form in result.forms))


def _highest(result: UnitResult) -> Fraction:
    return Fraction(max(form.total for form in result.forms))


def _spreads_in_words(results: Sequence[UnitResult]) -> str:
    apart = [(_highest(result) - _lowest(result), result) for result in results]
    widest, whose = max(apart, key=lambda pair: pair[0])
    mean = sum((each for each, _ in apart), Fraction(0)) / len(apart)
    return (
        f"{len(results)} 個單位由各考核人員所評總分的最低、最高及其結果。差距最大為"
        f"{named_shortly(whose)}，{shown(_lowest(whose))} 至 {shown(_highest(whose))} 分，"
        f"相差 {shown(widest)} 分；平均相差 {shown(mean)} 分。"
    )


def _levels_in_words(known: Sequence[tuple[CommitteeMember, Fraction]], most: Fraction) -> str:
    said = "、".join(
        f"{member.called}{'高' if level > 0 else '低'} {shown(abs(level))} 分"
        if level
        else f"{member.called}相同"
        for member, level in known
    )
    apart = sum(member.apart for member, _ in known)
    limit = f"相差超過 {shown(most)} 分者 {apart} 人。" if most else ""
    return f"各考核人員所評總分與中位數平均相差：{said}。{limit}"
