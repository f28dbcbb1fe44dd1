"""Whole runs on a system that answers as Windows does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE
from time import monotonic
from typing import Any

import pytest

from svcq_excel.cli.exit_codes import ExitCode
from tests.cli.conftest import SAMPLES, UNITS

WINDOWS = Path(__file__).parent / "windows"
READ = ("--rubric", "wra-105", "--units", UNITS)
GENERATE = ("generate", "--rubric", "khb-106", "--units", UNITS, "--out", "表件")
MERGE = ("merge", "收件", *READ, "--out", "結果/表.xlsx")
CHECK = ("check", "收件", *READ, "--out", "結果")
RETURN = ("return", "收件", *READ, "--deadline", "105年7月31日", "--out", "補正")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="here it is the real one")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str
    seconds: float


class Office:
    """A folder with forms that came back, and calls in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        inbox = folder / "收件" / "x01號 u4e00"
        inbox.mkdir(parents=True)
        for path in sorted((SAMPLES / "returned").glob("*.xlsx"))[:5]:
            shutil.copy2(path, inbox)

    def call(self, *words: str, windows: bool = True, **answers: object) -> Ran:
        env = {**os.environ, **{name: str(value) for name, value in answers.items()}}
        env["PYTHONPATH"] = os.pathsep.join([str(WINDOWS)] * windows + [str(SAMPLES.parent)])
        env["PYTHONIOENCODING"] = "utf-8"
        begun = monotonic()
        ran = subprocess.run(
            [sys.executable, "-m", "svcq_excel", *words],
            cwd=self.folder,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Ran(ran.returncode, ran.stdout, ran.stderr, monotonic() - begun)

    def lying(self, below: str) -> dict[str, bytes]:
        files = (path for path in (self.folder / below).rglob("*") if ".svcq" not in path.parts)
        return {path.name: path.read_bytes() for path in files if path.is_file()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_forms_that_are_as_they_are_to_be_may_be_open(office: Office) -> None:
    assert office.call(*GENERATE).code == ExitCode.WELL
    before = office.lying("表件")
    ran = office.call(*GENERATE, OPEN="表件清單,A03,A14")
    assert (ran.code, ran.seconds < 10) == (ExitCode.WELL, True), ran.err
    assert office.lying("表件") == before


@pytest.mark.parametrize("which", ["A01", "A07", "表件清單"])
def test_one_form_that_is_open_and_none_of_the_call_changes(office: Office, which: str) -> None:
    office.call(*GENERATE)
    for path in (office.folder / "表件").iterdir():
        path.write_bytes(b"spoilt")
    before = office.lying("表件")
    ran = office.call(*GENERATE, "--replace", OPEN=which)
    assert ran.code == ExitCode.FAULT
    named = [line for line in ran.err.splitlines() if "無法寫入" in line]
    assert len(named) == 1 and which in named[0] and "正由 Excel 或其他程式開啟" in named[0]
    assert office.lying("表件") == before
    assert office.call(*GENERATE, "--replace").code == ExitCode.WELL
    assert set(office.lying("表件")) == set(before)
    assert b"spoilt" not in office.lying("表件").values()


def test_a_table_that_is_open_is_written_beside(office: Office) -> None:
    office.call(*MERGE)
    before = office.lying("結果")
    ran = office.call(*MERGE, "--deadline", "105年7月1日", OPEN="表.xlsx")
    after = office.lying("結果")
    assert ran.code == ExitCode.FAULT and "表_原檔開啟中另存.xlsx" in ran.err
    assert after["表.xlsx"] == before["表.xlsx"] and "表_原檔開啟中另存.xlsx" in after


def test_a_demo_whose_table_is_open_writes_it_beside(office: Office) -> None:
    demo = ("demo", "khb-106", "試")
    assert office.call(*demo).code == ExitCode.WELL
    table = office.folder / "試" / "考核結果統計表.xlsx"
    old = table.read_bytes()
    spoilt = old.replace(b"PK\x05\x06", b"PK\x05\x06", 1) + b" "
    table.write_bytes(spoilt)
    ran = office.call(*demo, "--replace", OPEN="考核結果統計表.xlsx")
    beside = table.with_name("考核結果統計表_原檔開啟中另存.xlsx")
    assert (ran.code, beside.name in ran.err) == (ExitCode.FAULT, True), ran.err
    assert table.read_bytes() == spoilt and beside.read_bytes() == old
    assert "另存" in office.call(*demo, "--replace", "--json", OPEN="統計表.xlsx").out


def test_a_scanner_that_holds_new_files_is_waited_for(office: Office) -> None:
    ran = office.call(*MERGE, SCANNED=1)
    assert ran.code == ExitCode.A_PERSON_IS_NEEDED, ran.err
    assert {"表.xlsx", "表_各單位.xlsx", "表_收件紀錄.csv"} == set(office.lying("結果"))


def test_correction_forms_come_together_and_wait_for_a_scanner(office: Office) -> None:
    assert office.call(*RETURN, SCANNED=1).code == ExitCode.A_PERSON_IS_NEEDED
    assert office.lying("補正")
    shutil.rmtree(office.folder / "補正")
    assert office.call(*RETURN, SCANNED=60).code == ExitCode.FAULT
    assert not office.lying("補正")


def test_colleagues_may_open_what_is_made(office: Office) -> None:
    """What was in a folder of one's own, and is moved out of it, stays one's own there."""
    before = os.umask(0o022)
    try:
        for call in (GENERATE, MERGE, RETURN):
            office.call(*call)
    finally:
        os.umask(before)
    made = [*office.folder.glob("[表結補][件果正]/*.*[xv]")]
    assert len(made) > 15
    assert {S_IMODE(path.stat().st_mode) for path in made} == {0o644}


@pytest.mark.parametrize("call", [CHECK, MERGE, RETURN, GENERATE], ids=lambda call: str(call[0]))
def test_results_are_those_of_every_other_system(office: Office, call: tuple[str, ...]) -> None:
    there = office.call(*call, "--json")
    made = {each: office.lying(each) for each in ("結果", "補正", "表件")}
    for each in made:
        shutil.rmtree(office.folder / each, ignore_errors=True)
    here = office.call(*call, "--json", windows=False)
    assert here.code == there.code and here.out == there.out
    assert {each: office.lying(each) for each in made} == made
    document: Any = json.loads(there.out)
    listed = [each["path"] for each in document.get("files", document.get("forms"))]
    assert listed and all("/" in path and "\\" not in path for path in listed)
