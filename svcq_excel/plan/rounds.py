"""考核期別: told apart as people read it; a checklist's is a month, and its form what is due."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import normalize

from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.rubric.model import Node, Rubric


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One of the rounds that share a plan, and its deadlines as they were written."""

    name: str
    deadline: str | None = None
    correction_deadline: str | None = None


_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月")


_NUMERALS = re.compile("[〇零一二三四五六七八九十]+")
_DIGITS = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}


def round_key(round: str) -> str:
    """Equal for what people read as the same: 105年度上半年, １０５ 年上半年, 民國105年上半年."""
    text = "".join(normalize("NFKC", round).casefold().split()).replace("年度", "年")
    text = text.removeprefix("中華").removeprefix("民國").replace("台", "臺")
    return _NUMERALS.sub(lambda found: _number(found[0]), text)


def _number(numerals: str) -> str:
    """12 for 十二, 105 for 一〇五; what is no number stays as it is."""
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return "".join(_DIGITS[char] for char in numerals)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return numerals
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))


def named_rounds(rounds: Iterable[str]) -> tuple[str, ...]:
    """The rounds among these, each once in the first of its spellings, in order."""
    spelled: dict[str, str] = {}
    for round in sorted(filter(None, rounds)):
        spelled.setdefault(round_key(round), round)
    return tuple(spelled.values())


def month_of(round: str | None) -> int | None:
    """6 of 102年6月 or 102年度6月; None where no month, or more than one, is named."""
    months = {int(month) for month in _MONTH.findall(normalize("NFKC", round or ""))}
    return months.pop() if len(months) == 1 else None


def is_whole_year(round: str, rubric: Rubric) -> bool:
    """Whether a round is the one that needs no name, since the rubric's title says it all."""
    return round_key(round) == round_key(rubric.default_round)


def in_round(rubric: Rubric, round: str | None, carried: Collection[str] = ()) -> Rubric:
    """Of a checklist, what is due in the round's month, and the steps that were open before.

    Any other rubric, and a checklist of the whole year, stay as they are. Raises DefinitionError
    where a round of a checklist is no month, or nothing is due in it.
    """
    if not rubric.is_checklist or not round or is_whole_year(round, rubric):
        return rubric
    known = due_months(rubric)
    month = month_of(round)
    if month not in known:
        months = "、".join(f"{rubric.year}年{month}月" for month in known)
        message = (
            f"考核期別「{round}」不是查核月份" if month is None else f"{month}月沒有應查核的步驟"
        )
        raise DefinitionError([Problem(rubric.id, message, f"考核期別請用：{months}")])
    tree = tuple(node for top in rubric.tree if (node := _due(top, month, carried)))
    return Rubric.model_construct(**{**dict(rubric), "tree": tree})


def due_months(rubric: Rubric) -> list[int]:
    """The months in which steps of a checklist are due."""
    return sorted({month for leaf in rubric.leaves for month in leaf.due})


def due_in(rubric: Rubric, round: str | None) -> frozenset[str]:
    """The ids of a checklist's steps that are due in a round; in the whole year all are."""
    month = None if not round or is_whole_year(round, rubric) else month_of(round)
    return frozenset(leaf.id for leaf in rubric.leaves if month is None or month in leaf.due)


def _due(node: Node, month: int, carried: Collection[str]) -> Node | None:
    if node.is_leaf:
        return node if month in node.due or node.id in carried else None
    children = tuple(below for child in node.children if (below := _due(child, month, carried)))
    return Node.model_construct(**{**dict(node), "children": children}) if children else None


T = TypeVar("T")

_YEAR_OF = re.compile("([0-9]{2,3})年")
_HALVES = {"上半年": 1, "下半年": 7}
_PART = re.compile("第([0-9]+)")
_MONTHS = re.compile("([0-9]{1,2})月")
_LAST = 99
"""What is of the whole year comes after its parts."""


def in_time(entries: Iterable[T], round_of: Callable[[T], str]) -> tuple[T, ...]:
    """The earliest round first; where one does not tell its year, all as they were."""
    found = list(entries)
    times = [_time(round_of(each)) for each in found]
    if not all(times):
        return tuple(found)
    order = sorted(range(len(found)), key=lambda at: times[at] or ())
    return tuple(found[at] for at in order)


def _time(round: str) -> tuple[int, ...] | None:
    """Year and month, or half, or number, of a round."""
    key = round_key(round)
    year = _YEAR_OF.search(key)
    if not year:
        return None
    half = next((month for name, month in _HALVES.items() if name in key), None)
    number = _MONTHS.search(key) or _PART.search(key)
    return int(year[1]), half or (int(number[1]) if number else _LAST)
