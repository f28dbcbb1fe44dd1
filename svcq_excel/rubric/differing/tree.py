"""What changed in the tree of what is scored, node by node in paper order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from svcq_excel.rubric.differing.change import Change, altered, plain
from svcq_excel.rubric.differing.matching import Matched, in_order
from svcq_excel.rubric.differing.nodes import node_changed
from svcq_excel.rubric.differing.pairing import Placed, paired, placed
from svcq_excel.rubric.differing.parts import order_changed
from svcq_excel.rubric.differing.text_changes import in_quotes, is_long
from svcq_excel.rubric.model import Rubric, number

WHOLE = "整體"


class Trees:
    """Two trees, and which node of the one is which of the other."""

    def __init__(self, old: Rubric, new: Rubric) -> None:
        self._old, self._new = placed(old), placed(new)
        self._top = new.levels[0]
        self._other = paired(self._old, self._new)
        self._back = {j: i for i, j in self._other.items()}
        self._below_old, self._below_new = _below(self._old), _below(self._new)
        self._names_old = Counter(each.node.name for each in self._old)
        self._names_new = Counter(each.node.name for each in self._new)

    def changes(self) -> Iterator[Change]:
        """構面 by 構面, as the new paper has them; what is no more, after what it followed."""
        found = self._matched(None, None)
        for said in order_changed(found, self._top, self._called_new):
            yield Change(WHOLE, said)
        yield from self._children(found)

    def _matched(self, old: int | None, new: int | None) -> Matched[int]:
        """The children of a node, by their numbers; of none, those of the root."""
        before = self._below_old.get(old, []) if old is not None or new is None else []
        after = self._below_new.get(new, [])
        stayed = {
            i: after.index(self._other[at])
            for i, at in enumerate(before)
            if at in self._other and self._new[self._other[at]].above == new
        }
        return in_order(before, after, stayed)

    def _children(self, found: Matched[int]) -> Iterator[Change]:
        for before, after in found.pairs:
            if after is not None:
                yield from self._node(after)
            elif before is not None and before not in self._other:
                yield self._told_old(before, self._gone(before))

    def _node(self, at: int) -> Iterator[Change]:
        old = self._back.get(at)
        if old is None:
            above = self._new[at].above
            if above is None or above in self._back:
                yield self._told(at, self._came(at))
        else:
            for said in self._said(old, at):
                yield self._told(at, said)
        found = self._matched(old, at) if old is not None else self._only_new(at)
        for said in order_changed(found, "", self._called_new):
            yield self._told(at, f"{self._called_new(at)}之下的{said}")
        yield from self._children(found)

    def _only_new(self, at: int) -> Matched[int]:
        return in_order([], self._below_new.get(at, []), {})

    def _said(self, old: int, new: int) -> Iterator[str]:
        before, after = self._old[old].node, self._new[new].node
        called = self._called_old(old)
        if self._moved(old, new):
            yield f"{called}由{self._above_old(old)}移至{self._above_new(new)}"
        if before.name != after.name:
            yield f"{called}{_renamed(before.name, after.name)}"
        if before.id != after.id:
            yield f"{called}{altered('代號', before.id, after.id, plain)}"
        for said in node_changed(before, after):
            yield f"{called}{said}"

    def _moved(self, old: int, new: int) -> bool:
        above = self._old[old].above
        there = None if above is None else self._other.get(above, -1)
        return there != self._new[new].above

    def _came(self, at: int) -> str:
        below = [j for j in self._with_below(at, self._below_new) if j not in self._back]
        where = self._after(at)
        return f"增列{self._called_new(at)}{_worth(self._new, self._below_new, at, below)}，{where}"

    def _after(self, at: int) -> str:
        above = self._new[at].above
        beside = self._below_new[above]
        place = beside.index(at)
        if place:
            return f"列於{self._called_new(beside[place - 1])}之後"
        return "列於最前" if above is None else f"列於{self._called_new(above)}之下"

    def _gone(self, at: int) -> str:
        below = [i for i in self._with_below(at, self._below_old) if i not in self._other]
        return f"刪除{self._called_old(at)}{_worth(self._old, self._below_old, at, below)}"

    def _with_below(self, at: int, below: dict[int | None, list[int]]) -> Iterator[int]:
        yield at
        for each in below.get(at, ()):
            yield from self._with_below(each, below)

    def _called_old(self, at: int) -> str:
        return _called(self._old, self._names_old, at)

    def _called_new(self, at: int) -> str:
        return _called(self._new, self._names_new, at)

    def _above_old(self, at: int) -> str:
        above = self._old[at].above
        return "最上層" if above is None else f"{self._called_old(above)}之下"

    def _above_new(self, at: int) -> str:
        above = self._new[at].above
        return "最上層" if above is None else f"{self._called_new(above)}之下"

    def _told(self, at: int, said: str) -> Change:
        path = _path(self._new, at)
        return Change(path[0], said, path)

    def _told_old(self, at: int, said: str) -> Change:
        path = _path(self._old, at)
        top = self._other.get(_top_of(self._old, at))
        section = _path(self._new, top)[0] if top is not None else path[0]
        return Change(section, said, path)


def _renamed(old: str, new: str) -> str:
    return altered("名稱", old, new) if is_long(old) and is_long(new) else f"改名為{in_quotes(new)}"


def _below(nodes: Sequence[Placed]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for at, each in enumerate(nodes):
        found.setdefault(each.above, []).append(at)
    return found


def _path(nodes: Sequence[Placed], at: int) -> tuple[str, ...]:
    above = nodes[at].above
    return (*(() if above is None else _path(nodes, above)), nodes[at].node.name)


def _top_of(nodes: Sequence[Placed], at: int) -> int:
    above = nodes[at].above
    return at if above is None else _top_of(nodes, above)


def _called(nodes: Sequence[Placed], names: Counter[str], at: int) -> str:
    """By name; one that stands twice with what holds it."""
    name, above = nodes[at].node.name, nodes[at].above
    if names[name] > 1 and above is not None:
        name = f"{nodes[above].node.name} > {name}"
    return in_quotes(name)


def _worth(
    nodes: Sequence[Placed], below: dict[int | None, list[int]], at: int, told: list[int]
) -> str:
    """Its cap, and how many leaves came or went with it."""
    leaves = sum(1 for each in told if each != at and not below.get(each))
    cap = nodes[at].node.cap
    said = [f"配分 {number(cap)} 分"] if cap else []
    said += [f"含 {leaves} 個細項"] if leaves else []
    return f"（{'，'.join(said)}）" if said else ""
