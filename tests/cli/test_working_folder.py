"""Nothing is imported from the folder that the program is called in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from svcq_excel.cli.exit_codes import ExitCode
from tests.cli.conftest import SAMPLES, UNITS

MODULES = ("click", "json", "multiprocessing", "pickle", "sqlite3", "xlsxwriter", "python_calamine")
CALLS = {
    "the command": [str(Path(sys.executable).with_name("svcq"))],
    "the module": [sys.executable, "-m", "svcq_excel"],
    "the starter": [sys.executable, "-P", "-m", "svcq_excel"],
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_what_lies_in_the_working_folder_is_never_run(call: list[str], tmp_path: Path) -> None:
    if not shutil.which(call[0]):
        pytest.skip("the command is not installed beside this Python")
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text("open('imported', 'a').close()\n", encoding="utf-8")
    shutil.copy(next((SAMPLES / "returned").glob("A01*")), tmp_path / "一.xlsx")
    words = ["merge", "一.xlsx", "--rubric", "wra-105", "--units", UNITS, "--out", "結果/表.xlsx"]
    ran = subprocess.run([*call, *words], cwd=tmp_path, capture_output=True, check=False)
    assert not (tmp_path / "imported").exists()
    assert ran.returncode == ExitCode.A_PERSON_IS_NEEDED, ran.stderr.decode("utf-8")
