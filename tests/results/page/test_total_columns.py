"""Wherever 總分 stands, it says out of what; what was converted and adjusted shows from what."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook

from svcq_excel.plan.rulings import Rulings
from svcq_excel.results.contents import CONTENTS
from svcq_excel.results.outcome_json import as_json
from svcq_excel.results.workbook import write_statistics
from tests.results.demos import DEMOS, workbook_of
from tests.results.reading import opened
from tests.results.scoring.clause_cases import form, outcome, rubric

TABLES = ("考核結果統計表", "細項得分")
_OF_SCORES = re.compile(r"總分(?!列)")
"""The grade's ground, 總分列甲等, stands beside its total."""


@cache
def book(per: str = "leaf", adjusted: bool = True) -> Workbook:
    bonus = [{"name": "加分", "effect": "bonus"}] if adjusted else []
    plan = rubric(
        committee={"method": "median", "per": per, "clause": "二"},
        scale={"to": 730},
        adjustments=bonus,
        reevaluation={"kind": "committee", "grades": ["丙"], "becomes": "乙"},
        grading="三",
    ).model_copy(update={"unit_table_title": "彙整表"})
    forms = [
        form("A", 60, 25, "甲"),
        form("A", 55, 30, "乙"),
        form("A", 55, 25, "丙"),
        form("B", 33, 31, "甲"),
    ]
    decided = Rulings(adjustments={"A": {"加分": Decimal("2.5")}} if adjusted else {})
    return opened(write_statistics(outcome(plan, forms, decided)), values=True)


def texts(made: Workbook) -> list[str]:
    """All but those of 目次, which names what is told elsewhere, and of charts, which say it
    beside."""
    aside = {CONTENTS, "統計圖表", "圖表資料", "單位與同組"}
    sheets = [sheet for sheet in made if sheet.title not in aside]
    cells = (cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return [cell for cell in cells if isinstance(cell, str)]


@pytest.mark.parametrize("per", ["leaf", "total"])
def test_every_total_of_a_workbook_says_out_of_what(per: str) -> None:
    told = [text for text in texts(book(per)) if _OF_SCORES.search(text)]
    assert len(told) > 6
    assert all("730" in text for text in told), told


@pytest.mark.parametrize("id", [id for id in DEMOS if id != "kpw-102"])
def test_the_heads_of_the_demos_say_it_too(id: str) -> None:
    heads = {text for text in texts(workbook(id)) if re.match("總分[\n(]", text)}
    assert heads and all("1000分" in head for head in heads), heads


def workbook(id: str) -> Workbook:
    return opened(workbook_of(id), values=True)


@pytest.mark.parametrize(("per", "scored"), [("leaf", 80), ("total", 85)])
def test_where_a_total_comes_from_stands_before_it(per: str, scored: int) -> None:
    for name in TABLES:
        rows = [list(row) for row in book(per)[name].iter_rows(values_only=True)]
        heads = next(row for row in rows if "加減分" in row)
        at = heads.index("加減分")
        assert heads[at - 2 : at + 2] == [
            "原得分\n滿分100分",
            "換算\n滿分730分",
            "加減分",
            "總分\n滿分730分",
        ]
        first = next(row for row in rows if "單位A" in row)
        whole = scored * 7.3
        assert first[at - 2 : at + 2] == pytest.approx([scored, whole, 2.5, whole + 2.5])


def test_what_is_not_adjusted_has_no_column_for_it() -> None:
    heads = [text.partition("\n")[0] for text in texts(book(adjusted=False))]
    assert "換算" in heads and "加減分" not in heads


def test_sentences_show_two_decimals_at_the_most() -> None:
    plan = rubric(scale={"to": 730}, committee={"method": "mean"})
    made = outcome(
        plan, [form("A", 50, each, name) for name, each in (("甲", 20), ("乙", 21), ("丙", 21))]
    )
    (result,) = [each for each in made.units if each.total is not None]
    assert result.grounds == ("原得分 70.67 分（滿分 100 分）按滿分 730 分換算為 515.87 分",)
    told: Any = as_json(made, None)["units"]
    (unit,) = [each for each in told if each["total"]]
    assert unit["raw"] == {"total": 212 / 3, "full": 100}


def test_adjustments_show_their_sign_in_every_table() -> None:
    """+2.50 in one table and 2.50 in another would be two figures."""
    made, seen = book(), set()
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == 2.5 and cell.data_type == "n":
                    seen.add(sheet.title)
                    assert cell.number_format.startswith("+"), (sheet.title, cell.coordinate)
    assert seen > {"考核結果統計表", "考核人員評分", "A 單位A"}, seen
