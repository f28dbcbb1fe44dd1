"""附表2 on paper: the signatures have two rows of data above them, however long the table is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from svcq_excel.plan.units import Unit
from svcq_excel.results.model import Outcome, UnitResult
from svcq_excel.results.workbook import write_statistics
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load
from tests.results.printed import pages, points, room
from tests.results.reading import opened
from tests.results.samples import spread


def table(rubric: Rubric, names: list[str], group: str = "") -> bytes:
    scores = {id: Fraction(score) for id, score in spread(rubric, 900).items()}
    items = {i.id: sum((scores[x.id] for x in i.leaves), Fraction(0)) for i in rubric.items}
    results = [
        UnitResult(
            Unit(f"A{at:02}", name, group),
            "hq",
            "accepted",
            Fraction(900),
            "優",
            rank=1,
            items=items,
            leaves=scores,
        )
        for at, name in enumerate(names, 1)
    ]
    return write_statistics(Outcome(rubric, "105年度", tuple(results), ()))


def check_pages(sheet: Worksheet) -> None:
    _, high = room(sheet)
    for i, rows in enumerate(pages(sheet)):
        heads = points(sheet, 3, 4) if i else 0
        assert points(sheet, rows[0], rows[-1]) + heads <= high
    codes = [str(sheet.cell(row, 2).value) for row in pages(sheet)[-1]]
    all_codes = [str(sheet.cell(row, 2).value) for row in range(5, sheet.max_row + 1)]
    units = [code for code in codes if code.startswith("A") and code[1:].isdigit()]
    assert len(units) >= min(2, len([x for x in all_codes if x.startswith("A")]))
    signed = [sheet.cell(row, 1).value for row in pages(sheet)[-1]]
    assert "承辦人：" in signed


@pytest.mark.parametrize("count", [1, 2, 13, 14, 15, 16, 17, 18, 30, 60, 300])
@pytest.mark.parametrize("length", [2, 20, 60])
def test_two_rows_stand_with_the_signatures(count: int, length: int) -> None:
    rubric = load("wra-105").model_copy(update={"signatures": ("承辦人", "科長", "首長")})
    check_pages(opened(table(rubric, ["局" * length] * count, "第1組"))["考核結果統計表"])


@settings(max_examples=15)
@given(lengths=st.lists(st.integers(2, 60), min_size=1, max_size=40))
def test_two_rows_stand_with_them_whatever_units_are_called(lengths: list[int]) -> None:
    rubric = load("wra-105").model_copy(update={"signatures": ("承辦人", "科長", "首長")})
    check_pages(opened(table(rubric, ["局" * n for n in lengths]))["考核結果統計表"])
