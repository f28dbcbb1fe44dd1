"""Figures of one table have the same decimals, and every one is seen whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.results.model import Outcome
from svcq_excel.results.page.figures import room, shown, with_decimals
from svcq_excel.results.workbook import write_statistics
from tests.results.demos import DEMOS, outcome_of, workbook_of
from tests.results.reading import opened
from tests.results.samples import outcome, submission

TABLES = ("考核結果統計表", "考核結果統計表（自行檢測）", "自行檢測與考核小組差異", "排名與獎懲")


def figures(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, float | int):
                yield cell


@pytest.mark.parametrize(
    ("figure", "pattern", "text"),
    [
        ("95", "0.00", "95.00"),
        ("95.005", "0.00", "95.01"),
        ("-3.3333", "+0.00;-0.00;0.00", "-3.33"),
        ("3.3333", "+0.00;-0.00;0.00", "+3.33"),
        ("0", "+0;-0;0", "0"),
        ("3", '0"（暫定）"', "3（暫定）"),
        ("0.1234", "0.00%", "12.34%"),
        ("950", '"總分："0.00"分"', "總分：950.00分"),
        ("899.9999", "0.00##", "899.9999"),
        ("1234.5", "General", "1234.5"),
    ],
)
def test_a_figure_is_shown_as_its_format_says(figure: str, pattern: str, text: str) -> None:
    assert shown(Decimal(figure), pattern) == text


def test_one_fraction_makes_all_figures_of_a_table_show_decimals() -> None:
    half, whole = Decimal("0.5"), Decimal(1)
    assert with_decimals([("score", whole), ("total", whole)]) == set()
    assert {"score", "total", "difference"} <= with_decimals([("score", half), ("total", whole)])
    assert with_decimals([("mean", half), ("score", whole)]) == {"mean"}


@given(st.decimals(-9999, 9999, places=2), st.sampled_from(["score", "total", "difference"]))
def test_a_wider_figure_has_more_room(figure: Decimal, look: str) -> None:
    assert room(figure, look) <= room(figure * 1000, look)


def test_a_table_with_one_fraction_shows_two_decimals_throughout() -> None:
    forms = [submission("A01", 960), submission("A02", Decimal("899.5")), submission("A03", 700)]
    for name in ("考核結果統計表", "排名與獎懲", "細項得分"):
        whole = write_statistics(outcome([forms[0]]))
        mixed = write_statistics(outcome(forms))
        scores = {c.number_format for c in figures(opened(mixed, values=True)[name])}
        assert scores <= {"0.00", "General", '0"（暫定）"'}
        assert "0.00" in scores
        plain = {c.number_format for c in figures(opened(whole, values=True)[name])}
        assert plain <= {"General", '0"（暫定）"'}, "no decimals where there are none"


def test_a_total_is_not_rounded_into_another_grade_for_show() -> None:
    """899.9999 is 甲, and 900.00 would be 優."""
    made = outcome([submission("A01", Decimal("899.9999")), submission("A02", Decimal("899.99"))])
    sheet = opened(write_statistics(made), values=True)["考核結果統計表"]
    formats = {cell.value: cell.number_format for cell in figures(sheet)}
    assert formats[899.9999] == "0.00##"
    assert formats[899.99] == "0.00"


@pytest.mark.parametrize("id", DEMOS)
def test_every_figure_of_the_demos_has_room_in_its_column(id: str) -> None:
    _all_fit(workbook_of(id))


def test_the_longest_figures_have_room_in_their_columns() -> None:
    _all_fit(write_statistics(_extreme(outcome_of("hccg-105"))))


def _extreme(made: Outcome) -> Outcome:
    """One side gives a third less than all, the other nothing: differences with decimals."""
    third = Fraction(2, 3)
    units = []
    for result in made.units:
        lost = 0 if result.kind == "self" else 1
        leaves = {leaf.id: (Fraction(leaf.cap) - third) * lost for leaf in made.rubric.leaves}
        items = {
            item.id: sum((leaves[leaf.id] for leaf in item.leaves), Fraction(0))
            for item in made.rubric.items
        }
        total = sum(items.values(), Fraction(0))
        units.append(
            replace(result, status="accepted", total=total, leaves=leaves, items=items, rank=1)
        )
    return replace(made, units=tuple(units))


def _all_fit(workbook: bytes) -> None:
    """Measured anew: a digit of 標楷體 is half an em wide, a cell has 3 pixels at either side."""
    for sheet in opened(workbook, values=True):
        merged = {str(area).partition(":")[0] for area in sheet.merged_cells.ranges}
        for cell in figures(sheet):
            if cell.coordinate in merged:
                continue
            width = sheet.column_dimensions[get_column_letter(cell.column)].width * 8 + 5
            places = 2 if "0.00" in cell.number_format else 0
            assert isinstance(cell.value, float | int)
            value = cell.value * (100 if "%" in cell.number_format else 1)
            digits = len(f"{value:.{places}f}") + ("+" in cell.number_format) + 1
            needed = digits * cell.font.size * 96 / 72 / 2 + 6
            assert needed <= width or cell.alignment.shrink_to_fit, (sheet.title, cell.coordinate)
            assert needed - 8 <= width, (sheet.title, cell.coordinate, cell.value)
