"""The memory of a large round: the most that `merge` ever holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.forms import RUBRIC, plan_of, programs, returned_forms, write_units
from bench.measuring import Claim

UNITS, ROUNDS, LIMIT_MB = 2000, 3, 250

# A process that is started from a large one is born with its size; so a small one starts the
# command, and tells its exit code and what the system says of its largest size.
_MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def claims() -> Iterator[Claim]:
    text = f"peak memory of `merge` over {UNITS:,} units"
    if sys.platform == "win32":
        yield Claim(text, "at most", LIMIT_MB, (), " MB", "Windows does not tell it")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        plan = plan_of(UNITS)
        returned_forms(folder / "returned", plan, programs()["openpyxl"])
        write_units(folder / "units.csv", plan)
        peaks = [_peak(folder) for _ in range(ROUNDS)]
    yield Claim(text, "at most", LIMIT_MB, peaks, " MB")


def _peak(folder: Path) -> float:
    """In MB of a million bytes."""
    command = [sys.executable, "-m", "svcq_excel", "merge", str(folder / "returned")]
    options = ["--rubric", RUBRIC, "--units", str(folder / "units.csv")]
    options += ["--out", str(folder / "statistics.xlsx"), "--quiet"]
    told = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command, *options],
        check=True,
        capture_output=True,
        text=True,
    )
    code, size = map(int, told.stdout.split())
    if code:
        raise RuntimeError(f"merge ended with exit code {code}:\n{told.stderr}")
    return size * (1 if sys.platform == "darwin" else 1024) / 1e6
