"""Wrong calls, consoles that lack characters, start-up: the edges of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from svcq_excel import pipeline
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
    assert "? 表" in ran.stdout.decode("cp950")
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
