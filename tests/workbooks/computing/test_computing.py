"""Formulas are computed as office programs compute them; what cannot be is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.workbooks.computing.elsewhere import elsewhere
from svcq_excel.workbooks.computing.sheet import Computed, agree, computed
from svcq_excel.workbooks.look import CellPlace, Look
from svcq_excel.workbooks.opening import OpenedWorkbook, open_bytes
from svcq_excel.workbooks.workbook import Rows
from tests.conftest import Convert

SHEET = "評分表"
NUMBERS: Rows = [[90.0, ""], [1.5, ""], [2.0, ""], ["", ""], ["abc", ""]]
ASKED = (0, 1)


class Spelled(Look):
    """A sheet with these formulas."""

    def __init__(self, formulas: Mapping[CellPlace, str]) -> None:
        self._formulas = formulas

    def formulas(self) -> frozenset[CellPlace]:
        return frozenset(self._formulas)

    def formula_text(self, row: int, column: int) -> str:
        return self._formulas.get((row, column), "")


def result(formula: str, others: Mapping[CellPlace, str] | None = None) -> Computed:
    return computed(SHEET, NUMBERS, Spelled({ASKED: formula, **(others or {})}), *ASKED)


RESULTS = {
    "=80+5": 85.0,
    "=+80": 80.0,
    "=-2^2": 4.0,
    "=2^3^2": 64.0,
    "=50%*3": 1.5,
    "=(1+2)*3-4/2": 7.0,
    "=SUM(A1:A5)": 93.5,
    "=SUM(A1,A2;3)": 94.5,
    "=A1+A4": 90.0,
    "=AVERAGE(A1:A5)": 93.5 / 3,
    "=MAX(A1:A3)-MIN(A1:A3)": 88.5,
    "=ROUND(2.675,2)": 2.68,
    "=ROUND(-2.5,0)": -3.0,
    "=ROUNDUP(1.21,1)": 1.3,
    "=TRUNC(-3.7)": -3.0,
    "=INT(-1.5)": -2.0,
    "=ABS(-3)": 3.0,
    "=$A$1+評分表!A2+$評分表.A3": 93.5,
    '=IF(A4="",5,6)': 5.0,
    "=IF(AND(A1>=90,NOT(A2>2)),1,0)": 1.0,
    "=1/0": "#DIV/0!",
    "=A1*NOW()": "volatile",
    "=INDIRECT(A1)": "volatile",
    "=[1]S!A1": "external",
    "='[book.xlsx]S'!A1": "external",
    "='file:///x.ods'#$S.A1": "external",
    "=cmd|'/c calc'!A1": "external",
    '=WEBSERVICE("http://example.org")': "external",
}
LEFT_ALONE = [
    "=A5+1",
    "=別的!A1",
    "=A1:A3",
    '=LEN("NOW()")',
    "=1+",
    "",
    "=A1&A2",
    "=10^400",
    "=SUM(A1:XFD1048576)",
    f"={'(' * 300}1{')' * 300}",
    f"={'-' * 1_500}1",
    "=9^9^9^9^9^9^9",
]


@pytest.mark.parametrize(("formula", "wanted"), RESULTS.items())
def test_plain_arithmetic_is_computed(formula: str, wanted: Computed) -> None:
    found = result(formula)
    assert (
        agree(found, wanted)
        if isinstance(found, float) and isinstance(wanted, float)
        else (found == wanted)
    )


@pytest.mark.parametrize("formula", LEFT_ALONE)
def test_what_is_more_than_that_is_left_alone(formula: str) -> None:
    assert result(formula) == ""


def test_a_way_through_other_formulas_is_followed_to_its_end() -> None:
    assert result("=C1*2", {(0, 2): "=A1+C2", (1, 2): "=A2"}) == 183.0
    assert result("=C1*2", {(0, 2): "=A1+RAND()"}) == "volatile"
    assert result("=C1*2", {(0, 2): "=B1"}) == ""
    far = {(row, 2): f"=C{row + 2}" for row in range(1_000)}
    assert result("=C1", far) == ""


@given(st.text("()+-*/^%.,;:\"'!$[]{}=<>&| A1B2eE9IFSUM", max_size=40))
def test_no_formula_makes_it_stumble(text: str) -> None:
    assert isinstance(result(f"={text}"), float | str)
    assert elsewhere(f"={text}") in {"", "volatile", "external"}


ROUNDING = ("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC")


def arithmetic(chance: Random, depth: int) -> str:
    """A formula on the cells A1 to A9."""
    if depth == 0:
        some = chance.choice(["{}", "{}.{}", "A{}", "{}%"])
        return some.format(chance.randint(1, 9), chance.randint(0, 99))

    def one() -> str:
        return arithmetic(chance, depth - 1)

    ways = [
        lambda: f"{one()}{chance.choice('+-*/')}{one()}",
        lambda: f"({one()}{chance.choice('+-*/')}{one()})",
        lambda: f"-{one()}",
        lambda: f"A{chance.randint(1, 9)}^{chance.randint(-3, 3)}",
        lambda: (
            f"{chance.choice(['SUM', 'MAX', 'MIN', 'AVERAGE'])}(A1:A{chance.randint(1, 9)},{one()})"
        ),
        lambda: f"{chance.choice(ROUNDING)}({one()},{chance.randint(-1, 3)})",
        lambda: f"{chance.choice(['INT', 'ABS'])}({one()})",
        lambda: (
            f"IF({one()}{chance.choice(['<', '>', '<=', '>=', '=', '<>'])}{one()},{one()},{one()})"
        ),
    ]
    return chance.choice(ways)()


@pytest.mark.office
@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_generated_arithmetic_comes_to_what_libreoffice_stores(
    office: Convert, tmp_path: Path, to: str
) -> None:
    chance, book = Random(5), openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row in range(1, 10):
        sheet.cell(row, 1).value = chance.choice(
            [None, "文字", *[chance.randint(-900, 900) / 8] * 6]
        )
    for row in range(1, 401):
        sheet.cell(row, 2).value = f"={arithmetic(chance, chance.randint(1, 3))}"
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.xlsx"
    book.save(path)
    (made,) = office([path], to, tmp_path)
    opened = open_bytes(made.read_bytes(), f".{to}")
    assert isinstance(opened, OpenedWorkbook)
    rows, look = opened.rows(SHEET), opened.closer.sheet(SHEET)
    known = 0
    for row in range(400):
        stored, found = rows[row][1], computed(SHEET, rows, look, row, 1)
        told = look.formula_text(row, 1), stored, look.error(row, 1), found
        if isinstance(found, float):
            assert isinstance(stored, int | float) and agree(found, float(stored)), told
            known += 1
        elif found:
            assert look.error(row, 1) == found, told
    assert known > 200
