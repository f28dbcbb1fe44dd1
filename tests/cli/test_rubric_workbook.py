"""A definition goes out as a workbook, and a workbook is taken wherever a rubric is asked for."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import UNITS, Run, svcq
from tests.plan.planning import write_plan

__all__ = ["svcq"]


def test_an_exported_definition_is_taken_by_every_command(svcq: Run) -> None:
    ran = svcq("rubric", "export", "wra-105", "--out", "定義 一.xlsx", "--json")
    assert (ran.code, ran.document) == (0, {"id": "wra-105", "path": "定義 一.xlsx"})
    assert svcq("rubric", "check", "定義 一.xlsx", "--json").document["problems"] == []
    shown = svcq("rubric", "show", "定義 一.xlsx", "--json")
    assert shown.document == svcq("rubric", "show", "wra-105", "--json").document
    assert svcq("rubric", "diff", "wra-105", "定義 一.xlsx", "--json").document["same"]
    for rubric, out in (("定義 一.xlsx", "甲"), ("wra-105", "乙")):
        made = svcq("generate", "--rubric", rubric, "--units", UNITS, "--out", out, "--json")
        assert made.code == 0
        assert len(made.document["forms"]) == 14
    names = sorted(path.name for path in Path("甲").glob("A*.xlsx"))
    assert [Path("甲", name).read_bytes() for name in names] == [
        Path("乙", name).read_bytes() for name in names
    ]


def test_what_people_edit_is_not_replaced_unasked(svcq: Run) -> None:
    assert svcq("rubric", "export", "khb-106", "--out", "定義.xlsx").code == 0
    before = Path("定義.xlsx").read_bytes()
    again = svcq("rubric", "export", "wra-105", "--out", "定義.xlsx")
    assert again.code == 2
    assert "--replace" in again.err
    onto_itself = svcq("rubric", "export", "定義.xlsx", "--out", "定義.xlsx", "--replace")
    assert onto_itself.code == 2
    assert "輸入的檔案" in onto_itself.err
    assert Path("定義.xlsx").read_bytes() == before
    assert svcq("rubric", "export", "wra-105", "--out", "定義.xlsx", "--replace").code == 0


def test_a_workbook_is_written_as_xlsx_alone(svcq: Run) -> None:
    ran = svcq("rubric", "export", "wra-105", "--out", "定義.ods")
    assert ran.code == 2
    assert "只有 .xlsx" in ran.err
    assert not Path("定義.ods").exists()


def test_a_check_writes_a_marked_copy(svcq: Run) -> None:
    svcq("rubric", "export", "wra-105", "--out", "定義.xlsx")
    book = openpyxl.load_workbook("定義.xlsx")
    book["評分項目"]["E2"].value = 601
    book.save("定義.xlsx")
    before = Path("定義.xlsx").read_bytes()
    ran = svcq("rubric", "check", "定義.xlsx", "--mark", "標示.xlsx")
    assert ran.code == 2
    assert "「評分項目」 E2：〔優質便民服務〕滿分 601 與下一層的合計 600 不符" in ran.err
    assert "已另存標示的副本：標示.xlsx" in ran.err
    note = openpyxl.load_workbook("標示.xlsx")["評分項目"]["E2"].comment
    assert note is not None
    assert "滿分 601" in note.text
    assert Path("定義.xlsx").read_bytes() == before
    assert svcq("rubric", "check", "定義.xlsx", "--mark", "定義.xlsx", "--replace").code == 2


def test_of_another_format_it_is_said_that_there_is_no_marked_copy(svcq: Run) -> None:
    ran = svcq("rubric", "check", "wra-105", "--mark", "標示.xlsx")
    assert ran.code == 0
    assert "只有 .xlsx 可以另存標示的副本" in ran.err
    assert not Path("標示.xlsx").exists()


def test_in_a_folder_the_definition_is_that_of_its_plan(svcq: Run) -> None:
    svcq("new", "甲", "--like", "khb-106", "--year", "107")
    write_plan(Path("乙/考核計畫.xlsx"), {"評分表定義": "kpw-102"})
    for folder, id in (("甲", "khb-107"), ("乙", "kpw-102")):
        assert svcq("-C", folder, "rubric", "show", "--json").document["id"] == id
        assert svcq("rubric", "show", folder, "--json").document["id"] == id
        assert svcq("-C", folder, "rubric", "check", "--json").document["id"] == id
        assert svcq("-C", folder, "rubric", "export", "--out", f"{folder}.xlsx").code == 0
    assert svcq("-C", "甲", "rubric", "show", "wra-105", "--json").document["id"] == "wra-105"
    assert svcq("rubric", "diff", "乙", "kpw-102", "--json").document["same"]
    assert svcq("rubric", "show").err.startswith("缺少 RUBRIC，請補上。")
