"""`svcq new` makes a folder that the next step can be taken in; nothing there is replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from portable.layout import TOP

import svcq_excel
from svcq_excel.assessment.new import new_folder
from svcq_excel.seal_key import SealKey
from tests.cli.conftest import SAMPLES, Run
from tests.plan.planning import HEADS, edit, row_of, units_of

IDS = ("wra-105", "khb-106", "hccg-105", "kpw-102")
KEY = SealKey(bytes(range(32)))


@pytest.mark.parametrize("id", IDS)
def test_with_its_units_filled_in_the_new_folder_is_the_assessment(svcq: Run, id: str) -> None:
    assert svcq("new", "本年度 考核", "--like", id).code == 0
    members = [("編號", "考核人員"), ("K1", "王委員")]
    lists = {"考核人員": members} if id == "hccg-105" else {}
    edit(Path("本年度 考核"), {}, 受考核單位=units_of(id), **lists)
    plan = svcq_excel.open_folder("本年度 考核").plan()
    shipped = svcq_excel.load_rubric(id)
    assert (plan.checklist or plan.rubric).digest == shipped.digest
    assert {each.kind for each in plan.assessors} == set(shipped.kinds)
    assert plan.seal_key and len(plan.units) == len(units_of(id)) - 1
    ran = svcq("-C", "本年度 考核", "generate", "--json")
    assert ran.code == 0 and ran.document["forms"]


def test_a_new_folder_says_what_is_still_to_be_filled_in(svcq: Run) -> None:
    ran = svcq("new", "甲", "--like", "hccg-105")
    assert "受考核單位" in ran.err and ran.out.strip() == str(Path("甲/考核計畫.xlsx"))
    told = svcq("-C", "甲", "generate")
    assert told.code == 2 and "「受考核單位」" in told.err and "考核人員" in told.err


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    sheets = load_workbook("甲/考核計畫.xlsx").sheetnames
    assert sheets[:4] == ["計畫", "受考核單位", "考核人員", "評分項目"]
    assert sheets[-4:] == ["決定", "複評及加減分", "成績調整", "_svcq"]


def test_nothing_is_replaced(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    before = Path("甲/考核計畫.xlsx").read_bytes()
    ran = svcq("new", "甲", "--like", "khb-106")
    assert ran.code == 2 and "已經是考核資料夾" in ran.err
    assert Path("甲/考核計畫.xlsx").read_bytes() == before
    Path("乙").mkdir()
    Path("乙/4 彙整結果.bat").write_text("mine", "utf-8")
    assert svcq("new", "乙", "--like", "wra-105").code == 2
    assert [each.name for each in Path("乙").iterdir()] == ["4 彙整結果.bat"]
    assert svcq("new", "甲/收件/丙", "--like", "wra-105").code == 2
    assert not Path("甲/收件/丙").exists()


def test_what_was_cut_short_is_gone_on_with(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    Path("甲/考核計畫.xlsx").unlink()
    assert svcq("new", "甲", "--like", "wra-105").code == 0


def test_but_for_the_key_equal_calls_make_equal_files(tmp_path: Path) -> None:
    one = new_folder(tmp_path / "a", "wra-105", key=KEY)
    two = new_folder(tmp_path / "b", "wra-105", key=KEY)
    assert one.folder.plan_workbook.read_bytes() == two.folder.plan_workbook.read_bytes()
    other = new_folder(tmp_path / "c", "wra-105")
    assert one.folder.plan_workbook.read_bytes() != other.folder.plan_workbook.read_bytes()


def test_year_round_and_agency_take_the_place_of_those_it_is_like(svcq: Run) -> None:
    svcq(
        *("new", "甲", "--like", "wra-105", "--year", 106),
        *("--round", "106年度下半年", "--agency", "經濟部"),
    )
    edit(Path("甲"), {}, 受考核單位=units_of("wra-105"))
    plan = svcq_excel.open_folder("甲").plan()
    assert (plan.rubric.year, plan.rubric.agency, plan.round) == (106, "經濟部", "106年度下半年")
    assert "106年度" in plan.rubric.title and "105" not in plan.rubric.title
    assert plan.rubric.id == "wra-106" and plan.other_rounds == ("106年度上半年",)


def test_of_last_year_the_lists_are_carried_over_and_the_decisions_are_not(svcq: Run) -> None:
    svcq("new", "去年", "--like", "wra-105")
    decided = [HEADS["決定"], ("一.xlsx", None, None, "排除", "誤送", "王")]
    matters = {"繳交期限": "105年7月31日", "聯絡人": "王大明", "表件格式": "兩種都要"}
    edit(Path("去年"), matters, 受考核單位=units_of("wra-105"), 決定=decided)
    book = load_workbook("去年/考核計畫.xlsx")
    book["受考核單位"]["G1"].value = "地址"
    book["受考核單位"]["G2"].value = "臺中市"
    book["信件"]["B2"].value = "本署自己的主旨"
    book.save("去年/考核計畫.xlsx")

    ran = svcq("new", "今年", "--like", "去年", "--year", 106)
    assert ran.code == 0 and "期限" in ran.err
    old, new = svcq_excel.open_folder("去年").plan(), svcq_excel.open_folder("今年").plan()
    assert new.units == old.units and old.decisions and not new.decisions
    assert (new.contact, new.formats) == (old.contact, old.formats)
    assert (new.round, new.rubric.year) == ("106年度上半年", 106)
    assert new.seal_key != old.seal_key
    sheets = load_workbook("今年/考核計畫.xlsx")
    due = sheets["計畫"].cell(row_of(sheets["計畫"], "繳交期限"), 2)
    assert due.comment and "更正" in due.comment.text and due.value == "105年7月31日"
    assert due.fill.start_color.rgb != sheets["計畫"].cell(2, 2).fill.start_color.rgb
    assert sheets["信件"]["B2"].value == "本署自己的主旨"
    assert (sheets["受考核單位"]["G1"].value, sheets["受考核單位"]["G2"].value) == (
        "地址",
        "臺中市",
    )


def test_what_it_is_like_has_to_be_something(svcq: Run) -> None:
    Path("空").mkdir()
    for source in ("空", "wra-106", "沒有.xlsx", "a" * 300):
        ran = svcq("new", "甲", "--like", source)
        assert ran.code == 2 and source in ran.err and not Path("甲").exists()


def test_an_id_that_ships_goes_before_a_folder_of_its_name(svcq: Run) -> None:
    svcq("new", "khb-106", "--like", "hccg-105")
    assert svcq("new", "甲", "--like", "khb-106", "--json").document["rubric"] == "khb-106"
    assert svcq("new", "乙", "--like", "./khb-106", "--json").document["rubric"] == "hccg-105"


def test_windows_starters_are_ascii_but_for_one_line(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    found = sorted(Path("甲").glob("*.bat"))
    assert [each.name[0] for each in found] == ["1", "2", "3", "4", "5", "6"]
    for each in found:
        content = each.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n")
        lines = content.decode("utf-8").splitlines()
        foreign = [at for at, line in enumerate(lines) if not line.isascii()]
        assert len(foreign) == 1 and lines.index("chcp 65001 >nul") < foreign[0]
        assert lines[0] == "@echo off" and lines[-1] == "pause"


def test_windows_starters_find_the_portable_program_beside_the_folder(svcq: Run) -> None:
    svcq("new", "甲", "--like", "wra-105")
    for number, command in (("1", "generate"), ("4", "merge"), ("6", "lock")):
        (found,) = Path("甲").glob(f"{number} *.bat")
        assert f'  call "..\\{TOP}\\svcq.bat" {command}\n' in found.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="macOS and Linux start these")
def test_the_starters_of_macos_do_their_step(svcq: Run, tmp_path: Path) -> None:
    svcq("new", "甲", "--like", "wra-105")
    edit(Path("甲"), {"考核種類": "自行考核"}, 受考核單位=units_of("wra-105"))
    shutil.copytree(SAMPLES / "returned", "甲/收件", dirs_exist_ok=True)
    bin = tmp_path / "bin"
    bin.mkdir()
    (bin / "svcq").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m svcq_excel "$@"\n', "utf-8")
    (bin / "svcq").chmod(0o755)
    path = {**os.environ, "PATH": f"{bin}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    for each in sorted(Path("甲").glob("*.command")):
        assert os.access(each, os.X_OK)
        subprocess.run([each.resolve()], env=path, cwd="/", input=b"\n", check=True)
    for place, made in {
        "空白表件": "表件清單.xlsx",
        "補正": "第1次",
        "結果": "考核結果統計表.xlsx",
    }.items():
        assert (Path("甲") / place / "105年度上半年" / made).exists(), made
    assert Path("甲/結果/105年度上半年/進度.html").exists()
    assert Path("甲/封存/105年度上半年_第1次定案.zip").exists()
