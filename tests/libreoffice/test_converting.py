"""LibreOffice may be missing, fail or hang: then there is no .ods, and nothing else happens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import ClassVar

import pytest

from svcq_excel.libreoffice import converting, running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")

CONVERTING = """
import sys
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
(out / "a.ods").write_bytes(b"converted")
"""

STARTING = """
import subprocess, sys, time
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path({!r}).write_text(str(child.pid), "ascii")
"""


def is_gone(pid: int) -> bool:
    """Whether a process has ended; nobody may have asked for its exit code yet."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and ") Z " in state.read_text("utf-8"):
            return True
        sleep(0.05)
    return False


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


def office_that(does: str, form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, script = form.with_name("soffice"), form.with_name("soffice.py")
    script.write_text(does, "utf-8")
    # A first line names no interpreter in a folder with a blank in its name.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(converting, "office_program", lambda: str(program))


def test_what_was_converted_is_told_and_what_was_not_is_left_out(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_that(CONVERTING, form, monkeypatch)
    made, why_not = converting.to_ods([form, form.with_name("b.xlsx")])
    assert (made, why_not) == ({form: b"converted"}, "LibreOffice 未能轉出 1 份")
    assert converting.to_ods([form]) == ({form: b"converted"}, "")
    assert converting.to_ods([]) == ({}, "")


def test_an_office_program_that_hangs_is_given_up(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "_SECONDS_TO_START", 0.5)
    monkeypatch.setattr(converting, "_SECONDS_A_FILE", 0.1)
    office_that("import time\ntime.sleep(20)" + CONVERTING, form, monkeypatch)
    assert converting.to_ods([form]) == ({}, "LibreOffice 在 1 秒內沒有完成，已停止")


@pytest.mark.parametrize("ends", ["time.sleep(60)", "raise SystemExit(1)", ""])
def test_nothing_that_an_office_program_started_lives_on_and_nothing_stays(
    ends: str, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "_SECONDS_TO_START", 2)
    monkeypatch.setattr(converting, "_SECONDS_A_FILE", 0)
    monkeypatch.setattr("tempfile.tempdir", str(form.parent / "temporary"))
    (form.parent / "temporary").mkdir()
    office_that(f"{STARTING.format(str(form.with_name('pid')))}\n{ends}", form, monkeypatch)
    assert converting.to_ods([form]).made == {}
    pid = int(form.with_name("pid").read_text("ascii"))
    assert is_gone(pid)
    assert not list((form.parent / "temporary").iterdir())


@pytest.mark.filterwarnings("ignore")  # that it runs on when nobody waits for it any more
def test_one_that_cannot_be_ended_is_said_to_run_on(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "_SECONDS_TO_START", 0.5)
    monkeypatch.setattr(converting, "_SECONDS_A_FILE", 0)
    monkeypatch.setattr(running, "_SECONDS_TO_END", 0.5)
    office_that("import time\ntime.sleep(5)", form, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr("os.killpg", lambda group, number: None)
        said = converting.to_ods([form]).why_not
    assert said == "LibreOffice 逾時後仍在執行，請在工作管理員結束 soffice 後再試"


def test_on_windows_the_whole_tree_is_ended(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    class Process:
        pid = 4711
        waits: ClassVar[list[float | None]] = []

        def __init__(self, call: Sequence[str], **_: object) -> None: ...

        def poll(self) -> None: ...

        def wait(self, seconds: float) -> int:
            self.waits.append(seconds)
            if not asked:
                raise subprocess.TimeoutExpired("soffice", seconds)
            return 1

    def ended(call: Sequence[str], **_: object) -> None:
        asked.append(call)

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("subprocess.Popen", Process)
    monkeypatch.setattr("subprocess.run", ended)
    with pytest.raises(running.SlowProgramError):
        running.run(["soffice"], 1, form.with_name("words"))
    assert asked == [["taskkill", "/T", "/F", "/PID", "4711"]]


@pytest.mark.parametrize("does", ["raise SystemExit(1)", "this is no Python"])
def test_an_office_program_that_fails_converts_nothing(
    does: str, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_that(does, form, monkeypatch)
    assert converting.to_ods([form]) == ({}, "LibreOffice 未能完成（結束代碼 1）")


def test_where_there_is_none_that_is_said(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "office_program", lambda: None)
    assert converting.to_ods([form]) == ({}, converting.ABSENT)


def test_one_that_cannot_even_be_started_converts_nothing(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "office_program", lambda: str(form))
    made, why_not = converting.to_ods([form])
    assert not made and why_not.startswith("LibreOffice 無法啟動（")
