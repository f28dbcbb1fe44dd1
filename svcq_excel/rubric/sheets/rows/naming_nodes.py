"""Gives nodes without a 代號 one, by where they stand: the same table always gets the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from svcq_excel.rubric.sheets.cells import Place
from svcq_excel.rubric.sheets.rows.taking import Raw, Taking
from svcq_excel.rubric.source import Keys


def give_ids(tree: Sequence[Raw], places: Mapping[Keys, Place | None], taking: Taking) -> None:
    """A, A1, A1.1 and so on, but none that is written anywhere."""
    taken = {str(node["id"]) for _, node in _walk(tree, ("tree",)) if "id" in node}

    def give(nodes: Sequence[Raw], keys: Keys, above: str) -> None:
        for at, node in enumerate(nodes):
            if "id" not in node:
                node["id"] = id = _free(above, at, taken)
                taken.add(id)
                if place := places.get((*keys, at)):
                    taking.given[place] = id
            give(_children(node), (*keys, at, "children"), str(node["id"]))

    give(tree, ("tree",), "")


def _free(above: str, at: int, taken: set[str]) -> str:
    for n in count(at):
        id = _letters(n) if not above else f"{above}{'' if above.isalpha() else '.'}{n + 1}"
        if id not in taken:
            return id
    raise AssertionError("numbers do not end")


def _letters(at: int) -> str:
    return ("" if at < 26 else _letters(at // 26 - 1)) + chr(ord("A") + at % 26)


def _children(node: Raw) -> list[Raw]:
    found = node.get("children", [])
    assert isinstance(found, list)
    return found


def _walk(nodes: Sequence[Raw], keys: Keys) -> list[tuple[Keys, Raw]]:
    found = []
    for at, node in enumerate(nodes):
        found.append(((*keys, at), node))
        found += _walk(_children(node), (*keys, at, "children"))
    return found
