"""In the folder of an assessment each step is one word; what a call says goes before the plan."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

import svcq_excel
from tests.cli.conftest import SAMPLES, UNITS, Run
from tests.plan.planning import HEADS, USUAL, units_of, write_plan

RETURNED = SAMPLES / "returned"


@pytest.fixture
def folder(svcq: Run) -> Path:
    """Where the command is called: a folder with the plan of the samples, and what came back."""
    write_plan(Path("考核計畫.xlsx"), {**USUAL, "繳交期限": "105年7月1日"})
    shutil.copytree(RETURNED, "收件")
    return Path()


def test_a_round_of_which_nothing_came_asks_for_its_row_in_the_plan(svcq: Run) -> None:
    write_plan(Path("考核計畫.xlsx"), {**USUAL, "期別": "105年度下半年"})
    shutil.copytree(RETURNED, "收件")
    ran = svcq("check")
    assert ran.code == 2 and "收到的表件沒有「105年度下半年」的" in ran.err
    assert "請在「計畫」的「本次期別」填現在辦理的一期，或以 --round 指定" in ran.err
    assert "請以 --round 指定其中一個" not in ran.err


def test_every_step_needs_no_option(svcq: Run, folder: Path) -> None:
    issued = svcq("generate", "--json")
    assert issued.code == 0 and len(issued.document["forms"]) == 14
    assert issued.document["round"] == "105年度上半年"
    assert {Path(each["path"]).parent.as_posix() for each in issued.document["forms"]} == {
        "空白表件"
    }
    assert svcq("check").code == 1
    assert svcq("return").code == 1 and svcq("merge").code == 1
    for made in ("結果/考核結果統計表.xlsx", "結果/檢核結果.xlsx", "補正/第1次"):
        assert (folder / made).exists(), made


def test_the_results_are_those_of_a_call_with_flags(svcq: Run, folder: Path) -> None:
    own = svcq("merge", "--json").document
    call = ("--rubric", "wra-105", "--units", UNITS, "--round", "105年度上半年")
    more = ("--deadline", "105年7月1日", "--assessors", "self", "--out", "別處.xlsx")
    shutil.move("考核計畫.xlsx", "別的名字.xlsx")
    flags = svcq("merge", "收件", *call, *more, "--json").document
    assert {**own, "output": ""} == {**flags, "output": ""}


def test_from_elsewhere_the_folder_is_named(
    svcq: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path.cwd()
    monkeypatch.chdir(here.parent)
    document = svcq("-C", here.name, "merge", "--json").document
    assert document["output"] == f"{here.name}/結果/考核結果統計表.xlsx"
    assert Path(document["output"]).is_file()


def test_a_flag_goes_before_the_plan(svcq: Run, folder: Path) -> None:
    document = svcq("generate", "--assessor", "hq", "--round", "105年度下半年", "--json").document
    assert document["round"] == "105年度下半年"
    assert {each["assessor"] for each in document["forms"]} == {"hq"}
    later = svcq("check", "--deadline", "105年12月31日", "--json").document
    codes = {v["code"] for file in later["files"] for v in file["violations"]}
    assert "late-submission" not in codes


def test_all_kinds_that_the_plan_names_are_issued_in_its_format(svcq: Run) -> None:
    write_plan(
        Path("考核計畫.xlsx"), {**USUAL, "考核種類": "自行、本署考核", "表件格式": "開放文件格式"}
    )
    forms = svcq("generate", "--json").document["forms"]
    assert {each["assessor"] for each in forms} == {"self", "hq"} and len(forms) == 28
    assert {Path(each["path"]).suffix for each in forms} == {".ods"}


def test_without_a_folder_what_is_needed_is_still_needed(svcq: Run) -> None:
    assert "--rubric" in svcq("generate").err
    ran = svcq("-C", ".", "generate")
    assert ran.code == 2 and "不是考核資料夾" in ran.err and "svcq new" in ran.err


def test_a_broken_plan_writes_nothing(svcq: Run, folder: Path) -> None:
    write_plan(Path("考核計畫.xlsx"), {**USUAL, "繳交期限": "下週五"})
    for step in ("generate", "check", "return", "merge"):
        ran = svcq(step)
        assert ran.code == 2 and "「計畫」 B5" in ran.err, step
    assert sorted(each.name for each in folder.iterdir()) == ["收件", "考核計畫.xlsx"]


def test_correction_forms_lie_by_which_time_it_is_and_none_is_made_twice(
    svcq: Run, folder: Path
) -> None:
    first = svcq("return", "--json").document["forms"]
    again = svcq("return", "--json").document["forms"]
    assert [each["path"] for each in first] == [each["path"] for each in again]
    assert not any(each["new"] for each in again)
    shutil.move(first[0]["path"], "收件/更正.xlsx")  # handed in, and still wrong
    _enter_too_much(Path("收件/更正.xlsx"))
    forms = svcq("return", "--json").document["forms"]
    (second,) = (each for each in forms if each["new"])
    assert second["correction"] == 2 and "補正/第2次/" in second["path"]


def _enter_too_much(path: Path) -> None:
    """In the first leaf of a form."""
    book = load_workbook(path)
    sheet = book["評分表"]
    keys = [str(cell.value) for cell in sheet["A"]]
    row = next(at for at, key in enumerate(keys, 1) if key[0] != "#" and key != "None")
    named = [str(cell.value) for cell in sheet[keys.index("#keys") + 1]]
    sheet.cell(row, named.index("score") + 1).value = 9999
    book.save(path)


def _everything(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_nothing_in_the_inbox_is_believed(svcq: Run, folder: Path) -> None:
    before = svcq("merge", "--json").document
    inbox = folder / "收件"
    other = {**USUAL, "期別": "105年度下半年", "考核種類": "本署考核"}
    excluded = [HEADS["決定"], (before["files"][0]["path"], None, None, "排除", "要", "我")]
    write_plan(inbox / "考核計畫.xlsx", other, 決定=excluded)
    for name in ("決定.xlsx", "成績調整.xlsx", "考核結果統計表.xlsx", "進度.xlsx"):
        shutil.copy(inbox / "考核計畫.xlsx", inbox / name)
    shutil.copytree("結果", inbox / "結果")
    svcq("lock")
    shutil.move("封存", inbox / "封存")
    shutil.copytree("結果/.svcq", inbox / ".svcq")
    (inbox / ".svcq" / "kept.sqlite").write_bytes(b"poison")
    after = svcq("merge", "--json").document
    assert after["units"] == before["units"]
    own = {file["path"]: file for file in after["files"]}
    assert [own[file["path"]] for file in before["files"]] == before["files"]
    assert svcq("lock").code == 0 and svcq("verify").code == 0
    svcq("generate", "-q")
    assert (inbox / "考核計畫.xlsx").exists() and not (inbox / "空白表件").exists()


def test_a_plan_file_that_is_named_takes_the_place_of_the_folder(svcq: Run, folder: Path) -> None:
    Path("計畫.yaml").write_text(
        f"rubric: wra-105\nunits: {UNITS}\nround: 105年度下半年\n", "utf-8"
    )
    ran = svcq("generate", "--plan", "計畫.yaml", "--out", "空白", "--json")
    assert ran.document["round"] == "105年度下半年" and Path("空白").is_dir()
    assert "--out" in svcq("generate", "--plan", "計畫.yaml").err


def test_of_two_plan_workbooks_neither_is_taken(svcq: Run, folder: Path) -> None:
    shutil.copy("考核計畫.xlsx", "考核計畫.ods")
    ran = svcq("generate")
    assert ran.code == 2 and "考核計畫.ods" in ran.err and "只保留一個" in ran.err


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0" + bytes(600), b"<html>"])
def test_a_damaged_plan_is_told_by_every_step(svcq: Run, folder: Path, content: bytes) -> None:
    Path("考核計畫.xlsx").write_bytes(content)
    for step in ("generate", "check", "return", "merge", "status"):
        ran = svcq(step)
        assert ran.code == 2 and "考核計畫.xlsx" in ran.err + ran.out, step
        assert "Traceback" not in ran.err and "svcq_excel" not in ran.err


def test_among_strangers_files_no_plan_is_looked_for(
    svcq: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(folder / "收件" / "甲" / "考核計畫.xlsx")
    monkeypatch.chdir(folder / "收件" / "甲")
    assert svcq("generate").code == 2
    assert "不是考核資料夾" in svcq("-C", ".", "generate").err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nor_where_a_link_leads_among_them(svcq: Run, folder: Path) -> None:
    write_plan(folder / "收件" / "寄來的" / "考核計畫.xlsx")
    (folder / "捷徑").symlink_to(Path("收件/寄來的"), target_is_directory=True)
    ran = svcq("-C", "捷徑", "status")
    assert ran.code == 2 and "不是考核資料夾" in ran.err


def test_the_plan_and_the_inbox_are_never_written(svcq: Run, folder: Path) -> None:
    before = _everything(folder)
    for step in ("generate", "check", "return", "merge"):
        svcq(step, "-q")
    after = _everything(folder)
    assert {name: after[name] for name in before} == before


def test_the_library_does_the_same(svcq: Run, folder: Path) -> None:
    told = json.dumps(svcq("merge", "--json").document)
    assessment = svcq_excel.open_folder(folder)
    assert assessment.plan().round == "105年度上半年"
    assert len(assessment.issue()) == 14
    assert json.dumps(assessment.merge().told.document) == told
    assert len(assessment.send_back().forms) == 3
    assert assessment.check().paths[0].name == "檢核結果.xlsx"


ROUNDS = [
    ("評分表定義", "kpw-102"),
    ("期別", "102年6月"),
    ("期別", "102年12月"),
    ("考核種類", "自行檢核"),
]


@pytest.fixture
def checklists(svcq: Run) -> Path:
    shutil.copytree(SAMPLES / "kpw-102" / "returned", "收件")
    write_plan(
        Path("考核計畫.xlsx"), [*ROUNDS, ("本次期別", "102年6月")], units=units_of("kpw-102")
    )
    return Path()


def test_rounds_that_share_a_folder_are_kept_apart(svcq: Run, checklists: Path) -> None:
    june = svcq("merge", "--json").document
    assert june["output"] == "結果/102年6月/考核結果統計表.xlsx"
    svcq("return", "-q")
    plan = [*ROUNDS, ("本次期別", "102年12月")]
    write_plan(Path("考核計畫.xlsx"), plan, units=units_of("kpw-102"))
    december = svcq("merge", "--json").document
    assert december["round"] == "102年12月" and december["summary"]["accepted"] == 0
    assert {each["status"] for each in december["units"]} == {"missing"}
    of_june = [each for each in december["files"] if "不屬本期" in (each["reason"] or "")]
    assert len(of_june) >= june["summary"]["accepted"]
    assert {each["status"] for each in of_june} == {"ignored"}
    assert Path(june["output"]).is_file() and Path("補正/102年6月/第1次").is_dir()


def test_an_earlier_round_without_results_is_told(svcq: Run, checklists: Path) -> None:
    plan = [*ROUNDS, ("本次期別", "102年12月")]
    write_plan(Path("考核計畫.xlsx"), plan, units=units_of("kpw-102"))
    assert "102年6月" in svcq("generate").err
    assert "前一期" not in svcq("generate", "--round", "102年6月").err


def test_what_was_open_in_the_round_before_is_found(svcq: Run, checklists: Path) -> None:
    table = svcq("merge", "--json").document["output"]
    plan = [*ROUNDS, ("本次期別", "102年12月")]
    write_plan(Path("考核計畫.xlsx"), plan, units=units_of("kpw-102"))
    own = svcq_excel.open_folder(checklists).plan()
    named = svcq_excel.define(
        "kpw-102", SAMPLES / "kpw-102" / "units.csv", "102年12月", carried=table
    )
    assert own.carried and own.carried == named.carried
    document = svcq("generate", "--json").document
    assert {Path(each["path"]).parent.as_posix() for each in document["forms"]} == {
        "空白表件/102年12月"
    }
