"""Returned forms: read and checked in at most twice the time of merely reading their cells."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bench.forms import (
    RUBRIC,
    forget_layouts,
    mixed_forms,
    plan_of,
    programs,
    returned_forms,
    write_units,
)
from bench.measuring import Claim, Contestant, at_once, one_core, race, ratios
from svcq_excel.checks.batch import check_file
from svcq_excel.inbox.collecting import collect
from svcq_excel.inbox.finding import find
from svcq_excel.inbox.memory import Memory
from svcq_excel.plan.plan import Plan
from svcq_excel.store import Store

FORMS, WITH_OPENPYXL, ROUNDS, RERUNS = 1000, 20, 7, 3


def claims() -> Iterator[Claim]:
    plan = plan_of(FORMS)
    for program, save in programs().items():
        with TemporaryDirectory() as name:
            inbox = Path(name) / "returned"
            # No form is known from another.
            paths = returned_forms(inbox, plan, save, noted=True)
            yield from _claims(plan, inbox, paths, f"returned forms ({program})", 2)
            if program == "openpyxl":
                yield _alone(plan, inbox, paths)
                yield _with_openpyxl(plan, inbox, paths)
                yield _again(plan, Path(name), inbox)
    with TemporaryDirectory() as name:
        inbox = Path(name) / "returned"
        paths = mixed_forms(inbox, plan)
        if paths:
            yield from _claims(plan, inbox, paths, "forms in 5 formats", 2.5)


def _claims(
    plan: Plan, inbox: Path, paths: Sequence[Path], what: str, limit: float
) -> Iterator[Claim]:
    """As a user's machine does it, with all its cores, against one core that only reads."""
    contestants = {"check": _check(plan, inbox), "calamine": at_once(lambda: _read(paths))}
    race(contestants, rounds=1)  # so that every file is in the system's memory
    times = race(contestants, ROUNDS)
    text = f"{len(paths):,} {what} read and checked ÷ cells read by calamine on one core"
    yield Claim(text, "at most", limit, ratios(times, "check", "calamine"))


def _alone(plan: Plan, inbox: Path, paths: Sequence[Path]) -> Claim:
    with one_core():
        contestants = {"check": _check(plan, inbox), "calamine": at_once(lambda: _read(paths))}
        times = race(contestants, ROUNDS)
    text = f"{len(paths):,} returned forms read and checked ÷ calamine, all of it on one core"
    return Claim(text, "at most", 4, ratios(times, "check", "calamine"))


def _with_openpyxl(plan: Plan, inbox: Path, paths: Sequence[Path]) -> Claim:
    with one_core():
        some = paths[:WITH_OPENPYXL]
        peer = at_once(lambda: _read_with_openpyxl(some))
        times = race({"check": _check(plan, inbox), "openpyxl": peer}, RERUNS)
    text = f"cells read by openpyxl ({WITH_OPENPYXL} forms) ÷ a form read and checked"
    return Claim(text, "at least", 15, ratios(times, "openpyxl", "check", FORMS / WITH_OPENPYXL))


def _again(plan: Plan, folder: Path, inbox: Path) -> Claim:
    """The whole command, from its start to its end."""
    write_units(folder / "units.csv", plan)
    command = [sys.executable, "-m", "svcq_excel", "merge", str(inbox), "--rubric", RUBRIC]
    command += ["--units", str(folder / "units.csv"), "--out", str(folder / "out" / "table.xlsx")]

    def seconds() -> float:
        start = perf_counter()
        subprocess.run([*command, "--quiet"], stdout=subprocess.DEVNULL, check=False)
        return perf_counter() - start

    values = []
    for _ in range(RERUNS):
        shutil.rmtree(folder / "out", ignore_errors=True)
        first = seconds()
        values.append(seconds() / first)
    text = f"`merge` over {FORMS:,} forms again, nothing changed ÷ the first time"
    return Claim(text, "at most", 0.2, values)


def _check(plan: Plan, inbox: Path) -> Contestant:
    def check() -> None:
        forget_layouts()
        memory = Memory(Store(None), plan.rubric)
        received = collect(find([inbox]), plan.rubric, memory, lambda done, of: None)
        files = [check_file(each, plan) for each in received]
        # What is measured must be forms that are read to the end and found without a fault.
        wrong = [file.name for file in files if file.status != "accepted"]
        if wrong or len(files) != FORMS:
            raise ValueError(f"{len(files)} files, of which not accepted: {wrong[:5]}")

    return at_once(check)


def _read(paths: Sequence[Path]) -> None:
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheet_names:
            book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _read_with_openpyxl(paths: Sequence[Path]) -> None:
    for path in paths:
        for sheet in load_workbook(path):
            for _ in sheet.values:
                pass
