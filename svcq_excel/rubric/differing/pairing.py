"""Which node of one tree is which of another: by its id, or by name and place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from svcq_excel.rubric.model import Node, Rubric


@dataclass(frozen=True, slots=True)
class Placed:
    """A node of a tree, with the number of the one that holds it, counted in paper order."""

    node: Node
    above: int | None


Key = Callable[[int, Placed], Hashable]


def placed(rubric: Rubric) -> list[Placed]:
    """Every node in paper order; ids may stand twice, for the linter has not passed it yet."""
    found: list[Placed] = []

    def down(nodes: tuple[Node, ...], above: int | None) -> None:
        for node in nodes:
            found.append(Placed(node, above))
            down(node.children, len(found) - 1)

    down(rubric.tree, None)
    return found


def paired(old: list[Placed], new: list[Placed]) -> dict[int, int]:
    """From the number of a node in the old tree to that in the new one.

    A node keeps its id and its name, mostly. Where ids were given anew, the name below the same
    node tells it; then its id, whatever it is called now; and last its name, wherever it stands.
    """
    other: dict[int, int] = {}
    _match(old, new, other, lambda at, each: (each.node.id, each.node.name), unique=False)
    _match_in_place(old, new, other)
    _match(old, new, other, lambda at, each: each.node.id, unique=False)
    _match_in_place(old, new, other)
    _match(old, new, other, lambda at, each: (each.node.name, each.node.is_leaf))
    _match_in_place(old, new, other)
    return other


def _match_in_place(old: list[Placed], new: list[Placed], other: dict[int, int]) -> None:
    """By name below nodes that belong together, as long as that leads further down."""
    before = -1
    while len(other) != before:
        before = len(other)
        theirs = {j: i for i, j in other.items()}

        def in_old(at: int, each: Placed) -> Hashable:
            return each.above, each.node.name

        def in_new(at: int, each: Placed, theirs: dict[int, int] = theirs) -> Hashable:
            above = each.above if each.above is None else theirs.get(each.above, -1)
            return above, each.node.name

        _match(old, new, other, in_old, in_new)


def _match(
    old: list[Placed],
    new: list[Placed],
    other: dict[int, int],
    key: Key,
    key_of_new: Key | None = None,
    unique: bool = True,
) -> None:
    """Nodes that belong to none yet and share a key; where that must be `unique`, by no other."""
    taken = {*other.values()}
    ours = _by_key(((at, each) for at, each in enumerate(old) if at not in other), key)
    theirs = _by_key(
        ((at, each) for at, each in enumerate(new) if at not in taken), key_of_new or key
    )
    for shared, places in ours.items():
        others = theirs.get(shared, [])
        if not unique or len(places) == len(others) == 1:
            other.update(zip(places, others, strict=False))


def _by_key(nodes: Iterator[tuple[int, Placed]], key: Key) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for at, each in nodes:
        found.setdefault(key(at, each), []).append(at)
    return found
