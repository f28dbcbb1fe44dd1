"""What each part of a definition is called, and how its values are said: as its workbook has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from svcq_excel.rubric import clauses
from svcq_excel.rubric.clauses import Clauses
from svcq_excel.rubric.differing.change import Show
from svcq_excel.rubric.differing.text_changes import in_quotes
from svcq_excel.rubric.documents import Document, Heading
from svcq_excel.rubric.judgement import Judgement
from svcq_excel.rubric.model import Grade, Reward, Rubric
from svcq_excel.rubric.node import Band, Growth, Measure, Node, Part, number
from svcq_excel.rubric.sheets import clause_items, columns
from svcq_excel.rubric.sheets.columns import Column
from svcq_excel.rubric.sheets.items import ITEMS, Item
from svcq_excel.rubric.sheets.values import NAMES, SHARE, TEXT, ValueKind
from svcq_excel.rubric.sheets.wording import DOCUMENT_TITLE, TITLE
from svcq_excel.rubric.source import Keys


class Word(NamedTuple):
    said: str
    show: Show = in_quotes


_UNITS = {
    **dict.fromkeys(("cap", "min", "to", "most", "step", "near_threshold"), "分"),
    **{"year": "年度", "places": "位", "trim": "個", "pages": "頁", "fewest_leaves": "項"},
}
"""What a figure counts, by its key."""

_OTHERWISE = {
    (Measure, "label"): "名稱",
    (Growth, "label"): "名稱",
    (Growth, "of"): "數據",
    (Growth, "unit"): "單位",
    (Grade, "name"): "名稱",
    (Heading, "name"): "文字",
}
"""Heads that would say twice what their sentence begins with."""

PIECE_BY_PIECE: Mapping[type[Part], frozenset[str]] = {
    Rubric: frozenset(
        {"format", "sums", "kinds", "documents", "unread", "notes", "signatures"}
        | {"grades", "rewards", "clauses", "judgement", "tree"}
    ),
    Node: frozenset({"id", "name", "bands", "measure", "growth", "children"}),
    Band: frozenset({"min", "max", "measure_min", "measure_max"}),
    Document: frozenset({"heads"}),
    Heading: frozenset({"heads"}),
    Clauses: frozenset({*clauses.PARTS}),
    clauses.Floor: frozenset({"node"}),
    clauses.Ranking: frozenset({"ties"}),
}
"""What is compared in words of its own."""

ALL_CLAUSES: Mapping[str, str] = {
    str(each.keys[0]): each.name for each in clause_items.CLAUSES if each.keys
}
CLAUSES: Mapping[str, str] = {
    key: name for key, name in ALL_CLAUSES.items() if key not in {"adjustments", "floors"}
}
"""The clauses of which a definition has one at the most."""


def _word(part: type[Part], key: str, head: str, value: ValueKind) -> Word:
    return Word(_OTHERWISE.get((part, key), head), _shown(value, _UNITS.get(key, "")))


def _shown(value: ValueKind, unit: str) -> Show:
    if value is TEXT:
        return in_quotes
    quoted = value in (NAMES, TITLE, DOCUMENT_TITLE)

    def show(given: Any) -> str:
        shown = value.shown(given)
        if isinstance(shown, Decimal):
            figure = number(shown * 100) + "%" if value is SHARE else number(shown)
            return f"{figure} {unit}".rstrip()
        return in_quotes(shown) if quoted else shown

    return show


def _named(part: type[Part], named: Iterable[tuple[Keys, str, ValueKind]]) -> dict[str, Word]:
    """By key, of what is told by its own word."""
    apart = PIECE_BY_PIECE.get(part, frozenset())
    keyed = ((str(keys[0]), head, value) for keys, head, value in named if len(keys) == 1)
    return {key: _word(part, key, head, value) for key, head, value in keyed if key not in apart}


def _items(part: type[Part], items: Iterable[Item], below: str = "") -> dict[str, Word]:
    within = ((each.keys[1:], each) for each in items if below and each.keys[0] == below)
    here = within if below else ((each.keys, each) for each in items)
    return _named(part, ((keys, each.name, each.value) for keys, each in here))


def _heads(part: type[Part], table: Iterable[Column], below: str = "") -> dict[str, Word]:
    keyed = ((each.keys, each) for each in table if each.keys)
    here = (((keys[1:] if below else keys), each) for keys, each in keyed if below in (keys[0], ""))
    return _named(part, ((keys, each.head, each.value) for keys, each in here))


def _bands(part: type[Part], table: Iterable[Column]) -> dict[str, Word]:
    """The same of the rows that stand below those."""
    return _named(part, ((each.band, each.head, each.value) for each in table if each.band))


WORDS: Mapping[type[Part], Mapping[str, Word]] = {
    Rubric: _items(Rubric, ITEMS),
    Judgement: _items(Judgement, ITEMS, "judgement"),
    Node: _heads(Node, columns.TREE),
    Band: _bands(Band, columns.TREE),
    Measure: _heads(Measure, columns.TREE, "measure"),
    Growth: _heads(Growth, columns.TREE, "growth"),
    Grade: _heads(Grade, columns.GRADES),
    Reward: _heads(Reward, columns.REWARDS),
    Document: _heads(Document, columns.DOCUMENTS),
    Heading: _bands(Heading, columns.DOCUMENTS),
    Clauses: {"grading": Word("等第的依據")},
    **{
        clauses.PARTS[str(each.keys[0])]: _items(clauses.PARTS[str(each.keys[0])], each.items)
        for each in clause_items.CLAUSES
        if each.keys
    },
}
"""Of each part, what is told by its own word; what else it holds is told piece by piece."""
