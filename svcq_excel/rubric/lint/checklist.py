"""The linter's rules on what is scored and what is checked: caps on one, months on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from svcq_excel.rubric.lint.node import Fault
from svcq_excel.rubric.lint.whole import placed
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.source import key, setting


def _what_is_scored_has_a_cap(rubric: Rubric) -> Iterator[Fault]:
    if not rubric.is_checklist:
        for keys, _, node in placed(rubric):
            if not node.cap:
                yield (*keys, "cap"), f"缺少「{key('cap')}」", "請補上滿分（配分）"


def _what_is_checked_is_not_scored(rubric: Rubric) -> Iterator[Fault]:
    if not rubric.is_checklist:
        return
    for keys, _, node in placed(rubric):
        for name in ("cap", "bands", "measure", "growth"):
            if getattr(node, name):
                fix = f"請刪除 {key(name)}，或刪除各項的 {key('due')}"
                yield (*keys, name), f"檢核表不評分，卻寫了 {key(name)}", fix
    for name in ("grades", "rewards"):
        if getattr(rubric, name):
            yield (name,), f"檢核表不評分，卻寫了 {key(name)}", f"請刪除 {key(name)}"


def _steps_are_due(rubric: Rubric) -> Iterator[Fault]:
    if not rubric.is_checklist:
        return
    for keys, _, node in placed(rubric):
        if node.is_leaf and not node.due:
            yield (
                (*keys, "due"),
                "步驟缺少查核期限",
                f"請補上月份，例如 {setting('due', '[6, 12]')}",
            )
        elif not node.is_leaf and node.due:
            yield (
                (*keys, "due"),
                f"有下一層的項目不直接查核，卻寫了 {key('due')}",
                f"請將 {key('due')} 移到最下層",
            )
        elif list(node.due) != sorted(set(node.due)):
            yield (*keys, "due"), "查核期限的月份重複或次序顛倒", "請由小而大，各寫一次"


CHECKLIST_RULES: tuple[Callable[[Rubric], Iterator[Fault]], ...] = (
    _what_is_scored_has_a_cap,
    _what_is_checked_is_not_scored,
    _steps_are_due,
)
