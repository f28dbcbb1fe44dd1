"""README's examples run as they stand, and what it links to is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, svcq

__all__ = ["svcq"]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
(SESSION,) = re.findall(r"^```python\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
EXAMPLES = re.findall(r"^svcq .+$", README, re.MULTILINE)


def test_every_example_runs_in_its_turn(svcq: Run) -> None:
    shutil.copytree(ROOT / "samples", "samples")
    codes = [svcq(*shlex.split(example)[1:]).code for example in EXAMPLES]
    # A new plan is to be filled in. Forms are made without fault; what came back needs a person,
    # but for the source's own form.
    assert codes == [*(0, 2), 0, 1, 1, 1, *(0, 0), *(0, 1), *(0, 1, 0)]
    assert len(list(Path("空白表件").glob("A*.xlsx"))) == 14
    assert Path("考核結果統計表.xlsx").is_file()


def test_the_session_in_python_runs_as_a_script_without_a_guard(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    (tmp_path / "session.py").write_text(SESSION, encoding="utf-8")
    assert "__main__" not in SESSION
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "session.py"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("項問題") == 1, "no process runs the script again"
    assert "第一河川局" in ran.stdout and "912" in ran.stdout
    assert len(list((tmp_path / "寄發表件").glob("A*.xlsx"))) == 14
    assert (tmp_path / "統計/考核結果統計表.xlsx").is_file()


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_what_readme_links_to_is_there(target: str) -> None:
    assert (ROOT / target).is_file()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_no_line_for_windows_needs_a_policy_or_a_launcher_that_may_be_old(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = "".join(re.findall(r"^```powershell\n(.+?)^```$", text, re.MULTILINE | re.DOTALL))
    assert lines
    for line in lines.splitlines():
        assert line.split()[0] in {"python", r".venv\Scripts\python", r".venv\Scripts\svcq"}, line
        assert ";" not in line and "&&" not in line, "neither console takes both"
