"""Writes 等第, 獎懲 and 附件: a row an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from svcq_excel.rubric.documents import Heading
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.sheets.columns import (
    DOCUMENT_ROW,
    DOCUMENTS,
    DOCUMENTS_SHEET,
    GRADES,
    GRADES_SHEET,
    HEADING_ROW,
    LEVEL,
    NOTE_ROW,
    REWARDS,
    REWARDS_SHEET,
    Column,
)
from svcq_excel.rubric.sheets.pages.looks import BAND, CENTRED, level_look
from svcq_excel.rubric.sheets.pages.page import Page
from svcq_excel.rubric.sheets.pages.tree_sheet import value_of
from svcq_excel.rubric.sheets.values import NUMBER, WHOLE


def write_grades(book: xlsxwriter.Workbook, rubric: Rubric) -> None:
    _write_list(book, GRADES_SHEET, GRADES, rubric.grades)


def write_rewards(book: xlsxwriter.Workbook, rubric: Rubric) -> None:
    _write_list(book, REWARDS_SHEET, REWARDS, rubric.rewards)


def _write_list(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], parts: Sequence[object]
) -> None:
    page = _page(book, name, columns)
    for part in parts:
        page.next_row()
        for at, column in enumerate(columns):
            page.put(at, value_of(part, column.keys, column), _looking(BAND, column))
    for at, column in enumerate(columns):
        if column.value.choices:
            page.offer(at, column.value.choices)
    page.finish()


def write_documents(book: xlsxwriter.Workbook, rubric: Rubric) -> None:
    page = _page(book, DOCUMENTS_SHEET, DOCUMENTS)
    for document in rubric.documents:
        _row(page, document, DOCUMENT_ROW, level_look(1, False), [each.keys for each in DOCUMENTS])
        for depth, heading in _headings(document.heads, 1):
            keys = [each.band for each in DOCUMENTS]
            _row(page, heading, f"{HEADING_ROW}{depth}", BAND, keys)
    headings = (f"{HEADING_ROW}{depth}" for depth in range(1, 4))
    page.offer(0, [DOCUMENT_ROW, *headings, NOTE_ROW])
    page.finish()


def _headings(heads: Sequence[Heading], depth: int) -> Iterator[tuple[int, Heading]]:
    for heading in heads:
        yield depth, heading
        yield from _headings(heading.heads, depth + 1)


def _row(
    page: Page,
    part: object,
    level: str,
    look: dict[str, Any],
    keys: Sequence[tuple[str | int, ...]],
) -> None:
    page.next_row()
    for at, column in enumerate(DOCUMENTS):
        value = value_of(part, keys[at], column) if keys[at] else None
        page.put(at, level if column.head == LEVEL else value, _looking(look, column))


def _page(book: xlsxwriter.Workbook, name: str, columns: Sequence[Column]) -> Page:
    return Page(book, name, [(each.head, each.about, each.width) for each in columns])


def _looking(look: dict[str, Any], column: Column) -> dict[str, Any]:
    is_number = column.value in (NUMBER, WHOLE)
    return {**look, **(CENTRED if column.width <= 18 or is_number else {})}
