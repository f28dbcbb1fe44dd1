"""Words for what is compared with what, and for what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from svcq_excel.plan.kind_words import called
from svcq_excel.results.comparison.comparing import Column, Comparison, Line
from svcq_excel.results.model import Outcome
from svcq_excel.results.wording import heading
from svcq_excel.rubric.exact import decimal
from svcq_excel.rubric.model import number
from svcq_excel.text.folding import fold

_NAMED = 8
"""Names that a sentence gives; of more it says how many."""


def title(outcome: Outcome, compared: Comparison, what: str) -> str:
    kind = called(compared.rubric, compared.kind)
    return f"{heading(outcome, f'{kind}與前期比較')}—{what}"


def about(outcome: Outcome, compared: Comparison) -> Iterator[str]:
    """Above a table: of which rounds it is, who came and went, and what to be careful about."""
    lines = compared.lines
    sides = [[getattr(line, side) for line in lines] for side in ("before", "now")]
    told = (
        f"{called}：受考核單位 {sum(each is not None for each in side)} 個，"
        f"有成績 {sum(each is not None and each.total is not None for each in side)} 個"
        for called, side in zip(
            (f"前期 {compared.before}", f"本期 {compared.now}"), sides, strict=True
        )
    )
    yield "；".join(told) + "。"
    yield "".join((_moved(compared), *_who(compared)))
    if fold(compared.before) == fold(compared.now):
        yield "※前期與本期的考核期別相同，請確認所指定的前期統計表。"
    ours = compared.rubric.title_of_table(compared.kind)
    if _bare(compared.title) != _bare(ours):
        yield f"※前期統計表的標題為「{compared.title}」，與本期不同，請確認是同一項考核。"
    if compared.whole.as_shares:
        yield f"※總分的滿分不同（{_caps(compared.whole)}），增減以得分率的百分點計。"


def _bare(title: str) -> str:
    return re.sub("[0-9]+", "", fold(title))


def _who(compared: Comparison) -> Iterator[str]:
    new = [line for line in compared.lines if line.before is None]
    gone = [line for line in compared.lines if line.now is None]
    if new:
        yield f"本期新增 {len(new)} 個單位：{_names(new)}。"
    if gone:
        yield f"前期有而本期未列 {len(gone)} 個單位：{_names(gone)}。"


def _names(lines: list[Line]) -> str:
    named = "、".join(line.name for line in lines[:_NAMED])
    return f"{named}等" if len(lines) > _NAMED else named


def on_items(compared: Comparison) -> Iterator[str]:
    """What changed in the definition itself."""
    other = [each for each in compared.columns if each.as_shares]
    new = [each for each in compared.columns if each.before is None]
    gone = [each for each in compared.columns if each.now is None]
    if other:
        each = "、".join(f"「{column.name}」（{_caps(column)}）" for column in other)
        yield f"※配分不同：{each}，增減以得分率的百分點計。"
    for what, columns in (("本期新增的項目", new), ("前期有而本期沒有的項目", gone)):
        if columns:
            yield f"※{what}：{'、'.join(f'「{column.name}」' for column in columns)}，不計增減。"


def _caps(column: Column) -> str:
    return f"前期 {points(column.before)} 分、本期 {points(column.now)} 分"


def points(cap: Fraction | None) -> str:
    return "" if cap is None else number(decimal(cap))


def out_of(word: str, cap: Fraction | None) -> str:
    """The head of a column with what its figures are out of."""
    return f"{word}\n滿分{points(cap)}分"


def _moved(compared: Comparison) -> str:
    """How many of the units that have a total in both rounds have more, or less."""
    changes = compared.changes
    more, less = (sum(sign * each > 0 for each in changes) for sign in (1, -1))
    same = len(changes) - more - less
    moved = f"增加 {more} 個、減少 {less} 個、相同 {same} 個"
    what = compared.whole.name
    return f"兩期都有{what}的單位 {len(changes)} 個：{moved}。"
