"""`svcq status` in a folder: exit codes, files, JSON, a console that lacks characters, --watch."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from svcq_excel.cli import status
from tests.assessment.folders import MATTERS, assessment, units_of
from tests.cli.conftest import Run


@pytest.fixture
def here(svcq: Run) -> Path:
    """An assessment in the folder that calls are made in."""
    folder = assessment(Path.cwd() / "甲 考核")
    os.chdir(folder.path)
    return folder.path


def test_where_it_stands_is_told_and_written(svcq: Run, here: Path) -> None:
    ran = svcq("status")
    assert ran.code == 1
    assert "〔未繳〕A14 臺北水源特定區管理局" in ran.out and "下一步" in ran.out
    assert ran.out.splitlines()[-2:] == [
        str(Path("結果") / "進度.xlsx"),
        str(Path("結果") / "進度.html"),
    ]
    assert (here / "結果" / "進度.html").is_file()


def test_json_is_one_document_with_the_files_that_were_written(svcq: Run, here: Path) -> None:
    ran = svcq("status", "--json")
    assert ran.code == 1 and ran.document["step"] == "collect"
    assert ran.document["outputs"] == ["結果/進度.xlsx", "結果/進度.html"]
    assert len(ran.document["units"]) == 14


def test_the_files_lie_where_the_call_wants_them(svcq: Run, here: Path, tmp_path: Path) -> None:
    assert svcq("status", "-q", "--out", tmp_path / "傳閱").code == 1
    assert sorted(path.name for path in (tmp_path / "傳閱").iterdir()) == [
        *("進度.html", "進度.xlsx")
    ]
    assert not (here / "結果" / "進度.html").exists()


def test_a_folder_that_is_named_is_as_good_as_one_that_is_entered(svcq: Run, here: Path) -> None:
    os.chdir(here.parent)
    ran = svcq("-C", here.name, "status", "--json")
    assert ran.code == 1 and ran.document["folder"] == here.name


def test_before_forms_are_issued_nothing_is_wrong_and_nothing_is_written(svcq: Run) -> None:
    folder = assessment(Path.cwd() / "乙", returned=None)
    ran = svcq("-C", folder.path, "status")
    assert ran.code == 0 and "svcq generate" in ran.out
    assert [path.name for path in folder.path.iterdir()] == ["考核計畫.xlsx"]


def test_a_plan_with_problems_is_told_by_sheet_and_cell(svcq: Run) -> None:
    folder = assessment(Path.cwd() / "丙", {**MATTERS, "繳交期限": "月底"})
    ran = svcq("-C", folder.path, "status")
    assert ran.code == 2 and "「計畫」 B4" in ran.out and "下一步" in ran.out
    document = svcq("-C", folder.path, "status", "--json").document
    assert document["step"] == "plan" and document["units"] == []
    assert len(document["problems"]) == 1 and document["next"]


def test_it_is_told_though_the_files_cannot_be_written(svcq: Run, here: Path) -> None:
    (here / "結果").write_text("不是資料夾", encoding="utf-8")
    ran = svcq("status")
    assert ran.code == 3 and "下一步" in ran.out and "無法寫入" in ran.err


def test_outside_of_a_folder_it_is_said_how_to_get_one(svcq: Run) -> None:
    ran = svcq("status")
    assert ran.code == 2 and "svcq new" in ran.err and "Traceback" not in ran.err


def test_watching_tells_arrivals_and_ends_well_by_ctrl_c(
    svcq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [row for row in units_of("wra-105") if row[0] in {"編號", "A01", "A02"}]
    folder = assessment(Path.cwd() / "丁", units=units)
    came = next(folder.inbox.glob("A02*"))
    away = folder.path.parent / came.name
    for path in folder.inbox.iterdir():
        if path.name[:3] != "A01":
            shutil.move(path, away) if path == came else path.unlink()
    pauses = iter(range(9))

    def pause(seconds: float) -> None:
        assert seconds == status.SECONDS
        match next(pauses):
            case 2:
                shutil.copy2(away, folder.inbox / came.name)
            case 6:
                raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)
    ran = svcq("-C", folder.path, "status", "--watch")
    assert ran.code == 0
    told = [line for line in ran.out.splitlines() if re.match(r"\d\d:\d\d　", line)]
    assert [line[6:21] for line in told] == ["A02 第二河川局　未繳 → ", "目前步驟：彙整"]
    assert "已結束" in ran.err


def test_consoles_of_any_kind_get_it(here: Path) -> None:
    call = [sys.executable, "-m", "svcq_excel", "status"]
    env = {**os.environ, "PYTHONIOENCODING": "cp950", "COLUMNS": "60"}
    ran = subprocess.run(call, cwd=here, env=env, capture_output=True, check=False, timeout=120)
    assert ran.returncode == 1
    assert "〔未繳〕A14 臺北水源特定區管理局" in ran.stdout.decode("cp950")
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C 的訊號在 Windows 另有作法")
def test_a_watch_that_is_interrupted_by_the_system_ends_well(here: Path) -> None:
    call = [sys.executable, "-m", "svcq_excel", "status", "--watch"]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        call, cwd=here, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stderr
        while "Ctrl-C" not in ran.stderr.readline().decode("utf-8"):
            assert ran.poll() is None
        ran.send_signal(signal.SIGINT)
        assert ran.wait(60) == 0
