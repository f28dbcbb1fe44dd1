"""A plan file gives what a call leaves out, and what the call says goes before it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SAMPLES, UNITS, Run

PLAN = """\
rubric: wra-105
units: 名單.csv
round: 105年度上半年
deadline: 105年7月1日
"""


@pytest.fixture(autouse=True)
def _plan(svcq: Run) -> None:
    Path("計畫").mkdir()
    Path("計畫/計畫.yaml").write_text(PLAN, "utf-8")
    shutil.copy(UNITS, "計畫/名單.csv")


def test_a_plan_is_all_that_generate_needs(svcq: Run) -> None:
    document = svcq("generate", "--plan", "計畫/計畫.yaml", "--out", "空白", "--json").document
    assert (document["rubric"], document["round"]) == ("wra-105", "105年度上半年")
    assert len(document["forms"]) == 14


def test_a_plan_is_all_that_merge_needs(svcq: Run) -> None:
    call = ("merge", SAMPLES / "returned", "--plan", "計畫/計畫.yaml", "--out", "表.xlsx")
    document = svcq(*call, "--json").document
    codes = {v["code"] for file in document["files"] for v in file["violations"]}
    assert "late-submission" in codes
    later = svcq(*call, "--deadline", "105年12月31日", "--json").document
    codes = {v["code"] for file in later["files"] for v in file["violations"]}
    assert "late-submission" not in codes


def test_the_plans_deadline_is_not_the_one_for_corrections(svcq: Run) -> None:
    call = ("return", SAMPLES / "returned", "--plan", "計畫/計畫.yaml", "--out", "補正")
    ran = svcq(*call, "--json")
    assert len(ran.document["forms"]) == 3


def test_without_a_plan_what_is_needed_is_still_needed(svcq: Run) -> None:
    ran = svcq("generate", "--out", "空白")
    assert ran.code == 2
    assert "--rubric" in ran.err


def test_a_plan_with_a_fault_is_a_wrong_definition(svcq: Run) -> None:
    Path("計畫/計畫.yaml").write_text("rubrik: wra-105\n", "utf-8")
    ran = svcq("generate", "--plan", "計畫/計畫.yaml", "--out", "空白")
    assert ran.code == 2
    assert "第 1 行" in ran.err and "「rubric」" in ran.err
