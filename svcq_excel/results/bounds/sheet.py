"""邊界清單: who is near a bound, and what a point, an assessor, another rounding would change."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.results.awaiting import provisional_notes
from svcq_excel.results.bounds.near import Near, near_bounds
from svcq_excel.results.bounds.what_if import MOST_BY_PLACES, WhatIf
from svcq_excel.results.bounds.words import (
    assessors_in_words,
    borders_in_words,
    joined,
    point_in_words,
    roundings_in_words,
)
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.wording import heading, total_head
from svcq_excel.rubric.exact import shown

_HOW = (
    "各欄均以變動後的評分依本計畫的規定重新計分、列等、排名而得，其他單位照原評分；"
    "改用其他進位方式者，各單位一併改用。僅供審閱參考，不影響考核結果。"
)


def write_bounds(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: a row a unit that is near a bound."""
    found = near_bounds(outcome)
    shows = _Shows(outcome, found)
    columns = shows.columns()
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "邊界清單"))
    for text in _told(outcome):
        sheet.across(text, "line")
    head = heads(sheet, columns)
    rows(sheet, columns, [list(shows.contents(near)) for near in found])
    for note in provisional_notes(outcome):
        sheet.across(note, "note")
    sheet.finish((head, head))


def _told(outcome: Outcome) -> Iterator[str]:
    rubric = outcome.rubric
    committee = "、少計一位考核人員" if "committee" in outcome.kinds else ""
    yield (
        f"得分增減在總分 {shown(rubric.near_threshold)} 分（滿分 {rubric.full_total} 分）以內"
        f"{committee}或改用其他進位方式，等第、複評或獎懲即有不同的單位。{_HOW}"
    )
    if WhatIf(outcome).has_large_fields:
        yield f"以序位法排名而超過 {MOST_BY_PLACES} 個單位者，不推算名次的變動。"


class _Shows:
    """Which columns there are, and what stands in them."""

    def __init__(self, outcome: Outcome, found: tuple[Near, ...]) -> None:
        self._rubric, self._outcome = outcome.rubric, outcome
        self._grouped = any(result.unit.group for result in outcome.units)
        self._kinds = len(outcome.kinds) > 1
        self._committee = "committee" in outcome.kinds
        self._rounded = any(near.roundings for near in found)

    def columns(self) -> tuple[ListColumn, ...]:
        rubric = self._rubric
        return (
            *([ListColumn("組別", 70, "centred")] if self._grouped else []),
            ListColumn("編號", 50, "centred"),
            ListColumn("受考核單位名稱", 130),
            *([ListColumn("類別", 60, "centred")] if self._kinds else []),
            ListColumn(total_head(rubric), 76, "exact_total"),
            *([ListColumn("等第", 46, "grade")] if rubric.grades else []),
            ListColumn("名次", 46, "total"),
            *([ListColumn("獎懲", 150, "small")] if rubric.rewards else []),
            ListColumn("鄰近的邊界", 300),
            ListColumn("得分多或少一分", 190, "small"),
            *([ListColumn("考核人員少或多一位", 230, "small")] if self._committee else []),
            *([ListColumn("改用其他進位方式", 190, "small")] if self._rounded else []),
        )

    def contents(self, near: Near) -> Iterator[Content]:
        rubric, result = self._rubric, near.result
        if self._grouped:
            yield result.unit.group
        yield result.unit.code
        yield result.unit.name
        if self._kinds:
            yield rubric.kind_word(result.kind)
        yield result.total
        if rubric.grades:
            yield result.grade
        yield result.rank
        if rubric.rewards:
            yield result.reward.text if result.reward else None
        yield joined(borders_in_words(rubric, near))
        yield joined(point_in_words(rubric, near))
        if self._committee:
            yield joined(assessors_in_words(rubric, near))
        if self._rounded:
            yield joined(roundings_in_words(rubric, near))
