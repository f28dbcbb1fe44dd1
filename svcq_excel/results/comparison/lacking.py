"""比較說明: of which kinds of assessment the round before has no results."""

from __future__ import annotations

from svcq_excel.plan.kind_words import called
from svcq_excel.results.model import Outcome
from svcq_excel.results.page.sheet import Book, Sheet
from svcq_excel.results.wording import heading

_WIDTH = 900


def lacking(outcome: Outcome) -> list[str]:
    """As people call them."""
    nearest, rubric = (outcome.previous[-1] if outcome.previous else None), outcome.rubric
    return [
        called(rubric, kind)
        for kind in outcome.kinds
        if nearest and nearest.of_kind(rubric.kind_word(kind)) is None
    ]


def write_lacking(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet, a sentence long."""
    sheet = Sheet(book, name, [_WIDTH])
    sheet.title(heading(outcome, "與前期比較"))
    said = "、".join(lacking(outcome))
    head = sheet.next_row
    sheet.across(f"前期（{outcome.previous[-1].called}）沒有{said}的結果，未列比較。", "line")
    sheet.finish((head, head), frozen=False)
