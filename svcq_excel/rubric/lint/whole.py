"""The linter's rules on a whole rubric: ids, levels, the step, grades, rewards and titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from svcq_excel.rubric.lint.node import Fault, bands_apart
from svcq_excel.rubric.model import Node, Rubric, number
from svcq_excel.rubric.source import Keys, dotted, key, word

_BLANKS = ("agency", "year", "kind")
_MIN = key("grades.min")


def placed(rubric: Rubric) -> Iterator[tuple[Keys, int, Node]]:
    """Every node with the keys that lead to it and its depth."""

    def down(nodes: tuple[Node, ...], keys: Keys, depth: int) -> Iterator[tuple[Keys, int, Node]]:
        for at, node in enumerate(nodes):
            yield (*keys, at), depth, node
            yield from down(node.children, (*keys, at, "children"), depth + 1)

    return down(rubric.tree, ("tree",), 0)


def _ids_are_unique(rubric: Rubric) -> Iterator[Fault]:
    ids = (((*keys, "id"), node.id) for keys, _, node in placed(rubric))
    return _repeated(ids, "代號", "請改用別的代號")


def _level_names_are_unique(rubric: Rubric) -> Iterator[Fault]:
    names = ((("levels", at), name) for at, name in enumerate(rubric.levels))
    return _repeated(names, "層級", "各層請用不同的名稱")


def _item_names_are_unique(rubric: Rubric) -> Iterator[Fault]:
    names = (
        ((*keys, "name"), node.name)
        for keys, depth, node in placed(rubric)
        if rubric.levels[depth : depth + 1] == (rubric.item_level,)
    )
    return _repeated(names, f"{rubric.item_level}名稱", "統計表以名稱分欄，請用不同的名稱")


def _grade_names_are_unique(rubric: Rubric) -> Iterator[Fault]:
    names = ((("grades", at, "name"), grade.name) for at, grade in enumerate(rubric.grades))
    return _repeated(names, "等第", "請刪除重複的等第")


def _repeated(named: Iterable[tuple[Keys, str]], what: str, fix: str) -> Iterator[Fault]:
    seen = set()
    for keys, name in named:
        if name in seen:
            yield keys, f"{what}「{name}」重複", fix
        seen.add(name)


def _levels_are_known(rubric: Rubric) -> Iterator[Fault]:
    fix = f"{key('levels')} 有：{'、'.join(rubric.levels)}"
    if rubric.item_level not in rubric.levels:
        yield (
            ("item_level",),
            f"{key('item_level')}「{rubric.item_level}」不在 {key('levels')} 之中",
            fix,
        )
    for level in rubric.sums:
        if level not in rubric.levels:
            yield ("sums", level), f"{key('sums')} 的「{level}」不在 {key('levels')} 之中", fix


def _every_depth_has_a_level(rubric: Rubric) -> Iterator[Fault]:
    most = len(rubric.levels)
    for keys, depth, _ in placed(rubric):
        if depth == most:
            message = f"這是第 {depth + 1} 層，{key('levels')} 只列出 {most} 層"
            yield keys, message, f"請在 {key('levels')} 補上這一層的名稱，或核對縮排"


def _leaves_lie_in_an_item(rubric: Rubric) -> Iterator[Fault]:
    for keys, depth, node in placed(rubric):
        if node.is_leaf and rubric.item_level in rubric.levels[depth + 1 :]:
            message = f"在「{rubric.levels[depth]}」層就沒有下一層，統計表沒有欄位可列其分數"
            yield keys, message, f"請補上 {key('children')}，至少寫到「{rubric.item_level}」層"


def _scores_are_multiples_of_the_step(rubric: Rubric) -> Iterator[Fault]:
    for keys, _, node in placed(rubric):
        bounds: list[tuple[Keys, Decimal]] = [(("cap",), node.cap)]
        for at, band in enumerate(node.bands):
            bounds += [(("bands", at, "min"), band.min), (("bands", at, "max"), band.max)]
        for at_bound, bound in bounds:
            if bound % rubric.step:
                step = f"給分單位 {number(rubric.step)}"
                message = f"{key(dotted(at_bound))} {number(bound)} 不是{step} 的倍數"
                yield (*keys, *at_bound), message, f"請更正分數，或更正 {key('step')}"


def _bands_leave_no_score_out(rubric: Rubric) -> Iterator[Fault]:
    for keys, _, node in placed(rubric):
        for at, message, fix in bands_apart(node, rubric.step):
            yield (*keys, *at), message, fix


def _grades_fall_to_zero(rubric: Rubric) -> Iterator[Fault]:
    grades = rubric.grades
    for at, (upper, lower) in enumerate(pairwise(grades), start=1):
        if lower.min >= upper.min:
            message = (
                f"等第「{lower.name}」的 {_MIN} {number(lower.min)} "
                f"不低於「{upper.name}」的 {number(upper.min)}"
            )
            yield ("grades", at, "min"), message, f"等第請由高而低排列，{_MIN} 依次變小"
    if grades and grades[-1].min != 0:
        lowest = grades[-1]
        message = f"最低等第「{lowest.name}」的 {_MIN} 是 {number(lowest.min)}，應為 0"
        yield ("grades", len(grades) - 1, "min"), message, f"請更正 {_MIN}，使每個總分都有等第"


def _grades_can_be_reached(rubric: Rubric) -> Iterator[Fault]:
    for at, grade in enumerate(rubric.grades):
        if grade.min > rubric.full_total:
            message = f"等第「{grade.name}」的 {_MIN} {number(grade.min)} 高於總分的滿分"
            yield (
                ("grades", at, "min"),
                message,
                f"滿分合計 {number(rubric.full_total)}，請更正 {_MIN} 或 {key('cap')}",
            )


def known_grades(known: Sequence[str]) -> str:
    grades = key("grades")
    listed = f"{grades} 有：{'、'.join(known)}"
    return listed if known else f"定義沒有 {grades}，請補上，或刪除此處的等第"


def known_kinds(rubric: Rubric) -> str:
    return f"{key('kinds')} 有：{'、'.join(word('kinds', kind) for kind in rubric.kinds)}"


def _rewards_name_grades_and_kinds(rubric: Rubric) -> Iterator[Fault]:
    known = [grade.name for grade in rubric.grades]
    for at, reward in enumerate(rubric.rewards):
        for name in reward.grades:
            if name not in known:
                message = f"獎懲所列的等第「{name}」不在 {key('grades')} 之中"
                yield ("rewards", at, "grades"), message, known_grades(known)
        if reward.kind not in rubric.kinds:
            kind = word("kinds", reward.kind)
            message = f"獎懲的考核類別「{kind}」不在 {key('kinds')} 之中"
            yield ("rewards", at, "kind"), message, known_kinds(rubric)


def _titles_have_known_blanks(rubric: Rubric) -> Iterator[Fault]:
    known = [f"{{{word('blanks', name)}}}" for name in _BLANKS]
    for name in ("form_title", "table_title", "unit_table_title"):
        for blank in re.findall(r"\{[^{}]*\}", getattr(rubric, name) or ""):
            if blank not in {f"{{{each}}}" for each in _BLANKS}:
                message = f"{key(name)} 中的 {blank} 無從代入"
                yield (name,), message, f"可用 {'、'.join(known)}"


def _documents_are_told_apart(rubric: Rubric) -> Iterator[Fault]:
    placed = list(enumerate(rubric.documents))
    ids = ((("documents", at, "id"), document.id) for at, document in placed)
    yield from _repeated(ids, "文件代號", "請改用別的代號")
    names = ((("documents", at, "name"), document.name) for at, document in placed)
    yield from _repeated(names, "文件名稱", "收件以名稱辨識，請用不同的名稱")
    for at, document in placed:
        for blank in re.findall(r"\{[^{}]*\}", document.title):
            if blank != "{unit}":
                message = f"{key('documents.title')} 中的 {blank} 無從代入"
                yield ("documents", at, "title"), message, f"可用 {{{word('blanks', 'unit')}}}"


WHOLE_RULES: tuple[Callable[[Rubric], Iterator[Fault]], ...] = (
    _ids_are_unique,
    _level_names_are_unique,
    _item_names_are_unique,
    _grade_names_are_unique,
    _levels_are_known,
    _every_depth_has_a_level,
    _leaves_lie_in_an_item,
    _scores_are_multiples_of_the_step,
    _bands_leave_no_score_out,
    _grades_fall_to_zero,
    _grades_can_be_reached,
    _rewards_name_grades_and_kinds,
    _titles_have_known_blanks,
    _documents_are_told_apart,
)
