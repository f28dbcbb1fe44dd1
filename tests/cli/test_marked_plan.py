"""`svcq status --mark`: what is wrong in the plan stands in a copy beside it, where it is wrong."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.plan.planning import edit, row_of, units_of, write_plan
from tests.rubric.small_rubric import SOUND


def test_each_problem_is_a_comment_in_its_cell_of_a_copy(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    wrong = [*units_of("wra-105")[:3], ("A02", "另一個", "", "")]
    edit(Path("甲"), {"繳交期限": "下週五"}, 受考核單位=wrong)
    before = Path("甲/考核計畫.xlsx").read_bytes()
    ran = svcq("-C", "甲", "status", "--mark")
    assert ran.code == 2 and "考核計畫_標示.xlsx" in ran.err
    assert Path("甲/考核計畫.xlsx").read_bytes() == before
    copy = load_workbook("甲/考核計畫_標示.xlsx")
    due = copy["計畫"].cell(row_of(copy["計畫"], "繳交期限"), 2)
    assert due.comment and "不是日期" in due.comment.text
    twice = copy["受考核單位"]["A4"]
    assert twice.comment and "重複" in twice.comment.text
    assert sorted(each.name for each in Path("甲").glob("*.xlsx")) == [
        "考核計畫.xlsx",
        "考核計畫_標示.xlsx",
    ]


def test_a_copy_that_somebody_wrote_on_is_not_replaced(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    svcq("-C", "甲", "status", "--mark")
    svcq("-C", "甲", "status", "--mark")
    assert [each.name for each in Path("甲").glob("*標示*")] == ["考核計畫_標示.xlsx"]
    book = load_workbook("甲/考核計畫_標示.xlsx")
    book["計畫"]["D1"].value = "我寫的"
    book.save("甲/考核計畫_標示.xlsx")
    mine = Path("甲/考核計畫_標示.xlsx").read_bytes()
    svcq("-C", "甲", "status", "--mark")
    assert Path("甲/考核計畫_標示.xlsx").read_bytes() == mine
    assert Path("甲/考核計畫_標示2.xlsx").is_file()


def test_a_plan_without_faults_gets_no_copy(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    edit(Path("甲"), {}, 受考核單位=units_of("wra-105"))
    assert "未另存" in svcq("-C", "甲", "status", "--mark").err
    assert not list(Path("甲").glob("*標示*"))


def test_what_is_wrong_in_a_file_that_the_plan_names_is_not_marked_in_the_plan(svcq: Run) -> None:
    write_plan(Path("甲/考核計畫.xlsx"), {"評分表定義": "定義.yaml"})
    Path("甲/定義.yaml").write_text(SOUND.replace("cap: 60", "cap: 70", 1), "utf-8")
    ran = svcq("-C", "甲", "status", "--mark")
    assert ran.code == 2 and "定義.yaml" in ran.out and "未另存" in ran.err
    assert not list(Path("甲").glob("*標示*"))
