"""`svcq check`, `merge` and `demo` on the samples: exit codes, JSON, files whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import SAMPLES, UNITS, Run

CALL = ("--rubric", "wra-105", "--units", UNITS)
RETURNED = SAMPLES / "returned"


def test_merge_writes_the_table_and_says_a_person_is_needed(svcq: Run) -> None:
    ran = svcq("merge", RETURNED, *CALL, "--out", "結果/統計 表.xlsx", "--json")
    assert ran.code == 1
    document = ran.document
    assert document["output"] == str(Path("結果/統計 表.xlsx"))
    sheets = openpyxl.load_workbook(document["output"]).sheetnames
    assert sheets[0] == "考核結果統計表"
    assert {"排名與獎懲", "細項得分", "優缺點彙整", "檢核結果", "繳交情形"} <= set(sheets)


def test_every_file_of_the_inbox_is_accounted_for_once(svcq: Run) -> None:
    document = svcq("check", RETURNED, *CALL, "--json").document
    found = [path for path in RETURNED.rglob("*") if path.is_file()]
    listed = [str(path.relative_to(RETURNED.parent)) for path in found]  # never where that lies
    assert sorted(file["path"] for file in document["files"]) == sorted(listed)
    assert document["summary"]["files"] == len(found)


def test_totals_are_exact_json_numbers(svcq: Run) -> None:
    document = svcq("check", RETURNED, *CALL, "--json").document
    for unit in document["units"]:
        if unit["status"] == "accepted":
            assert unit["total"] == sum(unit["leaves"].values()) == sum(unit["items"].values())
            assert isinstance(unit["total"], int)
        else:
            assert unit["total"] is unit["grade"] is unit["rank"] is None


def test_check_tells_each_violation_with_its_place(svcq: Run) -> None:
    ran = svcq("check", RETURNED, *CALL)
    assert ran.code == 1
    assert "〔評分表 " in ran.out and "得分未填：" in ran.out
    assert "未繳" in ran.out


def test_check_writes_its_report_where_asked(svcq: Run) -> None:
    ran = svcq("check", RETURNED, *CALL, "--out", "報告")
    assert "報告" in ran.out
    assert "檢核結果" in openpyxl.load_workbook("報告/檢核結果.xlsx").sheetnames


def test_inputs_are_never_changed_and_a_rerun_gives_the_same_bytes(svcq: Run) -> None:
    shutil.copytree(RETURNED, "收 件")
    files = [path for path in Path("收 件").rglob("*") if path.is_file()]
    before = {path: sha256(path.read_bytes()).digest() for path in files}
    svcq("merge", "收 件", *CALL, "--out", "a.xlsx")
    first = Path("a.xlsx").read_bytes()
    svcq("merge", "收 件", *CALL, "--out", "a.xlsx")
    assert Path("a.xlsx").read_bytes() == first
    assert {path: sha256(path.read_bytes()).digest() for path in files} == before


def test_two_rounds_in_one_inbox_ask_which_is_meant(svcq: Run) -> None:
    for round_ in ("105年度上半年", "105年度下半年"):
        svcq("generate", *CALL, "--round", round_, "--out", f"收件/{round_}")
    ran = svcq("merge", "收件", *CALL, "--out", "a.xlsx")
    assert ran.code == 2
    assert "「105年度上半年」、「105年度下半年」" in ran.err and "--round" in ran.err
    assert not Path("a.xlsx").exists()
    ran = svcq("merge", "收件", *CALL, "--round", "105年度下半年", "--out", "a.xlsx", "--json")
    codes = {
        violation["code"]
        for file in ran.document["files"]
        if "上半年" in file["path"]
        for violation in file["violations"]
    }
    assert codes == {"other-rubric"}


def holding_open(*names: str) -> Callable[[Path, Path], Path]:
    """`Path.replace` as it is on Windows while these files are open in Excel."""
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name in names:
            raise PermissionError(13, "denied")
        return really(self, target)

    return replace


def of_an_earlier_run(svcq: Run) -> bytes:
    """What lies at the output's place, and is to be replaced."""
    svcq("merge", RETURNED, *CALL, "--out", "a.xlsx", "--deadline", "105年1月1日")
    return Path("a.xlsx").read_bytes()


def test_an_output_that_is_open_elsewhere_stays_and_the_result_lies_beside_it(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = of_an_earlier_run(svcq)
    with monkeypatch.context() as held:
        held.setattr(Path, "replace", holding_open("a.xlsx"))
        ran = svcq("merge", RETURNED, *CALL, "--out", "a.xlsx")
    beside = "a_原檔開啟中另存.xlsx"
    assert ran.code == 3
    assert f"另存為「{beside}」" in ran.err
    assert beside in ran.out
    assert Path("a.xlsx").read_bytes() == old
    svcq("merge", RETURNED, *CALL, "--out", "a.xlsx")
    assert Path("a.xlsx").read_bytes() == Path(beside).read_bytes()


def test_where_not_even_another_name_is_free_nothing_is_half_written(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = of_an_earlier_run(svcq)
    names = ("a.xlsx", "a_原檔開啟中另存.xlsx")
    monkeypatch.setattr(Path, "replace", holding_open(*names))
    ran = svcq("merge", RETURNED, *CALL, "--out", "a.xlsx")
    assert ran.code == 3
    assert "Excel" in ran.err
    left = {"a.xlsx", "a_各單位.xlsx", "a_收件紀錄.csv", ".svcq"}
    assert {path.name for path in Path().iterdir()} == left
    assert Path("a.xlsx").read_bytes() == old


def test_a_run_that_changes_nothing_does_not_touch_an_output_that_is_open(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    svcq("merge", RETURNED, *CALL, "--out", "a.xlsx")
    monkeypatch.setattr(Path, "replace", holding_open("a.xlsx", "a_收件紀錄.csv"))
    ran = svcq("merge", RETURNED, *CALL, "--out", "a.xlsx")
    assert ran.code == 1
    assert "另存" not in ran.err


def test_demo_runs_the_whole_chain(svcq: Run) -> None:
    ran = svcq("demo", "示 範")
    assert ran.code == 0
    assert len(list(Path("示 範/空白表件").glob("A*.xlsx"))) == 14
    assert Path("示 範/考核結果統計表.xlsx").is_file()
    assert str(Path("示 範/考核結果統計表.xlsx")) in ran.out
