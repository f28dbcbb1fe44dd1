"""The page says what the workbook says, row by row: it is read back beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.results.page.links import OPEN
from svcq_excel.results.screen.report import write_html
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened
from tests.results.screen.page_reading import PageRead

_FIGURE = re.compile(r"^[^\d+\-]{0,4}[+]?(-?\d+(?:\.\d+)?)(%?)[^\d%]{0,6}$")
NOT_PRINTED = {"摘要"}
"""The workbook of a check has it, that of results has not."""


def said(value: object) -> str:
    """A figure to two decimals however it is shown, a text without the spaces around it."""
    text = f"{value:.6f}" if isinstance(value, int | float) else str(value or "").strip()
    if found := _FIGURE.match(text):
        return f"{float(found[1]) / (100 if found[2] else 1):.4f}".rstrip("0").rstrip(".")
    return text


def rows_of(sheet: Worksheet) -> Iterator[list[str]]:
    """Texts in the order of their cells; not what is hidden, nor what only opens a file."""
    hidden = {key for key, each in sheet.column_dimensions.items() if each.hidden}
    for row in sheet.iter_rows():
        seen = (cell for at, cell in enumerate(row, 1) if get_column_letter(at) not in hidden)
        texts = [said(cell.value) for cell in seen]
        if kept := [text for text in texts if text and text != OPEN]:
            yield kept


def near(one: str, other: str) -> bool:
    """Of a figure with many decimals the page shows two, of a rate as of a score."""
    try:
        return abs(float(one) - float(other)) <= 0.00501
    except ValueError:
        return one == other


@pytest.mark.parametrize("id", DEMOS)
def test_each_row_of_a_sheet_stands_on_the_page_in_its_order(id: str) -> None:
    page, workbook = PageRead(write_html(outcome_of(id))), opened(workbook_of(id), values=True)
    compared = 0
    for name, section in page.sections.items():
        if name in NOT_PRINTED or name == "統計圖表":
            continue
        told = [[said(cell) for cell in row if cell] for row in section.rows]
        sheet = workbook[name]
        lines = {said(line) for line in section.lines}
        expected = [row for row in rows_of(sheet) if not set(row) <= lines]
        assert len(told) == len(expected), name
        for shown, stored in zip(told, expected, strict=True):
            # Heads that take two rows stand twice in a sheet that is read cell by cell.
            assert len(shown) == len(stored), (name, shown, stored)
            assert all(map(near, shown, stored)), (name, shown, stored)
            compared += len(shown)
    assert compared > 50


@pytest.mark.parametrize("id", DEMOS)
def test_what_is_internal_stays_in_the_workbook(id: str) -> None:
    sections = PageRead(write_html(outcome_of(id))).sections
    assert not {"來源", "收件紀錄", "繳交情形", "目次"} & set(sections)


@pytest.mark.parametrize("id", DEMOS)
def test_every_head_says_what_it_is_the_head_of(id: str) -> None:
    page = PageRead(write_html(outcome_of(id)))
    heads = [head for section in page.sections.values() for head in section.heads]
    assert {head["scope"] for head in heads} >= {"col", "row"}
    assert all(
        ("colspan" in head) == (head["scope"] == "colgroup")
        for head in heads
        if head["scope"] in {"col", "colgroup"}
    )
    assert page.languages == ["zh-Hant-TW"]


@pytest.mark.parametrize("id", DEMOS)
def test_an_equal_outcome_gives_equal_bytes(id: str) -> None:
    assert write_html(outcome_of(id)) == write_html(outcome_of(id))
