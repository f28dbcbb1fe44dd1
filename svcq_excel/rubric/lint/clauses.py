"""The linter's rules on clauses: what they name is there, and what they promise can happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from svcq_excel.rubric.clauses import FIRSTS, TOTAL
from svcq_excel.rubric.lint.node import Fault
from svcq_excel.rubric.lint.whole import known_grades, known_kinds
from svcq_excel.rubric.model import Rubric, number
from svcq_excel.rubric.source import key, setting, word

_BY_PLACES, _BY_TOTAL = (setting("clauses.ranking.by", by) for by in ("places", "total"))


def _floors_name_nodes_and_grades(rubric: Rubric) -> Iterator[Fault]:
    for at, floor in enumerate(rubric.clauses.floors):
        keys = ("clauses", "floors", at)
        node = rubric.nodes.get(floor.node)
        if node is None:
            message = f"單項最低分的項目代號「{floor.node}」不在 {key('tree')} 之中"
            yield (*keys, "node"), message, f"請改為 {key('tree')} 內的 {key('id')}"
        elif floor.min > node.cap:
            message = f"單項最低分 {number(floor.min)} 高於該項滿分 {number(node.cap)}"
            yield (*keys, "min"), message, f"請更正 {key('clauses.floors.min')}"
        if floor.grade is not None:
            yield from _known_grade(rubric, floor.grade, (*keys, "grade"))


def _ties_name_nodes(rubric: Rubric) -> Iterator[Fault]:
    ranking = rubric.clauses.ranking
    for at, tie in enumerate(ranking.ties):
        keys = ("clauses", "ranking", "ties", at)
        if tie == FIRSTS and ranking.by != "places":
            firsts = word("clauses.ranking.ties", FIRSTS)
            fix = f"請改寫 {_BY_PLACES}，或刪除 {firsts}"
            yield keys, f"{firsts} 只用於序位法", fix
        elif tie not in {TOTAL, FIRSTS, *rubric.nodes}:
            message = f"同分比較的「{tie}」不在 {key('tree')} 之中"
            total, firsts = (word("clauses.ranking.ties", each) for each in (TOTAL, FIRSTS))
            fix = f"請改為 {key('tree')} 內的 {key('id')}、{total} 或 {firsts}"
            yield keys, message, fix


def _places_need_a_committee(rubric: Rubric) -> Iterator[Fault]:
    if rubric.clauses.ranking.by == "places" and "committee" not in rubric.kinds:
        fix = f"請在 {key('kinds')} 補上 {word('kinds', 'committee')}，或改寫 {_BY_TOTAL}"
        yield ("clauses", "ranking", "by"), "序位法須有考核小組評分", fix


def _places_say_whether_adjustments_count(rubric: Rubric) -> Iterator[Fault]:
    ranking, keys = rubric.clauses.ranking, ("clauses", "ranking", "places_of")
    if ranking.by != "places":
        if ranking.places_of:
            places_of = key("clauses.ranking.places_of")
            fix = f"請改寫 {_BY_PLACES}，或刪除 {places_of}"
            yield keys, f"{places_of} 只用於序位法", fix
    elif rubric.clauses.adjustments and ranking.places_of is None:
        only = setting("clauses.ranking.places_of", "scores")
        also = word("clauses.ranking.places_of", "totals")
        ways = f"{only}（只看評分）或 {also}（加計加減分）"
        fix = f"請在 {key('clauses.ranking')} 寫明 {ways}"
        yield keys, "序位法而有加減分，未訂明名次是否加計加減分", fix


def _reevaluation_raises_grades(rubric: Rubric) -> Iterator[Fault]:
    again = rubric.clauses.reevaluation
    if again is None:
        return
    keys = ("clauses", "reevaluation")
    if again.kind not in rubric.kinds:
        message = f"複評的考核類別「{word('kinds', again.kind)}」不在 {key('kinds')} 之中"
        yield (*keys, "kind"), message, known_kinds(rubric)
    for name in (*again.grades, again.becomes):
        part = "becomes" if name == again.becomes else "grades"
        yield from _known_grade(rubric, name, (*keys, part))
    order = [grade.name for grade in rubric.grades]
    if {again.becomes, *again.grades} <= {*order}:
        for name in again.grades:
            if order.index(again.becomes) >= order.index(name):
                message = f"複評通過改列的「{again.becomes}」不高於「{name}」"
                becomes, grades = (
                    key("clauses.reevaluation.becomes"),
                    key("clauses.reevaluation.grades"),
                )
                yield (*keys, "becomes"), message, f"請更正 {becomes} 或 {grades}"


def _rewards_wait_for_a_reevaluation(rubric: Rubric) -> Iterator[Fault]:
    again = rubric.clauses.reevaluation
    for at, reward in enumerate(rubric.rewards):
        if reward.reevaluated is None:
            continue
        if again is None or again.kind != reward.kind or not {*reward.grades} <= {*again.grades}:
            message = f"獎懲以複評未通過為條件，{key('clauses')} 卻沒有這些等第的複評"
            fix = f"請補上 {key('clauses.reevaluation')}，或刪除 {key('rewards.reevaluated')}"
            yield ("rewards", at, "reevaluated"), message, fix


def _adjustments_have_names_of_their_own(rubric: Rubric) -> Iterator[Fault]:
    names = [adjustment.name for adjustment in rubric.clauses.adjustments]
    for at, name in enumerate(names):
        if name in names[:at]:
            keys = ("clauses", "adjustments", at, "name")
            yield keys, f"加減分「{name}」重複", "請改用別的名稱"


def _adjustments_name_kinds(rubric: Rubric) -> Iterator[Fault]:
    for at, adjustment in enumerate(rubric.clauses.adjustments):
        if adjustment.kind and adjustment.kind not in rubric.kinds:
            kind = word("kinds", adjustment.kind)
            message = f"加減分「{adjustment.name}」的考核類別「{kind}」不在 {key('kinds')} 之中"
            keys = ("clauses", "adjustments", at, "kind")
            yield keys, message, known_kinds(rubric)


def _a_ceiling_leaves_room(rubric: Rubric) -> Iterator[Fault]:
    ceiling = rubric.clauses.ceiling
    if ceiling and ceiling.to < rubric.full_total:
        message = f"總分上限 {number(ceiling.to)} 低於滿分 {number(rubric.full_total)}"
        yield (
            ("clauses", "ceiling", "to"),
            message,
            f"請更正 {key('clauses.ceiling.to')}，或刪除 {key('clauses.ceiling')}",
        )


def _known_grade(rubric: Rubric, name: str, keys: tuple[str | int, ...]) -> Iterator[Fault]:
    known = [grade.name for grade in rubric.grades]
    if name not in known:
        yield keys, f"等第「{name}」不在 {key('grades')} 之中", known_grades(known)


CLAUSE_RULES: tuple[Callable[[Rubric], Iterator[Fault]], ...] = (
    _floors_name_nodes_and_grades,
    _ties_name_nodes,
    _places_need_a_committee,
    _places_say_whether_adjustments_count,
    _reevaluation_raises_grades,
    _rewards_wait_for_a_reevaluation,
    _adjustments_have_names_of_their_own,
    _adjustments_name_kinds,
    _a_ceiling_leaves_room,
)
