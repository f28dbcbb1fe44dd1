"""適用級距 as people type it names the band that was meant, or none: no band is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.checks.band_texts import read_band
from svcq_excel.form.facts import Cell
from svcq_excel.rubric.node import Band, Node
from svcq_excel.rubric.shipped import load
from svcq_excel.workbooks.workbook import Value

LEAF = load("wra-105").leaf_by_id["A1.1.1.1"]
SMALL = Node(
    id="X",
    name="小",
    cap=10,
    bands=[
        Band(min=6, max=10, text="甲"),
        Band(min=3, max=5.5, text="乙"),
        Band(min=1, max=2, text="丙"),
    ],
)


def cell(value: Value) -> Cell:
    return Cell("評分表", 0, 0, value)


@pytest.mark.parametrize("typed", ["41-80分", " 41-80 分", "41-80分\n", "41 - 80分"])
def test_what_the_list_says_is_taken_without_a_word(typed: str) -> None:
    reading = read_band(cell(typed), LEAF)
    assert reading.band is LEAF.bands[1]
    assert not reading.normalised


@pytest.mark.parametrize(
    "typed",
    [
        "41~80分",
        "４１－８０分",
        "41–80分",
        "41—80",
        "41-80",
        "41 ～ 80 分",
        "41至80分",
        "41到80分",
        "41分-80分",
        "41分至80分",
        "「41－80」",
        "(41-80分)",
        "41-80分。",
        "級距：41-80分",
        "41--80分",
        "41.0-80.0",
        "　41〜80　",
    ],
)
def test_another_spelling_of_it_is_read_and_noticed(typed: str) -> None:
    reading = read_band(cell(typed), LEAF)
    assert reading.band is LEAF.bands[1]
    assert reading.normalised


@pytest.mark.parametrize(
    "typed",
    ["41-81分", "80-41分", "41", "80分", "第二級", "41-80-120", "-41-80", "41,80", True, 41.0],
)
def test_what_names_no_band_is_none(typed: Value) -> None:
    reading = read_band(cell(typed), LEAF)
    assert reading.band is None
    assert reading.text


def test_an_error_value_is_no_blank() -> None:
    assert read_band(Cell("評分表", 0, 0, "", True, "#NAME?"), LEAF).text == "#NAME?"


@pytest.mark.parametrize(
    ("made", "band"),
    [(date(2026, 6, 10), 0), (datetime(2026, 1, 2), 2), (date(2026, 6, 9), None)],
)
def test_of_a_date_that_a_program_made_of_it_the_range_is_read(
    made: date, band: int | None
) -> None:
    assert read_band(cell(made), SMALL).band == (None if band is None else SMALL.bands[band])


def test_a_range_that_became_a_month_of_another_year_is_read() -> None:
    """Of 1-40 Excel makes January 1940."""
    assert read_band(cell(date(1940, 1, 1)), LEAF).band is LEAF.bands[2]


@given(st.text() | st.text("0123456789-~至分「」. ", max_size=12))
def test_a_band_that_is_read_has_the_ends_that_were_typed(typed: str) -> None:
    reading = read_band(cell(typed), LEAF)
    if reading.band:
        bare = "".join(normalize("NFKC", typed).split())
        ends = [Decimal(end) for end in re.findall(r"[0-9]+(?:\.[0-9]+)?", bare)]
        assert ends == [reading.band.min, reading.band.max]
