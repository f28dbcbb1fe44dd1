"""From what was scored to total, grade and reward, clause by clause; each says what it did."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from svcq_excel.plan.rulings import Rulings
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.converting import converted, total_of
from svcq_excel.results.scoring.standing import Standing
from svcq_excel.rubric.clauses import Ranking
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Reward, Rubric, number
from svcq_excel.text.roc_dates import roc

METHODS = {"mean": "平均", "trimmed": "去極端值平均", "median": "中位數"}


def cited(text: str, clause: str) -> str:
    """A sentence with the article that it follows from."""
    return f"{text}（{clause}）" if clause else text


def graded(name: str) -> str:
    """A grade as sentences call it: 甲等, 優等; 優等, 合格 and A級 are called as they are."""
    return f"{name}等" if len(name) == 1 or name.endswith("優") else name


def totalled(rubric: Rubric, result: UnitResult, scored: Fraction, decided: Rulings) -> UnitResult:
    """With the total and its grade; `scored` is 原得分."""
    clauses, grounds, changes = rubric.clauses, [], []
    committee = clauses.committee
    if len(result.forms) > 1 and (committee.clause or committee.combines_totals):
        full = f"總分（滿分 {number(rubric.full_score)} 分）"
        of = full if committee.combines_totals else "評分"
        text = f"{len(result.forms)} 位考核人員{of}之{METHODS[committee.method]}"
        grounds.append(cited(text, committee.clause))
    if clauses.scale:
        text = (
            f"原得分 {shown(scored)} 分（滿分 {number(rubric.full_score)} 分）"
            f"按滿分 {number(clauses.scale.to)} 分換算為 {shown(converted(rubric, scored))} 分"
        )
        grounds.append(cited(text, clauses.scale.clause))
    points, given = Fraction(0), decided.adjustments.get(result.unit.code, {})
    for adjustment in clauses.adjusting(result.kind):
        if ruled := given.get(adjustment.name):
            sign, word = (1, "加") if adjustment.effect == "bonus" else (-1, "扣")
            points += sign * Fraction(ruled)
            name = adjustment.name
            text = f"{name}{'' if name.endswith(f'{word}分') else word} {shown(ruled)} 分"
            changes.append(cited(text, adjustment.clause))
    if converted(rubric, scored) + points > (most := rubric.most_total):
        text = f"加分後超過總分上限，以 {number(most)} 分計"
        changes.append(cited(text, clauses.ceiling.clause if clauses.ceiling else ""))
    total = total_of(rubric, scored, points)
    grade = rubric.grade(total)
    if grade and clauses.grading:
        grounds.append(cited(f"總分列{graded(grade.name)}", clauses.grading))
    return replace(
        result,
        total=total,
        scored=scored,
        adjusted=points,
        grade=grade.name if grade else None,
        grounds=tuple(grounds),
        changes=tuple(changes),
    )


def held(rubric: Rubric, result: UnitResult) -> UnitResult:
    """With what follows from items below their floor: no rank, or no better grade."""
    for floor in rubric.clauses.floors:
        node = rubric.nodes[floor.node]
        score = sum((result.leaves[leaf.id] for leaf in node.leaves), Fraction(0))
        if score >= floor.min:
            continue
        what = f"{node.name} {shown(score, floor.min)} 分，未達 {number(floor.min)} 分"
        if floor.grade is None:
            change, result = f"{what}，不列入排名", replace(result, barred=True)
        else:
            change = f"{what}，至多列{graded(floor.grade)}"
            result = _regraded(result, _lower(rubric, result.grade, floor.grade))
        result = _changed(result, cited(change, floor.clause))
    return result


def reevaluated(rubric: Rubric, result: UnitResult, decided: Rulings) -> UnitResult:
    """With the re-evaluation's result, where the grade asks for one."""
    clause = rubric.clauses.reevaluation
    if clause is None or result.kind != clause.kind or result.grade not in clause.grades:
        return result
    assert result.grade
    again = decided.reevaluated.get(result.unit.code)
    if again is None:
        change = cited(f"{graded(result.grade)}應辦理複評", clause.clause)
        return replace(_changed(result, change), reevaluation="due")
    on = f"{roc(again.day)}" if again.day else ""
    if not again.passed:
        change = cited(f"{on}複評未通過", clause.clause)
        return replace(_changed(result, change), reevaluation="failed", reevaluated=again.day)
    becomes = f"{graded(result.grade)}改列{graded(clause.becomes)}"
    change = cited(f"{on}複評通過，{becomes}", clause.clause)
    result = replace(_changed(result, change), reevaluation="passed", reevaluated=again.day)
    return _regraded(result, clause.becomes)


def placed(
    rubric: Rubric, result: UnitResult, standing: Standing | None, awaiting: bool = False
) -> UnitResult:
    """With rank and reward, both provisional while others of the field are awaited."""
    ranking = rubric.clauses.ranking
    if result.status != "accepted":
        return result
    result = replace(result, provisional=awaiting)
    if standing is None:
        if not result.barred:
            result = _unplaced(result, ranking)
        return replace(result, reward=reward_of(rubric, result))
    grounds = result.grounds
    places = f"序位合計 {standing.places}，" if standing.places is not None else ""
    if ranking.clause or places or standing.tied:
        among = "組內" if ranking.within == "group" and result.unit.group else ""
        tied = "並列" if standing.tied else ""
        text = f"{places}{among}{tied}第{standing.rank}名"
        grounds = (*grounds, cited(text, ranking.clause))
    if standing.left_out:
        grounds = (*grounds, f"{'、'.join(standing.left_out)} 未評全部單位，不計其序位")
    result = replace(result, rank=standing.rank, tied=standing.tied, grounds=grounds)
    return replace(result, reward=reward_of(rubric, result))


def _unplaced(result: UnitResult, ranking: Ranking) -> UnitResult:
    """By 序位法, who has no place: none of the field has, before all forms are there."""
    if result.provisional or result.expected is None:
        text = cited("評分未齊，暫無序位", ranking.clause)
        return replace(_changed(result, text), provisional=True)
    text = "沒有考核人員評過全部單位，無法以序位法排名"
    return _changed(result, cited(text, ranking.clause))


def reward_of(rubric: Rubric, result: UnitResult) -> Reward | None:
    """The first clause that fits kind and, where it names them, grade, rank and re-evaluation;
    none where that hangs on a rank that is still to come."""
    if result.total is None:
        return None
    for reward in rubric.rewards:
        fits = (
            reward.kind == result.kind
            and (not reward.grades or result.grade in reward.grades)
            and reward.reevaluated in (None, result.reevaluation)
        )
        if fits and (not reward.ranks or result.rank in reward.ranks):
            return reward
        if fits and result.rank is None and not result.barred:
            return None
    return None


def _lower(rubric: Rubric, grade: str | None, most: str) -> str | None:
    order = [each.name for each in rubric.grades]
    return max(grade, most, key=order.index) if grade else grade


def _regraded(result: UnitResult, grade: str | None) -> UnitResult:
    return replace(result, grade=grade, regraded=result.regraded or grade != result.grade)


def _changed(result: UnitResult, change: str) -> UnitResult:
    return replace(result, changes=(*result.changes, change))
