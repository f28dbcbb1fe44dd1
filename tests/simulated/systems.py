"""Runs the program, or a script that uses it, as on another system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"


def run(
    arguments: Sequence[str | Path], system: str = "", said: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Python with these arguments and with `said` on stdin, on a system of this folder."""
    path = [str(HERE / system)] if system else []
    path += filter(None, [os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        input=said,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(path), "PYTHONUTF8": "1"},
        check=False,
        timeout=300,
    )


def checked(inbox: Path, system: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`svcq check --json` of an inbox of the reference assessment."""
    call: list[str | Path] = ["-m", "svcq_excel", "check", "--json", inbox, "--rubric", "wra-105"]
    return run([*call, "--units", SAMPLES / "units.csv"], system, **environment)
