"""邊界清單: who is near a bound, and what a point, an assessor, another rounding would change."""

from __future__ import annotations

from collections.abc import Iterator

from svcq_excel.results.awaiting import provisional_notes
from svcq_excel.results.bounds.near import Near, near_bounds
from svcq_excel.results.bounds.what_if import MOST_BY_PLACES, WhatIf
from svcq_excel.results.bounds.words import borders_in_words, changes_in_words
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet, SheetCell
from svcq_excel.results.wording import heading, total_head, total_look
from svcq_excel.rubric.exact import shown
from svcq_excel.rubric.model import number

_HOW = (
    "均以變動後的評分，依本計畫的規定重新計分、列等、排名而得，其他單位照原評分；"
    "改用其他進位方式者，各單位一併改用。僅供審閱參考，不影響考核結果。"
)
_NOT_BY_POINTS = "範圍內的得分增減不影響等第、複評及獎懲"


def write_bounds(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: a row a unit that is near a bound."""
    shows = _Shows(outcome)
    columns = shows.columns()
    sheet = Sheet(book, name, widths(columns))
    sheet.title(heading(outcome, "邊界清單"))
    for text in _told(outcome):
        sheet.across(text, "line")
    head = heads(sheet, columns)
    rows(sheet, columns, [list(shows.contents(near)) for near in near_bounds(outcome)])
    for note in provisional_notes(outcome):
        sheet.across(note, "note")
    sheet.finish((head, head))


def _told(outcome: Outcome) -> Iterator[str]:
    rubric = outcome.rubric
    committee = "、少計一位考核人員" if "committee" in outcome.kinds else ""
    yield (
        f"得分增減總分 {shown(rubric.near_threshold)} 分（滿分 {number(rubric.full_total)} 分，"
        f"範圍依評分表定義的「提示：接近等第」）以內{committee}，或改用其他進位方式，"
        "其等第、複評或獎懲即有不同的單位。"
    )
    yield _HOW
    if WhatIf(outcome).has_large_fields:
        yield f"以序位法排名而超過 {MOST_BY_PLACES} 個單位者，不推算名次的變動。"


class _Shows:
    """Which columns there are, and what stands in them."""

    def __init__(self, outcome: Outcome) -> None:
        self._rubric = outcome.rubric
        self._grouped = any(result.unit.group for result in outcome.units)
        self._kinds = len(outcome.kinds) > 1

    def columns(self) -> tuple[ListColumn, ...]:
        return (
            *([ListColumn("組別", 70, "centred")] if self._grouped else []),
            ListColumn("編號", 50, "centred"),
            ListColumn("受考核單位名稱", 140),
            *([ListColumn("類別", 60, "centred")] if self._kinds else []),
            ListColumn(total_head(self._rubric), 76, "total"),
            *([ListColumn("等第", 46, "grade")] if self._rubric.grades else []),
            ListColumn("名次", 46, "total"),
            ListColumn("鄰近的邊界", 300),
            ListColumn("變動與其結果", 340),
        )

    def contents(self, near: Near) -> Iterator[Content | SheetCell]:
        rubric, result = self._rubric, near.result
        if self._grouped:
            yield result.unit.group
        yield result.unit.code
        yield result.unit.name
        if self._kinds:
            yield rubric.kind_word(result.kind)
        yield SheetCell(result.total, total_look(rubric, result.total))
        if rubric.grades:
            yield result.grade
        yield result.rank
        yield "\n".join(borders_in_words(rubric, near)) or _NOT_BY_POINTS
        yield "\n".join(changes_in_words(rubric, near))
