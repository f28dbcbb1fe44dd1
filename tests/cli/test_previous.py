"""`merge --previous`: what a call or a plan file names is compared, or refused in words."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from svcq_excel.plan.plan_file import read_plan_file
from tests.cli.conftest import UNITS, Run
from tests.conftest import sample
from tests.results.earlier import outcome_of, saved
from tests.results.samples import units

CALL = ("--rubric", "wra-105", "--units", UNITS, "--round", "105年度上半年")


def test_rounds_that_are_named_are_compared(svcq: Run) -> None:
    each = [
        saved(outcome_of("wra-105", round, units(), 1), Path(), f"{round}.xlsx")
        for round in ("104年度下半年", "104年度上半年")
    ]
    named = [text for path in each for text in ("--previous", path)]
    form = sample("A01", "xlsx")
    ran = svcq("merge", form, *CALL, *named, "--out", "統計表.xlsx")
    assert ran.code == 1, ran.err
    names = load_workbook("統計表.xlsx", read_only=True).sheetnames
    assert {"比較總分名次", "比較各項得分", "比較各項平均", "比較歷期", "比較歷期圖"} <= {*names}


def test_what_cannot_be_compared_is_refused_and_nothing_is_written(svcq: Run) -> None:
    Path("壞.xlsx").write_text("不是活頁簿", "utf-8")
    form = sample("A01", "xlsx")
    ran = svcq("merge", form, *CALL, "--previous", "壞.xlsx", "--out", "統計表.xlsx")
    assert ran.code == 2 and "壞.xlsx" in ran.err
    assert not Path("統計表.xlsx").exists()
    before = saved(outcome_of("wra-105", "104年度", units(), 1), Path())
    ran = svcq("merge", form, *CALL, "--previous", before, "--out", before)
    assert ran.code == 2 and "輸出的位置就是輸入的檔案" in ran.err


def test_a_plan_file_names_one_or_several(tmp_path: Path) -> None:
    plan = tmp_path / "計畫.yaml"
    plan.write_text("previous: 前期.xlsx\n", "utf-8")
    assert read_plan_file(plan).previous == (tmp_path / "前期.xlsx",)
    plan.write_text("previous:\n  - 一.xlsx\n  - 二.xlsx\n", "utf-8")
    assert read_plan_file(plan).previous == (tmp_path / "一.xlsx", tmp_path / "二.xlsx")
