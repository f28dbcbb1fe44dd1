"""A protection that the system refuses never stops the work; what is lacking is said once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import sample
from tests.simulated.systems import SAMPLES, checked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has calls of its own for this")

MACOS = "resource.setrlimit:RLIMIT_AS=ValueError"
CALLS = {
    "記憶體用量上限": MACOS,
    "讀取時間上限": "resource.setrlimit:RLIMIT_CPU=OSError",
    "隨主程式一併結束": "threading.Thread.start=RuntimeError",
    "不受 Ctrl+C 中斷": "signal.signal=ValueError",
    "不在畫面輸出訊息": "os.dup2=OSError",
}
SENTENCE = "這台電腦無法為讀取檔案的程式設定"


@pytest.fixture(scope="module")
def as_usual() -> str:
    return checked(SAMPLES / "returned").stdout


@pytest.mark.parametrize("lacking", CALLS)
def test_each_may_be_refused_and_all_is_read_the_same(lacking: str, as_usual: str) -> None:
    ran = checked(SAMPLES / "returned", "refusing", REFUSED=CALLS[lacking])
    assert ran.returncode == 1
    assert ran.stdout == as_usual
    assert ran.stderr.count(SENTENCE) == len(ran.stderr.splitlines()) == 1
    assert ran.stderr.startswith(f"{SENTENCE}{lacking}；")


@pytest.mark.parametrize("warnings", ["", "error", "ignore"])
def test_all_may_be_refused_however_warnings_are_set(warnings: str, as_usual: str) -> None:
    all_calls = " ".join([*CALLS.values(), "resource.getrlimit=OSError", "fcntl.fcntl=OSError"])
    ran = checked(SAMPLES / "returned", "refusing", REFUSED=all_calls, PYTHONWARNINGS=warnings)
    assert (ran.returncode, ran.stdout) == (1, as_usual)
    (line,) = ran.stderr.splitlines()
    assert all(what in line for what in CALLS)


def test_a_reading_process_that_comes_to_nothing_says_why(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(sample("A01", "xlsx").read_bytes())
    ran = checked(tmp_path, "refusing", REFUSED="pickle.loads=ArithmeticError")
    assert ran.returncode == 3
    (line,) = ran.stderr.splitlines()
    assert line.startswith("無法啟動讀取檔案的程式（ArithmeticError: not on this system）。")
