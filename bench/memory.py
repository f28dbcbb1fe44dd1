"""The memory of a large round: the most that `merge` and its readers ever hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.forms import RUBRIC, plan_of, programs, returned_forms, write_units
from bench.measuring import Claim

FILES, ROUNDS = 5000, 2
MAIN_LIMIT_MB, READER_LIMIT_MB = 300, 1074  # the readers' is a GiB

# A process that is started from a large one is born with its size; so a small one becomes the
# command, and tells what the system says of the largest size of itself and of its readers.
MEASURE = """
import resource, runpy, sys
try:
    runpy.run_module("svcq_excel", run_name="__main__", alter_sys=True)
except SystemExit as ended:
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    sizes = [resource.getrusage(who).ru_maxrss for who in whose]
    print(ended.code or 0, *sizes, file=sys.stderr)
"""


def claims() -> Iterator[Claim]:
    texts = {
        f"peak memory of `merge` over {FILES:,} files": MAIN_LIMIT_MB,
        "peak memory of the processes that read them": READER_LIMIT_MB,
    }
    if sys.platform == "win32":
        for text, limit in texts.items():
            yield Claim(text, "at most", limit, (), " MB", "Windows does not tell it")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        plan = plan_of(FILES)
        returned_forms(folder / "returned", plan, programs()["openpyxl"])
        write_units(folder / "units.csv", plan)
        peaks = [_peaks(folder) for _ in range(ROUNDS)]
    for (text, limit), sizes in zip(texts.items(), zip(*peaks, strict=True), strict=True):
        yield Claim(text, "at most", limit, sizes, " MB")


def _peaks(folder: Path) -> list[float]:
    """In MB of a million bytes."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    options = ["--rubric", RUBRIC, "--units", str(folder / "units.csv")]
    options += ["--out", str(folder / "out" / "statistics.xlsx"), "--quiet"]
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, "merge", str(folder / "returned"), *options],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    code, *sizes = map(int, told.stderr.split())
    if code:
        raise RuntimeError(f"merge ended with exit code {code}:\n{told.stderr}")
    return [size * (1 if sys.platform == "darwin" else 1024) / 1e6 for size in sizes]
