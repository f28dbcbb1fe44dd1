"""`svcq merge --score-changes`: what was decided on single scores, from the forms to the table."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from svcq_excel.pipeline import define, issue
from tests.cli.conftest import Run
from tests.paper.filled_form import Paper
from tests.results.reading import grid, opened

LEAF = "A1.1.1.1"
HEADS = "編號,考核種類,代號,原得分,調整後得分,理由,核定人,日期\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two units, each with the head office's form in 收件, all of it half full."""
    units = tmp_path / "units.csv"
    units.write_text("編號,受考核單位名稱\nA01,第一河川局\nA02,第二河川局\n", "utf-8")
    plan = define("wra-105", units)
    for each in issue(plan, "hq", tmp_path / "收件"):
        paper = Paper(each.path, plan.rubric)
        for leaf in plan.rubric.leaves:
            paper.enter(leaf.id, score=0)
        paper.enter(LEAF, score=90)
        paper.enter(assessor="王大明", date="105年7月5日")
        paper.save(each.path)
    return tmp_path


def merged(svcq: Run, desk: Path, *more: object) -> tuple[int, dict[str, dict[str, object]]]:
    call = ("merge", desk / "收件", "--rubric", "wra-105", "--units", desk / "units.csv")
    run = svcq(*call, "--out", desk / "結果" / "統計表.xlsx", "--json", *more)
    return run.code, {unit["unit"]: unit for unit in json.loads(run.out)["units"]}


def changes(desk: Path, *rows: str) -> Path:
    path = desk / "成績調整.csv"
    path.write_text(HEADS + "".join(f"{row},申復,王處長,105年7月20日\n" for row in rows), "utf-8")
    return path


def test_a_change_reaches_every_total_and_leaves_nothing_to_do(svcq: Run, desk: Path) -> None:
    before, _ = merged(svcq, desk)
    path = changes(desk, f"A02,本署,{LEAF},90,120")
    code, units = merged(svcq, desk, "--score-changes", path)
    assert code == before
    assert (units["A01"]["total"], units["A02"]["total"]) == (90, 120)
    assert units["A02"]["rank"] == 1 and units["A02"]["changes"]
    book = (desk / "結果" / "統計表.xlsx").read_bytes()
    rows = grid(book, "細項得分")
    table = pd.DataFrame([row for row in rows if row[0] in units])
    assert list(table[3]) == [90, 120]
    assert list(table.iloc[:, 3:28].sum(axis=1)) == list(table[28]) == [90, 120]
    rows = grid(book, "考核結果統計表")
    said = "※第二河川局「提供案件承辦資訊種類」經申復由 90 分調整為 120 分"
    assert any(str(row[0]).startswith(said) for row in rows)
    assert opened(book)["細項得分"]["D6"].comment


def test_a_row_that_starts_from_another_score_is_told_and_exits_with_1(
    svcq: Run, desk: Path
) -> None:
    path = changes(desk, f"A02,本署,{LEAF},89,120", f"A09,本署,{LEAF},90,120")
    code, units = merged(svcq, desk, "--score-changes", path)
    assert code == 1 and units["A02"]["total"] == 90
    run = svcq(
        *("merge", desk / "收件", "--rubric", "wra-105", "--units", desk / "units.csv"),
        *("--out", desk / "結果" / "統計表.xlsx", "--score-changes", path),
    )
    assert "「成績調整.csv」第 2 列的成績調整：原得分填 89 分，採計的得分為 90 分" in run.out
    assert "成績調整：編號「A09」不在受考核單位名單內，這一列沒有採用" in run.out


def test_a_table_that_cannot_be_understood_ends_the_call_before_anything_is_written(
    svcq: Run, desk: Path
) -> None:
    path = changes(desk, f"A02,本署,{LEAF},九十,120")
    call = ("merge", desk / "收件", "--rubric", "wra-105", "--units", desk / "units.csv")
    run = svcq(*call, "--out", desk / "結果" / "統計表.xlsx", "--score-changes", path)
    assert run.code == 2 and not (desk / "結果").exists()
    assert "第 2 列" in run.err and "原得分「九十」不是分數" in run.err


def test_a_table_that_merely_lies_there_changes_nothing(svcq: Run, desk: Path) -> None:
    for place in (desk, desk / "結果", desk / "收件"):
        place.mkdir(exist_ok=True)
        changes(desk, f"A02,本署,{LEAF},90,120")
        (place / "成績調整.csv").write_text((desk / "成績調整.csv").read_text("utf-8"), "utf-8")
    _, units = merged(svcq, desk)
    assert units["A02"]["total"] == 90 and units["A02"]["changes"] == []


def test_a_plan_file_may_name_the_table(svcq: Run, desk: Path) -> None:
    changes(desk, f"A02,本署,{LEAF},90,120")
    plan = desk / "計畫.yaml"
    plan.write_text(
        "rubric: wra-105\nunits: units.csv\nscore_changes: 成績調整.csv\n", encoding="utf-8"
    )
    run = svcq("merge", desk / "收件", "--plan", plan, "--out", desk / "統計表.xlsx", "--json")
    assert [unit["total"] for unit in json.loads(run.out)["units"]] == [90, 120]
