"""Writes 評分項目: a row a node in paper order, its bands below it, sums that watch the caps."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import xlsxwriter

from svcq_excel.rubric.model import Band, Node, Rubric
from svcq_excel.rubric.sheets.cells import folded
from svcq_excel.rubric.sheets.columns import (
    BAND_ROW,
    BELOW,
    CAP,
    CHECK,
    HOW,
    LEVEL,
    NOTE_ROW,
    RESERVED,
    SUM_ROW,
    THRESHOLD,
    TREE,
    TREE_SHEET,
    Column,
    ordinal,
)
from svcq_excel.rubric.sheets.pages import live_sums
from svcq_excel.rubric.sheets.pages.looks import BAND, CENTRED, COMPUTED, SUM, level_look
from svcq_excel.rubric.sheets.pages.page import MORE_ROWS, Page
from svcq_excel.rubric.sheets.values import NUMBER, TEXT, Shown
from svcq_excel.rubric.sheets.wording import BANDED, CHECKED, FREE, METHODS, SUMMED
from svcq_excel.rubric.source import Keys

_AT = {column.head: at for at, column in enumerate(TREE)}
_LETTER = {head: chr(ord("A") + at) for head, at in _AT.items()}


def write_tree(book: xlsxwriter.Workbook, rubric: Rubric) -> None:
    columns = [(column.head, column.about, column.width) for column in TREE]
    page = Page(book, TREE_SHEET, columns, frozen=_AT["名稱"] + 1, wide=True)
    levels = [level_word(rubric, depth) for depth in range(len(rubric.levels))]
    last = 2 + MORE_ROWS + sum(1 + len(node.bands) for _, node in rubric.walk())
    for depth, node in rubric.walk():
        _node(page, rubric, levels, depth, node, last)
        for band in node.bands:
            _band(page, node, band)
    if not rubric.is_checklist:
        _sum(page, rubric, levels, last)
    page.offer(_AT[LEVEL], [*levels, BAND_ROW, SUM_ROW, NOTE_ROW])
    page.offer(_AT[HOW], METHODS)
    for column in TREE:
        if column.value.choices and column.head != HOW:
            page.offer(_AT[column.head], column.value.choices)
    page.highlight_filled(_AT[CHECK])
    page.finish()


def level_word(rubric: Rubric, depth: int) -> str:
    """How rows name a level: its name, unless that means something else there."""
    level = rubric.levels[depth]
    return ordinal(depth) if folded(level) in RESERVED else level


def method_of(node: Node) -> str:
    if node.children:
        return SUMMED
    if node.due:
        return CHECKED
    return BANDED if node.bands else FREE


def value_of(part: object, keys: Keys, column: Column) -> Shown | None:
    """What a cell shows of a part of the model."""
    for key in keys:
        part = getattr(part, str(key)) if part is not None else None
    if part is None or part in ((), "") or (column.head == CAP and not part):
        return None
    return column.value.shown(part)


def _node(page: Page, rubric: Rubric, levels: list[str], depth: int, node: Node, last: int) -> None:
    row = page.next_row()
    look = level_look(depth, node.is_leaf)
    for column in TREE:
        at = _AT[column.head]
        value = value_of(node, column.keys, column) if column.keys else None
        if column.head == LEVEL:
            value = levels[depth]
        elif column.head == HOW:
            value = method_of(node)
        page.put(at, value, _looking(look, column))
    if depth + 1 < len(levels) and not rubric.is_checklist:
        sum = live_sums.below(levels, depth, _LETTER[LEVEL], _LETTER[CAP], last)
        caps = Decimal(0) + sum_of(node)
        computed = {**look, **CENTRED, **COMPUTED}
        page.formula(_AT[BELOW], sum, caps, computed)
        said = live_sums.mismatch(_LETTER[CAP], _LETTER[BELOW], row + 1)
        page.formula(_AT[CHECK], said, "", {**look, **CENTRED})


def sum_of(node: Node) -> Decimal:
    return sum((child.cap for child in node.children), Decimal(0))


def _band(page: Page, node: Node, band: Band) -> None:
    page.next_row()
    for column in TREE:
        keys = column.band
        if column.head == THRESHOLD:
            keys = (node.measure.limit_key,) if node.measure else ()
        value = value_of(band, keys, column) if keys else None
        page.put(
            _AT[column.head], BAND_ROW if column.head == LEVEL else value, _looking(BAND, column)
        )


def _sum(page: Page, rubric: Rubric, levels: list[str], last: int) -> None:
    page.next_row()
    for column in TREE:
        page.put(_AT[column.head], SUM_ROW if column.head == LEVEL else None, SUM)
    sum = live_sums.of_first_level(levels[0], _LETTER[LEVEL], _LETTER[CAP], last)
    page.formula(_AT[CAP], sum, rubric.full_score, {**SUM, **CENTRED})


def _looking(look: dict[str, Any], column: Column) -> dict[str, Any]:
    """Longer texts begin at the left, what is short stands in the middle."""
    is_long = column.value is TEXT and column.width > 14
    plain = (
        {"font_size": 10, "bold": False}
        if is_long and column.head not in ("名稱", "表上字樣")
        else {}
    )
    typed = {"num_format": "General"} if column.value is NUMBER else {}
    return {**look, **plain, **typed, **({} if is_long else CENTRED)}
