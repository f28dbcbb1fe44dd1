"""How many are where: the figures that stand on top, however it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from svcq_excel.assessment.standing import UnitStanding
from svcq_excel.results.model import UNIT_STATUS_WORDS


class Count(NamedTuple):
    key: str
    word: str
    number: int


def counts(units: Sequence[UnitStanding]) -> list[Count]:
    """By status; a committee's forms that lack, and what is late, only where there are any."""
    found = Counter(each.status for each in units)
    several = [
        Count(status, "尚缺部分評分表" if status == "incomplete" else word, found[status])
        for status, word in UNIT_STATUS_WORDS.items()
        if found[status] or status != "incomplete"
    ]
    late = sum(each.late for each in units)
    return [*several, *([Count("late", "逾期", late)] if late else [])]


def counted(units: Sequence[UnitStanding], of: str = "共") -> str:
    """共 14：已繳 11、待補正 1、未繳 2，其中逾期 2."""
    parts = {each.key: f"{each.word} {each.number}" for each in counts(units)}
    late = parts.pop("late", "")
    return f"{of} {len(units)}：{'、'.join(parts.values())}{f'，其中{late}' if late else ''}"
