"""Unit's sheets on paper: what a total came to stands with the total, a head with what it is of."""

from __future__ import annotations

import pytest

from svcq_excel.results.accounts.books import write_accounts
from tests.results.demos import DEMOS, outcome_of
from tests.results.reading import opened
from tests.results.rounds import round_of

_FOLLOW = ("總分", "等第", "名次", "獎懲", "※", "完成率", "情形")


@pytest.mark.parametrize("id", DEMOS)
def test_no_page_begins_below_a_subtotal_or_with_what_a_total_came_to(id: str) -> None:
    book = opened(write_accounts(outcome_of(id), tuple(outcome_of(id).of_unit)))
    pages = 0
    for sheet in book.worksheets[1:]:
        first = {row: str(sheet.cell(row, 1).value or "") for row in range(1, sheet.max_row + 1)}
        for row in (brk.id for brk in sheet.row_breaks.brk):
            pages += 1
            assert sheet.cell(row, 4).value != "小計", f"{sheet.title}: a subtotal is left alone"
            assert not first[row + 1].startswith(_FOLLOW), f"{sheet.title}: {first[row + 1]}"
    assert pages


def test_an_assessment_is_called_as_people_call_it() -> None:
    bars = {
        id: [
            str(sheet.cell(row, 1).value)
            for sheet in opened(write_accounts(round_of(id, 1), ("A001",))).worksheets[1:]
            for row in range(4, sheet.max_row + 1)
            if str(sheet.cell(row, 1).value).startswith(("自行", "本署", "考核小組"))
        ]
        for id in ("wra-105", "khb-106", "hccg-105", "kpw-102")
    }
    assert bars == {
        "wra-105": ["本署考核"],
        "khb-106": ["自行考核"],
        "hccg-105": ["考核小組　評分表 3 份", "自行檢測"],
        "kpw-102": ["自行檢核　已繳"],
    }


def test_a_checklist_says_how_much_of_it_is_done_and_of_what() -> None:
    made = round_of("kpw-102", 1)
    sheet = opened(write_accounts(made, ("A001",))).worksheets[1]
    label, _, _, _, _, rate, said = (cell.value for cell in sheet[sheet.max_row])
    (result,) = made.units
    words = [step.word for step in result.steps.values()]
    done, aside = words.count("已完成"), words.count("不適用")
    assert label == "完成率＝已完成÷（應辦－不適用）"
    assert rate == f"={done}/{len(words) - aside}"
    assert str(said).startswith(f"應辦 {len(words)} 項：已完成 {done}、")


def test_a_grade_is_told_with_the_bounds_that_make_it() -> None:
    made = round_of("wra-105", 1)
    sheet = opened(write_accounts(made, ("A001",))).worksheets[1]
    (row,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == "等第")
    assert row[-1] == made.rubric.grade_line
