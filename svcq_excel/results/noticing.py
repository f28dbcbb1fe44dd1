"""What is to be told of each unit's result: near a bound, apart from another, rulings unused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from svcq_excel.checks.catalogue import unit_rules
from svcq_excel.checks.violation import Violation
from svcq_excel.plan.rulings import RESULT, Ruling, Rulings
from svcq_excel.plan.score_changes import ScoreChange
from svcq_excel.results.awaiting import status_word
from svcq_excel.results.model import UnitResult
from svcq_excel.results.scoring.changing import NO_FORM
from svcq_excel.results.scoring.grading import graded
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import Kind, Rubric, number

_KEEP = "該筆請保留，有總分後再執行即採用"
"""Of what was decided on a unit that has no total yet."""
_OTHERS: tuple[Kind, ...] = ("hq", "committee")


def noticed(
    rubric: Rubric,
    results: Sequence[UnitResult],
    rulings: Rulings,
    unmade: Sequence[ScoreChange] = (),
) -> tuple[UnitResult, ...]:
    """The results, each with what is to be told of it; `unmade` are changes of scores that could
    not be."""
    by_unit: defaultdict[str, dict[Kind, UnitResult]] = defaultdict(dict)
    for result in results:
        by_unit[result.unit.code][result.kind] = result
    ruled: defaultdict[tuple[str, Kind], list[Violation]] = defaultdict(list)
    for ruling in rulings.rows:
        kinds = by_unit[ruling.unit]
        for kind, violation in _ruled(rubric, kinds, ruling):
            ruled[ruling.unit, kind].append(violation)
    failed: defaultdict[tuple[str, Kind | None], list[Violation]] = defaultdict(list)
    for change in unmade:
        failed[change.unit, change.kind].append(_unmade(rubric, change))
    return tuple(
        replace(
            result,
            violations=(
                *failed[result.unit.code, result.kind],
                *(_made(rubric, change) for change in result.score_changes),
                *ruled[result.unit.code, result.kind],
                *_outside(rubric, result),
                *_near(rubric, result),
                *_apart(rubric, by_unit[result.unit.code], result),
            ),
        )
        for result in results
    )


def _near(rubric: Rubric, result: UnitResult) -> Iterator[Violation]:
    for grade in rubric.grades if result.total is not None else ():
        total = result.total or Fraction(0)
        if 0 < (short := Fraction(grade.min) - total) <= rubric.near_threshold:
            bound = f"「{grade.name}」的下限 {number(grade.min)}"
            full = f"（滿分 {number(rubric.full_total)} 分）"
            found = f"總分 {shown(total, grade.min)} 分{full}，距{bound} 差 {shown(short)} 分"
            yield unit_rules()["near-threshold"].find(found, value=float(total))


def _apart(
    rubric: Rubric, of_unit: dict[Kind, UnitResult], result: UnitResult
) -> Iterator[Violation]:
    most = Fraction(rubric.judgement.apart_share) * Fraction(rubric.full_total)
    mine = result.total
    for kind in _OTHERS if result.kind == "self" else ():
        other = of_unit.get(kind)
        theirs = other.total if other else None
        if mine is not None and theirs is not None and (apart := abs(mine - theirs)) > most:
            own, word = rubric.kind_word("self"), rubric.kind_word(kind)
            full = f"總分（滿分 {number(rubric.full_total)} 分）"
            said = f"{full}{own} {shown(mine)} 分、{word} {shown(theirs)} 分"
            found, bound = f"{said}，相差 {shown(apart)} 分", f"相差超過 {shown(most)} 分者提示"
            yield unit_rules()["self-hq-apart"].find(found, bound, float(mine))


def _outside(rubric: Rubric, result: UnitResult) -> Iterator[Violation]:
    """Before scale and 加減分, which are the members' as well."""
    totals = [Fraction(form.total) for form in result.forms]
    scored = result.scored
    if result.total is None or scored is None or min(totals) <= scored <= max(totals):
        return
    low, high = shown(min(totals)), shown(max(totals))
    range = f"{low} 至 {high} 分" if low != high else f"{low} 分"
    full = f"（滿分 {number(rubric.full_score)} 分）" if rubric.clauses.scale else ""
    found = f"得分 {shown(scored)} 分{full}，各考核人員所評為 {range}"
    yield unit_rules()["total-outside-range"].find(found, value=float(scored))


def _made(rubric: Rubric, change: ScoreChange) -> Violation:
    name = rubric.nodes[change.leaf].name
    return unit_rules()["score-changed"].find(
        change.told(), value=float(change.after), leaf=(change.leaf, name)
    )


def _unmade(rubric: Rubric, change: ScoreChange) -> Violation:
    waits = change.fault == NO_FORM  # the row is to be kept till there is one
    leaf = rubric.nodes.get(change.leaf)
    told = f"{change.where}的成績調整：{change.fault}，{'暫未' if waits else '沒有'}採用"
    return unit_rules()["score-change-unused"].find(
        told,
        todo=_KEEP if waits else "",
        value=float(change.before),
        leaf=(leaf.id, leaf.name) if leaf else (None, ""),
    )


def _ruled(
    rubric: Rubric, of_unit: dict[Kind, UnitResult], ruling: Ruling
) -> Iterator[tuple[Kind, Violation]]:
    """What a cell of the rulings did not do, at the result that it was meant for."""
    clause = rubric.clauses.reevaluation
    column = next((a for a in rubric.clauses.adjustments if a.name == ruling.column), None)
    if ruling.column == RESULT:
        meant = of_unit.get(clause.kind) if clause else None
        word = f"{ruling.where}{RESULT}「{ruling.text}」"
        used = meant is not None and meant.reevaluation in {"passed", "failed"}
    else:
        adjusting = [r for kind, r in of_unit.items() if column and column.kind in (None, kind)]
        meant = next((r for r in adjusting if r.total is not None), next(iter(adjusting), None))
        word = f"{ruling.where}{ruling.column} {ruling.text} 分"
        used = meant is not None and meant.total is not None
    shown_at = meant or next(iter(of_unit.values()), None)
    if shown_at is None:
        return
    if not used:
        waits = meant is not None and meant.total is None
        why = f"{_why(rubric, ruling, meant)}，{'暫未' if waits else '沒有'}採用"
        todo = _KEEP if waits else ""
        found = f"{word}：{why}"
        yield shown_at.kind, unit_rules()["ruling-unused"].find(found, "", ruling.text, todo)
    elif column and column.most is not None and Fraction(ruling.text) > column.most:
        most = number(column.most)
        found = f"{word}，超過上限 {most} 分，以 {most} 分計"
        yield shown_at.kind, unit_rules()["adjustment-above-limit"].find(found, value=ruling.text)


def _why(rubric: Rubric, ruling: Ruling, meant: UnitResult | None) -> str:
    if ruling.column == RESULT and not rubric.clauses.reevaluation:
        return "本次考核沒有複評的規定"
    if meant is None:
        return "這個單位沒有適用的考核"
    if meant.total is None:
        return f"這個單位{status_word(meant)}，尚無總分"
    return f"這個單位為{graded(meant.grade)}，不須複評" if meant.grade else "這個單位不須複評"
