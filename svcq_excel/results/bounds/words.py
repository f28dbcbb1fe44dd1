"""What a what-if brings, as an official would read it out: 再多 2 分（總分 800 分）即為甲等."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from svcq_excel.results.bounds.near import Near, is_none
from svcq_excel.results.bounds.tries import Border
from svcq_excel.results.model import Reevaluation, UnitResult
from svcq_excel.results.page.total_columns import rounding_in_words
from svcq_excel.results.scoring.grading import graded
from svcq_excel.rubric.exact import decimal, rounded, shown
from svcq_excel.rubric.model import Reward, Rubric, number

_AGAIN: dict[Reevaluation, str] = {
    "due": "應辦理複評",
    "passed": "須經複評（已通過）",
    "failed": "須經複評（未通過）",
}


def borders_in_words(rubric: Rubric, near: Near) -> Iterator[str]:
    """Each border that points lead to, the way up first."""
    for border in near.borders:
        way = "再多" if border.points > 0 else "再少"
        where = f"「{border.node}」" if border.node else ""
        what = "原得分" if rubric.clauses.scale and not where else ""
        given = f"{where}{what}{way} {_points(border.points)} 分"
        brings = "，".join(_changes(rubric, border.before, border.after))
        yield f"{given}（{_beside(rubric, near, border)}），即{brings}"


def _beside(rubric: Rubric, near: Near, border: Border) -> str:
    """Whose points they are, and the total that they make."""
    full = f"（滿分 {number(rubric.full_total)} 分）" if rubric.clauses.scale else ""
    total, many = f"總分{full} {_total(rubric, border.after)} 分", len(near.result.forms)
    if many == 1:
        return total
    if border.in_all is None:
        return f"{many} 位考核人員各 {_points(border.points)} 分，{total}"
    return f"{many} 位考核人員合計 {_points(border.in_all)} 分，{total}"


def changes_in_words(rubric: Rubric, near: Near) -> Iterator[str]:
    """What single changes bring, those together that bring the same; those last that bring
    nothing."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for change, after in _single_changes(rubric, near):
        brings = "，".join(_changes(rubric, near.result, after)) if after else ""
        alike[brings].append(change)
    nothing = alike.pop("", [])
    for brings, changes in alike.items():
        yield f"{'、'.join(changes)}：{brings}"
    if nothing:
        yield f"{'、'.join(nothing)}：不變"


def _single_changes(rubric: Rubric, near: Near) -> Iterator[tuple[str, UnitResult | None]]:
    """A point, an assessor, a rounding; None where nothing came of it."""
    for points, after in near.point:
        yield f"{'多' if points > 0 else '少'} {_points(points)} 分", after
    for who, after in near.without:
        yield f"不計{who}為 {_total(rubric, after)} 分", after
    if not near.without and len(near.result.forms) > 1:
        yield "不計任一位考核人員", None
    for who, after in near.another:
        yield f"多一位給分同{who}為 {_total(rubric, after)} 分", after
    for rounding, after in near.roundings:
        way = "不取捨" if is_none(rounding) else rounding_in_words(rounding)
        yield f"{way}為 {_total(rubric, after)} 分", after


def _changes(rubric: Rubric, before: UnitResult, after: UnitResult) -> Iterator[str]:
    """What is another: grade, re-evaluation, rank, reward."""
    order = [grade.name for grade in rubric.grades]
    if after.grade and after.grade != before.grade:
        lower = before.grade is not None and order.index(after.grade) > order.index(before.grade)
        yield f"{'降' if lower else ''}為{graded(after.grade)}"
    elif before.grade and not after.grade:
        yield "未達任何等第"
    if after.reevaluation != before.reevaluation:
        yield _AGAIN[after.reevaluation] if after.reevaluation else "不須複評"
    if after.barred != before.barred:
        yield "不列入排名" if after.barred else "列入排名"
    if after.rank and (after.rank, after.tied) != (before.rank, before.tied):
        yield _rank(before, after)
    if after.reward != before.reward:
        yield _reward(before.reward, after.reward)


def _rank(before: UnitResult, after: UnitResult) -> str:
    place = f"{'並列' if after.tied else ''}第{after.rank}名"
    if before.rank is None or after.rank is None:
        return place
    if before.rank == after.rank:
        return f"{place}{'' if after.tied else '（不再並列）'}"
    return f"{'升' if after.rank < before.rank else '降'}為{place}"


def _reward(before: Reward | None, after: Reward | None) -> str:
    if after:
        return f"獎懲{'改' if before else ''}為「{after.text}」（{after.clause}）"
    return f"不再適用「{before.text}」（{before.clause}）" if before else ""


def _total(rubric: Rubric, result: UnitResult) -> str:
    return shown(result.total or Fraction(0), *(grade.min for grade in rubric.grades))


def _points(points: Fraction) -> str:
    """Without a sign; what two decimals would show as nothing has more of them."""
    size = abs(points)
    return shown(size) if rounded(size) else number(decimal(rounded(size, 4)))
