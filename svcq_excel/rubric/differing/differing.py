"""All that changed from one definition to another, and what it means for forms that are out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from svcq_excel.rubric.clauses import FIRSTS, TOTAL, Adjustment, Clauses, Floor, Kind, Ranking
from svcq_excel.rubric.differing.change import Change, altered
from svcq_excel.rubric.differing.parts import (
    Compare,
    entries_changed,
    fields_changed,
    part_changed,
    texts_changed,
)
from svcq_excel.rubric.differing.text_changes import in_quotes
from svcq_excel.rubric.differing.tree import WHOLE, Trees
from svcq_excel.rubric.differing.words import ALL_CLAUSES, CLAUSES
from svcq_excel.rubric.documents import Document, Heading
from svcq_excel.rubric.model import Grade, Reward, Rubric
from svcq_excel.rubric.sheets.wording import KIND_WORDS


def changes(old: Rubric, new: Rubric) -> tuple[Change, ...]:
    """In the order of the paper: the whole, 構面 by 構面, then what follows from the scores."""
    sections = {
        WHOLE: _whole,
        "等第": _grades,
        "獎懲": _rewards,
        "條款": _clauses,
        "審閱提示": _judgement,
        "附件": _documents,
    }
    told = {
        name: [Change(name, said) for said in compare(old, new)]
        for name, compare in sections.items()
    }
    tree = [*Trees(old, new).changes()]
    first = [*told.pop(WHOLE), *(each for each in tree if each.section == WHOLE)]
    rest = (each for several in told.values() for each in several)
    return (*first, *(each for each in tree if each.section != WHOLE), *rest)


def on_forms(old: Rubric, new: Rubric) -> str:
    """Whether forms that are out stay valid, as who sent them out has to know."""
    if old.id != new.id:
        return "定義代號不同：依前者發出的表件，不能用於後者的考核。"
    if old.digest == new.digest:
        return "已發出的表件仍然有效，不必重新寄發。"
    asked = "收件時每份都會提示「表件依較早版本的評分表定義產製」，由人確認後仍可採計"
    if old == new:
        return f"只有數字的寫法（如 40 與 40.0）或項目的先後不同，但{asked}。"
    return f"已發出的表件與新的定義不同：{asked}；修改處影響填寫者，請重新產製並寄發。"


def _whole(old: Rubric, new: Rubric) -> Iterator[str]:
    yield from fields_changed(old, new)
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        if old.kinds.get(kind) != new.kinds.get(kind):
            yield _kind_changed(KIND_WORDS[kind], old.kinds.get(kind), new.kinds.get(kind))
    for level in dict.fromkeys((*old.sums, *new.sums)):
        before, after = old.sums.get(level), new.sums.get(level)
        if before != after:
            yield _sum_changed(level, before, after)
    yield from texts_changed(old.notes, new.notes, "統計表附註")
    yield from texts_changed(old.signatures, new.signatures, "簽章欄")
    yield from texts_changed(old.unread, new.unread, "原文無法辨識的部分")


def _kind_changed(word: str, before: str | None, after: str | None) -> str:
    if before is None or after is None:
        said = in_quotes(after or before or "")
        return f"{'增列' if before is None else '刪除'}考核類別「{word}」（標題中稱{said}）"
    return altered(f"「{word}」在標題中的字樣", before, after)


def _sum_changed(level: str, before: str | None, after: str | None) -> str:
    """A level may have a sum of which nothing is said."""
    if before is None or after is None:
        said = in_quotes(after or before or "")
        return f"{'增列' if before is None else '刪除'}「{level}」的小計（字樣{said}）"
    return altered(f"「{level}」小計的字樣", before, after)


def _grades(old: Rubric, new: Rubric) -> Iterator[str]:
    def called(grade: Grade) -> str:
        return in_quotes(grade.name)

    yield from entries_changed(
        old.grades, new.grades, "等第", called, lambda each: each.name, lambda each: each.min
    )


def _rewards(old: Rubric, new: Rubric) -> Iterator[str]:
    def called(reward: Reward) -> str:
        grades = f"{'、'.join(reward.grades)}等" if reward.grades else ""
        ranks = "、".join(f"第 {rank} 名" for rank in reward.ranks)
        failed = "複評未通過" if reward.reevaluated else ""
        return f"（{'，'.join(filter(None, (KIND_WORDS[reward.kind], grades, ranks, failed)))}）"

    yield from entries_changed(
        old.rewards,
        new.rewards,
        "獎懲",
        called,
        lambda each: (each.kind, each.grades, each.ranks, each.reevaluated),
        lambda each: each.text,
    )


def _judgement(old: Rubric, new: Rubric) -> Iterator[str]:
    yield from fields_changed(old.judgement, new.judgement)


def _clauses(old: Rubric, new: Rubric) -> Iterator[str]:
    before, after = old.clauses, new.clauses
    yield from fields_changed(before, after)
    for name, word in CLAUSES.items():
        ties = [_ties(old, new)] if name == "ranking" else []
        yield from part_changed(word, getattr(before, name), getattr(after, name), *ties)
    yield from _adjustments(before, after)
    yield from _floors(old, new)


def _ties(old: Rubric, new: Rubric) -> Compare[Ranking]:
    def changed(before: Ranking, after: Ranking) -> Iterator[str]:
        if before.ties != after.ties:
            was, now = _deciders(old, before), _deciders(new, after)
            yield altered("同分比較", was, now, str)

    return changed


def _deciders(rubric: Rubric, ranking: Ranking) -> str:
    words = {TOTAL: "總分", FIRSTS: "獲評第一次數"}
    named = (words.get(tie) or _node_called(rubric, tie) for tie in ranking.ties)
    return "、".join(named)


def _node_called(rubric: Rubric, id: str) -> str:
    node = rubric.nodes.get(id)
    return in_quotes(node.name) if node else f"「{id}」（不在評分項目之中）"


def _adjustments(old: Clauses, new: Clauses) -> Iterator[str]:
    def called(each: Adjustment) -> str:
        return in_quotes(each.name)

    yield from entries_changed(
        old.adjustments, new.adjustments, ALL_CLAUSES["adjustments"], called, lambda each: each.name
    )


def _floors(old: Rubric, new: Rubric) -> Iterator[str]:
    def called(floor: Floor) -> str:
        there = old if floor in old.clauses.floors else new
        return _node_called(there, floor.node)

    def compare(before: Floor, after: Floor) -> Iterator[str]:
        if before.node != after.node:
            was, now = _node_called(old, before.node), _node_called(new, after.node)
            yield altered("所指的項目", was, now, str)
        yield from fields_changed(before, after)

    floors = old.clauses.floors, new.clauses.floors
    yield from entries_changed(
        *floors, ALL_CLAUSES["floors"], called, lambda each: each.node, compare=compare
    )


def _documents(old: Rubric, new: Rubric) -> Iterator[str]:
    def called(document: Document) -> str:
        return in_quotes(f"{document.annex} {document.name}")

    def compare(before: Document, after: Document) -> Iterator[str]:
        yield from fields_changed(before, after)
        yield from _heads(before.heads, after.heads)

    yield from entries_changed(
        old.documents,
        new.documents,
        "附件",
        called,
        lambda each: each.id,
        lambda each: each.name,
        compare=compare,
    )


def _heads(old: tuple[Heading, ...], new: tuple[Heading, ...]) -> Iterator[str]:
    def called(heading: Heading) -> str:
        return in_quotes(heading.name)

    def compare(before: Heading, after: Heading) -> Iterator[str]:
        yield from fields_changed(before, after)
        yield from _heads(before.heads, after.heads)

    yield from entries_changed(old, new, "標題", called, lambda each: each.name, compare=compare)
