"""Wrong calls, consoles that lack characters, start-up: the edges of the command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from svcq_excel import __version__, pipeline
from tests.cli.conftest import UNITS, Run


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["foo"], "沒有這個指令：foo"),
        (["rubric", "list", "--jsn"], "沒有 --jsn 這個選項"),
        (["generate", "--rubric", "wra-105", "--out", "a"], "缺少 --units"),
        (["check", "nowhere", "--rubric", "wra-105", "--units", UNITS], "找不到「nowhere」"),
        (["merge", ".", "--rubric", "wra-105", "--units", UNITS, "--out", "a.xls"], ".xlsx 檔名"),
        (["rubric", "show", "wra-106"], "wra-105"),
        (["check", ".", "--rubric", "wra-105", "--units", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_a_wrong_call_is_explained_in_chinese(svcq: Run, call: list[str], told: str) -> None:
    ran = svcq(*call)
    assert ran.code == 2
    assert told in ran.err
    assert ran.out == "" and "Traceback" not in ran.err


def test_with_json_a_wrong_call_is_one_document_too(svcq: Run) -> None:
    ran = svcq("rubric", "show", "nothing", "--json")
    assert ran.code == 2
    assert ran.document["error"]["exit_code"] == 2


def test_a_fault_of_the_program_shows_no_traceback(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(pipeline, "define", broken)
    ran = svcq("generate", "--rubric", "wra-105", "--units", UNITS, "--out", "a")
    assert ran.code == 3
    assert "ZeroDivisionError" in ran.err and "Traceback" not in ran.err


def test_rubric_show_lists_every_leaf_with_its_bands(svcq: Run) -> None:
    ran = svcq("rubric", "show", "wra-105")
    assert ran.code == 0
    assert "提供案件承辦資訊種類（120 分）：81-120分、41-80分、1-40分" in ran.out


def test_rubric_check_finds_nothing_wrong_with_what_ships(svcq: Run) -> None:
    assert svcq("rubric", "check", "wra-105").code == 0


def test_a_cp950_console_does_not_stop_the_program(tmp_path: Path) -> None:
    units = tmp_path / "名單.csv"
    units.write_text("編號,受考核單位名稱\nA01,堃𠮷局\n", encoding="utf-8")
    forms = tmp_path / "堃 表"
    call = ["generate", "--rubric", "wra-105", "--units", str(units), "--out", str(forms)]
    ran = subprocess.run(
        [sys.executable, "-m", "svcq_excel", *call],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp950", "PYTHONUTF8": "0"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert r"\u5803 表" in ran.stdout.decode("cp950")
    assert (forms / "A01_堃𠮷局_wra-105_自行.xlsx").is_file()


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; sys.argv = ['svcq', '--help']\n"
        "from svcq_excel.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'openpyxl', 'xlsxwriter', 'pydantic', 'rich', 'python_calamine'}\n"
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


OURS = re.compile(r"svcq(?: [a-z]+)*|--[a-z-]+ \S+|「[^」]*」")
"""Commands, options with what they take, and what the call itself said."""
ENGLISH = re.compile(r"[A-Za-z]+[ ,']+[A-Za-z]+")
"""Two words in a row: an English sentence, once what is OURS is out."""

LIST, DEFINED = ["--units", UNITS], ["--rubric", "wra-105", "--units", UNITS]
WRONG = {
    "no command": [],
    "unknown command": ["foo"],
    "command nearly right": ["chek"],
    "group alone": ["rubric"],
    "unknown command of a group": ["rubric", "foo"],
    "unknown option": ["--jsn"],
    "unknown short option": ["check", "folder", "-x"],
    "option nearly right": ["check", "--unit"],
    "options nearly right": ["merge", "--rubrics"],
    "abbreviated option": ["check", "folder", "--rub", "wra-105", *LIST],
    "option missing": ["generate"],
    "another option missing": ["generate", *DEFINED],
    "argument missing": ["check"],
    "argument of a group's command missing": ["rubric", "show"],
    "value missing": ["check", "folder", "--rubric"],
    "value for a flag": ["rubric", "list", "--json=1"],
    "value for the version": ["--version=1"],
    "value for a flag of another command": ["-q=1"],
    "extra argument": ["rules", "a", "b"],
    "extra arguments": ["rubric", "list", "a", "b"],
    "too many words": ["demo", "a", "b", "c"],
    "inbox not there": ["check", "nowhere", *DEFINED],
    "inbox without a name": ["check", "", *DEFINED],
    "rubric unknown": ["rubric", "show", "foo"],
    "rubric without a name": ["check", "folder", "--rubric", "", *LIST],
    "rubric a folder": ["check", "folder", "--rubric", "folder", *LIST],
    "rubric's name too long": ["rubric", "show", "a" * 300],
    "units not there": ["check", "folder", "--rubric", "wra-105", "--units", "nowhere.csv"],
    "units a folder": ["check", "folder", "--rubric", "wra-105", "--units", "folder"],
    "decisions not there": ["check", "folder", *DEFINED, "--decisions", "nowhere"],
    "decisions a folder": ["check", "folder", *DEFINED, "--decisions", "folder"],
    "assessors not there": ["generate", *DEFINED, "--out", "o", "--assessor", "nowhere.csv"],
    "carried where nothing is": ["check", "folder", *DEFINED, "--carried", "nowhere"],
    "rulings not there": ["merge", "folder", *DEFINED, "--rulings", "no", "--out", "a.xlsx"],
    "deadline no date": ["check", "folder", *DEFINED, "--deadline", "foo"],
    "bad choice": ["generate", *DEFINED, "--out", "o", "--format", "pdf"],
    "table a folder": ["merge", "folder", *DEFINED, "--out", "folder"],
    "plan not there": ["check", "folder", "--plan", "nowhere.yaml"],
    "plan no YAML": ["check", "folder", "--plan", "bad.yaml"],
    "plan empty": ["check", "folder", "--plan", "empty.txt"],
    "plan a folder": ["check", "folder", "--plan", "folder"],
    "rule unknown": ["rules", "foo"],
}
PLACES = {
    "folder for a report a file": ["check", "folder", *DEFINED, "--out", "empty.txt"],
    "folder of a table a file": ["merge", "folder", *DEFINED, "--out", "empty.txt/a.xlsx"],
    "folder of forms a file": ["generate", *DEFINED, "--out", "empty.txt"],
    "folder of a demo a file": ["demo", "empty.txt"],
    "table's name too long": ["merge", "folder", *DEFINED, "--out", f"{'a' * 300}.xlsx"],
}
"""Places where nothing can be written: found out only when it is tried."""
PAGES = ["", "check", "demo", "generate", "merge", "return", "rules"]
PAGES += ["rubric", "rubric list", "rubric show", "rubric check"]


@pytest.fixture
def odd_files(svcq: Run) -> None:
    Path("folder").mkdir()
    Path("empty.txt").touch()
    Path("bad.yaml").write_text("a: [\n", encoding="utf-8")


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_no_wrong_call_is_answered_in_english(svcq: Run, call: list[str]) -> None:
    ran = svcq(*call)
    assert ran.code == 2
    assert not ENGLISH.search(OURS.sub("", ran.err)), ran.err
    assert "請" in ran.err
    assert ran.out == ""


@pytest.mark.usefixtures("odd_files")
@pytest.mark.parametrize("call", PLACES.values(), ids=PLACES)
def test_a_place_that_cannot_be_written_is_told_in_chinese(svcq: Run, call: list[str]) -> None:
    ran = svcq(*call)
    assert ran.code == 3
    assert not ENGLISH.search(OURS.sub("", ran.err)), ran.err
    assert "請" in ran.err


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("page", PAGES)
def test_no_help_page_is_in_english(svcq: Run, page: str, flag: str) -> None:
    ran = svcq(*page.split(), flag)
    assert ran.code == 0 and "用法：svcq" in ran.out
    assert not ENGLISH.search(OURS.sub("", ran.out)), ran.out
    assert not re.search("OPTIONS|required|Commands|Show|Usage", ran.out)


def test_the_version_is_a_name_and_a_number(svcq: Run) -> None:
    ran = svcq("--version")
    assert (ran.code, ran.out) == (0, f"svcq {__version__}\n")
