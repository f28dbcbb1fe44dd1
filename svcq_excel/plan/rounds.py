"""考核期別 of a checklist is a month: its form holds what is due in it or was open before."""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import normalize

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.rubric.model import Node, Rubric

_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月")


def month_of(round: str | None) -> int | None:
    """6 of 102年6月 or 102年度6月; None where no month, or more than one, is named."""
    months = {int(month) for month in _MONTH.findall(normalize("NFKC", round or ""))}
    return months.pop() if len(months) == 1 else None


def in_round(rubric: Rubric, round: str | None, carried: Collection[str] = ()) -> Rubric:
    """Of a checklist, what is due in the round's month, and the steps that were open before.

    Any other rubric, and a checklist of the whole year, stay as they are. Raises DefinitionError
    where a round of a checklist is no month, or nothing is due in it.
    """
    if not rubric.is_checklist or round in {None, rubric.default_round}:
        return rubric
    known = sorted({month for leaf in rubric.leaves for month in leaf.due})
    month = month_of(round)
    if month not in known:
        months = "、".join(f"{rubric.year}年{month}月" for month in known)
        message = (
            f"考核期別「{round}」不是查核月份" if month is None else f"{month}月沒有應查核的步驟"
        )
        raise DefinitionError([Problem(rubric.id, message, f"考核期別請用：{months}")])
    tree = tuple(node for top in rubric.tree if (node := _due(top, month, carried)))
    return Rubric.model_construct(**{**dict(rubric), "tree": tree})


def _due(node: Node, month: int, carried: Collection[str]) -> Node | None:
    if node.is_leaf:
        return node if month in node.due or node.id in carried else None
    children = tuple(below for child in node.children if (below := _due(child, month, carried)))
    return Node.model_construct(**{**dict(node), "children": children}) if children else None
