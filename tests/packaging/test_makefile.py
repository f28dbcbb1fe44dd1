"""`make` finds a Python that is new enough, whatever its number will be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")

OLD = "#!/bin/sh\nexit 1\n"
NEW = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'


@pytest.mark.parametrize("shell", ["/bin/sh", "/bin/bash"])
@pytest.mark.parametrize(
    ("there", "found"),
    [
        ({"python3": NEW, "python3.14": NEW}, "python3"),
        ({"python3": OLD, "python3.9": OLD, "python3.14": NEW, "python3.12": NEW}, "python3.14"),
        ({"python3.20": OLD, "python3.15": NEW, "python3.15-config": NEW}, "python3.15"),
        ({"python3.107": NEW, "python3.12": NEW}, "python3.107"),
        ({"python3": OLD, "python": NEW}, "python"),
        ({"python3": OLD, "python3.10": OLD}, ""),
    ],
)
def test_the_newest_that_runs_is_taken(
    there: dict[str, str], found: str, shell: str, tmp_path: Path
) -> None:
    if not Path(shell).exists():
        pytest.skip(f"there is no {shell}")
    folders = [tmp_path / "bin", tmp_path / "其他 bin"]
    for folder in folders:
        folder.mkdir()
    for at, (name, text) in enumerate(there.items()):
        (folders[at % 2] / name).write_text(text, "utf-8")
        (folders[at % 2] / name).chmod(0o755)
    for tool in ("sort", "grep", "ls"):
        (folders[0] / tool).symlink_to(str(shutil.which(tool)))
    asking = tmp_path / "asking.mk"
    here = str(ROOT).replace(" ", "\\ ")
    asking.write_text(f"include {here}/Makefile\n$(info $(PYTHON))\nasked:\n", "utf-8")
    path = os.pathsep.join([str(folders[0]), "/nowhere", str(folders[1])])
    ran = subprocess.run(
        [str(shutil.which("make")), "-f", asking, f"SHELL={shell}", "--quiet", "asked"],
        env={"PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.stdout.strip() == found, ran.stderr
