"""A checklist's rounds on the command line: issued, merged, and what is open carried on."""

from __future__ import annotations

from pathlib import Path

import pytest

from svcq_excel.form.identity import INDEX
from svcq_excel.plan.rounds import in_round
from svcq_excel.rubric.shipped import load
from tests.assessments.checklists import handed_in, plan_of
from tests.cli.conftest import Run
from tests.paper.filled_form import Paper
from tests.results.reading import row_of

CODES = ("P1", "P2")


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """An inbox: P1 did the round's one step, P2 did not."""
    answers = {"P1": {}, "P2": {"A1": {"status": "未辦理"}}}
    return handed_in(plan_of(tmp_path, "102年4月", CODES), tmp_path, answers)


def test_two_rounds_of_a_checklist(svcq: Run, april: Path, tmp_path: Path) -> None:
    lists = ("--rubric", "kpw-102", "--units", tmp_path / "units.csv")
    ran = svcq("check", april, *lists, "--json")
    assert (ran.code, ran.document["round"]) == (0, "102年4月")
    assert [unit["leaves"] for unit in ran.document["units"]] == [
        {"A1": "已完成"},
        {"A1": "未辦理"},
    ]
    table = tmp_path / "四月.xlsx"
    assert svcq("merge", april, *lists, "--out", table).code == 0
    assert row_of(table.read_bytes(), "檢核結果統計表", "P2", 0)[2:] == [1, 0, 0, 1, 0, 0, "已繳"]
    june = ("--round", "102年6月", "--carried", table)
    assert svcq("generate", *lists, *june, "--out", "六月").code == 0
    june_rubric = in_round(load("kpw-102"), "102年6月")
    for path in Path("六月").glob("*.xlsx"):
        if path.name != INDEX:
            paper = Paper(path, june_rubric)
            paper.enter(assessor="王")
            paper.save(path)
    ran = svcq("merge", "六月", *lists, *june, "--out", "六月.xlsx", "--json")
    assert ran.code == 1, "no step is answered"
    due = sum(6 in leaf.due for leaf in load("kpw-102").leaves)
    missing = [
        sum(violation["code"] == "status-missing" for violation in file["violations"])
        for file in ran.document["files"]
        if file["status"] == "needs-correction"
    ]
    assert missing == [due, due + 1]
    assert svcq("return", "六月", *lists, *june, "--out", "補正").code == 1


def test_an_earlier_round_s_results_that_are_none_are_refused(
    svcq: Run, april: Path, tmp_path: Path
) -> None:
    lists = ("--rubric", "kpw-102", "--units", tmp_path / "units.csv")
    wrong = (*lists, "--round", "102年6月", "--carried", tmp_path / "units.csv", "--out", "六月")
    ran = svcq("generate", *wrong)
    assert ran.code == 2
    assert "「步驟代號」" in ran.err
