"""The folder of a large assessment: what each step costs a unit, and how much memory it holds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import load_workbook

from bench.measuring import Claim
from bench.memory import MEASURE

RUBRIC, FEW, MANY = "khb-106", 2000, 8000
STEPS = ("generate", "status", "merge")
SLOWER, LIMIT_MB = 1.5, 300
"""How much more a unit may cost among many, and how much memory a step may hold."""


def claims() -> Iterator[Claim]:
    texts = {
        step: f"a unit's share of `{step}` in a folder of {MANY:,} to {FEW:,}" for step in STEPS
    }
    if sys.platform == "win32":
        for text in texts.values():
            yield Claim(text, "at most", SLOWER, (), skipped="Windows does not tell the memory")
        return
    few, many = _costs(FEW), _costs(MANY)
    for step, text in texts.items():
        (seconds, _), (more, size) = few[step], many[step]
        yield Claim(text, "at most", SLOWER, ((more / MANY) / (seconds / FEW),))
        memory = f"peak memory of `{step}` in a folder of {MANY:,}"
        yield Claim(memory, "at most", LIMIT_MB, (size,), " MB")


def _costs(units: int) -> dict[str, tuple[float, float]]:
    """Of each step the seconds, and the megabytes of its own process; all forms come back blank,
    which takes as long to read as any."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "考核"
        _told("new", str(folder), "--like", RUBRIC)
        _fill(folder / "考核計畫.xlsx", units)
        found = {}
        for step in STEPS:
            begun = perf_counter()
            size = _told("-C", str(folder), step, "--quiet")
            found[step] = perf_counter() - begun, size
            if step == "generate":
                shutil.copytree(folder / "空白表件", folder / "收件", dirs_exist_ok=True)
        return found


def _fill(plan: Path, units: int) -> None:
    book = load_workbook(plan)
    sheet = book["受考核單位"]
    for n in range(1, units + 1):
        for column, value in enumerate((f"A{n:04}", f"第{n}區處", f"第{n // 100}組"), 1):
            sheet.cell(n + 1, column, value)
    book.save(plan)


def _told(*call: str) -> float:
    """In MB of a million bytes."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, *call],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    code, size, _ = map(int, told.stderr.split()[-3:])
    if code > 1:
        raise RuntimeError(f"{call} ended with exit code {code}:\n{told.stderr}")
    return size * (1 if sys.platform == "darwin" else 1024) / 1e6
