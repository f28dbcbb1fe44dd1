"""優缺點彙整: what assessors wrote, unit by unit and item by item, in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.form.layout.remarks import REMARKS, item_labels
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.page.listing import ListColumn, heads, rows, widths
from svcq_excel.results.page.sheet import Book, Content, Sheet
from svcq_excel.results.wording import heading
from svcq_excel.rubric.model import Node, Rubric

_COMMENTS = "評語"


def write_remarks(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet: the items' remarks, then the leaves' notes and the comments of each form."""
    columns = (
        ListColumn("編號", 50, "centred", identifies=True),
        ListColumn("受考核單位名稱", 110, identifies=True),
        ListColumn("類別", 54, "centred", identifies=True),
        ListColumn(outcome.rubric.item_level, 110, identifies=True),
        *(
            ListColumn(title, 105 if key == "remark" else 143, "long_text")
            for key, title in _COLUMNS
        ),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=4)
    sheet.title(heading(outcome, "優缺點彙整"))
    head = heads(sheet, columns)
    contents = [row for result in outcome.units for row in _rows(outcome.rubric, result)]
    rows(sheet, columns, contents)
    sheet.finish((head, head))


def write_remarks_by_item(book: Book, name: str, outcome: Outcome) -> None:
    """Adds the sheet that brings all units' scores and remarks together, item by item."""
    columns = (
        ListColumn("考核項目", 110, identifies=True),
        ListColumn("編號", 50, "centred", identifies=True),
        ListColumn("受考核單位名稱", 110, identifies=True),
        ListColumn("類別", 54, "centred", identifies=True),
        ListColumn("得分", 48, "score"),
        *(
            ListColumn(title, 100 if key == "remark" else 134, "long_text")
            for key, title in _COLUMNS
        ),
    )
    sheet = Sheet(book, name, widths(columns), frozen_columns=4)
    sheet.title(heading(outcome, "各考核項目結果彙整"))
    head = heads(sheet, columns)
    rows(sheet, columns, list(_by_item(outcome)))
    sheet.finish((head, head))


def _by_item(outcome: Outcome) -> Iterator[Sequence[Content]]:
    rubric = outcome.rubric
    scored = [result for result in outcome.units if result.total is not None]
    for item, label in zip(rubric.items, item_labels(rubric), strict=True):
        for result in scored:
            whose = (result.unit.code, result.unit.name, rubric.kind_word(result.kind))
            yield (label, *whose, result.items[item.id], *_texts(result, item))


_COLUMNS = tuple(REMARKS.items())


def _rows(rubric: Rubric, result: UnitResult) -> Iterator[Sequence[Content]]:
    whose = (result.unit.code, result.unit.name, rubric.kind_word(result.kind))
    for item in rubric.items:
        texts = _texts(result, item)
        if any(texts):
            yield (*whose, item.name, *texts)
    for leaf in rubric.leaves:
        if note := result.notes.get(leaf.id):
            yield (*whose, f"{leaf.name}（備註）", note)
    if result.comments:
        yield (*whose, rubric.comments or _COMMENTS, result.comments)


def _texts(result: UnitResult, item: Node) -> list[str]:
    return [result.remarks.get(item.id, {}).get(key, "") for key in REMARKS]
